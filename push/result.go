package push

import (
	"context"
	"slices"

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

type resultAnswer struct {
	ErrorList []batch.Refusal
}

// change makes a call that changes something of users, and returns the outcome of each.
func change(ctx context.Context, c restapi.Caller, t target, userIDs []string, req any) ([]Result, error) {
	resp, err := restapi.Do[resultAnswer](ctx, c, t.cmd, req)
	if err != nil {
		return nil, err
	}
	return resultsOf(t.cmd, userIDs, resp.ErrorList), nil
}

// resultsOf gives each user asked the outcome of an answer that names those who failed.
func resultsOf(cmd restapi.Command, userIDs []string, list []batch.Refusal) []Result {
	results := make([]Result, len(userIDs))
	for i, outcome := range batch.Refused(cmd, userIDs, list) {
		results[i] = Result{userIDs[i], outcome}
	}
	return results
}

// collate returns a result for each user asked: the row of the answer that is of that user, or what of makes of the
// refusal, or of there being neither.
func collate[R any](
	cmd restapi.Command, userIDs []string, rows []R, userID func(*R) string, list []batch.Refusal,
	of func(userID string, o restapi.Outcome) R,
) []R {
	all := slices.Clone(rows)
	for i := range list {
		all = append(all, of(list[i].ToAccount, list[i].Failure(cmd)))
	}
	answered := batch.Rows(all, func(row *R) (string, R) { return userID(row), *row })
	return batch.Collate(userIDs, answered, func(userID string) R {
		return of(userID, restapi.Failed(check.Missing(cmd)))
	})
}

type usersRequest struct {
	ToAccount []string `json:"To_Account"`
}

// usersOf is the request of a command that takes nothing but users.
func usersOf(t target, userIDs []string) (usersRequest, error) {
	return usersRequest{check.Unique(userIDs)}, t.accounts(userIDs, MaxUsers)
}
