package message_test

import (
	"context"
	"iter"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// drain returns what an iterator goes through, and its error.
func drain[T any](list iter.Seq2[T, error]) (items []T, err error) {
	for item, err := range list {
		if err != nil {
			return items, err
		}
		items = append(items, item)
	}
	return items, nil
}

// full has every field of a message.
func full() message.Message {
	return message.Message{
		FromAccount: "ana", MsgBody: message.Text("hi"), CloudCustomData: "CloudCustomData", OfflinePushInfo: conform.PushInfo(),
		SendMsgControl:        []message.SendControl{message.NoUnread, message.NoLastMsg},
		ForbidCallbackControl: []message.ForbidCallback{message.ForbidBeforeSendMsgCallback},
		OnlineOnlyFlag:        true, SupportMessageExtension: true, NeedReadReceipt: true, MsgRandom: 4012345678,
	}
}

// plain is a message that all commands of this package but that of streams carry.
func plain() message.Message {
	return message.Message{
		FromAccount: "ana", MsgBody: message.Text("hi"), CloudCustomData: "CloudCustomData", MsgRandom: 4012345678,
	}
}

func stream(markdown string) message.Message {
	elem := &message.StreamElem{CompatibleText: "CompatibleText", StreamMsgID: "StreamMsgID"}
	elem.Next(markdown, true)
	m := plain()
	m.MsgBody = message.Body{elem}
	return m
}

func TestCommandsAreAsDocumented(t *testing.T) {
	t.Parallel()
	const key = "1_2_3"
	keys, users := []string{key, "4_5_6"}, []string{"ben", "cleo"}
	day := time.Unix(1700000000, 0)
	options := []message.SendOption{message.WithLifeTime(time.Hour), message.WithSyncOtherMachine(true), message.WithSeq(7)}
	row := func(cmd restapi.Command, call func(context.Context, *message.Client) (any, error)) conform.Row {
		return conform.Row{Command: cmd, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return call(ctx, message.NewClient(c))
		}}
	}
	hinted := func(r conform.Row, hints map[string]any) conform.Row {
		r.Hints = hints
		return r
	}
	pairs := []message.Extension{{Key: "k1", Value: "v1"}, {Key: "k2", Value: "v2"}}
	conform.Area(t, "message", []conform.Row{
		row(message.CommandSendMsg, func(ctx context.Context, c *message.Client) (any, error) {
			return c.Send(ctx, "ben", full(), options...)
		}),
		row(message.CommandBatchSendMsg, func(ctx context.Context, c *message.Client) (any, error) {
			m := full()
			m.ForbidCallbackControl = nil
			return c.BatchSend(ctx, users, m, options...)
		}),
		row(message.CommandBatchSendMsg, func(ctx context.Context, c *message.Client) (any, error) {
			return maps.Collect(c.SendAll(ctx, slices.Values(users), hi, message.BulkOptions{})), nil
		}),
		row(message.CommandImportMsg, func(ctx context.Context, c *message.Client) (any, error) {
			return c.Import(ctx, "ben", plain(), day, message.ImportHistory, message.WithSeq(7))
		}),
		row(message.CommandModifyC2CMsg, func(ctx context.Context, c *message.Client) (any, error) {
			change := message.Change{MsgBody: message.Text("hi"), CloudCustomData: restapi.Some("CloudCustomData")}
			return nil, c.Modify(ctx, "ana", "ben", key, change)
		}),
		row(message.CommandAdminMsgWithdraw, func(ctx context.Context, c *message.Client) (any, error) {
			return nil, c.Recall(ctx, "ana", "ben", key)
		}),
		hinted(row(message.CommandDeleteC2CMsgRamble, func(ctx context.Context, c *message.Client) (any, error) {
			return c.Delete(ctx, "ana", "ben", keys)
		}), map[string]any{"InvalidMsgKeyList": conform.Asked("MsgKeyList")}),
		row(message.CommandAdminSetMsgRead, func(ctx context.Context, c *message.Client) (any, error) {
			return nil, c.MarkRead(ctx, "ana", "ben", day)
		}),
		row(message.CommandC2CMsgReadReceipt, func(ctx context.Context, c *message.Client) (any, error) {
			return nil, c.SendReadReceipts(ctx, "ben", "ana", keys)
		}),
		row(message.CommandGetC2CUnreadMsgNum, func(ctx context.Context, c *message.Client) (any, error) {
			return c.AllUnread(ctx, "ana")
		}),
		row(message.CommandGetC2CUnreadMsgNum, func(ctx context.Context, c *message.Client) (any, error) {
			return c.Unread(ctx, "ana", users)
		}),
		hinted(row(message.CommandAdminGetRoamMsg, func(ctx context.Context, c *message.Client) (any, error) {
			return drain(c.Messages(ctx, "ben", "ana", day, day.Add(time.Hour)))
		}), map[string]any{"Complete": 1}),
		row(message.CommandAdminGetRoamMsg, func(ctx context.Context, c *message.Client) (any, error) {
			return c.MessagePage(ctx, "ben", "ana", day, day.Add(time.Hour), "1700000080,1_2_1700000080", 20)
		}),
		row(message.CommandSetKeyValues, func(ctx context.Context, c *message.Client) (any, error) {
			return c.SetExtensions(ctx, "ana", "ben", key, pairs)
		}),
		row(message.CommandSetKeyValues, func(ctx context.Context, c *message.Client) (any, error) {
			return c.DeleteExtensions(ctx, "ana", "ben", key, []string{"k1", "k2"})
		}),
		row(message.CommandSetKeyValues, func(ctx context.Context, c *message.Client) (any, error) {
			return nil, c.ClearExtensions(ctx, "ana", "ben", key)
		}),
		hinted(row(message.CommandGetKeyValues, func(ctx context.Context, c *message.Client) (any, error) {
			return drain(c.Extensions(ctx, "ana", "ben", key))
		}), map[string]any{"CompleteFlag": 1}),
		row(message.CommandGetKeyValues, func(ctx context.Context, c *message.Client) (any, error) {
			return c.ExtensionPage(ctx, "ana", "ben", key, message.SinceSeq(2))
		}),
		row(message.CommandSendC2CStreamMsg, func(ctx context.Context, c *message.Client) (any, error) {
			return c.SendStream(ctx, "ben", stream("good evening"), options[1:]...)
		}),
	}, exceptions()...)
}

func exceptions() []conform.Exception {
	const older = "pages until 2023 have it in place of the newer name"
	return []conform.Exception{
		{Command: message.CommandSendMsg, Request: "MsgTimeStamp", Reason: "older pages alone have it"},
		{
			Command: message.CommandBatchSendMsg, Request: "ForbidCallbackControl",
			Reason: "a Message has it, and CheckFor refuses it: nothing is fired",
		},
		{Command: message.CommandAdminGetRoamMsg, Request: "From_Account", Reason: older},
		{Command: message.CommandAdminGetRoamMsg, Request: "To_Account", Reason: older},
		{Command: message.CommandAdminGetRoamMsg, Answer: "MsgCnt", Reason: "the length of MsgList"},
		{Command: message.CommandSetKeyValues, Request: "ExtensionList[].Seq", Reason: "it is ignored for an administrator: 0 is sent"},
	}
}
