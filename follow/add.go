package follow

import (
	"context"
	"slices"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/check"
)

// item names one user to follow.
type item struct {
	ToAccount string `json:"To_Account"`
}

type addRequest struct {
	FromAccount string `json:"From_Account"`
	FollowItem  []item `json:"FollowItem"`
}

// Add makes userID follow 1 to 20 others; one who is followed already is no error. The result has one Result for each
// user ID, in the order given: look at the Err of each, a user that failed does not fail the call.
//
// Of a Result: [restapi.CodeRelationAccountNotFound], the user is not imported; [restapi.CodeFollowLimit],
// [restapi.CodeFollowPeerFollowersLimit], [restapi.CodeFollowMutualLimit] and [restapi.CodeFollowPeerMutualLimit], one
// of the two has as many as are allowed. 200 calls a second and app. Repeated after a failure that leaves its outcome
// open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/70345
func (c *Client) Add(ctx context.Context, userID string, otherIDs []string) ([]Result, error) {
	if err := check.UserID(CommandFollowAdd, "From_Account", userID); err != nil {
		return nil, err
	}
	if err := check.UserIDs(CommandFollowAdd, "FollowItem", otherIDs, MaxUsers); err != nil {
		return nil, err
	}
	if i := slices.Index(otherIDs, userID); i >= 0 {
		field := "FollowItem[" + strconv.Itoa(i) + "]"
		return nil, check.Argument(CommandFollowAdd, field, "is the user who is to follow")
	}
	req := addRequest{FromAccount: userID}
	for _, otherID := range check.Unique(otherIDs) {
		req.FollowItem = append(req.FollowItem, item{otherID})
	}
	return c.results(ctx, CommandFollowAdd, req, otherIDs)
}
