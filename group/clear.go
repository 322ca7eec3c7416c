package group

import (
	"context"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type deleteBySenderRequest struct {
	chat

	SenderAccount string `json:"Sender_Account"`
}

// DeleteBySender takes the messages of one sender out of the last 1000 of a group, or of a topic. Nobody is told:
// devices see it when they read the history again, where gaps stand in their place. An AVChatRoom keeps none, so that
// nothing happens there.
//
// [restapi.CodeGroupNotFound]: there is no such group. 200 calls a second and app. Repeated after a failure that leaves
// its outcome open, which also takes what the user has sent in between.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34970
func (c *Client) DeleteBySender(ctx context.Context, chatID, userID string) error {
	cmd := CommandDeleteGroupMsgBySender
	in, err := chatOf(cmd, chatID)
	if err != nil {
		return err
	}
	if err := check.UserID(cmd, "Sender_Account", userID); err != nil {
		return err
	}
	return c.caller.Call(ctx, cmd, deleteBySenderRequest{in, userID}, nil)
}

// A ClearOption changes what [Client.ClearHistory] does.
type ClearOption func(*clearOptions)

type clearOptions struct{ upTo restapi.Optional[uint32] }

// UpTo hides the messages up to the one of that number alone, which it takes along. 0 numbers none and is refused.
func UpTo(msgSeq uint32) ClearOption {
	return func(o *clearOptions) { o.upTo = restapi.Some(msgSeq) }
}

type clearRequest struct {
	GroupID string `json:"GroupId"`
	MsgSeq  uint32 `json:"MsgSeq,omitempty"`
}

// ClearHistory hides all messages of a group that there are so far from its members, without [UpTo]. They are not
// erased: [Client.Messages] still has them. That cannot be undone. A Community has no such thing, and is refused.
//
// [restapi.CodeGroupInvalidParameter] and [restapi.CodeGroupPermissionDenied]: that cannot be done in this group. 200
// calls a second and app. Not repeated after a failure that leaves its outcome open, as without UpTo a repeat would
// hide messages that came in between.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/65970
func (c *Client) ClearHistory(ctx context.Context, groupID string, opts ...ClearOption) error {
	cmd := CommandClearGroupMsg
	if err := checkGroupID(cmd, groupID); err != nil {
		return err
	}
	if strings.HasPrefix(groupID, communityPrefix) {
		return check.Argument(cmd, "GroupId", "is a Community's, whose history cannot be cleared")
	}
	var o clearOptions
	for _, opt := range opts {
		opt(&o)
	}
	upTo, some := o.upTo.Get()
	if some {
		if err := checkMsgSeq(cmd, "MsgSeq", upTo); err != nil {
			return err
		}
	}
	return c.caller.Call(ctx, cmd, clearRequest{groupID, upTo}, nil)
}
