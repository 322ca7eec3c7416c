package chat_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// docked is a group of mira with ozan and priya.
const docked = `{"format":"tencentchat-local","version":1}
{"kind":"user","UserID":"mira"}
{"kind":"user","UserID":"ozan"}
{"kind":"user","UserID":"priya"}
{"kind":"group","GroupId":"harbor","Type":"Public","Owner_Account":"mira"}
{"kind":"groupmember","GroupId":"harbor","Member_Account":"ozan"}
{"kind":"groupmember","GroupId":"harbor","Member_Account":"priya"}
{"kind":"group","GroupId":"live","Type":"AVChatRoom","Owner_Account":"mira"}
{"kind":"group","GroupId":"live2","Type":"AVChatRoom","Owner_Account":"mira"}`

// inHarbor is an app with that group.
func inHarbor(tb testing.TB, cfg chat.Config) *chat.App {
	tb.Helper()
	cfg.Admins = []string{admin.UserID}
	a := chat.New(cfg)
	tb.Cleanup(a.Close)
	require.NoError(tb, a.Restore(strings.NewReader(docked)))
	return a
}

// sayIn sends a message to a group over REST, at a moment, and returns what it is answered with.
func sayIn(tb testing.TB, a *chat.App, at time.Time, body string) (answer struct {
	MsgSeq        uint32
	MsgDropReason string
},
) {
	tb.Helper()
	row, _ := a.Row("v4/group_open_http_svc/send_group_msg")
	req := request(a, body)
	req.Now = at
	reply, err := a.Do(tb.Context(), row, req)
	require.NoError(tb, err, body)
	reply.Release()
	data, err := json.Marshal(reply.Result)
	require.NoError(tb, err)
	require.NoError(tb, json.Unmarshal(data, &answer))
	return answer
}

// What is unread is counted from numbers; that is what somebody finds who counts messages.
func TestUnreadIsWhatSomebodyWouldCount(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 0))
		a := inHarbor(t, chat.Config{GroupPerSecond: -1, History: chat.History{Talk: 30, All: 1000}})
		users := []string{"mira", "ozan", "priya"}
		devices := map[string]*chat.Device{}
		read, sent, uncounted := map[string]uint64{}, uint64(0), map[uint64]bool{}
		for _, userID := range users {
			devices[userID] = signedIn(t, a, userID, callback.PlatformIOS)
		}
		for i := range 200 {
			userID := users[r.IntN(len(users))]
			send := fmt.Sprintf(`{"GroupId":"harbor","From_Account":%q,"Random":%d,"MsgBody":%s`, userID, i, text("x"))
			switch r.IntN(8) {
			case 0, 1, 2:
				sent = uint64(sayIn(t, a, time.Now(), send+`}`).MsgSeq)
			case 3:
				sent = uint64(sayIn(t, a, time.Now(), send+`,"SendMsgControl":["NoUnread"]}`).MsgSeq)
				uncounted[sent] = true
			case 4:
				sent = uint64(sayIn(t, a, time.Now(), send+`,"To_Account":["priya"]}`).MsgSeq)
				uncounted[sent] = true
			case 5:
				sent = uint64(sayIn(t, a, time.Now(), send+`,"OnlineOnlyFlag":1}`).MsgSeq)
			case 6:
				require.NoError(t, devices[userID].In("harbor").MarkRead())
				read[userID] = sent
			case 7:
				require.Zero(t, do(t, a, "group_open_http_svc/group_msg_recall",
					fmt.Sprintf(`{"GroupId":"harbor","MsgSeqList":[{"MsgSeq":%d}]}`, 1+r.Uint64N(sent+1))))
			}
			if i == 150 {
				require.Zero(t, do(t, a, "group_open_http_svc/delete_group_msg_by_sender", `{"GroupId":"harbor","Sender_Account":"ozan"}`))
				var b strings.Builder
				require.NoError(t, a.Snapshot(&b))
				require.NoError(t, a.Restore(strings.NewReader(b.String())))
				for _, userID := range users {
					devices[userID] = signedIn(t, a, userID, callback.PlatformIOS)
				}
			}
			for _, userID := range users {
				want := 0
				for _, m := range devices[userID].In("harbor").Messages() {
					if m.MsgSeq > read[userID] && m.From != userID && !m.Recalled && !uncounted[m.MsgSeq] {
						want++
					}
				}
				require.Equal(t, want, devices[userID].In("harbor").Unread(), "%d, step %d, %s", seed, i, userID)
				require.LessOrEqual(t, want, 30)
			}
		}
		assert.LessOrEqual(t, chat.Kept(a), 30)
	}
}

