package restapitest_test

import (
	"context"
	"encoding/json"
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

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
	"github.com/go-tencentchat/tencentchat/usersig"
)

var once = restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 1})

func TestFailNext(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann")
	users := profile.NewClient(srv.Client(once))
	set := func() error { return users.SetProfile(t.Context(), "ann", profile.Level.To(1)) }

	srv.FailNext(profile.CommandPortraitSet, restapi.CodeProfileInternalError, 2)
	for range 2 {
		require.ErrorIs(t, set(), restapi.CodeProfileInternalError)
	}
	items, _ := srv.Profile("ann")
	assert.Empty(t, items, "nothing is done")
	require.NoError(t, set())

	srv.FailNext(profile.CommandPortraitSet, restapi.CodeProfileInternalError, 5)
	_, err := users.GetProfiles(t.Context(), []string{"ann"})
	require.NoError(t, err, "other commands go on")
	srv.FailNext(profile.CommandPortraitSet, 0, 0)
	require.NoError(t, set(), "taken back")
}

func TestFailNextCountsOnlyWhatPassesTheChecks(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.FailNext(account.CommandAccountCheck, restapi.CodeAccountTimeout, 1)
	path := "/" + account.CommandAccountCheck.Path()
	require.Equal(t, restapi.CodeSDKAppIDMissing, send(t, srv, http.MethodPost, path, "", `{}`).ErrorCode)
	require.Equal(t, restapi.CodeAccountTimeout, post(t, srv, account.CommandAccountCheck, `{}`).ErrorCode)
}

func TestDelayHoldsTheAnswerOfACallThatIsDone(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann")
	srv.Delay(profile.CommandPortraitSet, time.Hour)
	users := profile.NewClient(srv.Client(once))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	err := users.SetProfile(ctx, "ann", profile.Level.To(1))
	require.ErrorIs(t, err, context.DeadlineExceeded)
	items, _ := srv.Profile("ann")
	assert.Len(t, items, 1)

	srv.Delay(profile.CommandPortraitSet, 0)
	require.NoError(t, users.SetProfile(t.Context(), "ann", profile.Level.To(1)))
}

func TestCloseLetsDelayedAnswersGo(t *testing.T) {
	t.Parallel()
	srv := restapitest.NewServer()
	srv.Delay(account.CommandAccountCheck, time.Hour)
	done := make(chan error)
	go func() {
		_, err := account.NewClient(srv.Client(once)).Check(context.WithoutCancel(t.Context()), []string{"x"})
		done <- err
	}()
	require.Eventually(t, func() bool { return len(srv.Calls()) == 1 }, 5*time.Second, time.Millisecond)
	srv.Close()
	require.NoError(t, <-done)
	srv.Close()
}

func TestAClosedServerRefuses(t *testing.T) {
	t.Parallel()
	srv := restapitest.NewServer(restapitest.WithoutListener())
	client := srv.Client(once)
	srv.Close()
	err := client.Call(t.Context(), account.CommandAccountCheck, nil, nil)
	var failed *restapi.Error
	require.ErrorAs(t, err, &failed)
	assert.Equal(t, http.StatusServiceUnavailable, failed.HTTPStatus)
}

func TestHandle(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	sendmsg := restapi.Command{Service: "some_svc", Name: "some_command", PerSecond: 200}
	srv.Handle("/v4/some_svc/some_command", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		assert.JSONEq(t, `{"To_Account":"ann"}`, string(body))
		_, _ = io.WriteString(w, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","MsgTime":7}`)
	})
	srv.Handle(account.CommandAccountCheck.Path(), func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "<html>", http.StatusBadGateway)
	})
	client := srv.Client(once)
	got, err := restapi.Do[struct{ MsgTime int }](t.Context(), client, sendmsg, map[string]string{"To_Account": "ann"})
	require.NoError(t, err)
	assert.Equal(t, 7, got.MsgTime)

	accounts := account.NewClient(client)
	_, err = accounts.Check(t.Context(), []string{"x"})
	require.ErrorIs(t, err, restapi.ErrTemporary, "a command that the server knows is replaced")
	srv.Handle(account.CommandAccountCheck.Path(), nil)
	_, err = accounts.Check(t.Context(), []string{"x"})
	require.NoError(t, err)

	got2 := send(t, srv, http.MethodPost, "/v4/some_svc/some_command", "sdkappid=1", `{}`)
	assert.Equal(t, restapi.CodeAppNotFound, got2.ErrorCode, "the checks come first")
}

