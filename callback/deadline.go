package callback

import (
	"context"
	"sync"
	"time"
)

// deadline is context.WithDeadline whose timer starts when someone waits for it. Most handlers are done without, and a
// timer is a tenth of what a small webhook costs.
//
//nolint:containedctx // it is a context itself
type deadline struct {
	context.Context // the request's

	at time.Time

	mu    sync.Mutex
	timed context.Context // with the timer; nil until it is asked for
	stop  context.CancelFunc
	ended bool
}

func newDeadline(parent context.Context, at time.Time) *deadline {
	return &deadline{Context: parent, at: at}
}

// withTimer returns the context that has the timer.
func (d *deadline) withTimer() context.Context {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timed == nil {
		d.timed, d.stop = context.WithDeadline(d.Context, d.at)
		if d.ended {
			d.stop()
		}
	}
	return d.timed
}

// end is what the cancel function of context.WithDeadline is.
func (d *deadline) end() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ended = true
	if d.stop != nil {
		d.stop()
	}
}

// idle says whether nobody has asked for the timer, and it would not be over.
func (d *deadline) idle() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.timed == nil && !d.ended && time.Now().Before(d.at)
}

func (d *deadline) Deadline() (time.Time, bool) {
	if at, ok := d.Context.Deadline(); ok && at.Before(d.at) {
		return at, true
	}
	return d.at, true
}

func (d *deadline) Done() <-chan struct{} { return d.withTimer().Done() }

func (d *deadline) Err() error {
	if d.idle() {
		return d.Context.Err()
	}
	return d.withTimer().Err()
}

// Value asks the context with the timer if there is one, as package context looks there for how to follow it.
func (d *deadline) Value(key any) any {
	d.mu.Lock()
	ctx := d.timed
	d.mu.Unlock()
	if ctx == nil {
		ctx = d.Context
	}
	return ctx.Value(key)
}
