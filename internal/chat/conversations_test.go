package chat_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// write sends a text from a user to ana.
func write(tb testing.TB, a *chat.App, from string) page {
	tb.Helper()
	p, _ := ask(tb, a, "openim/sendmsg", `{"From_Account":"`+from+`","To_Account":"ana","MsgRandom":1,"MsgBody":`+text("x")+`}`)
	return p
}

func TestTheListOfConversations(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := record(t, fine, "ana", "ben", "cat", "dan")
		for _, from := range []string{"ben", "cat", "dan", "ben"} {
			write(t, a.App, from)
		}
		assert.Equal(t, "ben, dan, cat", list(t, a.App, "ana"))
		pin := func(op int, ids string) restapi.Code {
			return do(t, a.App, "recentcontact/top", fmt.Sprintf(`{"From_Account":"ana","OperationType":%d,"RecentContactItem":[%s]}`, op, ids))
		}
		told := a.count()
		require.Zero(t, pin(1, `{"Type":1,"To_Account":"cat"}`))
		require.Zero(t, pin(1, `{"Type":1,"To_Account":"cat"},{"Type":2,"GroupId":"g"}`))
		assert.Equal(t, "*, cat*, ben, dan", list(t, a.App, "ana"))
		flags := func(n int) string {
			p, _ := ask(t, a.App, "recentcontact/get_list", fmt.Sprintf(
				`{"From_Account":"ana","TimeStamp":0,"StartIndex":0,"TopTimeStamp":0,"TopStartIndex":0,"AssistFlags":%d}`, n))
			return names(p)
		}
		assert.Equal(t, "cat*, ben, dan", flags(1), "without those that are empty")
		assert.Equal(t, "ben, dan", flags(2), "without those that are pinned")
		require.Zero(t, pin(2, `{"Type":2,"GroupId":"g"},{"Type":1,"To_Account":"dan"}`))
		assert.Equal(t, restapi.CodeContactInvalidParameter, pin(1, `{"Type":1,"GroupId":"g"}`))
		assert.Equal(t, restapi.CodeContactAccountNotFound, pin(1, `{"Type":1,"To_Account":"eve"}`))

		drop := func(more string) {
			ask(t, a.App, "recentcontact/delete", `{"From_Account":"ana",`+more+`}`)
		}
		drop(`"Type":1,"To_Account":"cat"`)
		drop(`"Type":2,"ToGroupId":"g"`)
		assert.Equal(t, "ben, dan", list(t, a.App, "ana"))
		assert.Equal(t, 3, unread(t, a.App, "ana"), "what is deleted is not unread")
		assert.Equal(t, "x", texts(t, a.App, "ana", "cat"))
		drop(`"Type":1,"To_Account":"ben","ClearRamble":1`)
		assert.Empty(t, texts(t, a.App, "ana", "ben"))
		assert.Equal(t, "x, x", texts(t, a.App, "ben", "ana"))
		time.Sleep(time.Second)
		write(t, a.App, "cat")
		assert.Equal(t, "cat, dan", list(t, a.App, "ana"), "a message brings it back, and not to the top")
		assert.Equal(t, told+2, a.count(), "conversations have no webhooks")
	})
}