func TestCalls(t *testing.T) {
	t.Parallel()
	c := newClock()
	srv := newServer(t, restapitest.WithClock(c.Now))
	_, err := account.NewClient(srv.Client()).Check(t.Context(), []string{"x"})
	require.NoError(t, err)
	c.Add(time.Second)
	send(t, srv, http.MethodPost, "/v4/some_svc/some_command", query(t, srv).Encode(), `{"a":1}`)

	calls := srv.Calls()
	require.Len(t, calls, 2)
	assert.Equal(t, account.CommandAccountCheck, calls[0].Command)
	assert.JSONEq(t, `{"CheckItem":[{"UserID":"x"}]}`, string(calls[0].Body))
	assert.Equal(t, srv.Admin(), calls[0].Query.Get("identifier"))
	assert.False(t, calls[0].Query.Has("usersig"))
	assert.Zero(t, calls[0].Code)
	assert.Equal(t, "some_svc/some_command", calls[1].Command.String())
	assert.NotZero(t, calls[1].Code)
	assert.Equal(t, time.Second, calls[1].Time.Sub(calls[0].Time))
}

func TestOnlyTheLastCallsAreKept(t *testing.T) {
	t.Parallel()
	srv := newServer(t, restapitest.WithoutListener())
	for i := range 10_010 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+"/", strings.NewReader(strings.Repeat("x", i%11)))
		require.NoError(t, err)
		res, err := srv.Transport().RoundTrip(req)
		require.NoError(t, err)
		_ = res.Body.Close()
	}
	calls := srv.Calls()
	require.Len(t, calls, 10_000)
	assert.Len(t, calls[0].Body, 10)
	assert.Len(t, calls[9_999].Body, 10_009%11)
}

func TestCallsAreBoundedInBytes(t *testing.T) {
	t.Parallel()
	srv := newServer(t, restapitest.WithoutListener(), restapitest.WithRate(-1))
	target := srv.URL + "/v4/svc/cmd?" + query(t, srv).Encode()
	const kib = 1 << 10
	padding := strings.Repeat("x", 64*kib)
	call := func(size, i int) {
		head := `{"Number":` + strconv.Itoa(i) + `,"Padding":"`
		body := head + padding[:size-len(head)-len(`"}`)] + `"}`
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, target, strings.NewReader(body))
		require.NoError(t, err)
		res, err := srv.Transport().RoundTrip(req)
		require.NoError(t, err)
		_ = res.Body.Close()
	}
	call(64*kib, 0)
	call(64*kib+1, 1)
	calls := srv.Calls()
	assert.True(t, json.Valid(calls[0].Body), "kept whole")
	assert.Equal(t, 64*kib, len(calls[1].Body), "cut off") //nolint:testifylint // Len prints the whole body
	for i := range 1200 {
		call(64*kib, i)
	}
	calls = srv.Calls()
	total := 0
	for _, c := range calls {
		total += len(c.Body)
	}
	assert.LessOrEqual(t, total, 64*kib*kib)
	assert.Greater(t, total, 63*kib*kib)
	assert.Contains(t, string(calls[len(calls)-1].Body), `{"Number":1199,`, "the newest are kept")
}

