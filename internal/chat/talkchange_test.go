package chat_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// recorded is an app with what its backend was told.
type recorded struct {
	*chat.App

	mu     sync.Mutex
	bodies []string
}

func record(tb testing.TB, answer string, userIDs ...string) *recorded {
	tb.Helper()
	r := new(recorded)
	r.App = newApp(tb, func(_ context.Context, e callback.Envelope) (int, []byte, error) {
		r.mu.Lock()
		defer r.mu.Unlock()
		if e.Command != "State.StateChange" {
			r.bodies = append(r.bodies, string(e.Body))
		}
		return 200, []byte(answer), nil
	}, userIDs...)
	return r
}

// last is the last body that the backend got.
func (r *recorded) last() string {
	r.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.bodies) == 0 {
		return ""
	}
	return r.bodies[len(r.bodies)-1]
}

// count is how often the backend was told, or asked.
func (r *recorded) count() int {
	r.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.bodies)
}

func TestMessagesChange(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := record(t, fine, "ana", "ben")
		ben := signedIn(t, a.App, "ben", callback.PlatformWeb)
		one := say(t, a.App, "one", `,"MsgSeq":5,"IsNeedReadReceipt":1`)
		key := "5_7_946684800"
		require.Equal(t, key, one.MsgKey)
		assert.JSONEq(t, `{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"ana","To_Account":"ben","MsgSeq":5,
			"MsgRandom":7,"MsgTime":946684800,"MsgKey":"5_7_946684800","MsgId":"`+one.MsgID+`","OnlineOnlyFlag":0,
			"SendMsgResult":0,"ErrorInfo":"send msg succeed","UnreadMsgNum":1,"MsgBody":`+text("one")+`}`, a.last())
		name := `"From_Account":"ana","To_Account":"ben","MsgKey":"` + key + `"`

		row, _ := a.Row("v4/openim/modify_c2c_msg")
		reply, err := a.Do(t.Context(), row, request(a.App, `{`+name+`,"MsgBody":`+text("uno")+`,"CloudCustomData":"v2"}`))
		require.NoError(t, err)
		reply.Release()
		assert.Equal(t, "succeed", reply.ErrorInfo)
		assert.Equal(t, "uno", texts(t, a.App, "ana", "ben"))
		assert.JSONEq(t, `{"CallbackCommand":"C2C.CallbackAfterModifyMsg","Operator_Account":"administrator","From_Account":"ana",
			"To_Account":"ben","MsgSeq":5,"MsgRandom":7,"MsgTime":946684800,"MsgKey":"5_7_946684800","MsgBody":`+text("uno")+`,
			"CloudCustomData":"v2","EventTime":946684800000}`, a.last())
		ask(t, a.App, "openim/modify_c2c_msg", `{`+name+`,"CloudCustomData":""}`)
		assert.NotContains(t, a.last(), "CloudCustomData", "what is given replaces what was there")

		receipt := `{"Operator_Account":"ben","Peer_Account":"ana","C2CMsgInfo":[{` + name + `}]}`
		ask(t, a.App, "openim/c2c_msg_read_receipt", receipt)
		assert.Equal(t, "uno read", texts(t, a.App, "ana", "ben"))
		assert.Contains(t, a.last(), `"C2CMsgInfo":[{"From_Account":"ana","To_Account":"ben","MsgKey":"5_7_946684800","MsgId":"`)
		n := a.count()
		ask(t, a.App, "openim/c2c_msg_read_receipt", receipt)
		assert.Equal(t, n, a.count(), "a receipt is sent once")
		assert.Equal(t, restapi.CodeMessageInvalidFormat, do(t, a.App, "openim/c2c_msg_read_receipt",
			strings.Replace(receipt, `"Peer_Account":"ana"`, `"Peer_Account":"ben"`, 1)))

		time.Sleep(time.Second)
		say(t, a.App, "two", "")
		assert.Equal(t, 2, unread(t, a.App, "ben"))
		ask(t, a.App, "openim/admin_set_msg_read", `{"Report_Account":"ben","Peer_Account":"ana","MsgReadTime":"946684800"}`)
		assert.Equal(t, 1, unread(t, a.App, "ben"))
		assert.JSONEq(t, `{"CallbackCommand":"C2C.CallbackAfterMsgReport","Report_Account":"ben","Peer_Account":"ana",
			"LastReadTime":946684800,"UnreadMsgNum":1,"EventTime":946684801000}`, a.last())
		_, nums := ask(t, a.App, "openim/get_c2c_unread_msg_num", `{"To_Account":"ben","Peer_Account":["ana","eve"]}`)
		assert.JSONEq(t, `{"C2CUnreadMsgNumList":[{"Peer_Account":"ana","C2CUnreadMsgNum":1}],
			"ErrorList":[{"Peer_Account":"eve","ErrorCode":70107}]}`, nums)

		two := say(t, a.App, "three", "")
		ask(t, a.App, "openim/admin_msgwithdraw", `{"From_Account":"ana","To_Account":"ben","MsgKey":"`+two.MsgKey+`"}`)
		assert.Equal(t, "uno read, two, three recalled", texts(t, a.App, "ben", "ana"))
		assert.Contains(t, a.last(), `"UnreadMsgNum":1`)
		ask(t, a.App, "openim/admin_set_msg_read", `{"Report_Account":"ben","Peer_Account":"ana"}`)
		assert.Zero(t, unread(t, a.App, "ben"))

		_, gone := ask(t, a.App, "openim/delete_c2c_msg_ramble",
			`{"Operator_Account":"ben","Peer_Account":"ana","MsgKeyList":["`+key+`","nonsense","1_2_3"]}`)
		assert.JSONEq(t, `{"InvalidMsgKeyList":["nonsense"]}`, gone)
		assert.Equal(t, "two, three recalled", texts(t, a.App, "ben", "ana"))
		assert.Equal(t, "uno read, two, three recalled", texts(t, a.App, "ana", "ben"))

		var kinds []chat.NoticeKind
		for _, notice := range ben.Inbox() {
			kinds = append(kinds, notice.Kind)
		}
		assert.Equal(t, []chat.NoticeKind{
			chat.NoticeMessage, chat.NoticeEdited, chat.NoticeEdited, chat.NoticeMessage, chat.NoticeMessage, chat.NoticeRecalled,
		}, kinds)
	})
}

