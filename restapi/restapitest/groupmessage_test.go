package restapitest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// harbor makes a group of mira with these members.
func harbor(tb testing.TB, srv *restapitest.Server, members ...string) *group.Client {
	tb.Helper()
	srv.AddAccount("mira")
	srv.AddAccount(members...)
	groups := group.NewClient(srv.Client(restapi.WithLimiter(nil)))
	g := group.Group{GroupID: "harbor", Type: group.Public, Name: "Harbor watch", OwnerAccount: "mira"}
	for _, userID := range members {
		g.MemberList = append(g.MemberList, group.NewMember{MemberAccount: userID})
	}
	_, err := groups.Create(tb.Context(), g)
	require.NoError(tb, err)
	return groups
}

// from is a message of a user.
func from(userID, text string) message.Message {
	return message.Message{FromAccount: userID, MsgBody: message.Text(text)}
}

// history is what the service has of a group, the newest first: a text, ~ for a stream, - for what was taken back, and
// . for a gap.
func history(tb testing.TB, groups *group.Client, chatID string, opts ...group.MessagesOption) string {
	tb.Helper()
	var texts []string
	for m, err := range groups.Messages(tb.Context(), chatID, opts...) {
		require.NoError(tb, err)
		switch text := m.MsgBody.Text(); {
		case m.IsPlaceMsg == group.PlaceGap:
			texts = append(texts, ".")
		case len(m.MsgBody) > 0 && m.MsgBody[0].MsgType() == "TIMStreamElem":
			texts = append(texts, "~")
		case m.IsPlaceMsg == group.PlaceRecalled:
			texts = append(texts, "-"+text)
		default:
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, " ")
}

// What the client of groups sends the server understands, and the other way round.
func TestTheClientOfGroupMessages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		groups, ctx := harbor(t, srv, "ozan", "priya"), t.Context()
		m := from("mira", "hi @All")
		m.NeedReadReceipt, m.SupportMessageExtension = true, true
		sent, err := groups.Send(ctx, "harbor", m, group.WithAt(group.AtAll()), group.WithPriority(group.High))
		require.NoError(t, err)
		assert.EqualValues(t, 1, sent.MsgSeq)
		assert.True(t, time.Now().Equal(sent.MsgTime))
		m.MsgRandom = sent.MsgRandom
		again, err := groups.Send(ctx, "harbor", m)
		require.NoError(t, err)
		assert.Equal(t, sent, again, "a repeat")
		time.Sleep(5 * time.Minute)
		again, err = groups.Send(ctx, "harbor", m)
		require.NoError(t, err)
		assert.EqualValues(t, 2, again.MsgSeq, "five minutes later it is another message")

		require.NoError(t, groups.MarkRead(ctx, "harbor", "ozan", []uint32{1, 2, 1}))
		receipts, err := groups.Receipts(ctx, "harbor", []uint32{1, 7})
		require.NoError(t, err)
		assert.Equal(t, group.Receipt{MsgSeq: 1, ReadNum: 1, UnreadNum: 1}, receipts[0])
		require.ErrorIs(t, receipts[1].Err(), restapi.CodeGroupReceiptNotFound)
		read, err := groups.Readers(ctx, "harbor", 1)
		require.NoError(t, err)
		assert.Equal(t, []string{"ozan"}, read)
		unread, err := groups.NonReaders(ctx, "harbor", 1)
		require.NoError(t, err)
		assert.Equal(t, []string{"priya"}, unread)

		set, err := groups.SetExtensions(ctx, "harbor", 1, []message.Extension{{Key: "a", Value: "1"}, {Key: "b", Value: "2"}})
		require.NoError(t, restapi.Join(set, err))
		gone, err := groups.DeleteExtensions(ctx, "harbor", 1, []string{"a"})
		require.NoError(t, restapi.Join(gone, err))
		for pair, err := range groups.Extensions(ctx, "harbor", 1) {
			require.NoError(t, err)
			assert.Equal(t, message.Extension{Key: "b", Value: "2", Seq: 2}, pair)
		}
		require.NoError(t, groups.ClearExtensions(ctx, "harbor", 1))

		stream := &message.StreamElem{}
		stream.Next("good ", false)
		begun := message.Message{FromAccount: "ozan", MsgBody: message.Body{stream}}
		first, err := groups.SendStream(ctx, "harbor", begun)
		require.NoError(t, err)
		assert.EqualValues(t, 3, first.MsgSeq)
		stream.StreamMsgID = first.StreamMsgID
		stream.Next("evening", true)
		_, err = groups.SendStream(ctx, "harbor", begun)
		require.NoError(t, err)
		_, err = groups.SendStream(ctx, "harbor", begun)
		require.ErrorIs(t, err, restapi.CodeGroupInvalidParameter, "it was the last")

		require.NoError(t, groups.ModifyMessage(ctx, "harbor", 2, message.Change{MsgBody: message.Text("two")}))
		_, err = groups.Send(ctx, "harbor", from("priya", "four"))
		require.NoError(t, err)
		recalled, err := groups.Recall(ctx, "harbor", []uint32{4, 9}, group.WithRecallReason("typo"))
		require.NoError(t, err)
		require.NoError(t, recalled[0].Err())
		require.ErrorIs(t, recalled[1].Err(), restapi.CodeGroupMessageNotFound)
		assert.Equal(t, "- ~ two hi @All", history(t, groups, "harbor"))
		assert.Equal(t, "-four ~ two hi @All", history(t, groups, "harbor", group.WithRecalledMsg()))
		assert.Equal(t, "two hi @All", history(t, groups, "harbor", group.FromSeq(2)))

		require.NoError(t, groups.Pin(ctx, "harbor", 1, "mira"))
		require.NoError(t, groups.Pin(ctx, "harbor", 2, ""))
		require.NoError(t, groups.Pin(ctx, "harbor", 1, "ozan"))
		pinned, err := groups.Pinned(ctx, "harbor")
		require.NoError(t, err)
		assert.Equal(t, []group.PinnedMessage{
			{MsgSeq: 1, PinnerAccount: "ozan"}, {MsgSeq: 2, PinnerAccount: srv.Admin()},
		}, pinned)
		require.NoError(t, groups.Unpin(ctx, "harbor", 2, "mira"))

		require.NoError(t, groups.DeleteBySender(ctx, "harbor", "mira"))
		assert.Equal(t, "- ~ . .", history(t, groups, "harbor"), "the messages are gaps")
		pinned, err = groups.Pinned(ctx, "harbor")
		require.NoError(t, err)
		assert.Empty(t, pinned)
		require.NoError(t, groups.ClearHistory(ctx, "harbor"))
		require.NoError(t, groups.Notify(ctx, "harbor", "lamp oil is out"))
	})
}