func TestRateOfEachCommand(t *testing.T) {
	t.Parallel()
	c := newClock()
	srv := newServer(t, restapitest.WithoutListener(), restapitest.WithClock(c.Now))
	count := func(cmd restapi.Command, n int) (passed int) {
		for range n {
			if postAt(t, srv, c, cmd) != restapi.CodeCommandRateLimited {
				passed++
			}
		}
		return passed
	}
	assert.Equal(t, 100, count(account.CommandAccountCheck, 150), "documented for this command")
	assert.Equal(t, 200, count(account.CommandKick, 230), "documented for this command")
	c.Add(999 * time.Millisecond)
	assert.Zero(t, count(account.CommandAccountCheck, 10))
	c.Add(time.Millisecond)
	assert.Equal(t, 60, count(account.CommandAccountCheck, 60))
	c.Add(500 * time.Millisecond)
	assert.Equal(t, 40, count(account.CommandAccountCheck, 60), "the window slides")
	c.Add(500 * time.Millisecond)
	assert.Equal(t, 60, count(account.CommandAccountCheck, 100))
}

func TestWithRate(t *testing.T) {
	t.Parallel()
	c := newClock()
	srv := newServer(t, restapitest.WithoutListener(), restapitest.WithClock(c.Now),
		restapitest.WithRate(3), restapitest.WithRate(-1, account.CommandKick), restapitest.WithRate(5, account.CommandAccountCheck))
	for cmd, want := range map[restapi.Command]int{
		account.CommandKick: 400, account.CommandAccountCheck: 5, account.CommandAccountImport: 3,
	} {
		passed := 0
		for range 400 {
			if postAt(t, srv, c, cmd) != restapi.CodeCommandRateLimited {
				passed++
			}
		}
		assert.Equal(t, want, passed, cmd)
	}
}

// postAt is post at the time of c.
func postAt(tb testing.TB, srv *restapitest.Server, c *clock, cmd restapi.Command) restapi.Code {
	tb.Helper()
	q := query(tb, srv)
	sig, err := signer(tb, srv.SDKAppID(), srv.SecretKey(), usersig.WithClock(c.Now)).Sign(srv.Admin(), time.Hour)
	require.NoError(tb, err)
	q.Set("usersig", sig)
	return send(tb, srv, http.MethodPost, "/"+cmd.Path(), q.Encode(), `{}`).ErrorCode
}

func TestTimeInABubble(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, restapitest.WithoutListener())
		srv.AddAccount("ann")
		users := profile.NewClient(srv.Client())
		start := time.Now()
		for i := range 1000 {
			require.NoError(t, users.SetProfile(t.Context(), "ann", profile.Level.To(uint32(i))))
		}
		took := time.Since(start)
		assert.Greater(t, took, 4*time.Second, "200 a second")
		assert.Less(t, took, 6*time.Second)

		srv.Delay(profile.CommandPortraitSet, time.Minute)
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		start = time.Now()
		require.ErrorIs(t, users.SetProfile(ctx, "ann", profile.Level.To(1)), context.DeadlineExceeded)
		assert.Equal(t, 2*time.Second, time.Since(start))
	})
}

func TestHandleIsTakenBackDuringCalls(t *testing.T) {
	t.Parallel()
	srv := restapitest.NewServer(restapitest.WithoutListener(), restapitest.WithRate(-1))
	cmd := restapi.Command{Service: "some_svc", Name: "some_command"}
	client := srv.Client(once, restapi.WithLimiter(nil))
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	var calls sync.WaitGroup
	for range 4 {
		calls.Go(func() {
			for range 500 {
				err := client.Call(ctx, cmd, nil, nil)
				if err != nil && !assert.ErrorIs(t, err, restapi.CodeInvalidResource) {
					return
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { defer close(done); calls.Wait(); srv.Close() }()
	for {
		select {
		case <-done:
			return
		case <-ctx.Done():
			t.Fatal("the server hangs")
		default:
			srv.Handle(cmd.Path(), func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"ErrorCode":0}`) })
			srv.Handle(cmd.Path(), nil)
		}
	}
}

func TestAFunctionThatPanicsHangsNothing(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann")
	client := srv.Client(once)
	srv.Handle("v4/some_svc/some_command", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	err := client.Call(t.Context(), restapi.Command{Service: "some_svc", Name: "some_command"}, nil, nil)
	require.ErrorIs(t, err, restapi.ErrTemporary)
	require.NoError(t, profile.NewClient(client).SetProfile(t.Context(), "ann", profile.Level.To(1)))
	srv.Wait()
}
