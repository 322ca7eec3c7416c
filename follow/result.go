package follow

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Result is the outcome of a call for one of its users: its Err is why the call failed for this user, a
// [*restapi.Error], and nil if it did not. A fake makes a failed one with [restapi.Failed].
type Result struct {
	UserID          string
	restapi.Outcome `json:"-"`
}

// A row is what an answer says of one user. Those of some commands have more.
type row struct {
	batch.Status

	ToAccount string `json:"To_Account"`
}

// results calls cmd and returns the outcome of each user asked.
func (c *Client) results(ctx context.Context, cmd restapi.Command, req any, asked []string) ([]Result, error) {
	resp, err := restapi.Do[struct{ ResultItem []row }](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	answered := batch.Rows(resp.ResultItem, func(r *row) (string, Result) {
		return r.ToAccount, Result{UserID: r.ToAccount, Outcome: r.Outcome(cmd)}
	})
	return batch.Collate(asked, answered, func(userID string) Result {
		return Result{UserID: userID, Outcome: restapi.Failed(check.Missing(cmd))}
	}), nil
}
