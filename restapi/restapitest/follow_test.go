package restapitest_test

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/follow"
	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func listed(tb testing.TB, users iter.Seq2[follow.User, error]) (userIDs []string) {
	tb.Helper()
	for user, err := range users {
		require.NoError(tb, err)
		userIDs = append(userIDs, user.UserID)
	}
	return userIDs
}

func TestFollow(t *testing.T) {
	t.Parallel()
	clock := newClock()
	srv := newServer(t, fine(), restapitest.WithClock(clock.Now))
	srv.AddAccount("ann", "bob", "cat", "dan")
	follows := follow.NewClient(srv.Client())
	ctx := t.Context()
	require.NoError(t, profile.NewClient(srv.Client()).SetProfile(ctx, "cat", profile.Nick.To("Cat")))
	results, err := follows.Add(ctx, "ann", []string{"bob", "cat", "nobody"})
	assert.Equal(t, []restapi.Code{0, 0, restapi.CodeRelationAccountNotFound}, codes(t, results, err))
	results, err = follows.Add(ctx, "ann", []string{"cat", "dan"})
	assert.Equal(t, []restapi.Code{0, 0}, codes(t, results, err))
	results, err = follows.Add(ctx, "bob", []string{"ann"})
	require.NoError(t, restapi.Join(results, err))

	checked, err := follows.Check(ctx, "ann", []string{"bob", "cat", "ann", "nobody"})
	assert.Equal(t, []restapi.Code{0, 0, 0, restapi.CodeRelationAccountNotFound}, codes(t, checked, err))
	assert.Equal(t, []follow.FollowType{follow.Mutual, follow.Following, follow.NoFollow, follow.NoFollow},
		[]follow.FollowType{checked[0].FollowType, checked[1].FollowType, checked[2].FollowType, checked[3].FollowType})
	assert.Equal(t, []string{"dan", "cat", "bob"}, listed(t, follows.Following(ctx, "ann")), "the newest first")
	assert.Equal(t, []string{"bob"}, listed(t, follows.MutualFollowers(ctx, "ann")))
	assert.Equal(t, []string{"ann"}, listed(t, follows.Followers(ctx, "cat")))

	page, err := follows.UserPage(ctx, "ann", follow.Following, "", 2)
	require.NoError(t, err)
	assert.Equal(t, clock.Now().Unix(), page.Items[1].FollowTime.Unix())
	assert.Equal(t, profile.Items{profile.Nick.To("Cat")}, page.Items[1].ProfileItem)
	results, err = follows.Delete(ctx, "ann", []string{"cat", "bob", "nobody"})
	assert.Equal(t, []restapi.Code{0, 0, restapi.CodeRelationAccountNotFound}, codes(t, results, err))
	page, err = follows.UserPage(ctx, "ann", follow.Following, page.Next, 2)
	require.NoError(t, err)
	assert.Empty(t, page.Items, "bob was next and has gone")
	results, err = follows.Delete(ctx, "ann", []string{"cat"})
	assert.Equal(t, []restapi.Code{0}, codes(t, results, err))

	info, err := follows.Info(ctx, "ann", []string{"ann", "bob", "nobody"})
	assert.Equal(t, []restapi.Code{0, 0, restapi.CodeRelationAccountNotFound}, codes(t, info, err))
	assert.Equal(t, follow.Info{UserID: "ann", FollowerCount: 1, FollowingCount: 1}, info[0])
	assert.Equal(t, follow.Info{UserID: "bob", FollowingCount: 1}, info[1])

	at := clock.Now().UnixMilli()
	assert.Equal(t, []string{
		fmt.Sprintf(`{"CallbackCommand":"Follow.CallbackAfterFollowAdd","From_Account":"ann",`+
			`"FollowList":[{"To_Account":"bob"},{"To_Account":"cat"}],"EventTime":%d}`, at),
		fmt.Sprintf(`{"CallbackCommand":"Follow.CallbackAfterFollowAdd","From_Account":"ann",`+
			`"FollowList":[{"To_Account":"dan"}],"EventTime":%d}`, at),
		fmt.Sprintf(`{"CallbackCommand":"Follow.CallbackAfterFollowAdd","From_Account":"bob",`+
			`"FollowList":[{"To_Account":"ann"}],"EventTime":%d}`, at),
		fmt.Sprintf(`{"CallbackCommand":"Follow.CallbackAfterFollowDelete","From_Account":"ann",`+
			`"To_Account":["cat","bob"],"EventTime":%d}`, at),
	}, told(t, srv)[1:])
}

