package restapi_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/usersig"
)

// No text of the client holds a key, a usersig or a query: not with a server that throws them back, not with a transport
// that quotes its URL, and not what middleware, outer transports and logs see.
func TestNothingSecretIsShown(t *testing.T) {
	t.Parallel()
	signer, err := usersig.New(appID, secret)
	require.NoError(t, err)
	var used []string
	var mu sync.Mutex
	var log bytes.Buffer
	var texts []string
	outer := func(next http.RoundTripper) http.RoundTripper {
		return roundTrip(func(r *http.Request) (*http.Response, error) {
			res, err := next.RoundTrip(r)
			mu.Lock()
			defer mu.Unlock()
			texts = append(texts, r.URL.String(), r.RequestURI)
			if res != nil {
				body, readErr := io.ReadAll(res.Body)
				_ = res.Body.Close()
				texts = append(texts, res.Request.URL.String(), fmt.Sprint(readErr))
				if readErr == nil {
					readErr = io.EOF
				}
				res.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), iotest.ErrReader(readErr)))
			}
			if err != nil {
				texts = append(texts, err.Error())
			}
			return res, err
		})
	}
	seen := func(r *http.Request) (sig, query string) {
		mu.Lock()
		defer mu.Unlock()
		sig = r.URL.Query().Get("usersig")
		require.NoError(t, signer.Verify("administrator", sig))
		used = append(used, sig, url.QueryEscape(sig))
		return sig, r.URL.RawQuery
	}
	servers := map[string]http.HandlerFunc{
		"echo in ErrorInfo": func(w http.ResponseWriter, r *http.Request) {
			sig, query := seen(r)
			answer(`{"ErrorCode":60002,"ErrorInfo":"bad `+query+` and `+sig+`","ErrorDisplay":"`+sig+`"}`)(w, r)
		},
		"echo in HTML": func(w http.ResponseWriter, r *http.Request) { _, q := seen(r); answer("<a href="+q+">")(w, r) },
		"echo in 502":  func(w http.ResponseWriter, r *http.Request) { _, q := seen(r); status(502, q)(w, r) },
		"rate":         func(w http.ResponseWriter, r *http.Request) { seen(r); fail(60007)(w, r) },
		"bad usersig":  func(w http.ResponseWriter, r *http.Request) { seen(r); fail(70009)(w, r) },
		"cut":          func(w http.ResponseWriter, r *http.Request) { seen(r); cut(w, r) },
	}
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	collect := func(err error) {
		for ; err != nil; err = errors.Unwrap(err) {
			texts = append(texts, err.Error())
			if e, ok := errors.AsType[*restapi.Error](err); ok {
				texts = append(texts, e.Info, e.Display)
			}
		}
	}
	observed := restapi.WithObserver(func(_ context.Context, e restapi.Event) {
		texts = append(texts, fmt.Sprintf("%+v", e))
		collect(e.Err)
	})
	for _, script := range servers {
		f := newFake(t, script)
		client := f.client(t, restapi.WithTransport(outer), restapi.WithLogger(logger), observed)
		collect(client.Call(t.Context(), setCommand, nil, nil))
	}
	quoting := newClient(t, restapi.WithTransport(outer), restapi.WithLogger(logger), observed, inMemory(func(r *http.Request) (*http.Response, error) {
		seen(r)
		return nil, &url.Error{Op: "Post", URL: r.URL.String(), Err: io.ErrUnexpectedEOF}
	}))
	err = quoting.Call(t.Context(), setCommand, nil, nil)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF, "what is hidden can still be matched")
	var e *restapi.Error
	require.ErrorAs(t, err, &e)
	collect(err)
	collect(e.Err)

	unreachable := newClient(t, restapi.WithTransport(outer), restapi.WithLogger(logger), observed, inMemory(func(r *http.Request) (*http.Response, error) {
		seen(r)
		httptrace.ContextClientTrace(r.Context()).GetConn(r.URL.Host)
		return nil, errors.New("dialling " + r.URL.String())
	}))
	collect(unreachable.Call(t.Context(), setCommand, nil, nil))

	breaking := newClient(t, restapi.WithTransport(outer), restapi.WithLogger(logger), observed, inMemory(func(r *http.Request) (*http.Response, error) {
		seen(r)
		body := io.MultiReader(strings.NewReader("{"), iotest.ErrReader(errors.New("reading "+r.URL.String())))
		return &http.Response{StatusCode: 200, Body: io.NopCloser(body), ContentLength: -1}, nil
	}))
	err = breaking.Call(t.Context(), setCommand, nil, nil)
	require.Error(t, err)
	collect(err)

	require.NotEmpty(t, used)
	assert.Contains(t, strings.Join(texts, "\n"), "{Kind:failed_over")
	texts = append(texts, log.String())
	for _, text := range texts {
		require.NotContains(t, text, secret)
		require.NotContains(t, text, "usersig=")
		for _, sig := range used {
			require.NotContains(t, text, sig)
		}
	}
	assert.Contains(t, log.String(), "trying again")
	assert.Contains(t, log.String(), "tencent chat call")
}
