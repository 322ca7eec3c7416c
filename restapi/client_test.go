package restapi_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/usersig"
)

func TestRequestOnTheWire(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	client := f.client(t, restapi.WithAdmin("root&a=1 管"))
	for range 2 {
		require.NoError(t, client.Call(t.Context(), setCommand, map[string]string{"From_Account": "leckie"}, nil))
	}
	require.NoError(t, client.Call(t.Context(), addCommand, nil, nil))
	require.NoError(t, client.Call(t.Context(), addCommand, (*struct{ A int })(nil), nil))

	requests := f.all()
	require.Len(t, requests, 4)
	signer, err := usersig.New(appID, secret)
	require.NoError(t, err)
	randoms := map[string]bool{}
	for _, r := range requests {
		assert.Len(t, r.query, 5)
		assert.Equal(t, strconv.Itoa(appID), r.query.Get("sdkappid"))
		assert.Equal(t, "root&a=1 管", r.query.Get("identifier"))
		assert.Equal(t, "json", r.query.Get("contenttype"))
		assert.NoError(t, signer.Verify("root&a=1 管", r.query.Get("usersig")))
		_, err := strconv.ParseUint(r.query.Get("random"), 10, 32)
		assert.NoError(t, err)
		randoms[r.query.Get("random")] = true
		assert.Equal(t, "application/json", r.head.Get("Content-Type"))
	}
	assert.Len(t, randoms, 4, "random is new for every request")
	assert.Equal(t, "/v4/profile/portrait_set", requests[0].path)
	assert.JSONEq(t, `{"From_Account":"leckie"}`, requests[0].body)
	assert.Equal(t, "/v4/group_open_http_svc/create_group", requests[2].path)
	assert.Equal(t, "{}", requests[2].body, "a body is never empty")
	assert.Equal(t, "{}", requests[3].body)
	assert.Equal(t, requests[0].query.Get("usersig"), requests[1].query.Get("usersig"), "one usersig serves many calls")
}

func TestBaseURLKeepsItsPath(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	client := newClient(t, restapi.WithBaseURL(f.URL+"/gateway/"))
	require.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
	assert.Equal(t, "/gateway/v4/profile/portrait_set", f.all()[0].path)
}

// A gateway may tell %2F from a slash, and sees the path as it was given.
func TestBaseURLKeepsItsEscapes(t *testing.T) {
	t.Parallel()
	const behind = "/v4/profile/portrait_set"
	for base, want := range map[string]string{
		"":                   behind,
		"/":                  behind,
		"/a%2Fb":             "/a%2Fb" + behind,
		"/a%2fb//":           "/a%2fb" + behind,
		"/tenant%2F":         "/tenant%2F" + behind,
		"/%2F/":              "/%2F" + behind,
		"/%41%20b":           "/%41%20b" + behind,
		"/a b":               "/a%20b" + behind,
		"/管":                 "/%E7%AE%A1" + behind,
		"/a;b=1,c/(d)":       "/a;b=1,c/(d)" + behind,
		"/a%3Fsdkappid=1%23": "/a%3Fsdkappid=1%23" + behind,
	} {
		var uris []string
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			path, query, _ := strings.Cut(r.RequestURI, "?")
			assert.NotEmpty(t, query)
			uris = append(uris, path)
			answer(answerOK)(w, r)
		}))
		var around string
		client := newClient(t, restapi.WithBaseURL(server.URL+base), restapi.WithTransport(func(next http.RoundTripper) http.RoundTripper {
			return roundTrip(func(r *http.Request) (*http.Response, error) {
				around = r.URL.EscapedPath()
				return next.RoundTrip(r)
			})
		}))
		require.NoError(t, client.Call(t.Context(), setCommand, nil, nil), base)
		client.CloseIdleConnections()
		server.Close()
		assert.Equal(t, []string{want}, uris, base)
		assert.Equal(t, want, around, base)
	}
}

