package restapi_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/usersig"
)

// source counts the tokens that it makes: sig-1, sig-2 and so on.
type source struct {
	ttl  time.Duration // an hour by default
	err  func(n int) error
	wait time.Duration

	mu   sync.Mutex
	made int
}

func (s *source) Token(ctx context.Context, _ string) (string, time.Time, error) {
	s.mu.Lock()
	s.made++
	n := s.made
	s.mu.Unlock()
	if s.wait > 0 {
		select {
		case <-time.After(s.wait):
		case <-ctx.Done():
			return "", time.Time{}, ctx.Err()
		}
	}
	if s.err != nil && s.err(n) != nil {
		return "", time.Time{}, s.err(n)
	}
	ttl := s.ttl
	if ttl == 0 {
		ttl = time.Hour
	}
	return "sig-" + strconv.Itoa(n), time.Now().Add(ttl), nil
}

// sigs answers every request with OK and notes the usersigs.
func sigs(into *[]string) restapi.Option {
	var mu sync.Mutex
	return inMemory(func(r *http.Request) (*http.Response, error) {
		mu.Lock()
		defer mu.Unlock()
		*into = append(*into, r.URL.Query().Get("usersig"))
		return respond(answerOK), nil
	})
}

func respond(body string) *http.Response {
	return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body))}
}

func TestUserSigIsRenewedBeforeItExpires(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var sent []string
		client := newClient(t, restapi.WithTokenSource(&source{}), sigs(&sent))
		for _, minute := range []int{0, 30, 44, 46, 60, 90, 91, 92} {
			at := time.Date(2000, 1, 1, 0, minute, 0, 0, time.UTC)
			time.Sleep(time.Until(at))
			require.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
		}
		assert.Equal(t, []string{"sig-1", "sig-1", "sig-1", "sig-2", "sig-2", "sig-2", "sig-3", "sig-3"}, sent)
	})
}

// The client's own UserSig lasts a day and is renewed on the way.
func TestOwnUserSigIsRenewed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		signer, err := usersig.New(appID, secret)
		require.NoError(t, err)
		seen := map[string]bool{}
		client := newClient(t, inMemory(func(r *http.Request) (*http.Response, error) {
			sig := r.URL.Query().Get("usersig")
			seen[sig] = true
			require.NoError(t, signer.Verify("administrator", sig))
			return respond(answerOK), nil
		}))
		for range 100 {
			require.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
			time.Sleep(time.Hour)
		}
		assert.Len(t, seen, 6, "one for every 18 of 100 hours")
	})
}

func TestRenewalThatFailsKeepsTheOld(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var sent []string
		down := errors.New("vault is sealed")
		client := newClient(t, sigs(&sent), restapi.WithTokenSource(&source{err: func(n int) error {
			if n > 1 {
				return down
			}
			return nil
		}}))
		require.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
		time.Sleep(50 * time.Minute)
		require.NoError(t, client.Call(t.Context(), setCommand, nil, nil), "it holds for ten minutes more")
		time.Sleep(11 * time.Minute)
		err := client.Call(t.Context(), setCommand, nil, nil)
		require.ErrorIs(t, err, down)
		assert.Equal(t, []string{"sig-1", "sig-1"}, sent, "an expired usersig is not sent")
	})
}

func TestCallsGoOnWhileOneRenews(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var sent []string
		src := &source{wait: time.Second}
		client := newClient(t, sigs(&sent), restapi.WithTokenSource(src))
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() { assert.NoError(t, client.Call(t.Context(), setCommand, nil, nil)) })
		}
		wg.Wait()
		assert.Equal(t, 1, src.made, "the first one is made once, and all wait for it")
		time.Sleep(50 * time.Minute)
		start := time.Now()
		quick := 0
		var mu sync.Mutex
		for range 8 {
			wg.Go(func() {
				assert.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
				mu.Lock()
				defer mu.Unlock()
				if time.Since(start) == 0 {
					quick++
				}
			})
		}
		wg.Wait()
		assert.Equal(t, 7, quick, "only the one that renews waits")
		assert.Equal(t, 2, src.made)
	})
}

func TestWaitForTheTokenSourceEndsWithTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var sent []string
		client := newClient(t, sigs(&sent), restapi.WithTokenSource(&source{wait: time.Minute}), restapi.WithTimeout(time.Hour))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() { assert.ErrorIs(t, client.Call(ctx, setCommand, nil, nil), context.DeadlineExceeded) })
		}
		wg.Wait()
		assert.Empty(t, sent)
	})
}

// What a source hands out must be a UserSig that holds.
func TestBadTokens(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	for name, source := range map[string]funcSource{
		"expired": func() (string, time.Time, error) { return "sig", time.Now().Add(-time.Second), nil },
		"empty":   func() (string, time.Time, error) { return "", time.Now().Add(time.Hour), nil },
	} {
		err := f.client(t, restapi.WithTokenSource(source)).Call(t.Context(), setCommand, nil, nil)
		require.ErrorContains(t, err, "token source: the usersig is empty or has expired already", name)
	}
	assert.Empty(t, f.all())
}

