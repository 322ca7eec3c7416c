package restapitest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/official"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

const news = "@TOA#_news"

func second[T any](_ T, err error) error { return err }

// publishing is an account of ann's with ben as a subscriber and two messages, and a bot.
const publishing = `{"format":"tencentchat-local","version":1}
{"kind":"user","UserID":"ana"}
{"kind":"user","UserID":"ben"}
{"kind":"user","UserID":"cleo"}
{"kind":"user","UserID":"@RBT#001"}
{"kind":"official","OfficialAccountUserID":"@TOA#_news","Owner_Account":"ana","Name":"n"}
{"kind":"subscriber","Official_Account":"@TOA#_news","Subscriber_Account":"ben","SubscribeTime":1700000000}
{"kind":"officialmessage","Official_Account":"@TOA#_news","MsgSeq":72,"MsgTimeStamp":9900000000,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}
{"kind":"bot","UserID":"@RBT#001"}
`

// Every request of the documentation is answered with success, and with what is documented: which of them has the ID of
// an official account is open.
func TestDocumentedOfficialCalls(t *testing.T) {
	t.Parallel()
	docs, err := spec.Commands()
	require.NoError(t, err)
	var book shape.Book
	seen := 0
	for _, doc := range docs {
		service, name, _ := strings.Cut(doc.Name(), "/")
		switch service {
		case "official_account_open_http_svc", "openim_robot_http_svc", "im_msg_db_logic":
		default:
			continue
		}
		for _, example := range doc.RequestExamples {
			seed := strings.ReplaceAll(publishing, "@RBT#001", "@RBT#my_bot")
			if name != "send_stream_msg" {
				seed = publishing
			}
			if name == "create_official_account" {
				seed = strings.ReplaceAll(publishing, news, "@TOA#_shop")
			}
			srv := newServer(t)
			require.NoError(t, srv.Restore(strings.NewReader(seed)))
			body := strings.Replace(string(example), "TGSOTk=", "1", 1) // a cursor is the service's own
			if strings.Contains(body, "606781340_3986845397_1700000000") {
				continue // of a message before it
			}
			got := post(t, srv, restapi.Command{Service: service, Name: name}, body)
			assert.Zero(t, got.ErrorCode, "%s: %s", doc.Path, got.body)
			shapes, err := book.Command(doc.Path)
			require.NoError(t, err)
			for _, fault := range shapes.Answer.Check(got.body) {
				assert.True(t, fault.Kind == shape.Unknown && strings.HasSuffix(fault.Path, "].Official_Account"), "%s: %s", doc.Path, fault)
			}
			seen++
		}
	}
	assert.Equal(t, 25, seen)
}

// A press is a backend that is asked about official accounts. It keeps eve out.
type press struct{ answer string }

func (p *press) handler(tb testing.TB) *callback.Handler {
	tb.Helper()
	h, err := callback.NewHandler(1400000001, callback.WithToken(token))
	require.NoError(tb, err)
	callback.Answer(h, func(
		_ context.Context, e *callback.OfficialAccountBeforeCreateOfficialAccount,
	) (callback.OfficialAccountBeforeCreateOfficialAccountAnswer, error) {
		switch e.Name {
		case "casino":
			return e.Reject("no"), nil
		case "lottery":
			return e.RejectCode(120001, "no"), nil
		}
		return e.Allow(), nil
	})
	callback.Answer(h, func(
		_ context.Context, e *callback.OfficialAccountBeforeAddSubscriber,
	) (callback.OfficialAccountBeforeAddSubscriberAnswer, error) {
		if p.answer == "closed" {
			return e.Reject("closed"), nil
		}
		return e.RejectUsers("eve"), nil
	})
	callback.Answer(h, func(
		_ context.Context, e *callback.OfficialAccountBeforeSendMsg,
	) (callback.OfficialAccountBeforeSendMsgAnswer, error) {
		switch e.MsgBody.Text() {
		case "reject":
			return e.Reject("no"), nil
		case "drop":
			return e.Drop(), nil
		case "rewrite":
			return e.Rewrite(words("rewritten")).WithCloudCustomData("new"), nil
		}
		return e.Allow(), nil
	})
	return h
}

