package friend_test

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// answering returns a client of a service that answers every call with the documented answer of that number.
func answering(tb testing.TB, cmd restapi.Command, example int) *friend.Client {
	tb.Helper()
	return friend.NewClient(&conform.Recorder{Answer: string(conform.Documented(tb, cmd).ResponseExamples[example])})
}

func numbered(n int) []string {
	users := make([]string, n)
	for i := range users {
		users[i] = "u" + strconv.Itoa(i)
	}
	return users
}

func second[T any](_ T, err error) error { return err }

func TestRequestsAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	five, groups := []string{"bob", "cat", "dan", "eve", "fay"}, []string{"Work", "Chess"}
	bob, three := five[:1], five[:3]
	note, rank := friend.Custom("Note"), friend.Field[uint64]("Tag_SNS_Custom_Rank")
	at := func(second int64) time.Time { return time.Unix(1735689600+second, 999) }
	for _, tc := range []struct {
		cmd     restapi.Command
		example int
		call    func(c *friend.Client) error
	}{
		{friend.CommandFriendAdd, 1, func(c *friend.Client) error {
			return second(c.Add(ctx, "ann", []friend.Request{
				{"bob", "Bob from work", "Work", "AddSource_Type_Search", "Hi, Ann here"},
				{ToAccount: "cat", AddSource: "AddSource_Type_Card"},
			}, friend.Both, friend.WithForce()))
		}},
		{friend.CommandFriendImport, 0, func(c *friend.Client) error {
			return second(c.Import(ctx, "ann", []friend.ImportItem{{ToAccount: "bob", AddSource: "AddSource_Type_Import"}}))
		}},
		{friend.CommandFriendImport, 1, func(c *friend.Client) error {
			return second(c.Import(ctx, "ann", []friend.ImportItem{
				{
					"bob", "Bobby", at(0), groups, "AddSource_Type_Import", "from the old app", at(1),
					profile.Items{note.To("left-handed"), rank.To(0)},
				},
				{ToAccount: "cat", AddSource: "AddSource_Type_Import"},
			}))
		}},
		{friend.CommandFriendUpdate, 0, func(c *friend.Client) error {
			return second(c.Update(ctx, "ann", []friend.UpdateItem{{"bob", profile.Items{friend.Remark.To("Bobby")}}}))
		}},
		{friend.CommandFriendUpdate, 1, func(c *friend.Client) error {
			return second(c.Update(ctx, "ann", []friend.UpdateItem{
				{"bob", profile.Items{friend.Remark.To("Bobby"), friend.Groups.To(groups), note.To("tall")}},
				{"cat", profile.Items{rank.To(4)}},
			}))
		}},
		{friend.CommandFriendDelete, 1, func(c *friend.Client) error {
			return second(c.Delete(ctx, "ann", three, friend.Both))
		}},
		{friend.CommandFriendDeleteAll, 1, func(c *friend.Client) error { return c.DeleteAll(ctx, "ann", friend.Both) }},
		{friend.CommandFriendCheck, 0, func(c *friend.Client) error {
			return second(c.Check(ctx, "ann", five, friend.Both))
		}},
		{friend.CommandFriendCheck, 1, func(c *friend.Client) error {
			return second(c.Check(ctx, "ann", bob, friend.Single))
		}},
		{friend.CommandFriendGet, 0, func(c *friend.Client) error { return second(c.FriendPage(ctx, "ann", "")) }},
		{friend.CommandFriendGetList, 0, func(c *friend.Client) error {
			return second(c.Get(ctx, "ann", bob, profile.Nick, friend.Remark))
		}},
		{friend.CommandFriendGetList, 1, func(c *friend.Client) error {
			return second(c.Get(ctx, "ann", three, profile.Custom("Team"), profile.AvatarURL, profile.Nick, note, note,
				friend.Remark, friend.Groups))
		}},
		{friend.CommandBlackListAdd, 0, func(c *friend.Client) error {
			return second(c.Block(ctx, "ann", []string{"bob", "bob"}))
		}},
		{friend.CommandBlackListAdd, 1, func(c *friend.Client) error { return second(c.Block(ctx, "ann", three)) }},
		{friend.CommandBlackListDelete, 0, func(c *friend.Client) error { return second(c.Unblock(ctx, "ann", three[:2])) }},
		{friend.CommandBlackListCheck, 0, func(c *friend.Client) error {
			return second(c.CheckBlocked(ctx, "ann", five, friend.Both))
		}},
		{friend.CommandBlackListCheck, 1, func(c *friend.Client) error {
			return second(c.CheckBlocked(ctx, "ann", bob, friend.Single))
		}},
		{friend.CommandBlackListGet, 0, func(c *friend.Client) error {
			return second(c.BlockedUserPage(ctx, "ann", "", 30))
		}},
		{friend.CommandGroupAdd, 0, func(c *friend.Client) error { return second(c.AddGroups(ctx, "ann", groups, nil)) }},
		{friend.CommandGroupAdd, 1, func(c *friend.Client) error {
			return second(c.AddGroups(ctx, "ann", append(groups, "Work"), append(three[:3:3], "bob")))
		}},
		{friend.CommandGroupDelete, 0, func(c *friend.Client) error { return c.DeleteGroups(ctx, "ann", groups[1:]) }},
		{friend.CommandGroupGet, 0, func(c *friend.Client) error { return second(c.Groups(ctx, "ann")) }},
		{friend.CommandGroupGet, 1, func(c *friend.Client) error {
			return second(c.Groups(ctx, "ann", friend.WithFriends(), friend.WithGroups("Work")))
		}},
	} {
		t.Run(tc.cmd.Name+" "+strconv.Itoa(tc.example), func(t *testing.T) {
			t.Parallel()
			r := &conform.Recorder{Answer: `{}`}
			require.NoError(t, tc.call(friend.NewClient(r)))
			assert.Equal(t, tc.cmd, r.Command)
			assert.JSONEq(t, string(conform.Documented(t, tc.cmd).RequestExamples[tc.example]), r.Body)
		})
	}
}

