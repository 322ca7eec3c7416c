package chat_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// The groups of the documented examples.
const (
	weavers  = "@TGS#_@TGS#cK8WEAVER1" // a community of mira
	dyes     = weavers + "@TOPIC#_dyes"
	loom     = weavers + "@TOPIC#_@TOPIC#cM2LOOM01"
	liveRoom = "@TGS#aH5LIVE01"
)

// weave makes the community of the examples. Only with all are the topic dyes and the permission group there.
func weave(t *testing.T, a *chat.App, all bool) {
	t.Helper()
	a.Import("mira", "ozan", "priya", "bot_a", "bot_b")
	commands := [][2]string{
		{"group_open_http_svc/create_group", `{"Type":"Community","GroupId":"` + weavers + `","Name":"Weavers","Owner_Account":"mira",
			"SupportTopic":1,"EnablePermission":1,"MemberList":[{"Member_Account":"ozan"},{"Member_Account":"priya"}]}`},
		{"group_open_http_svc/create_group", `{"Type":"AVChatRoom","GroupId":"room","Name":"Launch","Owner_Account":"mira"}`},
	}
	if all {
		commands = append(commands,
			[2]string{"million_group_open_http_svc/create_topic", `{"GroupId":"` + weavers + `","TopicId":"` + dyes + `","TopicName":"Dyes"}`},
			[2]string{"million_group_open_http_svc/create_topic", `{"GroupId":"` + weavers + `","TopicId":"` + loom + `","TopicName":"Looms"}`},
			[2]string{"group_open_http_svc/create_permission_group", `{"GroupId":"` + weavers + `","PermissionGroupId":"@PMG#_night_shift","PermissionGroupName":"Night","Permission":0}`},
			[2]string{"group_open_http_svc/add_topic_permission_group", `{"GroupId":"` + weavers + `","PermissionGroupId":"@PMG#_night_shift","TopicPermissionList":[{"TopicId":"` + loom + `","Permission":1}]}`})
	}
	for _, c := range commands {
		require.Zero(t, do(t, a, c[0], c[1]), c[1])
	}
	for _, userID := range []string{"mira", "ozan"} {
		_, err := signedIn(t, a, userID, callback.PlatformWeb).JoinGroup("room", "")
		require.NoError(t, err)
	}
}

// unnoticed does something of which no webhook tells.
func unnoticed(t *testing.T, a *chat.App, do func()) {
	t.Helper()
	set := a.Settings()
	require.NoError(t, a.SetSettings(chat.Settings{Webhooks: []string{}}))
	do()
	require.NoError(t, a.SetSettings(set))
}

// woven is what a device of mira does in the community of the examples and in a live room.
func woven(do func(*chat.Device) error) trigger {
	return trigger{do: func(t *testing.T, a *chat.App) {
		t.Helper()
		var d *chat.Device
		unnoticed(t, a, func() {
			weave(t, a, true)
			d = signedIn(t, a, "mira", callback.PlatformWeb) // in place of the other
			_, err := d.JoinGroup("room", "")
			require.NoError(t, err)
		})
		require.NoError(t, do(d))
	}}
}

// communityTriggers are the commands and the actions about topics, permission groups and live rooms.
func communityTriggers(t *testing.T) map[string]trigger {
	t.Helper()
	all := map[string]trigger{
		"Device.Drop":    woven(func(d *chat.Device) error { return d.Drop(callback.StateTimeOut) }),
		"Device.SignOut": woven((*chat.Device).SignOut),
		"Device.SignInAgain": {do: func(t *testing.T, a *chat.App) {
			t.Helper()
			var d *chat.Device
			woven(func(mira *chat.Device) error { d = mira; return nil }).do(t, a)
			unnoticed(t, a, func() { require.NoError(t, d.Drop(callback.StateTimeOut)) })
			require.NoError(t, d.SignIn(time.Now()))
		}},
		"Device.CreateTopic": woven(func(d *chat.Device) error {
			_, err := d.CreateTopic(weavers, "Wool")
			return err
		}),
		"Device.SetTopic": woven(func(d *chat.Device) error {
			return d.SetTopic(dyes, chat.GroupChange{Name: restapi.Some("Dyes and mordants")})
		}),
		"Device.DeleteTopics": woven(func(d *chat.Device) error { return d.DeleteTopics([]string{dyes}) }),
	}
	commands, err := spec.Commands()
	require.NoError(t, err)
	for _, doc := range commands {
		isTopic := strings.Contains(doc.Name(), "topic")
		if !isTopic && !strings.Contains(doc.Name(), "permission_group") &&
			!strings.Contains(doc.Name(), "avchatroom") && !strings.HasSuffix(doc.Name(), "get_online_member_num") ||
			strings.HasSuffix(doc.Name(), "send_broadcast_msg") {
			continue
		}
		body := strings.ReplaceAll(string(doc.RequestExamples[0]), liveRoom, "room")
		makes := strings.Contains(doc.Name(), "/create_") || strings.HasSuffix(doc.Name(), "import_topic")
		all[doc.Name()] = trigger{do: func(t *testing.T, a *chat.App) {
			t.Helper()
			unnoticed(t, a, func() { weave(t, a, !makes) })
			require.Zero(t, do(t, a, doc.Name(), body), doc.Name())
		}}
	}
	return all
}
