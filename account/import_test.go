package account_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMultiImportTellsWhoFailed(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: string(conform.Documented(t, account.CommandMultiAccountImport).ResponseExamples[1])}
	got, err := account.NewClient(r).MultiImport(t.Context(),
		[]account.Account{{UserID: "rio_1"}, {UserID: "rio_2"}, {UserID: "rio_3"}})
	require.NoError(t, err)
	require.Len(t, got, 3)
	require.NoError(t, got[0].Err())
	assert.Equal(t, "rio_1", got[0].UserID)
	for _, failed := range got[1:] {
		var refusal *restapi.Error
		require.ErrorAs(t, failed.Err(), &refusal)
		assert.Equal(t, account.CommandMultiAccountImport, refusal.Command)
		assert.Contains(t, refusal.Error(), "FailAccounts")
	}
}

func TestMultiImportLosesNoFailure(t *testing.T) {
	t.Parallel()
	const failed, unknown = "FailAccounts without a code", "FailAccounts names a failed account that was not asked for"
	for name, tc := range map[string]struct {
		answer string
		users  []string
		want   []string // a part of the error of each, "" for none
	}{
		"the very name":              {`["ann"]`, []string{"ann", "Ann"}, []string{failed, ""}},
		"other case":                 {`["ANN"]`, []string{"ann", "bob"}, []string{failed, ""}},
		"white space in the answer":  {`[" ann\n"]`, []string{"ann", "bob"}, []string{failed, ""}},
		"white space in the request": {`["ann"]`, []string{"bob", " ann"}, []string{"", failed}},
		"either of two":              {`["ANN"]`, []string{"ann", "Ann", "bob"}, []string{failed, failed, ""}},
		"nobody's":                   {`["eve"]`, []string{"ann", "bob"}, []string{unknown, unknown}},
		"empty":                      {`[""]`, []string{"ann"}, []string{unknown}},
		"one's and nobody's":         {`["eve","bob"]`, []string{"ann", "bob"}, []string{unknown, failed}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			accounts := make([]account.Account, len(tc.users))
			for i, userID := range tc.users {
				accounts[i].UserID = userID
			}
			r := &conform.Recorder{Answer: `{"FailAccounts":` + tc.answer + `}`}
			got, err := account.NewClient(r).MultiImport(t.Context(), accounts)
			require.NoError(t, err)
			for i, want := range tc.want {
				assert.Equal(t, tc.users[i], got[i].UserID)
				if want == "" {
					require.NoError(t, got[i].Err())
					continue
				}
				require.ErrorContains(t, got[i].Err(), want)
				assert.Equal(t, want == unknown, errors.Is(got[i].Err(), restapi.ErrBadResponse))
			}
		})
	}
}
