package message_test

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func documented(tb testing.TB, cmd restapi.Command) spec.Command {
	tb.Helper()
	doc, err := spec.LookupCommand(cmd.Path())
	require.NoError(tb, err)
	return doc
}

// answering returns a client of a service that answers every call with the documented answer of that number.
func answering(tb testing.TB, cmd restapi.Command, example int) *message.Client {
	tb.Helper()
	return message.NewClient(&conform.Recorder{Answer: string(documented(tb, cmd).ResponseExamples[example])})
}

func numbered(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = "u" + strconv.Itoa(i)
	}
	return names
}

func second[T any](_ T, err error) error { return err }

// sentFrom decodes what a documented sample has of a message.
func sentFrom(t *testing.T, sample json.RawMessage) message.Message {
	t.Helper()
	var m message.Message
	require.NoError(t, json.Unmarshal(sample, &m))
	var numbers struct{ MsgRandom uint32 }
	require.NoError(t, json.Unmarshal(sample, &numbers))
	m.MsgRandom = numbers.MsgRandom
	return m
}

func TestRequestsAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	at := func(second int64) time.Time { return time.Unix(second, 999) }
	const (
		key     = "1_2_3"
		withExt = "44739199_12_1700000000"
	)
	for _, tc := range []struct {
		cmd     restapi.Command
		example int
		call    func(c *message.Client, m message.Message) error
		without []string // fields of the sample that are left out, as they are in older pages alone or 0 there
		and     string   // what is drawn
	}{
		{message.CommandSendMsg, 0, func(c *message.Client, m message.Message) error {
			return second(c.Send(ctx, "ben", m, message.WithSeq(7)))
		}, nil, `"MsgSeq":7`},
		{message.CommandSendMsg, 1, func(c *message.Client, m message.Message) error {
			m.NeedReadReceipt = true
			return second(c.Send(ctx, "ben", m, message.WithSeq(93847636), message.WithLifeTime(time.Hour),
				message.WithSyncOtherMachine(false)))
		}, []string{"MsgTimeStamp", "OnlineOnlyFlag"}, ""},
		{message.CommandBatchSendMsg, 0, func(c *message.Client, m message.Message) error {
			return second(c.BatchSend(ctx, []string{"ben", "cleo", "ben"}, m, message.WithSeq(7)))
		}, nil, `"MsgSeq":7`},
		{message.CommandBatchSendMsg, 1, func(c *message.Client, m message.Message) error {
			return second(c.BatchSend(ctx, []string{"ben", "cleo"}, m, message.WithSeq(28360),
				message.WithLifeTime(2*time.Minute), message.WithSyncOtherMachine(true)))
		}, []string{"SupportMessageExtension", "IsNeedReadReceipt"}, ""},
		{message.CommandImportMsg, 0, func(c *message.Client, m message.Message) error {
			return second(c.Import(ctx, "ben", m, at(1690000000), message.ImportHistory, message.WithSeq(7)))
		}, nil, `"MsgSeq":7`},
		{message.CommandImportMsg, 1, func(c *message.Client, m message.Message) error {
			return second(c.Import(ctx, "ben", m, at(1690000001), message.ImportRealTime, message.WithSeq(827092)))
		}, nil, ""},
		{message.CommandModifyC2CMsg, 0, func(c *message.Client, m message.Message) error {
			return c.Modify(ctx, "ana", "ben", key, message.Change{MsgBody: m.MsgBody})
		}, nil, ""},
		{message.CommandModifyC2CMsg, 1, func(c *message.Client, _ message.Message) error {
			return c.Modify(ctx, "ana", "ben", key, message.Change{CloudCustomData: restapi.Some("v2")})
		}, nil, ""},
		{message.CommandModifyC2CMsg, 2, func(c *message.Client, m message.Message) error {
			return c.Modify(ctx, "ana", "ben", key, message.Change{m.MsgBody, restapi.Some("v3")})
		}, nil, ""},
		{message.CommandAdminMsgWithdraw, 0, func(c *message.Client, _ message.Message) error {
			return c.Recall(ctx, "ana", "ben", "31906_833502_1700000000")
		}, nil, ""},
		{message.CommandDeleteC2CMsgRamble, 0, func(c *message.Client, _ message.Message) error {
			keys := []string{"1472765512_1000001_1700000000", "1472765513_1000002_1700000001"}
			return second(c.Delete(ctx, "ana", "ben", append(keys, keys...)))
		}, nil, ""},
		{message.CommandAdminSetMsgRead, 0, func(c *message.Client, _ message.Message) error {
			return c.MarkRead(ctx, "ana", "ben", time.Time{})
		}, nil, ""},
		{message.CommandAdminSetMsgRead, 1, func(c *message.Client, _ message.Message) error {
			return c.MarkRead(ctx, "ana", "ben", at(1700000000))
		}, nil, ""},
		{message.CommandC2CMsgReadReceipt, 0, func(c *message.Client, _ message.Message) error {
			const read = "1467329515_5675354_1700000000"
			return c.SendReadReceipts(ctx, "ben", "ana", []string{read, read})
		}, nil, ""},
		{message.CommandGetC2CUnreadMsgNum, 0, func(c *message.Client, _ message.Message) error {
			return second(c.AllUnread(ctx, "ana"))
		}, nil, ""},
		{message.CommandGetC2CUnreadMsgNum, 1, func(c *message.Client, _ message.Message) error {
			return second(c.Unread(ctx, "ana", []string{"ben", "cleo", "nobody", "ben"}))
		}, nil, ""},
		{message.CommandAdminGetRoamMsg, 0, func(c *message.Client, _ message.Message) error {
			return second(c.MessagePage(ctx, "ben", "ana", at(1700000000), at(1700003600), "", 0))
		}, nil, ""},
		{message.CommandAdminGetRoamMsg, 1, func(c *message.Client, _ message.Message) error {
			const cursor = "1700000080,549396494_2578554_1700000080"
			return second(c.MessagePage(ctx, "ben", "ana", at(1700000000), at(1700003600), cursor, 100))
		}, nil, ""},
		{message.CommandSetKeyValues, 0, func(c *message.Client, _ message.Message) error {
			pairs := []message.Extension{{Key: "k1", Value: "v1", Seq: 88}, {Key: "k2", Value: "v2"}}
			return second(c.SetExtensions(ctx, "ana", "ben", withExt, pairs))
		}, nil, ""},
		{message.CommandSetKeyValues, 2, func(c *message.Client, _ message.Message) error {
			return c.ClearExtensions(ctx, "ana", "ben", withExt)
		}, nil, ""},
		{message.CommandGetKeyValues, 0, func(c *message.Client, _ message.Message) error {
			return second(c.ExtensionPage(ctx, "ana", "ben", withExt, ""))
		}, nil, ""},
		{message.CommandGetKeyValues, 1, func(c *message.Client, _ message.Message) error {
			return second(c.ExtensionPage(ctx, "ana", "ben", withExt, message.SinceSeq(2)))
		}, nil, ""},
		{message.CommandSendC2CStreamMsg, 0, func(c *message.Client, m message.Message) error {
			return second(c.SendStream(ctx, "ana", m, message.WithSyncOtherMachine(false), message.WithSeq(7)))
		}, nil, `"MsgSeq":7`},
		{message.CommandSendC2CStreamMsg, 1, func(c *message.Client, m message.Message) error {
			return second(c.SendStream(ctx, "ana", m, message.WithSyncOtherMachine(false), message.WithSeq(7)))
		}, nil, `"MsgSeq":7`},
	} {
		t.Run(tc.cmd.Name+" "+strconv.Itoa(tc.example), func(t *testing.T) {
			t.Parallel()
			sample := documented(t, tc.cmd).RequestExamples[tc.example]
			r := &conform.Recorder{Answer: `{"Complete":1}`}
			require.NoError(t, tc.call(message.NewClient(r), sentFrom(t, sample)))
			assert.Equal(t, tc.cmd, r.Command)
			var want map[string]json.RawMessage
			require.NoError(t, json.Unmarshal(sample, &want))
			for _, field := range tc.without {
				delete(want, field)
			}
			if tc.and != "" {
				require.NoError(t, json.Unmarshal([]byte("{"+tc.and+"}"), &want))
			}
			text, err := json.Marshal(want)
			require.NoError(t, err)
			assert.JSONEq(t, string(text), r.Body)
		})
	}
}

