package callback_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

func answerAllow(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
	return e.Allow(), nil
}

func handleNothing(context.Context, *callback.Unknown) (any, error) { return nil, nil }

func TestRegistrationPanics(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		register func(h *callback.Handler)
		text     string
	}{
		"on twice":          {func(h *callback.Handler) { callback.On(h, ignore); callback.On(h, ignore) }, portraitSet},
		"answer twice":      {func(h *callback.Handler) { callback.Answer(h, answerAllow); callback.Answer(h, answerAllow) }, beforeSendMsg},
		"handle twice":      {func(h *callback.Handler) { h.Handle("New.X", handleNothing); h.Handle("New.X", handleNothing) }, "New.X"},
		"handle a type":     {func(h *callback.Handler) { h.Handle(stateChange, handleNothing) }, stateChange},
		"handle no command": {func(h *callback.Handler) { h.Handle("", handleNothing) }, "empty command"},
		"nil on":            {func(h *callback.Handler) { callback.On[*callback.StateChange](h, nil) }, stateChange},
		"nil answer":        {func(h *callback.Handler) { callback.Answer[*callback.GroupBeforeSendMsg](h, nil) }, beforeSendMsg},
		"nil handle":        {func(h *callback.Handler) { h.Handle("New.X", nil) }, "New.X"},
		"on after serving": {func(h *callback.Handler) {
			post(t, h, stateChange, `{}`)
			callback.On(h, ignore)
		}, portraitSet},
		"handle after dispatching": {func(h *callback.Handler) {
			_ = h.Dispatch(t.Context(), callback.Envelope{})
			h.Handle("New.X", handleNothing)
		}, "New.X"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := handler(t)
			defer func() {
				v := recover()
				text, ok := v.(string)
				assert.True(t, ok, "%v", v)
				assert.Contains(t, text, c.text)
				assert.True(t, strings.HasPrefix(text, "callback: "), text)
			}()
			c.register(h)
		})
	}
}

func TestHandlerErrors(t *testing.T) {
	t.Parallel()
	var l log
	h := handler(t, l.option())
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { return errors.New("the store is down") })
	callback.On(h, func(_ context.Context, e *callback.StateChange) error { panic("bug for " + e.Info.ToAccount) })
	callback.Answer(h, func(context.Context, *callback.GroupBeforeSendMsg) (a callback.GroupBeforeSendMsgAnswer, err error) {
		return a, errors.New("the model is down")
	})
	for command, text := range map[string]string{
		portraitSet: "the store is down", stateChange: "bug for u-1", beforeSendMsg: "the model is down",
	} {
		w := post(t, h, command, `{"Info":{"To_Account":"u-1"}}`)
		assertFailed(t, w, http.StatusInternalServerError)
		assert.NotContains(t, w.Body.String(), text, "details are for the log")
		assert.Contains(t, l.String(), text)
		assert.Contains(t, l.String(), command)
	}
	assert.Contains(t, l.String(), "register_test.go", "the stack of a panic")
}

// A failure that the handler itself describes is answered as the documentation has it.
func TestFailureError(t *testing.T) {
	t.Parallel()
	const failed = `{"ActionStatus":"FAIL","ErrorInfo":"no <stock>","ErrorCode":1}`
	failure := &callback.FailureError{Info: "no <stock>"}
	var l log
	var err error
	h := handler(t, l.option())
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { return err })
	callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		return e.Drop(), err
	})
	h.Handle("New.X", func(context.Context, *callback.Unknown) (any, error) { return callback.Reply{ErrorCode: 2}, err })
	h.Handle("New.BeforeX", func(context.Context, *callback.Unknown) (any, error) { return nil, err })
	for _, err = range []error{failure, fmt.Errorf("ordering: %w", failure), errors.Join(errors.New("other"), failure)} {
		for _, command := range []string{portraitSet, "New.X"} {
			w := post(t, h, command, `{}`)
			assert.Equal(t, 200, w.Code)
			assert.Equal(t, "application/json", w.Header().Get("Content-Type"))
			assert.Equal(t, failed, w.Body.String())
		}
		for _, command := range []string{beforeSendMsg, "New.BeforeX"} {
			w := post(t, h, command, `{}`)
			assertFailed(t, w, 500)
			assert.NotContains(t, w.Body.String(), "stock")
		}
		dispatched := h.Dispatch(t.Context(), callback.Envelope{SDKAppID: app, Command: portraitSet, Body: []byte(`{}`)})
		require.ErrorIs(t, dispatched, failure)
	}
	assert.Equal(t, 12, strings.Count(l.String(), "webhook handler failed"))
	assert.Contains(t, l.String(), "answered as failed: no <stock>")
	for _, err = range []error{errors.New("other"), (*callback.FailureError)(nil)} {
		assertFailed(t, post(t, h, portraitSet, `{}`), 500)
	}
}

