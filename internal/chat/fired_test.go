package chat_test

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/profile"
)

// A trigger is something of which webhooks may tell.
type trigger struct {
	users []string // whose accounts are there
	seed  string   // in their place, lines of a snapshot
	do    func(*testing.T, *chat.App)
}

// devices are what users can do here, by the method of package restapitest.
var devices = map[string]trigger{
	"Server.SignIn": {do: func(t *testing.T, a *chat.App) { signedIn(t, a, "ann", callback.PlatformWeb) }},
	"Device.SignInAgain": afterSignIn(func(d *chat.Device) error {
		if err := d.SignOut(); err != nil {
			return err
		}
		return d.SignIn(time.Now())
	}),
	"Device.SignOut":    afterSignIn((*chat.Device).SignOut),
	"Device.Drop":       afterSignIn(func(d *chat.Device) error { return d.Drop(callback.StateTimeOut) }),
	"Device.Background": afterSignIn(func(d *chat.Device) error { return d.Background(true) }),
	"Device.SetStatus":  afterSignIn(func(d *chat.Device) error { return d.SetStatus("x") }),
	"Device.SetProfile": afterSignIn(func(d *chat.Device) error {
		return d.SetProfile(profile.Items{profile.Nick.To("word of a device")})
	}),
	"Device.AddFriend": afterSignIn(func(d *chat.Device) error {
		_, err := d.AddFriend(friend.Request{ToAccount: "cat", AddSource: "AddSource_Type_Web"}, true)
		return err
	}),
	"Device.AnswerFriend":  afterSignIn(func(d *chat.Device) error { return d.AnswerFriend("dan", callback.SnsAgree) }),
	"Device.DeleteFriends": afterSignIn(func(d *chat.Device) error { return d.DeleteFriends([]string{"bob"}) }),
	"Device.Block":         afterSignIn(func(d *chat.Device) error { return d.Block([]string{"bob"}) }),
	"Device.Unblock":       afterSignIn(func(d *chat.Device) error { return d.Unblock([]string{"eve"}) }),
	"Device.Follow":        afterSignIn(func(d *chat.Device) error { return d.Follow([]string{"bob"}) }),
	"Device.Unfollow":      afterSignIn(func(d *chat.Device) error { return d.Unfollow([]string{"cat"}) }),
	"Chat.Send": afterMessage(func(ann, _ *chat.Device, _ string) error {
		for _, to := range []string{"bob", "@RBT#helper"} {
			if _, err := ann.Send(to, message.Text("word of a device"), chat.SendOptions{}); err != nil {
				return err
			}
		}
		return nil
	}),
	"Chat.Edit": afterMessage(func(ann, _ *chat.Device, key string) error {
		return ann.Edit("bob", key, message.Body{&message.TextElem{Text: "y"}})
	}),
	"Chat.Recall": afterMessage(func(ann, _ *chat.Device, key string) error { return ann.Recall("bob", []string{key}) }),
	"Chat.Delete": afterMessage(func(ann, _ *chat.Device, _ string) error { return ann.DeleteTalk("bob") }),
	"Chat.Receipt": afterMessage(func(_, bob *chat.Device, key string) error {
		return bob.Receipt("ann", []string{key})
	}),
	"Chat.MarkRead":      afterMessage(func(_, bob *chat.Device, _ string) error { return bob.MarkRead("ann") }),
	"Device.MarkAllRead": afterMessage(func(_, bob *chat.Device, _ string) error { return bob.MarkAllRead() }),
	"Chat.SetExtensions": afterMessage(func(ann, _ *chat.Device, key string) error {
		return ann.SetExtensions("bob", key, []message.Extension{{Key: "k", Value: "v"}})
	}),
	"Chat.DeleteExtensions": afterMessage(func(ann, _ *chat.Device, key string) error {
		return ann.DeleteExtensions("bob", key, nil)
	}),
	"Device.Subscribe":   afterSignIn(func(d *chat.Device) error { return d.Subscribe("@TOA#_one") }),
	"Device.Unsubscribe": afterSignIn(func(d *chat.Device) error { return d.Unsubscribe("@TOA#_own") }),
	"Device.PublishAs": afterSignIn(func(d *chat.Device) error {
		_, err := d.PublishAs("@TOA#_own", message.Text("x"))
		return err
	}),
	"Device.RecallAs": afterSignIn(func(d *chat.Device) error { return d.RecallAs("@TOA#_own", []chat.Message{{MsgKey: "1_1_9900000000"}}) }),
	"Chat.Signal":     afterSignIn(func(d *chat.Device) error { return d.Signal("@RBT#helper", "x") }),
	"Device.ClickPush": {seed: related, do: func(t *testing.T, a *chat.App) {
		t.Helper()
		set := a.Settings()
		require.NoError(t, a.SetSettings(chat.Settings{Webhooks: []string{}}))
		ann, bob := signedIn(t, a, "ann", callback.PlatformIOS), inBackground(t, a, "bob")
		_, err := ann.Send("bob", message.Body{&message.TextElem{Text: "x"}}, chat.SendOptions{})
		require.NoError(t, err)
		require.Zero(t, do(t, a, "timpush/push", `{"From_Account":"ann","MsgRandom":1,"OfflinePushInfo":{"Title":"x"}}`))
		require.NoError(t, a.SetSettings(set))
		for _, n := range bob.Inbox() {
			if n.Kind == chat.NoticePush {
				require.NoError(t, bob.ClickPush(n.Push.ID))
			}
		}
	}},
	"Device.Profiles": afterSignIn(func(d *chat.Device) error {
		_, err := d.Profiles([]string{"ann"})
		return err
	}),
}