func TestEveryRegionHasItsHosts(t *testing.T) {
	t.Parallel()
	var protocol struct {
		REST struct {
			Hosts []struct{ Region, Host, Backup string }
		}
	}
	require.NoError(t, spec.Read("protocol.json", &protocol))
	documented := map[restapi.Region][]string{}
	for _, h := range protocol.REST.Hosts {
		documented[restapi.Region(h.Region)] = []string{h.Host, h.Backup}
	}
	hosts := map[restapi.Region]string{
		restapi.China: "console.tim.qq.com", restapi.Singapore: "adminapisgp.im.qcloud.com", restapi.Seoul: "adminapikr.im.qcloud.com",
		restapi.Tokyo: "adminapijpn.im.qcloud.com", restapi.Frankfurt: "adminapiger.im.qcloud.com",
		restapi.SiliconValley: "adminapiusa.im.qcloud.com", restapi.Jakarta: "adminapiidn.im.qcloud.com",
		restapi.Riyadh: "adminapiksa.im.qcloud.com", restapi.Mumbai: "adminapiind.im.qcloud.com",
	}
	assert.Len(t, documented, len(hosts))
	_, err := restapi.NewClient("mars", appID, secret)
	for region, host := range hosts {
		primary, standby := region.Hosts()
		assert.Equal(t, documented[region], []string{primary, standby}, region)
		assert.ErrorContains(t, err, string(region), "a region that is not known is told which are")
		var called string
		client, err := restapi.NewClient(region, appID, secret, inMemory(func(r *http.Request) (*http.Response, error) {
			called = r.URL.Scheme + "://" + r.URL.Host
			return respond(answerOK), nil
		}))
		require.NoError(t, err)
		require.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
		assert.Equal(t, "https://"+host, called)
	}
}

func TestConstruction(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		region restapi.Region
		app    uint64
		key    string
		opts   []restapi.Option
		field  string
	}{
		{"no region", "", appID, secret, nil, "region"},
		{"unknown region", "mars", appID, secret, nil, "region"},
		{"no app", restapi.China, 0, secret, nil, "sdkAppID"},
		{"no key", restapi.China, appID, "", nil, "secretKey"},
		{"nil option", restapi.China, appID, secret, []restapi.Option{nil}, "option"},
		{"no admin", restapi.China, appID, secret, []restapi.Option{restapi.WithAdmin("")}, "admin"},
		{"long admin", restapi.China, appID, secret, []restapi.Option{restapi.WithAdmin(strings.Repeat("a", 33))}, "admin"},
		{"no admin for a source", restapi.China, appID, "", []restapi.Option{restapi.WithTokenSource(&source{}), restapi.WithAdmin("")}, "admin"},
		{"nil source", restapi.China, appID, secret, []restapi.Option{restapi.WithTokenSource(nil)}, "token source"},
		{"base without scheme", restapi.China, appID, secret, []restapi.Option{restapi.WithBaseURL("localhost:80")}, "base URL"},
		{"base without host", restapi.China, appID, secret, []restapi.Option{restapi.WithBaseURL("https://")}, "base URL"},
		{"base with a query", restapi.China, appID, secret, []restapi.Option{restapi.WithBaseURL("https://h/?usersig=" + secret)}, "base URL"},
		{"base with a user", restapi.China, appID, secret, []restapi.Option{restapi.WithBaseURL("https://u:" + secret + "@h")}, "base URL"},
		{"base that is not a URL", restapi.China, appID, secret, []restapi.Option{restapi.WithBaseURL("https://h:" + secret)}, "base URL"},
		{"no TLS config", restapi.China, appID, secret, []restapi.Option{restapi.WithTLSConfig(nil)}, "TLS config"},
		{"no HTTP client", restapi.China, appID, secret, []restapi.Option{restapi.WithHTTPClient(nil)}, "HTTP client"},
		{"a TLS config and an HTTP client", restapi.China, appID, secret, []restapi.Option{
			restapi.WithTLSConfig(&tls.Config{MinVersion: tls.VersionTLS13}), restapi.WithHTTPClient(&http.Client{}),
		}, "TLS config"},
		{"no transport", restapi.China, appID, secret, []restapi.Option{restapi.WithTransport(nil)}, "transport"},
		{"no timeout", restapi.China, appID, secret, []restapi.Option{restapi.WithTimeout(0)}, "timeout"},
		{"negative retries", restapi.China, appID, secret, []restapi.Option{restapi.WithRetry(restapi.RetryConfig{MaxAttempts: -1})}, "retry"},
		{"nil middleware", restapi.China, appID, secret, []restapi.Option{restapi.WithMiddleware(nil)}, "middleware"},
		{"middleware that returns nil", restapi.China, appID, secret, []restapi.Option{
			restapi.WithMiddleware(func(restapi.Invoke) restapi.Invoke { return nil }),
		}, "middleware"},
		{"a transport that returns nil", restapi.China, appID, secret, []restapi.Option{
			restapi.WithTransport(func(http.RoundTripper) http.RoundTripper { return nil }),
		}, "transport"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, err := restapi.NewClient(test.region, test.app, test.key, test.opts...)
			assert.Nil(t, client)
			require.ErrorIs(t, err, restapi.ErrInvalidArgument)
			var argument *restapi.ArgumentError
			require.ErrorAs(t, err, &argument)
			assert.Equal(t, test.field, argument.Field)
			assert.NotContains(t, err.Error(), secret)
		})
	}
}

func TestRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	client := f.client(t)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	tests := []struct {
		name string
		ctx  context.Context
		cmd  restapi.Command
		req  any
		want error
	}{
		{"nil context", nil, setCommand, nil, restapi.ErrInvalidArgument},
		{"cancelled context", cancelled, setCommand, nil, context.Canceled},
		{"no service", t.Context(), restapi.Command{Name: "x"}, nil, restapi.ErrInvalidArgument},
		{"no name", t.Context(), restapi.Command{Service: "x"}, nil, restapi.ErrInvalidArgument},
		{"a path in the name", t.Context(), restapi.Command{Service: "x", Name: "../y"}, nil, restapi.ErrInvalidArgument},
		{"a query in the name", t.Context(), restapi.Command{Service: "x", Name: "y?a=b"}, nil, restapi.ErrInvalidArgument},
		{"an array as request", t.Context(), setCommand, []int{1}, restapi.ErrInvalidArgument},
		{"a text as request", t.Context(), setCommand, "a", restapi.ErrInvalidArgument},
		{"a request that does not encode", t.Context(), setCommand, map[string]any{"a": func() {}}, restapi.ErrInvalidArgument},
	}
	for _, test := range tests {
		err := client.Call(test.ctx, test.cmd, test.req, nil)
		assert.ErrorIs(t, err, test.want, test.name)
		assert.True(t, strings.HasPrefix(err.Error(), test.cmd.String()+": "), "%s: %v", test.name, err)
	}
	assert.Empty(t, f.all(), "nothing was sent")
}

func TestAnswerIsDecoded(t *testing.T) {
	t.Parallel()
	type resp struct {
		Total uint64
		Names []string
	}
	f := newFake(t, answer(`{"ErrorInfo":"fine","ErrorCode":0,"Total":18446744073709551615,"Names":["a","\u0000"],"New":{"x":1}}`))
	got, err := restapi.Do[resp](t.Context(), f.client(t), setCommand, nil)
	require.NoError(t, err, "ActionStatus may be missing, ErrorInfo may say something")
	assert.Equal(t, &resp{18446744073709551615, []string{"a", "\x00"}}, got)

	f = newFake(t, answer(`{"ActionStatus":"SomeError","ErrorCode":0}`))
	require.NoError(t, f.client(t).Call(t.Context(), setCommand, nil, nil), "ErrorCode decides")

	f = newFake(t, fail(restapi.CodeProfileAccountNotFound))
	none, err := restapi.Do[resp](t.Context(), f.client(t), setCommand, nil)
	assert.Nil(t, none)
	assert.ErrorIs(t, err, restapi.CodeProfileAccountNotFound)
}

