package friend

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
)

type deleteRequest struct {
	batch.Users

	DeleteType string `json:"DeleteType"`
}

// Delete takes 1 to 1000 users off the friends of userID, with [Both] userID off theirs too. The result has one Result
// for each user ID, in the order given: look at the Err of each, a user that failed does not fail the call.
//
// Of a Result: [restapi.CodeRelationNotFriends], the user is not a friend; [restapi.CodeRelationDeleteRestricted], too
// many deletions. 200 calls a second and app. Repeated after a failure that leaves its outcome open, so that
// CodeRelationNotFriends can also mean that the attempt before took the user off.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34905
func (c *Client) Delete(ctx context.Context, userID string, friendIDs []string, sides Sides) ([]Result, error) {
	named, err := batch.UsersOf(CommandFriendDelete, userID, friendIDs, MaxUsers)
	if err != nil {
		return nil, err
	}
	deleteType, err := sides.word(CommandFriendDelete, "DeleteType", "Delete_Type_")
	if err != nil {
		return nil, err
	}
	return c.results(ctx, CommandFriendDelete, deleteRequest{named, deleteType}, friendIDs)
}

// DeleteAll takes all users off the friends of userID, with what userID kept of them, and with [Both] userID off theirs
// too.
//
// [restapi.CodeRelationAccountNotFound]: userID is not imported. 200 calls a second and app. Repeated after a failure
// that leaves its outcome open, so that a friend who is added between two attempts is lost too.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34906
func (c *Client) DeleteAll(ctx context.Context, userID string, sides Sides) error {
	if err := check.UserID(CommandFriendDeleteAll, "From_Account", userID); err != nil {
		return err
	}
	deleteType, err := sides.word(CommandFriendDeleteAll, "DeleteType", "Delete_Type_")
	if err != nil {
		return err
	}
	req := struct {
		FromAccount string `json:"From_Account"`
		DeleteType  string `json:"DeleteType"`
	}{userID, deleteType}
	return c.caller.Call(ctx, CommandFriendDeleteAll, req, nil)
}