// afterSignIn is what a device does that was signed in unnoticed.
func afterSignIn(do func(*chat.Device) error) trigger {
	return trigger{seed: related, do: func(t *testing.T, a *chat.App) {
		t.Helper()
		set := a.Settings()
		require.NoError(t, a.SetSettings(chat.Settings{Webhooks: []string{}}))
		d := signedIn(t, a, "ann", callback.PlatformIOS)
		require.NoError(t, a.SetSettings(set))
		require.NoError(t, do(d))
	}}
}

// afterMessage is what devices do of which one, in the background, was sent a message by the other unnoticed.
func afterMessage(do func(ann, bob *chat.Device, msgKey string) error) trigger {
	return trigger{seed: related, do: func(t *testing.T, a *chat.App) {
		t.Helper()
		set := a.Settings()
		require.NoError(t, a.SetSettings(chat.Settings{Webhooks: []string{}}))
		ann, bob := signedIn(t, a, "ann", callback.PlatformIOS), inBackground(t, a, "bob")
		m, err := ann.Send("bob", message.Body{&message.TextElem{Text: "x"}}, chat.SendOptions{NeedReceipt: true, Extendable: true})
		require.NoError(t, err)
		require.NoError(t, a.SetSettings(set))
		require.NoError(t, do(ann, bob, m.MsgKey))
	}}
}

// inBackground returns a device that is in the background and gets pushes.
func inBackground(tb testing.TB, a *chat.App, userID string) *chat.Device {
	tb.Helper()
	d := a.NewDevice(chat.Actor{UserID: userID, Platform: callback.PlatformAndroid}, callback.PushPlatformFCM)
	require.NoError(tb, d.SignIn(time.Now()))
	require.NoError(tb, d.Background(true))
	return d
}

// heard are libraries with words of the documented examples, and of what devices say.
const heard = `{"kind":"library","ID":"1cd0d0ed-0e2c-4d35-ae86-000000000001","Suggestion":"Review"}
{"kind":"cloudword","LibID":"1cd0d0ed-0e2c-4d35-ae86-000000000001","Content":"evening"}
{"kind":"cloudword","LibID":"1cd0d0ed-0e2c-4d35-ae86-000000000001","Content":"Mila"}
{"kind":"cloudword","LibID":"1cd0d0ed-0e2c-4d35-ae86-000000000001","Content":"word of a device"}
{"kind":"cloudword","LibID":"1cd0d0ed-0e2c-4d35-ae86-000000000001","Content":"night watch"}
{"kind":"cloudword","LibID":"1cd0d0ed-0e2c-4d35-ae86-000000000001","Content":"ship in sight"}
`

