package restapi_test

import (
	"cmp"
	"context"
	"errors"
	"math"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// admitted runs workers that call cmd as fast as the limiter lets them for d, and returns the times of the calls.
func admitted(t *testing.T, l restapi.Limiter, cmd restapi.Command, workers int, d time.Duration) []time.Duration {
	t.Helper()
	var mu sync.Mutex
	var at []time.Duration
	var wg sync.WaitGroup
	start := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	for range workers {
		wg.Go(func() {
			for l.Wait(ctx, cmd) == nil {
				mu.Lock()
				at = append(at, time.Since(start))
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return at
}

// busiest returns the most calls in any window of one second.
func busiest(at []time.Duration) int {
	most, first := 0, 0
	for last := range at {
		for at[last]-at[first] >= time.Second {
			first++
		}
		most = max(most, last-first+1)
	}
	return most
}

func TestLimiterKeepsTheDocumentedRate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		cfg      restapi.LimiterConfig
		limit    int
		most     int // in any second
		atLeast  int // in ten seconds
		perTen   int
		firstNow int // at once
	}{
		{"200 a second", restapi.LimiterConfig{}, 200, 200, 1800, 1820, 20},
		{"no limit stated", restapi.LimiterConfig{}, 0, 200, 1800, 1820, 20},
		{"100 a second", restapi.LimiterConfig{}, 100, 100, 900, 910, 10},
		{"10 a second", restapi.LimiterConfig{}, 10, 10, 90, 91, 1},
		{"one a second", restapi.LimiterConfig{}, 1, 1, 10, 10, 1},
		{"a quarter of 200", restapi.LimiterConfig{Share: 0.25}, 200, 50, 450, 455, 5},
		{"a quarter of one", restapi.LimiterConfig{Share: 0.25}, 1, 1, 3, 3, 1},
		{"raised to 500", restapi.LimiterConfig{PerSecond: map[string]int{"a/b": 500}}, 200, 500, 4500, 4550, 50},
		{"raised another command", restapi.LimiterConfig{PerSecond: map[string]int{"a/c": 500}}, 200, 200, 1800, 1820, 20},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				cmd := restapi.Command{Service: "a", Name: "b", PerSecond: test.limit}
				at := admitted(t, restapi.NewLimiter(test.cfg), cmd, 30, 10*time.Second)
				assert.LessOrEqual(t, busiest(at), test.most)
				assert.GreaterOrEqual(t, len(at), test.atLeast)
				assert.LessOrEqual(t, len(at), test.perTen)
				now := 0
				for now < len(at) && at[now] == 0 {
					now++
				}
				assert.Equal(t, test.firstNow, now, "the burst")
			})
		})
	}
}

// A command that is called by its name alone keeps to its documented limit.
func TestLimitOfACommandByItsName(t *testing.T) {
	t.Parallel()
	all, err := spec.Commands()
	require.NoError(t, err)
	for _, doc := range all {
		parts := strings.Split(doc.Path, "/")
		cmd := restapi.Command{Service: parts[1], Name: parts[2]}
		assert.Equal(t, cmp.Or(doc.PerSecond, 200), cmd.Limit(), doc.Path)
		cmd.PerSecond = 300
		assert.Equal(t, 300, cmd.Limit(), "what the command says itself goes first")
	}
	assert.Equal(t, 200, restapi.Command{Service: "no", Name: "such"}.Limit())

	synctest.Test(t, func(t *testing.T) {
		revoke := restapi.Command{Service: "timpush", Name: "revoke"}
		at := admitted(t, restapi.NewLimiter(restapi.LimiterConfig{}), revoke, 30, 10*time.Second)
		assert.Len(t, at, 10)
		assert.Equal(t, 1, busiest(at))
		raised := restapi.LimiterConfig{PerSecond: map[string]int{"timpush/revoke": 50}}
		at = admitted(t, restapi.NewLimiter(raised), revoke, 60, 10*time.Second)
		assert.InDelta(t, 50, busiest(at), 1)
	})
}

func TestCommandsHaveBudgetsOfTheirOwn(t *testing.T) {
	t.Parallel()
	l := restapi.NewLimiter(restapi.LimiterConfig{FailFast: true})
	for _, name := range []string{"a", "b", "c"} {
		cmd := restapi.Command{Service: "s", Name: name, PerSecond: 1}
		require.NoError(t, l.Wait(t.Context(), cmd))
		require.ErrorIs(t, l.Wait(t.Context(), cmd), restapi.ErrRateLimited)
	}
}

