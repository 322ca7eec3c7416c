package group

import (
	"cmp"
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An OwnerOption changes what [Client.ChangeOwner] does.
type OwnerOption func(*ownerRequest)

// WithFromAccount has the change shown as made by this user. It is seen in a client library only.
func WithFromAccount(userID string) OwnerOption {
	return func(r *ownerRequest) { r.FromAccount = restapi.Some(userID) }
}

type ownerRequest struct {
	GroupID         string                   `json:"GroupId"`
	NewOwnerAccount string                   `json:"NewOwner_Account"`
	FromAccount     restapi.Optional[string] `json:"From_Account,omitzero"`
}

// ChangeOwner makes a member the owner of a group, which can be one that has none. Who was the owner stays a member.
//
// [restapi.CodeGroupInvalidParameter]: newOwner is not a member. [restapi.CodeGroupPermissionDenied]: an AVChatRoom
// stays with its owner. [restapi.CodeGroupNotFound]: there is no such group. 200 calls a second and app. Repeated after
// a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34966
func (c *Client) ChangeOwner(ctx context.Context, groupID, newOwner string, opts ...OwnerOption) error {
	cmd := CommandChangeGroupOwner
	req := ownerRequest{GroupID: groupID, NewOwnerAccount: newOwner}
	for _, opt := range opts {
		opt(&req)
	}
	if err := cmp.Or(checkGroupID(cmd, groupID), check.UserID(cmd, "NewOwner_Account", newOwner)); err != nil {
		return err
	}
	if userID, given := req.FromAccount.Get(); given {
		if err := check.UserID(cmd, "From_Account", userID); err != nil {
			return err
		}
	}
	return c.caller.Call(ctx, cmd, req, nil)
}
