package redislimit_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/redislimit"
)

var batchCommand = restapi.Command{Service: "openim", Name: "batchsendmsg", PerSecond: 200, CostPerMinute: 12000}

const batchKey = "tencentchat:{1400000001}:openim/batchsendmsg"

// ahead returns for how long the key of a schedule reaches.
func ahead(t *testing.T, f *fakeRedis, key string) float64 {
	t.Helper()
	value, err := f.mini.Get(key)
	require.NoError(t, err)
	return float64(number(value)-time.Now().UnixMicro()) / 1e6
}

// A paid is a call that went, and what it cost.
type paid struct {
	at   time.Duration
	cost int
}

// spend runs workers for each limiter that call batchCommand as fast as it lets them for d, with the costs that next
// returns.
func spend(t *testing.T, workers int, d time.Duration, next func() int, limiters ...*redislimit.Limiter) []paid {
	t.Helper()
	var mu sync.Mutex
	var calls []paid
	var wg sync.WaitGroup
	start := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	for _, l := range limiters {
		for range workers {
			wg.Go(func() {
				for {
					mu.Lock()
					cost := next()
					mu.Unlock()
					if l.WaitN(ctx, batchCommand, cost) != nil {
						return
					}
					mu.Lock()
					calls = append(calls, paid{time.Since(start), cost})
					mu.Unlock()
				}
			})
		}
	}
	wg.Wait()
	return calls
}

// dearest returns the highest cost of any window of one minute, and the cost of all.
func dearest(calls []paid) (most, all int) {
	in, first := 0, 0
	for _, call := range calls {
		in += call.cost
		all += call.cost
		for call.at-calls[first].at >= time.Minute {
			in -= calls[first].cost
			first++
		}
		most = max(most, in)
	}
	return most, all
}

func always(cost int) func() int { return func() int { return cost } }

// Two processes keep every minute of what they share, and use it.
func TestMinuteOfTwoProcesses(t *testing.T) {
	t.Parallel()
	anything := func() func() int {
		random := rand.New(rand.NewPCG(1, 2))
		return func() int { return 1 + random.IntN(500) }
	}
	raised := redislimit.WithPerMinute(map[string]int{"openim/batchsendmsg": 60000})
	tests := []struct {
		name  string
		opts  []redislimit.Option
		limit int
		next  func() int
		used  float64 // the least part of the rate, which is nine tenths of the limit
	}{
		{"batches of 500", nil, 12000, always(500), 0.95},
		{"batches of all sizes", nil, 12000, anything(), 0.95},
		{"raised, 3,000 receivers", []redislimit.Option{raised}, 60000, always(3000), 0.95},
		{"leases are not for them", []redislimit.Option{redislimit.WithLease(10)}, 12000, always(500), 0.95},
		{"more than the burst", []redislimit.Option{redislimit.WithShare(0.25)}, 3000, always(500), 0.65},
		{"around the burst", []redislimit.Option{redislimit.WithShare(0.25)}, 3000, anything(), 0.8},
		{"all of a minute", []redislimit.Option{redislimit.WithShare(0.05)}, 600, always(600), 0.5},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFakeRedis(t)
			synctest.Test(t, func(t *testing.T) {
				client := f.client(t)
				f.delay.Store(int64(200 * time.Microsecond))
				const minutes = 10
				calls := spend(t, 4, minutes*time.Minute, test.next,
					newLimiter(t, client, test.opts...), newLimiter(t, client, test.opts...))
				most, all := dearest(calls)
				rate := 0.9 * float64(test.limit)
				t.Logf("%d at most in a minute, %.1f %% of the rate", most, 100*float64(all)/rate/minutes)
				assert.LessOrEqual(t, most, test.limit)
				assert.GreaterOrEqual(t, float64(all), test.used*rate*minutes)
			})
		})
	}
}

