package chat_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// chatting are the groups of the documented examples, with the messages that they name.
const chatting = `{"format":"tencentchat-local","version":1}
` + heard + `
{"kind":"user","UserID":"@RBT#my_bot"}
{"kind":"user","UserID":"ana"}
{"kind":"user","UserID":"mira"}
{"kind":"user","UserID":"ozan"}
{"kind":"user","UserID":"priya"}
{"kind":"group","GroupId":"@TGS#2KQ7MZ3EN","Type":"Public","Owner_Account":"mira"}
{"kind":"group","GroupId":"harbor_watch","Type":"Public","Owner_Account":"mira"}
{"kind":"group","GroupId":"@TGS#2EXAMPLE1","Type":"Public"}
{"kind":"group","GroupId":"@TGS#2MARBLE7","Type":"Public"}
{"kind":"group","GroupId":"@TGS#1FGHIJ","Type":"Public"}
{"kind":"group","GroupId":"@TGS#aLIVE","Type":"AVChatRoom"}
{"kind":"groupmember","GroupId":"@TGS#2KQ7MZ3EN","Member_Account":"ozan"}
{"kind":"groupmember","GroupId":"harbor_watch","Member_Account":"ozan"}
{"kind":"groupmessage","GroupId":"@TGS#2KQ7MZ3EN","MsgSeq":23,"From_Account":"mira","MsgTimeStamp":3,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}
{"kind":"groupmessage","GroupId":"@TGS#2KQ7MZ3EN","MsgSeq":101,"From_Account":"mira","MsgTimeStamp":3,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}
{"kind":"groupmessage","GroupId":"@TGS#2KQ7MZ3EN","MsgSeq":811,"From_Account":"mira","MsgTimeStamp":3,"NeedReadReceipt":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}
{"kind":"groupmessage","GroupId":"harbor_watch","MsgSeq":811,"From_Account":"mira","MsgTimeStamp":3,"NeedReadReceipt":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}
{"kind":"groupmessage","GroupId":"harbor_watch","MsgSeq":812,"From_Account":"mira","MsgTimeStamp":3,"NeedReadReceipt":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}
{"kind":"groupmessage","GroupId":"@TGS#2EXAMPLE1","MsgSeq":158,"From_Account":"mira","MsgTimeStamp":3,"SupportMessageExtension":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}
{"kind":"groupmessage","GroupId":"@TGS#1FGHIJ","MsgSeq":12,"From_Account":"mira","MsgTimeStamp":3,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}`

// groupMessageCommands are the commands about messages of groups.
var groupMessageCommands = []string{
	"group_open_http_svc/send_group_msg", "stream_msg/send_group_stream_msg", "group_open_http_svc/send_broadcast_msg",
	"group_open_http_svc/send_group_system_notification", "group_open_http_svc/group_msg_recall",
	"group_open_http_svc/delete_group_msg_by_sender", "group_open_http_svc/clear_group_msg",
	"group_open_http_svc/group_msg_get_simple", "group_open_http_svc/group_msg_receipt",
	"group_open_http_svc/get_group_msg_receipt", "group_open_http_svc/get_group_msg_receipt_detail",
	"group_open_http_svc/pin_message", "group_open_http_svc/unpin_message", "group_open_http_svc/get_pinned_messages",
	"openim/modify_group_msg", "openim_msg_ext_http_svc/group_set_key_values",
	"openim_msg_ext_http_svc/group_get_key_values",
}

// groupMessageTriggers are those commands, and what devices do in conversations: with a user, and then in a group.
func groupMessageTriggers(t *testing.T) map[string]trigger {
	t.Helper()
	all := map[string]trigger{}
	for _, name := range groupMessageCommands {
		all[name] = trigger{seed: chatting, do: func(t *testing.T, a *chat.App) {
			t.Helper()
			quietly(t, a, func() { inBackground(t, a, "ozan") })
			require.Zero(t, do(t, a, name, example(t, "v4/"+name)))
			if name == "group_open_http_svc/send_group_msg" { // one that asks for receipts, and one that is refused
				require.Zero(t, do(t, a, name, `{"GroupId":"harbor_watch","Random":1,"NeedReadReceipt":1,"MsgBody":`+text("x")+`}`))
				require.NotZero(t, do(t, a, name, `{"GroupId":"nowhere","Random":1,"MsgBody":`+text("x")+`}`))
			}
		}}
	}
	text := message.Text("x")
	for name, do := range map[string]func(ann, bob *chat.Device, m chat.Message) error{
		"Chat.Send": func(ann, _ *chat.Device, _ chat.Message) error {
			_, err := ann.In("nowhere").Send(text, chat.SendOptions{})
			if codeOf(err) != restapi.CodeGroupNotFound {
				return errors.New("it is not refused")
			}
			_, err = ann.In("g").Send(text, chat.SendOptions{
				NeedReceipt: true, Mentions: []group.AtInfo{group.At("@RBT#helper")},
			})
			return err
		},
		"Chat.Edit":   func(ann, _ *chat.Device, m chat.Message) error { return ann.In("g").Edit(m, text) },
		"Chat.Recall": func(ann, _ *chat.Device, m chat.Message) error { return ann.In("g").Recall([]chat.Message{m}) },
		"Chat.Delete": func(ann, _ *chat.Device, _ chat.Message) error { return ann.In("g").Delete() },
		"Chat.Receipt": func(_, bob *chat.Device, m chat.Message) error {
			return bob.In("g").Receipt([]chat.Message{m})
		},
		"Chat.MarkRead": func(_, bob *chat.Device, _ chat.Message) error { return bob.In("g").MarkRead() },
		"Chat.SetExtensions": func(ann, _ *chat.Device, m chat.Message) error {
			return ann.In("g").SetExtensions(m, []message.Extension{{Key: "k", Value: "v"}})
		},
		"Chat.DeleteExtensions": func(ann, _ *chat.Device, m chat.Message) error {
			return ann.In("g").DeleteExtensions(m, nil)
		},
	} {
		oneToOne := devices[name]
		all[name] = trigger{seed: oneToOne.seed, do: func(t *testing.T, a *chat.App) {
			t.Helper()
			oneToOne.do(t, a)
			var ann, bob *chat.Device
			var m chat.Message
			quietly(t, a, func() {
				require.Zero(t, create(t, a, `{"GroupId":"g","Type":"Public","Name":"g","Owner_Account":"ann","MemberList":[{"Member_Account":"bob"}]}`))
				ann, bob = signedIn(t, a, "ann", callback.PlatformIOS), inBackground(t, a, "bob")
				var err error
				m, err = ann.In("g").Send(text, chat.SendOptions{NeedReceipt: true, Extendable: true})
				require.NoError(t, err)
			})
			require.NoError(t, do(ann, bob, m))
		}}
	}
	return all
}

// create makes a group.
func create(tb testing.TB, a *chat.App, body string) restapi.Code {
	tb.Helper()
	return do(tb, a, "group_open_http_svc/create_group", body)
}

// quietly does something of which no webhook tells.
func quietly(t *testing.T, a *chat.App, do func()) {
	t.Helper()
	set := a.Settings()
	require.NoError(t, a.SetSettings(chat.Settings{Webhooks: []string{}}))
	do()
	require.NoError(t, a.SetSettings(set))
}
