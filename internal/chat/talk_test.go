package chat_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A page is what several commands answer.
type page struct {
	MsgKey, MsgID         string
	MsgTime               int64
	Complete              int
	MsgCnt                int
	LastMsgTime           int64
	LastMsgKey            string
	MsgList               []map[string]any
	AllC2CUnreadMsgNum    int
	SessionItem           []map[string]any
	CompleteFlag          int
	TimeStamp, StartIndex int64
	TopTimeStamp          int64
	TopStartIndex         int64
	ExtensionList         []map[string]any
	StreamMsgID           string
}

// ask carries out a command that must not be refused.
func ask(tb testing.TB, a *chat.App, path, body string) (p page, text string) {
	tb.Helper()
	row, ok := a.Row("v4/" + path)
	require.True(tb, ok, path)
	reply, err := a.Do(tb.Context(), row, request(a, body))
	reply.Release()
	require.NoError(tb, err, "%s %s", path, body)
	data, err := json.Marshal(reply.Result)
	require.NoError(tb, err)
	require.NoError(tb, json.Unmarshal(data, &p))
	return p, string(data)
}

// texts are the texts that a user finds in the history with another, with their flags.
func texts(tb testing.TB, a *chat.App, userID, peer string) string {
	tb.Helper()
	p, _ := ask(tb, a, "openim/admin_getroammsg", fmt.Sprintf(
		`{"Operator_Account":%q,"Peer_Account":%q,"MaxCnt":100,"MinTime":0,"MaxTime":4000000000}`, userID, peer))
	var all []string
	for _, m := range p.MsgList {
		content := m["MsgBody"].([]any)[0].(map[string]any)["MsgContent"].(map[string]any)
		text, _ := content["Text"].(string)
		if m["MsgFlagBits"].(float64) != 0 {
			text += " recalled"
		}
		if m["IsPeerRead"].(float64) != 0 {
			text += " read"
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func unread(tb testing.TB, a *chat.App, userID string) int {
	tb.Helper()
	p, _ := ask(tb, a, "openim/get_c2c_unread_msg_num", fmt.Sprintf(`{"To_Account":%q}`, userID))
	return p.AllC2CUnreadMsgNum
}

// list are the conversations of a user; those that are pinned have a star.
func list(tb testing.TB, a *chat.App, userID string) string {
	tb.Helper()
	p, _ := ask(tb, a, "recentcontact/get_list", fmt.Sprintf(
		`{"From_Account":%q,"TimeStamp":0,"StartIndex":0,"TopTimeStamp":0,"TopStartIndex":0,"AssistFlags":7}`, userID))
	return names(p)
}

func names(p page) string {
	var all []string
	for _, s := range p.SessionItem {
		name, _ := s["To_Account"].(string)
		if s["TopFlag"].(float64) == 1 {
			name += "*"
		}
		all = append(all, name)
	}
	return strings.Join(all, ", ")
}

// text is a body of one text.
func text(s string) string { return `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"` + s + `"}}]` }

// say sends a text from ana to ben, with more fields.
func say(tb testing.TB, a *chat.App, s, more string) page {
	tb.Helper()
	p, _ := ask(tb, a, "openim/sendmsg",
		`{"From_Account":"ana","To_Account":"ben","MsgRandom":7,"MsgBody":`+text(s)+more+`}`)
	return p
}

func TestWhereAMessageGoes(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		more                string
		mine, theirs        string // history
		unread              int
		myList, theirList   string
		shown, shownToOther bool // on a device of the sender's, of the receiver's
	}{
		"plain":         {"", "hi", "hi", 1, "ben", "ana", false, true},
		"synced":        {`,"SyncOtherMachine":1`, "hi", "hi", 1, "ben", "ana", true, true},
		"not synced":    {`,"SyncOtherMachine":2`, "", "hi", 1, "", "ana", false, true},
		"online only":   {`,"OnlineOnlyFlag":1`, "", "", 0, "", "", false, true},
		"no time":       {`,"MsgLifeTime":0`, "", "", 0, "", "", false, true},
		"not unread":    {`,"SendMsgControl":["NoUnread"]`, "hi", "hi", 0, "ben", "ana", false, true},
		"not on a list": {`,"SendMsgControl":["NoLastMsg"]`, "hi", "hi", 1, "", "", false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newApp(t, nil, "ana", "ben")
			ana, ben := signedIn(t, a, "ana", callback.PlatformWeb), signedIn(t, a, "ben", callback.PlatformWeb)
			sent := say(t, a, "hi", tc.more)
			assert.Equal(t, fmt.Sprintf("1_7_%d", sent.MsgTime), sent.MsgKey)
			assert.Regexp(t, `^144115\d{12}-\d+-7$`, sent.MsgID)
			assert.Equal(t, tc.mine, texts(t, a, "ana", "ben"))
			assert.Equal(t, tc.theirs, texts(t, a, "ben", "ana"))
			assert.Equal(t, tc.unread, unread(t, a, "ben"))
			assert.Zero(t, unread(t, a, "ana"))
			assert.Equal(t, tc.myList, list(t, a, "ana"))
			assert.Equal(t, tc.theirList, list(t, a, "ben"))
			assert.Equal(t, tc.shown, len(ana.Inbox()) == 1)
			assert.Equal(t, tc.shownToOther, len(ben.Inbox()) == 1)
		})
	}
}

func TestMessagesGo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, nil, "ana", "ben")
		say(t, a, "short", `,"MsgLifeTime":60`)
		say(t, a, "long", "")
		time.Sleep(59 * time.Second)
		assert.Equal(t, "short, long", texts(t, a, "ben", "ana"))
		assert.Equal(t, 2, unread(t, a, "ben"))
		time.Sleep(time.Second)
		assert.Equal(t, "long", texts(t, a, "ben", "ana"), "the receiver's copy is gone")
		assert.Equal(t, "short, long", texts(t, a, "ana", "ben"))
		assert.Equal(t, 1, unread(t, a, "ben"))
		time.Sleep(7*24*time.Hour - 61*time.Second)
		assert.Equal(t, "short, long", texts(t, a, "ana", "ben"))
		time.Sleep(time.Second)
		assert.Empty(t, texts(t, a, "ana", "ben"))
		assert.Zero(t, unread(t, a, "ben"))
		assert.Equal(t, "ana", list(t, a, "ben"), "the conversation stays")
	})
}

