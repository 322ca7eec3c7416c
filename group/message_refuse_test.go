package group_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMessagesAreRefused(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	hi := message.Message{MsgBody: message.Text("hi")}
	users := make([]string, 51)
	for i := range users {
		users[i] = "u" + strconv.Itoa(i)
	}
	type (
		client = *group.Client
		call   = func(client) error
	)
	send := func(to string, m message.Message, opts ...group.SendOption) call {
		return func(c client) error { return second(c.Send(ctx, to, m, opts...)) }
	}
	recall := func(msgSeqs []uint32, opts ...group.RecallOption) call {
		return func(c client) error { return second(c.Recall(ctx, "g", msgSeqs, opts...)) }
	}
	clear := func(groupID string, opts ...group.ClearOption) call {
		return func(c client) error { return c.ClearHistory(ctx, groupID, opts...) }
	}
	page := func(cursor restapi.Cursor, limit int, opts ...group.MessagesOption) call {
		return func(c client) error { return second(c.MessagePage(ctx, "g", cursor, limit, opts...)) }
	}
	onlyOnline := message.Message{MsgBody: message.Text("x"), OnlineOnlyFlag: true, SendMsgControl: []message.SendControl{message.NoUnread}}
	testRefusals(t, map[string]refusal{
		"send to nobody":         {"GroupId", "is empty", send("", hi)},
		"send nothing":           {"MsgBody", "is empty", send("g", message.Message{})},
		"send both":              {"SendMsgControl", "cannot be sent together with OnlineOnlyFlag", send("g", onlyOnline)},
		"send to none":           {"To_Account", "is empty", send("g", hi, group.WithReceivers())},
		"send to many":           {"To_Account", "51 items, at most 50", send("g", hi, group.WithReceivers(users...))},
		"send to no user":        {"To_Account[1]", "is empty", send("g", hi, group.WithReceivers("ann", ""))},
		"send to some of many":   {"To_Account", "cannot be sent to a Community", send("@TGS#_x", hi, group.WithReceivers("ann"))},
		"send to some of topic":  {"To_Account", "cannot be sent to a Community", send(aTopic, hi, group.WithReceivers("ann"))},
		"mention many":           {"GroupAtInfo", "31 items, at most 30", send("g", hi, group.WithAt(make([]group.AtInfo, 31)...))},
		"mention nobody":         {"GroupAtInfo[1].GroupAt_Account", "is empty", send("g", hi, group.WithAt(group.AtAll(), group.At("")))},
		"mention one and all":    {"GroupAtInfo[0]", "all and one", send("g", hi, group.WithAt(group.AtInfo{1, "ann"}))},
		"mention by a bad flag":  {"GroupAtInfo[0].GroupAtAllFlag", "is 2", send("g", hi, group.WithAt(group.AtInfo{GroupAtAllFlag: 2}))},
		"stream to a topic":      {"GroupId", "is a topic's", func(c client) error { return second(c.SendStream(ctx, aTopic, streaming("x"))) }},
		"stream of a text":       {"MsgBody", "is not one TIMStreamElem", func(c client) error { return second(c.SendStream(ctx, "g", hi)) }},
		"broadcast nothing":      {"MsgBody", "is empty", func(c client) error { return second(c.Live.Broadcast(ctx, message.Message{})) }},
		"broadcast for some":     {"SendMsgControl", "cannot be sent", func(c client) error { return second(c.Live.Broadcast(ctx, onlyOnline)) }},
		"notify nobody":          {"GroupId", "is empty", func(c client) error { return c.Notify(ctx, "", "x") }},
		"notify of nothing":      {"Content", "is empty", func(c client) error { return c.Notify(ctx, "g", "") }},
		"notify of no text":      {"Content", "is not valid UTF-8", func(c client) error { return c.Notify(ctx, "g", "\xff") }},
		"notify no members":      {"ToMembers_Account", "is empty", func(c client) error { return c.NotifyMembers(ctx, "g", nil, "x") }},
		"modify in no group":     {"GroupId", "is empty", func(c client) error { return c.ModifyMessage(ctx, "", 1, message.Change{MsgBody: hi.MsgBody}) }},
		"modify no message":      {"MsgSeq", "is 0", func(c client) error { return c.ModifyMessage(ctx, "g", 0, message.Change{MsgBody: hi.MsgBody}) }},
		"modify nothing":         {"MsgBody", "nothing would change", func(c client) error { return c.ModifyMessage(ctx, "g", 1, message.Change{}) }},
		"recall none":            {"MsgSeqList", "is empty", recall(nil)},
		"recall many":            {"MsgSeqList", "11 items, at most 10", recall(make([]uint32, 11))},
		"recall no message":      {"MsgSeqList[1].MsgSeq", "is 0", recall([]uint32{1, 0})},
		"recall with a long why": {"Reason", "101 bytes, at most 100", recall([]uint32{1}, group.WithRecallReason(strings.Repeat("x", 101)))},
		"recall in no group":     {"GroupId", "is empty", func(c client) error { return second(c.Recall(ctx, "", []uint32{1})) }},
		"delete of nobody":       {"Sender_Account", "is empty", func(c client) error { return c.DeleteBySender(ctx, "g", "") }},
		"delete in no group":     {"GroupId", "is empty", func(c client) error { return c.DeleteBySender(ctx, "", "ann") }},
		"clear a topic":          {"GroupId", "is a topic's", clear(aTopic)},
		"clear a Community":      {"GroupId", "whose history cannot be cleared", clear("@TGS#_x")},
		"clear up to 0":          {"MsgSeq", "is 0", clear("g", group.UpTo(0))},
		"read no group":          {"GroupId", "is empty", func(c client) error { return second(drained(c.Messages(ctx, ""))) }},
		"read from 0":            {"ReqMsgSeq", "is 0", page("", 0, group.FromSeq(0))},
		"read from somewhere":    {"ReqMsgSeq", "is not a cursor", page("x", 0)},
		"read from nowhere":      {"ReqMsgSeq", "is not a cursor", page("4294967296", 0)},
		"read from 0 on":         {"ReqMsgSeq", "is not a cursor", page("0", 0)},
		"read many":              {"ReqMsgNumber", "is 21, not 0 to 20", page("", 21)},
		"mark in no group":       {"GroupId", "is empty", func(c client) error { return c.MarkRead(ctx, "", "ann", []uint32{1}) }},
		"mark for nobody":        {"From_Account", "is empty", func(c client) error { return c.MarkRead(ctx, "g", "", []uint32{1}) }},
		"mark many":              {"MsgSeqList", "51 items, at most 50", func(c client) error { return c.MarkRead(ctx, "g", "ann", make([]uint32, 51)) }},
		"receipts of a topic":    {"GroupId", "is a topic's", func(c client) error { return second(c.Receipts(ctx, aTopic, []uint32{1})) }},
		"receipts of none":       {"MsgSeqList", "is empty", func(c client) error { return second(c.Receipts(ctx, "g", nil)) }},
		"readers of no message":  {"MsgSeq", "is 0", func(c client) error { return second(c.Readers(ctx, "g", 0)) }},
		"non-readers of a topic": {"GroupId", "is a topic's", func(c client) error { return second(c.NonReaders(ctx, aTopic, 1)) }},
		"set nothing":            {"ExtensionList", "is empty", func(c client) error { return second(c.SetExtensions(ctx, "g", 1, nil)) }},
		"set of no message": {"MsgSeq", "is 0", func(c client) error {
			return second(c.SetExtensions(ctx, "g", 0, []message.Extension{{Key: "k"}}))
		}},
		"delete no key":            {"ExtensionList[0].Key", "is empty", func(c client) error { return second(c.DeleteExtensions(ctx, "g", 1, []string{""})) }},
		"delete 0 keys":            {"ExtensionList", "is empty", func(c client) error { return second(c.DeleteExtensions(ctx, "g", 1, nil)) }},
		"clear keys of a topic":    {"GroupId", "is a topic's", func(c client) error { return c.ClearExtensions(ctx, aTopic, 1) }},
		"extensions of no message": {"MsgSeq", "is 0", func(c client) error { return second(drained(c.Extensions(ctx, "g", 0))) }},
		"extensions' bad cursor":   {"StartSeq", "is not a cursor", func(c client) error { return second(c.ExtensionPage(ctx, "g", 1, "x")) }},
		"pin in no group":          {"GroupId", "is empty", func(c client) error { return c.Pin(ctx, "", 1, "") }},
		"pin no message":           {"MsgSeq", "is 0", func(c client) error { return c.Pin(ctx, "g", 0, "") }},
		"pin by no user":           {"Pinner_Account", "control character", func(c client) error { return c.Pin(ctx, "g", 1, "\n") }},
		"unpin by no user":         {"UnPinner_Account", "control character", func(c client) error { return c.Unpin(ctx, "g", 1, "\n") }},
		"pinned of no group":       {"GroupId", "is empty", func(c client) error { return second(c.Pinned(ctx, "")) }},
	})
}
