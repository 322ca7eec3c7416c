package restapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// A ledger notes when each numbered request came.
type ledger struct {
	mu   sync.Mutex
	came map[int][]time.Time
}

func (l *ledger) note(r *http.Request) {
	var body numbered
	err := json.NewDecoder(r.Body).Decode(&body)
	if err != nil {
		body.N = -1
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.came == nil {
		l.came = make(map[int][]time.Time)
	}
	l.came[body.N] = append(l.came[body.N], time.Now())
}

// A gateway that refuses everything gets each call once, and no more retries than the budget has.
func TestStorm(t *testing.T) {
	t.Parallel()
	const calls, workers, budget = 400, 16, 10
	for _, status := range []int{429, 502, 503, 504} {
		for name, cmd := range map[string]restapi.Command{"idempotent": setCommand, "not idempotent": addCommand} {
			t.Run(fmt.Sprintf("%d/%s", status, name), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					var l ledger
					over := false
					client, err := restapi.NewClient(restapi.China, appID, secret, inMemory(func(r *http.Request) (*http.Response, error) {
						l.note(r)
						if over {
							return respond(answerOK), nil
						}
						return &http.Response{StatusCode: status, Header: http.Header{"Retry-After": {"2"}}, Body: http.NoBody}, nil
					}))
					require.NoError(t, err)
					var wg sync.WaitGroup
					for w := range workers {
						wg.Go(func() {
							for n := w; n < calls; n += workers {
								err := client.Call(t.Context(), cmd, numbered{n}, nil)
								var e *restapi.Error
								if assert.ErrorAs(t, err, &e) {
									assert.Equal(t, status, e.HTTPStatus)
								}
								assert.ErrorIs(t, err, restapi.ErrTemporary)
								assert.Equal(t, status == 429, errors.Is(err, restapi.ErrRateLimited))
							}
						})
					}
					wg.Wait()
					total := 0
					for n := range calls {
						came := l.came[n]
						total += len(came)
						assert.LessOrEqual(t, len(came), 3)
						for i := 1; i < len(came); i++ {
							assert.GreaterOrEqual(t, came[i].Sub(came[i-1]), 2*time.Second, "Retry-After is heeded")
						}
					}
					want := calls + budget
					if !cmd.Idempotent && status != 429 {
						want = calls // whether it was carried out is open
					}
					assert.Equal(t, want, total)
					over = true
					require.NoError(t, client.Call(t.Context(), cmd, numbered{calls}, nil), "and the storm is over")
				})
			})
		}
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	const soon = 200 * time.Millisecond // the most that the client waits by itself before the second attempt
	tests := []struct {
		name        string
		header      func() string
		status      int
		least, most time.Duration // before the second attempt; none where most is 0
	}{
		{"seconds", func() string { return "3" }, 503, 3 * time.Second, 3 * time.Second},
		{"a date", func() string { return time.Now().Add(4 * time.Second).UTC().Format(http.TimeFormat) }, 429, 3 * time.Second, 4 * time.Second},
		{"a date that is over", func() string { return time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat) }, 503, 0, soon},
		{"the longest", func() string { return "5" }, 502, 5 * time.Second, 5 * time.Second},
		{"longer", func() string { return "6" }, 503, 0, 0},
		{"for ever", func() string { return "99999999999999999999" }, 503, 0, 0},
		{"nothing", func() string { return "" }, 503, 0, soon},
		{"below zero", func() string { return "-5" }, 503, 0, soon},
		{"a word", func() string { return "later" }, 503, 0, soon},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var at []time.Time
				client, err := restapi.NewClient(restapi.China, appID, secret, restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 2}),
					inMemory(func(*http.Request) (*http.Response, error) {
						at = append(at, time.Now())
						return &http.Response{StatusCode: test.status, Header: http.Header{"Retry-After": {test.header()}}, Body: http.NoBody}, nil
					}))
				require.NoError(t, err)
				require.ErrorIs(t, client.Call(t.Context(), setCommand, nil, nil), restapi.ErrTemporary)
				if test.most == 0 {
					require.Len(t, at, 1)
					return
				}
				require.Len(t, at, 2)
				assert.GreaterOrEqual(t, at[1].Sub(at[0]), test.least)
				assert.LessOrEqual(t, at[1].Sub(at[0]), test.most)

				at = nil
				ctx, cancel := context.WithTimeout(t.Context(), test.least)
				defer cancel()
				start := time.Now()
				if test.least > 0 {
					require.ErrorIs(t, client.Call(ctx, setCommand, nil, nil), restapi.ErrTemporary)
					assert.Len(t, at, 1, "no time for the wait that was asked for")
					assert.Zero(t, time.Since(start))
				}
			})
		})
	}
}

// One host goes down under load and comes back while the other goes: no command is carried out twice, and none fails but
// those that were under way.
func TestHostsChangeUnderLoad(t *testing.T) {
	t.Parallel()
	const workers = 8
	n := newNetwork(t)
	var l ledger
	n.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.note(r)
		n.mu.Lock()
		n.hosts = append(n.hosts, r.Host)
		n.mu.Unlock()
		time.Sleep(time.Millisecond)
		answer(answerOK)(w, r)
	})
	transport := &http.Transport{DialContext: n.dial, TLSClientConfig: n.tlsConfig(), MaxIdleConnsPerHost: workers}
	client := newClient(t, restapi.WithHTTPClient(&http.Client{Transport: transport}), restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 1}))
	var next, failed atomic.Int32
	var wg sync.WaitGroup
	stop := make(chan struct{})
	for range workers {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if err := client.Call(t.Context(), addCommand, numbered{int(next.Add(1))}, nil); err != nil {
					failed.Add(1)
					assert.ErrorIs(t, err, restapi.ErrTemporary)
				}
			}
		})
	}
	served := func(by string) {
		n.take()
		assert.Eventually(t, func() bool {
			n.mu.Lock()
			defer n.mu.Unlock()
			last := n.hosts[max(0, len(n.hosts)-2*workers):]
			for _, host := range last {
				if host != by {
					return false
				}
			}
			return len(last) == 2*workers
		}, 5*time.Second, time.Millisecond, by)
	}
	change := func(down, up string) {
		n.set(up, false)
		n.set(down, true)
		n.server.CloseClientConnections()
	}
	served(primaryHost)
	change(primaryHost, standbyHost)
	served(standbyHost)
	change(standbyHost, primaryHost)
	served(primaryHost)
	close(stop)
	wg.Wait()
	assert.LessOrEqual(t, failed.Load(), int32(8*workers), "of %d calls", next.Load())
	for i, came := range l.came {
		assert.Len(t, came, 1, "request %d", i)
	}
}
