package profile

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/ctxerr"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	// defaultConcurrency carries 200 calls a second at 300 ms each, which is 60 under way, and a few that wait for
	// their turn.
	defaultConcurrency = 64
	// minPause keeps a limiter that refuses without saying for how long from being asked in a tight loop.
	minPause = 10 * time.Millisecond
	// ratePause is how long an update waits that the service refused for the rate: its limits are those of a second.
	ratePause = time.Second
)

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
	return func(yield func(string, error) bool) {
		b := &bulk{
			client:   c,
			slots:    make(chan struct{}, concurrency),
			outcomes: make(chan outcome, concurrency),
		}
		b.run(ctx, updates, yield)
		b.rethrow()
	}
}

// bulk is one run of SetProfiles. The goroutine of the loop reports; another one takes the updates and starts a third
// kind, one for each update under way.
type bulk struct {
	client   *Client
	slots    chan struct{} // one for each update that is taken and not yet reported
	outcomes chan outcome  // has room for all of them, so that none waits for a loop that is gone
	underWay sync.WaitGroup
	last     sync.Map // user ID -> chan struct{}, closed when the last update of that user has its outcome

	crash    sync.Once
	crashed  bool // this and what follows is read when outcomes is closed
	panicked any  // nil for runtime.Goexit
}

type outcome struct {
	userID string
	err    error
}

// run reports the outcomes. When it returns, by whatever way, all that it started has ended.
func (b *bulk) run(ctx context.Context, updates iter.Seq2[string, Items], yield func(string, error) bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		cancel()
		for range b.outcomes { // until it is closed
		}
	}()
	go b.feed(ctx, updates)
	for o := range b.outcomes {
		if !yield(o.userID, o.err) {
			return
		}
		<-b.slots
	}
}

// feed starts the updates and closes outcomes after the last of them.
func (b *bulk) feed(ctx context.Context, updates iter.Seq2[string, Items]) {
	defer close(b.outcomes)
	defer b.underWay.Wait()
	taking, stop := context.WithCancel(ctx)
	defer stop()
	if !b.room(taking) {
		return
	}
	b.guard(stop, func() {
		for userID, items := range updates {
			b.start(ctx, stop, userID, items)
			if !b.room(taking) {
				return
			}
		}
	})
}

// room waits until another update may be taken, and is false when none may any more.
func (b *bulk) room(taking context.Context) bool {
	select {
	case b.slots <- struct{}{}:
		return taking.Err() == nil
	case <-taking.Done():
		return false
	}
}

// start makes one update in a goroutine of its own, after the one of the same user that is under way.
func (b *bulk) start(ctx context.Context, stop func(), userID string, items Items) {
	done := make(chan struct{})
	before, waits := b.last.Swap(userID, done)
	b.underWay.Go(func() {
		defer func() {
			b.last.CompareAndDelete(userID, done)
			close(done)
		}()
		b.guard(stop, func() {
			if waits {
				<-before.(chan struct{})
			}
			b.outcomes <- outcome{userID, b.set(ctx, userID, items)}
		})
	})
}

func (b *bulk) set(ctx context.Context, userID string, items Items) error {
	for {
		if ctx.Err() != nil { // also for callers that do not look
			return &restapi.Error{Command: CommandPortraitSet, Err: ctxerr.With(ctx, context.Cause(ctx))}
		}
		err := b.client.SetProfile(ctx, userID, items...)
		pause, tooFast := rateRefusal(err)
		if !tooFast {
			return err
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return fmt.Errorf("%w: %w", err, ctxerr.With(ctx, context.Cause(ctx)))
		}
	}
}

// rateRefusal says whether err is a refusal for the rate of calls, with nothing done, and how long to wait after it.
func rateRefusal(err error) (pause time.Duration, ok bool) {
	if refused, ok := errors.AsType[*restapi.RateLimitError](err); ok {
		return max(refused.RetryAfter, minPause), true
	}
	return ratePause, errors.Is(err, restapi.ErrRateLimited) && errors.Is(err, restapi.ErrTemporary)
}

// guard calls fn, code of the user's. Where that does not return, the run stops and its panic goes to the loop: in a
// goroutine that the user does not see, nobody could recover it.
func (b *bulk) guard(stop, fn func()) {
	returned := false
	defer func() {
		if returned {
			return
		}
		value := recover()
		b.crash.Do(func() { b.crashed, b.panicked = true, value })
		stop()
	}()
	fn()
	returned = true
}

// rethrow ends the goroutine of the loop in the way that the user's code ended.
func (b *bulk) rethrow() {
	switch {
	case b.panicked != nil:
		panic(b.panicked)
	case b.crashed:
		runtime.Goexit()
	}
}