func TestFollowPages(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("star")
	fans := many(srv, 2500)
	for _, fan := range fans {
		require.NoError(t, srv.User(fan).Follow("star"))
	}
	follows := follow.NewClient(srv.Client())
	slices.Reverse(fans)
	assert.Equal(t, fans, listed(t, follows.Followers(t.Context(), "star")), "three pages")
	deleted, err := account.NewClient(srv.Client()).Delete(t.Context(), []string{"star", "u0"})
	require.NoError(t, restapi.Join(deleted, err))
	info, err := follows.Info(t.Context(), "u1", []string{"u1"})
	require.NoError(t, err)
	assert.Zero(t, info[0].FollowingCount)
}

func TestFollowSettings(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann", "bob", "cat", "dan")
	follows := follow.NewClient(srv.Client())
	ctx := t.Context()
	add := func(userID string, others ...string) []restapi.Code {
		t.Helper()
		results, err := follows.Add(ctx, userID, others)
		return codes(t, results, err)
	}
	srv.SetSettings(restapitest.Settings{MaxFollowing: 2})
	assert.Equal(t, []restapi.Code{0, 0, restapi.CodeFollowLimit}, add("ann", "bob", "cat", "dan"))
	assert.Equal(t, []restapi.Code{0}, add("ann", "bob"), "who is followed needs no room")
	srv.SetSettings(restapitest.Settings{MaxFollowers: 1})
	assert.Equal(t, []restapi.Code{restapi.CodeFollowPeerFollowersLimit}, add("dan", "bob"))
	srv.SetSettings(restapitest.Settings{MaxMutualFollowers: 1})
	assert.Equal(t, []restapi.Code{0}, add("bob", "ann"))
	assert.Equal(t, []restapi.Code{restapi.CodeFollowPeerMutualLimit}, add("cat", "ann"))
	assert.Equal(t, []restapi.Code{0}, add("dan", "ann"))
	assert.Equal(t, []restapi.Code{restapi.CodeFollowMutualLimit}, add("ann", "dan"))

	srv.SetSettings(restapitest.Settings{Off: []restapitest.Feature{restapitest.FeatureFollow}})
	for _, cmd := range []restapi.Command{
		follow.CommandFollowAdd, follow.CommandFollowDelete, follow.CommandFollowCheck, follow.CommandFollowGet,
		follow.CommandFollowGetInfo,
	} {
		body := `{"From_Account":"ann","To_Account":["bob"],"FollowItem":[{"To_Account":"bob"}],"FollowType":1,"StartCursor":"","WantNum":1}`
		got := post(t, srv, cmd, body)
		assert.Equal(t, restapi.CodeRelationFollowNotEnabled, got.ErrorCode, cmd.Name)
	}
	secret := profile.Custom("Secret")
	require.NoError(t, profile.NewClient(srv.Client()).SetProfile(ctx, "bob", secret.To("x"), profile.Nick.To("Bob")))
	srv.SetSettings(restapitest.Settings{CustomFields: map[string]restapitest.FieldRight{"Secret": restapitest.DenyRead}})
	page, err := follows.UserPage(ctx, "ann", follow.Mutual, "", 0)
	require.NoError(t, err)
	assert.Equal(t, profile.Items{profile.Nick.To("Bob")}, page.Items[0].ProfileItem)
	_, err = friend.NewClient(srv.Client()).Get(ctx, "ann", []string{"bob"}, secret)
	require.ErrorIs(t, err, restapi.CodeRelationInvalidParameter)

	assert.Panics(t, func() { srv.SetSettings(restapitest.Settings{Off: []restapitest.Feature{"x"}}) })
	assert.Panics(t, func() { srv.SetSettings(restapitest.Settings{MaxFollowers: -1}) })
}

