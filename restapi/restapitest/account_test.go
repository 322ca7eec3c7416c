package restapitest_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func TestDocumentedAccountCalls(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("spammer_3", "ann")
	all, err := spec.Commands()
	require.NoError(t, err)
	for _, doc := range all {
		if doc.Area != "account" {
			continue
		}
		service, name, _ := strings.Cut(strings.TrimPrefix(doc.Path, "v4/"), "/")
		for _, example := range doc.RequestExamples {
			got := post(t, srv, restapi.Command{Service: service, Name: name}, string(example))
			assert.Zero(t, got.ErrorCode, "%s: %s", doc.Path, got.body)
			assert.Nil(t, got.ErrorDisplay, "account commands have none")
		}
	}
}

func TestAccountsLiveAndDie(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	client := srv.Client()
	accounts, users := account.NewClient(client), profile.NewClient(client)
	ctx := t.Context()

	require.NoError(t, accounts.Import(ctx, account.Account{UserID: "ann", Nick: "Ann", FaceURL: "https://x.test/a.png"}))
	items, ok := srv.Profile("ann")
	require.True(t, ok)
	nick, _ := profile.Nick.Of(items)
	face, _ := profile.AvatarURL.Of(items)
	assert.Equal(t, []string{"Ann", "https://x.test/a.png"}, []string{nick, face})

	require.NoError(t, users.SetProfile(ctx, "ann", profile.Level.To(3)))
	require.NoError(t, accounts.Import(ctx, account.Account{UserID: "ann", Nick: "Annie"}), "again makes no second one")
	items, _ = srv.Profile("ann")
	assert.Len(t, items, 3, "what is there stays")
	nick, _ = profile.Nick.Of(items)
	assert.Equal(t, "Annie", nick)

	results, err := accounts.MultiImport(ctx, []account.Account{{UserID: "bob", Nick: "Bob"}, {UserID: "cat"}})
	require.NoError(t, err)
	for _, r := range results {
		require.NoError(t, r.Err())
	}
	checked, err := accounts.Check(ctx, []string{"ann", "bob", "eve"})
	require.NoError(t, err)
	assert.Equal(t, account.Imported, checked[0].Status)
	assert.Equal(t, account.Imported, checked[1].Status)
	assert.Equal(t, account.NotImported, checked[2].Status)

	results, err = accounts.Delete(ctx, []string{"ann", "eve"})
	require.NoError(t, err)
	require.NoError(t, results[0].Err())
	require.ErrorIs(t, results[1].Err(), restapi.CodeAccountNotFound)
	_, ok = srv.Profile("ann")
	assert.False(t, ok)
	require.ErrorIs(t, users.SetProfile(ctx, "ann", profile.Level.To(3)), restapi.CodeProfileAccountNotFound)
	require.NoError(t, accounts.Import(ctx, account.Account{UserID: "ann"}))
	items, _ = srv.Profile("ann")
	assert.Empty(t, items, "the old profile is gone for good")
}

func TestOnlineStatus(t *testing.T) {
	t.Parallel()
	c := newClock()
	srv := newServer(t, restapitest.WithClock(c.Now))
	accounts := account.NewClient(srv.Client())
	ctx := t.Context()
	srv.AddAccount("ann", "bob", "cat")
	phone, tablet := srv.User("ann"), srv.User("ann", restapitest.OnPlatform(callback.PlatformIPad))
	android := srv.User("bob", restapitest.OnPlatform(callback.PlatformAndroid))
	require.NoError(t, phone.Drop(callback.StateTimeOut))
	require.NoError(t, android.Background(true))

	got, err := accounts.QueryOnlineStatus(ctx, []string{"ann", "bob", "cat", "eve"})
	require.NoError(t, err)
	assert.Equal(t, account.Online, got[0].Status)
	assert.Empty(t, got[0].Detail, "not asked for")
	assert.Equal(t, account.PushOnline, got[1].Status)
	assert.Equal(t, account.Offline, got[2].Status)
	require.ErrorIs(t, got[3].Err(), restapi.CodeAccountNotFound)

	got, err = accounts.QueryOnlineStatus(ctx, []string{"ann"}, account.WithDetail())
	require.NoError(t, err)
	assert.Equal(t, account.PushOnline, got[0].On(account.IPhone))

	_, err = accounts.QueryOnlineStatus(ctx, []string{"eve", "joe"})
	require.ErrorIs(t, err, restapi.CodeAccountNotFound, "the call fails when all do")

	newer := post(t, srv, account.CommandQueryOnlineStatus, `{"To_Account":["bob","cat"]}`)
	assert.JSONEq(t, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","QueryResult":[
		{"To_Account":"bob","Status":"PushOnline","State":"PushOnline"},
		{"To_Account":"cat","Status":"Offline","State":"Offline"}]}`, string(newer.body))
	older := post(t, srv, account.CommandQueryState, `{"To_Account":["bob","eve"],"IsNeedDetail":1}`)
	assert.JSONEq(t, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","QueryResult":[
		{"To_Account":"bob","State":"PushOnline","Detail":[{"Platform":"Android","Status":"PushOnline"}]},
		{"To_Account":"@TLS#NOT_FOUND","State":"Offline"}]}`, string(older.body))

	//lint:ignore SA1019 the older command is kept
	got, err = accounts.QueryState(ctx, []string{"eve", "bob"}) //nolint:staticcheck // as above
	require.NoError(t, err)
	require.ErrorIs(t, got[0].Err(), restapi.CodeAccountNotFound)
	assert.Equal(t, account.PushOnline, got[1].Status)

	require.NoError(t, accounts.Kick(ctx, "ann"))
	got, err = accounts.QueryOnlineStatus(ctx, []string{"ann"})
	require.NoError(t, err)
	assert.Equal(t, account.Offline, got[0].Status)
	require.ErrorIs(t, tablet.SetProfile(profile.Level.To(1)), restapitest.ErrSignedOut)
	require.ErrorIs(t, tablet.SignInAgain(), restapi.CodeUserSigInvalidated, "kick makes UserSigs void")

	c.Add(7*24*time.Hour - 1)
	status := func() account.OnlineStatus {
		got, err := accounts.QueryOnlineStatus(ctx, []string{"bob"}, account.WithDetail())
		require.NoError(t, err)
		assert.Equal(t, got[0].Status, got[0].On(account.Android))
		return got[0].Status
	}
	assert.Equal(t, account.PushOnline, status())
	c.Add(1)
	assert.Equal(t, account.Offline, status(), "after 7 days")
	require.NoError(t, android.Background(false))
	assert.Equal(t, account.Online, status())
}

