package restapi_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// sendCommand may be repeated until eight seconds after its first attempt.
var sendCommand = restapi.Command{Service: "openim", Name: "sendmsg", RepeatWithin: 10 * time.Second}

// A step is what becomes of one attempt.
type step struct {
	took  time.Duration
	code  int // 0: the connection breaks, which leaves the outcome open
	after int // seconds of a Retry-After behind a 503
	done  bool
}

// attemptsOf makes one call of cmd whose attempts go by steps, and returns how many there were.
func attemptsOf(t *testing.T, cmd restapi.Command, limiter restapi.Limiter, steps ...step) (int, error) {
	t.Helper()
	n := 0
	client := newClient(t, restapi.WithLimiter(limiter), restapi.WithTimeout(time.Hour),
		restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 5, BaseDelay: 1, MaxDelay: time.Minute}),
		inMemory(func(*http.Request) (*http.Response, error) {
			s := steps[min(n, len(steps)-1)]
			n++
			time.Sleep(s.took)
			switch {
			case s.done:
				return respond(answerOK), nil
			case s.after > 0:
				head := http.Header{"Retry-After": {strconv.Itoa(s.after)}}
				return &http.Response{StatusCode: 503, Header: head, Body: http.NoBody}, nil
			case s.code != 0:
				return respond(`{"ErrorCode":` + strconv.Itoa(s.code) + `}`), nil
			}
			return nil, io.ErrUnexpectedEOF
		}))
	err := client.Call(t.Context(), cmd, nil, nil)
	if e, failed := errors.AsType[*restapi.Error](err); failed {
		assert.Equal(t, n, e.Attempts)
	}
	return n, err
}

// A send is repeated while the service takes it for a repeat, and not a moment longer. A wait of no length between two
// attempts takes up to some nanoseconds.
func TestRepeatWithin(t *testing.T) {
	t.Parallel()
	const end = 8 * time.Second
	once, always := sendCommand, sendCommand
	once.RepeatWithin = 0
	always.Idempotent = true
	done := step{done: true}
	tests := []struct {
		name  string
		cmd   restapi.Command
		steps []step
		want  int // attempts
	}{
		{"in time", sendCommand, []step{{took: end - 10}, done}, 2},
		{"too late", sendCommand, []step{{took: end}, done}, 1},
		{"in time, after 60008", sendCommand, []step{{took: end - 10, code: 60008}, done}, 2},
		{"too late, after 60008", sendCommand, []step{{took: end, code: 60008}, done}, 1},
		{"in time, the wait included", sendCommand, []step{{took: time.Second - 10, after: 7}, done}, 2},
		{"too late, the wait included", sendCommand, []step{{took: time.Second, after: 7}, done}, 1},
		{"from the first attempt on", sendCommand, []step{{took: end / 2}, {took: end / 2}, done}, 2},
		{"the first one, though it did nothing", sendCommand, []step{{took: 5 * time.Second, code: 60007}, {took: 3 * time.Second}, done}, 2},
		{"no end before the outcome is open", sendCommand, []step{{took: time.Minute, code: 60007}, {took: time.Minute, code: 60018}, done}, 3},
		{"open, then refused for the rate in time", sendCommand, []step{{took: 1}, {took: end - 100, code: 60007}, done}, 3},
		{"open, then refused for the rate too late", sendCommand, []step{{took: 1}, {took: end, code: 60007}, done}, 2},
		{"open, then a check that failed too late", sendCommand, []step{{took: 1}, {took: end, code: 60004}, done}, 2},
		{"open, then another usersig in time", sendCommand, []step{{took: 1}, {took: end - 100, code: 70001}, done}, 3},
		{"open, then another usersig too late", sendCommand, []step{{took: 1}, {took: end, code: 70001}, done}, 2},
		{"another usersig, nothing open", sendCommand, []step{{took: time.Minute, code: 70001}, done}, 2},
		{"no time", once, []step{{}, done}, 1},
		{"no time, nothing open", once, []step{{took: time.Minute, code: 60007}, {took: time.Minute, code: 70001}, done}, 3},
		{"idempotent", always, []step{{took: time.Minute}, {took: time.Minute, after: 60}, done}, 3},
		{"as often as any other", sendCommand, []step{{}}, 5},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				n, err := attemptsOf(t, test.cmd, nil, test.steps...)
				assert.Equal(t, test.want, n)
				assert.Equal(t, n == len(test.steps) && test.steps[n-1].done, err == nil)
				var took time.Duration
				for _, s := range test.steps[:min(n, len(test.steps))] {
					took += s.took
				}
				if err != nil {
					assert.Less(t, time.Since(start)-took, time.Microsecond, "no waiting for what is not tried")
				}
			})
		})
	}
}

