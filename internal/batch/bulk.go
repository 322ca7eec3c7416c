package batch

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
	// minPause keeps a limiter that refuses without saying for how long from being asked in a tight loop.
	minPause = 10 * time.Millisecond
	// ratePause is how long a job waits that the service refused for the rate: its limits are those of a second.
	ratePause = time.Second
)

// A Job is one call of a Bulk.
type Job struct {
	// Users are whom the call is about, at least one. Each is reported once.
	Users []string
	// Call makes the call. It returns the error of each user, in the order of Users, or nil where none has one of their
	// own; and the error of the call, which is that of all others. It is called again where nothing was done for the rate
	// of calls.
	Call func(ctx context.Context) ([]error, error)
}

// A Bulk makes many calls, several at once, at the rate that the limiter of the client lets through.
type Bulk struct {
	Command     restapi.Command
	Concurrency int // of jobs that may be under way: taken and not yet reported
	// InOrder makes the jobs of one user, the first of a job, come one after the other, in the order of the input.
	InOrder bool
	// Jobs are taken one at a time and as there is room for them, by another goroutine than that of the loop. One that
	// collects several users into a job gives that up when taking ends, and has the job reported as it is.
	Jobs func(taking context.Context) iter.Seq[Job]
}

// Run makes the calls and yields the outcome of each user as it comes. As long as the loop goes on, every job that was
// taken is reported. When ctx ends, no more is taken, calls under way are given up and reported, and the loop ends.
// Breaking out of the loop gives up what is under way. Either way nothing runs any longer when the loop has ended.
// Where Jobs or a call panics, what is under way is reported first, and then the loop panics with the same value.
func (b *Bulk) Run(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		r := &run{
			Bulk:     b,
			slots:    make(chan struct{}, b.Concurrency),
			outcomes: make(chan outcome, b.Concurrency),
		}
		r.report(ctx, yield)
		r.rethrow()
	}
}

// A run is one loop. Its goroutine reports; another one takes the jobs and starts a third kind, one for each job under
// way.
type run struct {
	*Bulk

	slots    chan struct{} // one for each job that is taken and not yet reported
	outcomes chan outcome  // has room for all of them, so that none waits for a loop that is gone
	underWay sync.WaitGroup
	last     sync.Map // user -> chan struct{}, closed when the last job of that user has its outcome

	crash    sync.Once
	crashed  bool // this and what follows is read when outcomes is closed
	panicked any  // nil for runtime.Goexit
}

type outcome struct {
	users []string
	each  []error
	err   error
}

func (o *outcome) of(i int) error {
	if o.each != nil && o.each[i] != nil {
		return o.each[i]
	}
	return o.err
}

// report yields the outcomes. When it returns, by whatever way, all that it started has ended.
func (r *run) report(ctx context.Context, yield func(string, error) bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		cancel()
		for range r.outcomes { // until it is closed
		}
	}()
	go r.feed(ctx)
	for o := range r.outcomes {
		for i, user := range o.users {
			if !yield(user, o.of(i)) {
				return
			}
		}
		<-r.slots
	}
}

// feed starts the jobs and closes outcomes after the last of them.
func (r *run) feed(ctx context.Context) {
	defer close(r.outcomes)
	defer r.underWay.Wait()
	taking, stop := context.WithCancel(ctx)
	defer stop()
	if !r.room(taking) {
		return
	}
	r.guard(stop, func() {
		for job := range r.Jobs(taking) {
			r.start(ctx, stop, job)
			if !r.room(taking) {
				return
			}
		}
	})
}

// room waits until another job may be taken, and is false when none may any more.
func (r *run) room(taking context.Context) bool {
	select {
	case r.slots <- struct{}{}:
		return taking.Err() == nil
	case <-taking.Done():
		return false
	}
}

// start makes one job in a goroutine of its own, in order after the one of the same user that is under way.
func (r *run) start(ctx context.Context, stop func(), job Job) {
	wait, done := r.inOrder(job.Users[0])
	r.underWay.Go(func() {
		defer done()
		r.guard(stop, func() {
			wait()
			each, err := r.call(ctx, job)
			r.outcomes <- outcome{job.Users, each, err}
		})
	})
}

// inOrder returns what waits for the job of the user that is under way, and what ends the one that comes now.
func (r *run) inOrder(user string) (wait, done func()) {
	if !r.InOrder {
		return func() {}, func() {}
	}
	ended := make(chan struct{})
	before, waits := r.last.Swap(user, ended)
	wait = func() {
		if waits {
			<-before.(chan struct{})
		}
	}
	done = func() {
		r.last.CompareAndDelete(user, ended)
		close(ended)
	}
	return wait, done
}

func (r *run) call(ctx context.Context, job Job) ([]error, error) {
	for {
		if ctx.Err() != nil { // also for callers that do not look
			return nil, &restapi.Error{Command: r.Command, Err: ctxerr.With(ctx, context.Cause(ctx))}
		}
		each, err := job.Call(ctx)
		pause, tooFast := r.rateRefusal(err)
		if !tooFast {
			return each, err
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return each, fmt.Errorf("%w: %w", err, ctxerr.With(ctx, context.Cause(ctx)))
		}
	}
}

// rateRefusal says whether err is a refusal for the rate of calls, with nothing done, and how long to wait after it.
func (r *run) rateRefusal(err error) (pause time.Duration, ok bool) {
	if refused, ok := errors.AsType[*restapi.RateLimitError](err); ok {
		return max(refused.RetryAfter, minPause), true
	}
	if failed, ok := errors.AsType[*restapi.Error](err); ok && failed.Open && !r.Command.Idempotent {
		return 0, false // an attempt before the one that was refused may have done it
	}
	return ratePause, errors.Is(err, restapi.ErrRateLimited) && errors.Is(err, restapi.ErrTemporary)
}

// guard calls fn, code of the user's. Where that does not return, the run stops and its panic goes to the loop: in a
// goroutine that the user does not see, nobody could recover it.
func (r *run) guard(stop, fn func()) {
	returned := false
	defer func() {
		if returned {
			return
		}
		value := recover()
		r.crash.Do(func() { r.crashed, r.panicked = true, value })
		stop()
	}()
	fn()
	returned = true
}

// rethrow ends the goroutine of the loop in the way that the user's code ended.
func (r *run) rethrow() {
	switch {
	case r.panicked != nil:
		panic(r.panicked)
	case r.crashed:
		runtime.Goexit()
	}
}
