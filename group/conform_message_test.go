package group_test

import (
	"context"
	"iter"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// aTopic is the ID of a topic.
const aTopic = "@TGS#_harbor@TOPIC#_boats"

// drained returns what an iterator goes through, and its error.
func drained[T any](list iter.Seq2[T, error]) (items []T, err error) {
	for item, err := range list {
		if err != nil {
			return items, err
		}
		items = append(items, item)
	}
	return items, nil
}

// saying is a message that all commands carry but that of streams.
func saying(text string) message.Message {
	return message.Message{
		FromAccount: "From_Account", MsgBody: message.Text(text), CloudCustomData: "CloudCustomData", MsgRandom: 4012345678,
	}
}

// streaming is one with the body of a stream.
func streaming(markdown string) message.Message {
	elem := &message.StreamElem{CompatibleText: "CompatibleText", StreamMsgID: "StreamMsgID"}
	elem.Next(markdown, true)
	m := saying("")
	m.MsgBody = message.Body{elem}
	return m
}

func messageRows() []conform.Row {
	return []conform.Row{
		row(group.CommandSendGroupMsg, func(ctx context.Context, c *group.Client) (any, error) {
			m := saying("hi")
			m.OfflinePushInfo = conform.PushInfo()
			m.SendMsgControl = []message.SendControl{message.NoUnread, message.NoLastMsg}
			m.ForbidCallbackControl = []message.ForbidCallback{message.ForbidBeforeSendMsgCallback}
			m.SupportMessageExtension, m.NeedReadReceipt = true, true
			return c.Send(ctx, "GroupId", m, group.WithPriority(group.High), group.WithReceivers("ann", "bob"))
		}),
		row(group.CommandSendGroupMsg, func(ctx context.Context, c *group.Client) (any, error) {
			m := saying("hi")
			m.OnlineOnlyFlag = true
			return c.Send(ctx, aTopic, m, group.WithAt(group.AtAll(), group.At("GroupAt_Account")))
		}),
		row(group.CommandSendGroupStreamMsg, func(ctx context.Context, c *group.Client) (any, error) {
			return c.SendStream(ctx, "GroupId", streaming("good evening"))
		}),
		row(group.CommandSendBroadcastMsg, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Live.Broadcast(ctx, saying("hi"))
		}),
		row(group.CommandSendGroupSystemNotification, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Notify(ctx, aTopic, "Content")
		}),
		row(group.CommandSendGroupSystemNotification, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.NotifyMembers(ctx, "GroupId", []string{"ann", "bob"}, "Content")
		}),
		row(group.CommandModifyGroupMsg, func(ctx context.Context, c *group.Client) (any, error) {
			change := message.Change{MsgBody: message.Text("hi"), CloudCustomData: restapi.Some("CloudCustomData")}
			return nil, c.ModifyMessage(ctx, aTopic, 7, change)
		}),
		row(group.CommandGroupMsgRecall, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Recall(ctx, aTopic, []uint32{7, 8}, group.WithRecallReason("Reason"))
		}),
		row(group.CommandDeleteGroupMsgBySender, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.DeleteBySender(ctx, aTopic, "Sender_Account")
		}),
		row(group.CommandClearGroupMsg, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.ClearHistory(ctx, "GroupId", group.UpTo(7))
		}),
		hinted(row(group.CommandGroupMsgGetSimple, func(ctx context.Context, c *group.Client) (any, error) {
			return drained(c.Messages(ctx, aTopic, group.FromSeq(7), group.WithRecalledMsg()))
		}), map[string]any{"IsFinished": 2}),
		row(group.CommandGroupMsgGetSimple, func(ctx context.Context, c *group.Client) (any, error) {
			return c.MessagePage(ctx, aTopic, "9", 20, group.WithRecalledMsg())
		}),
		row(group.CommandPinMessage, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Pin(ctx, aTopic, 7, "Pinner_Account")
		}),
		row(group.CommandUnpinMessage, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Unpin(ctx, aTopic, 7, "UnPinner_Account")
		}),
		row(group.CommandGetPinnedMessages, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Pinned(ctx, aTopic)
		}),
	}
}

func messageExceptions() []conform.Exception {
	return []conform.Exception{
		{
			Command: group.CommandSendGroupMsg, Answer: "MsgDropReason",
			Reason: "it is an error of the call: TestDroppedMessages",
		},
		{Command: group.CommandGroupMsgGetSimple, Answer: "GroupId", Reason: "the group that was asked"},
	}
}
