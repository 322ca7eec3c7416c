package callback_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

var stormFor = flag.Duration("storm", 2*time.Second, "how long TestStorm lasts; from 30s on it judges latencies too")

// A storm is 200 clients that send what they should and what they should not, all at once.
type storm struct {
	address string
	client  *http.Client
	until   time.Time

	mu      sync.Mutex
	took    []time.Duration  // of valid webhooks
	answers map[string]int64 // by kind and status
}

// oversized is one byte more than a handler reads.
var oversized = make([]byte, defaultMaxBody+1)

// kinds are the requests of the storm. Each returns the query, the body and the status to expect.
var kinds = []struct {
	name   string
	status int
	make   func(now time.Time) (url.Values, io.Reader)
}{
	{"valid", 200, func(now time.Time) (url.Values, io.Reader) {
		return stormQuery(groupChanged, now), strings.NewReader(`{"GroupId":"g","Type":"Public","Operator_Account":"valid","Name":"n"}`)
	}},
	{"forged", 401, func(now time.Time) (url.Values, io.Reader) {
		q := stormQuery(groupChanged, now)
		q.Set("Sign", callback.Sign("guessed", q.Get("RequestTime")))
		return q, strings.NewReader(`{"GroupId":"g","Operator_Account":"forged"}`)
	}},
	{"unsigned", 401, func(now time.Time) (url.Values, io.Reader) {
		q := stormQuery(groupChanged, now)
		q.Del("Sign")
		return q, strings.NewReader(`{"GroupId":"g","Operator_Account":"unsigned"}`)
	}},
	{"replayed", 401, func(now time.Time) (url.Values, io.Reader) {
		return stormQuery(groupChanged, now.Add(-61*time.Second)), strings.NewReader(`{"GroupId":"g","Operator_Account":"replayed"}`)
	}},
	{"from the future", 401, func(now time.Time) (url.Values, io.Reader) {
		return stormQuery(groupChanged, now.Add(70*time.Second)), strings.NewReader(`{"GroupId":"g","Operator_Account":"future"}`)
	}},
	{"another app's", 403, func(now time.Time) (url.Values, io.Reader) {
		q := stormQuery(groupChanged, now)
		q.Set("SdkAppid", "1400000002")
		return q, strings.NewReader(`{"GroupId":"g","Operator_Account":"other"}`)
	}},
	{"malformed", 400, func(now time.Time) (url.Values, io.Reader) {
		return stormQuery(groupChanged, now), strings.NewReader(`{"GroupId":"g","Operator_Account":"malformed"`)
	}},
	{"oversized", 413, func(now time.Time) (url.Values, io.Reader) {
		return stormQuery(groupChanged, now), bytes.NewReader(oversized)
	}},
	{"oversized, of no announced length", 413, func(now time.Time) (url.Values, io.Reader) {
		return stormQuery(groupChanged, now), io.MultiReader(bytes.NewReader(oversized))
	}},
	{"panicking", 500, func(now time.Time) (url.Values, io.Reader) {
		return stormQuery(stateChange, now), strings.NewReader(`{"Info":{"To_Account":"u"}}`)
	}},
	{"unknown", 200, func(now time.Time) (url.Values, io.Reader) {
		return stormQuery("New.Event", now), strings.NewReader(`{}`)
	}},
}

func stormQuery(command string, at time.Time) url.Values {
	q := signed(command)
	q.Set("RequestTime", strconv.FormatInt(at.Unix(), 10))
	q.Set("Sign", callback.Sign(token, q.Get("RequestTime")))
	return q
}