func TestExtensions(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := record(t, fine, "ana", "ben")
		m := say(t, a.App, "vote", `,"SupportMessageExtension":1`)
		name := `"From_Account":"ana","To_Account":"ben","MsgKey":"` + m.MsgKey + `"`
		set := func(op int, pairs string) string {
			return fmt.Sprintf(`{%s,"OperateType":%d,"ExtensionList":[%s]}`, name, op, pairs)
		}
		const path = "openim_msg_ext_http_svc/set_key_values"
		_, answer := ask(t, a.App, path, set(1, `{"Key":"a","Value":"1","Seq":0},{"Key":"b","Value":"2","Seq":9}`))
		assert.JSONEq(t, `{"ExtensionList":[{"ErrorCode":0,"Extension":{"Key":"a","Value":"1","Seq":1}},
			{"ErrorCode":0,"Extension":{"Key":"b","Value":"2","Seq":2}}]}`, answer)
		ask(t, a.App, path, set(1, `{"Key":"a","Value":"3"}`))
		ask(t, a.App, path, set(2, `{"Key":"b","Value":"x"},{"Key":"nothing","Value":""}`))
		assert.JSONEq(t, `{"CallbackCommand":"C2C.CallbackAfterC2CMsgExtension","From_Account":"ana","To_Account":"ben",
			"MsgKey":"`+m.MsgKey+`","OperateType":2,"ExtensionList":[{"Key":"b","Value":"","Seq":4}],"Seq":4,
			"EventTime":946684800000}`, a.last())
		_, answer = ask(t, a.App, "openim_msg_ext_http_svc/get_key_values", `{`+name+`}`)
		assert.JSONEq(t, `{"CompleteFlag":1,"LatestSeq":4,"ClearSeq":0,"ExtensionList":[{"Key":"a","Value":"3","Seq":3}]}`, answer)
		ask(t, a.App, path, set(3, ""))
		assert.Contains(t, a.last(), `"ExtensionList":[]`)
		_, answer = ask(t, a.App, "openim_msg_ext_http_svc/get_key_values", `{`+name+`}`)
		assert.Contains(t, answer, `"LatestSeq":5,"ClearSeq":5`)

		for i := range 15 {
			var pairs []string
			for j := range 20 {
				pairs = append(pairs, fmt.Sprintf(`{"Key":"k%d","Value":"v"}`, i*20+j))
			}
			ask(t, a.App, path, set(1, strings.Join(pairs, ",")))
		}
		assert.Equal(t, restapi.CodeGroupInvalidParameter, do(t, a.App, path, set(1, `{"Key":"one more","Value":"v"}`)))
		p, _ := ask(t, a.App, "openim_msg_ext_http_svc/get_key_values", `{`+name+`,"StartSeq":10}`)
		assert.Len(t, p.ExtensionList, 200)
		assert.Zero(t, p.CompleteFlag)
		p, _ = ask(t, a.App, "openim_msg_ext_http_svc/get_key_values", `{`+name+`,"StartSeq":210}`)
		assert.Len(t, p.ExtensionList, 96)
		for range 181 {
			ask(t, a.App, path, set(1, `{"Key":"k0","Value":"v"}`))
		}
		assert.Equal(t, restapi.CodeExtensionRateLimited, do(t, a.App, path, set(1, `{"Key":"k0","Value":"v"}`)))
		time.Sleep(time.Minute)
		assert.Zero(t, do(t, a.App, path, set(1, `{"Key":"k0","Value":"v"}`)))
	})
}

