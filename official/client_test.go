package official_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/official"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const news, shop = "@TOA#_news", "@TOA#_shop"

var hi = message.Message{MsgBody: message.Text("hi")}

// answering returns a client of a service that answers every call alike.
func answering(answer string) *official.Client {
	return official.NewClient(&conform.Recorder{Answer: answer})
}

// documented is answering with the documented answer of that number.
func documented(tb testing.TB, cmd restapi.Command, example int) *official.Client {
	tb.Helper()
	return answering(string(conform.Documented(tb, cmd).ResponseExamples[example]))
}

func numbered(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = "u" + strconv.Itoa(i)
	}
	return ids
}

func second[T any](_ T, err error) error { return err }

func TestRequestsAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	text := restapi.Some[string]
	users := []string{"ben", "cleo", "ben"}
	base := []official.Field{
		official.FieldCreateTime, official.FieldName, official.FieldOwnerAccount, official.FieldLastMsgTime,
		official.FieldSubscriberNum, official.FieldIntroduction, official.FieldFaceURL, official.FieldOrganization,
		official.FieldCustomString,
	}
	self := append([]official.Field{official.FieldSelfSubscribeTime}, append(base, official.FieldSelfCustomString)...)
	type calls = []func(c *official.Client) error
	for _, tc := range []struct {
		cmd    restapi.Command
		answer string
		calls  calls // in the order of the documented requests; nil: one that is not sent
	}{
		{official.CommandCreateOfficialAccount, `{"OfficialAccountUserID":"x"}`, calls{
			func(c *official.Client) error {
				return second(c.Create(ctx, official.Account{OwnerAccount: "ana", Name: "daily news"}))
			},
			func(c *official.Client) error {
				return second(c.Create(ctx, official.Account{
					OfficialAccountUserID: news, OwnerAccount: "ana", CustomString: "c", FaceURL: "https://img.example.com/n.png",
					Introduction: "all the news", MaxSubscriberNum: 1000, Name: "daily news", Organization: "press",
				}))
			},
		}},
		{official.CommandDestroyOfficialAccount, "", calls{func(c *official.Client) error { return c.Destroy(ctx, news) }}},
		{official.CommandModifyOfficialAccountBaseInfo, "", calls{
			func(c *official.Client) error { return c.Modify(ctx, news, official.Change{Name: text("weekly news")}) },
			func(c *official.Client) error {
				return c.Modify(ctx, news, official.Change{
					Name: text("weekly news"), Introduction: text("less news"), FaceURL: text("https://img.example.com/m.png"),
					Organization: text("press"), CustomString: text("m"), MaxSubscriberNum: restapi.Some(1000),
				})
			},
		}},
		{official.CommandGetOfficialAccountInfo, "", calls{
			func(c *official.Client) error { return second(c.GetInfo(ctx, []string{news, news})) },
			func(c *official.Client) error { return second(c.GetInfo(ctx, []string{news, shop, news}, base...)) },
		}},
		{official.CommandAddSubscriber, "", calls{
			func(c *official.Client) error { return second(c.AddSubscribers(ctx, news, users)) },
		}},
		{official.CommandDeleteSubscriber, "", calls{
			func(c *official.Client) error { return second(c.DeleteSubscribers(ctx, news, users)) },
		}},
		{official.CommandModifySubscriberInfo, "", calls{
			func(c *official.Client) error { return c.ModifySubscriber(ctx, news, "ben", "vip") },
		}},
		{official.CommandGetSubscriberInfo, "", calls{
			func(c *official.Client) error { return second(c.SubscriberPage(ctx, news, "", 50)) }, nil,
		}},
		{official.CommandGetSubscribedOfficialAccountList, "", calls{
			nil, func(c *official.Client) error { return second(c.SubscriptionPage(ctx, "ben", "", 0, self...)) },
		}},
		{official.CommandOfficialAccountMsgRecall, "", calls{
			func(c *official.Client) error {
				keys := []string{"71_1_1700000000", "72_1_1700000001", "71_1_1700000000"}
				return second(c.Recall(ctx, news, keys, official.WithReason("typo")))
			},
		}},
		{official.CommandOfficialAccountMsgGetSimple, `{"IsFinished":1}`, calls{
			func(c *official.Client) error { return second(c.MessagePage(ctx, news, "", 2)) },
			func(c *official.Client) error {
				return second(c.MessagePage(ctx, news, "71_1_1700000000", 2, official.WithRecalledMsg()))
			},
		}},
	} {
		t.Run(tc.cmd.Name, func(t *testing.T) {
			t.Parallel()
			examples := conform.Documented(t, tc.cmd).RequestExamples
			require.Len(t, examples, len(tc.calls))
			for i, call := range tc.calls {
				if call == nil {
					continue
				}
				r := &conform.Recorder{Answer: `{}`}
				if tc.answer != "" {
					r.Answer = tc.answer
				}
				require.NoError(t, call(official.NewClient(r)))
				assert.Equal(t, tc.cmd, r.Command)
				assert.JSONEq(t, string(examples[i]), r.Body)
			}
		})
	}
}