func TestStorm(t *testing.T) {
	if testing.Short() {
		t.Skip("a storm takes its time")
	}
	h, err := callback.NewHandler(app, callback.WithToken(token))
	require.NoError(t, err)
	var handled atomic.Int64
	callback.On(h, func(_ context.Context, e *callback.GroupAfterGroupInfoChanged) error {
		assert.Equal(t, "valid", e.OperatorAccount, "only what is signed now, and whole, reaches a handler")
		handled.Add(1)
		return nil
	})
	callback.On(h, func(context.Context, *callback.StateChange) error { panic("a handler's own fault") })
	mux := http.NewServeMux()
	mux.Handle("/im", h)
	server := httptest.NewUnstartedServer(mux)
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.Start()
	defer server.Close()

	s := &storm{
		address: server.URL, until: time.Now().Add(*stormFor), answers: map[string]int64{},
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 200}, Timeout: 10 * time.Second},
	}
	runtime.GC()
	var before, peak uint64
	before = heap()
	var wg sync.WaitGroup
	for i := range 180 {
		wg.Go(func() { s.send(t, i) })
	}
	for range 20 {
		wg.Go(func() { s.trickle(t) })
	}
	wg.Go(func() {
		for time.Now().Before(s.until) {
			peak = max(peak, heap())
			time.Sleep(20 * time.Millisecond)
		}
	})
	wg.Wait()
	s.client.CloseIdleConnections()

	valid := s.answers["valid: 200"]
	assert.Equal(t, valid, handled.Load(), "every valid one was handled once")
	assert.Positive(t, valid)
	for _, kind := range kinds {
		for answer, n := range s.answers {
			name, status, _ := strings.Cut(answer, ": ")
			// A server that refuses a large body before it has read it may cut the connection, which a client sees in its own way.
			if name != kind.name || status == strconv.Itoa(kind.status) || kind.status == 413 && status == "cut" {
				continue
			}
			assert.Fail(t, "answered otherwise", "%s: %d times %s", name, n, status)
		}
	}
	// 200 bodies of 1 MiB at once, and as much again for what the clients hold of them.
	assert.Less(t, peak, before+512<<20, "memory is bounded")
	slices.Sort(s.took)
	p99 := s.took[len(s.took)*99/100]
	t.Logf("%v: %d valid webhooks, p50 %v, p99 %v, heap at most %d MiB", *stormFor, valid, s.took[len(s.took)/2], p99, peak>>20)
	t.Log(s.answers)
	if *stormFor >= 30*time.Second {
		assert.Less(t, p99, 50*time.Millisecond)
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// send sends requests of every kind in turn, most of them valid.
func (s *storm) send(t *testing.T, first int) {
	for n := first; time.Now().Before(s.until); n++ {
		kind := kinds[0]
		if n%2 == 1 {
			kind = kinds[n/2%len(kinds)]
		}
		query, body := kind.make(time.Now())
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.address+"/im?"+query.Encode(), body)
		if err != nil {
			panic(err)
		}
		start := time.Now()
		res, err := s.client.Do(req)
		took := time.Since(start)
		outcome := "cut"
		if err == nil {
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
			outcome = strconv.Itoa(res.StatusCode)
		}
		s.mu.Lock()
		s.answers[kind.name+": "+outcome]++
		if kind.name == "valid" {
			s.took = append(s.took, took)
		}
		s.mu.Unlock()
		time.Sleep(20 * time.Millisecond)
	}
}

// trickle sends a valid head and then a byte of the body a second, as long as it is let.
func (s *storm) trickle(t *testing.T) {
	for time.Now().Before(s.until) {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.address, "http://"))
		if !assert.NoError(t, err) {
			return
		}
		fmt.Fprintf(conn, "POST /im?%s HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n", stormQuery(groupChanged, time.Now()).Encode())
		start := time.Now()
		_ = conn.SetReadDeadline(start.Add(5 * time.Second))
		answered := make(chan string, 1)
		go func() {
			status := make([]byte, len("HTTP/1.1 408"))
			_, _ = io.ReadFull(conn, status)
			answered <- string(status)
		}()
		for status := ""; status == ""; {
			_, _ = conn.Write([]byte{' '})
			select {
			case status = <-answered:
				assert.Equal(t, "HTTP/1.1 408", status)
				assert.Less(t, time.Since(start), 4*time.Second, "a slow body holds a connection for no longer than the timeout")
			case <-time.After(time.Second):
			}
		}
		_ = conn.Close()
	}
}
