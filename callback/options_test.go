package callback_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

func TestNewHandlerRefuses(t *testing.T) {
	t.Parallel()
	tok := callback.WithToken(token)
	for name, c := range map[string]struct {
		app  uint64
		opts []callback.Option
		text string
	}{
		"no app":                     {0, []callback.Option{tok}, "sdkAppID"},
		"neither":                    {app, nil, "WithToken"},
		"both":                       {app, []callback.Option{tok, callback.WithoutVerification()}, "exclude"},
		"no tokens":                  {app, []callback.Option{callback.WithToken()}, "empty token"},
		"an empty token":             {app, []callback.Option{callback.WithToken("x", "")}, "empty token"},
		"tokens twice":               {app, []callback.Option{tok, tok}, "twice"},
		"no skew":                    {app, []callback.Option{tok, callback.WithMaxSkew(0)}, "WithMaxSkew"},
		"negative timeout":           {app, []callback.Option{tok, callback.WithTimeout(-time.Second)}, "WithTimeout"},
		"no body":                    {app, []callback.Option{tok, callback.WithMaxBody(0)}, "WithMaxBody"},
		"nil middleware":             {app, []callback.Option{tok, callback.WithMiddleware(nil)}, "WithMiddleware"},
		"nil unknown":                {app, []callback.Option{tok, callback.WithUnknown(nil)}, "WithUnknown"},
		"nil refused":                {app, []callback.Option{tok, callback.WithRefused(nil)}, "WithRefused"},
		"nil decoder":                {app, []callback.Option{tok, callback.WithDecoder(nil)}, "WithDecoder"},
		"nil clock":                  {app, []callback.Option{tok, callback.WithClock(nil)}, "WithClock"},
		"nil sink":                   {app, []callback.Option{tok, callback.WithSink(nil)}, "WithSink"},
		"two sinks":                  {app, []callback.Option{tok, callback.WithSink(&queue{}), callback.WithSink(&queue{})}, "WithSink"},
		"sink of a before-event":     {app, []callback.Option{tok, callback.WithSink(&queue{}, callback.SinkCommands(beforeSendMsg))}, "not an after-event"},
		"no such fallback":           {app, []callback.Option{tok, callback.WithFallback(7)}, "WithFallback"},
		"fallback of an after-event": {app, []callback.Option{tok, callback.WithFallback(callback.FallbackReject, stateChange)}, "not a before-event"},
		"closed for an after-event":  {app, []callback.Option{tok, callback.WithFailClosed(beforeSendMsg, stateChange)}, "not a before-event"},
		"nil option":                 {app, []callback.Option{nil}, "nil option"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, err := callback.NewHandler(c.app, c.opts...)
			require.ErrorContains(t, err, c.text)
			require.ErrorContains(t, err, "callback: ")
			assert.NotContains(t, err.Error(), token)
			assert.Nil(t, h)
		})
	}
}

// A nil logger is silence, and takes the place of one that was given before.
func TestNilLogger(t *testing.T) {
	t.Parallel()
	var l log
	h := handler(t, l.option(), callback.WithLogger(nil))
	callback.On(h, ignore)
	assertFailed(t, post(t, h, portraitSet, `x`), 400)
	assert.Empty(t, l.String())
}

func TestTokensAreCopied(t *testing.T) {
	t.Parallel()
	tokens := []string{token}
	h, err := callback.NewHandler(app, callback.WithToken(tokens...), callback.WithClock(clock))
	require.NoError(t, err)
	tokens[0] = "changed"
	assertOK(t, post(t, h, portraitSet, `{}`))
}

func TestPrintingAHandlerShowsNoToken(t *testing.T) {
	t.Parallel()
	h := handler(t)
	out, err := json.Marshal(map[string]any{"handler": h})
	require.NoError(t, err)
	for _, text := range []string{
		fmt.Sprint(h), fmt.Sprintf("%v %+v %#v %s %q %x", h, h, h, h, h, h),
		fmt.Sprintf("%+v %#v", struct{ H *callback.Handler }{h}, []any{h}), string(out),
	} {
		assert.NotContains(t, text, token)
	}
	assert.Equal(t, "callback.Handler(1400000001)", h.String())
}

func TestWithDecoder(t *testing.T) {
	t.Parallel()
	calls := 0
	h := handler(t, callback.WithDecoder(func(data []byte, v any) error {
		calls++
		return json.Unmarshal(data, v)
	}))
	callback.On(h, ignore)
	assertOK(t, post(t, h, portraitSet, `{"From_Account":"x"}`))
	assert.Equal(t, 1, calls)

	var l log
	var refused []error
	broken := handler(t, l.option(), callback.WithDecoder(func([]byte, any) error { panic("decoder bug") }),
		callback.WithRefused(func(_ context.Context, err error) { refused = append(refused, err) }))
	callback.On(broken, ignore)
	assertFailed(t, post(t, broken, portraitSet, `{"a":1}`), 500)
	assert.Contains(t, l.String(), "decoder bug")
	require.Len(t, refused, 1)
	kept, ok := errors.AsType[*callback.RefusedError](refused[0])
	require.True(t, ok)
	assert.Equal(t, `{"a":1}`, string(kept.Body))
	require.EqualError(t, kept, `callback: "Profile.CallbackPortraitSet" refused: the decoder panicked`)
}