func TestTheListInPages(t *testing.T) {
	t.Parallel()
	a := newApp(t, nil, "ana")
	var pins []string
	for i := range 250 {
		user := fmt.Sprintf("u%03d", i)
		a.Import(user)
		write(t, a, user)
		if i%5 == 0 {
			pins = append(pins, `{"Type":1,"To_Account":"`+user+`"}`)
		}
	}
	require.Zero(t, do(t, a, "recentcontact/top",
		`{"From_Account":"ana","OperationType":1,"RecentContactItem":[`+strings.Join(pins, ",")+`]}`))
	assert.Equal(t, restapi.CodeContactPinnedLimit, do(t, a, "recentcontact/top",
		`{"From_Account":"ana","OperationType":1,"RecentContactItem":[{"Type":1,"To_Account":"u001"}]}`))
	for _, flags := range []int{3, 7} {
		var seen []string
		var p page
		for pages := 1; ; pages++ {
			p, _ = ask(t, a, "recentcontact/get_list", fmt.Sprintf(`{"From_Account":"ana","TimeStamp":%d,"StartIndex":%d,
				"TopTimeStamp":%d,"TopStartIndex":%d,"AssistFlags":%d}`, p.TimeStamp, p.StartIndex, p.TopTimeStamp, p.TopStartIndex, flags))
			seen = append(seen, strings.Split(names(p), ", ")...)
			if p.CompleteFlag == 1 {
				assert.Equal(t, 3, pages)
				break
			}
		}
		require.Len(t, seen, 250)
		assert.Equal(t, "u245*", seen[0])
		assert.Equal(t, "u000*", seen[49])
		assert.Equal(t, "u249", seen[50])
		assert.Equal(t, "u001", seen[249])
	}
}

func TestMarksAndConversationGroups(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, nil, "ana", "ben", "cat")
		const ben, cat, nobody = `{"Type":1,"To_Account":"ben"}`, `{"Type":1,"To_Account":"cat"}`, `{"Type":1,"To_Account":"eve"}`
		_, answer := ask(t, a, "recentcontact/mark_contact", `{"From_Account":"ana","MarkItem":[
			{"OptType":3,"ContactItem":`+ben+`,"SetMark":[1,3,64],"CustomMark":"vip"},{"OptType":2,"ContactItem":`+nobody+`}]}`)
		assert.JSONEq(t, `{"ResultItem":[{"OptType":3,"ContactItem":`+ben+`,"ResultCode":0,"ResultInfo":""},
			{"OptType":2,"ContactItem":`+nobody+`,"ResultCode":50001,"ResultInfo":"the account is not imported"}]}`, answer)
		ask(t, a, "recentcontact/mark_contact", `{"From_Account":"ana","MarkItem":[{"OptType":1,"ContactItem":`+ben+`,"ClearMark":[64]}]}`)
		_, answer = ask(t, a, "recentcontact/create_contact_group",
			`{"From_Account":"ana","GroupContactItem":[{"GroupName":"work","ContactItem":[`+ben+`,`+nobody+`]}]}`)
		assert.Contains(t, answer, `"GroupItem":{"GroupName":"work","GroupId":1}`)
		assert.Contains(t, answer, `"ResultCode":50001`)
		ask(t, a, "recentcontact/create_contact_group",
			`{"From_Account":"ana","GroupContactItem":[{"GroupName":"home","ContactItem":[`+ben+`]}]}`)
		update := func(u string) string {
			_, answer := ask(t, a, "recentcontact/update_contact_group", `{"From_Account":"ana","UpdateType":1,"UpdateGroup":`+u+`}`)
			return answer
		}
		assert.JSONEq(t, `{"UpdateType":1,"UpdateGroupResult":{"UpdateGroupType":1,"GroupName":"office","GroupId":1,"OldGroupName":"work"}}`,
			update(`{"UpdateGroupType":1,"OldGroupName":"work","NewGroupName":"office"}`))
		time.Sleep(time.Second)
		assert.JSONEq(t, `{"UpdateType":1,"UpdateGroupResult":{"UpdateGroupType":2,"GroupName":"office","GroupId":1,"OldGroupName":"office",
			"ContactResultItem":[{"ContactOptType":2,"ContactItem":`+ben+`,"ResultCode":0,"ResultInfo":""},
			{"ContactOptType":1,"ContactItem":`+cat+`,"ResultCode":0,"ResultInfo":""}]}}`,
			update(`{"UpdateGroupType":2,"OldGroupName":"office","ContactUpdateItem":[{"ContactOptType":2,"ContactItem":`+ben+`},
				{"ContactOptType":1,"ContactItem":`+cat+`}]}`))
		_, answer = ask(t, a, "recentcontact/get_contact_group", `{"From_Account":"ana","StartIndex":0}`)
		assert.JSONEq(t, `{"ContactItem":[
			{"Type":1,"To_Account":"ben","StandardMark":"101","CustomMark":"vip","ContactGroupId":[2],"Timestamp":946684801},
			{"Type":1,"To_Account":"cat","ContactGroupId":[1],"Timestamp":946684801}],
			"GroupItem":[{"GroupName":"office","GroupId":1},{"GroupName":"home","GroupId":2}],"CompleteFlag":1,"NextStartIndex":0}`, answer)
		_, answer = ask(t, a, "recentcontact/del_contact_group", `{"From_Account":"ana","GroupName":["office"]}`)
		assert.JSONEq(t, `{"GroupItem":[{"GroupName":"office","GroupId":1}]}`, answer)
		_, answer = ask(t, a, "recentcontact/search_contact_group", `{"From_Account":"ana","ContactItem":[`+cat+`,`+nobody+`]}`)
		assert.JSONEq(t, `{"ContactResultItem":[{"Type":1,"To_Account":"cat","Timestamp":946684801},
			{"Type":1,"To_Account":"eve","Timestamp":0}],"GroupItem":[{"GroupName":"home","GroupId":2}]}`, answer)
		_, answer = ask(t, a, "recentcontact/get_contact_group", `{"From_Account":"ana","StartIndex":0}`)
		assert.NotContains(t, answer, "cat", "it has no marks and is in no group any more")
	})
}

