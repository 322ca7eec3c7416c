package message

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Recall takes back a message that fromUserID sent to toUserID, however old it is: from the devices of both, and in
// their histories it is marked, see [Recalled]. That cannot be undone.
//
// [restapi.CodeMessageNotFound]: there is no such message. [restapi.CodeMessageAlreadyRecalled]: it was taken back
// before. 200 calls a second and app. Repeated after a failure that leaves its outcome open, so that
// CodeMessageAlreadyRecalled can also mean that the attempt before took it back.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/35015
func (c *Client) Recall(ctx context.Context, fromUserID, toUserID, msgKey string) error {
	msg, err := oneOf(CommandAdminMsgWithdraw, fromUserID, toUserID, msgKey)
	if err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandAdminMsgWithdraw, msg, nil)
}

// A KeyResult is the outcome of [Client.Delete] for one message: its Err is why the message was not deleted, a
// [*restapi.Error], and nil if it was. A fake makes a failed one with [restapi.Failed].
type KeyResult struct {
	MsgKey          string
	restapi.Outcome `json:"-"`
}

type deleteRequest struct {
	OperatorAccount string   `json:"Operator_Account"`
	PeerAccount     string   `json:"Peer_Account"`
	MsgKeyList      []string `json:"MsgKeyList"`
}

// Delete deletes 1 to 30 messages from the history that userID has of the conversation with peerID, who still sees
// them. The result has one KeyResult for each key, in the order given: look at the Err of each, which is there for a
// key that is not one. Which errors the service answers is not documented.
//
// 200 calls a second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://cloud.tencent.com/document/product/269/101439
func (c *Client) Delete(ctx context.Context, userID, peerID string, msgKeys []string) ([]KeyResult, error) {
	cmd := CommandDeleteC2CMsgRamble
	if err := pair(cmd, "Operator_Account", userID, "Peer_Account", peerID); err != nil {
		return nil, err
	}
	if err := check.MsgKeys(cmd, "MsgKeyList", msgKeys, MaxDelete); err != nil {
		return nil, err
	}
	req := deleteRequest{userID, peerID, check.Unique(msgKeys)}
	resp, err := restapi.Do[struct{ InvalidMsgKeyList []string }](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	invalid := make(map[string]bool, len(resp.InvalidMsgKeyList))
	for _, key := range resp.InvalidMsgKeyList {
		invalid[key] = true
	}
	results := make([]KeyResult, len(msgKeys))
	for i, key := range msgKeys {
		results[i].MsgKey = key
		if invalid[key] {
			results[i].Outcome = restapi.Failed(check.Unexplained(cmd, "InvalidMsgKeyList"))
		}
	}
	return results, nil
}
