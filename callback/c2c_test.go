package callback_test

import (
	"context"
	"encoding/json"
	"math"
	"net/http/httptest"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/message"
)

// answered posts the first sample of a webhook to a handler that answers with what fn returns.
func answered[P interface {
	*E
	callback.BeforeEvent[A]
}, E, A any](t *testing.T, fn func(P) A) *httptest.ResponseRecorder {
	t.Helper()
	h := handler(t)
	callback.Answer(h, func(_ context.Context, e P) (A, error) { return fn(e), nil })
	return postSample(t, h, P(new(E)).Command())
}

// fallenBack is answered for a handler that is out of time and refuses by fallback.
func fallenBack[P interface {
	*E
	callback.BeforeEvent[A]
}, E, A any](t *testing.T) *httptest.ResponseRecorder {
	t.Helper()
	var w *httptest.ResponseRecorder
	synctest.Test(t, func(t *testing.T) {
		h := handler(t, callback.WithFallback(callback.FallbackReject))
		callback.Answer(h, func(ctx context.Context, _ P) (a A, err error) {
			<-ctx.Done()
			return a, ctx.Err()
		})
		w = postSample(t, h, P(new(E)).Command())
	})
	return w
}

func postSample(t *testing.T, h *callback.Handler, command string) *httptest.ResponseRecorder {
	t.Helper()
	webhook, err := spec.LookupWebhook(command)
	require.NoError(t, err)
	return post(t, h, command, string(webhook.RequestExamples[0]))
}

// assertAnswered compares with an answer of the documentation's.
func assertAnswered(t *testing.T, w *httptest.ResponseRecorder, want string) {
	t.Helper()
	assert.Equal(t, 200, w.Code)
	assert.JSONEq(t, want, w.Body.String())
}

func TestC2CBeforeSendMsgAnswers(t *testing.T) {
	t.Parallel()
	type (
		event  = callback.C2CBeforeSendMsg
		answer = callback.C2CBeforeSendMsgAnswer
	)
	samples := responses(t, "C2C.CallbackBeforeSendMsg", 4)
	rewrite := message.Body{&message.TextElem{Text: "hello"}, &message.CustomElem{Desc: "badge", Data: "LV3"}}
	for name, c := range map[string]struct {
		answer func(e *event) answer
		want   string // empty: answered 500
	}{
		"zero":   {func(*event) (a answer) { return a }, samples[0]},
		"allow":  {(*event).Allow, samples[0]},
		"reject": {func(e *event) answer { return e.Reject("") }, samples[1]},
		"rewrite": {
			func(e *event) answer { return e.Rewrite(rewrite).WithCloudCustomData("ref=10") },
			samples[2],
		},
		"120001": {func(e *event) answer { return e.RejectCode(120001, "you are blocked") }, samples[3]},
		"130000": {
			func(e *event) answer { return e.RejectCode(130000, "") },
			`{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":130000}`,
		},
		"120000":             {func(e *event) answer { return e.RejectCode(120000, "") }, ""},
		"130001":             {func(e *event) answer { return e.RejectCode(130001, "") }, ""},
		"0 must not allow":   {func(e *event) answer { return e.RejectCode(0, "") }, ""},
		"a code of groups":   {func(e *event) answer { return e.RejectCode(10100, "") }, ""},
		"drop, by hand":      {func(*event) answer { return answer{Reply: callback.Reply{ErrorCode: 2}} }, ""},
		"rewrite to nothing": {func(e *event) answer { return e.Rewrite(nil) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := answered(t, c.answer)
			if c.want == "" {
				assertFailed(t, w, 500)
				return
			}
			assertAnswered(t, w, c.want)
		})
	}
	assertAnswered(t, fallenBack[*event](t), samples[1])
}

// responses returns the documented answers of a command. A new one needs a line in the command's test.
func responses(t *testing.T, command string, n int) []string {
	t.Helper()
	webhook, err := spec.LookupWebhook(command)
	require.NoError(t, err)
	require.Len(t, webhook.ResponseExamples, n)
	all := make([]string, n)
	for i, r := range webhook.ResponseExamples {
		all[i] = string(r)
	}
	return all
}

func TestC2CNumbersAreWide(t *testing.T) {
	t.Parallel()
	const body = `{"MsgSeq":18446744073709551615,"MsgRandom":18446744073709551615,"MsgTime":9007199254740993}`
	before := decoded[*callback.C2CBeforeSendMsg](t, body)
	sent := decoded[*callback.C2CAfterSendMsg](t, body)
	edited := decoded[*callback.C2CAfterModifyMsg](t, body)
	for _, n := range []uint64{
		before.MsgSeq, before.MsgRandom, sent.MsgSeq, sent.MsgRandom, edited.MsgSeq, edited.MsgRandom,
	} {
		assert.Equal(t, uint64(math.MaxUint64), n)
	}
	for _, n := range []callback.UnixTime{before.MsgTime, sent.MsgTime, edited.MsgTime} {
		assert.Equal(t, callback.UnixTime(9007199254740993), n)
	}
}

// Some pages have a count of unread messages, others the time.
func TestC2CUnreadMsgNumIsOptional(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		body    string
		unread  callback.Optional[int]
		time    callback.EventTime
		encoded string
	}{
		{`{"UnreadMsgNum":0}`, callback.Some(0), 0, `"UnreadMsgNum":0`},
		{`{"UnreadMsgNum":-1}`, callback.Some(-1), 0, `"UnreadMsgNum":-1`},
		{`{"EventTime":"1719305200456"}`, callback.Optional[int]{}, 1719305200456, `"EventTime":1719305200456`},
	} {
		read := decoded[*callback.C2CAfterMsgReport](t, c.body)
		recalled := decoded[*callback.C2CAfterMsgWithDraw](t, c.body)
		sent := decoded[*callback.C2CAfterSendMsg](t, c.body)
		assert.Equal(t, []callback.Optional[int]{c.unread, c.unread, c.unread},
			[]callback.Optional[int]{read.UnreadMsgNum, recalled.UnreadMsgNum, sent.UnreadMsgNum})
		assert.Equal(t, []callback.EventTime{c.time, c.time, c.time},
			[]callback.EventTime{read.EventTime, recalled.EventTime, sent.EventTime})
		for _, e := range []callback.Event{read, recalled, sent} {
			out, err := json.Marshal(e)
			require.NoError(t, err)
			assert.Contains(t, string(out), c.encoded)
			assert.Equal(t, !c.unread.IsZero(), contains(out, "UnreadMsgNum"), "%s", out)
		}
	}
}

// contains says whether an object has a member of that name.
func contains(object []byte, name string) bool {
	var members map[string]json.RawMessage
	return json.Unmarshal(object, &members) == nil && members[name] != nil
}

func TestFollowedUsers(t *testing.T) {
	t.Parallel()
	added := decoded[*callback.FollowAfterFollowAdd](t, `{"FollowList":[{"To_Account":"u-2"},{"To_Account":"u-3"}]}`)
	assert.Equal(t, []callback.FollowItem{{ToAccount: "u-2"}, {ToAccount: "u-3"}}, added.FollowList)
	deleted := decoded[*callback.FollowAfterFollowDelete](t, `{"To_Account":["u-2","u-3"]}`)
	assert.Equal(t, []string{"u-2", "u-3"}, deleted.ToAccount)
}
