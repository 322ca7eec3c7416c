package follow_test

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/follow"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// pages is a Caller that answers with one user, and the cursor that follows the one asked.
type pages struct {
	next  map[string]string
	asked []string
}

func (p *pages) Call(ctx context.Context, _ restapi.Command, req, resp any) error {
	body, err := json.Marshal(req)
	if err != nil {
		return err
	}
	p.asked = append(p.asked, string(body))
	var page struct{ StartCursor string }
	if err := json.Unmarshal(body, &page); err != nil {
		return err
	}
	answer := fmt.Sprintf(`{"FollowItem":[{"To_Account":"from %s"}],"NextCursor":%q}`,
		page.StartCursor, p.next[page.StartCursor])
	if err := json.Unmarshal([]byte(answer), resp); err != nil {
		return err
	}
	return ctx.Err()
}

func TestListsGoToTheirEnd(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		number int
		list   func(c *follow.Client, ctx context.Context, userID string) iter.Seq2[follow.User, error]
	}{
		"followers": {1, (*follow.Client).Followers},
		"following": {2, (*follow.Client).Following},
		"mutual":    {3, (*follow.Client).MutualFollowers},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &pages{next: map[string]string{"": "b", "b": "c"}}
			users, err := conform.Drain(tc.list(follow.NewClient(p), t.Context(), "ann"))
			require.NoError(t, err)
			assert.Equal(t, []follow.User{{UserID: "from "}, {UserID: "from b"}, {UserID: "from c"}}, users)
			require.Len(t, p.asked, 3)
			first := fmt.Sprintf(`{"From_Account":"ann","FollowType":%d,"StartCursor":"","WantNum":1000}`, tc.number)
			assert.JSONEq(t, first, p.asked[0])
		})
	}
}

func TestListsThatNeverEnd(t *testing.T) {
	t.Parallel()
	for name, next := range map[string]map[string]string{
		"the same": {"": "a", "a": "a"},
		"by turns": {"": "a", "a": "b", "b": "a"},
	} {
		p := &pages{next: next}
		_, err := conform.Drain(follow.NewClient(p).Followers(t.Context(), "ann"))
		require.ErrorIs(t, err, restapi.ErrBadResponse, name)
		require.ErrorContains(t, err, "follow/follow_get: ")
		assert.Less(t, len(p.asked), 10)
	}
}

func TestUserPageReadsTheDocumentedAnswers(t *testing.T) {
	t.Parallel()
	got, err := answering(t, follow.CommandFollowGet, 0).UserPage(t.Context(), "ann", follow.Follower, "", 0)
	require.NoError(t, err)
	assert.Equal(t, restapi.Cursor("c2VxPTEwMg=="), got.Next)
	require.Len(t, got.Items, 2)
	bob := got.Items[0]
	assert.Equal(t, "bob", bob.UserID)
	assert.True(t, time.Unix(1735689601, 0).Equal(bob.FollowTime))
	assert.EqualValues(t, 123, bob.ProfileSequence)
	nick, _ := profile.Nick.Of(bob.ProfileItem)
	team, _ := profile.Custom("Team").Of(bob.ProfileItem)
	assert.Equal(t, []string{"Bob", "red"}, []string{nick, team})

	got, err = answering(t, follow.CommandFollowGet, 1).UserPage(t.Context(), "ann", follow.Follower, "", 0)
	require.NoError(t, err)
	assert.Empty(t, got)
}
