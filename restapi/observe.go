package restapi

import (
	"context"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/ctxerr"
)

// An EventKind says what an Event is about. More kinds may come: an observer passes over those that it does not know.
type EventKind string

const (
	// Waited is an attempt that asked the limiter for its turn and has its answer, after Duration: next to 0 where nobody
	// has to wait. It comes with every attempt, where the client has a limiter. Err is the limiter's where the attempt may
	// not go on, such as a *RateLimitError.
	Waited EventKind = "waited"
	// Retried is a call that sets out again after a delay of Duration, because an attempt failed with Err.
	Retried EventKind = "retried"
	// SignedAgain is a call that sets out again at once with a new UserSig, because the service refused the old one with
	// Err.
	SignedAgain EventKind = "signed_again"
	// SlowedDown is a limiter told to slow down, because the service refused an attempt for the rate of calls with Err. A
	// limiter that is not a SlowDowner is never told.
	SlowedDown EventKind = "slowed_down"
	// FailedOver is a move to the region's standby host, because the first one cannot be connected to, with Err. It comes
	// once in an outage, from the call that finds out.
	FailedOver EventKind = "failed_over"
	// FailedBack is the move back, once the first host can be connected to again.
	FailedBack EventKind = "failed_back"
)

// An Event is something that happened on the way of a call and that its outcome does not show. No key and no UserSig is
// in it. More fields may come.
type Event struct {
	Kind    EventKind
	Command Command
	// Duration is the wait of Waited and the delay of Retried; 0 for other kinds.
	Duration time.Duration
	// Err is the failure that led to the event; nil where there was none. That of an attempt is an *Error.
	Err error
}

// WithObserver calls observe with every Event, for metrics and traces; nil, the default, calls nobody. Clients made by
// With keep it unless they are given another. The calls themselves and how they end are seen by WithMiddleware.
//
// observe is called by the goroutine of the call, with the call's context, and the call goes on when it returns: it
// must be safe for concurrent use and must not block. A panic in it comes out of the call. Without an observer no clock
// is read and nothing is allocated: an attempt takes less than 2 ns longer.
func WithObserver(observe func(ctx context.Context, e Event)) Option {
	return func(c *config) error {
		c.observe = observe
		return nil
	}
}

// observe tells the observer, if there is one.
func (c *Client) observe(ctx context.Context, e Event) {
	if c.cfg.observe != nil {
		c.cfg.observe(ctx, e)
	}
}

// waiting returns when a wait for the limiter began, for waited. Every attempt comes through here: the clock is read
// for an observer only.
func (c *Client) waiting() (start time.Time) {
	if c.cfg.observe != nil {
		start = time.Now()
	}
	return start
}

// waited tells the observer, if there is one, of a wait that began at start.
func (c *Client) waited(ctx context.Context, cmd Command, start time.Time, err error) {
	if c.cfg.observe != nil {
		c.tellWait(ctx, cmd, start, err)
	}
}

// tellWait is apart from waited so that the compiler puts waited in line.
func (c *Client) tellWait(ctx context.Context, cmd Command, start time.Time, err error) {
	c.cfg.observe(ctx, Event{Kind: Waited, Command: cmd, Duration: time.Since(start), Err: err})
}

// failedOver tells the observer, if there is one, why the first host is left. The error is one of its own: that of the
// attempt is not finished yet, and an observer may keep what it is given.
func (c *Client) failedOver(ctx context.Context, cmd Command, hidden secret, cause error) {
	if c.cfg.observe != nil {
		e := &Error{Command: cmd, Err: hidden.conceal(ctxerr.With(ctx, cause))}
		c.cfg.observe(ctx, Event{Kind: FailedOver, Command: cmd, Err: e})
	}
}
