package restapitest_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
	"github.com/go-tencentchat/tencentchat/usersig"
)

const (
	appID  = 1400000001
	secret = "0f6c2d2f5c1e4b7fa3a0a0ff7c1f5f2c3de1c7c2b9a54f0c8f2b7d9e6a5b4c3d"
)

func signer(tb testing.TB, app uint64, key string, opts ...usersig.Option) *usersig.Signer {
	tb.Helper()
	s, err := usersig.New(app, key, opts...)
	require.NoError(tb, err)
	return s
}

func TestSignatureIsChecked(t *testing.T) {
	t.Parallel()
	srv := newServer(t, restapitest.WithApp(appID, secret), restapitest.WithAdmins("administrator", "second"))
	own := signer(t, appID, secret)
	yesterday := signer(t, appID, secret, usersig.WithClock(func() time.Time { return time.Now().Add(-24 * time.Hour) }))
	made := func(s *usersig.Signer, userID string) string {
		sig, err := s.Sign(userID, time.Hour)
		require.NoError(t, err)
		return sig
	}
	withBuf, err := own.SignWithUserBuf("administrator", time.Hour, []byte("room"))
	require.NoError(t, err)

	for name, tc := range map[string]struct {
		change func(q url.Values)
		want   restapi.Code
	}{
		"good":                     {func(url.Values) {}, 0},
		"another administrator":    {set("identifier", "second", "usersig", made(own, "second")), 0},
		"sdkappid missing":         {del("sdkappid"), restapi.CodeSDKAppIDMissing},
		"sdkappid not a number":    {set("sdkappid", "app"), restapi.CodeInvalidSDKAppID},
		"sdkappid zero":            {set("sdkappid", "0"), restapi.CodeInvalidSDKAppID},
		"sdkappid unknown":         {set("sdkappid", "1400000002"), restapi.CodeAppNotFound},
		"contenttype missing":      {del("contenttype"), restapi.CodeInvalidQueryParameter},
		"contenttype wrong":        {set("contenttype", "xml"), restapi.CodeInvalidQueryParameter},
		"random not a number":      {set("random", "many"), restapi.CodeInvalidQueryParameter},
		"random negative":          {set("random", "-1"), restapi.CodeInvalidQueryParameter},
		"identifier missing":       {del("identifier"), restapi.CodeInvalidQueryParameter},
		"usersig missing":          {del("usersig"), restapi.CodeUserSigEmpty},
		"usersig empty":            {set("usersig", ""), restapi.CodeUserSigEmpty},
		"usersig cut short":        {set("usersig", made(own, "administrator")[:60]), restapi.CodeUserSigInvalid},
		"usersig with a userbuf":   {set("usersig", withBuf), restapi.CodeUserSigInvalid},
		"usersig of another key":   {set("usersig", made(signer(t, appID, "another key"), "administrator")), restapi.CodeUserSigKeyMismatch},
		"usersig of another app":   {set("usersig", made(signer(t, 7, secret), "administrator")), restapi.CodeUserSigAppMismatch},
		"usersig of another user":  {set("usersig", made(own, "second")), restapi.CodeUserSigUserMismatch},
		"usersig expired":          {set("usersig", made(yesterday, "administrator")), restapi.CodeUserSigExpired},
		"identifier not an admin":  {set("identifier", "ann", "usersig", made(own, "ann")), restapi.CodeAccountAdminRequired},
		"names are case-sensitive": {func(q url.Values) { q.Set("SDKAppID", q.Get("sdkappid")); q.Del("sdkappid") }, restapi.CodeSDKAppIDMissing},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := query(t, srv)
			tc.change(q)
			got := send(t, srv, http.MethodPost, "/"+account.CommandAccountCheck.Path(), q.Encode(), `{"CheckItem":[{"UserID":"x"}]}`)
			assert.Equal(t, tc.want, got.ErrorCode, "%s", got.body)
		})
	}
}

func set(pairs ...string) func(url.Values) {
	return func(q url.Values) {
		for i := 0; i < len(pairs); i += 2 {
			q.Set(pairs[i], pairs[i+1])
		}
	}
}

func del(name string) func(url.Values) { return func(q url.Values) { q.Del(name) } }

