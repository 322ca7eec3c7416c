package follow_test

import (
	"context"
	"errors"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/follow"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// answering returns a client of a service that answers every call with the documented answer of that number.
func answering(tb testing.TB, cmd restapi.Command, example int) *follow.Client {
	tb.Helper()
	return follow.NewClient(&conform.Recorder{Answer: string(conform.Documented(tb, cmd).ResponseExamples[example])})
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
	two := []string{"bob", "cat"}
	type calls = []func(c *follow.Client) error
	for _, tc := range []struct {
		cmd   restapi.Command
		calls calls // in the order of the documented requests
	}{
		{follow.CommandFollowAdd, calls{
			func(c *follow.Client) error { return second(c.Add(ctx, "ann", two[:1])) },
			func(c *follow.Client) error { return second(c.Add(ctx, "ann", append(two, "bob"))) },
		}},
		{follow.CommandFollowDelete, calls{
			func(c *follow.Client) error { return second(c.Delete(ctx, "ann", append(two, "bob"))) },
		}},
		{follow.CommandFollowCheck, calls{
			func(c *follow.Client) error { return second(c.Check(ctx, "ann", two)) },
		}},
		{follow.CommandFollowGet, calls{
			func(c *follow.Client) error { return second(c.UserPage(ctx, "ann", follow.Follower, "", 100)) },
			func(c *follow.Client) error {
				return second(c.UserPage(ctx, "ann", follow.Following, "c2VxPTEwMA==", 2))
			},
		}},
		{follow.CommandFollowGetInfo, calls{
			func(c *follow.Client) error { return second(c.Info(ctx, "ann", []string{"ann", "bob"})) },
		}},
	} {
		t.Run(tc.cmd.Name, func(t *testing.T) {
			t.Parallel()
			examples := conform.Documented(t, tc.cmd).RequestExamples
			require.Len(t, examples, len(tc.calls))
			for i, call := range tc.calls {
				r := &conform.Recorder{Answer: `{}`}
				require.NoError(t, call(follow.NewClient(r)))
				assert.Equal(t, tc.cmd, r.Command)
				assert.JSONEq(t, string(examples[i]), r.Body)
			}
		})
	}
}

func TestCallsFailWhole(t *testing.T) {
	t.Parallel()
	disabled := &restapi.Error{Code: restapi.CodeRelationFollowNotEnabled}
	c := follow.NewClient(&conform.Recorder{Err: disabled})
	bob := []string{"bob"}
	for name, call := range map[string]func(context.Context) (any, error){
		"add":    func(ctx context.Context) (any, error) { return c.Add(ctx, "ann", bob) },
		"delete": func(ctx context.Context) (any, error) { return c.Delete(ctx, "ann", bob) },
		"check":  func(ctx context.Context) (any, error) { return c.Check(ctx, "ann", bob) },
		"info":   func(ctx context.Context) (any, error) { return c.Info(ctx, "ann", bob) },
		"list":   func(ctx context.Context) (any, error) { return conform.Drain(c.Followers(ctx, "ann")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := call(t.Context())
			require.ErrorIs(t, err, restapi.CodeRelationFollowNotEnabled)
			assert.Empty(t, got)
		})
	}
}

func TestRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	pageOf := func(list follow.FollowType, limit int) func(c *follow.Client) error {
		return func(c *follow.Client) error { return second(c.UserPage(ctx, "ann", list, "", limit)) }
	}
	for name, tc := range map[string]struct {
		field, reason string
		call          func(c *follow.Client) error
	}{
		"add for nobody": {"From_Account", "is empty", func(c *follow.Client) error {
			return second(c.Add(ctx, "", []string{"bob"}))
		}},
		"add none": {"FollowItem", "is empty", func(c *follow.Client) error { return second(c.Add(ctx, "ann", nil)) }},
		"add too many": {"FollowItem", "21 items", func(c *follow.Client) error {
			return second(c.Add(ctx, "ann", numbered(21)))
		}},
		"add nobody": {"FollowItem[1]", "is empty", func(c *follow.Client) error {
			return second(c.Add(ctx, "ann", []string{"bob", ""}))
		}},
		"add oneself": {"FollowItem[1]", "is the user", func(c *follow.Client) error {
			return second(c.Add(ctx, "ann", []string{"bob", "ann"}))
		}},
		"delete too many": {"To_Account", "21 items", func(c *follow.Client) error {
			return second(c.Delete(ctx, "ann", numbered(21)))
		}},
		"check too many": {"To_Account", "101 items", func(c *follow.Client) error {
			return second(c.Check(ctx, "ann", numbered(101)))
		}},
		"check for nobody": {"From_Account", "is empty", func(c *follow.Client) error {
			return second(c.Check(ctx, "", []string{"bob"}))
		}},
		"info of none": {"To_Account", "is empty", func(c *follow.Client) error {
			return second(c.Info(ctx, "ann", nil))
		}},
		"list of nobody": {"From_Account", "is empty", func(c *follow.Client) error {
			return second(conform.Drain(c.Following(ctx, "")))
		}},
		"list of no followers":  {"FollowType", "is 0, not Follower", pageOf(follow.NoFollow, 0)},
		"list of another kind":  {"FollowType", "is 4, not Follower", pageOf(4, 0)},
		"page of less than all": {"WantNum", "is -1, not 0 to 1000", pageOf(follow.Follower, -1)},
		"page of too many":      {"WantNum", "is 1001", pageOf(follow.Follower, 1001)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &conform.Recorder{Answer: `{}`}
			err := tc.call(follow.NewClient(r))
			require.ErrorIs(t, err, restapi.ErrInvalidArgument)
			argument, _ := errors.AsType[*restapi.ArgumentError](err)
			assert.Equal(t, tc.field, argument.Field)
			assert.Contains(t, argument.Reason, tc.reason)
			assert.NotEmpty(t, argument.Command.Name)
			assert.Zero(t, r.Calls, "nothing may be sent")
		})
	}
}

func TestTheLargestCallsPass(t *testing.T) {
	t.Parallel()
	c := follow.NewClient(&conform.Recorder{Answer: `{}`})
	require.NoError(t, second(c.Add(t.Context(), "ann", numbered(follow.MaxUsers))))
	require.NoError(t, second(c.Info(t.Context(), "ann", numbered(follow.MaxUsers))))
	require.NoError(t, second(c.Check(t.Context(), "ann", numbered(follow.MaxCheck))))
	require.NoError(t, second(c.UserPage(t.Context(), "ann", follow.Mutual, "", follow.MaxPage)))
}
