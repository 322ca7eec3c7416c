package chat_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/chat"
)

// wovenMore is the community of the examples with members in its permission groups, and a live room with a staff.
func wovenMore(t *testing.T) *chat.App {
	t.Helper()
	a := newApp(t, nil)
	weave(t, a, true)
	for _, c := range [][2]string{
		{"million_group_open_http_svc/modify_topic", `{"GroupId":"` + weavers + `","TopicId":"` + dyes + `","CustomString":"1",
			"FaceUrl":"u","Notification":"n","Introduction":"i","MuteAllMember":"On"}`},
		{"million_group_open_http_svc/create_topic", `{"GroupId":"` + weavers + `","TopicName":"Wool"}`},
		{"group_open_http_svc/create_permission_group", `{"GroupId":"` + weavers + `","PermissionGroupName":"Day",
			"Permission":18446744073709551615,"CustomString":"c"}`},
		{"group_open_http_svc/add_permission_group_member", `{"GroupId":"` + weavers + `","PermissionGroupId":"@PMG#_night_shift",
			"MemberList":[{"Member_Account":"priya"},{"Member_Account":"ozan"}]}`},
		{"group_open_avchatroom_http_svc/modify_admin", `{"GroupId":"room","CommandType":1,"Admin_Account":["priya","ozan"]}`},
		{"group_open_avchatroom_http_svc/add_robots", `{"GroupId":"room","Member_Account":["bot_b","bot_a"]}`},
	} {
		require.Zero(t, do(t, a, c[0], c[1]), c[1])
	}
	return a
}

// Topics, permission groups and what a live room keeps come back as they were; who listens does not.
func TestACommunityIsRestored(t *testing.T) {
	t.Parallel()
	before := snapshot(t, wovenMore(t))
	for _, kind := range []string{"topic", "permissiongroup", "stage"} {
		assert.Contains(t, before, `"kind":"`+kind+`"`)
	}
	a := newApp(t, nil)
	require.NoError(t, a.Restore(strings.NewReader(before)))
	assert.Equal(t, before, snapshot(t, a))
}

func TestADeletedMemberLeavesNoTrace(t *testing.T) {
	t.Parallel()
	for _, userID := range []string{"priya", "ozan", "bot_a"} {
		a := wovenMore(t)
		require.Contains(t, snapshot(t, a), `"`+userID+`"`)
		require.Zero(t, do(t, a, "im_open_login_svc/account_delete", `{"DeleteItem":[{"UserID":"`+userID+`"}]}`))
		assert.NotContains(t, snapshot(t, a), `"`+userID+`"`)
	}
}

func TestACommunityIsRefused(t *testing.T) {
	t.Parallel()
	head := `{"format":"tencentchat-local","version":1}
{"kind":"user","UserID":"mira"}
{"kind":"group","GroupId":"` + weavers + `","Type":"Community","Name":"Weavers","SupportTopic":1,"EnablePermission":1}
{"kind":"group","GroupId":"room","Type":"AVChatRoom","Name":"Launch"}
`
	topic := `{"kind":"topic","GroupId":"` + weavers + `","TopicId":"` + dyes + `","TopicName":"Dyes"}`
	night := `{"kind":"permissiongroup","GroupId":"` + weavers + `","PermissionGroupId":"@PMG#_night","PermissionGroupName":"Night"`
	for name, tc := range map[string]struct{ lines, want string }{
		"topic of no community":  {strings.ReplaceAll(topic, weavers+`","TopicId`, `room","TopicId`), "not a community with topics"},
		"topic twice":            {topic + "\n" + topic, "is there twice"},
		"topic elsewhere":        {strings.Replace(topic, dyes, "@TGS#_x@TOPIC#_y", 1), "TopicId is not that"},
		"topic without a name":   {strings.Replace(topic, `"Dyes"`, `""`, 1), "TopicName is empty"},
		"permissions of a room":  {strings.Replace(night, weavers, "room", 1) + "}", "not a community with permission groups"},
		"permissions twice":      {night + "}\n" + night + "}", "is there twice"},
		"permissions, odd ID":    {strings.Replace(night, "@PMG#_night", "night", 1) + "}", "PermissionGroupId is not one"},
		"permissions, no name":   {strings.Replace(night, `"Night"`, `""`, 1) + "}", "PermissionGroupName is empty"},
		"permissions, stranger":  {night + `,"Member_Account":["mira"]}`, "not a member of the community"},
		"permissions, no topic":  {night + `,"TopicPermissionList":[{"TopicId":"` + dyes + `","Permission":1}]}`, "a topic that is not there"},
		"stage of a community":   {`{"kind":"stage","GroupId":"` + weavers + `"}`, "not a live room"},
		"stage twice":            {strings.Repeat(`{"kind":"stage","GroupId":"room","Admin_Account":["mira"]}`+"\n", 2), "is there twice"},
		"stage, admin twice":     {`{"kind":"stage","GroupId":"room","Admin_Account":["mira","mira"]}`, "one twice"},
		"stage, too many admins": {`{"kind":"stage","GroupId":"room","Admin_Account":["1","2","3","4","5","6"]}`, "over 5 admins"},
		"stage, robot":           {`{"kind":"stage","GroupId":"room","RobotList":[{"Member_Account":"x","JoinTime":1,"ExpireTime":2}]}`, "not a user of a line above"},
	} {
		require.ErrorContains(t, newApp(t, nil).Restore(strings.NewReader(head+tc.lines)), tc.want, name)
	}
}
