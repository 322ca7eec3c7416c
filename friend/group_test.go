package friend_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestAddGroupsHasAResultForEachFriend(t *testing.T) {
	t.Parallel()
	c := answering(t, friend.CommandGroupAdd, 1)
	got, err := c.AddGroups(t.Context(), "ann", []string{"Work"}, []string{"cat", "bob"})
	require.NoError(t, err)
	require.ErrorIs(t, got[0].Err(), restapi.CodeRelationGroupMemberNotFriend)
	assert.Equal(t, friend.Result{UserID: "bob"}, got[1])

	got, err = answering(t, friend.CommandGroupAdd, 0).AddGroups(t.Context(), "ann", []string{"Work"}, nil)
	require.NoError(t, err)
	assert.Empty(t, got)
}

func TestGroupsReadsTheDocumentedAnswers(t *testing.T) {
	t.Parallel()
	got, err := answering(t, friend.CommandGroupGet, 0).Groups(t.Context(), "ann")
	require.NoError(t, err)
	assert.Equal(t, friend.GroupList{
		Groups: []friend.Group{{GroupName: "Work", FriendNumber: 1}, {GroupName: "Chess", FriendNumber: 2}}, Sequence: 2,
	}, got)
	got, err = answering(t, friend.CommandGroupGet, 1).Groups(t.Context(), "ann", friend.WithFriends())
	require.NoError(t, err)
	assert.Equal(t, []friend.Group{{GroupName: "Work", FriendNumber: 1, ToAccount: []string{"bob"}}}, got.Groups)
}

func TestGroupsAreAskedForOnce(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{}`}
	c := friend.NewClient(r)
	require.NoError(t, second(c.Groups(t.Context(), "ann", friend.WithGroups("Work", "Work"))))
	assert.JSONEq(t, `{"From_Account":"ann","GroupName":["Work"]}`, r.Body)
	require.NoError(t, second(c.Groups(t.Context(), "ann", friend.WithGroups())))
	assert.JSONEq(t, `{"From_Account":"ann"}`, r.Body, "no names are all groups")
	require.NoError(t, c.DeleteGroups(t.Context(), "ann", []string{"Work", "Work"}))
	assert.JSONEq(t, `{"From_Account":"ann","GroupName":["Work"]}`, r.Body)
}