// An official account from its beginning to its end: client, devices and webhooks.
func TestAnOfficialAccount(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		backend := &press{}
		srv := newServer(t, restapitest.WithCallbackHandler(backend.handler(t), token), restapitest.WithoutListener())
		ann, bob, eve := srv.User("ann"), srv.User("bob"), srv.User("eve")
		srv.AddAccount("cat")
		c, ctx := official.NewClient(srv.Client()), t.Context()
		for name, code := range map[string]restapi.Code{"casino": restapi.CodeMessageRejectedByWebhook, "lottery": 120001} {
			_, err := c.Create(ctx, official.Account{OwnerAccount: "ann", Name: name})
			require.ErrorIs(t, err, code)
		}
		id, err := c.Create(ctx, official.Account{OwnerAccount: "ann", Name: "News", MaxSubscriberNum: 3})
		require.NoError(t, err)
		_, err = c.Create(ctx, official.Account{OwnerAccount: "ann", Name: "News", OfficialAccountUserID: id})
		require.ErrorIs(t, err, restapi.CodeOfficialAccountIDTaken)

		results, err := c.AddSubscribers(ctx, id, []string{"cat", "eve", "nobody"})
		require.NoError(t, err)
		assert.Equal(t, []official.SubscribeResult{1, 0, 0}, []official.SubscribeResult{results[0].Result, results[1].Result, results[2].Result})
		require.ErrorIs(t, eve.Subscribe(id), restapi.CodeOfficialAccountPermissionDenied)
		require.NoError(t, bob.Subscribe(id))
		require.ErrorIs(t, bob.Subscribe(id), restapi.CodeOfficialAccountAlreadySubscribed)
		require.ErrorIs(t, bob.Subscribe("@TOA#_none"), restapi.CodeOfficialAccountNotFound)
		require.ErrorIs(t, bob.Unsubscribe("none"), restapi.CodeOfficialAccountInvalidID)
		require.ErrorIs(t, eve.Unsubscribe(id), restapi.CodeOfficialAccountNotSubscribed)

		sent, err := c.Send(ctx, id, message.Message{MsgBody: words("rewrite"), CloudCustomData: "old"})
		require.NoError(t, err)
		notice := next(t, bob)
		assert.Equal(t, "Message "+id+" rewritten "+sent.MsgKey+" new", fmt.Sprint(
			notice.Kind, " ", notice.From, " ", notice.Text, " ", notice.Message.MsgKey, " ", notice.Message.CloudCustomData))
		recalled, err := c.Recall(ctx, id, []string{sent.MsgKey, "9_1_9"}, official.WithReason("typo"))
		assert.Equal(t, []restapi.Code{0, restapi.CodeGroupMessageNotFound}, codes(t, recalled, err))
		notice = next(t, bob)
		assert.Equal(t, restapitest.NoticeRecalled, notice.Kind)
		assert.Equal(t, sent.MsgKey, notice.Message.MsgKey)
		require.ErrorIs(t, ann.RecallAs(id, notice.Message), restapi.CodeGroupRecallUnsupported)

		require.NoError(t, c.Modify(ctx, id, official.Change{Name: restapi.Some("Later news"), CustomString: restapi.Some("c"), FaceURL: restapi.Some("")}))
		require.NoError(t, c.Modify(ctx, id, official.Change{MaxSubscriberNum: restapi.Some(2)}))
		require.NoError(t, bob.Unsubscribe(id))
		require.NoError(t, c.Destroy(ctx, id))
		require.ErrorIs(t, c.Destroy(ctx, id), restapi.CodeOfficialAccountNotFound)
		_, err = c.Send(ctx, id, hi)
		require.Error(t, err, "a message without From_Account")

		var got []string
		srv.Wait()
		for _, d := range srv.Deliveries() {
			if command, ok := strings.CutPrefix(d.Command, "OfficialAccount.Callback"); ok {
				require.NoError(t, d.Err)
				got = append(got, command)
			}
		}
		assert.Equal(t, []string{
			"BeforeCreateOfficialAccount", "BeforeCreateOfficialAccount", "BeforeCreateOfficialAccount", "AfterCreateOfficialAccount",
			"BeforeAddSubscriber", "AfterAddSubscriber", "BeforeAddSubscriber", "BeforeAddSubscriber", "AfterAddSubscriber",
			"BeforeSendMsg", "AfterSendMsg", "AfterMsgWithDraw", "AfterOfficialAccountInfoChanged", "AfterDeleteSubscriber",
			"AfterOfficialAccountDestroyed",
		}, got)
	})
}