// sending is a Caller that keeps the Random of every message.
type sending struct {
	conform.Recorder

	random []uint32
}

func (s *sending) Call(ctx context.Context, cmd restapi.Command, req, resp any) error {
	err := s.Recorder.Call(ctx, cmd, req, resp)
	var sent struct{ Random uint32 }
	if err := json.Unmarshal([]byte(s.Body), &sent); err != nil {
		return err
	}
	s.random = append(s.random, sent.Random)
	return err
}

func TestSend(t *testing.T) {
	t.Parallel()
	s := &sending{Recorder: conform.Recorder{Answer: `{"MsgKey":"71_1_1700000000","MsgTime":1700000000}`}}
	c := official.NewClient(s)
	first, err := c.Send(t.Context(), news, hi)
	require.NoError(t, err)
	assert.Equal(t, message.Sent{MsgKey: "71_1_1700000000", MsgTime: time.Unix(1700000000, 0), MsgRandom: s.random[0]}, first)
	next, err := c.Send(t.Context(), news, hi)
	require.NoError(t, err)
	assert.NotEqual(t, first.MsgRandom, next.MsgRandom)
	assert.NotZero(t, next.MsgRandom)
	m := hi
	m.MsgRandom = 7
	s.Err = errors.New("down")
	again, err := c.Send(t.Context(), news, m)
	require.ErrorIs(t, err, s.Err)
	assert.Equal(t, message.Sent{MsgRandom: 7}, again)
	assert.Equal(t, 5*time.Minute, official.CommandSendOfficialAccountMsg.RepeatWithin)
}

