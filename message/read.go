package message

import (
	"context"
	"maps"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type readRequest struct {
	ReportAccount string `json:"Report_Account"`
	PeerAccount   string `json:"Peer_Account"`
	MsgReadTime   int64  `json:"MsgReadTime,omitempty"`
}

// MarkRead marks what userID was sent by peerID until then as read, and takes it from the unread count. The zero Time
// stands for now. until is cut to seconds.
//
// [restapi.CodeMessageInvalidFromAccount] and [restapi.CodeMessageInvalidToAccount]: one of the users is not imported.
// 200 calls a second and app. Repeated after a failure that leaves its outcome open; with the zero Time a repeat marks
// what came in between, too.
//
// Vendor page: https://cloud.tencent.com/document/product/269/50349
func (c *Client) MarkRead(ctx context.Context, userID, peerID string, until time.Time) error {
	cmd := CommandAdminSetMsgRead
	if err := pair(cmd, "Report_Account", userID, "Peer_Account", peerID); err != nil {
		return err
	}
	if err := check.Moment(cmd, "MsgReadTime", until); err != nil {
		return err
	}
	return c.caller.Call(ctx, cmd, readRequest{userID, peerID, wire.Seconds(until)}, nil)
}

type receiptsRequest struct {
	OperatorAccount string `json:"Operator_Account"`
	PeerAccount     string `json:"Peer_Account"`
	C2CMsgInfo      []one  `json:"C2CMsgInfo"`
}

// SendReadReceipts tells peerID that userID has read messages that peerID sent, with NeedReadReceipt, to userID. How
// many one call can name is not documented, nor which errors the service answers.
//
// No limit of its rate is documented: 200 calls a second and app. Repeated after a failure that leaves its outcome
// open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/77776
func (c *Client) SendReadReceipts(ctx context.Context, userID, peerID string, msgKeys []string) error {
	cmd := CommandC2CMsgReadReceipt
	if err := pair(cmd, "Operator_Account", userID, "Peer_Account", peerID); err != nil {
		return err
	}
	if err := check.MsgKeys(cmd, "C2CMsgInfo", msgKeys, len(msgKeys)); err != nil {
		return err
	}
	req := receiptsRequest{OperatorAccount: userID, PeerAccount: peerID}
	for _, key := range check.Unique(msgKeys) {
		req.C2CMsgInfo = append(req.C2CMsgInfo, one{peerID, userID, key})
	}
	return c.caller.Call(ctx, cmd, req, nil)
}

type unreadRequest struct {
	ToAccount   string   `json:"To_Account"`
	PeerAccount []string `json:"Peer_Account,omitempty"`
}

// AllUnread counts the one-to-one messages that userID has not read.
//
// [restapi.CodeMessageInvalidToAccount]: userID is not imported. 200 calls a second and app. Repeated after a failure
// on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/41046
func (c *Client) AllUnread(ctx context.Context, userID string) (int, error) {
	if err := account(CommandGetC2CUnreadMsgNum, "To_Account", userID); err != nil {
		return 0, err
	}
	req := unreadRequest{ToAccount: userID}
	resp, err := restapi.Do[struct{ AllC2CUnreadMsgNum int }](ctx, c.caller, CommandGetC2CUnreadMsgNum, req)
	if err != nil {
		return 0, err
	}
	return resp.AllC2CUnreadMsgNum, nil
}

// An Unread is what [Client.Unread] counted of one user: its Err is why that could not be counted, a [*restapi.Error],
// and nil if it was. A fake makes a failed one with [restapi.Failed].
type Unread struct {
	UserID          string
	C2CUnreadMsgNum int
	restapi.Outcome `json:"-"`
}

type unreadAnswer struct {
	C2CUnreadMsgNumList []struct {
		PeerAccount     string `json:"Peer_Account"`
		C2CUnreadMsgNum int
	}
	ErrorList []struct {
		batch.Status

		PeerAccount string `json:"Peer_Account"`
	}
}

// Unread counts the messages of 1 to 10 users that userID has not read. The result has one Unread for each user ID, in
// the order given: look at the Err of each, a user that failed does not fail the call.
//
// Of an Unread: [restapi.CodeAccountNotFound], the user is not imported. Of the call:
// [restapi.CodeMessageInvalidToAccount], userID is not. 200 calls a second and app. Repeated after a failure on the
// way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/41046
func (c *Client) Unread(ctx context.Context, userID string, peerIDs []string) ([]Unread, error) {
	cmd := CommandGetC2CUnreadMsgNum
	if err := account(cmd, "To_Account", userID); err != nil {
		return nil, err
	}
	if err := accounts(cmd, "Peer_Account", peerIDs, MaxUnread); err != nil {
		return nil, err
	}
	req := unreadRequest{userID, check.Unique(peerIDs)}
	resp, err := restapi.Do[unreadAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	counts := make(map[string]Unread, len(req.PeerAccount))
	for _, row := range resp.C2CUnreadMsgNumList {
		counts[row.PeerAccount] = Unread{UserID: row.PeerAccount, C2CUnreadMsgNum: row.C2CUnreadMsgNum}
	}
	for _, row := range resp.ErrorList {
		counts[row.PeerAccount] = Unread{UserID: row.PeerAccount, Outcome: row.Failure(cmd)}
	}
	return batch.Collate(peerIDs, maps.All(counts), func(peerID string) Unread {
		return Unread{UserID: peerID, Outcome: restapi.Failed(check.Missing(cmd))}
	}), nil
}