// The calls of a second are kept besides what they cost.
func TestCostAndCallsTogether(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		client := f.client(t)
		turn := 0
		calls := spend(t, 32, 90*time.Second, func() int {
			if turn++; turn%300 == 0 {
				return 2000
			}
			return 1
		}, newLimiter(t, client), newLimiter(t, client))
		most, _ := dearest(calls)
		assert.LessOrEqual(t, most, 12000)
		at := make([]time.Duration, len(calls))
		for i, call := range calls {
			at[i] = call.at
		}
		assert.LessOrEqual(t, busiest(at), 200)
		assert.Greater(t, busiest(at), 150, "the seconds are full")
	})
}

// A call that cannot be in time is refused at once and takes nothing from either limit, as restapi.NewLimiter has it.
func TestRefusedForItsCost(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(t, f.client(t))
		core := restapi.NewLimiter(restapi.LimiterConfig{}).(restapi.CostLimiter)
		within := func(l restapi.CostLimiter, d time.Duration, cost int) error {
			ctx, cancel := context.WithTimeout(t.Context(), d)
			defer cancel()
			return l.WaitN(ctx, batchCommand, cost)
		}
		state := func() [2]string {
			calls, err := f.mini.Get(batchKey)
			require.NoError(t, err)
			cost, err := f.mini.Get(batchKey + ":cost")
			require.NoError(t, err)
			return [2]string{calls, cost}
		}
		for _, each := range []restapi.CostLimiter{l, core} {
			require.NoError(t, within(each, time.Second, 1200))
		}
		before, start := state(), time.Now()
		for range 50 {
			for _, each := range []restapi.CostLimiter{l, core} {
				var limited *restapi.RateLimitError
				require.ErrorAs(t, within(each, 2700*time.Millisecond, 500), &limited)
				assert.Equal(t, batchCommand, limited.Command)
				assert.InDelta(t, 2.778, limited.RetryAfter.Seconds(), 0.002)
			}
		}
		assert.Zero(t, time.Since(start), "at once")
		assert.Equal(t, before, state())
		require.NoError(t, within(l, 2790*time.Millisecond, 500))
		assert.InDelta(t, 2.778, time.Since(start).Seconds(), 0.002)

		const text = "openim/batchsendmsg: invalid argument: cost is 12001, must be at most 12000, which is all of a minute"
		require.EqualError(t, l.WaitN(t.Context(), batchCommand, 12001), text)
		require.EqualError(t, core.WaitN(t.Context(), batchCommand, 12001), text)
	})
}

// A limit by cost may be that of the options alone, or come with a later call.
func TestWhereTheLimitByCostComesFrom(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(t, f.client(t), redislimit.WithPerMinute(map[string]int{setCommand.String(): 100}))
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		for _, cost := range []int{7, 0, -5} {
			require.NoError(t, l.WaitN(ctx, setCommand, cost))
		}
		require.NoError(t, l.Wait(ctx, setCommand))
		require.ErrorIs(t, l.Wait(ctx, setCommand), restapi.ErrRateLimited)

		for range 10 {
			require.NoError(t, l.WaitN(ctx, restapi.Command{Service: "openim", Name: "batchsendmsg"}, 1000), "no limit known")
		}
		require.NoError(t, l.WaitN(ctx, batchCommand, 1200))
		require.ErrorIs(t, l.WaitN(ctx, batchCommand, 100), restapi.ErrRateLimited)
	})
}