// What the backend says of a message is obeyed, whoever sends it; and it is told of those that are refused.
func TestTheBackendDecidesOfGroupMessages(t *testing.T) {
	t.Parallel()
	srv, h := asker(t)
	asked := 0
	callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		asked++
		assert.Equal(t, group.Public, e.Type)
		switch e.MsgBody.Text() {
		case "bad":
			return e.Reject("no"), nil
		case "odd":
			return e.RejectCode(10150, "too odd"), nil
		case "rude":
			return e.Rewrite(words("***")).WithCloudCustomData("changed"), nil
		case "spam":
			return e.Drop(), nil
		case "broken":
			return e.Allow(), errors.New("storage is down")
		}
		return e.Allow(), nil
	})
	groups := harbor(t, srv, "ozan")
	ozan, mira := srv.User("ozan"), srv.User("mira")
	for text, want := range map[string]restapi.Code{"bad": restapi.CodeGroupRejectedByWebhook, "odd": 10150} {
		_, err := ozan.In("harbor").Send(words(text))
		require.ErrorIs(t, err, want)
		require.ErrorIs(t, second(groups.Send(t.Context(), "harbor", from("ozan", text))), want)
	}
	m, err := ozan.In("harbor").Send(words("rude"), restapitest.CloudCustomData("mine"))
	require.NoError(t, err)
	assert.Equal(t, "***", m.Body.Text())
	assert.Equal(t, "changed", m.CloudCustomData)
	assert.Equal(t, m, next(t, mira).Message)
	for _, text := range []string{"spam", "broken"} {
		require.NoError(t, second(groups.Send(t.Context(), "harbor", from("ozan", text))))
	}
	m, err = ozan.In("harbor").Send(words("spam"))
	require.NoError(t, err, "the sender is told that it was sent")
	assert.Equal(t, "spam", m.Body.Text())
	srv.SetSettings(restapitest.Settings{ForbidWords: []string{"casino"}})
	n := asked
	require.ErrorIs(t, second(groups.Send(t.Context(), "harbor", from("ozan", "casino"))), restapi.CodeSensitiveText)
	require.ErrorIs(t, second(groups.Send(t.Context(), "nowhere", from("ozan", "hi"))), restapi.CodeGroupNotFound)
	unasked := from("ozan", "bad")
	unasked.ForbidCallbackControl = []message.ForbidCallback{message.ForbidBeforeSendMsgCallback, message.ForbidAfterSendMsgCallback}
	require.NoError(t, second(groups.Send(t.Context(), "harbor", unasked)))
	assert.Equal(t, n, asked, "what is refused anyway is not asked about")
	assert.Equal(t, "bad . broken . ***", history(t, groups, "harbor"))

	var after, refused []string
	srv.Wait()
	for _, d := range srv.Deliveries() {
		switch d.Command {
		case "Group.CallbackAfterSendMsg":
			var e callback.GroupAfterSendMsg
			require.NoError(t, json.Unmarshal(d.Body, &e))
			after = append(after, fmt.Sprint(e.MsgSeq, e.MsgBody.Text(), e.CloudCustomData))
		case "Group.CallbackSendMsgException":
			var e callback.GroupSendMsgException
			require.NoError(t, json.Unmarshal(d.Body, &e))
			refused = append(refused, fmt.Sprint(e.ErrorCode, " ", e.GroupID, " ", e.Type, " ", e.MsgBody.Text()))
		}
	}
	assert.Equal(t, []string{"1***changed", "3broken"}, after)
	assert.ElementsMatch(t, []string{
		"10016 harbor Public bad", "10016 harbor Public bad", "10150 harbor Public odd", "10150 harbor Public odd",
		"80001 harbor Public casino", "10010 nowhere  hi",
	}, refused)
}

