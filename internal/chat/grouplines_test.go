package chat_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/chat"
)

// addGroups gives ann, bob and 小明 something of each kind of groups, at one moment.
func addGroups(tb testing.TB, a *chat.App) {
	tb.Helper()
	for _, call := range [][2]string{
		{"group_open_http_svc/create_group", `{"Owner_Account":"ann","Type":"Public","GroupId":"harbor","Name":"Harbor <watch>","Introduction":"i",
			"Notification":"n","FaceUrl":"https://example.com/","MaxMemberCount":20,"ApplyJoinOption":"FreeAccess",
			"InviteJoinOption":"NeedPermission","AppDefinedData":[{"Key":"Region","Value":"north"}],
			"MemberList":[{"Member_Account":"小明"},{"Member_Account":"bob","Role":"Admin",
				"AppMemberDefinedData":[{"Key":"Shift","Value":"day"}]}]}`},
		{"group_open_http_svc/create_group", `{"Owner_Account":"bob","Type":"Community","Name":"Weavers","SupportTopic":1,"EnablePermission":1,
			"DefaultPermission":448}`},
		{"group_open_http_svc/create_group", `{"Owner_Account":"ann","Type":"AVChatRoom","Name":"Live"}`},
		{"group_open_http_svc/create_group", `{"Owner_Account":"小明","Type":"Private","GroupId":"a","Name":"Ours"}`},
		{"group_open_http_svc/send_group_msg", `{"GroupId":"harbor","From_Account":"小明","Random":1,"MsgPriority":"High",
			"CloudCustomData":"c","NeedReadReceipt":1,"SupportMessageExtension":1,"GroupAtInfo":[{"GroupAt_Account":"ann","GroupAtAllFlag":0}],
			"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]}`},
		{"group_open_http_svc/pin_message", `{"GroupId":"harbor","MsgSeq":1,"Pinner_Account":"ann"}`},
		{"group_open_http_svc/modify_group_base_info", `{"GroupId":"harbor","MuteAllMember":"On","HistoryMsgBeforeJoin":"On"}`},
		{"group_open_http_svc/modify_group_member_info", `{"GroupId":"harbor","Member_Account":"bob","MsgFlag":"Discard","NameCard":"Bob"}`},
		{"group_open_http_svc/change_group_owner", `{"GroupId":"harbor","NewOwner_Account":"小明"}`},
		{"group_open_http_svc/forbid_send_msg", `{"GroupId":"harbor","Members_Account":["bob","ann"],"MuteTime":4294967295}`},
		{"group_open_http_svc/ban_group_member", `{"GroupId":"@TGS#_@TGS#c0000001L","Members_Account":["小明","ann"],"Duration":60,"Description":"loud"}`},
		{"group_open_http_svc/set_group_attr", `{"GroupId":"harbor","GroupAttr":[{"key":"host","value":"Mira"},{"key":"berth","value":""}]}`},
		{"group_open_http_svc/update_group_counter", `{"GroupId":"harbor","GroupCounter":[{"Key":"like","Value":-5},{"Key":"gift","Value":9007199254740993}]}`},
		{"million_group_open_http_svc/create_topic", `{"GroupId":"@TGS#_@TGS#c0000001L","TopicId":"@TGS#_@TGS#c0000001L@TOPIC#_dyes","TopicName":"Dyes","CustomString":"c",
			"FaceUrl":"f","Notification":"n","Introduction":"i"}`},
		{"group_open_http_svc/forbid_send_msg", `{"GroupId":"@TGS#_@TGS#c0000001L","TopicId":"@TGS#_@TGS#c0000001L@TOPIC#_dyes",
			"Members_Account":["小明"],"MuteTime":60}`},
		{"group_open_http_svc/create_permission_group", `{"GroupId":"@TGS#_@TGS#c0000001L","PermissionGroupId":"@PMG#_night",
			"PermissionGroupName":"Night","CustomString":"c","Permission":1}`},
		{"group_open_http_svc/add_permission_group_member", `{"GroupId":"@TGS#_@TGS#c0000001L","PermissionGroupId":"@PMG#_night",
			"MemberList":[{"Member_Account":"bob"}]}`},
		{"group_open_avchatroom_http_svc/modify_admin", `{"GroupId":"@TGS#a0000002L","CommandType":1,"Admin_Account":["小明"]}`},
		{"group_open_avchatroom_http_svc/add_robots", `{"GroupId":"@TGS#a0000002L","Member_Account":["bob"]}`},
	} {
		row, _ := a.Row("v4/" + call[0])
		req := request(a, call[1])
		req.Now = time.Unix(1772366402, 0)
		_, err := a.Do(tb.Context(), row, req)
		require.NoError(tb, err, call[0])
	}
	more := `{"kind":"joinrequest","GroupId":"a","Requestor_Account":"bob","Inviter_Account":"小明","AddTime":1772366402}
{"kind":"joinrequest","GroupId":"a","Requestor_Account":"ann","AddWording":"please"}
{"kind":"conversation","From_Account":"bob","Type":2,"ToGroupId":"harbor","ClearedMsgSeq":1}`
	require.NoError(tb, a.Restore(strings.NewReader(snapshot(tb, a)+more)))
}

