package callback_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

const rejected = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":1}`

// slow answers after d, whatever its context says.
func slow(d time.Duration, returned *bool) func(context.Context, *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
	return func(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		time.Sleep(d)
		*returned = true
		e.GroupID = "changed late" // the event is the handler's
		return e.Drop(), nil
	}
}

func TestDeadlineOfABeforeHandler(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		opts  []callback.Option
		takes time.Duration
		after time.Duration
		body  string
	}{
		"in time":            {nil, time.Second, time.Second, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":2}`},
		"late, default":      {nil, 10 * time.Second, 1800 * time.Millisecond, okay},
		"late, allow":        {[]callback.Option{callback.WithFallback(callback.FallbackAllow)}, 10 * time.Second, 1800 * time.Millisecond, okay},
		"late, reject":       {[]callback.Option{callback.WithFallback(callback.FallbackReject)}, 10 * time.Second, 1800 * time.Millisecond, rejected},
		"late, this command": {[]callback.Option{callback.WithFallback(callback.FallbackReject, beforeSendMsg)}, 10 * time.Second, 1800 * time.Millisecond, rejected},
		"late, another":      {[]callback.Option{callback.WithFallback(callback.FallbackReject, "New.BeforeX")}, 10 * time.Second, 1800 * time.Millisecond, okay},
		"late, command wins": {[]callback.Option{
			callback.WithFallback(callback.FallbackAllow, beforeSendMsg), callback.WithFallback(callback.FallbackReject),
		}, 10 * time.Second, 1800 * time.Millisecond, okay},
		"own timeout": {[]callback.Option{callback.WithTimeout(time.Minute)}, 30 * time.Second, 30 * time.Second, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":2}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var l log
				returned := false
				h := handler(t, append(c.opts, l.option())...)
				callback.Answer(h, slow(c.takes, &returned))
				start := time.Now()
				w := post(t, h, beforeSendMsg, `{}`)
				assert.Equal(t, 200, w.Code)
				assert.JSONEq(t, c.body, w.Body.String())
				assert.Equal(t, c.after, time.Since(start))
				if c.after < c.takes {
					assert.Contains(t, l.String(), "fallback")
					time.Sleep(c.takes)
					synctest.Wait()
					assert.Contains(t, l.String(), "dropped")
				}
				assert.True(t, returned)
			})
		})
	}
}

func TestLatePanicIsCaught(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var l log
		h := handler(t, l.option())
		callback.Answer(h, func(context.Context, *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
			time.Sleep(5 * time.Second)
			panic("late bug")
		})
		assertOK(t, post(t, h, beforeSendMsg, `{}`))
		time.Sleep(10 * time.Second)
		assert.Contains(t, l.String(), "late bug")
	})
}

// A handler that honours its context gets the fallback too, and not the 500 of a failure.
func TestGivingUpIsNoFailure(t *testing.T) {
	t.Parallel()
	for range 100 { // the deadline and the error come at the same moment, in either order
		h := handler(t, callback.WithFallback(callback.FallbackReject), callback.WithTimeout(time.Millisecond))
		callback.Answer(h, func(ctx context.Context, _ *callback.GroupBeforeSendMsg) (a callback.GroupBeforeSendMsgAnswer, err error) {
			for ctx.Err() == nil {
				runtime.Gosched()
			}
			return a, ctx.Err()
		})
		w := post(t, h, beforeSendMsg, `{}`)
		assert.Equal(t, 200, w.Code)
		assert.JSONEq(t, rejected, w.Body.String())
	}
}

func TestFallbackOfAnUntypedCommand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := handler(t, callback.WithFallback(callback.FallbackReject))
		h.Handle("New.BeforeX", func(ctx context.Context, _ *callback.Unknown) (any, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		})
		assert.JSONEq(t, rejected, post(t, h, "New.BeforeX", `{}`).Body.String())
	})
}

func TestDeadlineOfAnAfterHandler(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := handler(t)
		var left time.Duration
		callback.On(h, func(ctx context.Context, _ *callback.StateChange) error {
			deadline, ok := ctx.Deadline()
			assert.True(t, ok)
			left = time.Until(deadline)
			<-ctx.Done()
			return ctx.Err()
		})
		start := time.Now()
		assertFailed(t, post(t, h, stateChange, `{}`), 500)
		assert.Equal(t, defaultTimeout, left)
		assert.Equal(t, defaultTimeout, time.Since(start))
	})
}

func TestHandlersSeeTheRequestsContext(t *testing.T) {
	t.Parallel()
	type key struct{}
	h := handler(t)
	seen := 0
	callback.On(h, func(ctx context.Context, _ *callback.StateChange) error {
		assert.Equal(t, "x", ctx.Value(key{}))
		seen++
		return ctx.Err()
	})
	callback.Answer(h, func(ctx context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		assert.Equal(t, "x", ctx.Value(key{}))
		seen++
		return e.Allow(), nil
	})
	for _, command := range []string{stateChange, beforeSendMsg} {
		r := request(t, signed(command).Encode(), `{}`)
		assertOK(t, serve(h, r.WithContext(context.WithValue(r.Context(), key{}, "x"))))
	}
	assert.Equal(t, 2, seen)
}

func TestDispatchKeepsTheCallersContext(t *testing.T) {
	t.Parallel()
	h := handler(t)
	callback.On(h, func(ctx context.Context, _ *callback.StateChange) error {
		_, limited := ctx.Deadline()
		assert.False(t, limited)
		return nil
	})
	require.NoError(t, h.Dispatch(t.Context(), callback.Envelope{SDKAppID: app, Command: stateChange, Body: []byte(`{}`)}))
}

func TestSlowBody(t *testing.T) {
	t.Parallel()
	refused := make(chan error, 1)
	h := handler(t, callback.WithTimeout(50*time.Millisecond), callback.WithRefused(func(_ context.Context, err error) { refused <- err }))
	callback.On(h, ignore)
	server := httptest.NewServer(h)
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	require.NoError(t, err)
	defer func() { assert.NoError(t, conn.Close()) }()
	require.NoError(t, conn.SetDeadline(time.Now().Add(10*time.Second)))
	_, err = io.WriteString(conn, "POST /?"+signed(portraitSet).Encode()+" HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
	require.NoError(t, err)
	reply, err := io.ReadAll(conn)
	require.NoError(t, err)
	assert.Contains(t, string(reply), "408")
	require.ErrorIs(t, <-refused, callback.ErrSlowBody)
}

// The read deadline must not outlive the body: net/http reads on, to see a client that leaves, and could end the
// context.
func TestReadDeadlineIsLifted(t *testing.T) {
	t.Parallel()
	const timeout = 50 * time.Millisecond
	h := handler(t, callback.WithTimeout(timeout))
	callback.On(h, func(context.Context, *callback.StateChange) error {
		time.Sleep(3 * timeout)
		return nil
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r)
		assert.NoError(t, r.Context().Err())
	}))
	defer server.Close()
	for range 2 { // on the same connection
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/?"+signed(stateChange).Encode(), strings.NewReader(`{}`))
		require.NoError(t, err)
		resp, err := server.Client().Do(r)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		assert.Equal(t, 200, resp.StatusCode)
	}
}
