package group

import (
	"context"
	"iter"
	"math"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// MaxMessages is how many messages one [Client.MessagePage] can have.
const MaxMessages = 20

// A PlaceMsg says what stands at a number of the history.
type PlaceMsg int

// The documented values.
const (
	PlaceMessage  PlaceMsg = 0 // a message
	PlaceGap      PlaceMsg = 1 // none: it has expired, was deleted or was never kept
	PlaceRecalled PlaceMsg = 2 // a message that was taken back
)

// A HistoryMessage is what stands at one number of a group's history.
type HistoryMessage struct {
	FromAccount string
	IsPlaceMsg  PlaceMsg
	MsgBody     message.Body // empty where there is no message; a body that is no list is one [message.UnknownElem]
	MsgPriority Priority
	MsgRandom   uint32
	MsgSeq      uint32
	MsgTime     time.Time // when the service took it
	IsSystemMsg bool      // seen in a client library only
	MsgKey      string    // seen in a client library only
}

// lenientBody is a body of which nothing keeps a page from being read: system messages may have no list.
type lenientBody message.Body

// UnmarshalJSON reads the list, or else keeps what there is.
func (b *lenientBody) UnmarshalJSON(data []byte) error {
	var body message.Body
	if err := body.UnmarshalJSON(data); err != nil {
		body = message.Body{&message.UnknownElem{Raw: append([]byte(nil), data...)}}
	}
	*b = lenientBody(body)
	return nil
}

type historyRow struct {
	FromAccount  string `json:"From_Account"`
	IsPlaceMsg   PlaceMsg
	MsgBody      lenientBody
	MsgPriority  Priority
	MsgRandom    uint32
	MsgSeq       uint32
	MsgTimeStamp int64
	IsSystemMsg  int
	MsgKey       string
}

func (r *historyRow) message() HistoryMessage {
	return HistoryMessage{
		r.FromAccount, r.IsPlaceMsg, message.Body(r.MsgBody), r.MsgPriority, r.MsgRandom, r.MsgSeq,
		wire.Moment(r.MsgTimeStamp), r.IsSystemMsg != 0, r.MsgKey,
	}
}

// expired is the IsFinished of a page behind which there is nothing any more. 1 and 0 say of the page alone whether it
// has all that was asked for.
const expired = 2

type historyAnswer struct {
	IsFinished int
	RspMsgList []historyRow
}

// next is where the page before that of this answer begins, in time: below the lowest number of it.
func (a *historyAnswer) next() restapi.Cursor {
	if len(a.RspMsgList) == 0 || a.IsFinished == expired {
		return ""
	}
	lowest := a.RspMsgList[0].MsgSeq
	for i := range a.RspMsgList {
		lowest = min(lowest, a.RspMsgList[i].MsgSeq)
	}
	if lowest <= 1 {
		return ""
	}
	return batch.CursorOf(uint64(lowest - 1))
}

// A MessagesOption changes what [Client.Messages] and [Client.MessagePage] read.
type MessagesOption func(*messagesOptions)

type messagesOptions struct {
	from         restapi.Optional[uint32]
	withRecalled message.Flag
}

// FromSeq begins at the message of that number, not at the newest. 0 numbers none and is refused.
func FromSeq(msgSeq uint32) MessagesOption {
	return func(o *messagesOptions) { o.from = restapi.Some(msgSeq) }
}

// WithRecalledMsg has what was taken back with its content. Only a client library of the vendor has it.
func WithRecalledMsg() MessagesOption {
	return func(o *messagesOptions) { o.withRecalled = true }
}

type historyRequest struct {
	chat

	ReqMsgNumber    int          `json:"ReqMsgNumber"`
	ReqMsgSeq       uint32       `json:"ReqMsgSeq,omitempty"`
	WithRecalledMsg message.Flag `json:"WithRecalledMsg,omitempty"`
}

// Messages goes through the history of a group, or of a topic, the newest message first. How far it reaches back is a
// setting of the app, seven days if nothing was changed. Numbers without a message, and what was taken back, are there
// too: IsPlaceMsg says so. What [Client.ClearHistory] hides from members is there. An error is yielded once, as the
// last thing. Each page, of 20 messages, is a call: 200 calls a second and app, repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/2738
func (c *Client) Messages(
	ctx context.Context, chatID string, opts ...MessagesOption,
) iter.Seq2[HistoryMessage, error] {
	return batch.Pages(ctx, CommandGroupMsgGetSimple,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[HistoryMessage], error) {
			return c.MessagePage(ctx, chatID, at, 0, opts...)
		})
}

// MessagePage reads one page of [Client.Messages], of at most limit messages: up to 20, for which 0 stands. It can have
// fewer, as an answer can be too long, and is not the last one for that: see Next.
//
// [restapi.CodeGroupNotFound]: there is no such group. [restapi.CodeGroupPermissionDenied]: an AVChatRoom keeps no
// history. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/2738
func (c *Client) MessagePage(
	ctx context.Context, chatID string, cursor restapi.Cursor, limit int, opts ...MessagesOption,
) (restapi.Page[HistoryMessage], error) {
	var page restapi.Page[HistoryMessage]
	req, err := historyRequestOf(chatID, cursor, limit, opts)
	if err != nil {
		return page, err
	}
	resp, err := restapi.Do[historyAnswer](ctx, c.caller, CommandGroupMsgGetSimple, req)
	if err != nil {
		return page, err
	}
	for i := range resp.RspMsgList {
		page.Items = append(page.Items, resp.RspMsgList[i].message())
	}
	page.Next = resp.next()
	return page, nil
}

func historyRequestOf(
	chatID string, cursor restapi.Cursor, limit int, opts []MessagesOption,
) (historyRequest, error) {
	cmd := CommandGroupMsgGetSimple
	in, err := chatOf(cmd, chatID)
	if err != nil {
		return historyRequest{}, err
	}
	var o messagesOptions
	for _, opt := range opts {
		opt(&o)
	}
	if from, some := o.from.Get(); some {
		if err := checkMsgSeq(cmd, "ReqMsgSeq", from); err != nil {
			return historyRequest{}, err
		}
	}
	number, err := pageSize(cmd, "ReqMsgNumber", limit, MaxMessages)
	if err != nil {
		return historyRequest{}, err
	}
	at := uint64(o.from.Or(0))
	if err := batch.ReadCursor(cmd, "ReqMsgSeq", cursor, &at); err != nil {
		return historyRequest{}, err
	}
	if at > math.MaxUint32 || at == 0 && cursor != "" {
		return historyRequest{}, check.Argument(cmd, "ReqMsgSeq", "is not a cursor of this list")
	}
	return historyRequest{in, number, uint32(at), o.withRecalled}, nil
}
