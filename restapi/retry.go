package restapi

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// RetryConfig sets how often a call is tried again and how long it waits in between. Fields of zero take the default.
type RetryConfig struct {
	// MaxAttempts is the most times that a call is sent, the first time included: 3 by default, 1 for no retries.
	MaxAttempts int
	// BaseDelay and MaxDelay bound the wait before an attempt: a random time up to BaseDelay doubled for each attempt so
	// far, and up to MaxDelay. 200 ms and 5 s by default. Where an answer of HTTP status 408, 429 or 5xx has a
	// Retry-After, the wait is no shorter than that, and the call is not tried again when that is more than MaxDelay.
	BaseDelay, MaxDelay time.Duration
}

const (
	defaultAttempts  = 3
	defaultBaseDelay = 200 * time.Millisecond
	defaultMaxDelay  = 5 * time.Second

	// The budget for retries of a client and those derived from it: each costs retryCost, each success gives back one.
	// When the service is down, calls soon fail at the first attempt and do not add to the load.
	budgetCapacity = 50
	retryCost      = 5
)

func (r RetryConfig) withDefaults() RetryConfig {
	return RetryConfig{
		MaxAttempts: cmp.Or(r.MaxAttempts, defaultAttempts),
		BaseDelay:   cmp.Or(r.BaseDelay, defaultBaseDelay),
		MaxDelay:    cmp.Or(r.MaxDelay, defaultMaxDelay),
	}
}

// again decides whether to make another attempt after n, and waits for its time.
func (c *Client) again(ctx context.Context, cmd Command, n int, signedAnew bool, r result, repeats window) bool {
	if signedAnew {
		n-- // the attempt that found the UserSig bad is not one of the call's own
	}
	if n >= c.cfg.retry.MaxAttempts || ctx.Err() != nil || !retryable(r.err) {
		return false
	}
	if r.wait > c.cfg.retry.MaxDelay {
		return false
	}
	delay := max(c.cfg.retry.delay(n), r.wait)
	if !repeats.allow(time.Now().Add(delay)) {
		return false
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= delay || !c.budget.spend() {
		return false
	}
	c.log(ctx, "trying again", cmd, slog.Int("attempts", n), slog.Duration("delay", delay), slog.Any("error", r.err))
	if sleep(ctx, delay) != nil {
		return false
	}
	c.observe(ctx, Event{Kind: Retried, Command: cmd, Duration: delay, Err: r.err})
	return true
}

// delay returns the wait before the next attempt after n attempts: full jitter, so that callers which failed together
// do not come back together.
func (r RetryConfig) delay(n int) time.Duration {
	top := r.MaxDelay
	if shift := n - 1; shift < 30 && r.BaseDelay<<shift < top {
		top = r.BaseDelay << shift
	}
	return time.Duration(rand.Int64N(int64(top) + 1))
}

// retryAfter reads the header of that name: seconds or a date, 0 where there is none or it is over.
func retryAfter(head http.Header) time.Duration {
	text := head.Get("Retry-After")
	if text == "" {
		return 0
	}
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, time.Until(at))
	}
	return 0
}

// A window is the time in which the attempts of a call may start. It has no end until one of them has left the outcome
// open; then it is that of the command for good, whatever the attempts after it proved of themselves.
type window struct{ start, end time.Time }

// close gives the window its end.
func (w *window) close(cmd Command) {
	if !cmd.Idempotent {
		w.end = w.start.Add(cmd.RepeatWithin - cmd.RepeatWithin/5)
	}
}

func (w *window) allow(start time.Time) bool { return w.end.IsZero() || start.Before(w.end) }

// retryable says whether a failure may be gone on the next try.
func retryable(err *Error) bool {
	if err.Code != 0 {
		return nothingDone(err.Code) || err.Code.Is(ErrTemporary)
	}
	return err.Is(ErrTemporary)
}

// leavesOpen says whether the command may have been carried out by an attempt that failed.
func leavesOpen(err *Error, sent bool) bool {
	if err.Code != 0 {
		return err.Code.Is(ErrTemporary) && !nothingDone(err.Code)
	}
	return sent && err.HTTPStatus != http.StatusTooManyRequests
}

// nothingDone lists the refusals that come before a command is carried out and may be gone on the next try: those for
// the rate of the calls, and a check of the caller's account that failed inside of the service.
func nothingDone(code Code) bool {
	switch code {
	case CodeAccountCheckFailed, CodeAccountCheckFailedAlt, CodeAccountCheckTimeout:
		return true
	}
	return code.Is(ErrRateLimited) && code.Is(ErrTemporary)
}

// slowsDown lists the refusals that speak of the rate of a command or of the app. Others are about one group, one
// message or one day and say nothing on how fast to call.
func slowsDown(code Code) bool {
	switch code {
	case CodeCommandRateLimited, CodeAppRateLimited, CodeTooManyRequests, CodeTooManyRequestsAlt, CodeGroupRateLimited,
		CodePushTooFrequent, CodePushRevokeTooFrequent, CodeMessageBatchRateLimited:
		return true
	}
	return false
}

// signAgain lists the refusals that a new UserSig may cure.
func signAgain(code Code) bool {
	switch code {
	case CodeUserSigExpired, CodeUserSigEmpty, CodeUserSigInvalid, CodeUserSigInvalidAlt, CodeUserSigKeyMismatch,
		CodeUserSigUserMismatch, CodeUserSigAppMismatch, CodeUserSigInvalidated, CodeMessageCredentialExpired:
		return true
	}
	return false
}

// budget is what the retries of a client may cost together.
type budget struct {
	mu   sync.Mutex
	left int
}

func newBudget() *budget { return &budget{left: budgetCapacity} }

func (b *budget) spend() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.left < retryCost {
		return false
	}
	b.left -= retryCost
	return true
}

func (b *budget) success() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.left = min(b.left+1, budgetCapacity)
}
