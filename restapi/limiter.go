package restapi

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/go-tencentchat/tencentchat/internal/ctxerr"
)

// A Limiter decides when a call may be sent. Wait returns nil when it may be, and an error, with nothing sent, when it
// may not: an error that is ErrRateLimited where the wait would be too long. It is asked before every attempt of a
// call.
type Limiter interface {
	Wait(ctx context.Context, cmd Command) error
}

// A SlowDowner is a Limiter that wants to know when the server refused a call for its rate, so as to slow down. The
// client tells it of code 60007 and its kin.
type SlowDowner interface {
	Limiter
	SlowDown(cmd Command, code Code)
}

// A CostLimiter is a Limiter that also keeps to what the calls of a command may cost a minute, Command.CostPerMinute. A
// client calls WaitN in place of Wait where the command has such a limit or the request costs more than 1; Wait counts
// as a cost of 1. A Limiter that is not a CostLimiter is asked with Wait alone.
type CostLimiter interface {
	Limiter
	WaitN(ctx context.Context, cmd Command, cost int) error
}

// turn waits for the turn of a call that costs so much.
func turn(ctx context.Context, limiter Limiter, cmd Command, cost int) error {
	if l, ok := limiter.(CostLimiter); ok && (cost > 1 || cmd.CostPerMinute > 0) {
		return l.WaitN(ctx, cmd, cost)
	}
	return limiter.Wait(ctx, cmd)
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
	// PerMinute overrides Command.CostPerMinute in the same way: 24000 for "openim/batchsendmsg", say.
	PerMinute map[string]int
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
// It is a CostLimiter: a command with a CostPerMinute has a second bucket, of that times cfg.Share (10,800 a minute and
// a burst of 1,200 for 12,000), and its calls go when both let them. One that costs more than the burst waits for
// longer, and so do those behind it; one that costs more than a minute has fails at once with an *ArgumentError. A call
// that fails takes nothing from either.
//
// When the server refuses a call for its rate the command's rates fall by 30 % and come back by one hundredth of the
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

func (l *limiter) Wait(ctx context.Context, cmd Command) error { return l.WaitN(ctx, cmd, 1) }

func (l *limiter) WaitN(ctx context.Context, cmd Command, cost int) error {
	return l.bucket(cmd).wait(ctx, cmd, max(1, cost), &l.cfg)
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
		b.perMinute = max(0, l.cfg.PerMinute[cmd.String()])
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

	perMinute int // of cost; 0: as the command has it

	mu     sync.Mutex
	tokens *rate.Limiter
	meter  *meter  // nil where cost does not count
	queued int     // callers that wait and have no reservation yet
	owed   int     // what they cost
	factor float64 // the part of the full speed in use, at most 1
	since  time.Time
	cut    time.Time // when the last slow-down was
}

func newBucket(limit float64) *bucket {
	b := &bucket{turn: make(chan struct{}, 1), factor: 1}
	b.rate, b.burst = divide(limit)
	b.tokens = rate.NewLimiter(rate.Limit(b.rate), b.burst)
	return b
}

// divide keeps any second or minute within its limit: rate and burst add up to it. Below two there is no room for a
// burst, and calls are spaced evenly.
func divide(limit float64) (rate float64, burst int) {
	if limit < 2 {
		return math.Min(limit, 1) / spacing, 1
	}
	burst = max(1, int(limit/10))
	return limit - float64(burst), burst
}

func (b *bucket) wait(ctx context.Context, cmd Command, cost int, cfg *LimiterConfig) error {
	if ctx.Err() != nil {
		return ctxerr.With(ctx, context.Cause(ctx))
	}
	now := time.Now()
	b.mu.Lock()
	b.recover(now)
	if err := b.measure(cmd, cost, cfg); err != nil {
		b.mu.Unlock()
		return err
	}
	if b.queued == 0 && b.meter.delay(now, 0, cost, b.factor) <= 0 && b.tokens.AllowN(now, 1) {
		b.meter.take(now, cost, b.factor)
		b.mu.Unlock()
		return nil
	}
	// The callers queued before this one and the one that holds a reservation come first.
	delay := b.delay(now, b.queued, b.owed, cost)
	deadline, limited := ctx.Deadline()
	if cfg.FailFast || cfg.MaxWait > 0 && delay > cfg.MaxWait || limited && now.Add(delay).After(deadline) {
		b.mu.Unlock()
		return &RateLimitError{Command: cmd, RetryAfter: delay}
	}
	owes := b.meter.owes(cost, b.factor)
	b.queued++
	b.owed += owes
	b.mu.Unlock()
	return b.waitInTurn(ctx, cost, owes)
}

// waitInTurn is the rest of wait for a call in the queue.
func (b *bucket) waitInTurn(ctx context.Context, cost, owes int) error {
	leave := func() {
		b.queued--
		b.owed -= owes
	}
	giveUp := func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		leave()
	}
	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		giveUp()
		return ctxerr.With(ctx, context.Cause(ctx))
	}
	now := time.Now()
	b.mu.Lock()
	b.recover(now)
	for b.meter != nil { // both are taken when both let it go: a token that was taken before would count in another second
		delay := b.delay(now, 0, 0, cost)
		if delay <= 0 {
			break
		}
		b.mu.Unlock()
		if err := sleep(ctx, delay); err != nil {
			giveUp()
			return err
		}
		now = time.Now()
		b.mu.Lock()
		b.recover(now)
	}
	leave()
	reservation := b.tokens.ReserveN(now, 1)
	delay := reservation.DelayFrom(now)
	b.meter.take(now.Add(delay), cost, b.factor)
	b.mu.Unlock()
	err := sleep(ctx, delay)
	if err != nil {
		reservation.Cancel()
	}
	return err
}

// sleep waits for d. Its error is that of a context which ended before.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctxerr.With(ctx, context.Cause(ctx))
	}
}

// measure sees to the meter of a command that has one, and refuses what never fits.
func (b *bucket) measure(cmd Command, cost int, cfg *LimiterConfig) error {
	if limit := cmp.Or(b.perMinute, cmd.CostPerMinute); b.meter == nil && limit > 0 {
		b.meter = newMeter(float64(limit) * cfg.Share)
	}
	if b.meter != nil && cost > b.meter.limit {
		return &ArgumentError{
			Command: cmd, Field: "cost",
			Reason: fmt.Sprintf("is %d, must be at most %d, which is all of a minute", cost, b.meter.limit),
		}
	}
	return nil
}

// delay returns how long a call waits at now behind those of the queue.
func (b *bucket) delay(now time.Time, queued, owed, cost int) time.Duration {
	missing := float64(queued) + 1 - b.tokens.TokensAt(now)
	delay := time.Duration(missing / float64(b.tokens.Limit()) * float64(time.Second))
	return max(delay, b.meter.delay(now, owed, cost, b.factor))
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