func TestLimiterRefusesAtOnceWhatCannotBeInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := restapi.NewLimiter(restapi.LimiterConfig{})
		start := time.Now()
		for range 20 { // the burst
			require.NoError(t, l.Wait(t.Context(), setCommand))
		}
		within := func(d time.Duration) error {
			ctx, cancel := context.WithTimeout(t.Context(), d)
			defer cancel()
			return l.Wait(ctx, setCommand)
		}
		err := within(5 * time.Millisecond) // the next token comes after 5.6 ms
		var limited *restapi.RateLimitError
		require.ErrorAs(t, err, &limited)
		assert.Equal(t, setCommand, limited.Command)
		assert.InDelta(t, 5.55, float64(limited.RetryAfter)/1e6, 0.1)
		assert.Zero(t, time.Since(start), "at once")
		require.NoError(t, within(6*time.Millisecond))

		// Those who wait already come first: behind nine, the tenth turn is 55 ms away.
		var wg sync.WaitGroup
		for range 9 {
			wg.Go(func() { assert.NoError(t, within(time.Second)) })
		}
		synctest.Wait()
		require.ErrorIs(t, within(50*time.Millisecond), restapi.ErrRateLimited)
		require.NoError(t, within(60*time.Millisecond))
		wg.Wait()
	})
}

func TestLimiterMaxWaitAndFailFast(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		slow := restapi.Command{Service: "a", Name: "b", PerSecond: 2} // one now, one a second
		patient := restapi.NewLimiter(restapi.LimiterConfig{MaxWait: 1500 * time.Millisecond})
		require.NoError(t, patient.Wait(t.Context(), slow))
		require.NoError(t, patient.Wait(t.Context(), slow))
		var wg sync.WaitGroup
		wg.Go(func() { assert.NoError(t, patient.Wait(t.Context(), slow)) })
		synctest.Wait()
		require.ErrorIs(t, patient.Wait(t.Context(), slow), restapi.ErrRateLimited, "two seconds are too long")
		wg.Wait()

		hasty := restapi.NewLimiter(restapi.LimiterConfig{FailFast: true})
		require.NoError(t, hasty.Wait(t.Context(), slow))
		require.ErrorIs(t, hasty.Wait(t.Context(), slow), restapi.ErrRateLimited)
		time.Sleep(time.Second)
		require.NoError(t, hasty.Wait(t.Context(), slow))
	})
}

// A caller that gives up takes nothing with it: its turn goes to the next.
func TestGivingUpWhileWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := restapi.NewLimiter(restapi.LimiterConfig{})
		slow := restapi.Command{Service: "a", Name: "b", PerSecond: 1}
		require.NoError(t, l.Wait(t.Context(), slow))
		start := time.Now()
		ctx, cancel := context.WithCancelCause(t.Context())
		var wg sync.WaitGroup
		stop := errors.New("stop")
		for range 5 {
			wg.Go(func() {
				err := l.Wait(ctx, slow)
				assert.ErrorIs(t, err, context.Canceled)
				assert.ErrorIs(t, err, stop)
			})
		}
		synctest.Wait()
		wg.Go(func() {
			assert.NoError(t, l.Wait(t.Context(), slow))
			assert.Equal(t, 1050*time.Millisecond, time.Since(start).Round(time.Millisecond))
		})
		time.Sleep(500 * time.Millisecond)
		cancel(stop)
		wg.Wait()
	})
}

func TestLimiterIsFair(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := restapi.NewLimiter(restapi.LimiterConfig{})
		slow := restapi.Command{Service: "a", Name: "b", PerSecond: 2}
		require.NoError(t, l.Wait(t.Context(), slow))
		var mu sync.Mutex
		var order []int
		var wg sync.WaitGroup
		for i := range 10 {
			wg.Go(func() {
				assert.NoError(t, l.Wait(t.Context(), slow))
				mu.Lock()
				order = append(order, i)
				mu.Unlock()
			})
			synctest.Wait()
		}
		wg.Wait()
		assert.Equal(t, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, order)
	})
}

func TestLimiterConfigIsChecked(t *testing.T) {
	t.Parallel()
	for _, cfg := range []restapi.LimiterConfig{{Share: -0.1}, {Share: 1.1}, {Share: math.NaN()}, {MaxWait: -1}} {
		assert.Panics(t, func() { restapi.NewLimiter(cfg) })
	}
}