func TestHistoryIsBounded(t *testing.T) {
	t.Parallel()
	a := chat.New(chat.Config{Admins: []string{"administrator"}, History: chat.History{Talk: 3, All: 5}})
	a.Import("ana", "ben", "cat")
	for i := range 4 {
		say(t, a, string(rune('a'+i)), "")
	}
	assert.Equal(t, "b, c, d", texts(t, a, "ben", "ana"))
	assert.Equal(t, 3, unread(t, a, "ben"))
	for i := range 3 {
		ask(t, a, "openim/sendmsg", `{"From_Account":"cat","To_Account":"ana","MsgRandom":1,"MsgBody":`+text(string(rune('x'+i)))+`}`)
	}
	assert.Equal(t, "x, y, z", texts(t, a, "cat", "ana"))
	assert.Equal(t, "c, d", texts(t, a, "ana", "ben"))
}

func TestRepeats(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := record(t, fine, "ana", "ben", "cat")
		a := r.App
		first := say(t, a, "hi", `,"MsgSeq":3`)
		time.Sleep(119 * time.Second)
		assert.Equal(t, first, say(t, a, "hi", `,"MsgSeq":3`))
		assert.Equal(t, 2, r.count(), "before and after the one message")
		assert.Equal(t, "hi", texts(t, a, "ben", "ana"))
		say(t, a, "another text", `,"MsgSeq":3`)
		say(t, a, "hi", `,"MsgSeq":4`)
		again, _ := ask(t, a, "openim/sendmsg",
			`{"From_Account":"ana","To_Account":"cat","MsgSeq":3,"MsgRandom":7,"MsgBody":`+text("hi")+`}`)
		assert.Equal(t, first, again, "to another user it is a repeat too")
		time.Sleep(time.Second)
		assert.NotEqual(t, first, say(t, a, "hi", `,"MsgSeq":3`))
		assert.Equal(t, 8, r.count())

		batch := `{"From_Account":"ana","To_Account":["cat"],"MsgSeq":9,"MsgRandom":7,"MsgBody":` + text("hi") + `}`
		sent, _ := ask(t, a, "openim/batchsendmsg", batch)
		repeated, _ := ask(t, a, "openim/batchsendmsg", batch)
		assert.Equal(t, sent, repeated)
		ask(t, a, "openim/batchsendmsg", strings.Replace(batch, "cat", "ben", 1))
		time.Sleep(time.Second)
		ask(t, a, "openim/batchsendmsg", batch)
		assert.Equal(t, "hi, hi", texts(t, a, "cat", "ana"))
		assert.Equal(t, 8, r.count(), "of batches nobody is told")
	})
}

func TestBatches(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, nil, "ana")
		var all, none []string
		for i := range 500 {
			all, none = append(all, fmt.Sprintf("u%d", i)), append(none, fmt.Sprintf("n%d", i))
		}
		a.Import(all...)
		batch := func(random int, to []string) string {
			users, err := json.Marshal(to)
			require.NoError(t, err)
			return fmt.Sprintf(`{"From_Account":"ana","To_Account":%s,"MsgRandom":%d,"MsgBody":%s}`, users, random, text("hi"))
		}
		p, answer := ask(t, a, "openim/batchsendmsg", batch(1, append(all[:2:2], none[0])))
		assert.Contains(t, answer, `"ErrorList":[{"To_Account":"n0","ErrorCode":70107}]`)
		assert.NotEmpty(t, p.MsgKey)
		assert.NotContains(t, answer, "MsgTime")
		assert.Equal(t, "hi", texts(t, a, "u1", "ana"))
		assert.Equal(t, restapi.CodeMessageReceiverNotFound, do(t, a, "openim/batchsendmsg", batch(2, none)))
		for i := range 22 {
			require.Zero(t, do(t, a, "openim/batchsendmsg", batch(3+i, all)), i)
		}
		assert.Equal(t, restapi.CodeMessageBatchRateLimited, do(t, a, "openim/batchsendmsg", batch(40, all)), "3 + 500 + 11,000 were taken")
		assert.Zero(t, do(t, a, "openim/batchsendmsg", batch(41, all[:497])))
		time.Sleep(time.Minute)
		assert.Zero(t, do(t, a, "openim/batchsendmsg", batch(42, all)))
	})
}
