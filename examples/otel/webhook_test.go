package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/codes"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
)

const (
	testToken   = "a token that nobody may read"
	portraitSet = "Profile.CallbackPortraitSet"
)

func webhookHandler(t *testing.T, p *probe) *callback.Handler {
	t.Helper()
	h, err := callback.NewHandler(callbacktest.SDKAppID, append(traceEvents(p.telemetry), callback.WithToken(testToken),
		callback.WithLogger(p.log), callback.WithTimeout(300*time.Millisecond), callback.WithMaxBody(4096))...)
	require.NoError(t, err)
	callback.On(h, func(_ context.Context, e *callback.ProfilePortraitSet) error {
		switch e.FromAccount {
		case "fails":
			return errors.New("the database is down")
		case "panics":
			panic("bug")
		}
		return nil
	})
	callback.Answer(h, func(ctx context.Context, _ *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		<-ctx.Done()
		return callback.GroupBeforeSendMsgAnswer{}, ctx.Err()
	})
	return h
}

// request is a signed webhook to target.
func request(target string, event callback.Event, opts ...callbacktest.Option) *http.Request {
	return callbacktest.NewRequest(event, append([]callbacktest.Option{
		callbacktest.WithToken(testToken), callbacktest.WithTarget(target),
	}, opts...)...)
}

// TestWebhooks sends webhooks that are handled, refused and fail, over a socket.
func TestWebhooks(t *testing.T) {
	t.Parallel()
	from := func(user string) callback.Event { return &callback.ProfilePortraitSet{FromAccount: user} }
	for name, test := range map[string]struct {
		event  callback.Event
		opts   []callbacktest.Option
		edit   func(r *http.Request)
		status int
		named  string // the span of the event; empty: none
		failed bool   // that span's status
	}{
		"handled":       {event: from("leckie"), status: 200, named: portraitSet},
		"handler fails": {event: from("fails"), status: 500, named: portraitSet, failed: true},
		"panics":        {event: from("panics"), status: 500, named: portraitSet},
		"out of time":   {event: &callback.GroupBeforeSendMsg{}, status: 200, named: "Group.CallbackBeforeSendMsg", failed: true},
		"no handler":    {event: &callback.StateChange{}, status: 200},
		"bad sign": {event: from("x"), status: 401, edit: func(r *http.Request) {
			r.URL.RawQuery = strings.Replace(r.URL.RawQuery, "RequestTime=1", "RequestTime=2", 1)
		}},
		"stale":      {event: from("x"), status: 401, opts: []callbacktest.Option{callbacktest.WithTime(time.Now().Add(-time.Hour))}},
		"wrong app":  {event: from("x"), status: 403, opts: []callbacktest.Option{callbacktest.WithApp(7)}},
		"not a post": {event: from("x"), status: 405, edit: func(r *http.Request) { r.Method = http.MethodPut }},
		"twice": {event: from("x"), status: 400, edit: func(r *http.Request) {
			r.URL.RawQuery += "&Sign=" + r.URL.Query().Get("Sign")
		}},
		"not an object": {event: from("x"), status: 400, opts: []callbacktest.Option{callbacktest.WithBody([]byte("[]"))}},
		"too large":     {event: from("x"), status: 413, opts: []callbacktest.Option{callbacktest.WithBody(make([]byte, 5000))}},
		"slow body": {event: from("x"), status: 408, edit: func(r *http.Request) {
			r.Body, _ = io.Pipe()
			r.ContentLength = 1000
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newProbe()
			mux := http.NewServeMux()
			mux.Handle("/im", traceRequests(webhookHandler(t, p), p.telemetry))
			server := httptest.NewUnstartedServer(mux)
			server.Config.ErrorLog = slog.NewLogLogger(p.log.Handler(), slog.LevelError)
			server.Start()
			r := request(server.URL+"/im", test.event, test.opts...)
			sign := r.URL.Query().Get("Sign")
			if test.edit != nil {
				test.edit(r)
			}
			r.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
			res, err := server.Client().Do(r)
			require.NoError(t, err)
			answer, err := io.ReadAll(res.Body)
			require.NoError(t, err)
			_ = r.Body.Close() // of the slow one
			server.Close()     // the spans have ended then

			assert.Equal(t, test.status, res.StatusCode)
			whole := p.span(t, r.Method+" /im")
			assert.NotEqual(t, "0af7651916cd43dd8448eb211c80319c", whole.SpanContext.TraceID().String(), "a stranger's trace")
			assert.Equal(t, test.status != 200, whole.Status.Code == codes.Error)
			if test.named == "" {
				assert.Len(t, p.names(), 1)
			} else {
				ended := func() bool { return slices.Contains(p.names(), test.named) }
				require.Eventually(t, ended, 5*time.Second, time.Millisecond, "a handler that is late ends after the answer")
				event := p.span(t, test.named)
				assert.Equal(t, whole.SpanContext.SpanID(), event.Parent.SpanID())
				assert.Equal(t, test.failed, event.Status.Code == codes.Error)
			}
			assertSecret(t, p.said(t)+string(answer), testToken, sign)
		})
	}
}

