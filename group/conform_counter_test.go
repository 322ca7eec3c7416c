package group_test

import (
	"context"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
)

func counterRows() []conform.Row {
	return []conform.Row{
		row(group.CommandGetGroupCounter, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Counters.Get(ctx, team, "like", "unlike")
		}),
		row(group.CommandUpdateGroupCounter, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Counters.Update(ctx, team, group.CounterIncrease, map[string]int64{"like": 1, "unlike": -2})
		}),
		row(group.CommandDeleteGroupCounter, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Counters.Delete(ctx, team, "like", "unlike")
		}),
		row(group.CommandDeleteGroupCounter, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Counters.Clear(ctx, team)
		}),
	}
}
