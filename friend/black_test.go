package friend_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestBlockedUserPageReadsTheDocumentedAnswers(t *testing.T) {
	t.Parallel()
	got, err := answering(t, friend.CommandBlackListGet, 0).BlockedUserPage(t.Context(), "ann", "", 0)
	require.NoError(t, err)
	assert.Empty(t, got.Next)
	assert.EqualValues(t, 13, got.Sequence, "as the samples spell it")
	require.Len(t, got.Items, 2)
	assert.Equal(t, "bob", got.Items[0].UserID)
	assert.True(t, time.Unix(1735689601, 0).Equal(got.Items[0].AddBlackTimeStamp))

	got, err = answering(t, friend.CommandBlackListGet, 1).BlockedUserPage(t.Context(), "ann", "", 0)
	require.NoError(t, err)
	assert.Equal(t, restapi.Cursor("30"), got.Next, "an empty page is no end")
	assert.EqualValues(t, 14, got.Sequence, "as the table spells it")
}

func TestBlockedUsersEndByStartIndex(t *testing.T) {
	t.Parallel()
	p := &pages{answers: map[uint64]string{0: page(true, 2, "bob", "cat"), 2: page(true, 4), 4: page(false, 0, "dan")}}
	got, err := conform.Drain(friend.NewClient(p).BlockedUsers(t.Context(), "ann"))
	require.NoError(t, err)
	assert.Equal(t, []friend.BlockedUser{{UserID: "bob"}, {UserID: "cat"}, {UserID: "dan"}}, got,
		"0 is not a moment")
	assert.Equal(t, []uint64{0, 2, 4}, p.asked)
}

func TestBlockedUsersAsksForTheLargestPages(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{}`}
	require.NoError(t, second(conform.Drain(friend.NewClient(r).BlockedUsers(t.Context(), "ann"))))
	assert.JSONEq(t, `{"From_Account":"ann","StartIndex":0,"MaxLimited":1000,"LastSequence":0}`, r.Body)
}
