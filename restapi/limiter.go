package restapi

import (
	"context"
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/go-tencentchat/tencentchat/internal/ctxerr"
)

// A Limiter decides when a call may be sent. Wait returns nil when it may be, and an error, with nothing sent, when it
// may not: an error that is ErrRateLimited where the wait would be too long. It is asked before every attempt of a call.
type Limiter interface {
	Wait(ctx context.Context, cmd Command) error
}

// A SlowDowner is a Limiter that wants to know when the server refused a call for its rate, so as to slow down. The
// client tells it of code 60007 and its kin.
type SlowDowner interface {
	Limiter
	SlowDown(cmd Command, code Code)
}

// LimiterConfig sets the limits of NewLimiter. Its zero value is the documented limits in full, waiting as long as the
// context allows.
type LimiterConfig struct {
	// Share is the part of each limit that this limiter uses, above 0 and at most 1: with four processes that call for one
	// app 0.25 each. 0 stands for 1.
	Share float64
	// MaxWait is the longest that a call waits for its turn; 0: as long as its context allows. A call that would have to
	// wait longer fails at once.
	MaxWait time.Duration
	// FailFast refuses every call that would have to wait at all.
	FailFast bool
	// PerSecond overrides the documented limits, by Command.String() such as "profile/portrait_set", for apps whose limits
	// were raised in the console.
	PerSecond map[string]int
}

const (
	// A slow-down takes this part of the rate, at most twice a second: refusals come in swarms.
	slowDownFactor   = 0.7
	slowDownInterval = 500 * time.Millisecond
	slowDownFloor    = 0.02
	// recovery is the part of the full rate that comes back in a second.
	recovery = 0.01
	// spacing stretches the second between the calls of a command that is limited to one, so that the network's jitter
	// does not bring two of them into one second of the server.
	spacing = 1.05
)

// NewLimiter returns the limiter that clients use by default: for every command a token bucket whose rate and burst add
// up to Command.Limit times cfg.Share (180 a second and a burst of 20 for a limit of 200), first come first
// served. A call whose turn would come after its context's deadline fails at once with a *RateLimitError.
//
// When the server refuses a call for its rate the command's rate falls by 30 % and comes back by one hundredth of the
// full rate a second, so that processes which share an app settle down without talking to each other.
//
// It panics when cfg.Share is not in the range from 0 to 1 or cfg.MaxWait is negative.
func NewLimiter(cfg LimiterConfig) Limiter {
	if cfg.Share == 0 {
		cfg.Share = 1
	}
	if !(cfg.Share > 0 && cfg.Share <= 1) {
		panic("restapi: LimiterConfig.Share must be above 0 and at most 1")
	}
	if cfg.MaxWait < 0 {
		panic("restapi: LimiterConfig.MaxWait must not be negative")
	}
	return &limiter{cfg: cfg, buckets: make(map[commandKey]*bucket)}
}

type commandKey struct{ service, name string }

type limiter struct {
	cfg     LimiterConfig
	mu      sync.RWMutex
	buckets map[commandKey]*bucket
}

func (l *limiter) Wait(ctx context.Context, cmd Command) error {
	return l.bucket(cmd).wait(ctx, cmd, &l.cfg)
}

// SlowDown lowers the rate of cmd, and that of every command when the code is about the app as a whole.
func (l *limiter) SlowDown(cmd Command, code Code) {
	now := time.Now()
	if code != CodeAppRateLimited {
		l.bucket(cmd).slowDown(now)
		return
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, b := range l.buckets {
		b.slowDown(now)
	}
}

func (l *limiter) bucket(cmd Command) *bucket {
	key := commandKey{cmd.Service, cmd.Name}
	l.mu.RLock()
	b := l.buckets[key]
	l.mu.RUnlock()
	if b != nil {
		return b
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if b = l.buckets[key]; b == nil {
		limit := l.cfg.PerSecond[cmd.String()]
		if limit <= 0 {
			limit = cmd.Limit()
		}
		b = newBucket(float64(limit) * l.cfg.Share)
		l.buckets[key] = b
	}
	return b
}

// A bucket is the budget of one command. Callers that have to wait queue for turn; only the first of them holds a
// reservation, so that a slow-down reaches all the others at once.
type bucket struct {
	turn  chan struct{} // holds one while somebody waits for the next token; senders queue in order
	rate  float64       // at full speed
	burst int

	mu     sync.Mutex
	tokens *rate.Limiter
	queued int     // callers that wait and have no reservation yet
	factor float64 // the part of the full speed in use, at most 1
	since  time.Time
	cut    time.Time // when the last slow-down was
}

// newBucket keeps any second of calls within limit: rate and burst add up to it. Below two a second there is no room for
// a burst, and calls are spaced evenly.
func newBucket(limit float64) *bucket {
	b := &bucket{turn: make(chan struct{}, 1), factor: 1}
	if limit < 2 {
		b.rate, b.burst = math.Min(limit, 1)/spacing, 1
	} else {
		b.burst = max(1, int(limit/10))
		b.rate = limit - float64(b.burst)
	}
	b.tokens = rate.NewLimiter(rate.Limit(b.rate), b.burst)
	return b
}

func (b *bucket) wait(ctx context.Context, cmd Command, cfg *LimiterConfig) error {
	if ctx.Err() != nil {
		return ctxerr.With(ctx, context.Cause(ctx))
	}
	now := time.Now()
	b.mu.Lock()
	b.recover(now)
	if b.queued == 0 && b.tokens.AllowN(now, 1) {
		b.mu.Unlock()
		return nil
	}
	// The callers queued before this one and the one that holds a reservation come first.
	missing := float64(b.queued) + 1 - b.tokens.TokensAt(now)
	delay := time.Duration(missing / float64(b.tokens.Limit()) * float64(time.Second))
	deadline, limited := ctx.Deadline()
	if cfg.FailFast || cfg.MaxWait > 0 && delay > cfg.MaxWait || limited && now.Add(delay).After(deadline) {
		b.mu.Unlock()
		return &RateLimitError{Command: cmd, RetryAfter: delay}
	}
	b.queued++
	b.mu.Unlock()

	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		b.mu.Lock()
		b.queued--
		b.mu.Unlock()
		return ctxerr.With(ctx, context.Cause(ctx))
	}
	now = time.Now()
	b.mu.Lock()
	b.queued--
	b.recover(now)
	reservation := b.tokens.ReserveN(now, 1)
	b.mu.Unlock()
	timer := time.NewTimer(reservation.DelayFrom(now))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		reservation.Cancel()
		return ctxerr.With(ctx, context.Cause(ctx))
	}
}

// slowDown takes a part of the rate.
func (b *bucket) slowDown(now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.cut.IsZero() && now.Sub(b.cut) < slowDownInterval {
		return
	}
	b.recover(now)
	b.cut, b.since = now, now
	b.set(now, max(b.factor*slowDownFactor, slowDownFloor))
}

// recover gives back what has come back since the last time. The caller holds mu.
func (b *bucket) recover(now time.Time) {
	if b.factor == 1 {
		return
	}
	if passed := now.Sub(b.since); passed > 0 {
		b.since = now
		b.set(now, min(1, b.factor+recovery*passed.Seconds()))
	}
}

func (b *bucket) set(now time.Time, factor float64) {
	b.factor = factor
	b.tokens.SetLimitAt(now, rate.Limit(b.rate*factor))
	b.tokens.SetBurstAt(now, max(1, int(float64(b.burst)*factor)))
}
