package account

import (
	"context"

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

// A CheckResult is what Check found of one account.
type CheckResult struct {
	UserID string
	// Status is Imported or NotImported; empty where Err is not nil.
	Status Status

	err error
}

// Err returns why this account could not be looked up, a *restapi.Error, and nil if it was. That an account is not
// imported is no error.
func (r CheckResult) Err() error { return r.err }

// Imported reports whether the account was looked up and is imported.
func (r CheckResult) Imported() bool { return r.err == nil && r.Status == Imported }

type itemsResponse struct {
	ResultItem []struct {
		UserID        string `json:"UserID"`
		ResultCode    int    `json:"ResultCode"`
		ResultInfo    string `json:"ResultInfo"`
		AccountStatus Status `json:"AccountStatus"`
	} `json:"ResultItem"`
}

// Delete deletes 1 to 100 accounts for good, with their profiles, friends, groups and conversations. The result has one
// Result for each user ID, in the order given: look at the Err of each, an account that failed does not fail the call.
//
// Of a Result: restapi.CodeAccountNotFound, the account is not there. Of the call: restapi.CodeAccountDeleteUnsupported,
// deletion must be allowed in the console first. 100 calls a second and app. Repeated after a failure that leaves its
// outcome open, so that CodeAccountNotFound can also mean that the attempt before deleted the account.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34955
func (c *Client) Delete(ctx context.Context, userIDs []string) ([]Result, error) {
	items, err := itemsOf(CommandDelete, "DeleteItem", userIDs)
	if err != nil {
		return nil, err
	}
	req := struct{ DeleteItem []item }{items}
	resp, err := restapi.Do[itemsResponse](ctx, c.caller, CommandDelete, req)
	if err != nil {
		return nil, err
	}
	results := make([]Result, len(userIDs))
	for i, r := range resp.results(CommandDelete, userIDs) {
		results[i] = Result{UserID: r.UserID, err: r.err}
	}
	return results, nil
}

// Check tells of 1 to 100 user IDs which are imported. The result has one CheckResult for each, in the order given: look
// at the Err of each, an account that could not be looked up does not fail the call.
//
// 100 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34956
func (c *Client) Check(ctx context.Context, userIDs []string) ([]CheckResult, error) {
	items, err := itemsOf(CommandCheck, "CheckItem", userIDs)
	if err != nil {
		return nil, err
	}
	req := struct{ CheckItem []item }{items}
	resp, err := restapi.Do[itemsResponse](ctx, c.caller, CommandCheck, req)
	if err != nil {
		return nil, err
	}
	return resp.results(CommandCheck, userIDs), nil
}

func itemsOf(cmd restapi.Command, field string, userIDs []string) ([]item, error) {
	if err := check.UserIDs(cmd, field, userIDs, MaxAccounts); err != nil {
		return nil, err
	}
	items := make([]item, 0, len(userIDs))
	for _, userID := range check.Unique(userIDs) {
		items = append(items, item{userID})
	}
	return items, nil
}

// results gives each account asked its part of the answer, whatever the answer's order and gaps.
func (r *itemsResponse) results(cmd restapi.Command, userIDs []string) []CheckResult {
	answered := make(map[string]CheckResult, len(r.ResultItem))
	for _, one := range r.ResultItem {
		answered[one.UserID] = CheckResult{
			UserID: one.UserID,
			Status: one.AccountStatus,
			err:    check.Item(cmd, one.ResultCode, one.ResultInfo),
		}
	}
	results := make([]CheckResult, len(userIDs))
	for i, userID := range userIDs {
		result, ok := answered[userID]
		if !ok {
			result = CheckResult{UserID: userID, err: check.Missing(cmd)}
		}
		results[i] = result
	}
	return results
}
