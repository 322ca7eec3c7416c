package account

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
)

// Kick ends the login of a user: every UserSig of the user that was signed before the call stops working, one that is
// signed afterwards works. It does not delete anything.
//
// [restapi.CodeAccountNotFound]: the account is not imported. 200 calls a second and app. Repeated after a failure that
// leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34957
func (c *Client) Kick(ctx context.Context, userID string) error {
	if err := check.UserID(CommandKick, "UserID", userID); err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandKick, item{userID}, nil)
}
