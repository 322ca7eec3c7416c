package redislimit_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/redislimit"
)

func word(arg any) string { return fmt.Sprint(arg) }

func number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

// The table of restapi.NewLimiter, with one process and with four.
func TestTheDocumentedRate(t *testing.T) {
	t.Parallel()
	raise := redislimit.WithPerSecond(map[string]int{"a/b": 500})
	tests := []struct {
		name     string
		opts     []redislimit.Option
		cfg      restapi.LimiterConfig // the same for restapi.NewLimiter
		limit    int
		most     int // in any second
		firstNow int // at once
	}{
		{"200 a second", nil, restapi.LimiterConfig{}, 200, 200, 20},
		{"no limit stated", nil, restapi.LimiterConfig{}, 0, 200, 20},
		{"100 a second", nil, restapi.LimiterConfig{}, 100, 100, 10},
		{"10 a second", nil, restapi.LimiterConfig{}, 10, 10, 1},
		{"one a second", nil, restapi.LimiterConfig{}, 1, 1, 1},
		{"a quarter of 200", []redislimit.Option{redislimit.WithShare(0.25)}, restapi.LimiterConfig{Share: 0.25}, 200, 50, 5},
		{"a quarter of one", []redislimit.Option{redislimit.WithShare(0.25)}, restapi.LimiterConfig{Share: 0.25}, 1, 1, 1},
		{"raised to 500", []redislimit.Option{raise}, restapi.LimiterConfig{PerSecond: map[string]int{"a/b": 500}}, 200, 500, 50},
	}
	for _, test := range tests {
		for _, processes := range []int{1, 4} {
			if processes > 1 && test.most > 100 {
				continue // there are real processes for that
			}
			t.Run(fmt.Sprintf("%s, %d processes", test.name, processes), func(t *testing.T) {
				t.Parallel()
				f := newFakeRedis(t)
				synctest.Test(t, func(t *testing.T) {
					cmd := restapi.Command{Service: "a", Name: "b", PerSecond: test.limit}
					client := f.client(t)
					limiters := make([]restapi.Limiter, processes)
					for i := range limiters {
						limiters[i] = newLimiter(t, client, test.opts...)
					}
					at := admitted(t, cmd, 30, 10*time.Second, limiters...)
					assert.LessOrEqual(t, busiest(at), test.most)
					now := 0
					for now < len(at) && at[now] == 0 {
						now++
					}
					assert.Equal(t, test.firstNow, now, "the burst")
					core := len(admitted(t, cmd, 30, 10*time.Second, restapi.NewLimiter(test.cfg)))
					assert.LessOrEqual(t, len(at), core)
					assert.GreaterOrEqual(t, float64(len(at)), 0.985*float64(core), "of what restapi.NewLimiter admits")
				})
			})
		}
	}
}

// A command that is called by its name alone keeps to its documented limit, one for all processes.
func TestLimitOfACommandByItsName(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		revoke := restapi.Command{Service: "timpush", Name: "revoke"}
		client := f.client(t)
		at := admitted(t, revoke, 30, 10*time.Second, newLimiter(t, client), newLimiter(t, client))
		assert.Len(t, at, 10)
		assert.Equal(t, 1, busiest(at))
		raised := newLimiter(t, client, redislimit.WithPerSecond(map[string]int{"timpush/revoke": 50}))
		assert.Greater(t, len(admitted(t, revoke, 60, 10*time.Second, raised)), 400)
	})
}

func TestCommandsAndAppsHaveBudgetsOfTheirOwn(t *testing.T) {
	t.Parallel()
	mini := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: mini.Addr()})
	defer client.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	for _, app := range []uint64{appID, appID + 1} {
		l, err := redislimit.New(client, app, redislimit.WithTimeout(500*time.Millisecond))
		require.NoError(t, err)
		for _, name := range []string{"a", "b"} {
			cmd := restapi.Command{Service: "s", Name: name, PerSecond: 1}
			require.NoError(t, l.Wait(ctx, cmd))
			require.ErrorIs(t, l.Wait(ctx, cmd), restapi.ErrRateLimited)
		}
	}
}