// related are users who have something to lose.
const related = `{"format":"tencentchat-local","version":1}
` + heard + `{"kind":"user","UserID":"ann"}
{"kind":"user","UserID":"bob"}
{"kind":"user","UserID":"cat"}
{"kind":"user","UserID":"dan"}
{"kind":"user","UserID":"eve"}
{"kind":"friend","From_Account":"ann","To_Account":"bob"}
{"kind":"friend","From_Account":"bob","To_Account":"ann"}
{"kind":"friendrequest","From_Account":"dan","To_Account":"ann","AddSource":"AddSource_Type_Web","AddTime":1}
{"kind":"blocked","From_Account":"ann","To_Account":"eve"}
{"kind":"follow","From_Account":"ann","To_Account":"cat","FollowTime":1}
{"kind":"user","UserID":"@RBT#helper"}
{"kind":"bot","UserID":"@RBT#helper"}
{"kind":"official","OfficialAccountUserID":"@TOA#_own","Owner_Account":"ann","Name":"n"}
{"kind":"official","OfficialAccountUserID":"@TOA#_one","Owner_Account":"bob","Name":"n","MaxSubscriberNum":1}
{"kind":"subscriber","Official_Account":"@TOA#_own","Subscriber_Account":"ann"}
{"kind":"officialmessage","Official_Account":"@TOA#_own","MsgSeq":1,"MsgTimeStamp":9900000000,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}`

// talked are users who have written to each other.
const talked = `{"format":"tencentchat-local","version":1}
{"kind":"user","UserID":"ana"}
{"kind":"user","UserID":"ben"}
{"kind":"user","UserID":"cleo"}
{"kind":"user","UserID":"@RBT#my_bot"}
{"kind":"bot","UserID":"@RBT#my_bot"}
{"kind":"message","From_Account":"ana","To_Account":"ben","MsgSeq":1,"MsgRandom":2,"MsgTimeStamp":3,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}
{"kind":"message","From_Account":"ana","To_Account":"ben","MsgSeq":31906,"MsgRandom":833502,"MsgTimeStamp":1700000000,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}
{"kind":"message","From_Account":"ana","To_Account":"ben","MsgSeq":1467329515,"MsgRandom":5675354,"MsgTimeStamp":1700000000,"IsNeedReadReceipt":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}
{"kind":"message","From_Account":"ana","To_Account":"ben","MsgSeq":44739199,"MsgRandom":12,"MsgTimeStamp":1700000000,"SupportMessageExtension":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}
`

// published is an official account that has room for two subscribers, and a message that is not too old.
const published = talked + `{"kind":"official","OfficialAccountUserID":"@TOA#_news","Owner_Account":"ana","Name":"n","MaxSubscriberNum":2}
{"kind":"officialmessage","Official_Account":"@TOA#_news","MsgSeq":73,"MsgTimeStamp":9900000000,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}
`

// subscribed is published with a subscriber.
const subscribed = published + `{"kind":"subscriber","Official_Account":"@TOA#_news","Subscriber_Account":"ben"}
`

// working is talked with the conversation group of the examples.
const working = talked + `{"kind":"contactgroup","From_Account":"ana","GroupName":"work","GroupId":1}`

// moderated is an app with lists.
const moderated = `{"format":"tencentchat-local","version":1}
` + heard

// anHourAgo is a moment of an hour of which there is a log.
var anHourAgo = time.Now().Add(-3 * time.Hour)

// bodies are what is asked where the first documented example has no webhook or is of another day, by command.
var bodies = map[string]string{
	"im_msg_audit/content_moderation": `{"AuditName":"C2C","ContentType":"Audio","Content":"https://a.example.com/1.mp3"}`,
	"open_msg_svc/get_history": `{"ChatType":"C2C","MsgTime":"` +
		anHourAgo.In(time.FixedZone("", 8*60*60)).Format("2006010215") + `"}`,
}