func TestPanicInABeforeHandler(t *testing.T) {
	t.Parallel()
	var l log
	h := handler(t, l.option())
	callback.Answer(h, func(context.Context, *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		panic(errors.New("before bug"))
	})
	assertFailed(t, post(t, h, beforeSendMsg, `{}`), 500)
	assert.Contains(t, l.String(), "before bug")
}

func TestGoexitInABeforeHandler(t *testing.T) {
	t.Parallel()
	h := handler(t)
	callback.Answer(h, func(context.Context, *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		runtime.Goexit()
		return callback.GroupBeforeSendMsgAnswer{}, nil
	})
	assertFailed(t, post(t, h, beforeSendMsg, `{}`), 500)
}

func TestAbortHandlerPassesThrough(t *testing.T) {
	t.Parallel()
	h := handler(t)
	callback.On(h, func(context.Context, *callback.StateChange) error { panic(http.ErrAbortHandler) })
	callback.Answer(h, func(context.Context, *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		panic(http.ErrAbortHandler)
	})
	for _, command := range []string{stateChange, beforeSendMsg} {
		assert.PanicsWithValue(t, http.ErrAbortHandler, func() { post(t, h, command, `{}`) })
	}
	err := h.Dispatch(t.Context(), callback.Envelope{SDKAppID: app, Command: stateChange, Body: []byte(`{}`)})
	require.Error(t, err, "behind a queue there is nothing to abort")
}

func TestMiddleware(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var steps []string
	step := func(s string) { mu.Lock(); defer mu.Unlock(); steps = append(steps, s) }
	trace := func(name string) callback.Middleware {
		return func(next callback.Next) callback.Next {
			return func(ctx context.Context, e callback.Event) (any, error) {
				step(name + ">" + e.Command())
				defer step(name + "<")
				return next(ctx, e)
			}
		}
	}
	h := handler(t,
		callback.WithMiddleware(trace("a"), trace("b")), callback.WithMiddleware(trace("c")),
		callback.WithUnknown(func(context.Context, *callback.Unknown) { step("unknown") }))
	callback.On(h, func(context.Context, *callback.StateChange) error { step("on"); return nil })
	callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		step("answer")
		return e.Drop(), nil
	})
	h.Handle("New.X", func(context.Context, *callback.Unknown) (any, error) { step("handle"); return nil, nil })
	for command, inner := range map[string]string{stateChange: "on", beforeSendMsg: "answer", "New.X": "handle", "New.Y": "unknown", "New.BeforeY": "unknown"} {
		steps = nil
		assert.Equal(t, 200, post(t, h, command, `{}`).Code)
		assert.Equal(t, []string{"a>" + command, "b>" + command, "c>" + command, inner, "c<", "b<", "a<"}, steps)
	}
	steps = nil
	require.NoError(t, h.Dispatch(t.Context(), callback.Envelope{SDKAppID: app, Command: stateChange, Body: []byte(`{}`)}))
	assert.Equal(t, []string{"a>" + stateChange, "b>" + stateChange, "c>" + stateChange, "on", "c<", "b<", "a<"}, steps)
}