func TestRestoreRefusesGroups(t *testing.T) {
	t.Parallel()
	const (
		head = `{"format":"tencentchat-local","version":1}` + "\n" + `{"kind":"user","UserID":"a"}` + "\n" +
			`{"kind":"group","GroupId":"g","Type":"Public","Name":"G","Owner_Account":"a"}` + "\n" +
			`{"kind":"group","GroupId":"live","Type":"AVChatRoom","Name":"G"}` + "\n"
		owner = `{"kind":"groupmember","GroupId":"g","Member_Account":"a"`
		mute  = `{"kind":"groupmute","GroupId":"g","Member_Account":"a","MutedUntil":9}`
		ban   = `{"kind":"groupban","GroupId":"g","Member_Account":"a","BannedUntil":9}`
		asks  = `{"kind":"joinrequest","GroupId":"live","Requestor_Account":"a"}`
	)
	for line, want := range map[string]string{
		`{"kind":"group","GroupId":"x","Type":"Work","Name":"X"}`:                                 "Type is not one of",
		`{"kind":"group","Type":"Public","Name":"X"}`:                                             "GroupId is not",
		`{"kind":"group","GroupId":"@TGS#_x@TOPIC#_y","Type":"Community","Name":"X"}`:             "GroupId is not",
		`{"kind":"group","GroupId":"g","Type":"Public","Name":"X"}`:                               "there twice",
		`{"kind":"group","GroupId":"x","Type":"Public","Name":"X","Owner_Account":"b"}`:           "Owner_Account is not",
		`{"kind":"group","GroupId":"x","Type":"Public","Name":"X","MaxMemberNum":-1}`:             "MaxMemberNum",
		`{"kind":"group","GroupId":"x","Type":"Public","Name":"X","SupportTopic":1}`:              "are for a Community",
		`{"kind":"group","GroupId":"x","Type":"Public","Name":"` + strings.Repeat("x", 31) + `"}`: "Name is over",
		`{"kind":"group","GroupId":"x","Type":"Public","Name":"X","MuteAllMember":"Yes"}`:         "MuteAllMember is",
		`{"kind":"group","GroupId":"x","Type":"Public","Name":"X","ApplyJoinOption":"No"}`:        "ApplyJoinOption is",
		`{"kind":"groupmember","GroupId":"x","Member_Account":"a"}`:                               "GroupId is not",
		`{"kind":"groupmember","GroupId":"live","Member_Account":"a"}`:                            "is an AVChatRoom",
		`{"kind":"groupmember","GroupId":"g","Member_Account":"b"}`:                               "Member_Account is not",
		owner + `,"Role":"Admin"}`:                                     "that of the owner",
		owner + "}\n" + owner + "}":                                    "line 6: groupmember: the member is there twice",
		owner + `,"TopicReadList":[{"TopicId":"t","MsgSeq":1}]}`:       "is not of the group",
		owner + `,"NameCard":"` + strings.Repeat("x", 51) + `"}`:       "NameCard is over",
		mute + "\n" + mute:                                             "there twice",
		ban + "\n" + ban:                                               "there twice",
		asks + "\n" + asks:                                             "there twice",
		`{"kind":"joinrequest","GroupId":"g","Requestor_Account":"a"}`: "is a member",
		`{"kind":"groupmute","GroupId":"g","TopicId":"t","Member_Account":"a","MutedUntil":9}`: "TopicId is not",
		`{"kind":"groupban","GroupId":"x","Member_Account":"a","BannedUntil":9}`:               "GroupId is not",
		`{"kind":"groupban","GroupId":"g","Member_Account":"b","BannedUntil":9}`:               "the account is not",
	} {
		require.ErrorContains(t, newApp(t, nil).Restore(strings.NewReader(head+line)), want, line)
	}
}

// A seed can leave out the line of an owner. A line that is there says where in the order the owner is.
func TestTheOwnerIsAMember(t *testing.T) {
	t.Parallel()
	const head = `{"format":"tencentchat-local","version":1}
{"kind":"user","UserID":"a"}
{"kind":"user","UserID":"b"}
{"kind":"group","GroupId":"g","Type":"Public","Name":"G","Owner_Account":"a","CreateTime":5}
{"kind":"groupmember","GroupId":"g","Member_Account":"b","JoinTime":6}
`
	members := func(seed string) (lines []string) {
		a := newApp(t, nil)
		require.NoError(t, a.Restore(strings.NewReader(seed)))
		for line := range strings.Lines(snapshot(t, a)) {
			if strings.Contains(line, `"groupmember"`) {
				lines = append(lines, strings.TrimSpace(line))
			}
		}
		return lines
	}
	const a, b = `{"kind":"groupmember","GroupId":"g","Member_Account":"a","JoinTime":`,
		`{"kind":"groupmember","GroupId":"g","Member_Account":"b","JoinTime":6}`
	assert.Equal(t, []string{a + "5}", b}, members(head))
	assert.Equal(t, []string{b, a + "7}"}, members(head+a+"7}"))
}
