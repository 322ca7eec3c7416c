package callback_test

import (
	"context"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

type contextKey struct{}

// TestContextOfAHandler: the context ends at the deadline, with the request and when the handler has returned, whichever
// way it is looked at, and keeps to what it said.
func TestContextOfAHandler(t *testing.T) {
	t.Parallel()
	const timeout = defaultTimeout
	for name, c := range map[string]struct {
		use   func(t *testing.T, ctx context.Context, cancelRequest func())
		after error // what the context says when all is over
	}{
		"left alone": {func(*testing.T, context.Context, func()) {}, context.Canceled},
		"asked early": {func(t *testing.T, ctx context.Context, _ func()) {
			require.NoError(t, ctx.Err())
			at, ok := ctx.Deadline()
			assert.True(t, ok)
			assert.Equal(t, timeout, time.Until(at))
			assert.Equal(t, "v", ctx.Value(contextKey{}))
		}, context.Canceled},
		"polled": {func(t *testing.T, ctx context.Context, _ func()) {
			time.Sleep(timeout - time.Nanosecond)
			require.NoError(t, ctx.Err())
			time.Sleep(time.Nanosecond)
			require.ErrorIs(t, ctx.Err(), context.DeadlineExceeded)
		}, context.DeadlineExceeded},
		"waited for": {func(t *testing.T, ctx context.Context, _ func()) {
			start := time.Now()
			<-ctx.Done()
			assert.Equal(t, timeout, time.Since(start))
			require.ErrorIs(t, ctx.Err(), context.DeadlineExceeded)
			assert.Equal(t, "v", ctx.Value(contextKey{}))
		}, context.DeadlineExceeded},
		"waited for by a child": {func(t *testing.T, ctx context.Context, _ func()) {
			child, cancel := context.WithCancel(ctx)
			defer cancel()
			start := time.Now()
			<-child.Done()
			assert.Equal(t, timeout, time.Since(start))
			require.ErrorIs(t, child.Err(), context.DeadlineExceeded)
		}, context.DeadlineExceeded},
		"request gone, polled": {func(t *testing.T, ctx context.Context, cancelRequest func()) {
			cancelRequest()
			require.ErrorIs(t, ctx.Err(), context.Canceled)
		}, context.Canceled},
		"request gone, waited for": {func(t *testing.T, ctx context.Context, cancelRequest func()) {
			time.AfterFunc(time.Second, cancelRequest)
			start := time.Now()
			<-ctx.Done()
			assert.Equal(t, time.Second, time.Since(start))
			require.ErrorIs(t, ctx.Err(), context.Canceled)
		}, context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := handler(t)
				var kept context.Context
				ctx, cancel := context.WithCancel(context.WithValue(t.Context(), contextKey{}, "v"))
				defer cancel()
				callback.On(h, func(ctx context.Context, _ *callback.StateChange) error {
					c.use(t, ctx, cancel)
					kept = ctx //nolint:fatcontext // to look at when all is over
					return nil
				})
				h.ServeHTTP(httptest.NewRecorder(), request(t, signed("State.StateChange").Encode(), `{}`).WithContext(ctx))
				for range 2 {
					require.ErrorIs(t, kept.Err(), c.after)
					<-kept.Done()
				}
			})
		})
	}
}

// TestEarlierDeadlineOfTheRequest: a server's own deadline holds where it is the earlier one.
func TestEarlierDeadlineOfTheRequest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := handler(t)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		callback.On(h, func(ctx context.Context, _ *callback.StateChange) error {
			at, _ := ctx.Deadline()
			assert.Equal(t, time.Second, time.Until(at))
			time.Sleep(time.Second)
			synctest.Wait()
			assert.ErrorIs(t, ctx.Err(), context.DeadlineExceeded)
			return nil
		})
		h.ServeHTTP(httptest.NewRecorder(), request(t, signed("State.StateChange").Encode(), `{}`).WithContext(ctx))
	})
}
