package restapi_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// An observer keeps what it is told.
type observer struct {
	mu     sync.Mutex
	events []restapi.Event
}

func (o *observer) observe(_ context.Context, e restapi.Event) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.events = append(o.events, e)
}

// take returns what has been told since the last time.
func (o *observer) take() []restapi.Event {
	o.mu.Lock()
	defer o.mu.Unlock()
	events := o.events
	o.events = nil
	return events
}

// outline is the kinds of events, with the code or the HTTP status of their errors.
func outline(events []restapi.Event) (lines []any) {
	for _, e := range events {
		lines = append(lines, e.Kind)
		if failed, ok := errors.AsType[*restapi.Error](e.Err); ok && failed.Code != 0 {
			lines = append(lines, int(failed.Code))
		} else if ok {
			lines = append(lines, failed.HTTPStatus)
		}
	}
	return lines
}

func TestObserver(t *testing.T) {
	t.Parallel()
	const signing, slowing, retrying = restapi.SignedAgain, restapi.SlowedDown, restapi.Retried
	tests := []struct {
		name   string
		script []http.HandlerFunc
		opts   []restapi.Option
		want   []any // as outline returns them
	}{
		{"a call that succeeds at once", nil, nil, nil},
		{"a refusal that is final", []http.HandlerFunc{fail(40003)}, nil, nil},
		{
			"retries",
			[]http.HandlerFunc{status(502, ""), fail(60008), answer(answerOK)},
			nil,
			[]any{retrying, 502, retrying, 60008},
		},
		{"all attempts fail", []http.HandlerFunc{status(502, "")}, nil, []any{retrying, 502, retrying, 502}},
		{"a new usersig", []http.HandlerFunc{fail(70001), answer(answerOK)}, nil, []any{signing, 70001}},
		{"a new usersig in vain", []http.HandlerFunc{fail(70009)}, nil, []any{signing, 70009}},
		{
			"a new usersig and then a retry",
			[]http.HandlerFunc{fail(70001), status(503, ""), answer(answerOK)},
			nil,
			[]any{signing, 70001, retrying, 503},
		},
		{"a limiter that cannot slow down", []http.HandlerFunc{fail(60007), answer(answerOK)}, nil, []any{retrying, 60007}},
		{
			"slow-downs",
			[]http.HandlerFunc{fail(60007), fail(60011), answer(answerOK)},
			[]restapi.Option{restapi.WithLimiter(&slower{})},
			[]any{
				restapi.Waited, slowing, 60007, retrying, 60007,
				restapi.Waited, slowing, 60011, retrying, 60011, restapi.Waited,
			},
		},
		{
			"no turn for another attempt",
			[]http.HandlerFunc{fail(60008)},
			[]restapi.Option{restapi.WithLimiter(&slower{err: errors.New("redis is down")})},
			[]any{restapi.Waited, retrying, 60008, restapi.Waited},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var o observer
			type key struct{}
			look := func(ctx context.Context, e restapi.Event) {
				assert.Equal(t, "of the call", ctx.Value(key{}))
				assert.Equal(t, setCommand, e.Command)
				assert.False(t, e.Err == nil && e.Kind != restapi.Waited)
				o.observe(ctx, e)
			}
			client := newFake(t, test.script...).client(t, append(test.opts, restapi.WithObserver(look))...)
			_ = client.Call(context.WithValue(t.Context(), key{}, "of the call"), setCommand, nil, nil)
			assert.Equal(t, test.want, outline(o.take()))
		})
	}
}

func TestObserverOfWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var o observer
		slow := restapi.Command{Service: "a", Name: "b", PerSecond: 1}
		limiter := restapi.NewLimiter(restapi.LimiterConfig{})
		client := newClient(t, restapi.WithLimiter(limiter), restapi.WithObserver(o.observe),
			inMemory(func(*http.Request) (*http.Response, error) { return respond(answerOK), nil }))
		for _, want := range []time.Duration{0, 1050 * time.Millisecond} {
			require.NoError(t, client.Call(t.Context(), slow, nil, nil))
			events := o.take()
			require.Len(t, events, 1)
			assert.Equal(t, restapi.Waited, events[0].Kind)
			assert.InDelta(t, want, events[0].Duration, float64(time.Millisecond))
			require.NoError(t, events[0].Err)
		}

		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		require.ErrorIs(t, client.Call(ctx, slow, nil, nil), restapi.ErrRateLimited)
		events := o.take()
		require.Len(t, events, 1)
		assert.ErrorIs(t, events[0].Err, restapi.ErrRateLimited, "a turn that would come too late")
		assert.Zero(t, events[0].Duration)

		cancelled, cancel := context.WithCancel(t.Context())
		time.AfterFunc(100*time.Millisecond, cancel)
		require.ErrorIs(t, client.Call(cancelled, slow, nil, nil), context.Canceled)
		events = o.take()
		require.Len(t, events, 1)
		assert.ErrorIs(t, events[0].Err, context.Canceled)
		assert.Equal(t, 100*time.Millisecond, events[0].Duration)
	})
}

