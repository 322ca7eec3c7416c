package restapi_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestWhatIsTriedAgain(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		script     http.HandlerFunc
		idempotent int // attempts of a command that may be repeated
		once       int // and of one that may not
	}{
		{"60007 was not carried out", fail(60007), 3, 3},
		{"60018 was not carried out", fail(60018), 3, 3},
		{"60004 was not carried out", fail(60004), 3, 3},
		{"429 was not carried out", status(429, ""), 3, 3},
		{"40006 may have been", fail(40006), 3, 1},
		{"70169 may have been", fail(70169), 3, 1},
		{"60008 may have been", fail(60008), 3, 1},
		{"60022 may have been", fail(60022), 3, 1},
		{"502 may have been", status(502, ""), 3, 1},
		{"a cut connection may have been", cut, 3, 1},
		{"40003 is final", fail(40003), 1, 1},
		{"40001 is final", fail(40001), 1, 1},
		{"the limit of the day is final", fail(60028), 1, 1},
		{"a code newer than the table is final", fail(424242), 1, 1},
		{"2100 says nothing on it", fail(2100), 1, 1},
		{"another region's host is final", fail(60026), 1, 1},
		{"not an administrator is final", fail(60010), 1, 1},
		{"400 is final", status(400, ""), 1, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, test.script)
			require.Error(t, f.client(t).Call(t.Context(), setCommand, nil, nil))
			assert.Len(t, f.all(), test.idempotent)
			f = newFake(t, test.script)
			err := f.client(t).Call(t.Context(), addCommand, nil, nil)
			assert.Len(t, f.all(), test.once)
			var e *restapi.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, test.once, e.Attempts)

			f = newFake(t, test.script)
			require.Error(t, f.client(t, restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 1})).Call(t.Context(), setCommand, nil, nil))
			assert.Len(t, f.all(), 1, "retries can be switched off")
		})
	}
}

func TestRetrySucceeds(t *testing.T) {
	t.Parallel()
	f := newFake(t, status(502, "<html>"), cut, answer(`{"ErrorCode":0,"A":7}`))
	var resp struct{ A int }
	require.NoError(t, f.client(t).Call(t.Context(), setCommand, map[string]int{"x": 1}, &resp))
	assert.Equal(t, 7, resp.A)
	for _, r := range f.all() {
		assert.JSONEq(t, `{"x":1}`, r.body, "every attempt carries the whole body")
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for range 50 {
			var at []time.Duration
			start := time.Now()
			client, err := restapi.NewClient(restapi.China, appID, secret, restapi.WithLimiter(nil),
				restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 5}), inMemory(func(*http.Request) (*http.Response, error) {
					at = append(at, time.Since(start))
					return &http.Response{StatusCode: 503, Body: http.NoBody}, nil
				}))
			require.NoError(t, err)
			require.ErrorIs(t, client.Call(t.Context(), setCommand, nil, nil), restapi.ErrTemporary)
			require.Len(t, at, 5)
			for i, most := range []time.Duration{200, 400, 800, 1600} {
				assert.LessOrEqual(t, at[i+1]-at[i], most*time.Millisecond)
			}
			assert.NotEqual(t, at[1], at[0], "full jitter is next to never nothing")
		}
	})
}

// A wait that would pass the deadline is not begun: the failure comes back at once.
func TestNoRetryPastTheDeadline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		attempts := 0
		client, err := restapi.NewClient(restapi.China, appID, secret, restapi.WithLimiter(nil),
			restapi.WithRetry(restapi.RetryConfig{BaseDelay: 1000 * time.Hour, MaxDelay: 1000 * time.Hour}),
			inMemory(func(*http.Request) (*http.Response, error) {
				attempts++
				return &http.Response{StatusCode: 503, Body: http.NoBody}, nil
			}))
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		err = client.Call(ctx, setCommand, nil, nil)
		var e *restapi.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, 503, e.HTTPStatus)
		assert.Equal(t, 1, attempts)
		assert.Zero(t, time.Since(start))
	})
}

func TestCancelledDuringTheWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, err := restapi.NewClient(restapi.China, appID, secret, restapi.WithLimiter(nil),
			restapi.WithRetry(restapi.RetryConfig{BaseDelay: 1000 * time.Hour, MaxDelay: 1000 * time.Hour}),
			inMemory(func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF }))
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() {
			assert.ErrorIs(t, client.Call(ctx, setCommand, nil, nil), io.ErrUnexpectedEOF, "the last failure is told")
		})
		synctest.Wait()
		cancel()
		wg.Wait()
	})
}

// When every call fails, retries soon stop; successes pay for new ones.
func TestRetryBudget(t *testing.T) {
	t.Parallel()
	down := true
	attempts := 0
	client := newClient(t, inMemory(func(*http.Request) (*http.Response, error) {
		attempts++
		if down {
			return nil, errors.New("down")
		}
		return respond(answerOK), nil
	}))
	derived, err := client.With(restapi.WithAdmin("second"))
	require.NoError(t, err)
	for i := range 100 {
		_ = []*restapi.Client{client, derived}[i%2].Call(t.Context(), setCommand, nil, nil)
	}
	assert.Equal(t, 100+10, attempts, "a capacity of 50 at a cost of 5, shared with derived clients")

	down = false
	for range 12 {
		require.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
	}
	down, attempts = true, 0
	for range 10 {
		_ = client.Call(t.Context(), setCommand, nil, nil)
	}
	assert.Equal(t, 10+2, attempts, "twelve successes pay for two retries")
}
