package restapi_test

import (
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// answersItself is a transport around the client that never calls the client's own.
func answersItself(answer roundTrip) restapi.Option {
	return restapi.WithTransport(func(http.RoundTripper) http.RoundTripper { return answer })
}

// What a transport around the client, or below it, may leave out.
func TestTransportsThatLeaveThingsOut(t *testing.T) {
	t.Parallel()
	failure := errors.New("the circuit is open")
	body := func(text string) roundTrip {
		return func(*http.Request) (*http.Response, error) { return respond(text), nil }
	}
	noBody := func(status int, length int64) roundTrip {
		return func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, ContentLength: length}, nil
		}
	}
	tests := []struct {
		name   string
		answer roundTrip
		want   error // nil: success
	}{
		{"an answer", body(answerOK), nil},
		{"a refusal", body(`{"ErrorCode":40003}`), restapi.CodeProfileAccountNotFound},
		{"a refused usersig", body(`{"ErrorCode":70001}`), restapi.CodeUserSigExpired},
		{"an error", func(*http.Request) (*http.Response, error) { return nil, failure }, failure},
		{"neither answer nor error", func(*http.Request) (*http.Response, error) { return nil, nil }, restapi.ErrTemporary},
		{"both", func(*http.Request) (*http.Response, error) { return &http.Response{StatusCode: 200}, failure }, failure},
		{"no body", noBody(200, 0), restapi.ErrBadResponse},
		{"no body of a length unknown", noBody(200, -1), restapi.ErrBadResponse},
		{"no body where one was announced", noBody(200, 10), restapi.ErrTemporary},
		{"no body with 502", noBody(502, 0), restapi.ErrTemporary},
		{"no body with 101", noBody(101, 0), restapi.ErrBadResponse},
		{"no body with 302", noBody(302, 0), restapi.ErrBadResponse},
	}
	for _, test := range tests {
		places := map[string]restapi.Option{"around": answersItself(test.answer), "below": inMemory(test.answer)}
		for place, option := range places {
			t.Run(test.name+" "+place, func(t *testing.T) {
				t.Parallel()
				client := newClient(t, option)
				for _, cmd := range []restapi.Command{setCommand, addCommand} {
					err := client.Call(t.Context(), cmd, nil, nil)
					if test.want == nil {
						require.NoError(t, err)
						continue
					}
					require.ErrorIs(t, err, test.want)
				}
			})
		}
	}
}

// A transport around the client that reads the body of an answer without one is not led to a body that panics.
func TestNoBodyIsPassedOnAsNone(t *testing.T) {
	t.Parallel()
	var body io.ReadCloser = http.NoBody
	bare := func(*http.Request) (*http.Response, error) { return &http.Response{StatusCode: 200}, nil }
	client := newClient(t, inMemory(bare),
		restapi.WithTransport(func(next http.RoundTripper) http.RoundTripper {
			return roundTrip(func(r *http.Request) (*http.Response, error) {
				res, err := next.RoundTrip(r)
				body = res.Body
				return res, err
			})
		}))
	require.ErrorIs(t, client.Call(t.Context(), setCommand, nil, nil), restapi.ErrBadResponse)
	assert.Nil(t, body)
}

func TestTransportThatDropsTheRequest(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*http.Request) *http.Request{
		"context": func(r *http.Request) *http.Request {
			return &http.Request{Method: r.Method, URL: r.URL, Header: r.Header}
		},
		"URL": func(r *http.Request) *http.Request {
			changed := *r
			changed.URL = nil
			return &changed
		},
	} {
		client := newClient(t, inMemory(func(*http.Request) (*http.Response, error) { return respond(answerOK), nil }),
			restapi.WithTransport(func(next http.RoundTripper) http.RoundTripper {
				return roundTrip(func(r *http.Request) (*http.Response, error) { return next.RoundTrip(change(r)) })
			}))
		require.ErrorContains(t, client.Call(t.Context(), setCommand, nil, nil), "did not pass on the request's "+name)
	}
}

// One that answers by itself may have sent the request in a way of its own.
func TestAnswerOfATransportCountsAsSent(t *testing.T) {
	t.Parallel()
	for cmd, want := range map[restapi.Command]int{setCommand: 3, addCommand: 1} {
		calls := 0
		client := newClient(t, answersItself(func(*http.Request) (*http.Response, error) {
			calls++
			return &http.Response{StatusCode: 502}, nil
		}))
		require.ErrorIs(t, client.Call(t.Context(), cmd, nil, nil), restapi.ErrTemporary)
		assert.Equal(t, want, calls, cmd)
	}
}

// Without a UserSig nothing is sent, so that any command may be tried again.
func TestNoUserSigCountsAsNotSent(t *testing.T) {
	t.Parallel()
	failing := &source{err: func(n int) error {
		if n == 1 {
			return io.ErrUnexpectedEOF
		}
		return nil
	}}
	var used []string
	client := newClient(t, restapi.WithTokenSource(failing), sigs(&used))
	require.NoError(t, client.Call(t.Context(), addCommand, nil, nil))
	assert.Equal(t, []string{"sig-2"}, used)
}
