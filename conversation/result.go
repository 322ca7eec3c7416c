package conversation

import (
	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Result is the outcome of a call for one of its conversations: its Err is why the call failed for this conversation,
// a [*restapi.Error], and nil if it did not. A fake makes a failed one with [restapi.Failed].
type Result struct {
	ID
	restapi.Outcome `json:"-"`
}

// A row is what an answer says of one conversation.
type row struct {
	batch.Status

	ContactItem ID
}

// results returns the outcome of each conversation asked.
func results(cmd restapi.Command, asked []ID, rows []row) []Result {
	answered := batch.Rows(rows, func(r *row) (ID, Result) {
		id := r.ContactItem.own()
		return id, Result{ID: id, Outcome: r.Outcome(cmd)}
	})
	return batch.Collate(asked, answered, func(id ID) Result {
		return Result{ID: id, Outcome: restapi.Failed(check.Missing(cmd))}
	})
}
