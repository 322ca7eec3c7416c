package group_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// answered is a client of a service that answers every call with the documented answer of that number.
func answered(t *testing.T, cmd restapi.Command, example int) *group.Client {
	t.Helper()
	return group.NewClient(&conform.Recorder{Answer: string(conform.Documented(t, cmd).ResponseExamples[example])})
}

// A message that was taken and dropped has what Sent has, and an error that says so.
func TestDroppedMessages(t *testing.T) {
	t.Parallel()
	sent, err := answered(t, group.CommandSendGroupMsg, 0).Send(t.Context(), "g", saying("hi"))
	require.NoError(t, err)
	assert.Equal(t, message.Sent{MsgTime: time.Unix(1718200300, 0), MsgSeq: 812, MsgRandom: 4012345678}, sent)

	sent, err = answered(t, group.CommandSendGroupMsg, 1).Send(t.Context(), "g", saying("hi"))
	require.ErrorIs(t, err, group.ErrDropped)
	require.ErrorIs(t, err, restapi.ErrRateLimited)
	require.EqualError(t, err, `group_open_http_svc/send_group_msg: the message was dropped: "MsgFreqCtrl": rate limited`)
	failed, ok := errors.AsType[*restapi.Error](err)
	require.True(t, ok)
	assert.False(t, failed.Open)
	assert.Equal(t, message.Sent{MsgTime: time.Unix(1718200301, 0), MsgSeq: 4294967295, MsgRandom: 4012345678}, sent)

	other := group.NewClient(&conform.Recorder{Answer: `{"MsgSeq":7,"MsgDropReason":"Newer"}`})
	_, err = other.Send(t.Context(), "g", saying("hi"))
	require.ErrorIs(t, err, group.ErrDropped)
	require.NotErrorIs(t, err, restapi.ErrRateLimited)
}

// What a repeat is known by stands in Sent when the outcome is open, and is drawn where the program gave none.
func TestSentHasTheRandomOfAFailure(t *testing.T) {
	t.Parallel()
	down := errors.New("down")
	c := group.NewClient(&conform.Recorder{Err: down})
	hi := message.Message{MsgBody: message.Text("hi")}
	for name, send := range map[string]func(message.Message) (message.Sent, error){
		"Send":       func(m message.Message) (message.Sent, error) { return c.Send(t.Context(), "g", m) },
		"SendStream": func(m message.Message) (message.Sent, error) { return c.SendStream(t.Context(), "g", m) },
		"Broadcast":  func(m message.Message) (message.Sent, error) { return c.Live.Broadcast(t.Context(), m) },
	} {
		m := hi
		if name == "SendStream" {
			m.MsgBody = streaming("x").MsgBody
		}
		one, err := send(m)
		require.ErrorIs(t, err, down, name)
		two, _ := send(m)
		assert.NotZero(t, one.MsgRandom, name)
		assert.NotEqual(t, one, two, name)
		m.MsgRandom = 7
		given, _ := send(m)
		assert.Equal(t, message.Sent{MsgRandom: 7}, given, name)
		none, err := send(message.Message{})
		require.ErrorIs(t, err, restapi.ErrInvalidArgument)
		assert.Empty(t, none, name)
	}
}

// Results come in the order asked, one for each message; one that the answer leaves out has failed.
func TestResultsOfMessages(t *testing.T) {
	t.Parallel()
	recalled, err := answered(t, group.CommandGroupMsgRecall, 0).Recall(t.Context(), "g", []uint32{101, 102, 100, 101})
	require.NoError(t, err)
	require.Len(t, recalled, 4)
	assert.Equal(t, group.RecallResult{MsgSeq: 101}, recalled[0])
	require.ErrorIs(t, recalled[1].Err(), restapi.ErrBadResponse)
	require.ErrorIs(t, recalled[2].Err(), restapi.CodeGroupMessageNotFound)
	assert.Equal(t, recalled[0], recalled[3])

	receipts, err := answered(t, group.CommandGetGroupMsgReceipt, 0).Receipts(t.Context(), "g", []uint32{812, 811, 813})
	require.NoError(t, err)
	require.Len(t, receipts, 3)
	require.ErrorIs(t, receipts[0].Err(), restapi.CodeGroupReceiptNotFound)
	assert.Equal(t, group.Receipt{MsgSeq: 811, ReadNum: 1, UnreadNum: 6}, receipts[1])
	require.ErrorIs(t, receipts[2].Err(), restapi.ErrBadResponse)

	keys := []string{"key2", "key1", "key3"}
	results, err := answered(t, group.CommandGroupSetKeyValues, 0).DeleteExtensions(t.Context(), "g", 1, keys)
	require.NoError(t, err)
	require.Len(t, results, 3)
	require.ErrorIs(t, results[0].Err(), restapi.CodeExtensionConflict)
	assert.Equal(t, message.Extension{Key: "key2", Value: "theirs", Seq: 2}, results[0].Extension)
	require.NoError(t, results[1].Err())
	require.ErrorIs(t, results[2].Err(), restapi.ErrBadResponse)

	pinned, err := answered(t, group.CommandGetPinnedMessages, 0).Pinned(t.Context(), "g")
	require.NoError(t, err)
	assert.Equal(t, []group.PinnedMessage{{12, "ana"}, {9, "admin"}}, pinned)
}