func TestOfficialWebhooksAsTheyAre(t *testing.T) {
	t.Parallel()
	clock := newClock()
	srv := newServer(t, fine(), restapitest.WithClock(clock.Now))
	srv.AddAccount("ann", "bob")
	c, ctx, at := official.NewClient(srv.Client()), t.Context(), clock.Now().UnixMilli()
	_, err := c.Create(ctx, official.Account{OwnerAccount: "ann", OfficialAccountUserID: news, Name: "News", MaxSubscriberNum: 1})
	require.NoError(t, err)
	require.NoError(t, restapi.Join(c.AddSubscribers(ctx, news, []string{"bob"})))
	require.NoError(t, c.Modify(ctx, news, official.Change{Name: restapi.Some("News"), Organization: restapi.Some("press")}))
	sent, err := c.Send(ctx, news, message.Message{
		MsgBody: words("hi"), OnlineOnlyFlag: true, ForbidCallbackControl: []message.ForbidCallback{message.ForbidBeforeSendMsgCallback},
	})
	require.NoError(t, err)
	event := func(command, more string) string {
		return fmt.Sprintf(`{"CallbackCommand":"OfficialAccount.Callback%s",%s,"EventTime":%d}`, command, more, at)
	}
	const who, list = `"Official_Account":"@TOA#_news"`, `"SubscribeAccountList":[{"Subscriber_Account":"bob"}]`
	by := `"Operator_Account":"` + srv.Admin() + `"`
	assert.Equal(t, []string{
		event("BeforeCreateOfficialAccount", by+`,"Owner_Account":"ann","Name":"News"`),
		event("AfterCreateOfficialAccount", who+","+by+`,"Owner_Account":"ann","Name":"News"`),
		event("BeforeAddSubscriber", who+","+by+","+list),
		event("AfterAddSubscriber", who+","+by+","+list),
		event("AfterOfficialAccountFull", who),
		event("AfterOfficialAccountInfoChanged", who+","+by+`,"Organization":"press"`),
		event("AfterSendMsg", fmt.Sprintf(`%s,"MsgKey":%q,"MsgTime":%d,"OnlineOnlyFlag":1,`+
			`"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]`, who, sent.MsgKey, sent.MsgTime.Unix())),
	}, told(t, srv))
}

func TestWhatAnOfficialAccountMaySend(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, restapitest.WithCallbackHandler((&press{}).handler(t), token), restapitest.WithoutListener())
		require.NoError(t, srv.Restore(strings.NewReader(publishing)))
		ana, ben := srv.User("ana"), srv.User("ben")
		c, ctx := official.NewClient(srv.Client()), t.Context()
		send := func(s string) (message.Sent, error) { return c.Send(ctx, news, message.Message{MsgBody: words(s)}) }
		_, err := send("reject")
		require.ErrorIs(t, err, restapi.CodeGroupRejectedByWebhook)
		_, err = send("drop")
		require.NoError(t, err, "who sends is told that it was sent")
		first, err := send("one")
		require.NoError(t, err)
		assert.Equal(t, fmt.Sprintf("73_1_%d", time.Now().Unix()), first.MsgKey)
		require.ErrorIs(t, second(send("two")), restapi.CodeGroupMessageRateLimited, "in one second")
		again, err := send("one")
		require.NoError(t, err)
		assert.Equal(t, first.MsgKey, again.MsgKey, "a repeat")
		time.Sleep(time.Second)
		m, err := ana.PublishAs(news, words("two"))
		require.NoError(t, err)
		_, err = ben.PublishAs(news, words("mine"))
		require.ErrorIs(t, err, restapi.CodeGroupPermissionDenied)
		require.ErrorIs(t, ben.RecallAs(news, m), restapi.CodeGroupPermissionDenied)
		time.Sleep(6 * time.Minute)
		require.ErrorIs(t, second(send("one")), restapi.CodeGroupMessageRateLimited, "the third in an hour, and no repeat any more")
		require.NoError(t, ana.RecallAs(news, m))
		time.Sleep(time.Hour)
		_, err = send("one")
		require.NoError(t, err)
		var seen []string
		for _, n := range ben.Inbox() {
			seen = append(seen, fmt.Sprint(n.Kind, " ", n.Text))
		}
		assert.Equal(t, []string{"Message one", "Message two", "Recalled ", "Message one"}, seen)
		require.NoError(t, ben.SignOut())
		_, err = ben.PublishAs(news, words("x"))
		require.ErrorIs(t, err, restapitest.ErrSignedOut)

		srv.SetSettings(restapitest.Settings{ForbidWords: []string{"casino"}})
		require.ErrorIs(t, second(send("casino")), restapi.CodeSensitiveText)
		for name, body := range map[string]string{
			"no body":        `"Random":1`,
			"empty":          `"Random":1,"MsgBody":[]`,
			"unread":         `"Random":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}],"SendMsgControl":["NoUnread"]`,
			"last, and none": `"Random":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}],"SendMsgControl":["NoLastMsg"],"OnlineOnlyFlag":1`,
		} {
			raw := json.RawMessage(`{"Official_Account":"@TOA#_news",` + body + `}`)
			err := srv.Client().Call(ctx, official.CommandSendOfficialAccountMsg, raw, nil)
			require.ErrorIs(t, err, restapi.CodeGroupInvalidParameter, name)
		}
	})
}