// A failed call says whether any of its attempts may have been carried out, and not only the last one.
func TestOpen(t *testing.T) {
	t.Parallel()
	once := sendCommand
	once.RepeatWithin = 0
	tests := []struct {
		name  string
		cmd   restapi.Command
		steps []step
		want  bool
	}{
		{"no answer", once, []step{{}}, true},
		{"a fault of the service", once, []step{{code: 60008}}, true},
		{"refused", once, []step{{code: 20003}}, false},
		{"refused for the rate, always", once, []step{{code: 60007}}, false},
		{"refused for the rate, then no answer", once, []step{{code: 60007}, {}}, true},
		{"no answer, then refused for the rate", sendCommand, []step{{}, {code: 60007}}, true},
		{"no answer, then refused", sendCommand, []step{{}, {code: 20003}}, true},
		{"no answer, and no time for another attempt", sendCommand, []step{{took: time.Hour}}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				_, err := attemptsOf(t, test.cmd, nil, test.steps...)
				failed, ok := errors.AsType[*restapi.Error](err)
				require.True(t, ok)
				assert.Equal(t, test.want, failed.Open)
			})
		})
	}
}

// The turn at the limiter counts too: one that comes too late is not waited for, and nothing is sent when it does.
func TestRepeatWithinCountsTheLimiter(t *testing.T) {
	t.Parallel()
	second := func(wait time.Duration) restapi.Limiter {
		calls := 0
		return waitFunc(func(context.Context) error { // it heeds no deadline
			if calls++; calls > 1 {
				time.Sleep(wait)
			}
			return nil
		})
	}
	for wait, want := range map[time.Duration]int{8*time.Second - 10: 2, 8 * time.Second: 1, time.Hour: 1} {
		synctest.Test(t, func(t *testing.T) {
			n, err := attemptsOf(t, sendCommand, second(wait), step{}, step{done: true})
			assert.Equal(t, want, n, wait)
			if want == 1 {
				require.ErrorIs(t, err, io.ErrUnexpectedEOF)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		rare := restapi.Command{Service: "timpush", Name: "push", PerSecond: 1, RepeatWithin: time.Second}
		start := time.Now()
		n, err := attemptsOf(t, rare, restapi.NewLimiter(restapi.LimiterConfig{}), step{}, step{done: true})
		assert.Equal(t, 1, n)
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		assert.Less(t, time.Since(start), time.Microsecond, "the turn would come after 1.05 s")
	})
}

// A repeat that could not connect in time to the first host does not go to the other one.
func TestRepeatWithinCountsTheFirstHost(t *testing.T) {
	t.Parallel()
	for dial, want := range map[time.Duration]int{7 * time.Second: 3, 8 * time.Second: 2} {
		synctest.Test(t, func(t *testing.T) {
			n := 0
			client := newClient(t, restapi.WithTimeout(time.Hour), inMemory(func(r *http.Request) (*http.Response, error) {
				switch n++; n {
				case 1:
					return nil, io.ErrUnexpectedEOF
				case 2:
					httptrace.ContextClientTrace(r.Context()).GetConn("")
					time.Sleep(dial)
					return nil, errors.New("connection refused")
				}
				return respond(answerOK), nil
			}))
			err := client.Call(t.Context(), sendCommand, nil, nil)
			assert.Equal(t, want, n)
			assert.Equal(t, want == 3, err == nil)
		})
	}
}
