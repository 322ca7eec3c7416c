package message

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// FlagBits say what became of a message.
type FlagBits int

// Recalled is the bit of a message that was taken back.
const Recalled FlagBits = 8

// A HistoryMessage is one message of the history of a conversation.
type HistoryMessage struct {
	FromAccount, ToAccount string
	MsgSeq, MsgRandom      uint64
	MsgTimeStamp           time.Time // when the service took it
	MsgClientTime          time.Time // when a device sent it; most have none
	MsgFlagBits            FlagBits
	IsPeerRead             bool // the receiver sent a read receipt
	MsgKey                 string
	MsgBody                Body // empty where the message was deleted
	CloudCustomData        string
}

const (
	maxPage = 100         // messages of a page, unless the program says otherwise; the most is not documented
	ahead   = time.Minute // how far the newest message may be ahead of this machine's clock
)

type historyRequest struct {
	OperatorAccount string `json:"Operator_Account"`
	PeerAccount     string `json:"Peer_Account"`
	MaxCnt          int    `json:"MaxCnt"`
	MinTime         int64  `json:"MinTime"`
	MaxTime         int64  `json:"MaxTime"`
	LastMsgKey      string `json:"LastMsgKey,omitempty"`
}

type historyRow struct {
	FromAccount       string `json:"From_Account"`
	ToAccount         string `json:"To_Account"`
	MsgSeq, MsgRandom uint64
	MsgTimeStamp      int64
	MsgClientTime     int64
	MsgFlagBits       FlagBits
	IsPeerRead        int
	MsgKey            string
	MsgBody           Body
	CloudCustomData   string
}

func (r *historyRow) message() HistoryMessage {
	return HistoryMessage{
		r.FromAccount, r.ToAccount, r.MsgSeq, r.MsgRandom, wire.Moment(r.MsgTimeStamp), wire.Moment(r.MsgClientTime),
		r.MsgFlagBits, r.IsPeerRead != 0, r.MsgKey, r.MsgBody, r.CloudCustomData,
	}
}

type historyAnswer struct {
	Complete    int
	LastMsgTime int64
	LastMsgKey  string
	MsgList     []historyRow
}

// Messages goes through the messages that userID and peerID have sent each other, as userID's history has them: the
// newest first, from to back to from, which are cut to seconds and both within. A zero Time is no bound. How far a
// history reaches is a setting of the app, seven days if nothing was changed. What was taken back is there, with the
// bit [Recalled]. An error is yielded once, as the last thing. Each page is a call: 200 calls a second and app,
// repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/35478
func (c *Client) Messages(
	ctx context.Context, userID, peerID string, from, to time.Time,
) iter.Seq2[HistoryMessage, error] {
	return batch.Pages(ctx, CommandAdminGetRoamMsg,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[HistoryMessage], error) {
			return c.MessagePage(ctx, userID, peerID, from, to, at, 0)
		})
}

// MessagePage reads one page of [Client.Messages], the newest message first, of at most limit messages: 0 stands for
// 100. The most is not documented. An answer holds about 13 KB, so that a page can have fewer and is not the
// last one for that: see Next.
//
// [restapi.CodeMessageInvalidFromAccount] and [restapi.CodeMessageInvalidToAccount]: one of the users is not imported.
// 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/35478
func (c *Client) MessagePage(
	ctx context.Context, userID, peerID string, from, to time.Time, cursor restapi.Cursor, limit int,
) (restapi.Page[HistoryMessage], error) {
	var page restapi.Page[HistoryMessage]
	req, err := historyRequestOf(userID, peerID, from, to, cursor, limit)
	if err != nil {
		return page, err
	}
	resp, err := restapi.Do[historyAnswer](ctx, c.caller, CommandAdminGetRoamMsg, req)
	if err != nil {
		return page, err
	}
	for i := range resp.MsgList {
		if key := resp.MsgList[i].MsgKey; key == "" || key != req.LastMsgKey { // that of the page before can come again
			page.Items = append(page.Items, resp.MsgList[i].message())
		}
	}
	if n := len(page.Items); n > 1 && !page.Items[n-1].MsgTimeStamp.Before(page.Items[0].MsgTimeStamp) {
		slices.Reverse(page.Items) // the service has the oldest one of a page first
	}
	if resp.Complete != 1 {
		page.Next, err = resp.next()
	}
	return page, err
}

func historyRequestOf(
	userID, peerID string, from, to time.Time, cursor restapi.Cursor, limit int,
) (historyRequest, error) {
	cmd := CommandAdminGetRoamMsg
	if err := pair(cmd, "Operator_Account", userID, "Peer_Account", peerID); err != nil {
		return historyRequest{}, err
	}
	if err := check.Moment(cmd, "MinTime", from); err != nil {
		return historyRequest{}, err
	}
	if err := check.Moment(cmd, "MaxTime", to); err != nil {
		return historyRequest{}, err
	}
	switch {
	case !to.IsZero() && from.After(to):
		return historyRequest{}, check.Argument(cmd, "MinTime", "is after MaxTime")
	case limit < 0:
		return historyRequest{}, check.Argument(cmd, "MaxCnt", "is %d, must not be negative", limit)
	case to.IsZero():
		to = time.Now().Add(ahead)
	}
	req := historyRequest{
		OperatorAccount: userID, PeerAccount: peerID, MaxCnt: cmp.Or(limit, maxPage),
		MinTime: wire.Seconds(from), MaxTime: to.Unix(),
	}
	if cursor == "" {
		return req, nil
	}
	last, key, ok := strings.Cut(string(cursor), ",")
	seconds, err := strconv.ParseInt(last, 10, 64)
	if !ok || err != nil || seconds < 0 {
		return historyRequest{}, check.Argument(cmd, "LastMsgKey", "is not a cursor of this list")
	}
	req.MaxTime, req.LastMsgKey = seconds, key
	return req, nil
}

var errNoWayOn = fmt.Errorf("%w: not complete and without the place of the next page", restapi.ErrBadResponse)

// next is where the page before that of this answer begins, in time: at its LastMsgTime, with its LastMsgKey.
func (r *historyAnswer) next() (restapi.Cursor, error) {
	if r.LastMsgTime <= 0 {
		return "", &restapi.Error{Command: CommandAdminGetRoamMsg, HTTPStatus: http.StatusOK, Err: errNoWayOn}
	}
	return restapi.Cursor(strconv.FormatInt(r.LastMsgTime, 10) + "," + r.LastMsgKey), nil
}
