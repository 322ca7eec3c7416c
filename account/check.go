package account

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Status says whether an account is imported. Words newer than this SDK are read as they are.
type Status string

// The values of Status.
const (
	Imported    Status = "Imported"
	NotImported Status = "NotImported"
)

// A CheckResult is what [Client.Check] found of one account: its Err is why this account could not be looked up, a
// [*restapi.Error], and nil if it was. That an account is not imported is not an error.
type CheckResult struct {
	UserID string
	// Status is Imported or NotImported; empty where Err is not nil.
	Status          Status
	restapi.Outcome `json:"-"`
}

// Check tells of 1 to 100 user IDs which are imported. The result has one CheckResult for each, in the order given:
// look at the Err of each, an account that could not be looked up does not fail the call.
//
// 100 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34956
func (c *Client) Check(ctx context.Context, userIDs []string) ([]CheckResult, error) {
	items, err := itemsOf(CommandAccountCheck, "CheckItem", userIDs)
	if err != nil {
		return nil, err
	}
	req := struct{ CheckItem []item }{items}
	resp, err := restapi.Do[itemsResponse](ctx, c.caller, CommandAccountCheck, req)
	if err != nil {
		return nil, err
	}
	answered := batch.Rows(resp.ResultItem, func(row *resultItem) (string, CheckResult) {
		result := CheckResult{UserID: row.UserID, Outcome: row.Outcome(CommandAccountCheck)}
		if result.Err() == nil {
			result.Status = row.AccountStatus
		}
		return row.UserID, result
	})
	return batch.Collate(userIDs, answered, func(userID string) CheckResult {
		return CheckResult{UserID: userID, Outcome: restapi.Failed(check.Missing(CommandAccountCheck))}
	}), nil
}