func TestListsOfOfficialAccounts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, restapitest.WithoutListener())
		users := many(srv, 450)
		c, ctx := official.NewClient(srv.Client()), t.Context()
		for _, id := range []string{news, "@TOA#_shop"} {
			_, err := c.Create(ctx, official.Account{OwnerAccount: "u0", OfficialAccountUserID: id, Name: id, CustomString: "c"})
			require.NoError(t, err)
			time.Sleep(time.Second)
			for at := 0; at < len(users); at += 90 {
				require.NoError(t, restapi.Join(c.AddSubscribers(ctx, id, users[at:at+90])))
			}
		}
		require.NoError(t, c.ModifySubscriber(ctx, news, "u7", "vip"))
		require.ErrorIs(t, c.ModifySubscriber(ctx, news, "nobody", "vip"), restapi.CodeOfficialAccountNotSubscribed)
		var got []string
		for s, err := range c.Subscribers(ctx, news) {
			require.NoError(t, err)
			assert.Equal(t, message.AcceptAndNotify, s.MsgFlag)
			assert.Equal(t, s.SubscriberAccount == "u7", s.CustomString == "vip")
			got = append(got, s.SubscriberAccount)
		}
		assert.Equal(t, users, got, "three pages")
		page, err := c.SubscriptionPage(ctx, "u7", "", 1)
		require.NoError(t, err)
		assert.Equal(t, 2, page.Total)
		assert.Equal(t, restapi.Cursor("1"), page.Next)
		one := page.Items[0]
		assert.Equal(t, "@TOA#_news @TOA#_news u0 450 vip", fmt.Sprint(
			one.OfficialAccount, " ", one.Name, " ", one.OwnerAccount, " ", one.SubscriberNum, " ", one.SelfInfo.CustomString))
		own, err := conform.Drain(c.Subscriptions(ctx, "u7", official.FieldName, official.FieldSelfSubscribeTime))
		require.NoError(t, err)
		require.Len(t, own, 2)
		assert.Zero(t, own[0].SubscriberNum, "it was not asked for")
		assert.Empty(t, own[0].SelfInfo.CustomString)
		assert.NotZero(t, own[0].SelfInfo.SubscribeTime)
		infos, err := c.GetInfo(ctx, []string{"@TOA#_none", news}, official.FieldCustomString)
		assert.Equal(t, []restapi.Code{restapi.CodeOfficialAccountNotFound, 0}, codes(t, infos, err))
		assert.Equal(t, official.Info{OfficialAccount: news, CustomString: "c"}, infos[1])

		removed, err := c.DeleteSubscribers(ctx, news, []string{"u7", "u7", "nobody"})
		require.NoError(t, err)
		assert.Equal(t, []official.SubscribeResult{1, 1, 0}, []official.SubscribeResult{removed[0].Result, removed[1].Result, removed[2].Result})
		removed, err = c.DeleteSubscribers(ctx, news, []string{"u7"})
		require.NoError(t, err)
		assert.Equal(t, official.SubscribeUnchanged, removed[0].Result)
		deleted, err := account.NewClient(srv.Client()).Delete(ctx, []string{"u8"})
		require.NoError(t, restapi.Join(deleted, err))
		page2, err := c.SubscriberPage(ctx, "@TOA#_shop", "", 0)
		require.NoError(t, err)
		assert.Equal(t, 449, page2.Total)
		require.NoError(t, c.Destroy(ctx, "@TOA#_shop"))
		page, err = c.SubscriptionPage(ctx, "u9", "", 0)
		require.NoError(t, err)
		assert.Equal(t, 1, page.Total)
		deleted, err = account.NewClient(srv.Client()).Delete(ctx, []string{"u0"})
		require.NoError(t, restapi.Join(deleted, err))
		require.ErrorIs(t, c.Destroy(ctx, news), restapi.CodeOfficialAccountNotFound, "it went with its owner")
	})
}