// talk leaves something of each kind that messages and conversations leave.
func talk(tb testing.TB, a *chat.App) {
	tb.Helper()
	for _, one := range [][2]string{
		{"openim/sendmsg", `{"From_Account":"ann","To_Account":"bob","MsgSeq":1,"MsgRandom":2,"MsgLifeTime":60,
			"SupportMessageExtension":1,"IsNeedReadReceipt":1,"CloudCustomData":"c","MsgBody":` + text("<hi> & \u2028") + `}`},
		{"openim/sendmsg", `{"From_Account":"bob","To_Account":"ann","MsgSeq":2,"MsgRandom":2,"SyncOtherMachine":2,"MsgBody":` + text("yes") + `}`},
		{"openim/sendmsg", `{"From_Account":"小明","To_Account":"ann","MsgSeq":3,"MsgRandom":2,"MsgBody":` + text("ni hao") + `}`},
		{"openim/admin_msgwithdraw", `{"From_Account":"小明","To_Account":"ann","MsgKey":"3_2_1772366400"}`},
		{"openim/c2c_msg_read_receipt", `{"Operator_Account":"bob","Peer_Account":"ann","C2CMsgInfo":[
			{"From_Account":"ann","To_Account":"bob","MsgKey":"1_2_1772366400"}]}`},
		{"openim_msg_ext_http_svc/set_key_values", `{"From_Account":"ann","To_Account":"bob","MsgKey":"1_2_1772366400","OperateType":3}`},
		{"openim_msg_ext_http_svc/set_key_values", `{"From_Account":"ann","To_Account":"bob","MsgKey":"1_2_1772366400","OperateType":1,
			"ExtensionList":[{"Key":"k","Value":"v"}]}`},
		{"openim/admin_set_msg_read", `{"Report_Account":"bob","Peer_Account":"ann"}`},
		{"recentcontact/create_contact_group", `{"From_Account":"ann","GroupContactItem":[{"GroupName":"work","ContactItem":[
			{"Type":1,"To_Account":"bob"}]}]}`},
		{"recentcontact/mark_contact", `{"From_Account":"bob","MarkItem":[{"OptType":3,"ContactItem":{"Type":1,"To_Account":"小明"},
			"SetMark":[2,64],"CustomMark":"m"}]}`},
		{"recentcontact/top", `{"From_Account":"ann","OperationType":1,"RecentContactItem":[{"Type":1,"To_Account":"小明"},{"Type":2,"GroupId":"g"}]}`},
		{"recentcontact/delete", `{"From_Account":"bob","Type":1,"To_Account":"ann"}`},
	} {
		row, _ := a.Row("v4/" + one[0])
		req := request(a, one[1])
		req.Now = time.Unix(1772366400, 0)
		_, err := a.Do(tb.Context(), row, req)
		require.NoError(tb, err, one[0])
	}
}

