package chat_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/chat"
)

// addRelations gives ann, bob and 小明 something of each kind, at one moment.
func addRelations(tb testing.TB, a *chat.App) {
	tb.Helper()
	set := a.Settings()
	require.NoError(tb, a.SetSettings(chat.Settings{KeepBlockedFriends: true}))
	for _, call := range [][2]string{
		{"sns/friend_add", `{"From_Account":"ann","AddFriendItem":[{"To_Account":"小明","AddSource":"AddSource_Type_Web","GroupName":"Work"},` +
			`{"To_Account":"bob","AddSource":"AddSource_Type_Web","AddWording":"hi"}]}`},
		{"sns/group_add", `{"From_Account":"ann","GroupName":["Empty"]}`},
		{"sns/friend_update", `{"From_Account":"bob","UpdateItem":[{"To_Account":"ann","SnsItem":[{"Tag":"Tag_SNS_Custom_Note","Value":"x"}]}]}`},
		{"profile/portrait_set", `{"From_Account":"bob","ProfileItem":[{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_NeedConfirm"}]}`},
		{"sns/friend_add", `{"From_Account":"小明","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_Web","Remark":"B"}]}`},
		{"sns/black_list_add", `{"From_Account":"bob","To_Account":["ann"]}`},
		{"sns/black_list_add", `{"From_Account":"小明","To_Account":["ann"]}`},
		{"follow/follow_add", `{"From_Account":"小明","FollowItem":[{"To_Account":"ann"}]}`},
		{"follow/follow_add", `{"From_Account":"ann","FollowItem":[{"To_Account":"bob"},{"To_Account":"小明"}]}`},
	} {
		row, ok := a.Row("v4/" + call[0])
		require.True(tb, ok)
		req := request(a, call[1])
		req.Now = time.Unix(1772366401, 0)
		_, err := a.Do(tb.Context(), row, req)
		require.NoError(tb, err, call[0])
	}
	require.NoError(tb, a.SetSettings(set))
}

func TestRestoreRefusesRelations(t *testing.T) {
	t.Parallel()
	const (
		head = `{"format":"tencentchat-local","version":1}` + "\n" + `{"kind":"user","UserID":"a"}` + "\n" +
			`{"kind":"user","UserID":"b"}` + "\n"
		ab = `"From_Account":"a","To_Account":"b"`
	)
	for line, want := range map[string]string{
		`{"kind":"friend","From_Account":"a","To_Account":"c"}`:                                                                                  "To_Account is not a user",
		`{"kind":"friend","From_Account":"c","To_Account":"a"}`:                                                                                  "From_Account is not a user",
		`{"kind":"blocked","From_Account":"a","To_Account":"a"}`:                                                                                 "are the same",
		`{"kind":"follow",` + ab + `}` + "\n" + `{"kind":"follow",` + ab + `}`:                                                                   "line 5: follow: the two are there twice",
		`{"kind":"friend",` + ab + `}` + "\n" + `{"kind":"friend",` + ab + `}`:                                                                   "line 5: friend: the two are there twice",
		`{"kind":"blocked",` + ab + `}` + "\n" + `{"kind":"blocked",` + ab + `}`:                                                                 "line 5: blocked: the two are there twice",
		`{"kind":"friendrequest",` + ab + `}`:                                                                                                    "AddSource",
		`{"kind":"friend",` + ab + `,"ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":"x"}]}`:                                                    "is not a moment",
		`{"kind":"friend",` + ab + `,"ValueItem":[{"Tag":"Tag_SNS_IM_AddSource"}]}`:                                                              "is not a text",
		`{"kind":"friend",` + ab + `,"ValueItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"x"}]}`:                                                   "there is no field",
		`{"kind":"relations","From_Account":"c"}`:                                                                                                "From_Account is not a user",
		`{"kind":"relations","From_Account":"a","GroupName":["x","x"]}`:                                                                          "is there twice",
		`{"kind":"relations","From_Account":"a","GroupName":[""]}`:                                                                               "1 to 30 bytes",
		`{"kind":"friend",` + ab + `,"ValueItem":[{"Tag":"Tag_SNS_IM_Group","Value":["g"]}]}` + "\n" + `{"kind":"relations","From_Account":"a"}`: "is missing",
	} {
		a := newApp(t, nil)
		require.ErrorContains(t, a.Restore(strings.NewReader(head+line)), want, line)
	}
	a := newApp(t, nil)
	require.NoError(t, a.Restore(strings.NewReader(head+
		`{"kind":"friend",`+ab+`,"ValueItem":[{"Tag":"Tag_SNS_IM_Group","Value":["g"]}]}`)), "a seed needs no more")
	assert.Contains(t, snapshot(t, a), `{"kind":"relations","From_Account":"a","GroupName":["g"]`)
	assert.Zero(t, do(t, a, "sns/friend_check", `{"From_Account":"a","To_Account":["b"],"CheckType":"CheckResult_Type_Single"}`))
}
