package profile

import (
	"context"
	"iter"

	"github.com/go-tencentchat/tencentchat/internal/batch"
)

// defaultConcurrency carries 200 calls a second at 300 ms each, which is 60 under way, and a few that wait for their
// turn.
const defaultConcurrency = 64

// BulkOptions sets how [Client.SetProfiles] works. Its zero value keeps up the documented rate.
type BulkOptions struct {
	// Concurrency is the number of updates that may be under way, which is to say taken from the input and not yet
	// reported. 0 or less stands for 64: enough for 200 calls a second as long as a call takes no more than 300 ms. An
	// app with a raised limit or a longer way to its region needs more: calls a second times the seconds that one
	// takes.
	Concurrency int
}

// SetProfiles sets the profiles of many users, as [Client.SetProfile] does for one, at the rate that the limiter of the
// client lets through, and yields the user ID and the outcome of each update as it comes: nil, or the error of
// SetProfile. An update that fails, or that is refused before the network, is the failure of that user alone.
//
// As long as the loop goes on, every update that was taken from updates is yielded once. What was yielded with nil is
// done; what was yielded with an error, or not at all, is to be set again, which does no harm where it had been set
// after all. So an import can be resumed by leaving out what was yielded with nil. Updates of different users come in
// any order; those of one user are sent one after the other, and reported, in the order of the input. One of them that
// failed and is set again later comes behind those that followed it: best have one update for each user.
//
// When ctx ends, no more is taken from updates, calls under way are given up and yielded with their errors, and the
// loop ends: look at ctx.Err() behind it. To let those calls finish, end updates instead. Breaking out of the loop
// gives up what is under way and yields no more. Either way nothing runs any longer when the loop has ended.
//
// Updates are taken one at a time and only as there is room for them, so that memory does not grow with their number.
// They are taken by another goroutine than that of the loop: what both touch needs a lock. The Items of an update must
// not be changed before it is yielded. The loop waits for updates to return, so where it waits for something itself it
// should heed ctx. If updates panics, what is under way is yielded first and then the loop panics with the same value.
//
// The rate of calls makes no update fail: where the limiter refuses in place of waiting, or the service refuses for the
// rate although the client has slowed down and tried again, the update waits and begins anew, as long as ctx lasts. A
// limit of a day is a failure.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34916
func (c *Client) SetProfiles(
	ctx context.Context, updates iter.Seq2[string, Items], opts BulkOptions,
) iter.Seq2[string, error] {
	concurrency := opts.Concurrency
	if concurrency <= 0 {
		concurrency = defaultConcurrency
	}
	jobs := func(context.Context) iter.Seq[batch.Job] {
		return func(yield func(batch.Job) bool) {
			for userID, items := range updates {
				if !yield(batch.Job{Users: []string{userID}, Call: func(ctx context.Context) ([]error, error) {
					return nil, c.SetProfile(ctx, userID, items...)
				}}) {
					return
				}
			}
		}
	}
	b := &batch.Bulk{Command: CommandPortraitSet, Concurrency: concurrency, InOrder: true, Jobs: jobs}
	return b.Run(ctx)
}
