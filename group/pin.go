package group

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type pinRequest struct {
	chat

	MsgSeq        uint32 `json:"MsgSeq"`
	PinnerAccount string `json:"Pinner_Account,omitempty"`
}

// Pin pins a message of a group, or of a topic, to the top, in the name of userID or, where that is empty, of the
// administrator who calls. One that is pinned moves to the front. A group has at most 10 pinned messages. An AVChatRoom
// has none. It needs one of the largest plans.
//
// Which errors the service answers is not documented; [restapi.CodeGroupPinnedLimit] and
// [restapi.CodeGroupAlreadyPinned] are of its table. 200 calls a second and app. Repeated after a failure that leaves
// its outcome open.
//
// Vendor page: https://cloud.tencent.com/document/product/269/133874
func (c *Client) Pin(ctx context.Context, chatID string, msgSeq uint32, userID string) error {
	in, err := pinOf(CommandPinMessage, "Pinner_Account", chatID, msgSeq, userID)
	if err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandPinMessage, pinRequest{in, msgSeq, userID}, nil)
}

type unpinRequest struct {
	chat

	MsgSeq          uint32 `json:"MsgSeq"`
	UnPinnerAccount string `json:"UnPinner_Account,omitempty"`
}

// Unpin takes a message of a group, or of a topic, from the top, in the name of userID or, where that is empty, of the
// administrator who calls.
//
// Which errors the service answers, and whether one that is not pinned gets one, is not documented. 200 calls a second
// and app. Repeated after a failure that leaves its outcome open, so that an error can also mean that the attempt
// before unpinned the message.
//
// Vendor page: https://cloud.tencent.com/document/product/269/134119
func (c *Client) Unpin(ctx context.Context, chatID string, msgSeq uint32, userID string) error {
	in, err := pinOf(CommandUnpinMessage, "UnPinner_Account", chatID, msgSeq, userID)
	if err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandUnpinMessage, unpinRequest{in, msgSeq, userID}, nil)
}

// pinOf refuses what names no message, and a user who cannot be.
func pinOf(cmd restapi.Command, field, chatID string, msgSeq uint32, userID string) (chat, error) {
	in, err := chatOf(cmd, chatID)
	if err != nil {
		return chat{}, err
	}
	if userID != "" {
		if err := check.UserID(cmd, field, userID); err != nil {
			return chat{}, err
		}
	}
	return in, checkMsgSeq(cmd, "MsgSeq", msgSeq)
}

// A PinnedMessage is one pinned message of a group, without its content: [Client.MessagePage] has that, from its
// number.
type PinnedMessage struct {
	MsgSeq        uint32
	PinnerAccount string `json:"Pinner_Account"` // who pinned it
}

// Pinned lists the pinned messages of a group, or of a topic: at most 10, the one that was pinned last first.
//
// Which errors the service answers is not documented. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/134120
func (c *Client) Pinned(ctx context.Context, chatID string) ([]PinnedMessage, error) {
	in, err := chatOf(CommandGetPinnedMessages, chatID)
	if err != nil {
		return nil, err
	}
	resp, err := restapi.Do[struct{ PinnedMsgList []PinnedMessage }](ctx, c.caller, CommandGetPinnedMessages, in)
	if err != nil {
		return nil, err
	}
	return resp.PinnedMsgList, nil
}