func TestRefusalsOfAccountCommands(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.SetSettings(restapitest.Settings{ForbidWords: []string{"casino"}})
	items := func(key string, n int) string {
		return `{"` + key + `":[{"UserID":"u"}` + strings.Repeat(`,{"UserID":"u"}`, n-1) + `]}`
	}
	long := strings.Repeat("x", 501)
	for name, tc := range map[string]struct {
		cmd  restapi.Command
		body string
		want restapi.Code
	}{
		"import: not JSON":            {account.CommandAccountImport, `{`, restapi.CodeInvalidRequestJSON},
		"import: no body":             {account.CommandAccountImport, ``, restapi.CodeInvalidRequestJSON},
		"import: not an object":       {account.CommandAccountImport, `[]`, restapi.CodeAccountInvalidParameter},
		"import: nobody":              {account.CommandAccountImport, `{}`, restapi.CodeAccountInvalidParameter},
		"import: 33 bytes":            {account.CommandAccountImport, `{"UserID":"` + long[:33] + `"}`, restapi.CodeAccountInvalidParameter},
		"import: control character":   {account.CommandAccountImport, `{"UserID":"a\nb"}`, restapi.CodeAccountInvalidParameter},
		"import: C1 control":          {account.CommandAccountImport, `{"UserID":"a\u0085b"}`, restapi.CodeAccountInvalidParameter},
		"import: not UTF-8":           {account.CommandAccountImport, "{\"UserID\":\"a\xff\"}", restapi.CodeAccountInvalidParameter},
		"import: number":              {account.CommandAccountImport, `{"UserID":1}`, restapi.CodeInvalidUserIDType},
		"import: nick is a number":    {account.CommandAccountImport, `{"UserID":"u","Nick":1}`, restapi.CodeAccountInvalidParameter},
		"import: long nick":           {account.CommandAccountImport, `{"UserID":"u","Nick":"` + long + `"}`, restapi.CodeProfileValueTooLong},
		"import: long avatar":         {account.CommandAccountImport, `{"UserID":"u","FaceUrl":"` + long + `"}`, restapi.CodeProfileValueTooLong},
		"import: forbidden word":      {account.CommandAccountImport, `{"UserID":"u","Nick":"casino"}`, restapi.CodeProfileSensitiveText},
		"multi: none":                 {account.CommandMultiAccountImport, `{}`, restapi.CodeAccountInvalidParameter},
		"multi: empty":                {account.CommandMultiAccountImport, `{"AccountList":[]}`, restapi.CodeAccountInvalidParameter},
		"multi: both forms":           {account.CommandMultiAccountImport, `{"AccountList":[],"Accounts":[]}`, restapi.CodeAccountInvalidParameter},
		"multi: 101":                  {account.CommandMultiAccountImport, items("AccountList", 101), restapi.CodeAccountInvalidParameter},
		"multi: not an object":        {account.CommandMultiAccountImport, `{"AccountList":["u"]}`, restapi.CodeAccountInvalidParameter},
		"multi: number":               {account.CommandMultiAccountImport, `{"AccountList":[{"UserID":1}]}`, restapi.CodeInvalidUserIDType},
		"multi: number, older form":   {account.CommandMultiAccountImport, `{"Accounts":[1]}`, restapi.CodeInvalidUserIDType},
		"delete: none":                {account.CommandAccountDelete, `{}`, restapi.CodeAccountInvalidParameter},
		"delete: 101":                 {account.CommandAccountDelete, items("DeleteItem", 101), restapi.CodeAccountInvalidParameter},
		"delete: not an object":       {account.CommandAccountDelete, `{"DeleteItem":["u"]}`, restapi.CodeAccountInvalidParameter},
		"delete: C1 control":          {account.CommandAccountDelete, `{"DeleteItem":[{"UserID":"a\u0085b"}]}`, restapi.CodeAccountInvalidParameter},
		"check: C1 control":           {account.CommandAccountCheck, `{"CheckItem":[{"UserID":"a\u0085b"}]}`, restapi.CodeAccountInvalidParameter},
		"kick: C1 control":            {account.CommandKick, `{"UserID":"a\u0085b"}`, restapi.CodeAccountInvalidParameter},
		"status: C1 control":          {account.CommandQueryOnlineStatus, `{"To_Account":["a\u0085b"]}`, restapi.CodeMessageInvalidToAccount},
		"status: 33 bytes":            {account.CommandQueryOnlineStatus, `{"To_Account":["` + long[:33] + `"]}`, restapi.CodeMessageInvalidToAccount},
		"state: empty":                {account.CommandQueryState, `{"To_Account":[""]}`, restapi.CodeMessageInvalidToAccount},
		"delete: nobody":              {account.CommandAccountDelete, `{"DeleteItem":[{}]}`, restapi.CodeAccountInvalidParameter},
		"check: none":                 {account.CommandAccountCheck, `{"CheckItem":{}}`, restapi.CodeAccountInvalidParameter},
		"check: 101":                  {account.CommandAccountCheck, items("CheckItem", 101), restapi.CodeAccountInvalidParameter},
		"check: 100":                  {account.CommandAccountCheck, items("CheckItem", 100), 0},
		"kick: nobody":                {account.CommandKick, `{}`, restapi.CodeAccountInvalidParameter},
		"kick: unknown":               {account.CommandKick, `{"UserID":"eve"}`, restapi.CodeAccountNotFound},
		"status: not JSON":            {account.CommandQueryOnlineStatus, `{`, restapi.CodeMessageInvalidJSON},
		"status: nobody":              {account.CommandQueryOnlineStatus, `{"To_Account":[]}`, restapi.CodeMessageInvalidJSON},
		"status: numbers":             {account.CommandQueryOnlineStatus, `{"To_Account":[1]}`, restapi.CodeMessageInvalidToAccount},
		"status: 501":                 {account.CommandQueryOnlineStatus, `{"To_Account":["u"` + strings.Repeat(`,"u"`, 500) + `]}`, restapi.CodeMessageTooManyReceivers},
		"state: nobody":               {account.CommandQueryState, `{}`, restapi.CodeMessageInvalidJSON},
		"state: nobody that is known": {account.CommandQueryState, `{"To_Account":["eve"]}`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := post(t, srv, tc.cmd, tc.body)
			assert.Equal(t, tc.want, got.ErrorCode, "%s", got.body)
		})
	}
}