func TestWhatAnswersSay(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	id, err := documented(t, official.CommandCreateOfficialAccount, 0).Create(ctx, official.Account{OwnerAccount: "ana", Name: "n"})
	require.NoError(t, err)
	assert.Equal(t, news, id)
	id, err = answering(`{}`).Create(ctx, official.Account{OwnerAccount: "ana", Name: "n", OfficialAccountUserID: shop})
	require.NoError(t, err)
	assert.Equal(t, shop, id)
	_, err = answering(`{}`).Create(ctx, official.Account{OwnerAccount: "ana", Name: "n"})
	require.ErrorIs(t, err, restapi.ErrBadResponse, "nobody would know which account was made")

	added, err := answering(`{"SubscriberList":[{"Subscriber_Account":"c","Result":2},{"Subscriber_Account":"a","Result":0},
		{"Subscriber_Account":"b","Result":1},{"Subscriber_Account":"d","Result":3}]}`).
		AddSubscribers(ctx, news, []string{"a", "b", "c", "d", "e", "b"})
	require.NoError(t, err)
	for i, want := range []official.SubscriberResult{
		{UserID: "a"},
		{UserID: "b", Result: 1},
		{UserID: "c", Result: 2},
		{UserID: "d", Result: 3},
		{UserID: "e"},
		{UserID: "b", Result: official.SubscribeDone},
	} {
		got := added[i]
		assert.Equal(t, i == 0 || i == 3 || i == 4, got.Err() != nil, got.UserID)
		assert.Equal(t, want.UserID, got.UserID)
		assert.Equal(t, want.Result, got.Result)
	}
	assert.NotErrorIs(t, added[0].Err(), restapi.ErrBadResponse)
	require.ErrorIs(t, added[3].Err(), restapi.ErrBadResponse, "what is not known is not a success")
	require.ErrorIs(t, added[4].Err(), restapi.ErrBadResponse)

	gone, err := documented(t, official.CommandOfficialAccountMsgRecall, 0).
		Recall(ctx, news, []string{"72_1_1700000001", "71_1_1700000000", "x"})
	require.NoError(t, err)
	require.NoError(t, gone[0].Err())
	require.ErrorIs(t, gone[1].Err(), restapi.CodeGroupMessageNotFound)
	require.ErrorIs(t, gone[2].Err(), restapi.ErrBadResponse)

	page, err := documented(t, official.CommandGetSubscriberInfo, 0).SubscriberPage(ctx, news, "", 0)
	require.NoError(t, err)
	assert.Equal(t, restapi.Page[official.Subscriber]{Total: 780031, Next: "TGSOTk=", Items: []official.Subscriber{
		{SubscriberAccount: "ben", SubscribeTime: time.Unix(1700000000, 0), MsgFlag: message.AcceptAndNotify},
	}}, page)
	page, err = answering(`{"SubscriberList":[{"MsgFlag":1}]}`).SubscriberPage(ctx, news, "", 0)
	require.NoError(t, err)
	assert.Equal(t, message.MsgFlag("1"), page.Items[0].MsgFlag, "a client library reads a number")
}

func TestGetInfoFindsWhoseRowItIs(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		rows string
		want []string // names, in the order asked; "-" failed
		fail bool
	}{
		"by place":             {`{"Name":"n"},{"Name":"s"}`, []string{"n", "s", "n"}, false},
		"by ID":                {`{"Official_Account":"@TOA#_shop","Name":"s"},{"Official_Account":"@TOA#_news","Name":"n"}`, []string{"n", "s", "n"}, false},
		"by the other ID":      {`{"OfficialAccountUserID":"@TOA#_shop","Name":"s"}`, []string{"-", "s", "-"}, false},
		"failed, by place":     {`{"ErrorCode":130004,"Name":"x"},{"Name":"s"}`, []string{"-", "s", "-"}, false},
		"nobody can say whose": {`{"Name":"n"}`, nil, true},
	} {
		got, err := answering(`{"OfficialAccountInfoList":[`+tc.rows+`]}`).GetInfo(t.Context(), []string{news, shop, news})
		require.Equal(t, tc.fail, errors.Is(err, restapi.ErrBadResponse), name)
		var names []string
		for i, info := range got {
			if info.Err() != nil {
				assert.Empty(t, info.Name)
				info.Name = "-"
			}
			assert.Equal(t, []string{news, shop, news}[i], info.OfficialAccount)
			names = append(names, info.Name)
		}
		assert.Equal(t, tc.want, names, name)
	}
}

