package account

import (
	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Result is the outcome of a call for one of its accounts: its Err is why the call failed for this account, a
// [*restapi.Error], and nil if it did not. A fake makes a failed one with [restapi.Failed].
type Result struct {
	UserID          string
	restapi.Outcome `json:"-"`
}

// item names one account in a request.
type item struct {
	UserID string `json:"UserID"`
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

// itemsResponse is the answer to Delete, which has no AccountStatus, and to Check.
type itemsResponse struct {
	ResultItem []resultItem
}

type resultItem struct {
	batch.Status

	UserID        string
	AccountStatus Status
}