func TestHistoryOfAnOfficialAccount(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, restapitest.WithoutListener())
		srv.AddAccount("ann")
		c, ctx := official.NewClient(srv.Client()), t.Context()
		_, err := c.Create(ctx, official.Account{OwnerAccount: "ann", OfficialAccountUserID: news, Name: "n"})
		require.NoError(t, err)
		page, err := c.MessagePage(ctx, news, "", 0)
		require.NoError(t, err)
		assert.Equal(t, official.MessagePage{}, page)
		var keys []string
		for i := range 50 {
			time.Sleep(time.Hour)
			sent, err := c.Send(ctx, news, message.Message{MsgBody: words(fmt.Sprint(i)), OnlineOnlyFlag: i == 49})
			require.NoError(t, err)
			keys = append(keys, sent.MsgKey)
		}
		require.NoError(t, restapi.Join(c.Recall(ctx, news, keys[:10])))
		count := func(opts ...official.MessagesOption) (n int, places []official.PlaceMsg) {
			for m, err := range c.Messages(ctx, news, opts...) {
				require.NoError(t, err)
				n++
				if m.IsPlaceMsg != 0 {
					assert.Empty(t, m.MsgBody)
					places = append(places, m.IsPlaceMsg)
				} else {
					assert.Equal(t, keys[50-n], m.MsgKey, "the newest first")
				}
			}
			return n, places
		}
		n, places := count()
		assert.Equal(t, "40 [1]", fmt.Sprint(n, " ", places))
		n, places = count(official.WithRecalledMsg())
		assert.Equal(t, "50 [1 2 2 2 2 2 2 2 2 2 2]", fmt.Sprint(n, " ", places))
		page, err = c.MessagePage(ctx, news, restapi.Cursor(keys[20]), 5)
		require.NoError(t, err)
		assert.Equal(t, keys[19], page.Items[0].MsgKey)
		assert.Equal(t, restapi.Cursor(keys[15]), page.Next)
		assert.Equal(t, news, page.Items[0].FromAccount)
		time.Sleep(6 * 24 * time.Hour)
		page, err = c.MessagePage(ctx, news, restapi.Cursor(keys[27]), 0)
		require.NoError(t, err)
		assert.True(t, page.Expired, "those of over 7 days ago have gone")
		assert.Len(t, page.Items, 1)
	})
}

func TestOfficialSettings(t *testing.T) {
	t.Parallel()
	srv := newServer(t, fine())
	require.NoError(t, srv.Restore(strings.NewReader(publishing)))
	c, ctx := official.NewClient(srv.Client()), t.Context()
	srv.SetSettings(restapitest.Settings{MaxSubscribers: 2})
	results, err := c.AddSubscribers(ctx, news, []string{"ben", "ana", "cleo"})
	require.NoError(t, err)
	assert.Equal(t, []official.SubscribeResult{2, 1, 0}, []official.SubscribeResult{results[0].Result, results[1].Result, results[2].Result})
	require.ErrorIs(t, second(c.AddSubscribers(ctx, news, []string{"ben", "cleo"})), restapi.CodeOfficialAccountFull)
	require.ErrorIs(t, srv.User("cleo").Subscribe(news), restapi.CodeOfficialAccountFull)
	assert.Contains(t, told(t, srv)[2], "AfterOfficialAccountFull")

	srv.SetSettings(restapitest.Settings{Off: []restapitest.Feature{restapitest.FeatureOfficialAccount}})
	commands, err := spec.Commands()
	require.NoError(t, err)
	for _, doc := range commands {
		if service, name, _ := strings.Cut(doc.Name(), "/"); service == official.CommandAddSubscriber.Service {
			got := post(t, srv, restapi.Command{Service: service, Name: name}, string(doc.RequestExamples[0]))
			assert.Equal(t, restapi.CodeOfficialAccountNotEnabled, got.ErrorCode, name)
		}
	}
	assert.Panics(t, func() { srv.SetSettings(restapitest.Settings{MaxSubscribers: -1}) })
}