func TestMultiImportNamesWhoFailed(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.SetSettings(restapitest.Settings{ForbidWords: []string{"casino"}})
	got, err := account.NewClient(srv.Client()).MultiImport(t.Context(),
		[]account.Account{{UserID: "ann"}, {UserID: "bob", Nick: "casino"}})
	require.NoError(t, err)
	require.NoError(t, got[0].Err())
	require.ErrorContains(t, got[1].Err(), "FailAccounts")
	_, ok := srv.Profile("bob")
	assert.False(t, ok)
}

func TestTheServiceIsQuoted(t *testing.T) {
	t.Parallel()
	var logs bytes.Buffer
	srv := newServer(t, restapitest.WithLogger(slog.New(slog.NewTextHandler(&logs, nil))))
	const notFound = "Err_TLS_PT_Open_Login_Account_Not_Exist"
	for name, tc := range map[string]struct {
		cmd        restapi.Command
		body, want string
	}{
		"delete": {
			account.CommandAccountDelete, `{"DeleteItem":[{"UserID":"eve"}]}`,
			`{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"",
				"ResultItem":[{"UserID":"eve","ResultCode":70107,"ResultInfo":"` + notFound + `"}]}`,
		},
		"kick": {
			account.CommandKick, `{"UserID":"eve"}`,
			`{"ActionStatus":"FAIL","ErrorCode":70107,"ErrorInfo":"` + notFound + `"}`,
		},
		"profile": {
			profile.CommandPortraitSet, `{"From_Account":"eve"}`,
			`{"ActionStatus":"FAIL","ErrorCode":40001,"ErrorInfo":"Err_Profile_Comm_Decode_Fail","ErrorDisplay":""}`,
		},
		"state": {
			account.CommandQueryState, `{"To_Account":[]}`,
			`{"ActionStatus":"FAIL","ErrorCode":90001,"ErrorInfo":"Fail to Parse json data of body, Please check it"}`,
		},
	} {
		assert.JSONEq(t, tc.want, string(post(t, srv, tc.cmd, tc.body).body), name)
	}
	assert.Contains(t, logs.String(), `reason="ProfileItem: is missing"`, "what is wrong is in the log")
}
