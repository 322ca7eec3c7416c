package chat_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/profile"
)

var update = flag.Bool("update", false, "write the golden files")

const golden = "testdata/snapshot/v1.jsonl"

func snapshot(tb testing.TB, a *chat.App) string {
	tb.Helper()
	var b bytes.Buffer
	require.NoError(tb, a.Snapshot(&b))
	return b.String()
}

// full is an app with something of each kind.
func full(tb testing.TB) *chat.App {
	tb.Helper()
	a := newApp(tb, nil, "ann", "bob", "小明")
	require.NoError(tb, a.SetSettings(chat.Settings{
		Webhooks:     []string{"State.StateChange"},
		BeforeFailed: chat.RefuseUnanswered,
		ForbidWords:  []string{"casino"},
		CustomFields: map[string]chat.FieldRight{
			"Vip": 0, "Score": chat.DenyWrite, "Secret": chat.DenyRead, "Own": chat.DenyRead | chat.DenyWrite,
		},
		Off: []chat.Feature{chat.FeatureFollow}, KeepBlockedFriends: true,
		MaxFriendRequests: 1, MaxFollowing: 2, MaxFollowers: 3, MaxMutualFollowers: 4, MaxSubscribers: 5,
		Plan: chat.PlanTop, DailyGroups: 5,
	}))
	ann := signedIn(tb, a, "ann", callback.PlatformIOS)
	require.NoError(tb, ann.SetStatus("at lunch"))
	require.NoError(tb, ann.SetProfile(profile.Items{
		profile.Nick.To("<Ann> & \"x\"\u2028"), {Tag: "Tag_Profile_IM_Level", Value: []byte(" 7 ")},
	}))
	row, _ := a.Row("v4/im_open_login_svc/kick")
	req := request(a, `{"UserID":"bob"}`)
	req.Now = time.Unix(1772366400, 999)
	_, err := a.Do(tb.Context(), row, req)
	require.NoError(tb, err)
	addRelations(tb, a)
	talk(tb, a)
	addPushes(tb, a)
	publish(tb, a) // after what needs ann's device
	addWords(tb, a)
	addGroups(tb, a)
	return a
}

func TestSnapshotIsTheGoldenOne(t *testing.T) {
	t.Parallel()
	got := snapshot(t, full(t))
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(golden), 0o750))
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