// The backend can dissolve a group while it is asked about a message to it.
func TestAGroupIsGoneMeanwhile(t *testing.T) {
	t.Parallel()
	srv, h := asker(t)
	var groups *group.Client
	callback.Answer(h, func(ctx context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		return e.Allow(), groups.Destroy(ctx, e.GroupID)
	})
	groups = harbor(t, srv, "ozan")
	require.ErrorIs(t, second(groups.Send(t.Context(), "harbor", from("ozan", "hi"))), restapi.CodeGroupNotFound)
}

func TestDevicesChatInGroups(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		groups := harbor(t, srv, "ozan", "priya")
		mira, ozan, priya := srv.User("mira"), srv.User("ozan"), srv.User("priya")
		pad := srv.User("ozan", restapitest.OnPlatform(callback.PlatformIPad))
		eve := srv.User("eve")
		c := ozan.In("harbor")
		one, err := c.Send(words("hi @priya"), restapitest.Mention("priya"), restapitest.NeedReceipt(), restapitest.Extendable())
		require.NoError(t, err)
		assert.Equal(t, []group.AtInfo{group.At("priya")}, one.Mentions)
		assert.Equal(t, "harbor", one.To)
		got := next(t, priya)
		assert.Equal(t, restapitest.NoticeMessage, got.Kind)
		assert.Equal(t, "harbor", got.Chat)
		assert.Equal(t, one, got.Message)
		assert.Equal(t, one, next(t, pad).Message, "the sender's other device has it")
		assert.Empty(t, ozan.Inbox())
		assert.Equal(t, one, next(t, mira).Message)
		assert.Empty(t, eve.Inbox())

		require.NoError(t, second(groups.Send(t.Context(), "harbor", from("mira", "to ozan"), group.WithReceivers("ozan"))))
		quiet := from("mira", "quiet")
		quiet.SendMsgControl = []message.SendControl{message.NoUnread}
		require.NoError(t, second(groups.Send(t.Context(), "harbor", quiet)))
		now := from("mira", "now")
		now.OnlineOnlyFlag = true
		require.NoError(t, second(groups.Send(t.Context(), "harbor", now)))
		two, err := mira.In("harbor").Send(words("last"))
		require.NoError(t, err)
		assert.EqualValues(t, 5, two.MsgSeq)
		assert.Equal(t, []int{2, 1, 1}, []int{priya.Unread(), ozan.In("harbor").Unread(), mira.Unread()})
		assert.Len(t, priya.In("harbor").Messages(), 3)
		assert.Len(t, c.Messages(), 4)
		assert.Equal(t, "last . quiet to ozan hi @priya", history(t, groups, "harbor"))
		assert.Equal(t, []restapitest.Conversation{
			{ID: conversation.Group("harbor"), Time: two.Time, Unread: 2},
		}, priya.Conversations())
		require.NoError(t, priya.In("harbor").MarkRead())
		assert.Zero(t, priya.Unread())

		require.NoError(t, priya.In("harbor").Receipt(one, two))
		require.NoError(t, priya.In("harbor").Receipt(one), "again it is none")
		require.NoError(t, c.SetExtensions(one, map[string]string{"b": "2", "a": "1"}))
		require.NoError(t, priya.In("harbor").DeleteExtensions(one, "b"))
		require.NoError(t, c.Edit(one, words("hello")))
		first := c.Messages()[0]
		assert.Equal(t, "hello", first.Body.Text())
		assert.Equal(t, []message.Extension{{Key: "a", Value: "1", Seq: 1}}, first.Extensions)
		require.NoError(t, c.DeleteExtensions(one))

		require.ErrorIs(t, c.Recall(two), restapi.CodeGroupPermissionDenied, "it is another's")
		time.Sleep(3 * time.Minute)
		require.ErrorIs(t, c.Recall(one), restapi.CodeGroupRecallTooLate)
		require.NoError(t, mira.In("harbor").Recall(one, two), "the owner may")
		require.ErrorIs(t, mira.In("harbor").Recall(one), restapi.CodeGroupMessageNotFound)
		assert.True(t, c.Messages()[0].Recalled)
		require.ErrorIs(t, c.Edit(one, words("x")), restapi.CodeGroupMessageNotFound)

		require.NoError(t, c.Delete())
		assert.Empty(t, c.Messages())
		assert.Empty(t, ozan.Conversations())
		require.NoError(t, second(mira.In("harbor").Send(words("new"), restapitest.MentionAll())))
		assert.Equal(t, 1, ozan.Conversations()[0].Unread)
		require.NoError(t, groups.ClearHistory(t.Context(), "harbor", group.UpTo(3)))
		assert.Len(t, priya.In("harbor").Messages(), 2)
		require.NoError(t, ozan.MarkAllRead())
		assert.Zero(t, ozan.Unread())

		require.NoError(t, groups.Notify(t.Context(), "harbor", "vats closed"))
		require.NoError(t, groups.NotifyMembers(t.Context(), "harbor", []string{"ozan"}, "your shift moved"))
		inbox := ozan.Inbox()
		last := inbox[len(inbox)-2:]
		assert.Equal(t, []string{"vats closed", "your shift moved"}, []string{last[0].Text, last[1].Text})
		assert.Equal(t, restapitest.NoticeSystem, last[0].Kind)
		inbox = priya.Inbox()
		assert.Equal(t, "vats closed", inbox[len(inbox)-1].Text)

		for name, err := range map[string]error{
			"send": second(eve.In("harbor").Send(words("x"))), "read": eve.In("harbor").MarkRead(),
			"edit": eve.In("harbor").Edit(one, words("x")), "delete": eve.In("harbor").Delete(),
		} {
			require.ErrorIs(t, err, restapi.CodeGroupPermissionDenied, name)
		}
		require.ErrorIs(t, second(ozan.In("nowhere").Send(words("x"))), restapi.CodeGroupNotFound)
		assert.Empty(t, eve.In("harbor").Messages())
		assert.Zero(t, eve.In("nowhere").Unread())
		require.NoError(t, ozan.SignOut())
		require.ErrorIs(t, c.MarkRead(), restapitest.ErrSignedOut)
	})
}

