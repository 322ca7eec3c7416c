package group

import (
	"context"

	"github.com/go-tencentchat/tencentchat/message"
)

type modifyMessageRequest struct {
	chat
	message.Change

	MsgSeq uint32 `json:"MsgSeq"`
}

// ModifyMessage changes a message of a group, or of a topic, for all members and in the history. That cannot be undone.
// An AVChatRoom keeps none that could be changed.
//
// Which errors the service answers for a group or a message that is not there is not documented. 200 calls a second and
// app. Repeated after a failure that leaves its outcome open, so that the webhook that tells of the change can come
// twice.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/47948
func (c *Client) ModifyMessage(ctx context.Context, chatID string, msgSeq uint32, change message.Change) error {
	cmd := CommandModifyGroupMsg
	in, err := chatOf(cmd, chatID)
	if err != nil {
		return err
	}
	if err := checkMsgSeq(cmd, "MsgSeq", msgSeq); err != nil {
		return err
	}
	if err := change.CheckFor(cmd); err != nil {
		return err
	}
	return c.caller.Call(ctx, cmd, modifyMessageRequest{in, change, msgSeq}, nil)
}