// pushedTo is talked with the attributes, the push and the scheduled push of the examples.
const pushedTo = talked + `{"kind":"user","UserID":"admin"}
{"kind":"pushattr","Number":0,"Name":"sex"}
{"kind":"pushattr","Number":1,"Name":"city"}
{"kind":"push","TaskId":"660cc447_537ed82a_200000cd7ee17f5_84035729_bc614e","From_Account":"ana","TaskTime":4000000000,"Listed":true,"MsgKey":"1_2_3"}
{"kind":"push","TaskId":"66e1a0b2_1c2d3e4f_300000ab_77","TaskTime":1757894400}
{"kind":"schedtask","TaskID":2200113344,"CreateAt":1,"SchedAt":4000000000,"Type":"All","Content":{"OfflinePushInfo":{"Title":"Snow"}},"Status":"pending"}`

// seeds are the states in which the documented examples do something, by command.
var seeds = map[string]string{
	"sns/friend_delete": related, "sns/friend_delete_all": related, "sns/friend_update": related,
	"sns/friend_check": related, "sns/friend_get": related, "sns/friend_get_list": related,
	"sns/black_list_add": related, "sns/black_list_check": related, "sns/black_list_get": related,
	"sns/black_list_delete": strings.Replace(related, `"To_Account":"eve"`, `"To_Account":"cat"`, 1),
	"sns/group_add":         related, "sns/group_delete": related, "sns/group_get": related,
	"follow/follow_add": related, "follow/follow_delete": related, "follow/follow_check": related,
	"follow/follow_get": related, "follow/follow_get_info": related,
	"openim/sendmsg": talked + heard, "openim/batchsendmsg": talked, "openim/importmsg": talked,
	"openim/modify_c2c_msg": talked, "openim/admin_msgwithdraw": talked, "openim/delete_c2c_msg_ramble": talked,
	"openim/admin_set_msg_read": talked, "openim/c2c_msg_read_receipt": talked,
	"openim/get_c2c_unread_msg_num": talked, "openim/admin_getroammsg": talked,
	"openim_msg_ext_http_svc/set_key_values": talked, "openim_msg_ext_http_svc/get_key_values": talked,
	"stream_msg/send_c2c_stream_msg": talked,
	"recentcontact/get_list":         talked, "recentcontact/delete": talked, "recentcontact/top": talked,
	"recentcontact/mark_contact": talked, "recentcontact/create_contact_group": talked,
	"recentcontact/get_contact_group": talked, "recentcontact/search_contact_group": talked,
	"im_msg_db_logic/admin_set_do_not_disturb":                            talked,
	"official_account_open_http_svc/create_official_account":              talked,
	"official_account_open_http_svc/destroy_official_account":             published,
	"official_account_open_http_svc/modify_official_account_base_info":    published,
	"official_account_open_http_svc/get_official_account_info":            published,
	"official_account_open_http_svc/add_subscriber":                       published,
	"official_account_open_http_svc/delete_subscriber":                    subscribed,
	"official_account_open_http_svc/modify_subscriber_info":               subscribed,
	"official_account_open_http_svc/get_subscriber_info":                  subscribed,
	"official_account_open_http_svc/get_subscribed_official_account_list": subscribed,
	"official_account_open_http_svc/send_official_account_msg":            subscribed,
	"official_account_open_http_svc/official_account_msg_recall":          published,
	"official_account_open_http_svc/official_account_msg_get_simple":      published,
	"openim_robot_http_svc/delete_robot":                                  strings.ReplaceAll(talked, "@RBT#my_bot", "@RBT#001"),
	"openim_robot_http_svc/send_stream_msg":                               talked,
	"recentcontact/update_contact_group":                                  working, "recentcontact/del_contact_group": working,
	"profile/portrait_set":                      moderated + `{"kind":"user","UserID":"mila_0042"}`,
	"im_msg_audit_mgr/get_cloud_audit_keywords": moderated, "im_msg_audit_mgr/add_cloud_audit_keywords": moderated,
	"im_msg_audit_mgr/delete_cloud_audit_keywords": moderated,
	"open_msg_svc/get_history": talked + `{"kind":"message","From_Account":"ana","To_Account":"ben","MsgSeq":7,"MsgRandom":7,"MsgTimeStamp":` +
		strconv.FormatInt(anHourAgo.Unix(), 10) + `,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}`,
	"timpush/push": pushedTo, "timpush/batch": pushedTo, "timpush/revoke": pushedTo, "all_member_push/im_push": pushedTo,
	"timpush/set_attr": pushedTo, "timpush/remove_attr": pushedTo, "timpush/add_tag": pushedTo,
	"all_member_push/im_set_attr": pushedTo, "all_member_push/im_remove_attr": pushedTo,
	"timpush/modify_sched_task": pushedTo, "timpush/delete_sched_task": pushedTo, "timpush/get_sched_task": pushedTo,
	"timpush/all_member_push_trace": pushedTo, "timpush/normal_push_trace": pushedTo,
}

