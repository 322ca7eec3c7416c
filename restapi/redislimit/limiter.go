package redislimit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/go-tencentchat/tencentchat/internal/ctxerr"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// ErrSlow is what WithOnFallback is told when Redis did not answer in time.
var ErrSlow = errors.New("redis is slow")

// A Limiter keeps the calls of all processes that use the same Redis and app within the documented limits. It is a
// restapi.SlowDowner and a restapi.CostLimiter, safe for concurrent use. It owns no connection and needs no Close;
// close the client when it is not used any more.
type Limiter struct {
	client  redis.UniversalClient
	cfg     config
	keys    string // what the app's keys begin with
	scripts scripts
	health  health
	slow    slowDown // of the app as a whole, for the local share

	mu     sync.RWMutex
	queues map[name]*queue
}

type name struct{ service, name string }

var (
	_ restapi.SlowDowner  = (*Limiter)(nil)
	_ restapi.CostLimiter = (*Limiter)(nil)
)

// New returns a limiter for the app sdkAppID on the Redis (5 or later, single, Sentinel or Cluster) that client talks
// to. It makes no call. What is missing or cannot work is an error that is restapi.ErrInvalidArgument.
func New(client redis.UniversalClient, sdkAppID uint64, opts ...Option) (*Limiter, error) {
	if client == nil {
		return nil, argument("client", "is nil")
	}
	if sdkAppID == 0 {
		return nil, argument("sdkAppID", "is 0")
	}
	l := &Limiter{
		client: client,
		cfg: config{
			prefix:        defaultPrefix,
			share:         1,
			lease:         1,
			timeout:       defaultTimeout,
			fallbackShare: defaultFallbackShare,
			logger:        slog.New(slog.DiscardHandler),
		},
		scripts: newScripts(),
		queues:  make(map[name]*queue),
	}
	for _, opt := range opts {
		if opt == nil {
			return nil, argument("option", "is nil")
		}
		if err := opt(&l.cfg); err != nil {
			return nil, err
		}
	}
	l.keys = l.cfg.prefix + "{" + strconv.FormatUint(sdkAppID, 10) + "}:"
	return l, nil
}

// Wait returns nil when cmd may be called, in the order in which the process asked. It fails at once with a
// *restapi.RateLimitError, and nothing is reserved, when the turn would come after ctx's deadline; and with ctx's error
// when ctx ends before. It never fails for Redis.
func (l *Limiter) Wait(ctx context.Context, cmd restapi.Command) error { return l.WaitN(ctx, cmd, 1) }

// WaitN does the same for a call that costs so much, of a command that has a limit by cost
// (restapi.Command.CostPerMinute, WithPerMinute). One that costs more than the burst, a tenth of that limit, waits for
// longer; one that costs more than all of it is a *restapi.ArgumentError. For other commands it is Wait.
func (l *Limiter) WaitN(ctx context.Context, cmd restapi.Command, cost int) error {
	if ctx.Err() != nil {
		return ctxerr.With(ctx, context.Cause(ctx))
	}
	q := l.queue(cmd)
	if l.health.down.Load() {
		l.probe(ctx, q)
	}
	return q.wait(ctx, cmd.CostPerMinute, max(1, cost))
}

// SlowDown lowers the rate of cmd, and that of every command when the code is about the app as a whole, for all
// processes: by 30 %, at most twice a second; it comes back by one hundredth of the full rate a second. Calls that have
// their slot already keep it. It waits for Redis, for no longer than the limit of WithTimeout; while Redis is gone it
// lowers the local share.
func (l *Limiter) SlowDown(cmd restapi.Command, code restapi.Code) {
	now := time.Now()
	q, slow, key := l.queue(cmd), &l.slow, l.keys+"slow"
	if code == restapi.CodeAppRateLimited {
		l.mu.RLock()
		for _, each := range l.queues {
			each.forgetLease()
		}
		l.mu.RUnlock()
	} else {
		slow, key = &q.slow, q.keys[1]
		q.forgetLease()
	}
	if !slow.cut(now) || l.health.down.Load() {
		return
	}
	ctx := context.Background()
	epoch := l.health.epoch.Load()
	done := make(chan error, 1)
	go func() {
		within, cancel := context.WithTimeout(ctx, l.cfg.timeout)
		defer cancel()
		done <- l.scripts.slow.Run(within, l.client, []string{key}).Err()
	}()
	timer := time.NewTimer(l.cfg.timeout)
	defer timer.Stop()
	var err error
	select {
	case err = <-done:
	case <-timer.C:
		err = l.tooSlow()
	}
	if err != nil && l.health.fall(epoch) {
		l.sayFallback(ctx, err)
	}
}

func (l *Limiter) queue(cmd restapi.Command) *queue {
	key := name{cmd.Service, cmd.Name}
	l.mu.RLock()
	q := l.queues[key]
	l.mu.RUnlock()
	if q != nil {
		return q
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if q = l.queues[key]; q == nil {
		q = l.newQueue(cmd)
		l.queues[key] = q
	}
	return q
}

// limit returns the calls a second that cmd may make at all.
func (l *Limiter) limit(cmd restapi.Command) float64 {
	if raised := l.cfg.perSecond[cmd.String()]; raised > 0 {
		return float64(raised)
	}
	return float64(cmd.Limit())
}

func (l *Limiter) tooSlow() error {
	return fmt.Errorf("%w: no answer within %v", ErrSlow, l.cfg.timeout)
}
