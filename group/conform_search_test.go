package group_test

import (
	"context"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
)

func searchRows() []conform.Row {
	query := group.SearchQuery{
		Keywords: []string{"harbor", "watch"}, KeywordMatchType: group.MatchAll,
		GroupType: []group.Type{group.Public, group.Private},
	}
	return []conform.Row{
		hinted(row(group.CommandGroupSearch, func(ctx context.Context, c *group.Client) (any, error) {
			return conform.Drain(c.Search(ctx, query))
		}), map[string]any{"IsFinish": true}),
		hinted(row(group.CommandGroupSearch, func(ctx context.Context, c *group.Client) (any, error) {
			return c.SearchPage(ctx, query, "Cursor", 20)
		}), map[string]any{"Cursor": "c1"}),
	}
}

func searchExceptions() []conform.Exception {
	return []conform.Exception{{
		Command: group.CommandGroupSearch, Answer: "Cursor", Reason: "read where IsFinish is false: TestSearchGoesOn",
	}}
}
