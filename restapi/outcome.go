package restapi

import (
	"errors"
	"fmt"
)

// An Outcome is what became of one item of a call whose answer speaks of each item: a user of a batch, a message, a
// group. The results of such calls embed it, so that each has a method Err. Its zero value is success.
//
// It has no form in JSON: nothing of it is written and no key of an answer reaches it. A result that is encoded tags it
// `json:"-"` all the same, which says so where it is read.
type Outcome struct{ err error }

// Failed returns the outcome of an item that failed with err, for programs that stand in for a client of an area in
// tests. That of nil is success.
func Failed(err error) Outcome { return Outcome{err} }

// Err returns why the item failed, an *Error where the service said so, and nil where it did not fail.
func (o Outcome) Err() error { return o.err }

// Join makes one error of a call and its items, for callers who want all of them or none:
//
//	err := restapi.Join(accounts.Delete(ctx, userIDs))
//
// It returns err if that is not nil, and nil if no item failed. Otherwise its error is that of every item that failed,
// as errors.Join has them, each behind the item's index: errors.Is matches the code of any of them.
func Join[R interface{ Err() error }](results []R, err error) error {
	if err != nil {
		return err
	}
	var failed []error
	for i, result := range results {
		if err := result.Err(); err != nil {
			failed = append(failed, fmt.Errorf("item %d: %w", i, err))
		}
	}
	return errors.Join(failed...)
}
