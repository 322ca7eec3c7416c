package batch_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestUsersOf(t *testing.T) {
	t.Parallel()
	got, err := batch.UsersOf(command, "ana", []string{"ben", "cleo", "ben"}, 3)
	require.NoError(t, err)
	assert.Equal(t, batch.Users{FromAccount: "ana", ToAccount: []string{"ben", "cleo"}}, got)
	for name, tc := range map[string]struct {
		userID string
		others []string
		want   string
	}{
		"no user":     {"", []string{"ben"}, "From_Account"},
		"nobody":      {"ana", nil, "To_Account"},
		"no other":    {"ana", []string{"ben", ""}, "To_Account[1]"},
		"over limits": {"ana", []string{"ben", "cleo", "dan", "eve"}, "To_Account"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := batch.UsersOf(command, tc.userID, tc.others, 3)
			require.ErrorIs(t, err, restapi.ErrInvalidArgument)
			assert.ErrorContains(t, err, tc.want)
		})
	}
}
