package friend

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

func (r row) user() string { return r.ToAccount }

// failures names users who failed. Most have a row with the code too.
type failures struct {
	FailAccount    []string `json:"Fail_Account"`
	InvalidAccount []string `json:"Invalid_Account"` // of older pages
}

// lists returns the list that names each of them.
func (f failures) lists() map[string]string {
	lists := make(map[string]string)
	for _, userID := range f.InvalidAccount {
		lists[userID] = "Invalid_Account"
	}
	for _, userID := range f.FailAccount {
		lists[userID] = "Fail_Account"
	}
	return lists
}

type resultsAnswer struct {
	failures

	ResultItem []row
}

// results calls cmd and returns the outcome of each user asked.
func (c *Client) results(ctx context.Context, cmd restapi.Command, req any, asked []string) ([]Result, error) {
	resp, err := restapi.Do[resultsAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	return collate(cmd, asked, resp.ResultItem, resp.failures, func(userID string, _ row, o restapi.Outcome) Result {
		return Result{UserID: userID, Outcome: o}
	}), nil
}

// answer is a row of any command.
type answer interface {
	user() string
	Outcome(cmd restapi.Command) restapi.Outcome
}

// collate makes a result for each user asked, in the order asked. It is given the row of a user for whom the call went
// well and an empty one of all others, as what the answer says of those besides the code means nothing.
func collate[Row answer, R any](
	cmd restapi.Command, asked []string, rows []Row, f failures, result func(string, Row, restapi.Outcome) R,
) []R {
	var none Row
	lists := f.lists()
	inOrder := batch.Collate(asked, batch.Rows(rows, func(r *Row) (string, Row) { return (*r).user(), *r }),
		func(string) Row { return none })
	results := make([]R, len(asked))
	for i, row := range inOrder {
		outcome := row.Outcome(cmd)
		list, failed := lists[asked[i]]
		switch {
		case outcome.Err() != nil:
			row = none
		case failed:
			row, outcome = none, restapi.Failed(check.Unexplained(cmd, list))
		case row.user() == "":
			outcome = restapi.Failed(check.Missing(cmd))
		}
		results[i] = result(asked[i], row, outcome)
	}
	return results
}
