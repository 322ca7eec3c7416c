package main

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/tools/generate"
)

func TestClasses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		code spec.ErrorCode
		want []string
	}{
		{
			"by the name",
			spec.ErrorCode{Name: "GroupInvalidParameter", Retry: "never"},
			[]string{"classInvalidArgument"},
		},
		{
			"by the cure",
			spec.ErrorCode{Name: "UserSigExpired", Retry: "after_fix_credentials"},
			[]string{"classUserSig"},
		},
		{
			"a right rather than the credentials",
			spec.ErrorCode{Name: "AdminRequired", Retry: "after_fix_credentials"},
			[]string{"classPermission"},
		},
		{
			"what may be tried again is not about an argument",
			spec.ErrorCode{Name: "TooManyRequests", Retry: "later", RateLimit: true},
			[]string{"classRateLimited", "classTemporary"},
		},
		{
			"as the data says",
			spec.ErrorCode{Name: "WrongRegionHost", Retry: "never", Classes: []string{"usersig"}},
			[]string{"classUserSig"},
		},
		{
			"the data goes before the name",
			spec.ErrorCode{Name: "OfficialAccountNotFound", Classes: []string{}},
			nil,
		},
		{
			"and leaves quota and retry alone",
			spec.ErrorCode{Retry: "later", RateLimit: true, Classes: []string{"permission"}},
			[]string{"classRateLimited", "classPermission", "classTemporary"},
		},
		{
			"none",
			spec.ErrorCode{Name: "GroupFull", Retry: "never"},
			nil,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := classes(test.code)
			require.NoError(t, err)
			assert.Equal(t, test.want, got)
		})
	}
	_, err := classes(spec.ErrorCode{Code: 7, Classes: []string{"temporary"}})
	assert.EqualError(t, err, `code 7: class "temporary" is not known`)
}

func TestTheTablesAreUpToDate(t *testing.T) {
	t.Parallel()
	require.NoError(t, generate.Run(name, files, filepath.Join("..", "..", ".."), true))
}
