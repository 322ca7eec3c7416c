package restapi_test

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	appID  = 1400000001
	secret = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e"
)

func TestMain(m *testing.M) {
	log.SetOutput(io.Discard) // where net/http says what it thinks of the servers here
	goleak.VerifyTestMain(m)
}

var (
	setCommand = restapi.Command{Service: "profile", Name: "portrait_set", PerSecond: 200, Idempotent: true}
	addCommand = restapi.Command{Service: "group_open_http_svc", Name: "create_group", PerSecond: 200}
)

const answerOK = `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`

// seen is one request as a server saw it.
type seen struct {
	path  string
	host  string
	query url.Values
	body  string
	head  http.Header
}

// A fake is a server that answers from a script: the n-th request with the n-th answer, and the last one from then on.
type fake struct {
	*httptest.Server
	mu       sync.Mutex
	requests []seen
	script   []http.HandlerFunc
}

func newFake(t *testing.T, script ...http.HandlerFunc) *fake {
	t.Helper()
	f := &fake{script: script}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	f.mu.Lock()
	f.requests = append(f.requests, seen{r.URL.Path, r.Host, r.URL.Query(), string(body), r.Header})
	n := len(f.requests)
	f.mu.Unlock()
	if len(f.script) == 0 {
		answer(answerOK)(w, r)
		return
	}
	f.script[min(n, len(f.script))-1](w, r)
}

func (f *fake) all() []seen {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]seen(nil), f.requests...)
}

// client returns a client of the fake that waits next to nothing between attempts and knows no limits.
func (f *fake) client(t *testing.T, opts ...restapi.Option) *restapi.Client {
	t.Helper()
	return newClient(t, append([]restapi.Option{restapi.WithBaseURL(f.URL)}, opts...)...)
}

func newClient(t *testing.T, opts ...restapi.Option) *restapi.Client {
	t.Helper()
	quick := restapi.RetryConfig{BaseDelay: time.Microsecond, MaxDelay: time.Microsecond}
	client, err := restapi.NewClient(restapi.Singapore, appID, secret,
		append([]restapi.Option{restapi.WithLimiter(nil), restapi.WithRetry(quick)}, opts...)...)
	require.NoError(t, err)
	t.Cleanup(client.CloseIdleConnections)
	return client
}

func answer(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
}

func fail(code restapi.Code) http.HandlerFunc {
	data, err := json.Marshal(map[string]any{"ActionStatus": "FAIL", "ErrorCode": code, "ErrorInfo": "no"})
	if err != nil {
		panic(err)
	}
	return answer(string(data))
}

func status(code int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}
}

// hang keeps the request open until its client goes away, which a server notices once it has read the body.
func hang(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

// cut breaks the connection without an answer.
func cut(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// A roundTrip is a RoundTripper in memory.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func inMemory(f roundTrip) restapi.Option {
	return restapi.WithHTTPClient(&http.Client{Transport: f})
}
