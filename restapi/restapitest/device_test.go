package restapitest_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
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
	"github.com/go-tencentchat/tencentchat/usersig"
)

func TestSignInChecksTheUserSig(t *testing.T) {
	t.Parallel()
	srv := newServer(t, restapitest.WithApp(appID, secret))
	yesterday := signer(t, appID, secret, usersig.WithClock(func() time.Time { return time.Now().Add(-24 * time.Hour) }))
	expired, err := yesterday.Sign("ann", time.Hour)
	require.NoError(t, err)
	other, err := signer(t, appID, "other").Sign("ann", time.Hour)
	require.NoError(t, err)
	for sig, want := range map[string]restapi.Code{
		"": restapi.CodeUserSigEmpty, "x": restapi.CodeUserSigInvalid, expired: restapi.CodeUserSigExpired,
		other: restapi.CodeUserSigKeyMismatch, srv.UserSig("bob"): restapi.CodeUserSigUserMismatch,
	} {
		_, err := srv.SignIn("ann", sig)
		require.ErrorIs(t, err, want)
		require.ErrorContains(t, err, "device/SignIn: ")
	}
	_, ok := srv.Profile("ann")
	assert.False(t, ok)
	d, err := srv.SignIn("ann", srv.UserSig("ann"))
	require.NoError(t, err)
	assert.Equal(t, "ann", d.UserID())
	_, ok = srv.Profile("ann")
	assert.True(t, ok, "who signs in has an account")
}

func TestAnotherDeviceOnThePlatformKicks(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	phone := srv.User("ann")
	web := srv.User("ann", restapitest.OnPlatform(callback.PlatformWeb))
	srv.User("bob")
	second := srv.User("ann", restapitest.OnPlatform("IOS"))
	n, err := phone.Next(t.Context())
	require.NoError(t, err)
	assert.Equal(t, restapitest.NoticeKicked, n.Kind)
	_, err = phone.Next(t.Context())
	require.ErrorIs(t, err, restapitest.ErrSignedOut)
	assert.Equal(t, []restapitest.Notice{n}, phone.Inbox())
	for name, act := range map[string]func() error{
		"SetProfile": func() error { return phone.SetProfile(profile.Level.To(1)) },
		"SetStatus":  func() error { return phone.SetStatus("x") },
		"Background": func() error { return phone.Background(true) },
		"Drop":       func() error { return phone.Drop(callback.StateTimeOut) },
		"SignOut":    phone.SignOut,
		"Profiles":   func() error { _, err := phone.Profiles("ann"); return err },
	} {
		require.ErrorIs(t, act(), restapitest.ErrSignedOut, name)
	}
	assert.Empty(t, web.Inbox())
	require.NoError(t, web.SetProfile(profile.Level.To(1)))
	require.NoError(t, phone.SignInAgain())
	require.ErrorIs(t, second.SignOut(), restapitest.ErrSignedOut)
}

