package redislimit_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/redislimit"
)

var errGone = errors.New("connection refused")

// A switchLog is what a limiter says of Redis.
type switchLog struct {
	mu     sync.Mutex
	falls  []error
	backs  int
	fellAt time.Time
	backAt time.Time
	text   bytes.Buffer
}

func (s *switchLog) options() []redislimit.Option {
	return []redislimit.Option{
		redislimit.WithLogger(slog.New(slog.NewTextHandler(s, nil))),
		redislimit.WithOnFallback(func(ctx context.Context, err error) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.falls, s.fellAt = append(s.falls, err), time.Now()
			if ctx.Err() != nil {
				panic("the context has ended")
			}
		}),
		redislimit.WithOnRecover(func(context.Context) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.backs, s.backAt = s.backs+1, time.Now()
		}),
	}
}

func (s *switchLog) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *switchLog) count() (falls, backs int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.falls), s.backs
}

// Whatever happens to Redis, calls go on, it is said once, and the limiter comes back by itself.
func TestFallbackAndBack(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		fail    func(f *fakeRedis)
		heal    func(f *fakeRedis)
		noticed time.Duration
		is      error
	}{
		{"gone", func(f *fakeRedis) { f.fault.Store(&errGone) }, func(f *fakeRedis) { f.fault.Store(nil) }, 0, errGone},
		{"slow", func(f *fakeRedis) { f.delay.Store(int64(51 * time.Millisecond)) }, func(f *fakeRedis) { f.delay.Store(0) }, 50 * time.Millisecond, redislimit.ErrSlow},
		{"slow, and the client heeds no context", func(f *fakeRedis) {
			f.deaf.Store(true)
			f.delay.Store(int64(51 * time.Millisecond))
		}, func(f *fakeRedis) { f.delay.Store(0) }, 50 * time.Millisecond, redislimit.ErrSlow},
		{"stuck", func(f *fakeRedis) { f.stuck.Store(true) }, func(f *fakeRedis) { f.stuck.Store(false) }, 50 * time.Millisecond, redislimit.ErrSlow},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFakeRedis(t)
			synctest.Test(t, func(t *testing.T) {
				var said switchLog
				l := newLimiter(t, f.client(t), said.options()...)
				require.NoError(t, l.Wait(t.Context(), setCommand))
				time.Sleep(time.Second)

				test.fail(f)
				start := time.Now()
				var wg sync.WaitGroup
				for range 2 { // the burst of an eighth of 200
					wg.Go(func() { assert.NoError(t, l.Wait(t.Context(), setCommand)) })
				}
				wg.Wait()
				assert.Equal(t, test.noticed, time.Since(start))
				synctest.Wait()
				falls, _ := said.count()
				require.Equal(t, 1, falls)
				require.ErrorIs(t, said.falls[0], test.is)

				at := admitted(t, setCommand, 30, 10*time.Second, l)
				assert.InDelta(t, 230, len(at), 3, "an eighth of the rate")
				assert.LessOrEqual(t, busiest(at), 25)
				falls, backs := said.count()
				assert.Equal(t, []int{1, 0}, []int{falls, backs})

				test.heal(f)
				healed := time.Now()
				for {
					require.NoError(t, l.Wait(t.Context(), setCommand))
					if _, backs = said.count(); backs > 0 {
						break
					}
				}
				assert.LessOrEqual(t, said.backAt.Sub(healed), 200*time.Millisecond)
				at = admitted(t, setCommand, 30, time.Second, l)
				assert.LessOrEqual(t, len(at), 25, "until the other processes know too")
				time.Sleep(time.Second)
				at = admitted(t, setCommand, 30, 5*time.Second, l)
				assert.GreaterOrEqual(t, len(at), 5*178-20)
				assert.LessOrEqual(t, busiest(at), 200)
				assert.Equal(t, 1, strings.Count(said.text.String(), "level=WARN msg=\"redis is slow or gone"))
				assert.Equal(t, 1, strings.Count(said.text.String(), "level=INFO msg=\"redis is back"))
				assert.Contains(t, said.text.String(), "share=0.125")
			})
		})
	}
}