// What the typed clients refuse is refused here too.
func TestRefusalsOfRelations(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann", "bob")
	srv.SetSettings(restapitest.Settings{ForbidWords: []string{"casino"}})
	long := func(n int) string { return strings.Repeat("x", n) }
	const source = `"AddSource":"AddSource_Type_Web"`
	items := func(n int, item string) string { return strings.TrimSuffix(strings.Repeat(item+",", n), ",") }
	for name, tc := range map[string]struct{ command, body string }{
		"no owner":            {"sns/friend_get", `"StartIndex":0`},
		"no start":            {"sns/friend_get", `"From_Account":"ann"`},
		"owner too long":      {"sns/friend_get", `"StartIndex":0,"From_Account":"` + long(33) + `"`},
		"other too long":      {"sns/friend_delete", `"From_Account":"ann","To_Account":["` + long(33) + `"]`},
		"no others":           {"sns/friend_delete", `"From_Account":"ann","To_Account":[]`},
		"too many":            {"sns/friend_delete", `"From_Account":"ann","To_Account":[` + items(1001, `"bob"`) + `]`},
		"no such side":        {"sns/friend_delete", `"From_Account":"ann","To_Account":["bob"],"DeleteType":"Both"`},
		"no such side, all":   {"sns/friend_delete_all", `"From_Account":"ann","DeleteType":"Both"`},
		"no side":             {"sns/friend_check", `"From_Account":"ann","To_Account":["bob"]`},
		"another's side":      {"sns/black_list_check", `"From_Account":"ann","To_Account":["bob"],"CheckType":"CheckResult_Type_Both"`},
		"nobody to add":       {"sns/friend_add", `"From_Account":"ann","AddFriendItem":[]`},
		"no source":           {"sns/friend_add", `"From_Account":"ann","AddFriendItem":[{"To_Account":"bob"}]`},
		"bad source":          {"sns/friend_add", `"From_Account":"ann","AddFriendItem":[{"To_Account":"bob","AddSource":"Web"}]`},
		"bad type":            {"sns/friend_add", `"From_Account":"ann","AddType":"x","AddFriendItem":[{"To_Account":"bob",` + source + `}]`},
		"long remark":         {"sns/friend_add", `"From_Account":"ann","AddFriendItem":[{"To_Account":"bob","Remark":"` + long(97) + `",` + source + `}]`},
		"long words":          {"sns/friend_add", `"From_Account":"ann","AddFriendItem":[{"To_Account":"bob","AddWording":"` + long(257) + `",` + source + `}]`},
		"long group":          {"sns/friend_add", `"From_Account":"ann","AddFriendItem":[{"To_Account":"bob","GroupName":"` + long(31) + `",` + source + `}]`},
		"too many groups":     {"sns/friend_import", `"From_Account":"ann","AddFriendItem":[{"To_Account":"bob","GroupName":[` + items(33, `"g"`) + `],` + source + `}]`},
		"bad custom field":    {"sns/friend_import", `"From_Account":"ann","AddFriendItem":[{"To_Account":"bob","CustomItem":[{"Tag":"Tag_SNS_IM_Remark","Value":""}],` + source + `}]`},
		"import without any":  {"sns/friend_import", `"From_Account":"ann","AddFriendItem":[]`},
		"nothing to set":      {"sns/friend_update", `"From_Account":"ann","UpdateItem":[{"To_Account":"bob","SnsItem":[]}]`},
		"read only":           {"sns/friend_update", `"From_Account":"ann","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1}]}]`},
		"not of friends":      {"sns/friend_update", `"From_Account":"ann","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"x"}]}]`},
		"long value":          {"sns/friend_update", `"From_Account":"ann","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_Custom_Note","Value":"` + long(501) + `"}]}]`},
		"remark is no text":   {"sns/friend_update", `"From_Account":"ann","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":1}]}]`},
		"groups are a text":   {"sns/friend_update", `"From_Account":"ann","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Group","Value":"x"}]}]`},
		"no tags":             {"sns/friend_get_list", `"From_Account":"ann","To_Account":["bob"],"TagList":[]`},
		"no such tag":         {"sns/friend_get_list", `"From_Account":"ann","To_Account":["bob"],"TagList":["Tag_SNS_Custom_9"]`},
		"too large a page":    {"sns/black_list_get", `"From_Account":"ann","StartIndex":0,"LastSequence":0,"MaxLimited":1001`},
		"no sequence":         {"sns/black_list_get", `"From_Account":"ann","StartIndex":0,"MaxLimited":10`},
		"no groups":           {"sns/group_add", `"From_Account":"ann","GroupName":[]`},
		"group without name":  {"sns/group_delete", `"From_Account":"ann","GroupName":[""]`},
		"too many to follow":  {"follow/follow_add", `"From_Account":"ann","FollowItem":[` + items(21, `{"To_Account":"bob"}`) + `]`},
		"too many to check":   {"follow/follow_check", `"From_Account":"ann","To_Account":[` + items(101, `"bob"`) + `]`},
		"no such list":        {"follow/follow_get", `"From_Account":"ann","FollowType":4,"StartCursor":"","WantNum":1`},
		"too large a list":    {"follow/follow_get", `"From_Account":"ann","FollowType":1,"StartCursor":"","WantNum":1001`},
		"not a cursor":        {"follow/follow_get", `"From_Account":"ann","FollowType":1,"StartCursor":"!","WantNum":1`},
		"too many to inform":  {"follow/follow_get_info", `"From_Account":"ann","To_Account":[` + items(21, `"bob"`) + `]`},
		"too many to forget":  {"follow/follow_delete", `"From_Account":"ann","To_Account":[` + items(21, `"bob"`) + `]`},
		"not JSON":            {"sns/group_get", `}`},
		"a list, not objects": {"sns/friend_add", `"From_Account":"ann","AddFriendItem":["bob"]`},
	} {
		service, command, _ := strings.Cut(tc.command, "/")
		got := post(t, srv, restapi.Command{Service: service, Name: command}, "{"+tc.body+"}")
		assert.Equal(t, restapi.CodeRelationInvalidParameter, got.ErrorCode, "%s: %s", name, got.body)
	}
	for name, tc := range map[string]struct {
		command, body string
		want          restapi.Code
	}{
		"self":           {"sns/friend_add", `"AddFriendItem":[{"To_Account":"ann",` + source + `}]`, 30001},
		"words":          {"sns/friend_add", `"AddFriendItem":[{"To_Account":"bob","AddWording":"my casino",` + source + `}]`, 30005},
		"not a friend":   {"sns/friend_update", `"UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":""}]}]`, 30001},
		"not deleted":    {"sns/friend_delete", `"To_Account":["bob"]`, 31704},
		"unknown":        {"sns/friend_delete", `"To_Account":["nobody"]`, 30003},
		"follow oneself": {"follow/follow_add", `"FollowItem":[{"To_Account":"ann"}]`, 30001},
		"block oneself":  {"sns/black_list_add", `"To_Account":["ann"]`, 30001},
	} {
		service, command, _ := strings.Cut(tc.command, "/")
		got := post(t, srv, restapi.Command{Service: service, Name: command}, `{"From_Account":"ann",`+tc.body+"}")
		assert.Contains(t, string(got.body), fmt.Sprintf(`"ResultCode":%d`, tc.want), name)
		assert.Zero(t, got.ErrorCode, name)
	}
	got := post(t, srv, restapi.Command{Service: "sns", Name: "group_add"}, `{"From_Account":"ann","GroupName":["casino"]}`)
	assert.Equal(t, restapi.CodeRelationSensitiveText, got.ErrorCode)
	got = post(t, srv, restapi.Command{Service: "sns", Name: "friend_get"}, `{"From_Account":"nobody","StartIndex":0}`)
	assert.Equal(t, restapi.CodeRelationAccountNotFound, got.ErrorCode)
}
