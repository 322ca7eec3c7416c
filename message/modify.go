package message

import (
	"context"
	"unicode/utf8"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Change is what is new of a message that was sent. What is left empty stays as it is.
type Change struct {
	MsgBody         Body                     `json:"MsgBody,omitempty"`
	CloudCustomData restapi.Optional[string] `json:"CloudCustomData,omitzero"`
}

// CheckFor refuses a change of nothing, and a body that cannot be sent, as [Message.CheckFor] does, with a
// *restapi.ArgumentError of cmd.
func (c Change) CheckFor(cmd restapi.Command) error {
	if c.MsgBody != nil && len(c.MsgBody) == 0 {
		return check.Argument(cmd, "MsgBody", "is empty")
	}
	if c.MsgBody == nil && c.CloudCustomData.IsZero() {
		return check.Argument(cmd, "MsgBody", "is empty and CloudCustomData too: nothing would change")
	}
	if !utf8.ValidString(c.CloudCustomData.Or("")) {
		return check.Argument(cmd, "CloudCustomData", "is not valid UTF-8")
	}
	return checkBody(cmd, c.MsgBody)
}

type modifyRequest struct {
	one
	Change
}

// Modify changes a message that fromUserID sent to toUserID, on the devices of both and in their histories. That cannot
// be undone.
//
// [restapi.CodeMessageNotFound]: there is no such message. [restapi.CodeMessageAccountNotFound]: one of the users is
// not imported. 200 calls a second and app. Repeated after a failure that leaves its outcome open, so that the webhook
// that tells of the change can come twice.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/47722
func (c *Client) Modify(ctx context.Context, fromUserID, toUserID, msgKey string, change Change) error {
	msg, err := oneOf(CommandModifyC2CMsg, fromUserID, toUserID, msgKey)
	if err != nil {
		return err
	}
	if err := change.CheckFor(CommandModifyC2CMsg); err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandModifyC2CMsg, modifyRequest{msg, change}, nil)
}
