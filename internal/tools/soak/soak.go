package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
	"github.com/go-tencentchat/tencentchat/usersig"
)

const (
	users   = 100
	workers = 32
	token   = "soak-token"
)

// A soak is a local chat, a backend that receives its webhooks, and a client in between whose first host goes away at
// times.
type soak struct {
	chat    *restapitest.Server
	backend *httptest.Server
	client  *restapi.Client
	down    atomic.Bool // the first host

	calls, failed, webhooks atomic.Int64

	mu       sync.Mutex
	failures map[string]int
}

func newSoak() (*soak, error) {
	s := &soak{failures: map[string]int{}}
	s.chat = restapitest.NewServer(restapitest.WithRate(-1))
	for i := range users {
		s.chat.AddAccount(user(i))
	}
	h, err := callback.NewHandler(s.chat.SDKAppID(), callback.WithToken(token))
	if err != nil {
		return nil, err
	}
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error {
		s.webhooks.Add(1)
		return nil
	})
	s.backend = httptest.NewServer(h)
	if err := s.chat.SetCallback(s.backend.URL, token); err != nil {
		return nil, err
	}
	signer, err := usersig.New(s.chat.SDKAppID(), s.chat.SecretKey())
	if err != nil {
		return nil, err
	}
	s.client, err = restapi.NewClient(restapi.Singapore, s.chat.SDKAppID(), "",
		restapi.WithTokenSource(shortLived{signer}),
		restapi.WithLimiter(restapi.NewLimiter(restapi.LimiterConfig{PerSecond: map[string]int{
			profile.CommandPortraitSet.String(): 2000, profile.CommandPortraitGet.String(): 2000,
		}})),
		restapi.WithHTTPClient(&http.Client{Transport: s}),
		restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 5, BaseDelay: 5 * time.Millisecond, MaxDelay: 50 * time.Millisecond}))
	return s, err
}

// shortLived makes UserSigs of four seconds, which are renewed every three.
type shortLived struct{ signer *usersig.Signer }

func (s shortLived) Token(_ context.Context, userID string) (string, time.Time, error) {
	expires := time.Now().Add(4 * time.Second)
	sig, err := s.signer.Sign(userID, 4*time.Second)
	return sig, expires, err
}

func user(i int) string { return fmt.Sprintf("user-%d", i%users) }

// RoundTrip takes the two hosts of the region to the local chat. The first one cannot be dialled while it is down.
func (s *soak) RoundTrip(r *http.Request) (*http.Response, error) {
	if s.down.Load() && !strings.HasSuffix(r.URL.Host, "my-imcloud.com") {
		dial := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
		}}
		return dial.RoundTrip(r)
	}
	local := r.Clone(r.Context())
	local.URL.Scheme, local.URL.Host = "http", strings.TrimPrefix(s.chat.URL, "http://")
	return http.DefaultTransport.RoundTrip(local)
}

// work makes calls and trouble until the time is over.
func (s *soak) work(ctx context.Context, out io.Writer, length time.Duration, watch *watch) {
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	var wg sync.WaitGroup
	for i := range workers {
		wg.Go(func() { s.call(ctx, i) })
	}
	wg.Go(func() { s.trouble(ctx) })
	wg.Go(func() { watch.samples(ctx, out, length) })
	wg.Wait()
	s.chat.Wait()
}

// call mixes reading, setting, bad arguments and unknown users.
func (s *soak) call(ctx context.Context, worker int) {
	accounts := profile.NewClient(s.client)
	for n := worker; ctx.Err() == nil; n++ {
		within, cancel := context.WithTimeout(ctx, 3*time.Second)
		var err, want error
		switch n % 8 {
		case 0, 1, 2:
			err = accounts.SetProfile(within, user(n), profile.Nick.To(fmt.Sprint(n)), profile.Level.To(uint32(n%100)))
		case 3, 4:
			_, err = accounts.GetProfiles(within, []string{user(n), user(n + 1)})
		case 5:
			err, want = accounts.SetProfile(within, "nobody", profile.Nick.To("x")), restapi.CodeProfileAccountNotFound
		case 6:
			err, want = accounts.SetProfile(within, user(n), profile.Location.To("a place with a long name")), restapi.ErrInvalidArgument
		case 7:
			_ = s.chat.User(user(n)).SetProfile(profile.Nick.To(fmt.Sprint(n)))
		}
		cancel()
		s.calls.Add(1)
		// Refusals for the rate slow the client down, and a call then has no turn in time.
		if ctx.Err() == nil && !errors.Is(err, want) && !errors.Is(err, restapi.ErrRateLimited) {
			s.failed.Add(1)
			s.mu.Lock()
			s.failures[fmt.Sprint(err)]++
			s.mu.Unlock()
		}
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// trouble makes the service refuse, stall and vanish in turn.
func (s *soak) trouble(ctx context.Context) {
	for n := 0; ctx.Err() == nil; n++ {
		switch n % 16 {
		case 0:
			s.chat.FailNext(profile.CommandPortraitSet, restapi.CodeCommandRateLimited, 3)
		case 4, 12:
			s.chat.FailNext(profile.CommandPortraitSet, restapi.CodeUserSigExpired, 1)
		case 2, 8, 10:
			s.down.Store(!s.down.Load())
		default:
			s.chat.FailNext(profile.CommandPortraitGet, restapi.CodeProfileInternalError, 1)
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Duration(500+rand.IntN(500)) * time.Millisecond):
		}
	}
}

func (s *soak) close() {
	s.client.CloseIdleConnections()
	s.chat.Close()
	s.backend.Close()
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
}