// The slot of a call that gives up goes to the next one only if it paid for what that costs.
func TestSlotsOfCallsThatGiveUp(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		costs []int
		at    []float64 // when those behind the first one go, in units of cost
	}{
		"cheaper in front": {[]int{100, 1000, 50}, []float64{1100, 1150}},
		"dearer in front":  {[]int{1000, 100, 1000}, []float64{1000, 2100}},
		"all alike":        {[]int{500, 500, 500}, []float64{500, 1000}},
	} {
		f := newFakeRedis(t)
		synctest.Test(t, func(t *testing.T) {
			l := newLimiter(t, f.client(t))
			require.NoError(t, l.WaitN(t.Context(), batchCommand, 1200))
			start := time.Now()
			first, stop := context.WithCancel(t.Context())
			var at [3]time.Duration
			var wg sync.WaitGroup
			for i, cost := range test.costs {
				ctx := t.Context()
				if i == 0 {
					ctx = first
				}
				wg.Go(func() {
					assert.Equal(t, i == 0, l.WaitN(ctx, batchCommand, cost) != nil)
					at[i] = time.Since(start)
				})
				synctest.Wait()
			}
			time.Sleep(100 * time.Millisecond)
			stop()
			wg.Wait()
			for i, units := range test.at {
				assert.InDelta(t, units*60/10800, at[i+1].Seconds(), 0.01, "%s: %d", name, i)
			}
		})
	}
}

func TestCostIsFirstComeFirstServed(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(t, f.client(t))
		require.NoError(t, l.WaitN(t.Context(), batchCommand, 1200))
		var mu sync.Mutex
		var order []int
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				assert.NoError(t, l.WaitN(t.Context(), batchCommand, 1+i%2*499))
				mu.Lock()
				defer mu.Unlock()
				order = append(order, i)
			})
			synctest.Wait()
		}
		wg.Wait()
		assert.True(t, slices.IsSorted(order))
	})
}

// A process without Redis keeps to its share of the cost too, as the script schedules it, and sends what is more than
// that.
func TestLocalShareOfTheCost(t *testing.T) {
	t.Parallel()
	for share, limit := range map[float64]int{1: 12000, 1.0 / 8: 1500, 1.0 / 30: 500} { // the last is less than a batch
		run := func(t *testing.T, gone bool, opts ...redislimit.Option) []paid {
			t.Helper()
			f := newFakeRedis(t)
			var calls []paid
			synctest.Test(t, func(t *testing.T) {
				if gone {
					f.fault.Store(&errGone)
				}
				calls = spend(t, 3, 10*time.Minute, always(500), newLimiter(t, f.client(t), opts...))
			})
			return calls
		}
		local := run(t, true, redislimit.WithFallbackShare(share))
		most, all := dearest(local)
		t.Logf("a share of %.3f: %d at most in a minute, %d in ten", share, most, all)
		assert.LessOrEqual(t, most, limit)
		assert.GreaterOrEqual(t, all, 4*limit)
		if limit > 500 {
			shared := run(t, false, redislimit.WithShare(share))
			require.Len(t, local, len(shared))
			for i := range shared {
				assert.InDelta(t, shared[i].at.Seconds(), local[i].at.Seconds(), 0.1)
			}
		}
	}
}

// Eight busy processes lose Redis and find it again: no minute is over the limit for it.
func TestSwitchKeepsTheMinute(t *testing.T) {
	t.Parallel()
	for _, lost := range []bool{false, true} { // does Redis forget?
		f := newFakeRedis(t)
		synctest.Test(t, func(t *testing.T) {
			client := f.client(t)
			var limiters []*redislimit.Limiter
			for range 8 {
				limiters = append(limiters, newLimiter(t, client))
			}
			f.delay.Store(int64(300 * time.Microsecond))
			time.AfterFunc(3*time.Minute, func() { f.fault.Store(&errGone) })
			time.AfterFunc(7*time.Minute, func() {
				if lost {
					f.mini.FlushAll()
				}
				f.fault.Store(nil)
			})
			most, all := dearest(spend(t, 2, 12*time.Minute, always(100), limiters...))
			t.Logf("%d at most in a minute, %d in twelve", most, all)
			assert.LessOrEqual(t, most, 12000)
			assert.GreaterOrEqual(t, all, 10*10800)
		})
	}
}