// In a live room nothing is kept, and of too many messages the lowest are dropped first.
func TestLiveRoomsDrop(t *testing.T) {
	t.Parallel()
	a := inHarbor(t, chat.Config{})
	now := time.Now()
	random := 0
	send := func(priority string) bool {
		random++
		answer := sayIn(t, a, now, fmt.Sprintf(`{"GroupId":"live","Random":%d,"MsgPriority":%q,"MsgBody":%s}`, random, priority, text("x")))
		assert.EqualValues(t, random, answer.MsgSeq)
		return answer.MsgDropReason == ""
	}
	for range 40 {
		require.True(t, send("Normal"))
	}
	assert.False(t, send("Low"))
	assert.False(t, send("Normal"))
	assert.True(t, send("High"))
	now = now.Add(time.Second)
	assert.True(t, send("Low"))
	assert.Equal(t, restapi.CodeGroupPermissionDenied, do(t, a, "group_open_http_svc/group_msg_get_simple", `{"GroupId":"live","ReqMsgNumber":1}`))
	assert.Zero(t, chat.Kept(a))
}

// A broadcast goes to each live room, once.
func TestBroadcast(t *testing.T) {
	t.Parallel()
	a := inHarbor(t, chat.Config{})
	for range 2 {
		require.Zero(t, do(t, a, "group_open_http_svc/send_broadcast_msg", `{"Random":7,"MsgBody":`+text("lights out")+`}`))
	}
	for _, room := range []string{"live", "live2"} {
		answer := sayIn(t, a, time.Now(), `{"GroupId":"`+room+`","Random":1,"MsgBody":`+text("x")+`}`)
		assert.EqualValues(t, 2, answer.MsgSeq)
	}
	answer := sayIn(t, a, time.Now(), `{"GroupId":"harbor","Random":1,"MsgBody":`+text("x")+`}`)
	assert.EqualValues(t, 1, answer.MsgSeq)
}

// Who is muted cannot send, nor can members when all are muted; the owner can.
func TestMutesInGroups(t *testing.T) {
	t.Parallel()
	a := inHarbor(t, chat.Config{})
	send := func(userID string) restapi.Code {
		return do(t, a, "group_open_http_svc/send_group_msg",
			fmt.Sprintf(`{"GroupId":"harbor","From_Account":%q,"Random":%d,"MsgBody":%s}`, userID, rand.Uint32(), text("x")))
	}
	ozan := signedIn(t, a, "ozan", callback.PlatformIOS)
	require.Zero(t, do(t, a, "group_open_http_svc/forbid_send_msg", `{"GroupId":"harbor","Members_Account":["ozan"],"MuteTime":60}`))
	assert.Equal(t, restapi.CodeGroupSenderMuted, send("ozan"))
	_, err := ozan.In("harbor").Send(message.Text("x"), chat.SendOptions{})
	assert.Equal(t, restapi.CodeGroupSenderMuted, codeOf(err))
	assert.Zero(t, send("priya"))
	require.Zero(t, do(t, a, "group_open_http_svc/modify_group_base_info", `{"GroupId":"harbor","MuteAllMember":"On"}`))
	assert.Equal(t, restapi.CodeGroupSenderMuted, send("priya"))
	assert.Zero(t, send("mira"))
	assert.Zero(t, send(admin.UserID), "who is not a member is not muted")
}