func TestCallsAboutMessagesFailWhole(t *testing.T) {
	t.Parallel()
	down := errors.New("down")
	c := group.NewClient(&conform.Recorder{Err: down})
	for name, call := range map[string]func(context.Context) (any, error){
		"recall":      func(ctx context.Context) (any, error) { return c.Recall(ctx, "g", []uint32{1}) },
		"messages":    func(ctx context.Context) (any, error) { return drained(c.Messages(ctx, "g")) },
		"receipts":    func(ctx context.Context) (any, error) { return c.Receipts(ctx, "g", []uint32{1}) },
		"readers":     func(ctx context.Context) (any, error) { return c.Readers(ctx, "g", 1) },
		"extensions":  func(ctx context.Context) (any, error) { return drained(c.Extensions(ctx, "g", 1)) },
		"delete keys": func(ctx context.Context) (any, error) { return c.DeleteExtensions(ctx, "g", 1, []string{"k"}) },
		"pinned":      func(ctx context.Context) (any, error) { return c.Pinned(ctx, "g") },
	} {
		got, err := call(t.Context())
		require.ErrorIs(t, err, down, name)
		assert.Empty(t, got, name)
	}
}

func TestMessagePageReadsTheDocumentedAnswers(t *testing.T) {
	t.Parallel()
	page, err := answered(t, group.CommandGroupMsgGetSimple, 0).MessagePage(t.Context(), "g", "", 2)
	require.NoError(t, err)
	assert.Equal(t, restapi.Page[group.HistoryMessage]{
		Next: "7803319",
		Items: []group.HistoryMessage{
			{
				FromAccount: "mira", MsgPriority: group.High, MsgRandom: 51083293, MsgSeq: 7803321, MsgTime: time.Unix(1718200300, 0),
				MsgBody: message.Body{
					&message.CustomElem{Data: "\b\x01\x10\x06lamp", Desc: "MIF", Extra: message.Extra{"Ext": []byte(`""`)}}, &message.FaceElem{Index: 15},
				},
			},
			{
				FromAccount: "ozan", IsPlaceMsg: group.PlaceRecalled, MsgPriority: group.Normal, MsgRandom: 235168582,
				MsgSeq: 7803320, MsgTime: time.Unix(1718200290, 0), MsgBody: message.Body{},
			},
		},
	}, page)
	page, err = answered(t, group.CommandGroupMsgGetSimple, 1).MessagePage(t.Context(), "g", "", 2)
	require.NoError(t, err)
	assert.True(t, page.Items[0].IsSystemMsg)
	assert.Equal(t, "group_1_7803319", page.Items[0].MsgKey)
}

// A body that is no list, and a priority newer than this package, are kept as they are.
func TestOddHistories(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"RspMsgList":[{"MsgSeq":2,"MsgBody":"gone","MsgPriority":9},{"MsgSeq":1,"MsgBody":null,"MsgPriority":"Low"}]}`}
	page, err := group.NewClient(r).MessagePage(t.Context(), "g", "", 0)
	require.NoError(t, err)
	assert.Equal(t, message.Body{&message.UnknownElem{Raw: []byte(`"gone"`)}}, page.Items[0].MsgBody)
	assert.Equal(t, group.Priority("9"), page.Items[0].MsgPriority)
	assert.Empty(t, page.Items[1].MsgBody)
	assert.Equal(t, group.Low, page.Items[1].MsgPriority)
}

// A past is a Caller with the history of a group: numbers from 1 on, of which those up to gone have expired.
type past struct {
	newest, gone uint32
	asked        []string
}

func (p *past) Call(_ context.Context, _ restapi.Command, req, resp any) error {
	body, err := json.Marshal(req)
	if err != nil {
		return err
	}
	var r struct {
		ReqMsgNumber int
		ReqMsgSeq    uint32
	}
	if err := json.Unmarshal(body, &r); err != nil {
		return err
	}
	p.asked = append(p.asked, fmt.Sprint(r.ReqMsgSeq, " ", r.ReqMsgNumber))
	at, state := r.ReqMsgSeq, 1
	if at == 0 {
		at = p.newest
	}
	if at <= p.gone {
		state = 2
	}
	var rows []string
	for ; at > 0 && len(rows) < r.ReqMsgNumber; at-- {
		place := "0"
		if at <= p.gone {
			place = "1"
		}
		rows = append(rows, `{"MsgSeq":`+strconv.FormatUint(uint64(at), 10)+`,"IsPlaceMsg":`+place+`}`)
	}
	return json.Unmarshal([]byte(fmt.Sprintf(`{"IsFinished":%d,"RspMsgList":[%s]}`, state, strings.Join(rows, ","))), resp)
}

func TestMessagesGoBackToTheFirst(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		past
		opts  []group.MessagesOption
		n     int
		first uint32
		asked []string
	}{
		"all":                {past: past{newest: 45}, n: 45, first: 45, asked: []string{"0 20", "25 20", "5 20"}},
		"from one":           {past: past{newest: 45}, opts: []group.MessagesOption{group.FromSeq(30)}, n: 30, first: 30, asked: []string{"30 20", "10 20"}},
		"a full last page":   {past: past{newest: 40}, n: 40, first: 40, asked: []string{"0 20", "20 20"}},
		"none":               {asked: []string{"0 20"}},
		"the rest expired":   {past: past{newest: 100, gone: 70}, n: 60, first: 100, asked: []string{"0 20", "80 20", "60 20"}},
		"expired throughout": {past: past{newest: 100, gone: 100}, n: 20, first: 100, asked: []string{"0 20"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := drained(group.NewClient(&tc.past).Messages(t.Context(), "g", tc.opts...))
			require.NoError(t, err)
			require.Len(t, got, tc.n)
			for i, m := range got {
				require.Equal(t, tc.first-uint32(i), m.MsgSeq)
			}
			assert.Equal(t, tc.asked, tc.past.asked)
		})
	}
}

func TestHistoriesThatNeverEnd(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"IsFinished":0,"RspMsgList":[{"MsgSeq":9}]}`}
	_, err := drained(group.NewClient(r).Messages(t.Context(), "g"))
	require.ErrorIs(t, err, restapi.ErrBadResponse)
	assert.Less(t, r.Calls, 5)
}

