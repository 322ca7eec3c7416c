package message_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	var (
		never   time.Time
		day     = time.Unix(1700000000, 0)
		early   = time.Unix(-1, 0)
		late    = time.Unix(1<<32, 0)
		long    = strings.Repeat("x", 51)
		account = strings.Repeat("a", 49)
		keys    = []string{"1_2_3"}
		hour    = message.WithLifeTime(time.Hour)
	)
	type call = func(c *message.Client) error
	send := func(opts ...message.SendOption) call {
		return func(c *message.Client) error { return second(c.Send(ctx, "ben", hi, opts...)) }
	}
	batchSend := func(m message.Message, to []string) call {
		return func(c *message.Client) error { return second(c.BatchSend(ctx, to, m)) }
	}
	imports := func(m message.Message, at time.Time, sync message.SyncFromOldSystem, opts ...message.SendOption) call {
		return func(c *message.Client) error { return second(c.Import(ctx, "ben", m, at, sync, opts...)) }
	}
	modify := func(key string, change message.Change) call {
		return func(c *message.Client) error { return c.Modify(ctx, "ana", "ben", key, change) }
	}
	page := func(from, to time.Time, cursor restapi.Cursor, limit int) call {
		return func(c *message.Client) error {
			return second(c.MessagePage(ctx, "ana", "ben", from, to, cursor, limit))
		}
	}
	set := func(pairs ...message.Extension) call {
		return func(c *message.Client) error { return second(c.SetExtensions(ctx, "", "ben", "1_2_3", pairs)) }
	}
	text := restapi.Some("c")
	for name, tc := range map[string]struct {
		field, reason string
		call          call
	}{
		"send to nobody": {"To_Account", "is empty", func(c *message.Client) error { return second(c.Send(ctx, "", hi)) }},
		"send to no account": {"To_Account", "49 bytes, at most 48", func(c *message.Client) error {
			return second(c.Send(ctx, account, hi))
		}},
		"send nothing": {"MsgBody", "is empty", func(c *message.Client) error {
			return second(c.Send(ctx, "ben", message.Message{}))
		}},
		"send from no account": {"From_Account", "control character", func(c *message.Client) error {
			return second(c.Send(ctx, "ben", message.Message{FromAccount: "a\n", MsgBody: hi.MsgBody}))
		}},
		"send no text": {"CloudCustomData", "is not valid UTF-8", func(c *message.Client) error {
			return second(c.Send(ctx, "ben", message.Message{MsgBody: hi.MsgBody, CloudCustomData: "\xff"}))
		}},
		"negative lifetime":    {"MsgLifeTime", "is -1s", send(message.WithLifeTime(-time.Second))},
		"long lifetime":        {"MsgLifeTime", "to 168h", send(message.WithLifeTime(message.MaxLifeTime + time.Second))},
		"fraction of a second": {"MsgLifeTime", "whole seconds", send(message.WithLifeTime(1500 * time.Millisecond))},
		"batch to none":        {"To_Account", "is empty", batchSend(hi, nil)},
		"batch to many":        {"To_Account", "501 items, at most 500", batchSend(hi, numbered(501))},
		"batch to nobody":      {"To_Account[1]", "is empty", batchSend(hi, []string{"ben", ""})},
		"batch with webhooks":  {"ForbidCallbackControl", "cannot be sent with this command", batchSend(full(), keys)},
		"import from nobody":   {"From_Account", "is empty", imports(message.Message{MsgBody: hi.MsgBody}, day, message.ImportHistory)},
		"import with a push":   {"OfflinePushInfo", "cannot be sent", imports(full(), day, message.ImportHistory)},
		"import of no time":    {"MsgTimeStamp", "is the zero time", imports(hi, never, message.ImportHistory)},
		"import before 1970":   {"MsgTimeStamp", "from 1970", imports(hi, early, message.ImportHistory)},
		"import in no way":     {"SyncFromOldSystem", "is 0", imports(hi, day, 0)},
		"import with lifetime": {"MsgLifeTime", "cannot be sent with this command", imports(hi, day, message.ImportHistory, hour)},
		"import with devices":  {"SyncOtherMachine", "cannot be sent", imports(hi, day, message.ImportHistory, message.WithSyncOtherMachine(false))},
		"stream with lifetime": {"MsgLifeTime", "cannot be sent", func(c *message.Client) error {
			return second(c.SendStream(ctx, "ben", stream("x"), hour))
		}},
		"stream to nobody": {"To_Account", "is empty", func(c *message.Client) error {
			return second(c.SendStream(ctx, "", stream("x")))
		}},
		"stream of a text":    {"MsgBody", "is not one TIMStreamElem", func(c *message.Client) error { return second(c.SendStream(ctx, "ben", hi)) }},
		"modify nothing":      {"MsgBody", "nothing would change", modify("1_2_3", message.Change{})},
		"modify to nothing":   {"MsgBody", "is empty", modify("1_2_3", message.Change{MsgBody: message.Body{}, CloudCustomData: text})},
		"modify to a bundle":  {"MsgBody[0]", "TIMRelayElem", modify("1_2_3", message.Change{MsgBody: message.Body{&message.RelayElem{}}})},
		"modify to no text":   {"CloudCustomData", "UTF-8", modify("1_2_3", message.Change{CloudCustomData: restapi.Some("\xff")})},
		"modify no message":   {"MsgKey", "is empty", modify("", message.Change{CloudCustomData: text})},
		"modify a long key":   {"MsgKey", "51 characters, at most 50", modify(long, message.Change{CloudCustomData: text})},
		"modify a broken key": {"MsgKey", "UTF-8", modify("\xff", message.Change{CloudCustomData: text})},
		"recall from nobody":  {"From_Account", "is empty", func(c *message.Client) error { return c.Recall(ctx, "", "ben", "1_2_3") }},
		"recall to nobody":    {"To_Account", "is empty", func(c *message.Client) error { return c.Recall(ctx, "ana", "", "1_2_3") }},
		"delete for nobody": {"Operator_Account", "is empty", func(c *message.Client) error {
			return second(c.Delete(ctx, "", "ben", keys))
		}},
		"delete of nobody": {"Peer_Account", "is empty", func(c *message.Client) error {
			return second(c.Delete(ctx, "ana", "", keys))
		}},
		"delete none": {"MsgKeyList", "is empty", func(c *message.Client) error { return second(c.Delete(ctx, "ana", "ben", nil)) }},
		"delete many": {"MsgKeyList", "31 items, at most 30", func(c *message.Client) error {
			return second(c.Delete(ctx, "ana", "ben", numbered(31)))
		}},
		"delete no key": {"MsgKeyList[1]", "is empty", func(c *message.Client) error {
			return second(c.Delete(ctx, "ana", "ben", []string{"1_2_3", ""}))
		}},
		"read of nobody":   {"Peer_Account", "is empty", func(c *message.Client) error { return c.MarkRead(ctx, "ana", "", never) }},
		"read before 1970": {"MsgReadTime", "from 1970", func(c *message.Client) error { return c.MarkRead(ctx, "ana", "ben", early) }},
		"receipts to nobody": {"Peer_Account", "is empty", func(c *message.Client) error {
			return c.SendReadReceipts(ctx, "ana", "", keys)
		}},
		"receipts of none": {"C2CMsgInfo", "is empty", func(c *message.Client) error { return c.SendReadReceipts(ctx, "ana", "ben", nil) }},
		"receipts of no key": {"C2CMsgInfo[0]", "is empty", func(c *message.Client) error {
			return c.SendReadReceipts(ctx, "ana", "ben", []string{""})
		}},
		"unread of nobody":      {"To_Account", "is empty", func(c *message.Client) error { return second(c.AllUnread(ctx, "")) }},
		"unread for nobody":     {"To_Account", "is empty", func(c *message.Client) error { return second(c.Unread(ctx, "", keys)) }},
		"unread of none":        {"Peer_Account", "is empty", func(c *message.Client) error { return second(c.Unread(ctx, "ana", nil)) }},
		"unread of many":        {"Peer_Account", "11 items, at most 10", func(c *message.Client) error { return second(c.Unread(ctx, "ana", numbered(11))) }},
		"history backwards":     {"MinTime", "is after MaxTime", page(day, day.Add(-time.Second), "", 0)},
		"history before 1970":   {"MinTime", "from 1970", page(early, day, "", 0)},
		"history of the future": {"MaxTime", "to 2106", page(day, late, "", 0)},
		"history of -1":         {"MaxCnt", "is -1", page(day, day, "", -1)},
		"history's bad cursor":  {"LastMsgKey", "is not a cursor", page(day, day, "1_2_3", 0)},
		"history's old cursor":  {"LastMsgKey", "is not a cursor", page(day, day, "-1,1_2_3", 0)},
		"history for nobody": {"Operator_Account", "is empty", func(c *message.Client) error {
			return second(c.MessagePage(ctx, "", "ben", day, day, "", 0))
		}},
		"set nothing":   {"ExtensionList", "is empty", set()},
		"set many":      {"ExtensionList", "21 items, at most 20", set(make([]message.Extension, 21)...)},
		"set no key":    {"ExtensionList[0].Key", "is empty", set(message.Extension{Value: "v"})},
		"set long key":  {"ExtensionList[0].Key", "at most 100", set(message.Extension{Key: strings.Repeat("k", 101)})},
		"set long text": {"ExtensionList[0].Value", "at most 1000", set(message.Extension{Key: "k", Value: strings.Repeat("k", 1001)})},
		"set twice":     {"ExtensionList[1].Key", "is named twice", set(message.Extension{Key: "k"}, message.Extension{Key: "k"})},
		"delete no extension": {"ExtensionList[0].Key", "is empty", func(c *message.Client) error {
			return second(c.DeleteExtensions(ctx, "", "ben", "1_2_3", []string{""}))
		}},
		"delete 0 extensions": {"ExtensionList", "is empty", func(c *message.Client) error {
			return second(c.DeleteExtensions(ctx, "", "ben", "1_2_3", nil))
		}},
		"clear for nobody": {"To_Account", "is empty", func(c *message.Client) error { return c.ClearExtensions(ctx, "", "", "1_2_3") }},
		"clear of no account": {"From_Account", "49 bytes", func(c *message.Client) error {
			return c.ClearExtensions(ctx, account, "ben", "1_2_3")
		}},
		"extensions of no message": {"MsgKey", "is empty", func(c *message.Client) error {
			return second(drain(c.Extensions(ctx, "", "ben", "")))
		}},
		"extensions' bad cursor": {"StartSeq", "is not a cursor", func(c *message.Client) error {
			return second(c.ExtensionPage(ctx, "", "ben", "1_2_3", "x"))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &conform.Recorder{}
			err := tc.call(message.NewClient(r))
			assert.Equal(t, tc.field, refusedField(t, err))
			require.ErrorContains(t, err, tc.reason)
			assert.Zero(t, r.Calls)
		})
	}
}