// Messages, what members have read and what became of them survive a snapshot; of a deleted account nothing stays.
func TestGroupMessagesInSnapshots(t *testing.T) {
	t.Parallel()
	a := inHarbor(t, chat.Config{})
	mira, ozan, priya := signedIn(t, a, "mira", callback.PlatformIOS), signedIn(t, a, "ozan", callback.PlatformIOS), signedIn(t, a, "priya", callback.PlatformIOS)
	asked, err := ozan.In("harbor").Send(message.Text("one"), chat.SendOptions{NeedReceipt: true, Extendable: true, CloudCustomData: "c"})
	require.NoError(t, err)
	require.NoError(t, priya.In("harbor").Receipt([]chat.Message{asked}))
	require.NoError(t, priya.In("harbor").SetExtensions(asked, []message.Extension{{Key: "k", Value: "v"}}))
	two, err := mira.In("harbor").Send(message.Text("two"), chat.SendOptions{})
	require.NoError(t, err)
	require.NoError(t, mira.In("harbor").Recall([]chat.Message{two}))
	for i, more := range []string{
		`"To_Account":["ozan"],"MsgPriority":"High"`, `"SendMsgControl":["NoUnread"]`, `"OnlineOnlyFlag":1`,
		`"GroupAtInfo":[{"GroupAtAllFlag":0,"GroupAt_Account":"ozan"}]`, `"SendMsgControl":["NoLastMsg"]`, `"OnlineOnlyFlag":1`,
	} {
		sayIn(t, a, time.Now(), fmt.Sprintf(`{"GroupId":"harbor","From_Account":"mira","Random":%d,"MsgBody":%s,%s}`, i, text("x"), more))
	}
	require.Zero(t, do(t, a, "group_open_http_svc/pin_message", `{"GroupId":"harbor","MsgSeq":6,"Pinner_Account":"ozan"}`))
	require.Zero(t, do(t, a, "group_open_http_svc/clear_group_msg", `{"GroupId":"harbor","MsgSeq":1}`))
	require.NoError(t, priya.In("harbor").Delete())
	before := snapshot(t, a)
	unread := ozan.In("harbor").Unread()
	require.NoError(t, a.Restore(strings.NewReader(before)))
	assert.Equal(t, before, snapshot(t, a))
	ozan, priya = signedIn(t, a, "ozan", callback.PlatformIOS), signedIn(t, a, "priya", callback.PlatformIOS)
	assert.Equal(t, unread, ozan.In("harbor").Unread())
	assert.Empty(t, priya.In("harbor").Messages())
	assert.Empty(t, priya.Conversations())
	answer := sayIn(t, a, time.Now(), `{"GroupId":"harbor","Random":100,"MsgBody":`+text("x")+`}`)
	assert.EqualValues(t, 9, answer.MsgSeq)
	assert.Len(t, priya.Conversations(), 1)
	for _, userID := range []string{"priya", "ozan", "mira"} {
		require.Contains(t, snapshot(t, a), `"`+userID+`"`)
		require.Zero(t, do(t, a, "im_open_login_svc/account_delete", `{"DeleteItem":[{"UserID":"`+userID+`"}]}`))
		assert.NotContains(t, snapshot(t, a), `"`+userID+`"`)
	}
}

