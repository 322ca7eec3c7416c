package faultserver_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/internal/faultserver"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const said = `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","Text":"what the handler says"}`

// A service counts what it carries out.
type service struct{ carriedOut atomic.Int32 }

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if string(body) == "ping" {
		s.carriedOut.Add(1)
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, said)
}

// outcome sends one request and says what the client makes of the answer.
func outcome(t *testing.T, client *http.Client, url string) faultserver.Answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader("ping"))
	require.NoError(t, err)
	res, err := client.Do(req)
	if err != nil {
		return faultserver.Lost
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	var answer struct{ ErrorCode *int }
	switch {
	case err != nil, res.StatusCode >= 500:
		return faultserver.Lost
	case res.StatusCode == http.StatusTooManyRequests:
		return faultserver.Refused
	case string(body) == said:
		return faultserver.Whole
	case json.Unmarshal(body, &answer) != nil, answer.ErrorCode == nil:
		return faultserver.Unreadable
	}
	assert.Equal(t, 60008, *answer.ErrorCode)
	return faultserver.Lost
}

// Each fault is what it says of itself, the connection is gone behind it, and the next request finds nothing wrong.
func TestFaults(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, fault := range faultserver.Faults() {
		assert.False(t, names[fault.Name], fault)
		names[fault.Name] = true
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			var s service
			server := faultserver.Around(&s, faultserver.Script(fault))
			defer server.Close()
			transport := &http.Transport{}
			defer transport.CloseIdleConnections()
			client := &http.Client{Transport: transport, Timeout: time.Minute}
			if fault.Silent {
				client.Timeout = 300 * time.Millisecond
			}
			start := time.Now()
			assert.Equal(t, fault.Answer, outcome(t, client, server.URL))
			if fault.Silent {
				assert.GreaterOrEqual(t, time.Since(start), client.Timeout)
			}
			transport.CloseIdleConnections()
			assert.Eventually(t, func() bool { return server.Open() == 0 }, 10*time.Second, time.Millisecond)
			want := 0
			if fault.CarriedOut {
				want = 1
			}
			assert.EqualValues(t, want, s.carriedOut.Load())

			client.Timeout = time.Minute
			assert.Equal(t, faultserver.Whole, outcome(t, client, server.URL))
			assert.EqualValues(t, want+1, s.carriedOut.Load())
			assert.Equal(t, 2, server.Conns())
		})
	}
	assert.Greater(t, len(names), 40)
}

// Without faults connections are used again, and Close ends those that are idle.
func TestNothingWrong(t *testing.T) {
	t.Parallel()
	var s service
	server := faultserver.Around(&s, faultserver.Script())
	client := &http.Client{Transport: &http.Transport{}}
	for range 10 {
		assert.Equal(t, faultserver.Whole, outcome(t, client, server.URL))
	}
	assert.Equal(t, 1, server.Conns())
	assert.Equal(t, 10, server.Requests())
	server.Close()
	assert.Zero(t, server.Open())
	assert.EqualValues(t, 10, s.carriedOut.Load())
	client.CloseIdleConnections()
}

// Close does not wait for a client that keeps a silent connection.
func TestCloseEndsSilence(t *testing.T) {
	t.Parallel()
	var silent []faultserver.Fault
	for _, fault := range faultserver.Faults() {
		if fault.Silent {
			silent = append(silent, fault)
		}
	}
	server := faultserver.Around(&service{}, faultserver.Script(silent...))
	client := &http.Client{Transport: &http.Transport{}}
	var wg sync.WaitGroup
	for range silent {
		wg.Go(func() { assert.Equal(t, faultserver.Lost, outcome(t, client, server.URL)) })
	}
	assert.Eventually(t, func() bool { return server.Open() == len(silent) }, 10*time.Second, time.Millisecond)
	server.Close()
	wg.Wait()
	client.CloseIdleConnections()
}

func TestPlans(t *testing.T) {
	t.Parallel()
	all := faultserver.Faults()
	script := faultserver.Script(all[3], faultserver.Fault{}, all[5])
	for n, want := range []string{all[3].Name, "", all[5].Name, "", ""} {
		assert.Equal(t, want, script(n+1).Name)
	}

	const n = 50_000
	plan, same, other := faultserver.Random(1, 0.2, all), faultserver.Random(1, 0.2, all), faultserver.Random(2, 0.2, all)
	seen, differ := map[string]int{}, 0
	for i := range n {
		assert.Equal(t, plan(i).Name, same(i).Name)
		seen[plan(i).Name]++
		if plan(i).Name != other(i).Name {
			differ++
		}
	}
	assert.InDelta(t, 0.8*n, seen[""], 0.02*n)
	assert.Greater(t, differ, n/4)
	for _, fault := range all {
		assert.InEpsilon(t, 0.2*n/float64(len(all)), seen[fault.Name], 0.5, fault.Name)
	}
}