func TestStreams(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := record(t, fine, "ana", "@RBT#bot")
		ana := signedIn(t, a.App, "ana", callback.PlatformWeb)
		piece := func(id string, index int, s string, last bool) string {
			return fmt.Sprintf(`{"From_Account":"@RBT#bot","To_Account":"ana","MsgRandom":1,"MsgBody":[{"MsgType":"TIMStreamElem",
				"MsgContent":{"StreamMsgID":%q,"Chunks":[{"EventType":"data","Index":%d,"Markdown":%q,"IsLast":%t}]}}]}`,
				id, index, s, last)
		}
		const path, bad = "stream_msg/send_c2c_stream_msg", restapi.CodeMessageInvalidFormat
		begin := func() string {
			p, _ := ask(t, a.App, path, strings.Replace(piece("", 1, "a", false), `"StreamMsgID":"",`, "", 1))
			return p.StreamMsgID
		}
		id := begin()
		assert.Equal(t, bad, do(t, a.App, path, piece(id, 1, "b", false)), "the number does not grow")
		for i := range 5 {
			require.Zero(t, do(t, a.App, path, piece(id, i+2, "b", false)))
		}
		assert.Equal(t, bad, do(t, a.App, path, piece(id, 7, "c", false)), "too fast")
		time.Sleep(15 * time.Second)
		p, _ := ask(t, a.App, path, piece(id, 7, "c", true))
		assert.Equal(t, id, p.StreamMsgID)
		assert.Equal(t, bad, do(t, a.App, path, piece(id, 8, "d", true)), "at its end")
		inbox := ana.Inbox()
		require.Len(t, inbox, 7)
		assert.Equal(t, chat.NoticeEdited, inbox[6].Kind)
		assert.Equal(t, "c", inbox[6].Text)
		body, err := inbox[6].Message.Body.MarshalJSON()
		require.NoError(t, err)
		assert.Equal(t, 7, strings.Count(string(body), "Markdown"))

		id = begin()
		time.Sleep(15*time.Second + 1)
		assert.Equal(t, bad, do(t, a.App, path, piece(id, 2, "b", true)), "too late")
		id = begin()
		long := strings.Repeat("x", 60<<10)
		require.Zero(t, do(t, a.App, path, piece(id, 2, long, false)))
		require.Zero(t, do(t, a.App, path, piece(id, 3, long, false)))
		assert.Equal(t, bad, do(t, a.App, path, piece(id, 4, long, false)), "too long")
		assert.Equal(t, bad, do(t, a.App, path, piece("s-99", 4, "x", false)), "there is none")
		assert.Empty(t, a.last(), "no webhook")
	})
}

// The account that a message is for goes while the backend is asked, and comes back: nothing is known of it any more.
func TestAccountsGoMeanwhile(t *testing.T) {
	t.Parallel()
	var a *chat.App
	gone := false
	a = newApp(t, func(_ context.Context, e callback.Envelope) (int, []byte, error) {
		if e.Command == "C2C.CallbackBeforeSendMsg" && !gone {
			gone = true
			do(t, a, "im_open_login_svc/account_delete", `{"DeleteItem":[{"UserID":"ben"}]}`)
		}
		return 200, []byte(fine), nil
	}, "ana", "ben")
	body := `{"From_Account":"ana","To_Account":"ben","MsgSeq":1,"MsgRandom":7,"MsgBody":` + text("hi") + `}`
	batch := strings.Replace(body, `"ben"`, `["ben"]`, 1)
	assert.Equal(t, restapi.CodeMessageReceiverNotFound, do(t, a, "openim/sendmsg", body))
	a.Import("ben")
	assert.Zero(t, do(t, a, "openim/sendmsg", body), "what was refused is not repeated")
	assert.Zero(t, do(t, a, "openim/batchsendmsg", batch))
	assert.Equal(t, "hi, hi", texts(t, a, "ana", "ben"))
	require.Zero(t, do(t, a, "im_open_login_svc/account_delete", `{"DeleteItem":[{"UserID":"ana"}]}`))
	assert.Empty(t, list(t, a, "ben"))
	assert.Zero(t, unread(t, a, "ben"))
	a.Import("ana")
	assert.Zero(t, do(t, a, "openim/sendmsg", body))
	assert.Zero(t, do(t, a, "openim/batchsendmsg", batch))
	assert.Equal(t, "hi, hi", texts(t, a, "ben", "ana"), "another ana may say the same")
}

func TestPushesNameNoClient(t *testing.T) {
	t.Parallel()
	envelopes := make(chan callback.Envelope, 10)
	a := newApp(t, func(_ context.Context, e callback.Envelope) (int, []byte, error) {
		if e.Command == "Push.OfflinePush" {
			envelopes <- e
		}
		return 200, []byte(fine), nil
	}, "ana", "ben")
	inBackground(t, a, "ben")
	say(t, a, "hi", "")
	e := <-envelopes
	assert.Empty(t, e.OptPlatform)
	assert.Empty(t, e.ClientIP)
}