func TestIdentifierMustBeAnAdministrator(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.Handle("v4/svc/cmd", func(http.ResponseWriter, *http.Request) { t.Error("the function was called") })
	q := query(t, srv)
	set("identifier", "ann", "usersig", sign(t, srv, "ann"))(q)
	for path, want := range map[string]restapi.Code{
		profile.CommandPortraitSet.Path():       restapi.CodeProfileAdminRequired,
		profile.CommandPortraitGet.Path():       restapi.CodeProfileAdminRequired,
		account.CommandKick.Path():              restapi.CodeAccountAdminRequired,
		account.CommandQueryOnlineStatus.Path(): restapi.CodeMessageAdminRequired,
		"v4/svc/cmd":                            restapi.CodeAdminRequired,
	} {
		assert.Equal(t, want, send(t, srv, http.MethodPost, "/"+path, q.Encode(), `{}`).ErrorCode, path)
	}
}

func TestRequestLineIsChecked(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	q := query(t, srv).Encode()
	good := "/" + account.CommandAccountCheck.Path()
	for name, tc := range map[string]struct {
		method, path, query string
		want                restapi.Code
	}{
		"GET":                   {http.MethodGet, good, q, restapi.CodeInvalidHTTPRequest},
		"PUT":                   {http.MethodPut, good, q, restapi.CodeInvalidHTTPRequest},
		"query with a bad %":    {http.MethodPost, good, q + "&x=%zz", restapi.CodeInvalidHTTPRequest},
		"no command":            {http.MethodPost, "/v4/im_open_login_svc/", q, restapi.CodeInvalidResource},
		"no path":               {http.MethodPost, "/", q, restapi.CodeInvalidResource},
		"another version":       {http.MethodPost, "/v3/im_open_login_svc/account_check", q, restapi.CodeInvalidResource},
		"command in other case": {http.MethodPost, "/v4/im_open_login_svc/Account_Check", q, restapi.CodeInvalidResource},
		"unknown command":       {http.MethodPost, "/v4/some_svc/some_command", q, restapi.CodeInvalidResource},
		"unknown, not signed":   {http.MethodPost, "/v4/some_svc/some_command", "", restapi.CodeSDKAppIDMissing},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.want, send(t, srv, tc.method, tc.path, tc.query, `{}`).ErrorCode)
		})
	}
}

func TestKickVoidsUserSigsMadeSoFar(t *testing.T) {
	t.Parallel()
	c := newClock()
	srv := newServer(t, restapitest.WithClock(c.Now))
	client := srv.Client()
	accounts := account.NewClient(client)
	old := query(t, srv)
	var err error
	s := signer(t, srv.SDKAppID(), srv.SecretKey(), usersig.WithClock(c.Now))
	sig, err := s.Sign(srv.Admin(), time.Hour)
	require.NoError(t, err)
	old.Set("usersig", sig)
	path := "/" + account.CommandAccountCheck.Path()
	const body = `{"CheckItem":[{"UserID":"x"}]}`
	require.Zero(t, send(t, srv, http.MethodPost, path, old.Encode(), body).ErrorCode)

	require.NoError(t, accounts.Kick(t.Context(), srv.Admin()))
	assert.Equal(t, restapi.CodeUserSigInvalidated, send(t, srv, http.MethodPost, path, old.Encode(), body).ErrorCode)

	c.Add(time.Second)
	assert.Equal(t, restapi.CodeUserSigInvalidated, send(t, srv, http.MethodPost, path, old.Encode(), body).ErrorCode)
	_, err = accounts.Check(t.Context(), []string{"x"})
	require.NoError(t, err, "the client signs anew")
}

func TestExpiryGoesByTheClock(t *testing.T) {
	t.Parallel()
	c := newClock()
	srv := newServer(t, restapitest.WithClock(c.Now))
	sig, err := signer(t, srv.SDKAppID(), srv.SecretKey(), usersig.WithClock(c.Now)).Sign(srv.Admin(), time.Minute)
	require.NoError(t, err)
	q := query(t, srv)
	q.Set("usersig", sig)
	check := func() restapi.Code {
		return send(t, srv, http.MethodPost, "/"+account.CommandAccountCheck.Path(), q.Encode(), `{"CheckItem":[{"UserID":"x"}]}`).ErrorCode
	}
	assert.Zero(t, check())
	c.Add(time.Minute)
	assert.Zero(t, check(), "the last second counts")
	c.Add(time.Second)
	assert.Equal(t, restapi.CodeUserSigExpired, check())
}