// A group takes 40 messages a second.
func TestGroupRate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener(), restapitest.WithRate(-1))
		groups := harbor(t, srv, "ozan")
		send := func() error { return second(groups.Send(t.Context(), "harbor", from("ozan", "hi"))) }
		for range 40 {
			require.NoError(t, send())
		}
		require.ErrorIs(t, send(), restapi.CodeGroupMessageRateLimited)
		time.Sleep(time.Second)
		require.NoError(t, send())
		few := newServer(t, fine(), restapitest.WithoutListener(), restapitest.WithGroupRate(1))
		groups = harbor(t, few, "ozan")
		require.NoError(t, send())
		require.ErrorIs(t, send(), restapi.CodeGroupMessageRateLimited)
	})
}

// A counter counts calls.
type counter struct {
	restapi.Caller
	n int
}

func (c *counter) Call(ctx context.Context, cmd restapi.Command, req, resp any) error {
	c.n++
	return c.Caller.Call(ctx, cmd, req, resp)
}

// A long history is read page by page, each once.
func TestALongGroupHistory(t *testing.T) {
	t.Parallel()
	n := 10_000
	if testing.Short() {
		n /= 10
	}
	srv := newServer(t, restapitest.WithoutListener(), restapitest.WithRate(-1), restapitest.WithGroupRate(-1))
	groups := harbor(t, srv, "ozan")
	for range n {
		require.NoError(t, second(groups.Send(t.Context(), "harbor", from("ozan", "x"))))
	}
	counted, left := &counter{Caller: srv.Client(restapi.WithLimiter(nil))}, uint32(n)
	start := time.Now()
	for m, err := range group.NewClient(counted).Messages(t.Context(), "harbor") {
		require.NoError(t, err)
		require.Equal(t, left, m.MsgSeq)
		left--
	}
	assert.Zero(t, left)
	assert.Equal(t, n/group.MaxMessages, counted.n)
	t.Logf("%d messages in %v", n, time.Since(start))
}