func TestStateChanges(t *testing.T) {
	t.Parallel()
	c := newClock()
	type sent struct{ platform, ip, body string }
	var all []sent
	backend := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		all = append(all, sent{r.URL.Query().Get("OptPlatform"), r.URL.Query().Get("ClientIP"), string(body)})
		_, _ = io.WriteString(w, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`)
	})
	srv := newServer(t, restapitest.WithClock(c.Now), restapitest.WithCallbackHandler(backend, token))
	event := func(info string) string {
		return `{"CallbackCommand":"State.StateChange","EventTime":1772366400000,` + info + `}`
	}
	d := srv.User("ann", restapitest.FromIP("192.0.2.9"), restapitest.WithPushToken(callback.PushPlatformAPNs))
	require.NoError(t, d.SignInAgain(), "nothing happens: it is signed in")
	require.NoError(t, d.SetStatus("at lunch"))
	require.NoError(t, d.Background(true))
	require.NoError(t, d.Drop(callback.StateTimeOut))
	require.NoError(t, d.SignInAgain())
	srv.User("ann", restapitest.OnPlatform(callback.PlatformAndroid))
	again := srv.User("ann", restapitest.OnPlatform(callback.PlatformAndroid))
	require.NoError(t, again.SignOut())
	require.NoError(t, account.NewClient(srv.Client()).Kick(t.Context(), "ann"))
	_, err := account.NewClient(srv.Client()).Delete(t.Context(), []string{"ann"})
	require.NoError(t, err)
	srv.Wait()
	const ios, android = "IOS", "Android"
	const login, gone = `"Info":{"Action":"Login","To_Account":"ann","Reason":"Register"}`,
		`"Info":{"Action":"Logout","To_Account":"ann","Reason":"Unregister"}`
	want := []sent{
		{ios, "192.0.2.9", event(login)},
		{ios, "192.0.2.9", event(`"Info":{"Action":"CustomStatusChange","To_Account":"ann","Reason":"SetCustomStatus","CustomStatus":"at lunch"}`)},
		{ios, "192.0.2.9", event(`"Info":{"Action":"Disconnect","To_Account":"ann","Reason":"TimeOut"}`)},
		{ios, "192.0.2.9", event(login)},
		{android, "127.0.0.1", event(login)},
		{android, "127.0.0.1", event(login + `,"KickedDevice":[{"Platform":"Android"}]`)},
		{android, "127.0.0.1", event(gone)},
	}
	require.Len(t, all, len(want))
	for i, w := range want {
		assert.JSONEq(t, w.body, all[i].body)
		assert.Equal(t, []string{w.platform, w.ip}, []string{all[i].platform, all[i].ip})
	}
}

func TestProfilesOfADevice(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	ann, bob := srv.User("ann"), srv.User("bob")
	require.NoError(t, ann.SetProfile(profile.Nick.To("Ann")))
	got, err := bob.Profiles("ann", "eve", "bob")
	require.NoError(t, err)
	nick, _ := profile.Nick.Of(got[0].Items)
	assert.Equal(t, "Ann", nick)
	require.ErrorIs(t, got[1].Err(), restapi.CodeProfileAccountNotFound)
	require.NoError(t, got[2].Err())
	_, err = bob.Profiles()
	require.ErrorIs(t, err, restapi.CodeProfileInvalidParameter)
}

// Two devices, a backend, calls over REST and an hour of waiting in a bubble.
func TestDevicesInABubble(t *testing.T) {
	t.Parallel()
	start := time.Now()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var actions []callback.StateAction
		backend := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var e callback.StateChange
			_ = json.NewDecoder(r.Body).Decode(&e)
			mu.Lock()
			actions = append(actions, e.Info.Action)
			mu.Unlock()
			_, _ = io.WriteString(w, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`)
		})
		srv := newServer(t, restapitest.WithoutListener(), restapitest.WithCallbackHandler(backend, token))
		ann, bob := srv.User("ann"), srv.User("bob")
		told := make(chan restapitest.NoticeKind)
		go func() {
			n, err := ann.Next(t.Context())
			assert.NoError(t, err)
			told <- n.Kind
		}()
		signedOut := make(chan error)
		go func() {
			_, err := bob.Next(t.Context())
			signedOut <- err
		}()
		time.Sleep(time.Hour)
		require.NoError(t, account.NewClient(srv.Client()).Kick(t.Context(), "ann"))
		assert.Equal(t, restapitest.NoticeKicked, <-told)
		require.NoError(t, bob.SignOut())
		require.ErrorIs(t, <-signedOut, restapitest.ErrSignedOut)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		require.NoError(t, bob.SignInAgain())
		_, err := bob.Next(ctx)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		srv.Wait()
		assert.Len(t, actions, 4)
	})
	t.Log("took", time.Since(start))
}

func TestReset(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	ann := srv.User("ann")
	srv.SetSettings(restapitest.Settings{ForbidWords: []string{"x"}})
	srv.FailNext(profile.CommandPortraitGet, restapi.CodeProfileInternalError, 100)
	srv.Delay(profile.CommandPortraitGet, time.Hour)
	srv.Handle("v4/some_svc/some_command", func(http.ResponseWriter, *http.Request) {})
	require.NotZero(t, post(t, srv, profile.CommandPortraitSet, `{}`).ErrorCode)
	srv.Reset()
	assert.Empty(t, srv.Calls())
	assert.Empty(t, srv.Deliveries())
	assert.Zero(t, srv.Settings())
	_, ok := srv.Profile("ann")
	assert.False(t, ok)
	_, ok = srv.Profile(srv.Admin())
	assert.True(t, ok)
	require.ErrorIs(t, ann.SignOut(), restapitest.ErrSignedOut)
	assert.Len(t, ann.Inbox(), 1)
	srv.AddAccount("bob")
	got := post(t, srv, profile.CommandPortraitGet, `{"To_Account":["bob"],"TagList":["Tag_Profile_IM_Nick"]}`)
	assert.Zero(t, got.ErrorCode)
	got = post(t, srv, restapi.Command{Service: "some_svc", Name: "some_command"}, `{}`)
	assert.Equal(t, restapi.CodeInvalidResource, got.ErrorCode)
}

func TestWatch(t *testing.T) {
	t.Parallel()
	srv := newServer(t, restapitest.WithCallbackHandler(http.NotFoundHandler(), token))
	entries := srv.Watch(t.Context())
	ann := srv.User("ann")
	require.Error(t, ann.SetProfile())
	require.NotZero(t, post(t, srv, profile.CommandPortraitSet, `{}`).ErrorCode)
	var call, delivery, refused bool
	for e := range entries {
		call = call || e.Call != nil && e.Call.ID > 0 && e.Call.Code != 0
		delivery = delivery || e.Delivery != nil && e.Delivery.Status == http.StatusNotFound && e.Delivery.Cause > 0
		if e.Action != nil && e.Action.Name == "SetProfile" {
			require.ErrorIs(t, e.Action.Err, restapi.CodeProfileInvalidParameter)
			refused = true
		}
		if call && delivery && refused {
			break
		}
	}
}