// After a refusal the rate falls, and comes back by itself.
func TestSlowDownAndRecovery(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := restapi.NewLimiter(restapi.LimiterConfig{}).(restapi.SlowDowner)
		other := restapi.Command{Service: "a", Name: "b"}
		perSecond := func(cmd restapi.Command) int { return len(admitted(t, l, cmd, 30, time.Second)) }
		perSecond(other)
		assert.InDelta(t, 200, perSecond(setCommand), 2)
		for range 10 { // a swarm of refusals counts once
			l.SlowDown(setCommand, restapi.CodeCommandRateLimited)
		}
		assert.InDelta(t, 180*0.7, perSecond(setCommand), 4)
		assert.InDelta(t, 200, perSecond(other), 2, "another command goes on")
		for range 100 {
			l.SlowDown(setCommand, restapi.CodeCommandRateLimited)
			time.Sleep(time.Second)
		}
		assert.GreaterOrEqual(t, perSecond(setCommand), 3, "it never stops")
		time.Sleep(98 * time.Second)
		perSecond(setCommand)
		assert.InDelta(t, 180, perSecond(setCommand), 2, "back in full after a hundred seconds")

		l.SlowDown(setCommand, restapi.CodeAppRateLimited)
		assert.InDelta(t, 200*0.7, perSecond(other), 4, "a refusal of the app slows every command")
	})
}

// Those who wait when the rate falls wait longer too.
func TestSlowDownReachesTheQueue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := restapi.NewLimiter(restapi.LimiterConfig{}).(restapi.SlowDowner)
		start := time.Now()
		var wg sync.WaitGroup
		for range 20 + 180 {
			wg.Go(func() { assert.NoError(t, l.Wait(t.Context(), setCommand)) })
		}
		synctest.Wait()
		l.SlowDown(setCommand, restapi.CodeTooManyRequests)
		wg.Wait()
		assert.InDelta(t, 1/0.7, time.Since(start).Seconds(), 0.03)
	})
}

// The client tells its limiter of refusals for the rate, and of no others.
func TestClientSlowsDown(t *testing.T) {
	t.Parallel()
	for code, want := range map[restapi.Code]int{
		60007: 1, 60011: 1, 60018: 1, 60019: 1, 10006: 1, 90024: 1, 90051: 1, 90057: 1,
		10023: 0, 23003: 0, 60028: 0, 70050: 0, 40006: 0, 40003: 0,
	} {
		l := &slower{}
		f := newFake(t, fail(code))
		client := f.client(t, restapi.WithLimiter(l), restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 1}))
		require.ErrorIs(t, client.Call(t.Context(), setCommand, nil, nil), code)
		assert.Len(t, l.told, want, "%d", code)
		assert.Equal(t, 1, l.waits)
	}
}

type slower struct {
	waits int
	told  []restapi.Code
	err   error
}

func (s *slower) Wait(context.Context, restapi.Command) error {
	s.waits++
	if s.waits > 1 {
		return s.err
	}
	return nil
}
func (s *slower) SlowDown(_ restapi.Command, code restapi.Code) { s.told = append(s.told, code) }

// Each attempt takes a token; where there is none for another attempt, the failure of the last one is the answer.
func TestAttemptsTakeTokens(t *testing.T) {
	t.Parallel()
	l := &slower{}
	f := newFake(t, fail(60007), fail(60007), answer(answerOK))
	require.NoError(t, f.client(t, restapi.WithLimiter(l)).Call(t.Context(), addCommand, nil, nil))
	assert.Equal(t, 3, l.waits)

	l = &slower{err: &restapi.RateLimitError{Command: addCommand}}
	f = newFake(t, fail(60007))
	err := f.client(t, restapi.WithLimiter(l)).Call(t.Context(), addCommand, nil, nil)
	require.ErrorIs(t, err, restapi.CodeCommandRateLimited)
	assert.Len(t, f.all(), 1)
}

// A call that the limiter refuses is not sent.
func TestLocalRefusalSendsNothing(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	slow := restapi.Command{Service: "a", Name: "b", PerSecond: 1}
	client := f.client(t, restapi.WithLimiter(restapi.NewLimiter(restapi.LimiterConfig{})))
	require.NoError(t, client.Call(t.Context(), slow, nil, nil))
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	err := client.Call(ctx, slow, nil, nil)
	var limited *restapi.RateLimitError
	require.ErrorAs(t, err, &limited)
	assert.Greater(t, limited.RetryAfter, 500*time.Millisecond)
	assert.Len(t, f.all(), 1)

	broken := f.client(t, restapi.WithLimiter(waitFunc(func(context.Context) error { return errors.New("redis is down") })))
	err = broken.Call(t.Context(), slow, nil, nil)
	assert.EqualError(t, err, "a/b: waiting for the rate limit: redis is down")
	assert.Len(t, f.all(), 1)
}

type waitFunc func(context.Context) error

func (f waitFunc) Wait(ctx context.Context, _ restapi.Command) error { return f(ctx) }

// The default is on: nobody has to ask for it.
func TestLimiterIsOnByDefault(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, err := restapi.NewClient(restapi.Seoul, appID, secret, inMemory(func(*http.Request) (*http.Response, error) {
			return respond(answerOK), nil
		}))
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		n := 0
		for client.Call(ctx, setCommand, nil, nil) == nil {
			n++
		}
		assert.InDelta(t, 199, n, 1)
	})
}