// What Retried says is the delay that was: none is told of one that its caller did not wait out.
func TestObserverOfDelays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var o observer
		client := newClient(t, restapi.WithObserver(o.observe),
			restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 2, BaseDelay: time.Hour, MaxDelay: time.Hour}),
			inMemory(func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: 503, Body: http.NoBody}, nil
			}))
		start := time.Now()
		require.Error(t, client.Call(t.Context(), setCommand, nil, nil))
		events := o.take()
		require.Len(t, events, 1)
		assert.Equal(t, time.Since(start), events[0].Duration)

		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Nanosecond, cancel)
		require.Error(t, client.Call(ctx, setCommand, nil, nil))
		assert.Empty(t, o.take())
	})
}

// A move to the standby is told once, by the call that finds out, and so is the way back.
func TestObserverOfHosts(t *testing.T) {
	t.Parallel()
	n := newNetwork(t)
	var o observer
	client := n.client(t, restapi.WithObserver(o.observe))
	send := func() []restapi.Event {
		t.Helper()
		require.NoError(t, client.Call(t.Context(), addCommand, nil, nil))
		return o.take()
	}
	assert.Empty(t, send())
	for range 2 {
		n.set(primaryHost, true)
		events := send()
		require.Len(t, events, 1)
		assert.Equal(t, restapi.FailedOver, events[0].Kind)
		assert.Equal(t, addCommand, events[0].Command)
		require.ErrorIs(t, events[0].Err, restapi.ErrTemporary)
		require.ErrorContains(t, events[0].Err, "connection refused")
		assert.Empty(t, send())
		restapi.SkipHostPause(client)
		assert.Empty(t, send(), "the probe fails: still the same outage")

		n.set(primaryHost, false)
		assert.Empty(t, send(), "nobody has looked yet")
		restapi.SkipHostPause(client)
		assert.Equal(t, []restapi.Event{{Kind: restapi.FailedBack, Command: addCommand}}, send())
		assert.Empty(t, send())
	}
}

func TestObserverOfDerivedClients(t *testing.T) {
	t.Parallel()
	var first, second observer
	f := newFake(t, fail(60008))
	client := f.client(t, restapi.WithObserver(first.observe))
	for _, test := range []struct {
		opts          []restapi.Option
		first, second bool
	}{
		{nil, true, false},
		{[]restapi.Option{restapi.WithObserver(second.observe)}, false, true},
		{[]restapi.Option{restapi.WithObserver(nil)}, false, false},
	} {
		derived, err := client.With(test.opts...)
		require.NoError(t, err)
		require.Error(t, derived.Call(t.Context(), setCommand, nil, nil))
		assert.Equal(t, test.first, len(first.take()) > 0)
		assert.Equal(t, test.second, len(second.take()) > 0)
	}
}

// A panic of the observer comes out of the call, and the client is none the worse.
func TestObserverThatPanics(t *testing.T) {
	t.Parallel()
	n := newNetwork(t)
	panics := true
	client := n.client(t, restapi.WithObserver(func(context.Context, restapi.Event) {
		if panics {
			panic("bug")
		}
	}))
	n.set(primaryHost, true)
	call := func() { _ = client.Call(t.Context(), addCommand, nil, nil) }
	assert.PanicsWithValue(t, "bug", call)
	n.set(primaryHost, false)
	restapi.SkipHostPause(client)
	assert.PanicsWithValue(t, "bug", call, "with the answer of the first host still unread")
	panics = false
	require.NoError(t, client.Call(t.Context(), addCommand, nil, nil))
}

// observed returns a client with and one without an observer.
func observed(t testing.TB) (used, unused *restapi.Client) {
	t.Helper()
	client, err := restapi.NewClient(restapi.Singapore, appID, secret)
	require.NoError(t, err)
	used, err = client.With(restapi.WithObserver(func(context.Context, restapi.Event) {}))
	require.NoError(t, err)
	return used, client
}

func TestObserverDoesNotAllocate(t *testing.T) {
	used, unused := observed(t)
	assert.Zero(t, testing.AllocsPerRun(100, func() { restapi.PassObserver(t.Context(), unused, setCommand, 1) }))
	assert.Zero(t, testing.AllocsPerRun(100, func() { restapi.PassObserver(t.Context(), used, setCommand, 1) }))
}

// Without an observer an attempt takes less than 2 ns longer. The fastest of many short runs counts, in which nothing
// came between, and there are more of them until one is fast enough: only code that is never that fast fails.
func TestObserverThatIsNotThere(t *testing.T) {
	if raceDetector || testing.CoverMode() != "" {
		t.Skip("code that is instrumented is slower")
	}
	const most, times, patience = 2 * time.Nanosecond, 1000, 5 * time.Second
	_, client := observed(t)
	fastest := time.Duration(1<<63 - 1)
	for start := time.Now(); fastest >= most*times && time.Since(start) < patience; {
		began := time.Now()
		restapi.PassObserver(t.Context(), client, setCommand, times)
		fastest = min(fastest, time.Since(began))
	}
	assert.Less(t, fastest, most*times, "for %d attempts", times)
}