// The end of a caller's context is not a fault of Redis.
func TestCallersEndIsNoFault(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		var said switchLog
		l := newLimiter(t, f.client(t), said.options()...)
		require.NoError(t, l.Wait(t.Context(), setCommand)) // Redis has the script from now on
		f.delay.Store(int64(40 * time.Millisecond))
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		start := time.Now()
		var wg sync.WaitGroup
		wg.Go(func() { assert.NoError(t, l.Wait(t.Context(), setCommand), "it shares the request of the other") })
		require.ErrorIs(t, l.Wait(ctx, setCommand), context.DeadlineExceeded)
		assert.Equal(t, 10*time.Millisecond, time.Since(start))
		wg.Wait()
		time.Sleep(100 * time.Millisecond) // the slot of the one that left goes by
		canceled, stop := context.WithCancel(t.Context())
		time.AfterFunc(5*time.Millisecond, stop)
		require.ErrorIs(t, l.Wait(canceled, setCommand), context.Canceled)
		time.Sleep(time.Second)
		falls, _ := said.count()
		assert.Zero(t, falls)
	})
}

// The local share schedules as the script does: with the same calls both admit at the same moments.
func TestLocalScheduleIsThatOfTheScript(t *testing.T) {
	t.Parallel()
	for _, perSecond := range []int{1, 7, 200} {
		cmd := restapi.Command{Service: "a", Name: "b", PerSecond: perSecond}
		run := func(t *testing.T, gone, slower bool) []time.Duration {
			t.Helper()
			f := newFakeRedis(t)
			var at []time.Duration
			synctest.Test(t, func(t *testing.T) {
				if gone {
					f.fault.Store(&errGone)
				}
				l := newLimiter(t, f.client(t), redislimit.WithFallbackShare(1))
				start := time.Now()
				if slower {
					l.SlowDown(cmd, restapi.CodeTooManyRequests)
					l.SlowDown(cmd, restapi.CodeAppRateLimited)
				}
				random := rand.New(rand.NewPCG(1, 2))
				var mu sync.Mutex
				var wg sync.WaitGroup
				for range 300 {
					ctx, cancel := context.WithTimeout(t.Context(), time.Duration(random.Int64N(int64(5*time.Second))))
					wg.Go(func() {
						defer cancel()
						if l.Wait(ctx, cmd) == nil {
							mu.Lock()
							at = append(at, time.Since(start))
							mu.Unlock()
						}
					})
					if random.IntN(3) == 0 {
						time.Sleep(time.Duration(random.Int64N(int64(5*time.Second) / int64(perSecond))).Truncate(time.Microsecond))
					}
					synctest.Wait()
				}
				wg.Wait()
			})
			slices.Sort(at)
			return at
		}
		assert.Equal(t, run(t, false, false), run(t, true, false))
		shared, local := run(t, false, true), run(t, true, true)
		assert.InDelta(t, len(shared), len(local), 1)
		for i := range min(len(shared), len(local)) {
			assert.InDelta(t, shared[i].Seconds(), local[i].Seconds(), 1.5/float64(perSecond))
		}
	}
}

// When Redis goes the local share has no burst for a process that was calling.
func TestLocalShareGoesOnFromTheLastCall(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(t, f.client(t))
		require.NoError(t, l.Wait(t.Context(), setCommand))
		start := time.Now()
		f.fault.Store(&errGone)
		for i := range 3 {
			require.NoError(t, l.Wait(t.Context(), setCommand))
			assert.InDelta(t, float64(i+1)/23, time.Since(start).Seconds(), 0.001)
		}
	})
}

// Eight processes lose Redis and find it again, all busy, with a queue each.
func TestSwitchKeepsTheRate(t *testing.T) {
	t.Parallel()
	for _, lost := range []bool{false, true} { // does Redis forget?
		f := newFakeRedis(t)
		synctest.Test(t, func(t *testing.T) {
			client := f.client(t)
			var limiters []restapi.Limiter
			for range 8 {
				limiters = append(limiters, newLimiter(t, client))
			}
			f.delay.Store(int64(300 * time.Microsecond))
			time.AfterFunc(3*time.Second, func() { f.fault.Store(&errGone) })
			time.AfterFunc(7*time.Second, func() {
				if lost {
					f.mini.FlushAll()
				}
				f.fault.Store(nil)
			})
			at := admitted(t, setCommand, 32, 12*time.Second, limiters...)
			first := func(from, to time.Duration) int {
				var in []time.Duration
				for _, a := range at {
					if from <= a && a < to {
						in = append(in, a)
					}
				}
				return busiest(in)
			}
			t.Log("busiest second: before", first(0, 3*time.Second), "going", first(2*time.Second, 6*time.Second),
				"coming back", first(6*time.Second, 12*time.Second), "of all", len(at))
			assert.LessOrEqual(t, busiest(at), 200)
			assert.GreaterOrEqual(t, len(at), 2100)
		})
	}
}