// What the typed client refuses is refused here too.
func TestRefusalsOfOfficialAccounts(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	require.NoError(t, srv.Restore(strings.NewReader(publishing)))
	long := func(n int) string { return strings.Repeat("x", n) }
	const who = `"Official_Account":"@TOA#_news"`
	for name, tc := range map[string]struct {
		command restapi.Command
		body    string
		want    restapi.Code
	}{
		"another ID":      {official.CommandCreateOfficialAccount, `"Owner_Account":"ana","Name":"n","OfficialAccountUserID":"n"`, 130007},
		"a long ID":       {official.CommandCreateOfficialAccount, `"Owner_Account":"ana","Name":"n","OfficialAccountUserID":"@TOA#_` + long(43) + `"`, 130007},
		"no name":         {official.CommandCreateOfficialAccount, `"Owner_Account":"ana","Name":""`, 6017},
		"a long name":     {official.CommandCreateOfficialAccount, `"Owner_Account":"ana","Name":"` + long(151) + `"`, 6017},
		"no owner":        {official.CommandCreateOfficialAccount, `"Owner_Account":"eve","Name":"n"`, 6017},
		"to a long text":  {official.CommandModifyOfficialAccountBaseInfo, who + `,"Introduction":"` + long(401) + `"`, 6017},
		"info of many":    {official.CommandGetOfficialAccountInfo, `"OfficialAccountIdList":[` + strings.Repeat(`{`+who+`},`, 50) + `{` + who + `}]`, 6017},
		"add none":        {official.CommandAddSubscriber, who + `,"SubscriberList":[]`, 6017},
		"pages of 201":    {official.CommandGetSubscriberInfo, who + `,"Next":"","Limit":201`, 6017},
		"no such page":    {official.CommandGetSubscriberInfo, who + `,"Next":"!"`, 6017},
		"lists of 201":    {official.CommandGetSubscribedOfficialAccountList, `"Subscriber_Account":"ben","Limit":201`, 6017},
		"lists of nobody": {official.CommandGetSubscribedOfficialAccountList, `"Subscriber_Account":"eve"`, 6017},
		"a long reason":   {official.CommandOfficialAccountMsgRecall, who + `,"MsgKeyList":["1_1_1"],"Reason":"` + long(101) + `"`, 10004},
		"no such key":     {official.CommandOfficialAccountMsgGetSimple, who + `,"LastMsgKey":"x"`, 10004},
		"a wrong type":    {official.CommandOfficialAccountMsgGetSimple, who + `,"ReqMsgNumber":"x"`, 10004},
	} {
		got := post(t, srv, tc.command, "{"+tc.body+"}")
		assert.Equal(t, tc.want, got.ErrorCode, "%s: %s", name, got.body)
	}
}

// Whatever the backend does while it is asked, the account is looked at again.
func TestAnAccountThatGoesWhileTheBackendIsAsked(t *testing.T) {
	t.Parallel()
	var c *official.Client
	h, err := callback.NewHandler(1400000001, callback.WithToken(token))
	require.NoError(t, err)
	callback.Answer(h, func(
		ctx context.Context, e *callback.OfficialAccountBeforeSendMsg,
	) (callback.OfficialAccountBeforeSendMsgAnswer, error) {
		return e.Allow(), c.Destroy(ctx, e.OfficialAccount)
	})
	callback.Answer(h, func(
		ctx context.Context, e *callback.OfficialAccountBeforeAddSubscriber,
	) (callback.OfficialAccountBeforeAddSubscriberAnswer, error) {
		return e.Allow(), c.Destroy(ctx, e.OfficialAccount)
	})
	srv := newServer(t, restapitest.WithCallbackHandler(h, token))
	c = official.NewClient(srv.Client())
	for code, do := range map[restapi.Code]func() error{
		restapi.CodeGroupNotFound: func() error {
			return second(c.Send(t.Context(), news, message.Message{MsgBody: words("hi")}))
		},
		restapi.CodeOfficialAccountNotFound: func() error {
			return second(c.AddSubscribers(t.Context(), news, []string{"cleo"}))
		},
	} {
		require.NoError(t, srv.Restore(strings.NewReader(publishing)))
		require.ErrorIs(t, do(), code)
	}
}
