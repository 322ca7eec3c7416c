package group_test

import (
	"context"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
)

func receiptRows() []conform.Row {
	return []conform.Row{
		row(group.CommandGroupMsgReceipt, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.MarkRead(ctx, "GroupId", "From_Account", []uint32{7, 8})
		}),
		row(group.CommandGetGroupMsgReceipt, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Receipts(ctx, "GroupId", []uint32{7, 8})
		}),
		hinted(row(group.CommandGetGroupMsgReceiptDetail, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Readers(ctx, "GroupId", 7)
		}), map[string]any{"IsFinish": 1}),
		hinted(row(group.CommandGetGroupMsgReceiptDetail, func(ctx context.Context, c *group.Client) (any, error) {
			return c.NonReaders(ctx, "GroupId", 7)
		}), map[string]any{"IsFinished": 1}),
		row(group.CommandGroupSetKeyValues, func(ctx context.Context, c *group.Client) (any, error) {
			pairs := []message.Extension{{Key: "k1", Value: "v1"}, {Key: "k2", Value: "v2"}}
			return c.SetExtensions(ctx, "GroupId", 7, pairs)
		}),
		row(group.CommandGroupSetKeyValues, func(ctx context.Context, c *group.Client) (any, error) {
			return c.DeleteExtensions(ctx, "GroupId", 7, []string{"k1", "k2"})
		}),
		row(group.CommandGroupSetKeyValues, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.ClearExtensions(ctx, "GroupId", 7)
		}),
		hinted(row(group.CommandGroupGetKeyValues, func(ctx context.Context, c *group.Client) (any, error) {
			return drained(c.Extensions(ctx, "GroupId", 7))
		}), map[string]any{"CompleteFlag": 1}),
		row(group.CommandGroupGetKeyValues, func(ctx context.Context, c *group.Client) (any, error) {
			return c.ExtensionPage(ctx, "GroupId", 7, message.SinceSeq(2))
		}),
	}
}

func receiptExceptions() []conform.Exception {
	const paged = "all pages are read in one: TestReadersAreReadToTheEnd"
	return []conform.Exception{
		{
			Command: group.CommandGroupSetKeyValues, Request: "ExtensionList[].Seq",
			Reason: "it is ignored for an administrator: 0 is sent",
		},
		{Command: group.CommandGetGroupMsgReceiptDetail, Request: "Cursor", Reason: paged},
		{Command: group.CommandGetGroupMsgReceiptDetail, Answer: "Cursor", Reason: paged},
		{Command: group.CommandGetGroupMsgReceiptDetail, Answer: "IsFinish", Reason: paged},
		{Command: group.CommandGetGroupMsgReceiptDetail, Answer: "IsFinished", Reason: paged},
		{Command: group.CommandGetGroupMsgReceiptDetail, Answer: "MsgSeq", Reason: "the message that was asked"},
	}
}
