package official

import (
	"cmp"
	"context"
	"iter"
	"net/http"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A PlaceMsg says whether a message of a history is one, or only the place where one was. Its body is empty then.
type PlaceMsg int

// The documented values.
const (
	PlaceMsgNone     PlaceMsg = 0 // it is a message
	PlaceMsgGone     PlaceMsg = 1 // it was deleted, has expired or was never kept
	PlaceMsgRecalled PlaceMsg = 2 // it was taken back
)

// A HistoryMessage is one message that an official account has sent.
type HistoryMessage struct {
	FromAccount string
	IsPlaceMsg  PlaceMsg
	IsSystemMsg message.Flag
	MsgPriority int // 1 high, 2 normal, 3 low, 4 lowest; 0 where the service does not say
	MsgRandom   uint32
	MsgBody     message.Body
	MsgSeq      uint32
	MsgKey      string
	MsgTime     time.Time // when the service took it
}

// A MessagePage is one page of [Client.Messages].
type MessagePage struct {
	restapi.Page[HistoryMessage]

	// Expired says that the list ends where it does because all that was older has expired.
	Expired bool
}

const historyPage = 20 // messages of a page, unless the program says otherwise

// Values of IsFinished.
const (
	finished        = 1
	finishedExpired = 2
)

type historyRequest struct {
	named

	LastMsgKey      restapi.Cursor `json:"LastMsgKey,omitempty"`
	ReqMsgNumber    int            `json:"ReqMsgNumber"`
	WithRecalledMsg message.Flag   `json:"WithRecalledMsg,omitempty"`
}

// A MessagesOption changes which messages are read.
type MessagesOption func(*historyRequest)

// WithRecalledMsg reads messages that were taken back too, as [PlaceMsgRecalled].
func WithRecalledMsg() MessagesOption { return func(r *historyRequest) { r.WithRecalledMsg = true } }

type historyAnswer struct {
	OfficialAccount string `json:"Official_Account"`
	IsFinished      int
	LastMsgKey      restapi.Cursor
	RspMsgList      []struct {
		FromAccount  string `json:"From_Account"`
		IsPlaceMsg   PlaceMsg
		IsSystemMsg  message.Flag
		MsgPriority  int
		MsgRandom    uint32
		MsgBody      message.Body
		MsgSeq       uint32
		MsgKey       string
		MsgTimeStamp int64
	}
}

// Messages goes through what an official account has sent, the newest first, about 20 to a page. An error is yielded
// once, as the last thing. Each page is a call: 200 calls a second and app, repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60812
func (c *Client) Messages(
	ctx context.Context, officialAccount string, opts ...MessagesOption,
) iter.Seq2[HistoryMessage, error] {
	return batch.Pages(ctx, CommandOfficialAccountMsgGetSimple,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[HistoryMessage], error) {
			page, err := c.MessagePage(ctx, officialAccount, at, 0, opts...)
			return page.Page, err
		})
}

// MessagePage reads one page of [Client.Messages], the newest message first, of at most limit messages: 0 stands for
// 20. The most is not documented; the service gives about 20, so that a page can have fewer and is not the last one for
// that: see Next.
//
// [restapi.CodeGroupNotFound]: there is no such account. 200 calls a second and app. Repeated after a failure on the
// way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60812
func (c *Client) MessagePage(
	ctx context.Context, officialAccount string, from restapi.Cursor, limit int, opts ...MessagesOption,
) (MessagePage, error) {
	var page MessagePage
	cmd := CommandOfficialAccountMsgGetSimple
	if err := account(cmd, "Official_Account", officialAccount); err != nil {
		return page, err
	}
	if limit < 0 {
		return page, check.Argument(cmd, "ReqMsgNumber", "is %d, must not be negative", limit)
	}
	req := historyRequest{named: named{officialAccount}, LastMsgKey: from, ReqMsgNumber: cmp.Or(limit, historyPage)}
	for _, opt := range opts {
		opt(&req)
	}
	resp, err := restapi.Do[historyAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return page, err
	}
	for _, m := range resp.RspMsgList {
		page.Items = append(page.Items, HistoryMessage{
			m.FromAccount, m.IsPlaceMsg, m.IsSystemMsg, m.MsgPriority, m.MsgRandom, m.MsgBody, m.MsgSeq, m.MsgKey,
			wire.Moment(m.MsgTimeStamp),
		})
	}
	if n := len(page.Items); n > 1 && page.Items[0].MsgSeq < page.Items[n-1].MsgSeq {
		slices.Reverse(page.Items) // the sample of the vendor's page has the oldest one of a page first
	}
	switch {
	case resp.IsFinished == finished:
	case resp.IsFinished == finishedExpired:
		page.Expired = true
	case resp.LastMsgKey == "":
		err = &restapi.Error{Command: cmd, HTTPStatus: http.StatusOK, Err: errNoWayOn}
	default:
		page.Next = resp.LastMsgKey
	}
	return page, err
}