// Nobody's deadline is missed for the switch, and the order holds across it.
func TestOrderAcrossTheSwitch(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(t, f.client(t))
		var at [120]time.Time
		var wg sync.WaitGroup
		for i := range at {
			switch i {
			case 60:
				f.stuck.Store(true)
			case 90:
				time.Sleep(60 * time.Millisecond)
				f.stuck.Store(false)
				time.Sleep(60 * time.Millisecond)
			}
			wg.Go(func() {
				assert.NoError(t, l.Wait(t.Context(), setCommand))
				at[i] = time.Now()
			})
			synctest.Wait()
		}
		wg.Wait()
		assert.True(t, slices.IsSortedFunc(at[:], time.Time.Compare))
	})
}

// While Redis is gone a call is refused as the local share has it.
func TestLocalRefusal(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	f.fault.Store(&errGone)
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(t, f.client(t), redislimit.WithFallbackShare(0.5))
		slow := restapi.Command{Service: "a", Name: "b", PerSecond: 2}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.NoError(t, l.Wait(ctx, slow))
		var limited *restapi.RateLimitError
		require.ErrorAs(t, l.Wait(ctx, slow), &limited)
		assert.Equal(t, 1050*time.Millisecond, limited.RetryAfter)
	})
}

// SlowDown reaches the local share while Redis is gone, and never waits longer than the limit.
func TestSlowDownWithoutRedis(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		var said switchLog
		l := newLimiter(t, f.client(t), said.options()...)
		require.NoError(t, l.Wait(t.Context(), setCommand))
		f.stuck.Store(true)
		start := time.Now()
		l.SlowDown(setCommand, restapi.CodeCommandRateLimited)
		assert.Equal(t, 50*time.Millisecond, time.Since(start))
		require.ErrorIs(t, said.falls[0], redislimit.ErrSlow)
		time.Sleep(time.Second)
		l.SlowDown(setCommand, restapi.CodeAppRateLimited)
		l.SlowDown(setCommand, restapi.CodeAppRateLimited)
		assert.Equal(t, 1050*time.Millisecond, time.Since(start), "Redis is not asked")
		admitted(t, setCommand, 10, time.Second, l)
		assert.InDelta(t, 5*23*0.7*0.7, len(admitted(t, setCommand, 10, 5*time.Second, l)), 7)
		f.stuck.Store(false)
	})
}

// A Redis that comes and goes is asked less often.
func TestProbesAreBounded(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		var said switchLog
		l := newLimiter(t, f.client(t), append(said.options(), redislimit.WithFallbackShare(1))...)
		f.fault.Store(&errGone)
		admitted(t, setCommand, 10, 10*time.Second, l)
		assert.InDelta(t, 100, f.calls.Load(), 5, "ten probes a second")

		f.calls.Store(0)
		f.stuck.Store(true)
		admitted(t, setCommand, 10, 10*time.Second, l)
		assert.LessOrEqual(t, f.calls.Load(), int64(4), "those that hang are few")
		f.stuck.Store(false)
		f.fault.Store(nil)

		before, _ := said.count()
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		var wg sync.WaitGroup
		wg.Go(func() {
			for ctx.Err() == nil {
				f.fault.Store(&errGone)
				time.Sleep(20 * time.Millisecond)
				f.fault.Store(nil)
				time.Sleep(20 * time.Millisecond)
			}
		})
		admitted(t, setCommand, 10, 20*time.Second, l)
		wg.Wait()
		after, _ := said.count()
		t.Log(after-before, "switches in 20 s of flapping")
		assert.Greater(t, after, before)
		assert.LessOrEqual(t, after-before, 30)
	})
}

// What Redis answers to a script that it cannot run is not a failure of a call either.
func TestUnusableRedis(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		var said switchLog
		client := f.client(t)
		l := newLimiter(t, client, said.options()...)
		f.mini.SetError("READONLY You can't write against a read only replica.")
		require.NoError(t, l.Wait(t.Context(), setCommand))
		synctest.Wait()
		falls, _ := said.count()
		require.Equal(t, 1, falls)
		assert.Contains(t, said.falls[0].Error(), "READONLY")
	})
	client := redis.NewClient(&redis.Options{})
	require.NoError(t, client.Close())
	require.NoError(t, newLimiter(t, client).Wait(t.Context(), setCommand), "a client that is closed")
}
