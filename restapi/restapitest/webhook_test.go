package restapitest_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"log"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

const token = "wh-Token_0A1b2C3d"

// A backend is a callback handler that keeps the events it gets.
type backend struct {
	*callback.Handler
	events chan *callback.ProfilePortraitSet
}

func newBackend(tb testing.TB, opts ...callback.Option) *backend {
	tb.Helper()
	h, err := callback.NewHandler(appID, append([]callback.Option{callback.WithToken(token)}, opts...)...)
	require.NoError(tb, err)
	b := &backend{h, make(chan *callback.ProfilePortraitSet, 1000)}
	callback.On(h, func(_ context.Context, e *callback.ProfilePortraitSet) error {
		b.events <- e
		return nil
	})
	return b
}

func TestWebhookOfACall(t *testing.T) {
	t.Parallel()
	b := newBackend(t)
	listener := httptest.NewServer(b)
	defer listener.Close()
	srv := newServer(t, restapitest.WithApp(appID, secret), restapitest.WithCallback(listener.URL+"/im", token))
	srv.AddAccount("ann")
	users := profile.NewClient(srv.Client())
	require.NoError(t, users.SetProfile(t.Context(), "ann", profile.Nick.To("Old"), profile.Level.To(1)))
	srv.Wait()
	<-b.events
	before := time.Now().Truncate(time.Millisecond)
	require.NoError(t, users.SetProfile(t.Context(), "ann", profile.Nick.To("Ann"), profile.Custom("Vip").To("1")))
	srv.Wait()

	e := <-b.events
	assert.Equal(t, "administrator", e.OperatorAccount)
	assert.Equal(t, "ann", e.FromAccount)
	assert.Equal(t, callback.PlatformRESTAPI, e.OptPlatform)
	assert.Equal(t, "127.0.0.1", e.ClientIP)
	assert.Equal(t, "Profile.CallbackPortraitSet", e.CallbackCommand)
	assert.EqualValues(t, appID, e.SDKAppID)
	assert.WithinRange(t, e.EventTime.Time(), before, time.Now())
	assert.JSONEq(t, `[{"Tag":"Tag_Profile_IM_Nick","Value":"Ann"},{"Tag":"Tag_Profile_Custom_Vip","Value":"1"}]`,
		marshal(t, e.ProfileItem), "only the fields of the call")

	sent := srv.Deliveries()
	require.Len(t, sent, 2)
	require.NoError(t, sent[1].Err)
	assert.Equal(t, "Profile.CallbackPortraitSet", sent[1].Command)
	assert.Equal(t, http.StatusOK, sent[1].Status)
	assert.JSONEq(t, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`, string(sent[1].Answer))
	assert.JSONEq(t, string(e.Raw), string(sent[1].Body))
}

func TestWebhookOfAClient(t *testing.T) {
	t.Parallel()
	b := newBackend(t)
	srv := newServer(t, restapitest.WithApp(appID, secret), restapitest.WithCallbackHandler(b, token))
	srv.AddAccount("ann")
	require.NoError(t, changeProfile(srv, "ann", callback.PlatformAndroid, profile.Signature.To("out")))
	srv.Wait()
	e := <-b.events
	assert.Equal(t, "ann", e.OperatorAccount)
	assert.Equal(t, "ann", e.FromAccount)
	assert.Equal(t, callback.PlatformAndroid, e.OptPlatform)
	text, _ := profile.Signature.Of(e.ProfileItem)
	assert.Equal(t, "out", text)
	items, _ := srv.Profile("ann")
	text, _ = profile.Signature.Of(items)
	assert.Equal(t, "out", text)
}

func TestWebhookRequest(t *testing.T) {
	t.Parallel()
	c := newClock()
	requests := make(chan *http.Request, 2)
	bodies := make(chan string, 4)
	srv := newServer(t, restapitest.WithApp(appID, secret), restapitest.WithClock(c.Now))
	listener := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		requests <- r
		bodies <- string(body)
		_, _ = io.WriteString(w, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`)
	}))
	defer listener.Close()
	srv.AddAccount("ann")
	require.NoError(t, srv.SetCallback(listener.URL+"/im/hook", token))
	require.NoError(t, changeProfile(srv, "ann", callback.PlatformWeb, profile.Nick.To("A")))
	srv.Wait()
	r := <-requests
	ids := []string{r.URL.Query().Get("RequestId")}
	at := strconv.FormatInt(c.Now().Unix(), 10)
	assert.Equal(t, http.MethodPost, r.Method)
	assert.Equal(t, "/im/hook", r.URL.Path)
	assert.Equal(t, map[string][]string{
		"SdkAppid":        {"1400000001"},
		"CallbackCommand": {"Profile.CallbackPortraitSet"},
		"contenttype":     {"json"},
		"ClientIP":        {"127.0.0.1"},
		"OptPlatform":     {"Web"},
		"RequestId":       ids,
		"RequestTime":     {at},
		"Sign":            {callback.Sign(token, at)},
	}, map[string][]string(r.URL.Query()))
	assert.JSONEq(t, `{"CallbackCommand":"Profile.CallbackPortraitSet","Operator_Account":"ann","From_Account":"ann",
		"EventTime":`+strconv.FormatInt(c.Now().UnixMilli(), 10)+`,"ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"A"}]}`, <-bodies)

	require.NoError(t, srv.SetCallback(listener.URL+"/?#", ""))
	require.NoError(t, changeProfile(srv, "ann", callback.PlatformWeb, profile.Nick.To("A")))
	srv.Wait()
	q := (<-requests).URL.Query()
	assert.False(t, q.Has("Sign") || q.Has("RequestTime"), "not signed without a token")

	event := &callback.StateChange{}
	for range 2 {
		_, err := srv.SendCallback(t.Context(), event)
		require.NoError(t, err)
		ids = append(ids, (<-requests).URL.Query().Get("RequestId"))
	}
	ids = append(ids, q.Get("RequestId"))
	for i, id := range ids {
		assert.Regexp(t, `^[0-9]+$`, id)
		assert.NotContains(t, ids[:i], id, "each has its own")
	}

	require.NoError(t, srv.SetCallback("", ""))
	require.NoError(t, changeProfile(srv, "ann", callback.PlatformWeb, profile.Nick.To("A")))
	srv.Wait()
	assert.Empty(t, requests)
	assert.Len(t, srv.Deliveries(), 4)
}