// A call that cannot be in time is refused at once and takes no slot.
func TestDeadlineRefusalReservesNothing(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		client := f.client(t)
		l, other := newLimiter(t, client), newLimiter(t, client)
		within := func(d time.Duration) error {
			ctx, cancel := context.WithTimeout(t.Context(), d)
			defer cancel()
			return l.Wait(ctx, setCommand)
		}
		for range 20 {
			require.NoError(t, other.Wait(t.Context(), setCommand))
		}
		before, err := f.mini.Get("tencentchat:{1400000001}:profile/portrait_set")
		require.NoError(t, err)
		start := time.Now()
		for range 50 {
			var limited *restapi.RateLimitError
			require.ErrorAs(t, within(5*time.Millisecond), &limited)
			assert.Equal(t, setCommand, limited.Command)
			assert.InDelta(t, 5.6, float64(limited.RetryAfter)/1e6, 0.1)
		}
		assert.Zero(t, time.Since(start), "at once")
		after, err := f.mini.Get("tencentchat:{1400000001}:profile/portrait_set")
		require.NoError(t, err)
		assert.Equal(t, before, after)
		require.NoError(t, within(6*time.Millisecond))
		assert.Equal(t, 5608*time.Microsecond, time.Since(start))
	})
}

func TestFirstComeFirstServed(t *testing.T) {
	t.Parallel()
	for _, lease := range []int{1, 4} {
		f := newFakeRedis(t)
		synctest.Test(t, func(t *testing.T) {
			l := newLimiter(t, f.client(t), redislimit.WithLease(lease))
			var at [100]time.Time
			var wg sync.WaitGroup
			for i := range at {
				wg.Go(func() {
					assert.NoError(t, l.Wait(t.Context(), setCommand))
					at[i] = time.Now()
				})
				synctest.Wait()
			}
			wg.Wait()
			assert.True(t, slices.IsSortedFunc(at[:], time.Time.Compare))
			assert.NotEqual(t, at[98], at[99])
		})
	}
}

// Those that give up leave their slots to those behind them, and no more calls than before go.
func TestGivingUp(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(t, f.client(t))
		slow := restapi.Command{Service: "a", Name: "b", PerSecond: 1}
		require.NoError(t, l.Wait(t.Context(), slow))
		start := time.Now()
		stop := errors.New("stop")
		ctx, cancel := context.WithCancelCause(t.Context())
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() {
				err := l.Wait(ctx, slow)
				assert.ErrorIs(t, err, context.Canceled)
				assert.ErrorIs(t, err, stop)
			})
		}
		synctest.Wait()
		var last time.Duration
		wg.Go(func() {
			assert.NoError(t, l.Wait(t.Context(), slow))
			last = time.Since(start)
		})
		time.Sleep(500 * time.Millisecond)
		cancel(stop)
		wg.Wait()
		assert.Equal(t, 1050*time.Millisecond, last)
		require.ErrorIs(t, l.Wait(ctx, slow), stop, "a context that has ended already")

		// A slot that nobody took in this process serves the next who comes.
		calls := f.calls.Load()
		short, cancelShort := context.WithTimeout(t.Context(), 1000*time.Millisecond)
		defer cancelShort()
		require.ErrorIs(t, l.Wait(short, slow), restapi.ErrRateLimited)
		require.NoError(t, l.Wait(t.Context(), slow))
		assert.Equal(t, 2100*time.Millisecond, time.Since(start))
		assert.Equal(t, calls, f.calls.Load())
	})
}

// About one call to Redis for each call that goes, and fewer with leases.
func TestCallsToRedis(t *testing.T) {
	t.Parallel()
	for lease, atMost := range map[int]float64{1: 1.02, 5: 0.22, 10: 0.12} {
		t.Run(strconv.Itoa(lease), func(t *testing.T) {
			t.Parallel()
			f := newFakeRedis(t)
			synctest.Test(t, func(t *testing.T) {
				client := f.client(t)
				l1, l2 := newLimiter(t, client, redislimit.WithLease(lease)), newLimiter(t, client, redislimit.WithLease(lease))
				f.delay.Store(int64(200 * time.Microsecond))
				at := admitted(t, setCommand, 16, 10*time.Second, l1, l2)
				assert.LessOrEqual(t, busiest(at), 200)
				assert.GreaterOrEqual(t, len(at), 1780)
				ratio := float64(f.calls.Load()) / float64(len(at))
				t.Logf("%.3f calls to Redis for each call", ratio)
				assert.LessOrEqual(t, ratio, atMost)
				assert.GreaterOrEqual(t, ratio, 0.5/float64(lease))
			})
		})
	}
}

// Leased slots are spread over the time to come.
func TestLeasedSlotsAreSpread(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(t, f.client(t), redislimit.WithLease(10))
		require.NoError(t, l.Wait(t.Context(), setCommand))
		calls := f.calls.Load()
		for range 3 {
			time.Sleep(14 * time.Millisecond)
			start := time.Now()
			require.NoError(t, l.Wait(t.Context(), setCommand))
			assert.Less(t, time.Since(start), 6*time.Millisecond)
		}
		assert.Equal(t, calls, f.calls.Load())

		// They are given up when the service refuses calls.
		time.Sleep(time.Second)
		require.NoError(t, l.Wait(t.Context(), setCommand))
		l.SlowDown(setCommand, restapi.CodeTooManyRequests)
		calls = f.calls.Load()
		require.NoError(t, l.Wait(t.Context(), setCommand))
		assert.Equal(t, calls+1, f.calls.Load())
	})
}

