package follow

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A CheckResult is what [Client.Check] found of one user: its Err is why this user could not be checked, a
// [*restapi.Error], and nil if the user was. That a user does not follow is not an error.
type CheckResult struct {
	UserID string
	// FollowType is NoFollow where Err is not nil too.
	FollowType      FollowType
	restapi.Outcome `json:"-"`
}

type checkRow struct {
	row

	FollowType FollowType
}

// Check tells of 1 to 100 users whether they follow userID and whether userID follows them. The result has one
// CheckResult for each user ID, in the order given: look at the Err of each, a user that could not be checked does not
// fail the call.
//
// Of a CheckResult: [restapi.CodeRelationAccountNotFound], the user is not imported. 200 calls a second and app.
// Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/70349
func (c *Client) Check(ctx context.Context, userID string, otherIDs []string) ([]CheckResult, error) {
	req, err := batch.UsersOf(CommandFollowCheck, userID, otherIDs, MaxCheck)
	if err != nil {
		return nil, err
	}
	resp, err := restapi.Do[struct{ ResultItem []checkRow }](ctx, c.caller, CommandFollowCheck, req)
	if err != nil {
		return nil, err
	}
	answered := batch.Rows(resp.ResultItem, func(r *checkRow) (string, CheckResult) {
		result := CheckResult{UserID: r.ToAccount, Outcome: r.Outcome(CommandFollowCheck)}
		if result.Err() == nil {
			result.FollowType = r.FollowType
		}
		return r.ToAccount, result
	})
	return batch.Collate(otherIDs, answered, func(otherID string) CheckResult {
		return CheckResult{UserID: otherID, Outcome: restapi.Failed(check.Missing(CommandFollowCheck))}
	}), nil
}