func TestADeletedAccountLeavesNoMessages(t *testing.T) {
	t.Parallel()
	a := newApp(t, nil, "ann", "bob", "小明", "eve")
	talk(t, a)
	require.Zero(t, do(t, a, "im_open_login_svc/account_delete", `{"DeleteItem":[{"UserID":"bob"}]}`))
	left := snapshot(t, a)
	assert.NotContains(t, left, "bob")
	require.Zero(t, do(t, a, "im_open_login_svc/account_delete", `{"DeleteItem":[{"UserID":"小明"}]}`))
	require.Zero(t, do(t, a, "im_open_login_svc/account_delete", `{"DeleteItem":[{"UserID":"ann"}]}`))
	assert.Equal(t, `{"format":"tencentchat-local","version":1,"sdkappid":1400000001}
{"kind":"user","UserID":"administrator"}
{"kind":"user","UserID":"eve"}
`, snapshot(t, a))
}

func TestTalkLines(t *testing.T) {
	t.Parallel()
	const head = `{"format":"tencentchat-local","version":1}
{"kind":"user","UserID":"ana"}
{"kind":"user","UserID":"ben"}
`
	message := func(more string) string {
		return `{"kind":"message","From_Account":"ana","To_Account":"ben","MsgBody":` + text("x") + more + `}`
	}
	contact := func(more string) string {
		return `{"kind":"conversation","From_Account":"ana","Type":1,"To_Account":"ben"` + more + `}`
	}
	for name, lines := range map[string]string{
		"a sender who is not there":    strings.Replace(message(""), "ana", "eve", 1),
		"no body":                      `{"kind":"message","From_Account":"ana","To_Account":"ben","MsgBody":[]}`,
		"an older one below":           message(`,"StoreTime":2`) + "\n" + message(`,"StoreTime":1`),
		"one with a time below":        message("") + "\n" + message(`,"StoreTime":1`),
		"deleted by another":           message(`,"DeletedBy":["eve"]`),
		"deleted by both":              message(`,"DeletedBy":["ana","ben"]`),
		"unread and deleted":           message(`,"Unread":true,"DeletedBy":["ben"]`),
		"an extension out of order":    message(`,"LatestSeq":1,"ExtensionList":[{"Key":"a","Value":"1","Seq":2}]`),
		"a clearing above":             message(`,"LatestSeq":1,"ClearSeq":2`),
		"a conversation twice":         contact("") + "\n" + contact(""),
		"a conversation with nobody":   strings.Replace(contact(""), "ben", "eve", 1),
		"marks that are not":           contact(`,"StandardMark":"12"`),
		"a group that is not there":    contact(`,"ContactGroupId":[1]`),
		"pinned and not listed":        contact(`,"TopFlag":1`),
		"no name":                      `{"kind":"conversation","From_Account":"ana","Type":2}`,
		"a conversation group twice":   strings.Repeat(`{"kind":"contactgroup","From_Account":"ana","GroupName":"g","GroupId":1}`+"\n", 2),
		"a conversation group's owner": `{"kind":"contactgroup","From_Account":"eve","GroupName":"g","GroupId":1}`,
		"a number that does not grow":  `{"kind":"contactgroup","From_Account":"ana","GroupName":"g","GroupId":0}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newApp(t, nil)
			before := snapshot(t, a)
			require.ErrorContains(t, a.Restore(strings.NewReader(head+lines)), "line ")
			assert.Equal(t, before, snapshot(t, a))
		})
	}
	a := newApp(t, nil)
	require.NoError(t, a.Restore(strings.NewReader(head+message(`,"MsgTimeStamp":5,"Unread":true`))))
	assert.Equal(t, "x", texts(t, a, "ben", "ana"), "a seed's message came now")
	assert.Equal(t, "ana", list(t, a, "ben"), "and lists its conversation")
	assert.Equal(t, 1, unread(t, a, "ben"))
}
