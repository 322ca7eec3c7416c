package restapitest_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func TestWithStrict(t *testing.T) {
	t.Parallel()
	const badBody, badQuery = restapi.CodeAccountInvalidParameter, restapi.CodeInvalidQueryParameter
	for name, tc := range map[string]struct {
		cmd     restapi.Command
		body    string
		slash   string
		change  func(url.Values)
		strict  restapi.Code
		warning string // "" where the call is as documented
	}{
		"as documented": {cmd: account.CommandAccountImport, body: `{"UserID":"bob"}`},
		"identifier of import": {
			cmd: account.CommandAccountImport, body: `{"Identifier":"bob"}`, strict: badBody, warning: "Identifier",
		},
		"identifier of kick": {
			cmd: account.CommandKick, body: `{"Identifier":"ann"}`, strict: badBody, warning: "Identifier",
		},
		"identifier as well": {
			cmd: account.CommandKick, body: `{"Identifier":7,"UserID":"ann"}`, strict: badBody, warning: "Identifier",
		},
		"unknown field": {
			cmd: account.CommandKick, body: `{"UserID":"ann","Nope":{"x":[1]}}`, strict: badBody, warning: "Nope: is not documented",
		},
		"no random":           {change: del("random"), strict: badQuery, warning: "random is missing"},
		"empty random":        {change: set("random", ""), strict: badQuery, warning: "random is missing"},
		"random of 33 bits":   {change: set("random", "4294967296"), strict: badQuery, warning: "random is over 32 bits"},
		"random of 23 digits": {change: set("random", "12345678901234567890123"), strict: badQuery, warning: "over 32 bits"},
		"JSON":                {change: set("contenttype", "JSON"), strict: badQuery, warning: "contenttype"},
		"Json":                {change: set("contenttype", "Json"), strict: badQuery, warning: "contenttype"},
		"two slashes":         {slash: "/", strict: restapi.CodeInvalidResource, warning: "more than one slash"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tc.cmd == (restapi.Command{}) {
				tc.cmd, tc.body = account.CommandAccountCheck, `{"CheckItem":[{"UserID":"x"}]}`
			}
			for _, strict := range []bool{false, true} {
				var logs bytes.Buffer
				opts := []restapitest.Option{restapitest.WithLogger(slog.New(slog.NewTextHandler(&logs, nil)))}
				if strict {
					opts = append(opts, restapitest.WithStrict())
				}
				srv := newServer(t, opts...)
				srv.AddAccount("ann")
				q := query(t, srv)
				if tc.change != nil {
					tc.change(q)
				}
				got := send(t, srv, http.MethodPost, tc.slash+"/"+tc.cmd.Path(), q.Encode(), tc.body)
				if strict {
					assert.Equal(t, tc.strict, got.ErrorCode, "%s", got.body)
					assert.NotContains(t, logs.String(), "level=WARN")
					continue
				}
				require.Zero(t, got.ErrorCode, "%s", got.body)
				assert.Equal(t, tc.warning != "", bytes.Contains(logs.Bytes(), []byte("level=WARN")), "%s", logs.String())
				assert.Contains(t, logs.String(), tc.warning)
				assert.NotContains(t, logs.String(), q.Get("usersig"))
				assert.Equal(t, tc.cmd, srv.Calls()[0].Command)
			}
		})
	}
}

func TestIdentifierIsTheUser(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	require.Zero(t, post(t, srv, account.CommandAccountImport, `{"Identifier":"bob","Nick":"Bob"}`).ErrorCode)
	items, ok := srv.Profile("bob")
	assert.True(t, ok)
	assert.Len(t, items, 1)
	srv.User("bob")
	require.Zero(t, post(t, srv, account.CommandKick, `{"Identifier":"bob"}`).ErrorCode)
	got := post(t, srv, account.CommandQueryOnlineStatus, `{"To_Account":["bob"]}`)
	assert.Contains(t, string(got.body), `"State":"Offline"`)
	got = post(t, srv, account.CommandAccountImport, `{"Identifier":""}`)
	assert.Equal(t, restapi.CodeAccountInvalidParameter, got.ErrorCode)
}