func TestSubscriptions(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	page, err := documented(t, official.CommandGetSubscribedOfficialAccountList, 0).SubscriptionPage(ctx, "ben", "", 0)
	require.NoError(t, err)
	assert.Equal(t, restapi.Page[official.Subscription]{Total: 1, Items: []official.Subscription{{
		Info: official.Info{
			CreateTime: time.Unix(1700000000, 0), Name: "daily news", OwnerAccount: "ana", LastMsgTime: time.Unix(1700000100, 0),
			SubscriberNum: 42, Introduction: "all the news", FaceURL: "https://img.example.com/n.png", Organization: "press",
			CustomString: "c",
		},
		SelfInfo: official.SelfInfo{SubscribeTime: time.Unix(1700000005, 0), CustomString: "vip"},
	}}}, page)
	for answer, next := range map[string]restapi.Cursor{
		`{"CompleteFlag":0,"Next":7}`:                              "7",
		`{"CompleteFlag":1,"Next":7}`:                              "",
		`{"OfficialAccountInfoList":[{}]}`:                         "",
		`{"OfficialAccountInfoList":[{}],"TotalCount":1,"Next":0}`: "",
	} {
		page, err := answering(answer).SubscriptionPage(ctx, "ben", "", 0)
		require.NoError(t, err, answer)
		assert.Equal(t, next, page.Next, answer)
	}
	_, err = answering(`{"OfficialAccountInfoList":[{}],"TotalCount":9}`).SubscriptionPage(ctx, "ben", "7", 0)
	require.ErrorIs(t, err, restapi.ErrBadResponse, "there is a ninth")
	_, err = answering(`{"OfficialAccountInfoList":[{}],"TotalCount":9}`).SubscriptionPage(ctx, "ben", "8", 0)
	require.NoError(t, err)
}

// pages is a Caller that answers with one message, and the key that follows the one asked.
type pages map[string]string

func (p pages) Call(ctx context.Context, _ restapi.Command, req, resp any) error {
	body, err := json.Marshal(req)
	if err != nil {
		return err
	}
	var asked struct{ LastMsgKey string }
	if err := json.Unmarshal(body, &asked); err != nil {
		return err
	}
	next, more := p[asked.LastMsgKey]
	finished := 2
	if more {
		finished = 0
	}
	answer := fmt.Sprintf(`{"RspMsgList":[{"MsgKey":"older of %s","MsgSeq":1},{"MsgKey":"after %s","MsgSeq":2}],"LastMsgKey":%q,"IsFinished":%d}`,
		asked.LastMsgKey, asked.LastMsgKey, next, finished)
	if err := json.Unmarshal([]byte(answer), resp); err != nil {
		return err
	}
	return ctx.Err()
}

func TestMessages(t *testing.T) {
	t.Parallel()
	var keys []string
	for m, err := range official.NewClient(pages{"": "b", "b": "c"}).Messages(t.Context(), news) {
		require.NoError(t, err)
		keys = append(keys, m.MsgKey)
	}
	assert.Equal(t, []string{"after ", "older of ", "after b", "older of b", "after c", "older of c"}, keys, "the newest first")
	_, err := conform.Drain(official.NewClient(pages{"": "b", "b": "c", "c": "b"}).Messages(t.Context(), news))
	require.ErrorIs(t, err, restapi.ErrBadResponse, "it would never end")
	_, err = answering(`{}`).MessagePage(t.Context(), news, "", 0)
	require.ErrorIs(t, err, restapi.ErrBadResponse, "neither an end nor a way on")
	page, err := answering(`{"IsFinished":2,"LastMsgKey":"x"}`).MessagePage(t.Context(), news, "", 0)
	require.NoError(t, err)
	assert.True(t, page.Expired)
	assert.Empty(t, page.Next)

	page, err = documented(t, official.CommandOfficialAccountMsgGetSimple, 0).MessagePage(t.Context(), news, "", 2)
	require.NoError(t, err)
	require.Len(t, page.Items, 2)
	assert.Equal(t, official.PlaceMsgGone, page.Items[0].IsPlaceMsg)
	first := page.Items[1]
	assert.Len(t, first.MsgBody, 2)
	assert.True(t, time.Unix(1700000000, 0).Equal(first.MsgTime))
	assert.Equal(t, "71_1_1700000000 144115197276518801 2 77", fmt.Sprint(first.MsgKey, " ", first.FromAccount, " ", first.MsgPriority, " ", first.MsgRandom))
}
