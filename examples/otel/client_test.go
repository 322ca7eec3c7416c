package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
	"github.com/go-tencentchat/tencentchat/usersig"
)

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// signs makes UserSigs with a key that is not the app's.
type signs struct{ *usersig.Signer }

func (s signs) Token(_ context.Context, userID string) (string, time.Time, error) {
	sig, err := s.Sign(userID, time.Hour)
	return sig, time.Now().Add(time.Hour), err
}

type noTurn struct{}

func (noTurn) Wait(_ context.Context, cmd restapi.Command) error {
	return &restapi.RateLimitError{Command: cmd}
}

// TestFailedCalls makes calls fail in every way that may quote a URL.
func TestFailedCalls(t *testing.T) {
	t.Parallel()
	otherKey, err := usersig.New(1400000001, "the key of somebody else's app")
	require.NoError(t, err)
	for name, test := range map[string]struct {
		errorType string
		answer    http.HandlerFunc // in place of the command
		next      http.RoundTripper
		opts      []restapi.Option
		cancel    bool
		delay     time.Duration
		unsent    bool
	}{
		"refused by the service": {errorType: "40003"},
		"refused for the usersig": {errorType: "70009", opts: []restapi.Option{
			restapi.WithTokenSource(signs{otherKey}),
		}},
		"refused with the url in the text": {errorType: "99999", answer: func(w http.ResponseWriter, r *http.Request) {
			_, _ = fmt.Fprintf(w, `{"ActionStatus":"FAIL","ErrorCode":99999,"ErrorInfo":%q}`, r.URL)
		}},
		"bad gateway": {errorType: "502", answer: func(w http.ResponseWriter, r *http.Request) {
			http.Error(w, r.URL.String(), http.StatusBadGateway)
		}},
		"redirect": {errorType: "302", answer: func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.String(), http.StatusFound)
		}},
		"not json": {errorType: "bad_response", answer: func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, r.URL.String())
		}},
		"answer cut short": {errorType: "network", answer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "{")
		}},
		"connection closed": {errorType: "network", answer: func(http.ResponseWriter, *http.Request) {
			panic(http.ErrAbortHandler)
		}},
		"connection refused": {errorType: "network", opts: []restapi.Option{restapi.WithBaseURL("http://127.0.0.1:1")}},
		"transport that quotes the url": {errorType: "network", next: roundTripper(func(r *http.Request) (*http.Response, error) {
			return nil, errors.New("cannot reach " + r.URL.String())
		})},
		"timeout": {errorType: "timeout", delay: time.Second, opts: []restapi.Option{
			restapi.WithTimeout(50 * time.Millisecond),
		}},
		"canceled": {errorType: "canceled", delay: time.Second, cancel: true},
		"no turn":  {errorType: "rate_limited", unsent: true, opts: []restapi.Option{restapi.WithLimiter(noTurn{})}},
		"argument": {errorType: "*restapi.ArgumentError", unsent: true, opts: []restapi.Option{
			failing(&restapi.ArgumentError{Field: "x"}),
		}},
		"somebody's own": {errorType: "*errors.errorString", unsent: true, opts: []restapi.Option{failing(errors.New("own"))}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			chat := restapitest.NewServer()
			defer chat.Close()
			chat.Handle(profile.CommandPortraitSet.Path(), test.answer)
			chat.Delay(profile.CommandPortraitSet, test.delay)
			p := newProbe()
			transport := &http.Transport{}
			defer transport.CloseIdleConnections()
			below := &wire{next: transport}
			if test.next != nil {
				below.next = test.next
			}
			opts, err := traceCalls(p.telemetry)
			require.NoError(t, err)
			opts = append(opts, restapi.WithLogger(p.log), restapi.WithHTTPClient(&http.Client{Transport: below}),
				restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 2, BaseDelay: time.Millisecond}))
			users := profile.NewClient(chat.Client(append(opts, test.opts...)...))
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if test.cancel {
				time.AfterFunc(50*time.Millisecond, cancel)
			}

			err = users.SetProfile(ctx, "nobody", profile.Nick.To("Nobody"))
			require.Error(t, err)
			call := p.span(t, "profile/portrait_set")
			assert.Equal(t, codes.Error, call.Status.Code)
			series := p.measured(t, "tencentchat.client.call.duration")
			require.Len(t, series, 1)
			for _, attrs := range []attribute.Set{attribute.NewSet(call.Attributes...), series[0]} {
				assert.Equal(t, test.errorType, attr(attrs, "error.type"))
				assert.Equal(t, "profile/portrait_set", attr(attrs, commandKey))
			}
			if test.unsent {
				assert.Empty(t, below.sigs)
			} else {
				attempt := p.span(t, "POST /v4/profile/portrait_set")
				assert.Equal(t, call.SpanContext.SpanID(), attempt.Parent.SpanID())
				require.NotEmpty(t, below.sigs)
			}
			assertSecret(t, p.said(t)+err.Error(), append(below.sigs, chat.SecretKey())...)
		})
	}
}

// failing is middleware of a program's own, below that of traceCalls.
func failing(err error) restapi.Option {
	return restapi.WithMiddleware(func(restapi.Invoke) restapi.Invoke {
		return func(context.Context, restapi.Command, any, any) error { return err }
	})
}

// TestTracingBelowTheSignature does what traceCalls warns of: the search for secrets then finds one.
func TestTracingBelowTheSignature(t *testing.T) {
	t.Parallel()
	chat := restapitest.NewServer()
	defer chat.Close()
	p := newProbe()
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	below := &wire{next: transport}
	client := chat.Client(restapi.WithHTTPClient(&http.Client{Transport: otelhttp.NewTransport(below,
		otelhttp.WithTracerProvider(p.traces), otelhttp.WithMeterProvider(p.metrics))}))
	require.Error(t, profile.NewClient(client).SetProfile(t.Context(), "nobody", profile.Nick.To("Nobody")))
	require.Len(t, below.sigs, 1)
	assert.Contains(t, p.said(t), below.sigs[0][:16])
}

func TestTracesDoNotLeave(t *testing.T) {
	t.Parallel()
	chat := restapitest.NewServer()
	defer chat.Close()
	p := newProbe()
	opts, err := traceCalls(p.telemetry)
	require.NoError(t, err)
	client := chat.Client(append(opts, restapi.WithHTTPClient(&http.Client{
		Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			assert.Empty(t, r.Header.Get("Traceparent"))
			return nil, io.EOF
		}),
	}), restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 1}))...)
	require.Error(t, profile.NewClient(client).SetProfile(t.Context(), "nobody", profile.Nick.To("Nobody")))
	assert.Len(t, p.names(), 2)
}
