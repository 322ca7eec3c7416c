package friend_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestAPendingRequestIsNoError(t *testing.T) {
	t.Parallel()
	var requests []friend.Request
	for _, userID := range []string{"dan", "cat", "bob", "eve"} {
		requests = append(requests, friend.Request{ToAccount: userID, AddSource: "AddSource_Type_Card"})
	}
	c := answering(t, friend.CommandFriendAdd, 1)
	got, err := c.Add(t.Context(), "ann", requests, friend.Both)
	require.NoError(t, err)
	require.Len(t, got, 4)
	require.ErrorIs(t, got[0].Err(), restapi.CodeRelationInternalError)
	assert.Equal(t, friend.AddResult{UserID: "cat", Pending: true}, got[1], "also where Fail_Account has the user")
	assert.Equal(t, friend.AddResult{UserID: "bob"}, got[2])
	require.ErrorIs(t, got[3].Err(), restapi.ErrBadResponse)
	assert.False(t, got[0].Pending || got[3].Pending)

	require.NoError(t, restapi.Join(c.Add(t.Context(), "ann", requests[1:3], friend.Both)))
}
