package restapi_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
)

var batchCommand = restapi.Command{Service: "openim", Name: "batchsendmsg", PerSecond: 200, CostPerMinute: 12000}

// A paid is a call that went, and what it cost.
type paid struct {
	at   time.Duration
	cost int
}

// spend runs workers that call cmd as fast as l lets them for d, with the costs that next returns.
func spend(t *testing.T, l restapi.Limiter, cmd restapi.Command, workers int, d time.Duration, next func() int) []paid {
	t.Helper()
	var mu sync.Mutex
	var calls []paid
	var wg sync.WaitGroup
	start := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	for range workers {
		wg.Go(func() {
			for {
				mu.Lock()
				cost := next()
				mu.Unlock()
				if l.(restapi.CostLimiter).WaitN(ctx, cmd, cost) != nil {
					return
				}
				mu.Lock()
				calls = append(calls, paid{time.Since(start), cost})
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return calls
}

// dearest returns the highest cost of any window of so long, and the cost of all.
func dearest(calls []paid, window time.Duration) (most, all int) {
	in, first := 0, 0
	for _, call := range calls {
		in += call.cost
		all += call.cost
		for call.at-calls[first].at >= window {
			in -= calls[first].cost
			first++
		}
		most = max(most, in)
	}
	return most, all
}

func always(cost int) func() int { return func() int { return cost } }

func TestLimiterKeepsTheMinute(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	anything := func() int { return 1 + random.IntN(500) }
	raised := restapi.LimiterConfig{PerMinute: map[string]int{"openim/batchsendmsg": 60000}}
	tests := []struct {
		name  string
		cfg   restapi.LimiterConfig
		limit int
		next  func() int
		used  float64 // the least part of the rate, which is nine tenths of the limit
	}{
		{"batches of 500", restapi.LimiterConfig{}, 12000, always(500), 0.95},
		{"batches of all sizes", restapi.LimiterConfig{}, 12000, anything, 0.95},
		{"one by one", restapi.LimiterConfig{}, 12000, always(1), 0.95},
		{"more than the burst", restapi.LimiterConfig{Share: 0.25}, 3000, always(500), 0.65},
		{"around the burst", restapi.LimiterConfig{Share: 0.25}, 3000, anything, 0.8},
		{"all of a minute", restapi.LimiterConfig{Share: 0.05}, 600, always(600), 0.5},
		{"raised", raised, 60000, always(500), 0.95},
		{"one at a time", restapi.LimiterConfig{PerMinute: map[string]int{"openim/batchsendmsg": 1}}, 1, always(1), 0.9},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				const minutes = 10
				calls := spend(t, restapi.NewLimiter(test.cfg), batchCommand, 8, minutes*time.Minute, test.next)
				most, all := dearest(calls, time.Minute)
				rate := 0.9 * float64(test.limit)
				t.Logf("%d at most in a minute, %.1f %% of the rate", most, 100*float64(all)/rate/minutes)
				assert.LessOrEqual(t, most, test.limit)
				assert.GreaterOrEqual(t, float64(all), test.used*rate*minutes)
				for i := range calls {
					calls[i].cost = 1
				}
				most, _ = dearest(calls, time.Second)
				assert.LessOrEqual(t, most, 200)
			})
		})
	}
}

// A call that waited for its cost does not come on top of the calls of the second in which it goes.
func TestBothLimitsAreKeptTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		turn := 0
		calls := spend(t, restapi.NewLimiter(restapi.LimiterConfig{}), batchCommand, 64, 5*time.Minute, func() int {
			if turn++; turn%300 == 0 {
				return 2000
			}
			return 1
		})
		most, _ := dearest(calls, time.Minute)
		assert.LessOrEqual(t, most, 12000)
		for i := range calls {
			calls[i].cost = 1
		}
		most, _ = dearest(calls, time.Second)
		assert.LessOrEqual(t, most, 200)
		assert.Greater(t, most, 150, "the seconds are full")
	})
}

// A call that is refused takes nothing from either limit, nor does one that gives up.
func TestRefusedForItsCost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := restapi.NewLimiter(restapi.LimiterConfig{}).(restapi.CostLimiter)
		within := func(d time.Duration, cost int) error {
			ctx, cancel := context.WithTimeout(t.Context(), d)
			defer cancel()
			return l.WaitN(ctx, batchCommand, cost)
		}
		require.NoError(t, within(1, 1200)) // all of the burst; 500 are there again after 2.78 s
		start := time.Now()
		for range 300 {
			err := within(2700*time.Millisecond, 500)
			var limited *restapi.RateLimitError
			require.ErrorAs(t, err, &limited)
			assert.Equal(t, batchCommand, limited.Command)
			assert.InDelta(t, 2.778, limited.RetryAfter.Seconds(), 0.001)
		}
		assert.Zero(t, time.Since(start), "at once")
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() { assert.ErrorIs(t, l.WaitN(ctx, batchCommand, 1000), context.Canceled) })
		}
		synctest.Wait()
		require.ErrorIs(t, within(20*time.Second, 500), restapi.ErrRateLimited, "behind five that cost 1000 each")
		cancel()
		wg.Wait()
		require.NoError(t, within(2800*time.Millisecond, 500))
		assert.InDelta(t, 2.778, time.Since(start).Seconds(), 0.001)
		time.Sleep(time.Minute)
		for range 20 { // the burst of calls
			require.NoError(t, within(1, 60))
		}
		require.ErrorIs(t, within(1, 1), restapi.ErrRateLimited)
	})
}