func TestMiddlewareAnswersAndFails(t *testing.T) {
	t.Parallel()
	var act func(next callback.Next, ctx context.Context, e callback.Event) (any, error)
	h := handler(t, callback.WithMiddleware(func(next callback.Next) callback.Next {
		return func(ctx context.Context, e callback.Event) (any, error) { return act(next, ctx, e) }
	}))
	callback.On(h, ignore)
	callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		return e.Drop(), nil
	})
	h.Handle("New.X", handleNothing)

	act = func(callback.Next, context.Context, callback.Event) (any, error) { return nil, nil }
	assertOK(t, post(t, h, beforeSendMsg, `{}`))
	act = func(_ callback.Next, _ context.Context, e callback.Event) (any, error) {
		return e.(*callback.GroupBeforeSendMsg).Reject("not here"), nil
	}
	assert.JSONEq(t, `{"ActionStatus":"OK","ErrorInfo":"not here","ErrorCode":1}`, post(t, h, beforeSendMsg, `{}`).Body.String())
	act = func(callback.Next, context.Context, callback.Event) (any, error) { return make(chan int), nil }
	assertFailed(t, post(t, h, beforeSendMsg, `{}`), 500)
	assertOK(t, post(t, h, portraitSet, `{}`)) // an after-event has no answer to encode
	act = func(callback.Next, context.Context, callback.Event) (any, error) { return nil, errors.New("no") }
	assertFailed(t, post(t, h, portraitSet, `{}`), 500)
	act = func(next callback.Next, ctx context.Context, _ callback.Event) (any, error) {
		return next(ctx, callback.NewUnknown("X", nil))
	}
	assertFailed(t, post(t, h, portraitSet, `{}`), 500)
	assertFailed(t, post(t, h, beforeSendMsg, `{}`), 500)
	act = func(next callback.Next, ctx context.Context, _ callback.Event) (any, error) {
		return next(ctx, &callback.StateChange{})
	}
	assertFailed(t, post(t, h, "New.X", `{}`), 500)
}

// panicking is an answer that cannot be written.
type panicking struct{}

func (panicking) MarshalJSON() ([]byte, error) { panic("answer bug") }

func TestHandle(t *testing.T) {
	t.Parallel()
	h := handler(t)
	var got *callback.Unknown
	var answer any
	h.Handle("New.CallbackBeforeDance", func(_ context.Context, u *callback.Unknown) (any, error) {
		got = u
		return answer, nil
	})
	assertOK(t, post(t, h, "New.CallbackBeforeDance", `{"CallbackCommand":"New.CallbackBeforeDance","Step":2}`))
	require.NotNil(t, got)
	assert.Equal(t, "New.CallbackBeforeDance", got.Command())
	assert.JSONEq(t, `{"CallbackCommand":"New.CallbackBeforeDance","Step":2}`, string(got.Raw))
	assert.Equal(t, uint64(app), got.SDKAppID)
	answer = callback.Reply{}
	assertOK(t, post(t, h, "New.CallbackBeforeDance", `{}`))
	answer = map[string]any{"ErrorCode": 120001}
	assert.JSONEq(t, `{"ErrorCode":120001}`, post(t, h, "New.CallbackBeforeDance", `{}`).Body.String())
	answer = json.RawMessage(`{"<":1}`)
	assert.Equal(t, `{"<":1}`, post(t, h, "New.CallbackBeforeDance", `{}`).Body.String())
	answer = panicking{}
	assertFailed(t, post(t, h, "New.CallbackBeforeDance", `{}`), 500)
	for _, body := range []string{`null`, `[]`, `{`, ``} {
		assertFailed(t, post(t, h, "New.CallbackBeforeDance", body), 400)
	}
}

