package callbacktest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/profile"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func newHandler(t testing.TB, opts ...callback.Option) *callback.Handler {
	t.Helper()
	h, err := callback.NewHandler(callbacktest.SDKAppID, append([]callback.Option{callback.WithToken(callbacktest.Token)}, opts...)...)
	require.NoError(t, err)
	return h
}

// failing is a test that is expected to fail: it keeps why.
type failing struct {
	testing.TB

	text string
}

func (f *failing) Helper() {}

func (f *failing) Fatalf(format string, args ...any) {
	f.text = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// failure runs fn with a test of its own and returns why it failed.
func failure(t *testing.T, fn func(t testing.TB)) string {
	t.Helper()
	f := &failing{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		fn(f)
	}()
	<-done
	return f.text
}

func TestSendNeedsNoTokenOfAHandler(t *testing.T) {
	t.Parallel()
	past := time.Unix(1000000000, 0)
	for name, opts := range map[string][]callback.Option{
		"token":         {callback.WithToken("a token of its own", "another")},
		"no token":      {callback.WithoutVerification()},
		"another clock": {callback.WithToken("x"), callback.WithClock(func() time.Time { return past })},
	} {
		h, err := callback.NewHandler(20000000017, opts...)
		require.NoError(t, err)
		var got *callback.ProfilePortraitSet
		callback.On(h, func(_ context.Context, e *callback.ProfilePortraitSet) error { got = e; return nil })
		event := &callback.ProfilePortraitSet{FromAccount: "u-1", ProfileItem: profile.Items{profile.Nick.To("Robin")}}
		callbacktest.Send(t, h, event)
		require.NotNil(t, got, name)
		assert.Equal(t, "u-1", got.FromAccount)
		assert.Equal(t, event.ProfileItem, got.ProfileItem)
		assert.Equal(t, "Profile.CallbackPortraitSet", got.CallbackCommand)
		assert.Equal(t, uint64(20000000017), got.SDKAppID)
		assert.Equal(t, callbacktest.ClientIP, got.ClientIP)
		assert.Equal(t, callback.PlatformIOS, got.OptPlatform)
		assert.Empty(t, event.CallbackCommand, "the caller's event is left alone")
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	h, err := callback.NewHandler(7, callback.WithToken("secret"), callback.WithClock(func() time.Time { return time.Unix(99, 0) }))
	require.NoError(t, err)
	var got *callback.StateChange
	callback.On(h, func(_ context.Context, e *callback.StateChange) error { got = e; return nil })
	mux := http.NewServeMux()
	mux.Handle("POST /im/hook", h)
	callbacktest.Send(t, mux, &callback.StateChange{},
		callbacktest.WithApp(7), callbacktest.WithToken("secret"), callbacktest.WithTime(time.Unix(99, 5)),
		callbacktest.WithClientIP(""), callbacktest.WithPlatform("IOS"), callbacktest.WithTarget("/im/hook?own=1"),
		callbacktest.WithBody([]byte(`{"Info":{"To_Account":"u"}}`)))
	require.NotNil(t, got)
	assert.Empty(t, got.ClientIP)
	assert.True(t, got.OptPlatform.Is(callback.PlatformIOS))
	assert.Equal(t, "u", got.Info.ToAccount)
	assert.True(t, time.Unix(99, 0).Equal(got.RequestTime))
}

func TestOptionsThatSignWinOverTheHandler(t *testing.T) {
	t.Parallel()
	h := newHandler(t)
	for want, opt := range map[string]callbacktest.Option{
		"403": callbacktest.WithApp(8), "401": callbacktest.WithToken("other"), "status 401": callbacktest.WithTime(time.Unix(1, 0)),
	} {
		assert.Contains(t, failure(t, func(t testing.TB) { callbacktest.Send(t, h, &callback.StateChange{}, opt) }), want)
	}
	assert.Contains(t, failure(t, func(t testing.TB) {
		callbacktest.Send(t, h, &callback.StateChange{}, callbacktest.WithToken(""))
	}), "401")
}

func TestNewRequestGoesOverTheNetwork(t *testing.T) {
	t.Parallel()
	h := newHandler(t)
	calls := 0
	callback.On(h, func(context.Context, *callback.StateChange) error { calls++; return nil })
	server := httptest.NewServer(h)
	defer server.Close()
	r := callbacktest.NewRequest(&callback.StateChange{}, callbacktest.WithTarget(server.URL+"/im"))
	resp, err := server.Client().Do(r)
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	assert.Equal(t, 200, resp.StatusCode, "%s", body)
	assert.Equal(t, 1, calls)
}

func TestNewRequestPanics(t *testing.T) {
	t.Parallel()
	for name, fn := range map[string]func(){
		"bad target": func() { callbacktest.NewRequest(&callback.StateChange{}, callbacktest.WithTarget("http://a b/")) },
		"bad scheme": func() { callbacktest.NewRequest(&callback.StateChange{}, callbacktest.WithTarget(":")) },
		"bad event":  func() { callbacktest.NewRequest(&callback.GroupBeforeSendMsg{MsgBody: message.Body{nil}}) },
	} {
		assert.Panics(t, fn, name)
	}
}

func TestSendFailsTheTest(t *testing.T) {
	t.Parallel()
	h := newHandler(t)
	callback.On(h, func(context.Context, *callback.StateChange) error { return errors.New("down") })
	callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		return e.Reject("never"), nil
	})
	assert.Contains(t, failure(t, func(t testing.TB) { callbacktest.Send(t, h, &callback.StateChange{}) }), "status 500")
	assert.Contains(t, failure(t, func(t testing.TB) { callbacktest.Send(t, h, &callback.GroupBeforeSendMsg{}) }), "never")
	for body, want := range map[string]string{`{}`: "something else", `x`: "something else", `{"ErrorCode":0,"ErrorInfo":1}`: "does not decode"} {
		plain := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) })
		assert.Contains(t, failure(t, func(t testing.TB) { callbacktest.Send(t, plain, &callback.StateChange{}) }), want)
		assert.Contains(t, failure(t, func(t testing.TB) { callbacktest.Ask(t, plain, &callback.GroupBeforeSendMsg{}) }), want)
	}
}

