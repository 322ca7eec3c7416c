package restapitest_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func writef(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) }

func TestDefaults(t *testing.T) {
	t.Parallel()
	a, b := newServer(t), newServer(t, restapitest.WithLogger(nil))
	assert.EqualValues(t, 1400000001, a.SDKAppID())
	assert.Len(t, a.SecretKey(), 64)
	assert.NotEqual(t, a.SecretKey(), b.SecretKey())
	assert.Equal(t, "administrator", a.Admin())
	_, ok := a.Profile("administrator")
	assert.True(t, ok, "administrators are accounts")
	require.NoError(t, a.Client().Call(t.Context(), account.CommandKick, map[string]string{"UserID": "administrator"}, nil))
}

func TestWithAppAndAdmins(t *testing.T) {
	t.Parallel()
	srv := newServer(t, restapitest.WithApp(7, "key"), restapitest.WithAdmins("root", "ops"))
	assert.EqualValues(t, 7, srv.SDKAppID())
	assert.Equal(t, "key", srv.SecretKey())
	assert.Equal(t, "root", srv.Admin())
	for _, client := range []*restapi.Client{srv.Client(), srv.Client(restapi.WithAdmin("ops"))} {
		require.NoError(t, client.Call(t.Context(), account.CommandAccountCheck, map[string]any{"CheckItem": []any{map[string]string{"UserID": "x"}}}, nil))
	}
	err := srv.Client(restapi.WithAdmin("ann")).Call(t.Context(), account.CommandAccountCheck, nil, nil)
	require.ErrorIs(t, err, restapi.ErrPermission)
}

func TestClientSignsByTheClockOfTheServer(t *testing.T) {
	t.Parallel()
	for _, ahead := range []time.Duration{-100 * time.Hour, 100 * time.Hour} {
		srv := newServer(t, restapitest.WithClock(func() time.Time { return time.Now().Add(ahead) }))
		require.NoError(t, account.NewClient(srv.Client()).Kick(t.Context(), srv.Admin()))
	}
}

func TestHandlerCanBeServedElsewhere(t *testing.T) {
	t.Parallel()
	srv := newServer(t, restapitest.WithoutListener())
	srv.AddAccount("ann")
	other := httptest.NewServer(srv.Handler())
	defer other.Close()
	client, err := restapi.NewClient(restapi.Tokyo, srv.SDKAppID(), srv.SecretKey(), restapi.WithBaseURL(other.URL))
	require.NoError(t, err)
	defer client.CloseIdleConnections()
	require.NoError(t, profile.NewClient(client).SetProfile(t.Context(), "ann", profile.Level.To(1)))
	items, _ := srv.Profile("ann")
	assert.Len(t, items, 1)
}

func TestTransportServesAnyHost(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann")
	client, err := restapi.NewClient(restapi.Tokyo, srv.SDKAppID(), srv.SecretKey(),
		restapi.WithHTTPClient(&http.Client{Transport: srv.Transport()}))
	require.NoError(t, err)
	require.NoError(t, profile.NewClient(client).SetProfile(t.Context(), "ann", profile.Level.To(1)))
}

func TestBadOptionsPanic(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	for name, tc := range map[string]struct {
		text string
		call func()
	}{
		"app 0":          {"WithApp", func() { restapitest.NewServer(restapitest.WithApp(0, "key")) }},
		"no key":         {"WithApp", func() { restapitest.NewServer(restapitest.WithApp(1, "")) }},
		"no admins":      {"WithAdmins", func() { restapitest.NewServer(restapitest.WithAdmins()) }},
		"empty admin":    {"AddAccount", func() { restapitest.NewServer(restapitest.WithAdmins("")) }},
		"no clock":       {"WithClock", func() { restapitest.NewServer(restapitest.WithClock(nil)) }},
		"no TLS":         {"WithCallbackTLS", func() { restapitest.NewServer(restapitest.WithCallbackTLS(nil)) }},
		"callback":       {"WithCallback", func() { restapitest.NewServer(restapitest.WithCallback("im", "")) }},
		"client":         {"Client", func() { srv.Client(restapi.WithAdmin("")) }},
		"account":        {"AddAccount", func() { srv.AddAccount(strings.Repeat("u", 33)) }},
		"account, C1":    {"AddAccount", func() { srv.AddAccount("a\u0085b") }},
		"admin, control": {"AddAccount", func() { restapitest.NewServer(restapitest.WithAdmins("a\nb")) }},
		"custom keyword": {"SetSettings", func() {
			srv.SetSettings(restapitest.Settings{CustomFields: map[string]restapitest.FieldRight{"Vip1": 0}})
		}},
		"field right": {"SetSettings", func() {
			srv.SetSettings(restapitest.Settings{CustomFields: map[string]restapitest.FieldRight{"Vip": 8}})
		}},
		"empty word":    {"SetSettings", func() { srv.SetSettings(restapitest.Settings{ForbidWords: []string{""}}) }},
		"before failed": {"SetSettings", func() { srv.SetSettings(restapitest.Settings{BeforeFailed: "perhaps"}) }},
		"user":          {"User", func() { srv.User("a\nb") }},
		"usersig":       {"UserSig", func() { srv.UserSig("") }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer func() {
				text, _ := recover().(string)
				assert.True(t, strings.HasPrefix(text, "restapitest: "+tc.text+": "), "%q", text)
			}()
			tc.call()
		})
	}
}