// Deleting sends the keys alone, each once: values and versions are empty.
func TestDeleteExtensionsSendsTheKeys(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{}`}
	results, err := message.NewClient(r).DeleteExtensions(t.Context(), "", "ben", "1_2_3", []string{"k", "l", "k"})
	require.NoError(t, err)
	assert.JSONEq(t, `{"To_Account":"ben","MsgKey":"1_2_3","OperateType":2,"ExtensionList":[
		{"Key":"k","Value":"","Seq":0},{"Key":"l","Value":"","Seq":0}]}`, r.Body)
	require.Len(t, results, 3)
	assert.Equal(t, "k", results[2].Key)
	require.ErrorIs(t, results[2].Err(), restapi.ErrBadResponse)
}

func TestCallsFailWhole(t *testing.T) {
	t.Parallel()
	down := errors.New("down")
	c := message.NewClient(&conform.Recorder{Err: down})
	keys := []string{"1_2_3"}
	var never time.Time
	for name, call := range map[string]func(context.Context) (any, error){
		"delete":     func(ctx context.Context) (any, error) { return c.Delete(ctx, "ana", "ben", keys) },
		"unread":     func(ctx context.Context) (any, error) { return c.Unread(ctx, "ana", keys) },
		"all unread": func(ctx context.Context) (any, error) { return c.AllUnread(ctx, "ana") },
		"messages":   func(ctx context.Context) (any, error) { return drain(c.Messages(ctx, "ana", "ben", never, never)) },
		"extensions": func(ctx context.Context) (any, error) { return drain(c.Extensions(ctx, "ana", "ben", "1_2_3")) },
		"set": func(ctx context.Context) (any, error) {
			return c.SetExtensions(ctx, "ana", "ben", "1_2_3", []message.Extension{{Key: "k"}})
		},
		"recall": func(ctx context.Context) (any, error) { return nil, c.Recall(ctx, "ana", "ben", "1_2_3") },
		"read":   func(ctx context.Context) (any, error) { return nil, c.MarkRead(ctx, "ana", "ben", never) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := call(t.Context())
			require.ErrorIs(t, err, down)
			assert.Empty(t, got)
		})
	}
}