func TestWith(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	var order []string
	note := func(name string) restapi.Middleware {
		return func(next restapi.Invoke) restapi.Invoke {
			return func(ctx context.Context, cmd restapi.Command, req, resp any) error {
				order = append(order, name)
				return next(ctx, cmd, req, resp)
			}
		}
	}
	parent := f.client(t, restapi.WithMiddleware(note("a"), note("b")))
	child, err := parent.With(restapi.WithMiddleware(note("c")), restapi.WithAdmin("second"))
	require.NoError(t, err)
	sibling, err := parent.With(restapi.WithMiddleware(note("d")))
	require.NoError(t, err)

	require.NoError(t, child.Call(t.Context(), setCommand, nil, nil))
	require.NoError(t, parent.Call(t.Context(), setCommand, nil, nil))
	require.NoError(t, sibling.Call(t.Context(), setCommand, nil, nil))
	assert.Equal(t, []string{"a", "b", "c", "a", "b", "a", "b", "d"}, order)
	requests := f.all()
	assert.Equal(t, "second", requests[0].query.Get("identifier"))
	assert.Equal(t, "administrator", requests[1].query.Get("identifier"))
	assert.Equal(t, requests[1].query.Get("usersig"), requests[2].query.Get("usersig"), "a derived client shares the usersig")

	_, err = parent.With(restapi.WithTimeout(-time.Second))
	assert.ErrorIs(t, err, restapi.ErrInvalidArgument)
	trusting, err := parent.With(restapi.WithTLSConfig(&tls.Config{MinVersion: tls.VersionTLS13}))
	require.NoError(t, err)
	_, err = trusting.With(restapi.WithHTTPClient(http.DefaultClient))
	assert.ErrorIs(t, err, restapi.ErrInvalidArgument, "the configuration would be ignored")
}

// A derived client takes from the same bucket as its parent.
func TestWithSharesTheLimiter(t *testing.T) {
	t.Parallel()
	client, err := restapi.NewClient(restapi.China, appID, secret, inMemory(func(*http.Request) (*http.Response, error) {
		return respond(answerOK), nil
	}), restapi.WithLimiter(restapi.NewLimiter(restapi.LimiterConfig{FailFast: true})))
	require.NoError(t, err)
	derived, err := client.With(restapi.WithAdmin("second"))
	require.NoError(t, err)
	slow := restapi.Command{Service: "a", Name: "b", PerSecond: 1}
	require.NoError(t, client.Call(t.Context(), slow, nil, nil))
	require.ErrorIs(t, derived.Call(t.Context(), slow, nil, nil), restapi.ErrRateLimited)
}

func TestClientNeverPrintsItsKey(t *testing.T) {
	t.Parallel()
	client := newClient(t)
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("client", "client", client)
	for _, text := range []string{
		fmt.Sprint(client), fmt.Sprintf("%v", client), fmt.Sprintf("%+v", client), fmt.Sprintf("%#v", client), log.String(),
	} {
		assert.NotContains(t, text, secret)
		assert.NotEmpty(t, text)
	}
	assert.Equal(t, "restapi.Client(sdkappid 1400000001, region sgp)", client.String())
}

func TestMiddlewareMayAnswer(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	client := f.client(t, restapi.WithMiddleware(func(restapi.Invoke) restapi.Invoke {
		return func(context.Context, restapi.Command, any, any) error { return restapi.CodeProfileInternalError }
	}))
	assert.ErrorIs(t, client.Call(t.Context(), setCommand, nil, nil), restapi.ErrTemporary)
	assert.Empty(t, f.all())
}
