package chat_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// harbors are the groups of the documented examples: one in which priya has the last place, one in which spammer7 is,
// one that tomas wants to be in, and a live room.
const harbors = `{"format":"tencentchat-local","version":1}
{"kind":"settings","DailyGroups":1}
` + heard + `{"kind":"user","UserID":"mira"}
{"kind":"user","UserID":"ozan"}
{"kind":"user","UserID":"priya"}
{"kind":"user","UserID":"spammer7"}
{"kind":"user","UserID":"tomas"}
{"kind":"group","GroupId":"@TGS#2KQ7MZ3EN","Type":"Public","Name":"Harbor watch","Owner_Account":"mira","MaxMemberNum":3,"ApplyJoinOption":"FreeAccess"}
{"kind":"group","GroupId":"@TGS#aH5LIVE01","Type":"ChatRoom","Name":"Launch"}
{"kind":"group","GroupId":"pier","Type":"Public","Name":"Pier","Owner_Account":"mira"}
{"kind":"group","GroupId":"stage","Type":"AVChatRoom","Name":"Stage"}
{"kind":"groupmember","GroupId":"@TGS#2KQ7MZ3EN","Member_Account":"ozan"}
{"kind":"groupmember","GroupId":"@TGS#2KQ7MZ3EN","Member_Account":"priya"}
{"kind":"groupmember","GroupId":"@TGS#aH5LIVE01","Member_Account":"spammer7"}
{"kind":"joinrequest","GroupId":"pier","Requestor_Account":"tomas"}`

// roomy is harbors with a place that is free, which is the last one.
var roomy = strings.Replace(harbors, `{"kind":"groupmember","GroupId":"@TGS#2KQ7MZ3EN","Member_Account":"priya"}`, "", 1)

// harborTriggers are the commands and the actions about groups as a whole and about members.
func harborTriggers() map[string]trigger {
	const harbor = "@TGS#2KQ7MZ3EN"
	all := map[string]trigger{
		"Device.CreateGroup": harboring("mira", func(d *chat.Device) error {
			_, err := d.CreateGroup(chat.NewGroup{Type: group.Public, Name: "Dock", Members: []string{"ozan"}})
			return err
		}),
		"Device.DismissGroup":  harboring("mira", func(d *chat.Device) error { return d.DismissGroup(harbor) }),
		"Device.TransferGroup": harboring("mira", func(d *chat.Device) error { return d.TransferGroup(harbor, "ozan") }),
		"Device.SetGroup": harboring("mira", func(d *chat.Device) error {
			return d.SetGroup(harbor, chat.GroupChange{Name: restapi.Some("word of a device")})
		}),
		"Device.SetMember": harboring("mira", func(d *chat.Device) error {
			return d.SetMember(harbor, "ozan", chat.MemberChange{Role: restapi.Some("Admin")})
		}),
		"Device.MuteMember": harboring("mira", func(d *chat.Device) error { return d.MuteMember(harbor, "ozan", time.Minute) }),
		"Device.RemoveMembers": harboring("mira", func(d *chat.Device) error {
			return d.RemoveMembers(harbor, []string{"ozan"})
		}),
		"Device.AnswerJoin": harboring("mira", func(d *chat.Device) error { return d.AnswerJoin("pier", "tomas", true) }),
		"Device.Invite": harboring("mira", func(d *chat.Device) error {
			_, err := d.Invite(harbor, []string{"priya"})
			return err
		}),
		"Device.JoinGroup": harboring("tomas", func(d *chat.Device) error {
			if _, err := d.JoinGroup("stage", ""); err != nil {
				return err
			}
			_, err := d.JoinGroup(harbor, "")
			return err
		}),
		"Device.LeaveGroup": harboring("ozan", func(d *chat.Device) error {
			if err := d.LeaveGroup("stage"); err != nil {
				return err
			}
			return d.LeaveGroup(harbor)
		}),
	}
	for _, name := range []string{
		"create_group", "get_group_info", "modify_group_base_info", "change_group_owner", "destroy_group",
		"get_appid_group_list", "get_joined_group_list", "add_group_member", "delete_group_member",
		"get_group_member_info", "get_specified_group_member_info", "get_role_in_group", "modify_group_member_info",
		"forbid_send_msg", "get_group_muted_account", "get_group_shutted_uin", "ban_group_member",
		"unban_group_member", "get_group_ban_member",
	} {
		name = "group_open_http_svc/" + name
		t := trigger{seed: harbors, do: func(t *testing.T, a *chat.App) {
			t.Helper()
			require.Zero(t, do(t, a, name, example(t, "v4/"+name)))
		}}
		if strings.HasSuffix(name, "add_group_member") {
			t.seed = roomy
		}
		all[name] = t
	}
	return all
}

// harboring is what a device does that was signed in unnoticed, and that is in the live room unless it is to join.
func harboring(userID string, do func(*chat.Device) error) trigger {
	return trigger{seed: roomy, do: func(t *testing.T, a *chat.App) {
		t.Helper()
		set := a.Settings()
		require.NoError(t, a.SetSettings(chat.Settings{Webhooks: []string{}}))
		d := signedIn(t, a, userID, callback.PlatformIOS)
		if userID != "tomas" {
			_, err := d.JoinGroup("stage", "")
			require.NoError(t, err)
		}
		require.NoError(t, a.SetSettings(set))
		require.NoError(t, do(d))
	}}
}
