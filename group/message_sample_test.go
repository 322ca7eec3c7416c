package group_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// from decodes what a documented sample has of a message.
func from(t *testing.T, cmd restapi.Command, example int) message.Message {
	t.Helper()
	sample := conform.Documented(t, cmd).RequestExamples[example]
	var m message.Message
	require.NoError(t, json.Unmarshal(sample, &m))
	var others struct {
		Random          uint32
		NeedReadReceipt message.Flag
	}
	require.NoError(t, json.Unmarshal(sample, &others))
	m.MsgRandom, m.NeedReadReceipt = others.Random, others.NeedReadReceipt
	return m
}

func TestMessagesAreSentAsDocumented(t *testing.T) {
	t.Parallel()
	const plain, dyes = "@TGS#2KQ7MZ3EN", "@TGS#_@TGS#cK8WEAVER1@TOPIC#_dyes"
	type call = func(context.Context, *group.Client) error
	send := func(example int, to string, opts ...group.SendOption) call {
		m := from(t, group.CommandSendGroupMsg, example)
		return func(ctx context.Context, c *group.Client) error { return second(c.Send(ctx, to, m, opts...)) }
	}
	stream := func(example int) call {
		m := from(t, group.CommandSendGroupStreamMsg, example)
		return func(ctx context.Context, c *group.Client) error {
			return second(c.SendStream(ctx, "@TGS#2EXAMPLE1", m))
		}
	}
	broadcast := func(example int) call {
		m := from(t, group.CommandSendBroadcastMsg, example)
		return func(ctx context.Context, c *group.Client) error { return second(c.Live.Broadcast(ctx, m)) }
	}
	modify := func(example int, chatID string, cloud restapi.Optional[string]) call {
		m := from(t, group.CommandModifyGroupMsg, example)
		return func(ctx context.Context, c *group.Client) error {
			return c.ModifyMessage(ctx, chatID, 23, message.Change{MsgBody: m.MsgBody, CloudCustomData: cloud})
		}
	}
	mentions := group.WithAt(group.AtAll(), group.At("ozan"), group.At("priya"))
	sendsTheSamples(t, []sampled{
		{group.CommandSendGroupMsg, []call{
			send(0, plain), send(1, plain, group.WithPriority(group.High), mentions),
			send(2, plain, group.WithReceivers("ozan", "priya", "ozan")), send(3, dyes),
		}},
		{group.CommandSendGroupStreamMsg, []call{stream(0), stream(1)}},
		{group.CommandSendBroadcastMsg, []call{broadcast(0), broadcast(1)}},
		{group.CommandModifyGroupMsg, []call{
			modify(0, plain, restapi.Optional[string]{}), modify(1, dyes, restapi.Some("v2")), modify(2, plain, restapi.Some("v3")),
		}},
	})
}

func TestMessagesAreHandledAsDocumented(t *testing.T) {
	t.Parallel()
	const plain, community = "@TGS#2KQ7MZ3EN", "@TGS#_@TGS#cK8WEAVER1"
	dyes := group.TopicID(community, "dyes")
	type (
		call   = func(context.Context, *group.Client) error
		client = *group.Client
	)
	sendsTheSamples(t, []sampled{
		{group.CommandSendGroupSystemNotification, []call{
			func(ctx context.Context, c client) error { return c.Notify(ctx, plain, "lamp oil is out") },
			func(ctx context.Context, c client) error {
				return c.NotifyMembers(ctx, plain, []string{"ozan", "priya", "ozan"}, "your shift moved")
			},
			func(ctx context.Context, c client) error { return c.Notify(ctx, dyes, "vats closed") },
		}},
		{group.CommandGroupMsgRecall, []call{
			func(ctx context.Context, c client) error {
				return second(c.Recall(ctx, plain, []uint32{100, 101, 100}))
			},
			func(ctx context.Context, c client) error {
				return second(c.Recall(ctx, dyes, []uint32{4294967295}, group.WithRecallReason("typo")))
			},
		}},
		{group.CommandDeleteGroupMsgBySender, []call{
			func(ctx context.Context, c client) error { return c.DeleteBySender(ctx, plain, "spammer7") },
			func(ctx context.Context, c client) error { return c.DeleteBySender(ctx, dyes, "spammer7") },
		}},
		{group.CommandClearGroupMsg, []call{
			func(ctx context.Context, c client) error { return c.ClearHistory(ctx, "@TGS#2MARBLE7") },
			func(ctx context.Context, c client) error {
				return c.ClearHistory(ctx, "@TGS#2MARBLE7", group.UpTo(41250))
			},
		}},
		{group.CommandGroupMsgGetSimple, []call{
			func(ctx context.Context, c client) error { return second(c.MessagePage(ctx, plain, "", 2)) },
			func(ctx context.Context, c client) error {
				return second(c.MessagePage(ctx, dyes, "", 0, group.FromSeq(7803321), group.WithRecalledMsg()))
			},
		}},
		{group.CommandGroupMsgReceipt, []call{
			func(ctx context.Context, c client) error {
				return c.MarkRead(ctx, "harbor_watch", "ozan", []uint32{811, 812})
			},
		}},
		{group.CommandGetGroupMsgReceipt, []call{
			func(ctx context.Context, c client) error {
				return second(c.Receipts(ctx, plain, []uint32{811, 812, 811}))
			},
		}},
		{group.CommandGroupSetKeyValues, []call{
			func(ctx context.Context, c client) error {
				pairs := []message.Extension{{Key: "key1", Value: "value1", Seq: 8}, {Key: "key2", Value: "value2"}}
				return second(c.SetExtensions(ctx, "@TGS#2EXAMPLE1", 158, pairs))
			},
			nil,
			func(ctx context.Context, c client) error { return c.ClearExtensions(ctx, "@TGS#2EXAMPLE1", 158) },
		}},
		{group.CommandGroupGetKeyValues, []call{
			func(ctx context.Context, c client) error {
				return second(c.ExtensionPage(ctx, "@TGS#2EXAMPLE1", 158, ""))
			},
			func(ctx context.Context, c client) error {
				return second(c.ExtensionPage(ctx, "@TGS#2EXAMPLE1", 158, message.SinceSeq(2)))
			},
		}},
		{group.CommandPinMessage, []call{
			func(ctx context.Context, c client) error { return c.Pin(ctx, "@TGS#1FGHIJ", 12, "ana") },
			func(ctx context.Context, c client) error {
				return c.Pin(ctx, group.TopicID("@TGS#_harbor", "boats"), 40, "")
			},
		}},
		{group.CommandUnpinMessage, []call{
			func(ctx context.Context, c client) error { return c.Unpin(ctx, "@TGS#1FGHIJ", 12, "ana") },
		}},
		{group.CommandGetPinnedMessages, []call{
			func(ctx context.Context, c client) error { return second(c.Pinned(ctx, "@TGS#1FGHIJ")) },
			func(ctx context.Context, c client) error { return second(c.Pinned(ctx, "@TGS#_harbor@TOPIC#_boats")) },
		}},
	})
}
