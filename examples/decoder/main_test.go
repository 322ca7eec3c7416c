package main

import (
	"bytes"
	"context"
	stdjson "encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/segmentio/encoding/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/tools/webhookbench"
)

func TestRun(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, run(&out, 10))
	assert.Equal(t, 2, strings.Count(out.String(), " a webhook\n"), out.String())
}

// TestReadsAsEncodingJSON: every documented webhook is read as by encoding/json, and what that refuses of it when it is cut
// or damaged anywhere, and what it takes, this decoder does too.
func TestReadsAsEncodingJSON(t *testing.T) {
	t.Parallel()
	webhooks, err := spec.Webhooks()
	require.NoError(t, err)
	for _, w := range webhooks {
		for _, body := range w.RequestExamples {
			same(t, w.Command, body)
			for i := range body {
				same(t, w.Command, body[:i])
				for _, flip := range []byte{0x01, 0x10, 0x80} {
					damaged := bytes.Clone(body)
					damaged[i] ^= flip
					same(t, w.Command, damaged)
				}
			}
			same(t, w.Command, append(bytes.Clone(body), '}'))
		}
	}
}

func same(t *testing.T, command string, body []byte) {
	t.Helper()
	want, err := callback.Decode(command, []byte(`{}`))
	require.NoError(t, err)
	got := reflect.New(reflect.TypeOf(want).Elem()).Interface()
	wantErr, err := stdjson.Unmarshal(body, want), json.Unmarshal(body, got)
	require.Equal(t, wantErr == nil, err == nil, "%q: %v and %v", body, wantErr, err)
	if err == nil {
		*want.Metadata(), *got.(callback.Event).Metadata() = callback.Meta{}, callback.Meta{}
		require.Equal(t, want, got, "%q", body)
	}
}

// TestOddIntegers: an integer that is spelled oddly reaches the handler as with encoding/json.
func TestOddIntegers(t *testing.T) {
	t.Parallel()
	odd[*callback.C2CAfterSendMsg](t, `{"MsgSeq":"7","MsgRandom":7.0,"MsgTime":"7","SendMsgResult":"","UnreadMsgNum":"-1",
		"MsgBody":[{"MsgType":"TIMFaceElem","MsgContent":{"Index":"7"}}]}`)
	odd[*callback.GroupAfterReadReceipt](t, `{"GroupMsgReceiptList":[{"MsgSeq":"7","ReadNum":7e0}],"EventTime":7.0}`)
	odd[*callback.CallAfterEndCall](t, `{"CallRecord":{"RoomId":7,"RoomIdType":"1","StartTime":"7"}}`)
	odd[*callback.PushOfflinePush](t, `{"Events":[{"EventType":"1","MsgSeq":7.0},{"MsgSeq":"8","ErrCode":"-1"}]}`)
	odd[*callback.ContentResultNotify](t, `{"SdkAppId":"7","ContactItem":{"ContactType":"2"},"CtxcbResult":"1","MsgID":7}`)
}

func odd[P interface {
	*E
	callback.AfterEvent
}, E any](t *testing.T, body string) {
	t.Helper()
	want, err := callback.Decode(P(new(E)).Command(), []byte(body))
	require.NoError(t, err)
	h := webhookbench.NewHandler(t, callback.WithDecoder(json.Unmarshal))
	var got P
	callback.On(h, func(_ context.Context, e P) error {
		got = e
		return nil
	})
	callbacktest.Send(t, h, want, callbacktest.WithBody([]byte(body)))
	require.NotNil(t, got)
	*want.Metadata(), *got.Metadata() = callback.Meta{}, callback.Meta{}
	assert.Equal(t, want, callback.Event(got), body)
}

// The handler with this decoder, beside the one that a user would write by hand with encoding/json.
func BenchmarkDecoder(b *testing.B) {
	for _, c := range webhookbench.Cases() {
		b.Run("event="+c.Name, func(b *testing.B) {
			h := webhookbench.NewHandler(b, callback.WithDecoder(json.Unmarshal))
			c.Register(h)
			b.Run("by=plain", func(b *testing.B) { webhookbench.Run(b, c.Plain, h, c.Command, c.Body) })
			b.Run("by=decoder", func(b *testing.B) { webhookbench.Run(b, h, h, c.Command, c.Body) })
		})
	}
}