// TestQueryIsHidden looks at webhooks with the eyes of otelhttp and of whatever is hung into it.
func TestQueryIsHidden(t *testing.T) {
	t.Parallel()
	p := newProbe()
	r := request("http://backend.test/im", &callback.ProfilePortraitSet{FromAccount: "leckie"})
	sign := r.URL.Query().Get("Sign")
	r.RequestURI = r.URL.RequestURI() // as net/http sets it
	before := r.URL.String() + r.RequestURI

	var seen strings.Builder
	look := otelhttp.WithFilter(func(r *http.Request) bool {
		_, _ = fmt.Fprintf(&seen, "%+v %s %s %v", r, r.URL, r.RequestURI, r.Context())
		return true
	})
	name := otelhttp.WithSpanNameFormatter(func(_ string, r *http.Request) string { return r.RequestURI + r.URL.String() })
	w := httptest.NewRecorder()
	traceRequests(webhookHandler(t, p), p.telemetry, look, name).ServeHTTP(w, r)
	assert.Equal(t, 200, w.Code, "the handler behind it verifies the query")
	assert.Contains(t, seen.String(), "/im")
	assertSecret(t, seen.String()+p.said(t), testToken, sign)
	assert.Equal(t, []string{portraitSet, "/im/im"}, p.names())
	assert.Equal(t, before, r.URL.String()+r.RequestURI, "the request of net/http stays as it was")
}

// TestQueryIsSeenWithout does without traceRequests: the search for secrets then finds one.
func TestQueryIsSeenWithout(t *testing.T) {
	t.Parallel()
	p := newProbe()
	r := request("http://backend.test/im", &callback.ProfilePortraitSet{FromAccount: "leckie"})
	name := otelhttp.WithSpanNameFormatter(func(_ string, r *http.Request) string { return r.URL.String() })
	h := otelhttp.NewHandler(webhookHandler(t, p), "webhook", otelhttp.WithTracerProvider(p.traces),
		otelhttp.WithMeterProvider(p.metrics), name)
	h.ServeHTTP(httptest.NewRecorder(), r)
	assert.Contains(t, p.said(t), r.URL.Query().Get("Sign"))
}

// TestBehindAQueue has no request around the event.
func TestBehindAQueue(t *testing.T) {
	t.Parallel()
	p := newProbe()
	body := []byte(`{"CallbackCommand":"` + portraitSet + `","From_Account":"leckie"}`)
	require.NoError(t, webhookHandler(t, p).Dispatch(t.Context(), callback.Envelope{
		ID: "1", Command: portraitSet, SDKAppID: callbacktest.SDKAppID, ReceivedAt: time.Now(), Body: body,
	}))
	assert.Equal(t, []string{portraitSet}, p.names())
	assert.False(t, p.span(t, portraitSet).Parent.IsValid())
}