// The wall clock decides, also when it is set back by hours: a UserSig from the future is not sent.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	var sent []string
	src := &source{}
	client := newClient(t, sigs(&sent), restapi.WithTokenSource(src))
	require.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
	restapi.ShiftIssued(client, 2*time.Hour)
	require.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
	assert.Equal(t, []string{"sig-1", "sig-2"}, sent)
}

func TestRefusedUserSigIsMadeAnewOnce(t *testing.T) {
	t.Parallel()
	for _, code := range []restapi.Code{
		restapi.CodeUserSigExpired, restapi.CodeUserSigInvalid, restapi.CodeUserSigInvalidAlt, restapi.CodeUserSigKeyMismatch,
		restapi.CodeUserSigInvalidated, restapi.CodeUserSigEmpty,
	} {
		t.Run(code.Name(), func(t *testing.T) {
			t.Parallel()
			// Neither retries switched off nor a command that must not be repeated stands in the way.
			once := restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 1})
			f := newFake(t, fail(code), answer(answerOK))
			client := f.client(t, once, restapi.WithTokenSource(&source{}))
			require.NoError(t, client.Call(t.Context(), addCommand, nil, nil))
			requests := f.all()
			require.Len(t, requests, 2)
			assert.Equal(t, "sig-1", requests[0].query.Get("usersig"))
			assert.Equal(t, "sig-2", requests[1].query.Get("usersig"))

			f = newFake(t, fail(code))
			client = f.client(t, once, restapi.WithTokenSource(&source{}))
			require.ErrorIs(t, client.Call(t.Context(), addCommand, nil, nil), code)
			assert.Len(t, f.all(), 2, "once, not for ever")
			require.ErrorIs(t, client.Call(t.Context(), addCommand, nil, nil), restapi.ErrUserSig)
			assert.Len(t, f.all(), 3, "credentials that do not fit are not tried twice for each call")
		})
	}
	f := newFake(t, fail(restapi.CodeUserSigCheckRateLimited))
	require.ErrorIs(t, f.client(t).Call(t.Context(), setCommand, nil, nil), restapi.CodeUserSigCheckRateLimited)
	assert.Len(t, f.all(), 1, "a lock-out is not answered with more")
}

// A usersig that was refused and replaced counts as good once the server took it.
func TestRefusedAgainLater(t *testing.T) {
	t.Parallel()
	f := newFake(t, fail(70001), answer(answerOK), fail(70052), answer(answerOK))
	client := f.client(t, restapi.WithTokenSource(&source{}))
	require.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
	require.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
	assert.Len(t, f.all(), 4)
}

func TestParallelRefusalsMakeOneNewUserSig(t *testing.T) {
	t.Parallel()
	var together sync.WaitGroup
	together.Add(8)
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("usersig") == "sig-1" {
			together.Done()
			together.Wait()
			fail(70001)(w, r)
			return
		}
		answer(answerOK)(w, r)
	})
	src := &source{}
	client := f.client(t, restapi.WithTokenSource(src))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { assert.NoError(t, client.Call(t.Context(), setCommand, nil, nil)) })
	}
	wg.Wait()
	assert.Equal(t, 2, src.made)
}

func TestTransportMustPassOnTheContext(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	client := f.client(t, restapi.WithTransport(func(next http.RoundTripper) http.RoundTripper {
		return roundTrip(func(r *http.Request) (*http.Response, error) {
			return next.RoundTrip(r.WithContext(context.Background()))
		})
	}))
	require.ErrorContains(t, client.Call(t.Context(), setCommand, nil, nil), "did not pass on the request's context")
	assert.Empty(t, f.all())
}

// A source need not be of a type that can be compared.
type funcSource func() (string, time.Time, error)

func (f funcSource) Token(context.Context, string) (string, time.Time, error) { return f() }

func TestAnyTypeCanBeASource(t *testing.T) {
	t.Parallel()
	var sent []string
	client := newClient(t, sigs(&sent), restapi.WithTokenSource(funcSource(func() (string, time.Time, error) {
		return "from-a-function", time.Now().Add(time.Hour), nil
	})))
	derived, err := client.With(restapi.WithTimeout(time.Second))
	require.NoError(t, err)
	require.NoError(t, derived.Call(t.Context(), setCommand, nil, nil))
	assert.Equal(t, []string{"from-a-function"}, sent)
}

func TestDerivedClientHasItsOwnSource(t *testing.T) {
	t.Parallel()
	var sent []string
	parent := newClient(t, sigs(&sent), restapi.WithTokenSource(&source{}))
	require.NoError(t, parent.Call(t.Context(), setCommand, nil, nil))
	derived, err := parent.With(restapi.WithTokenSource(funcSource(func() (string, time.Time, error) {
		return "another", time.Now().Add(time.Hour), nil
	})))
	require.NoError(t, err)
	require.NoError(t, derived.Call(t.Context(), setCommand, nil, nil))
	assert.Equal(t, []string{"sig-1", "another"}, sent)
}

// The attempt that found the UserSig bad is not one of the three that a call has.
func TestAttemptsAfterANewUserSig(t *testing.T) {
	t.Parallel()
	f := newFake(t, fail(70001), status(502, ""))
	err := f.client(t, restapi.WithTokenSource(&source{})).Call(t.Context(), setCommand, nil, nil)
	var e *restapi.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, 4, e.Attempts)
	assert.Len(t, f.all(), 4)
}