func TestNoWebhookForWhatDidNotHappen(t *testing.T) {
	t.Parallel()
	b := newBackend(t)
	srv := newServer(t, restapitest.WithApp(appID, secret), restapitest.WithCallbackHandler(b, token))
	srv.AddAccount("ann")
	require.NotZero(t, post(t, srv, profile.CommandPortraitSet,
		`{"From_Account":"ann","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":1}]}`).ErrorCode)
	srv.FailNext(profile.CommandPortraitSet, restapi.CodeProfileInternalError, 1)
	require.NotZero(t, post(t, srv, profile.CommandPortraitSet,
		`{"From_Account":"ann","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"A"}]}`).ErrorCode)
	require.NoError(t, account.NewClient(srv.Client()).Import(t.Context(), account.Account{UserID: "bob", Nick: "Bob"}))
	srv.Wait()
	assert.Empty(t, srv.Deliveries())
}

func TestFailedWebhooks(t *testing.T) {
	t.Parallel()
	const ok = `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`
	for name, tc := range map[string]struct {
		handler http.HandlerFunc
		status  int
		text    string
	}{
		"status 500": {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, ok, 500) }, 500, "http status 500"},
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}, 307, "http status 307"},
		"not JSON":  {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "OK") }, 200, "not a JSON object"},
		"empty":     {func(http.ResponseWriter, *http.Request) {}, 200, "not a JSON object"},
		"panic":     {func(http.ResponseWriter, *http.Request) { panic("broken") }, 0, "panicked"},
		"refusal":   {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"ErrorCode":1}`) }, 200, ""},
		"all right": {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, ok) }, 200, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := newServer(t, restapitest.WithoutListener(), restapitest.WithCallbackHandler(tc.handler, token))
			srv.AddAccount("ann")
			require.NoError(t, changeProfile(srv, "ann", callback.PlatformWeb, profile.Nick.To("A")))
			srv.Wait()
			sent := srv.Deliveries()
			require.Len(t, sent, 1)
			assert.Equal(t, tc.status, sent[0].Status)
			if tc.text == "" {
				require.NoError(t, sent[0].Err)
				assert.NotEmpty(t, sent[0].Answer)
				return
			}
			require.ErrorContains(t, sent[0].Err, tc.text)
			require.ErrorContains(t, sent[0].Err, "webhook Profile.CallbackPortraitSet: ")
			assert.Empty(t, sent[0].Answer)
		})
	}
}

func TestWebhookWithoutABackend(t *testing.T) {
	t.Parallel()
	var logs bytes.Buffer
	srv := newServer(t, restapitest.WithCallback("http://127.0.0.1:1/im", token),
		restapitest.WithLogger(slog.New(slog.NewJSONHandler(&logs, nil))))
	srv.AddAccount("ann")
	users := profile.NewClient(srv.Client())
	require.NoError(t, users.SetProfile(t.Context(), "ann", profile.Nick.To("A")), "the call itself does not depend on it")
	srv.Wait()
	sent := srv.Deliveries()
	require.Len(t, sent, 1)
	require.Error(t, sent[0].Err)
	all := logs.String() + sent[0].Err.Error()
	assert.Contains(t, all, "Profile.CallbackPortraitSet")
	for _, secret := range []string{token, srv.SecretKey(), "Sign", "usersig", callback.Sign(token, strconv.FormatInt(sent[0].Time.Unix(), 10))} {
		assert.NotContains(t, all, secret)
	}
}

func TestWebhookTimesOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
		srv := newServer(t, restapitest.WithoutListener(), restapitest.WithCallbackHandler(http.HandlerFunc(hang), token))
		srv.AddAccount("ann")
		users := profile.NewClient(srv.Client())
		start := time.Now()
		require.NoError(t, users.SetProfile(t.Context(), "ann", profile.Nick.To("A")))
		assert.Zero(t, time.Since(start), "the answer does not wait for the webhook")
		srv.Close()
		assert.Equal(t, 2*time.Second, time.Since(start), "Close does")
		require.ErrorIs(t, srv.Deliveries()[0].Err, context.DeadlineExceeded)
	})
}

func TestSendCallback(t *testing.T) {
	t.Parallel()
	b := newBackend(t)
	callback.Answer(b.Handler, func(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		return e.Reject("no links"), nil
	})
	var logins []string
	callback.On(b.Handler, func(_ context.Context, e *callback.StateChange) error {
		logins = append(logins, e.Info.ToAccount+" on "+string(e.OptPlatform)+" at "+e.ClientIP)
		return nil
	})
	b.Handle("New.CallbackBeforeIt", func(_ context.Context, u *callback.Unknown) (any, error) {
		return u.Raw, nil
	})
	srv := newServer(t, restapitest.WithApp(appID, secret))
	_, err := srv.SendCallback(t.Context(), &callback.StateChange{})
	require.ErrorContains(t, err, "no callback URL")
	listener := httptest.NewServer(b)
	defer listener.Close()
	require.NoError(t, srv.SetCallback(listener.URL, token))

	answer, err := srv.SendCallback(t.Context(), &callback.GroupBeforeSendMsg{GroupID: "g"})
	require.NoError(t, err)
	assert.Contains(t, string(answer), "no links")

	login := &callback.StateChange{Info: callback.StateInfo{ToAccount: "ann"}}
	login.OptPlatform, login.ClientIP = callback.PlatformIOS, "203.0.113.7"
	_, err = srv.SendCallback(t.Context(), login)
	require.NoError(t, err)
	assert.Equal(t, []string{"ann on iOS at 203.0.113.7"}, logins)

	answer, err = srv.SendCallback(t.Context(), callback.NewUnknown("New.CallbackBeforeIt", []byte(`{"CallbackCommand":"New.CallbackBeforeIt","x":1}`)))
	require.NoError(t, err)
	assert.Contains(t, string(answer), `"x":1`)

	for _, none := range []callback.Event{nil, (*callback.StateChange)(nil)} {
		_, err = srv.SendCallback(t.Context(), none)
		require.ErrorContains(t, err, "the event is nil")
	}
	var commands []string
	for _, d := range srv.Deliveries() {
		var body struct{ CallbackCommand string }
		require.NoError(t, json.Unmarshal(d.Body, &body))
		commands = append(commands, body.CallbackCommand)
	}
	assert.Equal(t, []string{"Group.CallbackBeforeSendMsg", "State.StateChange", "New.CallbackBeforeIt"}, commands)
}

func TestSetCallbackRefuses(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	for _, address := range []string{"127.0.0.1:80", "ftp://x/", "http:///im", "http://x/im?a=b", "http://x/#f", "http://%zz/"} {
		require.Error(t, srv.SetCallback(address, token), address)
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	b := newBackend(t)
	srv := newServer(t, restapitest.WithApp(appID, secret), restapitest.WithCallbackHandler(b, token), restapitest.WithRate(-1))
	client := srv.Client(restapi.WithLimiter(nil))
	accounts, users := account.NewClient(client), profile.NewClient(client)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			me := "user" + strconv.Itoa(i)
			assert.NoError(t, accounts.Import(t.Context(), account.Account{UserID: me}))
			for n := range 20 {
				assert.NoError(t, users.SetProfile(t.Context(), me, profile.Level.To(uint32(n))))
				got, err := users.GetProfiles(t.Context(), []string{me}, profile.Level)
				if assert.NoError(t, err) {
					level, _ := profile.Level.Of(got[0].Items)
					assert.EqualValues(t, n, level)
				}
			}
			srv.FailNext(account.CommandKick, restapi.CodeAccountTimeout, 0)
			srv.Delay(account.CommandKick, 0)
			srv.Handle("v4/x/"+me, nil)
			srv.AddAccount(me)
			_, _ = srv.Profile(me)
			_ = srv.Settings()
			_ = srv.Calls()
			_ = srv.Deliveries()
		})
	}
	wg.Wait()
	srv.Wait()
	assert.Len(t, b.events, 160)
	assert.Len(t, srv.Deliveries(), 160)
	assert.Len(t, srv.Calls(), 8+320)
}

// certificate makes a client's certificate, and the pool with which a server takes it.
func certificate(tb testing.TB) (tls.Certificate, *x509.CertPool) {
	tb.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(tb, err)
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotAfter:     time.Now().Add(time.Hour),
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	require.NoError(tb, err)
	parsed, err := x509.ParseCertificate(der)
	require.NoError(tb, err)
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

func TestWithCallbackTLS(t *testing.T) {
	t.Parallel()
	cert, clients := certificate(t)
	b := newBackend(t)
	listener := httptest.NewUnstartedServer(b)
	listener.TLS = &tls.Config{
		ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: clients, MinVersion: tls.VersionTLS12,
	}
	listener.Config.ErrorLog = log.New(io.Discard, "", 0) // handshakes that fail
	listener.StartTLS()
	defer listener.Close()
	authorities := x509.NewCertPool()
	authorities.AddCert(listener.Certificate())

	for name, tc := range map[string]struct {
		opts  []restapitest.Option
		fails bool
	}{
		"authority and certificate": {[]restapitest.Option{restapitest.WithCallbackTLS(
			&tls.Config{RootCAs: authorities, Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12},
		)}, false},
		"without a certificate": {[]restapitest.Option{restapitest.WithCallbackTLS(
			&tls.Config{RootCAs: authorities, MinVersion: tls.VersionTLS12},
		)}, true},
		"by default": {nil, true},
	} {
		srv := newServer(t, append([]restapitest.Option{
			restapitest.WithApp(appID, secret), restapitest.WithCallback(listener.URL, token),
		}, tc.opts...)...)
		answer, err := srv.SendCallback(t.Context(), &callback.ProfilePortraitSet{FromAccount: "ann"})
		if tc.fails {
			require.Error(t, err, name)
			assert.NotContains(t, err.Error(), "Sign", name)
			continue
		}
		require.NoError(t, err, name)
		assert.NotEmpty(t, answer, name)
	}
	assert.Len(t, b.events, 1)
}
