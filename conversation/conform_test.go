package conversation_test

import (
	"context"
	"testing"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestCommandsAreAsDocumented(t *testing.T) {
	t.Parallel()
	// In the answers that are made up the names of all users and of all groups stand in their own order: with the groups
	// first, each row has the one of its type.
	ids := []conversation.ID{conversation.Group("team7"), conversation.Group("team8"), conversation.C2C("ben")}
	marks := []conversation.MarkItem{
		{
			ContactItem: ids[0], SetMark: []conversation.Mark{conversation.MarkStar, 33},
			ClearMark: []conversation.Mark{conversation.MarkHide, 64}, CustomMark: restapi.Some("CustomMark"),
		},
		{ContactItem: ids[1], CustomMark: restapi.Some("CustomMark")},
		{ContactItem: ids[2], CustomMark: restapi.Some("CustomMark")},
	}
	row := func(cmd restapi.Command, call func(context.Context, *conversation.Client) (any, error)) conform.Row {
		return conform.Row{Command: cmd, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return call(ctx, conversation.NewClient(c))
		}}
	}
	hinted := func(r conform.Row, hints map[string]any) conform.Row {
		r.Hints = hints
		return r
	}
	ends := map[string]any{"CompleteFlag": 1}
	conform.Area(t, "conversation", []conform.Row{
		hinted(row(conversation.CommandGetList, func(ctx context.Context, c *conversation.Client) (any, error) {
			return conform.Drain(c.Conversations(ctx, "ana", conversation.WithAssistFlags(conversation.AssistTop)))
		}), ends),
		row(conversation.CommandGetList, func(ctx context.Context, c *conversation.Client) (any, error) {
			return c.ConversationPage(ctx, "ana", "1700000000,20,1700000001,30")
		}),
		row(conversation.CommandDelete, func(ctx context.Context, c *conversation.Client) (any, error) {
			return nil, c.Delete(ctx, "ana", ids[0], conversation.WithClearRamble())
		}),
		row(conversation.CommandDelete, func(ctx context.Context, c *conversation.Client) (any, error) {
			return nil, c.Delete(ctx, "ana", ids[2])
		}),
		row(conversation.CommandTop, func(ctx context.Context, c *conversation.Client) (any, error) {
			return nil, c.Pin(ctx, "ana", ids)
		}),
		row(conversation.CommandTop, func(ctx context.Context, c *conversation.Client) (any, error) {
			return nil, c.Unpin(ctx, "ana", ids)
		}),
		row(conversation.CommandMarkContact, func(ctx context.Context, c *conversation.Client) (any, error) {
			return c.Mark(ctx, "ana", marks)
		}),
		row(conversation.CommandCreateContactGroup, func(ctx context.Context, c *conversation.Client) (any, error) {
			return c.CreateContactGroup(ctx, "ana", "work", ids)
		}),
		row(conversation.CommandUpdateContactGroup, func(ctx context.Context, c *conversation.Client) (any, error) {
			return c.UpdateContactGroup(ctx, "ana", "work", ids[:1], ids[1:])
		}),
		row(conversation.CommandUpdateContactGroup, func(ctx context.Context, c *conversation.Client) (any, error) {
			return c.RenameContactGroup(ctx, "ana", "work", "office")
		}),
		row(conversation.CommandDelContactGroup, func(ctx context.Context, c *conversation.Client) (any, error) {
			return c.DeleteContactGroup(ctx, "ana", "work")
		}),
		hinted(row(conversation.CommandGetContactGroup, func(ctx context.Context, c *conversation.Client) (any, error) {
			return conform.Drain(c.Contacts(ctx, "ana"))
		}), ends),
		row(conversation.CommandGetContactGroup, func(ctx context.Context, c *conversation.Client) (any, error) {
			return c.ContactPage(ctx, "ana", "100")
		}),
		hinted(row(conversation.CommandSearchContactGroup, func(ctx context.Context, c *conversation.Client) (any, error) {
			return c.SearchContacts(ctx, "ana", ids)
		}), map[string]any{ // the names of the groups that contacts are in
			"ContactResultItem[].ContactGroupId": []int{7}, "GroupItem[].GroupId": 7, "GroupItem[].GroupName": "work",
		}),
	}, exceptions()...)
}

func exceptions() (all []conform.Exception) {
	all = []conform.Exception{{
		Command: conversation.CommandMarkContact, Answer: "ResultItem[].OptType", Reason: "as asked",
	}}
	for _, path := range []string{
		"UpdateType", "UpdateGroupResult.UpdateGroupType", "UpdateGroupResult.OldGroupName",
		"UpdateGroupResult.ContactResultItem[].ContactOptType",
	} {
		all = append(all, conform.Exception{
			Command: conversation.CommandUpdateContactGroup, Answer: path, Reason: "as asked",
		})
	}
	return all
}