// Webhooks of other products come to the same URL, and some name another command in the body than in the URL.
func TestUnknownCommandMayDifferInTheBody(t *testing.T) {
	t.Parallel()
	const command, inBody = "Live.CallbackMemberStateChanged", "Live.CallbackAfterMemberStateChanged"
	const body = `{"CallbackCommand":"` + inBody + `","EventTime":1741574942001,"RoomInfo":{"RoomId":"r"}}`
	var got []string
	note := func(u *callback.Unknown) {
		got = append(got, u.Command()+" "+u.CallbackCommand)
		assert.Equal(t, body, string(u.Raw))
	}
	handles := handler(t)
	handles.Handle(command, func(_ context.Context, u *callback.Unknown) (any, error) { note(u); return nil, nil })
	assertOK(t, post(t, handles, command, body))

	unknown := callback.WithUnknown(func(_ context.Context, u *callback.Unknown) { note(u) })
	assertOK(t, post(t, handler(t, unknown), command, body))

	var q queue
	assertOK(t, post(t, handler(t, callback.WithSink(&q)), command, body))
	all := q.take(t)
	require.Len(t, all, 1)
	require.NoError(t, handles.Dispatch(t.Context(), all[0]))
	require.NoError(t, handler(t, unknown).Dispatch(t.Context(), all[0]))

	e, err := callback.Decode(command, []byte(body))
	require.NoError(t, err)
	note(e.(*callback.Unknown))
	assert.Equal(t, slices.Repeat([]string{command + " " + inBody}, 5), got)

	// A command that has a type is checked wherever it goes.
	for _, opt := range []callback.Option{unknown, callback.WithSink(&q)} {
		assertFailed(t, post(t, handler(t, opt), stateChange, body), 400)
	}
	err = handler(t, unknown).Dispatch(t.Context(), callback.Envelope{SDKAppID: app, Command: stateChange, Body: []byte(body)})
	require.ErrorIs(t, err, callback.ErrMalformed)
}

func TestUnknownCommands(t *testing.T) {
	t.Parallel()
	var l log
	var got []string
	h := handler(t, l.option(), callback.WithUnknown(func(_ context.Context, u *callback.Unknown) {
		got = append(got, u.Command()+" "+string(u.Raw))
	}))
	callback.On(h, ignore)
	for range 3 {
		assertOK(t, post(t, h, "New.X", `{"a":1.50}`))
		assertOK(t, post(t, h, "New.BeforeX", `{}`))
		assertOK(t, post(t, h, stateChange, `{}`)) // typed, and the program leaves it out
		assertOK(t, post(t, h, portraitSet, `{}`))
	}
	assert.Len(t, got, 9)
	assert.Equal(t, []string{`New.X {"a":1.50}`, `New.BeforeX {}`, stateChange + " {}"}, got[:3])
	assert.Equal(t, 1, strings.Count(l.String(), "command=New.X "))
	assert.Equal(t, 3, strings.Count(l.String(), "without a handler"))
	assert.Contains(t, l.String(), "command=New.X typed=false")
	assert.Contains(t, l.String(), "command="+stateChange+" typed=true")
	assertFailed(t, post(t, h, "New.X", `null`), 400)
}

// A before-event that is newer than this package is answered in time as well; nobody waits for an after-event.
func TestUnknownBeforeEventIsAnsweredInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := handler(t, callback.WithUnknown(func(context.Context, *callback.Unknown) { time.Sleep(time.Minute) }))
		for command, takes := range map[string]time.Duration{"New.BeforeX": defaultTimeout, "New.AfterX": time.Minute} {
			start := time.Now()
			assertOK(t, post(t, h, command, `{}`))
			assert.Equal(t, takes, time.Since(start), command)
		}
		time.Sleep(time.Minute)
	})
}