// Leased slots that are not used then cannot be used later.
func TestLeasedSlotsExpire(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		client := f.client(t)
		var limiters []restapi.Limiter
		for range 4 {
			limiters = append(limiters, newLimiter(t, client, redislimit.WithLease(40)))
		}
		// One call each, which leases most of a quarter of a second, and then all that there is.
		var mu sync.Mutex
		var at []time.Duration
		start := time.Now()
		for _, pause := range []time.Duration{0, 3, 20, 100, 230, 1000} {
			time.Sleep(pause * time.Millisecond)
			for _, l := range limiters {
				require.NoError(t, l.Wait(t.Context(), setCommand))
				at = append(at, time.Since(start))
			}
		}
		time.Sleep(50 * time.Millisecond)
		since := time.Since(start)
		for _, a := range admitted(t, setCommand, 100, 3*time.Second, limiters...) {
			mu.Lock()
			at = append(at, since+a)
			mu.Unlock()
		}
		assert.LessOrEqual(t, busiest(at), 200)

		one := restapi.Command{Service: "a", Name: "b", PerSecond: 1}
		require.NoError(t, limiters[0].Wait(t.Context(), one))
		start = time.Now()
		require.NoError(t, limiters[1].Wait(t.Context(), one))
		assert.Equal(t, 1050*time.Millisecond, time.Since(start), "slow commands are not leased")
	})
}

// A refusal lowers the rate of all processes, and of all commands where it is about the app.
func TestSlowDown(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		client := f.client(t)
		l1, l2 := newLimiter(t, client, redislimit.WithLease(5)), newLimiter(t, client)
		other := restapi.Command{Service: "a", Name: "b"}
		perSecond := func(cmd restapi.Command) int { return len(admitted(t, cmd, 10, time.Second, l1, l2)) }
		drained := func(cmd restapi.Command) int { perSecond(cmd); return perSecond(cmd) }
		assert.InDelta(t, 178, drained(setCommand), 3)
		for range 10 { // a swarm of refusals counts once, from whomever
			l1.SlowDown(setCommand, restapi.CodeCommandRateLimited)
			l2.SlowDown(setCommand, restapi.CodeCommandRateLimited)
		}
		perSecond(setCommand)
		assert.InDelta(t, 178*0.72, perSecond(setCommand), 4)
		assert.InDelta(t, 178, drained(other), 3, "another command goes on")
		for range 100 {
			l1.SlowDown(setCommand, restapi.CodeCommandRateLimited)
			time.Sleep(time.Second)
		}
		assert.GreaterOrEqual(t, perSecond(setCommand), 3, "it never stops")
		time.Sleep(98 * time.Second)
		assert.InDelta(t, 178, drained(setCommand), 3, "back in full after a hundred seconds")

		l2.SlowDown(setCommand, restapi.CodeAppRateLimited)
		perSecond(other)
		assert.InDelta(t, 178*0.72, perSecond(other), 4)
	})
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	client := redis.NewClient(&redis.Options{})
	defer client.Close()
	tests := map[string]redislimit.Option{
		"option is nil":          nil,
		"share must":             redislimit.WithShare(math.NaN()),
		"fallbackShare must":     redislimit.WithFallbackShare(1.5),
		"lease is 0":             redislimit.WithLease(0),
		"timeout must":           redislimit.WithTimeout(0),
		"prefix must":            redislimit.WithPrefix("{a}"),
		"logger is nil":          redislimit.WithLogger(nil),
		"perSecond of a/b is -1": redislimit.WithPerSecond(map[string]int{"a/b": -1}),
		"perMinute of a/b is 0":  redislimit.WithPerMinute(map[string]int{"a/b": 0}),
	}
	for text, opt := range tests {
		_, err := redislimit.New(client, appID, opt)
		require.ErrorIs(t, err, restapi.ErrInvalidArgument, text)
		assert.Contains(t, err.Error(), "redislimit: restapi: invalid argument: "+text)
	}
	_, err := redislimit.New(nil, appID)
	require.ErrorIs(t, err, restapi.ErrInvalidArgument)
	_, err = redislimit.New(client, 0, redislimit.WithLogger(slog.Default()))
	require.ErrorIs(t, err, restapi.ErrInvalidArgument)
}