// A readers is a Caller that answers with the page at the Cursor asked.
type readers struct {
	pages map[string]string
	asked []string
}

func (r *readers) Call(_ context.Context, _ restapi.Command, req, resp any) error {
	body, err := json.Marshal(req)
	if err != nil {
		return err
	}
	r.asked = append(r.asked, string(body))
	var at struct{ Cursor string }
	if err := json.Unmarshal(body, &at); err != nil {
		return err
	}
	return json.Unmarshal([]byte(r.pages[at.Cursor]), resp)
}

func TestReadersAreReadToTheEnd(t *testing.T) {
	t.Parallel()
	r := &readers{pages: map[string]string{
		"":   `{"IsFinish":0,"Cursor":"14","ReadList":[{"Read_Account":"ann"},{"Read_Account":"bob"}]}`,
		"14": `{"IsFinished":0,"Cursor":"15","ReadList":[]}`,
		"15": `{"IsFinished":1,"Cursor":"0","ReadList":[{"Read_Account":"cat"}]}`,
	}}
	got, err := group.NewClient(r).Readers(t.Context(), "g", 811)
	require.NoError(t, err)
	assert.Equal(t, []string{"ann", "bob", "cat"}, got)
	require.Len(t, r.asked, 3)
	assert.JSONEq(t, `{"GroupId":"g","MsgSeq":811,"Filter":0,"Cursor":"","Count":200}`, r.asked[0])
	assert.JSONEq(t, `{"GroupId":"g","MsgSeq":811,"Filter":0,"Cursor":"14","Count":200}`, r.asked[1])

	r = &readers{pages: map[string]string{"": `{"IsFinish":1,"Cursor":"0","UnreadList":[{"Unread_Account":"dan"}]}`}}
	got, err = group.NewClient(r).NonReaders(t.Context(), "g", 811)
	require.NoError(t, err)
	assert.Equal(t, []string{"dan"}, got)
	assert.JSONEq(t, `{"GroupId":"g","MsgSeq":811,"Filter":1,"Cursor":"","Count":200}`, r.asked[0])

	for name, page := range map[string]string{
		"nowhere to go": `{"IsFinish":0,"Cursor":""}`,
		"the same":      `{"IsFinish":0,"Cursor":"0","ReadList":[{"Read_Account":"ann"}]}`,
	} {
		r := &readers{pages: map[string]string{"": page, "0": page}}
		got, err := group.NewClient(r).Readers(t.Context(), "g", 811)
		require.ErrorIs(t, err, restapi.ErrBadResponse, name)
		assert.Empty(t, got)
	}
}

func TestExtensionsOfAGroupMessageGoToTheirEnd(t *testing.T) {
	t.Parallel()
	page, err := answered(t, group.CommandGroupGetKeyValues, 0).ExtensionPage(t.Context(), "g", 1, "")
	require.NoError(t, err)
	assert.Equal(t, message.ExtensionPage{
		Page:      restapi.Page[message.Extension]{Items: []message.Extension{{Key: "key1", Value: "1", Seq: 1}, {Key: "key2", Value: "2", Seq: 2}}},
		LatestSeq: 2,
	}, page)
	r := &conform.Recorder{Answer: `{"CompleteFlag":0,"ExtensionList":[{"Key":"a","Seq":4}]}`}
	_, err = drained(group.NewClient(r).Extensions(t.Context(), "g", 1))
	require.ErrorIs(t, err, restapi.ErrBadResponse)
	assert.Contains(t, r.Body, `"StartSeq":5`)
}