// A push tells of a message to a group, unless it is its sender's own.
func TestGroupMessagesArePushed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		groups := harbor(t, srv, "ozan")
		ozan := srv.User("ozan", restapitest.WithPushToken(callback.PushPlatformFCM))
		require.NoError(t, ozan.Background(true))
		require.NoError(t, second(groups.Send(t.Context(), "harbor", from("mira", "ship in sight"))))
		inbox := ozan.Inbox()
		require.Len(t, inbox, 2)
		assert.Equal(t, restapitest.NoticePush, inbox[1].Kind)
		assert.Equal(t, "ship in sight", inbox[1].Push.Desc)
		require.NoError(t, ozan.ClickPush(inbox[1].Push))
		srv.Wait()
		var events []callback.OfflinePushResult
		for _, d := range srv.Deliveries() {
			if d.Command == "Push.OfflinePush" {
				var e callback.PushOfflinePush
				require.NoError(t, json.Unmarshal(d.Body, &e))
				events = append(events, e.Events...)
			}
		}
		require.Len(t, events, 3)
		for _, e := range events {
			assert.Equal(t, callback.OfflinePushTypeGroup, e.EventType)
			assert.Equal(t, "harbor", e.GroupID)
			assert.Empty(t, e.MsgKey)
		}
	})
}