func TestTheLargestCallsPass(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c := message.NewClient(&conform.Recorder{Answer: `{"Complete":1}`})
	got, err := c.BatchSend(ctx, numbered(message.MaxReceivers), hi, message.WithLifeTime(message.MaxLifeTime))
	require.NoError(t, err)
	assert.Len(t, got.Results, 500)
	account := strings.Repeat("a", 48)
	require.NoError(t, second(c.Send(ctx, account, message.Message{FromAccount: account, MsgBody: hi.MsgBody})))
	require.NoError(t, c.Recall(ctx, account, account, strings.Repeat("ü", 50)), "characters, not bytes")
	require.NoError(t, second(c.Delete(ctx, "ana", "ben", numbered(message.MaxDelete))))
	require.NoError(t, second(c.Unread(ctx, "ana", numbered(message.MaxUnread))))
	require.NoError(t, c.SendReadReceipts(ctx, "ana", "ben", numbered(1001)), "no limit is documented")
	require.NoError(t, second(c.MessagePage(ctx, "ana", "ben", time.Time{}, time.Time{}, "", 1000)), "no limit is documented")
	pair := message.Extension{Key: strings.Repeat("k", 100), Value: strings.Repeat("v", 1000)}
	require.NoError(t, second(c.SetExtensions(ctx, "", "ben", "1_2_3", []message.Extension{pair})))
	require.NoError(t, second(c.DeleteExtensions(ctx, "", "ben", "1_2_3", numbered(message.MaxExtensions))))
}