// A call that waited for its cost does not bring those behind it into its second.
func TestCostSpacesTheCalls(t *testing.T) {
	t.Parallel()
	for _, gone := range []bool{false, true} {
		f := newFakeRedis(t)
		synctest.Test(t, func(t *testing.T) {
			if gone {
				f.fault.Store(&errGone)
			}
			l := newLimiter(t, f.client(t), redislimit.WithFallbackShare(1))
			rare := batchCommand
			rare.PerSecond = 1
			require.NoError(t, l.WaitN(t.Context(), rare, 1200))
			time.Sleep(1100 * time.Millisecond)
			start := time.Now()
			var first, second time.Duration
			var wg sync.WaitGroup
			wg.Go(func() {
				assert.NoError(t, l.WaitN(t.Context(), rare, 500))
				first = time.Since(start)
			})
			synctest.Wait()
			wg.Go(func() {
				assert.NoError(t, l.WaitN(t.Context(), rare, 1))
				second = time.Since(start)
			})
			wg.Wait()
			assert.InDelta(t, 1.68, first.Seconds(), 0.01)
			assert.GreaterOrEqual(t, second-first, 1050*time.Millisecond)
		})
	}
}

// What a call costs beyond the burst is paid for in advance, also when nobody called for a while.
func TestDearCallsArePaidForInAdvance(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(t, f.client(t), redislimit.WithShare(0.25))
		require.NoError(t, l.WaitN(t.Context(), batchCommand, 500))
		start := time.Now()
		time.Sleep(13 * time.Second) // after 11.1 s the first one is paid for
		f.mini.FastForward(13 * time.Second)
		require.NoError(t, l.WaitN(t.Context(), batchCommand, 500))
		assert.InDelta(t, 700*60.0/2700, time.Since(start).Seconds(), 0.01)
	})
}

// Nobody knows what the calls to come will cost: no slots are leased for them.
func TestNoLeaseWithACost(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(t, f.client(t), redislimit.WithLease(10))
		require.NoError(t, l.WaitN(t.Context(), batchCommand, 500))
		assert.InDelta(t, 1/178.3, ahead(t, f, batchKey), 0.0001)
	})
}

// When Redis goes the local share has no burst for a process that was calling; when it comes back, the burst is held
// back and what was promised meanwhile is charged.
func TestCostAcrossTheSwitch(t *testing.T) {
	t.Parallel()
	const unit = 60.015 / 10800
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(t, f.client(t))
		require.NoError(t, l.WaitN(t.Context(), batchCommand, 100))
		start := time.Now()
		f.fault.Store(&errGone)
		require.NoError(t, l.WaitN(t.Context(), batchCommand, 500))
		assert.InDelta(t, 500*8*unit, time.Since(start).Seconds(), 0.1)

		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() { assert.NoError(t, l.WaitN(t.Context(), batchCommand, 50)) })
		}
		time.Sleep(100 * time.Millisecond)
		f.mini.FlushAll()
		f.fault.Store(nil)
		wg.Go(func() { assert.NoError(t, l.WaitN(t.Context(), batchCommand, 50)) }) // finds that it is back
		synctest.Wait()
		assert.InDelta(t, 1200*unit, ahead(t, f, batchKey+":cost"), 0.01)
		wg.Go(func() { assert.NoError(t, l.WaitN(t.Context(), batchCommand, 50)) })
		synctest.Wait()
		assert.InDelta(t, (1200+4*50+50)*unit, ahead(t, f, batchKey+":cost"), 0.01)
		wg.Wait()
	})
}

// A refusal for the rate of batches lowers what all processes may spend.
func TestSlowDownOfTheCost(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		client := f.client(t)
		l, other := newLimiter(t, client), newLimiter(t, client)
		minute := func() int {
			_, all := dearest(spend(t, 4, time.Minute, always(100), l, other))
			return all
		}
		minute()
		full := minute()
		assert.InDelta(t, 10800, full, 900)
		for range 3 {
			l.SlowDown(batchCommand, restapi.CodeMessageBatchRateLimited)
			time.Sleep(time.Second)
		}
		slow := minute()
		assert.Less(t, slow, full*3/4)
		assert.Greater(t, slow, full/4)
	})
}