func TestGroupMessagesThatCannotBeRestored(t *testing.T) {
	t.Parallel()
	const msg = "\n" + `{"kind":"groupmessage","GroupId":"harbor","From_Account":"mira","MsgTimeStamp":3,"MsgBody":[{"MsgType":"x"}],`
	for want, lines := range map[string]string{
		"GroupId is not a group":             strings.Replace(msg, "harbor", "x", 1) + `"MsgSeq":1}`,
		"TopicId is not a topic":             msg + `"MsgSeq":1,"TopicId":"x"}`,
		"From_Account is not a user":         strings.Replace(msg, "mira", "x", 1) + `"MsgSeq":1}`,
		"MsgBody is not a list":              strings.Replace(msg, `[{"MsgType":"x"}]`, "7", 1) + `"MsgSeq":1}`,
		"MsgSeq is not above that":           msg + `"MsgSeq":1}` + msg + `"MsgSeq":1}`,
		"a million above it":                 msg + `"MsgSeq":1}` + msg + `"MsgSeq":1000002}`,
		"StoreTime is before that":           msg + `"MsgSeq":1,"StoreTime":7}` + msg + `"MsgSeq":2,"StoreTime":6}`,
		"MsgPriority is not High":            msg + `"MsgSeq":1,"MsgPriority":"x"}`,
		"ExtensionList is not":               msg + `"MsgSeq":1,"ExtensionList":[{"Key":"k","Seq":7}]}`,
		"MsgSeq is below that":               msg + `"MsgSeq":2}` + "\n" + `{"kind":"grouplog","GroupId":"harbor","MsgSeq":1}`,
		"PinnedMsgList has over 10":          "\n" + `{"kind":"grouplog","GroupId":"harbor","MsgSeq":1,"PinnedMsgList":[` + strings.Repeat(`{},`, 10) + `{}]}`,
		"PinnedMsgList has a message":        "\n" + `{"kind":"grouplog","GroupId":"harbor","MsgSeq":1,"PinnedMsgList":[{"MsgSeq":1}]}`,
		"DeletedBy has one who is not":       "\n" + `{"kind":"grouplog","GroupId":"harbor","MsgSeq":1,"DeletedBy":{"x":1}}`,
		"grouplog: GroupId is not a group o": "\n" + `{"kind":"grouplog","GroupId":"x","MsgSeq":1}`,
	} {
		a := newApp(t, nil)
		require.ErrorContains(t, a.Restore(strings.NewReader(docked+lines)), want)
	}
}

// Many send at once, each asked about by a handler that calls REST itself: nobody waits for the other.
func TestManySendWhileTheBackendCallsREST(t *testing.T) {
	t.Parallel()
	a := crowdOf(t, 200)
	a.SetPost(answersOverREST(t, a))
	var wg sync.WaitGroup
	var mu sync.Mutex
	var seqs []uint32
	for i := range 200 {
		wg.Go(func() {
			answer := sayIn(t, a, time.Now(), fmt.Sprintf(`{"GroupId":"crowd","From_Account":"u%d","Random":%d,"MsgBody":%s}`, i, i, text("x")))
			mu.Lock()
			defer mu.Unlock()
			seqs = append(seqs, answer.MsgSeq)
		})
	}
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("they wait for each other")
	}
	slices.Sort(seqs)
	for i, seq := range seqs {
		assert.EqualValues(t, i+1, seq)
	}
}

// p99 of 200 who send at once, each asked about by a handler that calls REST itself.
func BenchmarkManySendWhileTheBackendCallsREST(b *testing.B) {
	a := crowdOf(b, 200)
	a.SetPost(answersOverREST(b, a))
	row, _ := a.Row("v4/group_open_http_svc/send_group_msg")
	var took []time.Duration
	for round := 0; b.Loop(); round++ {
		each := make([]time.Duration, 200)
		var wg sync.WaitGroup
		for i := range each {
			body := fmt.Sprintf(`{"GroupId":"crowd","From_Account":"u%d","Random":%d,"MsgBody":%s}`, i, round, text("x"))
			wg.Go(func() {
				start := time.Now()
				reply, err := a.Do(context.Background(), row, request(a, body))
				each[i] = time.Since(start)
				reply.Release()
				if err != nil {
					b.Error(err)
				}
			})
		}
		wg.Wait()
		took = append(took, each...)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