// imported are the accounts of the documented examples, by command. A command that needs none is not here.
var imported = map[string][]string{
	"profile/portrait_get":        {"ann"},
	"im_open_login_svc/kick":      {"spammer_3"},
	"openim/query_online_status":  {"ann"},
	"sns/friend_add":              {"ann", "bob"},
	"sns/friend_import":           {"ann", "bob"},
	"openconfigsvr/setnospeaking": {"ben"},
	"openconfigsvr/getnospeaking": {"ben"},
}

// another are bodies that commands are given after those of the examples, for webhooks which those do not cause.
var another = map[string]string{
	"official_account_open_http_svc/official_account_msg_recall": `{"Official_Account":"@TOA#_news","MsgKeyList":["73_1_9900000000"]}`,
	"openim/sendmsg": `{"From_Account":"ana","To_Account":"@RBT#my_bot","MsgRandom":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}`,
}

// triggers are all commands and all actions that are there, by their names in the documentation.
func triggers(t *testing.T) map[string]trigger {
	t.Helper()
	all := maps.Clone(devices)
	commands, err := spec.Commands()
	require.NoError(t, err)
	a := newApp(t, nil)
	for _, doc := range commands {
		if _, ok := a.Row(doc.Path); ok {
			all[doc.Name()] = trigger{imported[doc.Name()], seeds[doc.Name()], func(t *testing.T, a *chat.App) {
				t.Helper()
				if strings.HasPrefix(seeds[doc.Name()], talked) {
					set := a.Settings()
					require.NoError(t, a.SetSettings(chat.Settings{Webhooks: []string{}}))
					inBackground(t, a, "ben")
					require.NoError(t, a.SetSettings(set))
				}
				body := cmp.Or(bodies[doc.Name()], string(doc.RequestExamples[0]))
				require.Zero(t, do(t, a, doc.Name(), body), doc.Name())
				if more := another[doc.Name()]; more != "" {
					require.Zero(t, do(t, a, doc.Name(), more), doc.Name())
				}
			}}
		}
	}
	maps.Copy(all, communityTriggers(t))
	maps.Copy(all, harborTriggers())
	maps.Copy(all, attributeTriggers())
	maps.Copy(all, groupMessageTriggers(t))
	maps.Copy(all, importTriggers())
	return all
}

func TestWebhooksAreSentForWhatIsDocumentedAndNothingElse(t *testing.T) {
	t.Parallel()
	webhooks, err := spec.Webhooks()
	require.NoError(t, err)
	there := triggers(t)
	for name, trigger := range there {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var want []string
			for _, w := range webhooks {
				by := slices.Concat(w.FiredBy.REST, w.FiredBy.Device)
				if slices.Contains(by, name) {
					want = append(want, w.Command)
				}
			}
			var mu sync.Mutex
			var got []string
			a := newApp(t, func(_ context.Context, e callback.Envelope) (int, []byte, error) {
				mu.Lock()
				defer mu.Unlock()
				if !slices.Contains(got, e.Command) {
					got = append(got, e.Command)
				}
				return 200, []byte(fine), nil
			}, trigger.users...)
			if trigger.seed != "" {
				require.NoError(t, a.Restore(strings.NewReader(trigger.seed)))
			}
			trigger.do(t, a)
			a.Wait()
			slices.Sort(got)
			assert.Equal(t, want, got)
		})
	}
}
