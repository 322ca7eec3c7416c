package group_test

import (
	"context"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
)

func attributeRows() []conform.Row {
	attrs := map[string]string{"key": "value", "seat_1": "ozan"}
	return []conform.Row{
		row(group.CommandGetGroupAttr, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Attributes.Get(ctx, team)
		}),
		row(group.CommandSetGroupAttr, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Attributes.Set(ctx, team, attrs)
		}),
		row(group.CommandModifyGroupAttr, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Attributes.Modify(ctx, team, attrs)
		}),
		row(group.CommandDeleteGroupAttr, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Attributes.Delete(ctx, team, "key", "seat_1")
		}),
		row(group.CommandClearGroupAttr, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Attributes.Clear(ctx, team)
		}),
	}
}