func TestAsk(t *testing.T) {
	t.Parallel()
	h := newHandler(t)
	callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		switch e.MsgBody.Text() {
		case "reject":
			return e.Reject("no"), nil
		case "code":
			return e.RejectCode(10150, "no"), nil
		case "drop":
			return e.Drop(), nil
		case "rewrite":
			return e.Rewrite(message.Body{&message.TextElem{Text: "***"}}).WithCloudCustomData("x"), nil
		}
		return e.Allow(), nil
	})
	event := func(text string) *callback.GroupBeforeSendMsg {
		return &callback.GroupBeforeSendMsg{GroupID: "g", MsgBody: message.Body{&message.TextElem{Text: text}}}
	}
	for text, want := range map[string]callback.GroupBeforeSendMsgAnswer{
		"":        event("").Allow(),
		"reject":  event("").Reject("no"),
		"code":    event("").RejectCode(10150, "no"),
		"drop":    event("").Drop(),
		"rewrite": event("").Rewrite(message.Body{&message.TextElem{Text: "***"}}).WithCloudCustomData("x"),
	} {
		assert.Equal(t, want, callbacktest.Ask(t, h, event(text)), text)
	}
}

func TestEverySampleCanBeSent(t *testing.T) {
	t.Parallel()
	samples := callbacktest.Samples()
	assert.NotEmpty(t, samples)
	var got []string
	h := newHandler(t, callback.WithUnknown(func(_ context.Context, u *callback.Unknown) { got = append(got, u.Command()) }))
	sent := 0
	for command, bodies := range samples {
		assert.NotEmpty(t, bodies, command)
		for _, body := range bodies {
			callbacktest.Send(t, h, callback.NewUnknown(command, body))
			event, err := callback.Decode(command, body)
			require.NoError(t, err)
			callbacktest.Send(t, h, event)
			sent += 2
		}
	}
	assert.Len(t, got, sent)
	samples["State.StateChange"][0][0] = 'x'
	assert.Equal(t, byte('{'), callbacktest.Samples()["State.StateChange"][0][0], "each call returns a copy")
}

func TestUnknownBodyIsSentAsItIs(t *testing.T) {
	t.Parallel()
	var got []string
	h := newHandler(t, callback.WithUnknown(func(_ context.Context, u *callback.Unknown) { got = append(got, string(u.Raw)) }))
	callbacktest.Send(t, h, callback.NewUnknown("New.X", []byte(` {"a":1.50}`)))
	callbacktest.Send(t, h, callback.NewUnknown("New.X", nil))
	assert.Equal(t, []string{` {"a":1.50}`, `{"CallbackCommand":"New.X"}`}, got)
}

// The test in the example is one that passes.
func TestExample(t *testing.T) {
	t.Parallel()
	testLinksAreRejected(t)
}