func TestMaxWaitAndFailFastForTheCost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		patient := restapi.NewLimiter(restapi.LimiterConfig{MaxWait: 3 * time.Second}).(restapi.CostLimiter)
		require.NoError(t, patient.WaitN(t.Context(), batchCommand, 1200))
		require.ErrorIs(t, patient.WaitN(t.Context(), batchCommand, 600), restapi.ErrRateLimited)
		require.NoError(t, patient.WaitN(t.Context(), batchCommand, 500))

		hasty := restapi.NewLimiter(restapi.LimiterConfig{FailFast: true, Share: 0.25}).(restapi.CostLimiter)
		require.NoError(t, hasty.WaitN(t.Context(), batchCommand, 500), "more than the burst, after a rest")
		require.ErrorIs(t, hasty.WaitN(t.Context(), batchCommand, 1), restapi.ErrRateLimited)
		time.Sleep(16 * time.Second)
		require.NoError(t, hasty.WaitN(t.Context(), batchCommand, 500))
	})
}

func TestCostIsFirstComeFirstServed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := restapi.NewLimiter(restapi.LimiterConfig{}).(restapi.CostLimiter)
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

// What costs more than there is in a minute is refused for good, and told from what may go later.
func TestCostOverTheLimit(t *testing.T) {
	t.Parallel()
	l := restapi.NewLimiter(restapi.LimiterConfig{Share: 0.04, FailFast: true}).(restapi.CostLimiter)
	require.NoError(t, l.WaitN(t.Context(), batchCommand, 480))
	const text = "openim/batchsendmsg: invalid argument: cost is 481, must be at most 480, which is all of a minute"
	require.EqualError(t, l.WaitN(t.Context(), batchCommand, 481), text)
	f := newFake(t)
	err := f.client(t, restapi.WithLimiter(l)).Call(t.Context(), batchCommand, costing(481), nil)
	require.EqualError(t, err, text)
	_, refused := errors.AsType[*restapi.ArgumentError](err)
	assert.True(t, refused)
	assert.Empty(t, f.all())
}

// A refusal for the rate of batches slows both limits down.
func TestSlowDownOfTheCost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := restapi.NewLimiter(restapi.LimiterConfig{})
		minute := func() int {
			_, all := dearest(spend(t, l, batchCommand, 8, time.Minute, always(100)), time.Minute)
			return all
		}
		minute()
		full := minute()
		assert.InDelta(t, 10800, full, 200)
		for range 20 {
			l.(restapi.SlowDowner).SlowDown(batchCommand, restapi.CodeMessageBatchRateLimited)
			time.Sleep(time.Second)
		}
		slow := minute()
		assert.Less(t, slow, full/2)
		assert.Greater(t, slow, 1000)
		time.Sleep(100 * time.Second)
		minute()
		assert.InDelta(t, full, minute(), 200, "back in full")
	})
}

// A limit by cost may be that of the configuration alone, and a call that costs nothing costs 1.
func TestPerMinuteOfTheConfiguration(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cfg := restapi.LimiterConfig{FailFast: true, PerMinute: map[string]int{setCommand.String(): 100}}
		l := restapi.NewLimiter(cfg).(restapi.CostLimiter)
		for _, cost := range []int{7, 0, -5} {
			require.NoError(t, l.WaitN(t.Context(), setCommand, cost))
		}
		require.NoError(t, l.Wait(t.Context(), setCommand))
		require.ErrorIs(t, l.Wait(t.Context(), setCommand), restapi.ErrRateLimited)
		for range 20 {
			require.NoError(t, l.WaitN(t.Context(), addCommand, 1000), "not limited by cost")
		}
		// Not even where another call of it was made without saying so.
		require.NoError(t, l.Wait(t.Context(), restapi.Command{Service: "openim", Name: "batchsendmsg"}))
		require.NoError(t, l.WaitN(t.Context(), batchCommand, 1200))
		require.ErrorIs(t, l.WaitN(t.Context(), batchCommand, 1), restapi.ErrRateLimited)
	})
}

// costing is a request that costs so much.
type costing int

func (c costing) Cost() int { return int(c) }

func (costing) MarshalJSON() ([]byte, error) { return []byte("{}"), nil }

// counting is a CostLimiter that notes what it was asked, 0 for Wait.
type counting struct{ asked []int }

func (c *counting) Wait(context.Context, restapi.Command) error {
	c.asked = append(c.asked, 0)
	return nil
}

func (c *counting) WaitN(_ context.Context, _ restapi.Command, cost int) error {
	c.asked = append(c.asked, cost)
	return nil
}

func TestClientSaysWhatACallCosts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		cmd  restapi.Command
		req  any
		want int
	}{
		{"a request that says so", batchCommand, costing(500), 500},
		{"one that does not", batchCommand, nil, 1},
		{"a nil pointer", batchCommand, (*costing)(nil), 1},
		{"nothing", batchCommand, costing(0), 1},
		{"less than nothing", batchCommand, costing(-3), 1},
		{"a command without a limit", addCommand, costing(3), 3},
		{"neither", addCommand, nil, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, fail(60007), answer(answerOK))
			l := &counting{}
			require.NoError(t, f.client(t, restapi.WithLimiter(l)).Call(t.Context(), test.cmd, test.req, nil))
			assert.Equal(t, []int{test.want, test.want}, l.asked, "each attempt")

			waits := 0
			plain := waitFunc(func(context.Context) error { waits++; return nil })
			require.NoError(t, newFake(t).client(t, restapi.WithLimiter(plain)).Call(t.Context(), test.cmd, test.req, nil))
			assert.Equal(t, 1, waits)
		})
	}
}