// Nobody has decided about an event that nobody registered for: whatever becomes of WithUnknown's function, it happens.
func TestUnknownIsAnsweredOKWhateverHappens(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		act    func(ctx context.Context)
		after  bool // sent as an after-event too
		logged string
	}{
		"panics":            {func(context.Context) { panic("unknown bug") }, true, "unknown bug"},
		"panics with error": {func(context.Context) { panic(errors.New("unknown bug")) }, true, "unknown bug"},
		"is slow":           {func(context.Context) { time.Sleep(time.Minute) }, false, "fallback"},
		"waits":             {func(ctx context.Context) { <-ctx.Done() }, true, "without a handler"},
		"panics late":       {func(ctx context.Context) { <-ctx.Done(); panic("unknown bug") }, true, "unknown bug"},
		"ends":              {func(context.Context) { runtime.Goexit() }, false, "without a handler"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var l log
				passed := func(next callback.Next) callback.Next { return next }
				h := handler(t, l.option(), callback.WithFallback(callback.FallbackReject), callback.WithMiddleware(passed),
					callback.WithUnknown(func(ctx context.Context, _ *callback.Unknown) { c.act(ctx) }))
				assertOK(t, post(t, h, "New.BeforeX", `{}`))
				assertOK(t, post(t, h, beforeSendMsg, `{}`)) // typed, and the program leaves it out
				if c.after {
					assertOK(t, post(t, h, "New.X", `{}`))
				}
				time.Sleep(time.Hour)
				synctest.Wait()
				assert.Contains(t, l.String(), c.logged)
			})
		})
	}
	aborting := handler(t, callback.WithUnknown(func(context.Context, *callback.Unknown) { panic(http.ErrAbortHandler) }))
	for _, command := range []string{"New.X", "New.BeforeX"} {
		assert.PanicsWithValue(t, http.ErrAbortHandler, func() { post(t, aborting, command, `{}`) })
	}
}

// Behind a queue there is someone to tell.
func TestUnknownThatPanicsIsAnErrorOfDispatch(t *testing.T) {
	t.Parallel()
	h := handler(t, callback.WithUnknown(func(context.Context, *callback.Unknown) { panic("unknown bug") }))
	err := h.Dispatch(t.Context(), callback.Envelope{SDKAppID: app, Command: "New.X", Body: []byte(`{}`)})
	require.ErrorContains(t, err, "panicked")
}

// Middleware around WithUnknown is answered for as around any handler, but that nobody is refused when time is over.
func TestMiddlewareAroundUnknown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var act func(ctx context.Context) (any, error)
		h := handler(t, callback.WithFallback(callback.FallbackReject), callback.WithUnknown(func(context.Context, *callback.Unknown) {}),
			callback.WithMiddleware(func(callback.Next) callback.Next {
				return func(ctx context.Context, _ callback.Event) (any, error) { return act(ctx) }
			}))
		for _, command := range []string{"New.X", "New.BeforeX"} {
			act = func(context.Context) (any, error) { return nil, errors.New("no") }
			assertFailed(t, post(t, h, command, `{}`), 500)
			act = func(context.Context) (any, error) { panic("middleware bug") }
			assertFailed(t, post(t, h, command, `{}`), 500)
		}
		act = func(ctx context.Context) (any, error) { <-ctx.Done(); return nil, ctx.Err() }
		assertOK(t, post(t, h, "New.BeforeX", `{}`))
		act = func(context.Context) (any, error) { return callback.Reply{ErrorCode: 1}, nil }
		assert.JSONEq(t, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":1}`, post(t, h, "New.BeforeX", `{}`).Body.String())
	})
}

func TestUnknownCommandsCannotFillMemory(t *testing.T) {
	t.Parallel()
	var l log
	h := handler(t, l.option())
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for j := range 200 {
				assertOK(t, post(t, h, "New."+strings.Repeat("x", 1+(i*200+j)%400), `{}`))
			}
		})
	}
	wg.Wait()
	n := strings.Count(l.String(), "without a handler")
	assert.Equal(t, 124, n, "one for each command of at most 128 bytes")

	for j := range 500 {
		post(t, h, "Many."+string(rune('a'+j%26))+strings.Repeat("y", j/26), `{}`)
	}
	assert.Equal(t, 256, strings.Count(l.String(), "without a handler"))
}

func TestUnhandledIsNotDecoded(t *testing.T) {
	t.Parallel()
	assertOK(t, post(t, handler(t), portraitSet, `not even json`))
}
