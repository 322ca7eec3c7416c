package moderation_test

import (
	"context"
	"testing"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/moderation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestCommandsAreAsDocumented(t *testing.T) {
	t.Parallel()
	row := func(cmd restapi.Command, call func(context.Context, *moderation.Client) (any, error)) conform.Row {
		return conform.Row{Command: cmd, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return call(ctx, moderation.NewClient(c))
		}}
	}
	people := []moderation.ModerateOption{
		moderation.WithExtSender("ExtSender"), moderation.WithExtReceiver("ExtReceiver"),
	}
	text := moderation.Content{ContentType: moderation.Text, Content: "Content"}
	list := []moderation.LocalKeyword{
		{"Keyword", moderation.WordText, moderation.FilterReplace, "ReplacedContent", 1, ""},
		{"another", moderation.WordRegexp, moderation.FilterBlock, "ReplacedContent", 2, ""},
	}
	deleted := row(moderation.CommandDeleteCloudAuditKeywords, func(ctx context.Context, c *moderation.Client) (any, error) {
		return c.DeleteCloudKeywords(ctx, "LibID", []string{"one", "two"})
	})
	kept := deleted
	deleted.Hints = map[string]any{"Details[].Keyword": conform.Asked("Keywords")}
	kept.Hints = map[string]any{"Details[].Keyword": conform.Asked("Keywords"), "Details[].Deleted": false}
	conform.Area(t, "moderation", []conform.Row{
		row(moderation.CommandContentModeration, func(ctx context.Context, c *moderation.Client) (any, error) {
			return c.Moderate(ctx, "AuditName", text, people...)
		}),
		row(moderation.CommandBatchContentModeration, func(ctx context.Context, c *moderation.Client) (any, error) {
			return c.ModerateBatch(ctx, "AuditName", []moderation.Content{text, text}, people...)
		}),
		row(moderation.CommandGetCloudAuditKeywordsIDs, func(ctx context.Context, c *moderation.Client) (any, error) {
			return conform.Drain(c.Libraries(ctx))
		}),
		row(moderation.CommandGetCloudAuditKeywordsIDs, func(ctx context.Context, c *moderation.Client) (any, error) {
			return c.LibraryPage(ctx, "7", 2)
		}),
		row(moderation.CommandGetCloudAuditKeywords, func(ctx context.Context, c *moderation.Client) (any, error) {
			return conform.Drain(c.CloudKeywords(ctx, "LibID"))
		}),
		row(moderation.CommandGetCloudAuditKeywords, func(ctx context.Context, c *moderation.Client) (any, error) {
			return c.CloudKeywordPage(ctx, "LibID", "7", 2, moderation.WithContent("Content"))
		}),
		row(moderation.CommandAddCloudAuditKeywords, func(ctx context.Context, c *moderation.Client) (any, error) {
			return nil, c.AddCloudKeywords(ctx, "LibID", []moderation.Keyword{{"Content", "Label"}, {"another", "Label"}})
		}),
		deleted, kept,
		row(moderation.CommandGetLocalAuditKeywords, func(ctx context.Context, c *moderation.Client) (any, error) {
			return conform.Drain(c.LocalKeywords(ctx))
		}),
		row(moderation.CommandGetLocalAuditKeywords, func(ctx context.Context, c *moderation.Client) (any, error) {
			return c.LocalKeywordPage(ctx, "7", 2,
				moderation.WithKeyword("Keyword"), moderation.WithFilterType(moderation.FilterBlock))
		}),
		row(moderation.CommandAddLocalAuditKeywords, func(ctx context.Context, c *moderation.Client) (any, error) {
			return nil, c.AddLocalKeywords(ctx, list)
		}),
		row(moderation.CommandDeleteLocalAuditKeywords, func(ctx context.Context, c *moderation.Client) (any, error) {
			return nil, c.DeleteLocalKeywords(ctx, list)
		}),
	}, exceptions()...)
}

func exceptions() (all []conform.Exception) {
	for _, cmd := range []restapi.Command{
		moderation.CommandGetCloudAuditKeywordsIDs, moderation.CommandGetCloudAuditKeywords,
		moderation.CommandAddCloudAuditKeywords, moderation.CommandDeleteCloudAuditKeywords,
		moderation.CommandGetLocalAuditKeywords, moderation.CommandAddLocalAuditKeywords,
		moderation.CommandDeleteLocalAuditKeywords,
	} {
		all = append(all, conform.Exception{
			Command: cmd, Answer: "RequestId", Reason: "of no use where nothing comes later by that name",
		})
	}
	return append(all,
		conform.Exception{
			Command: moderation.CommandDeleteCloudAuditKeywords, Answer: "Count", Reason: "as the results without an error",
		},
		conform.Exception{
			Command: moderation.CommandAddLocalAuditKeywords, Request: "LocalAuditWords[].Id",
			Reason: "sent by the call that deletes, with the same type",
		})
}