// Whatever is kept is described, in the order in which it is written, and the golden file has some of it.
func TestEveryKindIsDescribed(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("SNAPSHOT.md")
	require.NoError(t, err)
	var described []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z]+)`").FindAllStringSubmatch(string(text), -1) {
		described = append(described, row[1])
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	kinds := chat.Kinds(newApp(t, nil))
	assert.Equal(t, kinds, described)
	for _, kind := range kinds {
		assert.True(t, bytes.Contains(want, []byte(`{"kind":"`+kind+`"`)), kind)
	}
}

func TestRestore(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	a := newApp(t, nil, "eve")
	eve := signedIn(t, a, "eve", callback.PlatformIOS)
	require.NoError(t, a.Restore(bytes.NewReader(want)))
	assert.Equal(t, string(want), snapshot(t, a), "byte for byte")
	require.ErrorIs(t, eve.SignOut(), chat.ErrSignedOut)
	_, ok := a.Profile("eve")
	assert.False(t, ok)
	require.Error(t, a.CheckIssued("bob", time.Unix(1772366400, 0)))
	require.NoError(t, a.CheckIssued("bob", time.Unix(1772366401, 0)))
	assert.Equal(t, full(t).Settings(), a.Settings())
}

func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	const head = `{"format":"tencentchat-local","version":1}` + "\n"
	for name, tc := range map[string]struct{ text, want string }{
		"nothing":          {"", "line 1: the header is missing"},
		"no header":        {`{"kind":"user","UserID":"ann"}`, "line 1: it is not the header"},
		"not JSON":         {"x", "line 1: it is not the header"},
		"newer":            {`{"format":"tencentchat-local","version":2}`, "line 1: version 2 is not known: this program reads version 1"},
		"other app":        {`{"format":"tencentchat-local","version":1,"sdkappid":7}`, "line 1: it is of the app 7"},
		"line not JSON":    {head + "\n{\"kind\":", "line 3: it is not a JSON object"},
		"list":             {head + "[]", "line 2: it is not a JSON object"},
		"no kind":          {head + `{"UserID":"ann","kind":"user"}`, `line 2: the first key is not "kind"`},
		"empty":            {head + `{}`, `line 2: the first key is not "kind"`},
		"unknown kind":     {head + `{"kind":"robot"}`, `line 2: the kind "robot" is not known`},
		"unknown key":      {head + `{"kind":"user","UserID":"ann","Nick":"x"}`, `line 2: user: json: unknown field "Nick"`},
		"no user":          {head + `{"kind":"user"}`, "line 2: user: the user is empty"},
		"user twice":       {head + `{"kind":"user","UserID":"a"}` + "\n" + `{"kind":"user","UserID":"a"}`, "line 3: user: the user is there twice"},
		"wrong value":      {head + `{"kind":"user","UserID":"a","ProfileItem":[{"Tag":"Tag_Profile_IM_Level","Value":"x"}]}`, "line 2: user: Tag_Profile_IM_Level"},
		"no value":         {head + `{"kind":"user","UserID":"a","ProfileItem":[{"Tag":"Tag_Profile_IM_Level"}]}`, "line 2: user: Tag_Profile_IM_Level"},
		"wrong tag":        {head + `{"kind":"user","UserID":"a","ProfileItem":[{"Tag":"","Value":1}]}`, "line 2: user: "},
		"tag twice":        {head + `{"kind":"user","UserID":"a","ProfileItem":[{"Tag":"Tag_Profile_IM_Level","Value":1},{"Tag":"Tag_Profile_IM_Level","Value":1}]}`, "is set twice"},
		"settings twice":   {head + `{"kind":"settings","ForbidWords":["x"]}` + "\n" + `{"kind":"settings"}`, "line 3: settings: they are there twice"},
		"settings":         {head + `{"kind":"settings","BeforeFailed":"x"}`, "line 2: settings: BeforeFailed"},
		"right":            {head + `{"kind":"settings","CustomFields":{"Vip":"x"}}`, "a right of a custom field is not known"},
		"line is too long": {head + strings.Repeat("x", 16<<20), "line 2: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := full(t)
			before := snapshot(t, a)
			ann := signedIn(t, a, "ann", callback.PlatformWeb)
			require.ErrorContains(t, a.Restore(strings.NewReader(tc.text)), tc.want)
			assert.Equal(t, before, snapshot(t, a), "all or nothing")
			require.NoError(t, ann.SignOut())
		})
	}
}

// The golden file has something of each kind: whoever is deleted must leave nothing in any.
func TestADeletedAccountLeavesNoTrace(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	for _, user := range []string{"ann", "bob", "小明", "@RBT#helper"} {
		a := newApp(t, nil)
		require.NoError(t, a.Restore(bytes.NewReader(want)))
		require.Contains(t, snapshot(t, a), `"`+user+`"`)
		d := signedIn(t, a, user, callback.PlatformIOS)
		require.Zero(t, do(t, a, "im_open_login_svc/account_delete", `{"DeleteItem":[{"UserID":"`+user+`"}]}`))
		assert.NotContains(t, snapshot(t, a), `"`+user+`"`)
		require.ErrorIs(t, d.SignOut(), chat.ErrSignedOut)
	}
}

func FuzzRestore(f *testing.F) {
	want, err := os.ReadFile(golden)
	require.NoError(f, err)
	f.Add(want)
	f.Add([]byte(`{"format":"tencentchat-local","version":1}` + "\n" + `{ "kind" : "user" , "UserID":"a","KickTime":-1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		a := chat.New(chat.Config{SDKAppID: 1400000001, Admins: []string{admin.UserID}})
		before := snapshot(t, a)
		if a.Restore(bytes.NewReader(data)) != nil {
			require.Equal(t, before, snapshot(t, a))
			return
		}
		first := snapshot(t, a)
		require.NoError(t, a.Restore(strings.NewReader(first)))
		require.Equal(t, first, snapshot(t, a))
	})
}