// Sides are always sent, with the word of the command.
func TestSides(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	bob := []string{"bob"}
	request := []friend.Request{{ToAccount: "bob", AddSource: "AddSource_Type_Card"}}
	for name, tc := range map[string]struct {
		field, word string
		call        func(c *friend.Client, s friend.Sides) error
	}{
		"add": {"AddType", "Add_Type_", func(c *friend.Client, s friend.Sides) error {
			return second(c.Add(ctx, "ann", request, s))
		}},
		"delete": {"DeleteType", "Delete_Type_", func(c *friend.Client, s friend.Sides) error {
			return second(c.Delete(ctx, "ann", bob, s))
		}},
		"delete all": {"DeleteType", "Delete_Type_", func(c *friend.Client, s friend.Sides) error {
			return c.DeleteAll(ctx, "ann", s)
		}},
		"check": {"CheckType", "CheckResult_Type_", func(c *friend.Client, s friend.Sides) error {
			return second(c.Check(ctx, "ann", bob, s))
		}},
		"check blocked": {"CheckType", "BlackCheckResult_Type_", func(c *friend.Client, s friend.Sides) error {
			return second(c.CheckBlocked(ctx, "ann", bob, s))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, s := range []friend.Sides{friend.Single, friend.Both} {
				r := &conform.Recorder{Answer: `{}`}
				require.NoError(t, tc.call(friend.NewClient(r), s))
				var sent map[string]any
				require.NoError(t, json.Unmarshal([]byte(r.Body), &sent))
				assert.Equal(t, tc.word+string(s), sent[tc.field])
			}
			for _, s := range []friend.Sides{"", "both", "Add_Type_Both"} {
				r := &conform.Recorder{}
				err := tc.call(friend.NewClient(r), s)
				argument, _ := errors.AsType[*restapi.ArgumentError](err)
				require.NotNil(t, argument, "%q", s)
				assert.Equal(t, tc.field, argument.Field)
				assert.Zero(t, r.Calls)
			}
		})
	}
}

func TestCallsFailWhole(t *testing.T) {
	t.Parallel()
	down := errors.New("down")
	c := friend.NewClient(&conform.Recorder{Err: down})
	bob := []string{"bob"}
	for name, call := range map[string]func(context.Context) (any, error){
		"add": func(ctx context.Context) (any, error) {
			return c.Add(ctx, "ann", []friend.Request{{ToAccount: "bob", AddSource: "AddSource_Type_Card"}}, friend.Both)
		},
		"delete":  func(ctx context.Context) (any, error) { return c.Delete(ctx, "ann", bob, friend.Both) },
		"check":   func(ctx context.Context) (any, error) { return c.Check(ctx, "ann", bob, friend.Both) },
		"blocked": func(ctx context.Context) (any, error) { return c.CheckBlocked(ctx, "ann", bob, friend.Both) },
		"get":     func(ctx context.Context) (any, error) { return c.Get(ctx, "ann", bob) },
		"list":    func(ctx context.Context) (any, error) { return conform.Drain(c.Friends(ctx, "ann")) },
		"black":   func(ctx context.Context) (any, error) { return conform.Drain(c.BlockedUsers(ctx, "ann")) },
		"groups":  func(ctx context.Context) (any, error) { return c.Groups(ctx, "ann") },
		"no all":  func(ctx context.Context) (any, error) { return nil, c.DeleteAll(ctx, "ann", friend.Single) },
		"no group": func(ctx context.Context) (any, error) {
			return nil, c.DeleteGroups(ctx, "ann", []string{"Work"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := call(t.Context())
			require.ErrorIs(t, err, down)
			assert.Empty(t, got)
		})
	}
}

func TestTheLargestCallsPass(t *testing.T) {
	t.Parallel()
	c := friend.NewClient(&conform.Recorder{Answer: `{}`})
	got, err := c.Block(t.Context(), "ann", numbered(friend.MaxUsers))
	require.NoError(t, err)
	assert.Len(t, got, 1000)
	requests := make([]friend.Request, 1001) // no limit is documented
	for i, userID := range numbered(1001) {
		requests[i] = friend.Request{ToAccount: userID, AddSource: "AddSource_Type_Abcdefgh"}
	}
	require.NoError(t, second(c.Add(t.Context(), "ann", requests, friend.Single)))
	require.NoError(t, second(c.Get(t.Context(), "ann", numbered(1001))), "100 are advised, more are not refused")
	require.NoError(t, c.DeleteGroups(t.Context(), "ann", numbered(friend.MaxGroups)))
}
