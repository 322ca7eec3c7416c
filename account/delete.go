package account

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Delete deletes 1 to 100 accounts for good, with their profiles, friends, groups and conversations. The result has one
// Result for each user ID, in the order given: look at the Err of each, an account that failed does not fail the call.
//
// Of a Result: [restapi.CodeAccountNotFound], the account is not there. Of the call:
// [restapi.CodeAccountDeleteUnsupported], deletion must be allowed in the console first. 100 calls a second and app.
// Repeated after a failure that leaves its outcome open, so that CodeAccountNotFound can also mean that the attempt
// before deleted the account.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34955
func (c *Client) Delete(ctx context.Context, userIDs []string) ([]Result, error) {
	items, err := itemsOf(CommandAccountDelete, "DeleteItem", userIDs)
	if err != nil {
		return nil, err
	}
	req := struct{ DeleteItem []item }{items}
	resp, err := restapi.Do[itemsResponse](ctx, c.caller, CommandAccountDelete, req)
	if err != nil {
		return nil, err
	}
	answered := batch.Rows(resp.ResultItem, func(row *resultItem) (string, Result) {
		return row.UserID, Result{UserID: row.UserID, Outcome: row.Outcome(CommandAccountDelete)}
	})
	return batch.Collate(userIDs, answered, func(userID string) Result {
		return Result{UserID: userID, Outcome: restapi.Failed(check.Missing(CommandAccountDelete))}
	}), nil
}
