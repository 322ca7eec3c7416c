package callback_test

import (
	"context"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/message"
)

func TestAnswers(t *testing.T) {
	t.Parallel()
	type answer = callback.GroupBeforeSendMsgAnswer
	hello := message.Body{&message.TextElem{Text: "hello <all>"}, &message.CustomElem{Desc: "badge", Data: "LV7"}}
	for name, c := range map[string]struct {
		answer func(e *callback.GroupBeforeSendMsg) answer
		want   string // empty: answered 500
	}{
		"zero":     {func(*callback.GroupBeforeSendMsg) (a answer) { return a }, okay},
		"allow":    {(*callback.GroupBeforeSendMsg).Allow, okay},
		"reject":   {func(e *callback.GroupBeforeSendMsg) answer { return e.Reject("no <links>") }, `{"ActionStatus":"OK","ErrorInfo":"no <links>","ErrorCode":1}`},
		"drop":     {(*callback.GroupBeforeSendMsg).Drop, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":2}`},
		"10100":    {func(e *callback.GroupBeforeSendMsg) answer { return e.RejectCode(10100, "x") }, `{"ActionStatus":"OK","ErrorInfo":"x","ErrorCode":10100}`},
		"10200":    {func(e *callback.GroupBeforeSendMsg) answer { return e.RejectCode(10200, "") }, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":10200}`},
		"10099":    {func(e *callback.GroupBeforeSendMsg) answer { return e.RejectCode(10099, "") }, ""},
		"10201":    {func(e *callback.GroupBeforeSendMsg) answer { return e.RejectCode(10201, "") }, ""},
		"code 0":   {func(e *callback.GroupBeforeSendMsg) answer { return e.RejectCode(0, "must not allow") }, ""},
		"code 2":   {func(e *callback.GroupBeforeSendMsg) answer { return e.RejectCode(2, "") }, ""},
		"by hand":  {func(*callback.GroupBeforeSendMsg) answer { return answer{Reply: callback.Reply{ErrorCode: 3}} }, ""},
		"negative": {func(*callback.GroupBeforeSendMsg) answer { return answer{Reply: callback.Reply{ErrorCode: -1}} }, ""},
		"rewrite": {
			func(e *callback.GroupBeforeSendMsg) answer { return e.Rewrite(hello) },
			`{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello <all>"}},` +
				`{"MsgType":"TIMCustomElem","MsgContent":{"Data":"LV7","Desc":"badge"}}]}`,
		},
		"rewrite to nothing": {func(e *callback.GroupBeforeSendMsg) answer { return e.Rewrite(nil) }, ""},
		"nil element":        {func(e *callback.GroupBeforeSendMsg) answer { return e.Rewrite(message.Body{nil}) }, ""},
		"custom data":        {func(e *callback.GroupBeforeSendMsg) answer { return e.Allow().WithCloudCustomData("") }, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"CloudCustomData":""}`},
		"fail": {func(*callback.GroupBeforeSendMsg) answer {
			return answer{Reply: callback.Reply{ActionStatus: callback.ActionFail, ErrorCode: 1}}
		}, `{"ActionStatus":"FAIL","ErrorInfo":"","ErrorCode":1}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := handler(t)
			callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeSendMsg) (answer, error) { return c.answer(e), nil })
			w := post(t, h, beforeSendMsg, `{}`)
			if c.want == "" {
				assertFailed(t, w, 500)
				return
			}
			assert.Equal(t, 200, w.Code)
			assert.Equal(t, c.want, w.Body.String(), "to the byte: nothing is escaped for HTML")
		})
	}
}

// TestDocumentedAnswers makes every answer of the documentation's samples.
func TestDocumentedAnswers(t *testing.T) {
	t.Parallel()
	webhook, err := spec.LookupWebhook(beforeSendMsg)
	require.NoError(t, err)
	var e callback.GroupBeforeSendMsg
	body := message.Body{&message.TextElem{Text: "hello all"}, &message.CustomElem{Desc: "badge", Data: "LV7"}}
	answers := []callback.GroupBeforeSendMsgAnswer{
		e.Allow(), e.Reject(""), e.Drop(), e.Rewrite(body).WithCloudCustomData("k=w"), e.RejectCode(10123, "muted by policy"),
	}
	require.Len(t, answers, len(webhook.ResponseExamples))
	for i, want := range webhook.ResponseExamples {
		out, err := json.Marshal(answers[i])
		require.NoError(t, err)
		assert.JSONEq(t, string(want), string(out))
		var back callback.GroupBeforeSendMsgAnswer
		require.NoError(t, json.Unmarshal(out, &back))
		assert.Equal(t, answers[i], back)
	}
}

// TestFixedAnswer: what is answered without an encoder is what the encoder would write.
func TestFixedAnswer(t *testing.T) {
	t.Parallel()
	answers := []any{callback.Reply{}}
	for _, w := range webhooks(t) {
		if w.Kind == "before" {
			e, err := callback.Decode(w.Command, []byte(`{}`))
			require.NoError(t, err)
			allow := reflect.ValueOf(e).MethodByName("Allow")
			answers = append(answers, reflect.Zero(allow.Type().Out(0)).Interface(), allow.Call(nil)[0].Interface())
		}
	}
	for _, answer := range answers {
		out, err := json.Marshal(answer)
		require.NoError(t, err)
		assert.Equal(t, okay, string(out), "%T", answer)
	}
}

// TestMiddlewareAnswers: middleware may answer with a value, a pointer, or something of its own.
func TestMiddlewareAnswers(t *testing.T) {
	t.Parallel()
	var event callback.GroupBeforeSendMsg
	silent := event.Allow().WithCloudCustomData("k")
	allowed := event.Allow()
	for _, c := range []struct {
		answer any
		want   string
	}{
		{allowed, okay},
		{&allowed, okay},
		{nil, okay},
		{silent, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"CloudCustomData":"k"}`},
		{&silent, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"CloudCustomData":"k"}`},
		{map[string]int(nil), `null`},
	} {
		h := handler(t, callback.WithMiddleware(func(callback.Next) callback.Next {
			return func(context.Context, callback.Event) (any, error) { return c.answer, nil }
		}))
		callback.Answer(h, answerAllow)
		w := post(t, h, beforeSendMsg, `{"CallbackCommand":"Group.CallbackBeforeSendMsg"}`)
		assert.Equal(t, 200, w.Code)
		assert.Equal(t, c.want, w.Body.String(), "%#v", c.answer)
	}
}
