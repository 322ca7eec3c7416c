package restapi_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// asking is a request that adds to the URL.
type asking struct {
	A     int
	query url.Values
}

func (a asking) Query() url.Values { return a.query }

// appOf is a request whose body names the app.
type appOf struct{ A any }

func (a appOf) ForApp(sdkAppID uint64) any {
	if a.A == nil {
		return nil
	}
	return map[string]any{"SdkAppId": sdkAppID, "A": a.A}
}

// appended is a request that writes itself.
type appended string

func (a appended) AppendJSON(dst []byte) ([]byte, error) {
	if a == "fails" {
		return nil, errors.New("no")
	}
	return append(dst, a...), nil
}

// both is a request that does both.
type both struct {
	asking
	appOf
}

func TestRequestWithAQuery(t *testing.T) {
	t.Parallel()
	f := newFake(t, status(502, ""), fail(70001), answer(answerOK))
	var around []string
	watch := restapi.WithTransport(func(next http.RoundTripper) http.RoundTripper {
		return roundTrip(func(r *http.Request) (*http.Response, error) {
			around = append(around, r.URL.RawQuery)
			return next.RoundTrip(r)
		})
	})
	req := asking{A: 7, query: url.Values{"nettype": {"0", "6"}, "a&usersig=b": {"c=d&e f"}, "名": {"%26"}, "empty": nil, "none": {""}}}
	require.NoError(t, f.client(t, watch).Call(t.Context(), setCommand, req, nil))
	require.Len(t, f.all(), 3)
	for _, r := range f.all() {
		assert.JSONEq(t, `{"A":7}`, r.body)
		for _, name := range []string{"sdkappid", "identifier", "usersig", "random", "contenttype"} {
			assert.Len(t, r.query[name], 1, name)
			delete(r.query, name)
		}
		assert.Equal(t, url.Values{"nettype": {"0", "6"}, "a&usersig=b": {"c=d&e f"}, "名": {"%26"}, "none": {""}}, r.query)
	}
	assert.Equal(t, []string{"", "", ""}, around)
}

func TestRequestForApp(t *testing.T) {
	t.Parallel()
	app := strconv.Itoa(appID)
	tests := []struct {
		name        string
		req         any
		body, query string
	}{
		{"in place of the request", appOf{7}, `{"SdkAppId":` + app + `,"A":7}`, ""},
		{"nothing", appOf{}, `{}`, ""},
		{"a nil pointer", (*appOf)(nil), `{}`, ""},
		{"a nil pointer with a query", (*asking)(nil), `{}`, ""},
		{"a query too", both{asking{query: url.Values{"nettype": {"2"}}}, appOf{7}}, `{"SdkAppId":` + app + `,"A":7}`, "2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			var passed any
			middleware := func(next restapi.Invoke) restapi.Invoke {
				return func(ctx context.Context, cmd restapi.Command, req, resp any) error {
					passed = req
					return next(ctx, cmd, req, resp)
				}
			}
			require.NoError(t, f.client(t, restapi.WithMiddleware(middleware)).Call(t.Context(), setCommand, test.req, nil))
			assert.JSONEq(t, test.body, f.all()[0].body)
			assert.Equal(t, test.query, f.all()[0].query.Get("nettype"))
			assert.Equal(t, test.req, passed)
		})
	}
}

// What the client sets itself cannot be set, in whatever case, and a body is an object.
func TestRequestsThatAreRefused(t *testing.T) {
	t.Parallel()
	waits := 0
	f := newFake(t)
	client := f.client(t, restapi.WithLimiter(waitFunc(func(context.Context) error { waits++; return nil })))
	for _, name := range []string{"sdkappid", "SdkAppid", "identifier", "IDENTIFIER", "usersig", "UserSig", "random", "Random", "contenttype", "ContentType"} {
		err := client.Call(t.Context(), setCommand, asking{query: url.Values{"nettype": {"1"}, name: {"x"}}}, nil)
		var refused *restapi.ArgumentError
		require.ErrorAs(t, err, &refused)
		require.EqualError(t, err, "profile/portrait_set: invalid argument: query must not have "+strings.ToLower(name)+", which the client sets")
	}
	err := client.Call(t.Context(), setCommand, both{appOf: appOf{func() {}}}, nil)
	require.ErrorIs(t, err, restapi.ErrInvalidArgument)
	assert.Empty(t, f.all())
	assert.Zero(t, waits)
}

// What a request adds to the URL is in no error, whoever quotes the URL.
func TestQueryOfARequestIsNotShown(t *testing.T) {
	t.Parallel()
	quoting := map[string]roundTrip{
		"a transport": func(r *http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("cannot reach %s", r.URL)
		},
		"a structured error": func(r *http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("round trip: %w", &url.Error{Op: "Post", URL: r.URL.String(), Err: io.ErrUnexpectedEOF})
		},
		"the service": func(r *http.Request) (*http.Response, error) {
			return respond(fmt.Sprintf(`{"ErrorCode":40001,"ErrorInfo":%q,"RequestId":%q}`, r.URL, r.URL.RawQuery)), nil
		},
		"the body": func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: io.NopCloser(iotest.ErrReader(errors.New(r.URL.String()))), ContentLength: -1}, nil
		},
	}
	for who, transport := range quoting {
		client := newClient(t, inMemory(transport), restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 1}))
		err := client.Call(t.Context(), setCommand, asking{query: url.Values{"nettype": {"7"}, "zone": {"a b"}}}, nil)
		require.Error(t, err, who)
		for _, form := range []string{"%v", "%+v", "%#v"} {
			text := fmt.Sprintf(form, err)
			if e, ok := errors.AsType[*restapi.Error](err); ok {
				text += fmt.Sprintf(form+form+form, e.Err, errors.Unwrap(e.Err), e.RequestID)
			}
			if form == "%v" {
				assert.Contains(t, text, "[query]", who)
			}
			assert.NotContains(t, text, "nettype", who)
			assert.NotContains(t, text, "zone", who)
		}
	}
}

func TestRequestThatWritesItself(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	require.NoError(t, f.client(t).Call(t.Context(), setCommand, appended(`{"A":7}`), nil))
	require.NoError(t, f.client(t).Call(t.Context(), setCommand, (*appended)(nil), nil))
	assert.Equal(t, []string{`{"A":7}`, `{}`}, []string{f.all()[0].body, f.all()[1].body})
	for req, reason := range map[appended]string{
		"": "does not encode to a JSON object", "[]": "does not encode to a JSON object", "fails": "does not encode to JSON: no",
	} {
		err := f.client(t).Call(t.Context(), setCommand, req, nil)
		require.ErrorIs(t, err, restapi.ErrInvalidArgument)
		require.ErrorContains(t, err, reason)
	}
	assert.Len(t, f.all(), 2)
}
