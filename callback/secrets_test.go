package callback_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/go-tencentchat/tencentchat/callback"
)

// TestNothingSecretIsSaid makes everything go wrong that can, and searches what was logged, answered, reported and
// thrown.
func TestNothingSecretIsSaid(t *testing.T) {
	t.Parallel()
	var said log
	sign := callback.Sign(token, "1750648027")
	broken := false
	opts := []callback.Option{
		said.option(),
		callback.WithRefused(func(_ context.Context, err error) { _, _ = io.WriteString(&said, err.Error()) }),
		callback.WithUnknown(func(context.Context, *callback.Unknown) { panic("unknown") }),
	}
	h := handler(t, opts...)
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error {
		if broken {
			panic("bug")
		}
		return errors.New("down")
	})
	callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		return e.RejectCode(7, ""), nil
	})
	sinking := handler(t, append(opts, callback.WithSink(&queue{err: errors.New("full")}))...)
	send := func(h http.Handler, command, body string, edit func(r *http.Request)) {
		r := request(t, signed(command).Encode(), body)
		if edit != nil {
			edit(r)
		}
		w := serve(h, r)
		_, _ = io.WriteString(&said, w.Body.String())
		for name, values := range w.Header() {
			_, _ = io.WriteString(&said, name+strings.Join(values, ","))
		}
	}
	query := func(old, with string) func(*http.Request) {
		return func(r *http.Request) { r.URL.RawQuery = strings.ReplaceAll(r.URL.RawQuery, old, with) }
	}
	for _, h := range []http.Handler{h, sinking} {
		for _, body := range []string{`{}`, `null`, `{"From_Account":1}`, `{"CallbackCommand":"x"}`} {
			for _, command := range []string{portraitSet, beforeSendMsg, "New.X"} {
				broken = !broken
				send(h, command, body, nil)
				send(h, command, body, func(r *http.Request) { r.Method = http.MethodGet })
				send(h, command, body, func(r *http.Request) { r.ContentLength = 1 << 40 })
				send(h, command, body, func(r *http.Request) { r.ContentLength = 100 })
				send(h, command, body, query("SdkAppid=14", "SdkAppid=15"))
				send(h, command, body, query("RequestTime=17", "RequestTime=18"))
				send(h, command, body, query("Sign="+sign[:1], "Sign=0"))
				send(h, command, body, query("OptPlatform", "Sign"))
				send(h, command, body, query("iOS", "%zz"))
			}
		}
	}
	text := said.String()
	for _, logged := range []string{"refused", "failed", "panicked", "not stored", "without a handler"} {
		assert.Contains(t, text, logged)
	}
	for _, secret := range []string{token, sign, sign[1:32], "RequestTime=", "Sign=", "SdkAppid=", "1750648027"} {
		assert.NotContains(t, text, secret)
	}
}
