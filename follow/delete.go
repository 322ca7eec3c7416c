package follow

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/batch"
)

// Delete makes userID follow 1 to 20 others no more; one who is not followed is no error. The result has one Result for
// each user ID, in the order given: look at the Err of each, a user that failed does not fail the call.
//
// Of a Result: [restapi.CodeRelationAccountNotFound], the user is not imported. 200 calls a second and app. Repeated
// after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/70346
func (c *Client) Delete(ctx context.Context, userID string, otherIDs []string) ([]Result, error) {
	req, err := batch.UsersOf(CommandFollowDelete, userID, otherIDs, MaxUsers)
	if err != nil {
		return nil, err
	}
	return c.results(ctx, CommandFollowDelete, req, otherIDs)
}
