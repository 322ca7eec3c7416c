package follow_test

import (
	"context"
	"iter"
	"testing"

	"github.com/go-tencentchat/tencentchat/follow"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestCommandsAreAsDocumented(t *testing.T) {
	t.Parallel()
	users := []string{"bob", "cat"}
	row := func(cmd restapi.Command, call func(context.Context, *follow.Client) (any, error)) conform.Row {
		return conform.Row{Command: cmd, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return call(ctx, follow.NewClient(c))
		}}
	}
	list := func(
		method string, of func(*follow.Client, context.Context, string) iter.Seq2[follow.User, error],
	) conform.Row {
		r := row(follow.CommandFollowGet, func(ctx context.Context, c *follow.Client) (any, error) {
			return conform.Drain(of(c, ctx, "ann"))
		})
		r.Method, r.Hints = method, map[string]any{"NextCursor": ""}
		return r
	}
	conform.Area(t, "follow", []conform.Row{
		row(follow.CommandFollowAdd, func(ctx context.Context, c *follow.Client) (any, error) {
			return c.Add(ctx, "ann", users)
		}),
		row(follow.CommandFollowDelete, func(ctx context.Context, c *follow.Client) (any, error) {
			return c.Delete(ctx, "ann", users)
		}),
		row(follow.CommandFollowCheck, func(ctx context.Context, c *follow.Client) (any, error) {
			return c.Check(ctx, "ann", users)
		}),
		list("Client.Followers", (*follow.Client).Followers),
		list("Client.Following", (*follow.Client).Following),
		list("Client.MutualFollowers", (*follow.Client).MutualFollowers),
		row(follow.CommandFollowGet, func(ctx context.Context, c *follow.Client) (any, error) {
			return c.UserPage(ctx, "ann", follow.Mutual, "c2VxPTEwMA==", 100)
		}),
		row(follow.CommandFollowGetInfo, func(ctx context.Context, c *follow.Client) (any, error) {
			return c.Info(ctx, "ann", users)
		}),
	})
}
