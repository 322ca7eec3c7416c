package friend_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// pages is a Caller that answers with the page at the StartIndex asked.
type pages struct {
	answers map[uint64]string
	asked   []uint64
}

func (p *pages) Call(ctx context.Context, _ restapi.Command, req, resp any) error {
	body, err := json.Marshal(req)
	if err != nil {
		return err
	}
	var page struct{ StartIndex uint64 }
	if err := json.Unmarshal(body, &page); err != nil {
		return err
	}
	p.asked = append(p.asked, page.StartIndex)
	if err := json.Unmarshal([]byte(p.answers[page.StartIndex]), resp); err != nil {
		return fmt.Errorf("page %d: %w", page.StartIndex, err)
	}
	return ctx.Err()
}

func page(end bool, next int, userIDs ...string) string {
	flag := 0
	if end {
		flag = 7
	}
	var rows []string
	for _, userID := range userIDs {
		rows = append(rows, fmt.Sprintf(`{"To_Account":%q}`, userID))
	}
	const lists = `{"UserDataItem":[%s],"BlackListItem":[%[1]s],"CompleteFlag":%d,"NextStartIndex":%d,"StartIndex":%[3]d}`
	return fmt.Sprintf(lists, strings.Join(rows, ","), flag, next)
}

func friendsOf(t *testing.T, p *pages) (userIDs []string, err error) {
	t.Helper()
	friends, err := conform.Drain(friend.NewClient(p).Friends(t.Context(), "ann"))
	for _, f := range friends {
		userIDs = append(userIDs, f.UserID)
	}
	return userIDs, err
}

// CompleteFlag alone ends the list: neither an empty page does, nor a NextStartIndex of 0, which is an end elsewhere.
func TestFriendsEndByCompleteFlag(t *testing.T) {
	t.Parallel()
	p := &pages{answers: map[uint64]string{
		0: page(false, 100, "bob"), 100: page(false, 200), 200: page(true, 300, "cat", "dan"),
	}}
	userIDs, err := friendsOf(t, p)
	require.NoError(t, err)
	assert.Equal(t, []string{"bob", "cat", "dan"}, userIDs)
	assert.Equal(t, []uint64{0, 100, 200}, p.asked)

	first, err := friend.NewClient(&conform.Recorder{Answer: page(false, 0)}).FriendPage(t.Context(), "ann", "100")
	require.NoError(t, err)
	assert.Equal(t, restapi.Cursor("0"), first.Next)
}

func TestListsThatNeverEnd(t *testing.T) {
	t.Parallel()
	for name, answers := range map[string]map[uint64]string{
		"the same":  {0: page(false, 1, "bob"), 1: page(false, 1, "cat")},
		"by turns":  {0: page(false, 1, "bob"), 1: page(false, 2, "cat"), 2: page(false, 1, "dan")},
		"no cursor": {0: page(false, 0, "bob")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &pages{answers: answers}
			_, err := friendsOf(t, p)
			require.ErrorIs(t, err, restapi.ErrBadResponse)
			require.ErrorContains(t, err, "sns/friend_get: ")
			assert.Less(t, len(p.asked), 10)
		})
	}
	p := &pages{answers: map[uint64]string{0: page(false, 1, "bob"), 1: page(false, 2, "cat"), 2: page(false, 1, "dan")}}
	_, err := conform.Drain(friend.NewClient(p).BlockedUsers(t.Context(), "ann"))
	require.ErrorIs(t, err, restapi.ErrBadResponse)
	require.ErrorContains(t, err, "sns/black_list_get: ")
}

func TestFriendsEndWithTheContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p := &pages{answers: map[uint64]string{0: page(false, 1, "bob"), 1: page(false, 2, "cat")}}
	var got []string
	for f, err := range friend.NewClient(p).Friends(ctx, "ann") {
		got = append(got, fmt.Sprint(f.UserID, err))
		cancel()
	}
	assert.Equal(t, []string{"bob<nil>", "context canceled"}, got)
}

func TestFriendPageReadsTheDocumentedAnswers(t *testing.T) {
	t.Parallel()
	got, err := answering(t, friend.CommandFriendGet, 0).FriendPage(t.Context(), "ann", "", friend.WithSequences(88, 46))
	require.NoError(t, err)
	assert.Empty(t, got.Next)
	assert.Equal(t, 2, got.Total)
	assert.Equal(t, []uint64{88, 46}, []uint64{got.StandardSequence, got.CustomSequence})
	require.Len(t, got.Items, 2)
	bob := got.Items[0]
	require.NoError(t, bob.Err())
	assert.Equal(t, "bob", bob.UserID)
	groups, ok := friend.Groups.Of(bob.Items)
	assert.True(t, ok)
	assert.Equal(t, []string{"Work", "Chess"}, groups)
	made, ok := friend.AddTime.Of(bob.Items)
	assert.True(t, ok)
	assert.True(t, time.Unix(1735689601, 0).Equal(made))

	got, err = answering(t, friend.CommandFriendGet, 1).FriendPage(t.Context(), "ann", "")
	require.NoError(t, err)
	assert.Equal(t, restapi.Cursor("100"), got.Next)
}

func TestGetReadsBothKindsOfFields(t *testing.T) {
	t.Parallel()
	got, err := answering(t, friend.CommandFriendGetList, 1).Get(t.Context(), "ann", []string{"dan", "eve", "bob"})
	require.NoError(t, err)
	require.ErrorIs(t, got[0].Err(), restapi.CodeRelationInvalidParameter)
	assert.Nil(t, got[0].Items)
	require.ErrorIs(t, got[1].Err(), restapi.ErrBadResponse)
	require.NoError(t, got[2].Err())
	remark, _ := friend.Remark.Of(got[2].Items)
	nick, _ := profile.Nick.Of(got[2].Items)
	note, _ := friend.Custom("Note").Of(got[2].Items)
	assert.Equal(t, []string{"Bobby", "Bob", "tall"}, []string{remark, nick, note})
}

func TestGetAsksForTheStandardFields(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{}`}
	require.NoError(t, second(friend.NewClient(r).Get(t.Context(), "ann", []string{"bob"})))
	var sent struct{ TagList []string }
	require.NoError(t, json.Unmarshal([]byte(r.Body), &sent))
	assert.Len(t, sent.TagList, 5+12)
	assert.Subset(t, sent.TagList, fieldDocs(t))
	assert.Contains(t, sent.TagList, profile.Role.Tag())
}
