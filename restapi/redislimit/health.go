package redislimit

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// Redis is asked whether it is back this often, and less often when it went away again soon after.
	firstHold = 100 * time.Millisecond
	mostHold  = time.Second
	steady    = 10 * time.Second
	// For so long after Redis is back a process stays within its share, for others may not know yet. A client of go-redis
	// that could not connect tries once a second.
	settling = 1500 * time.Millisecond
	// A client without timeouts of its own may keep a probe for seconds.
	mostProbes = 4
)

// health is whether Redis is in use.
type health struct {
	down  atomic.Bool
	epoch atomic.Uint64 // how often Redis has come back

	mu     sync.Mutex
	fell   time.Time
	back   time.Time
	next   time.Time // when it may be asked again
	hold   time.Duration
	probes int
}

// fall notes that a call begun in epoch failed, and reports whether this is news.
func (h *health) fall(epoch uint64) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.down.Load() || epoch != h.epoch.Load() {
		return false
	}
	now := time.Now()
	if h.back.IsZero() || now.Sub(h.back) > steady {
		h.hold = firstHold
	} else {
		h.hold = min(2*h.hold, mostHold)
	}
	h.fell, h.next = now, now.Add(h.hold)
	h.down.Store(true)
	return true
}

// fellAt returns when Redis was found to be gone the last time.
func (h *health) fellAt() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.fell
}

// settles reports whether Redis has come back only just now.
func (h *health) settles(now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return now.Sub(h.back) < settling
}

// begin reports whether to ask Redis now whether it is back.
func (h *health) begin() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	if !h.down.Load() || now.Before(h.next) || h.probes == mostProbes {
		return false
	}
	h.next = now.Add(h.hold)
	h.probes++
	return true
}

// end notes what a probe found, and reports whether Redis has come back by it and for how long it was away.
func (h *health) end(ok bool) (bool, time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.probes--
	if !ok || !h.down.Load() {
		return false, 0
	}
	h.back = time.Now()
	h.epoch.Add(1)
	h.down.Store(false)
	return true, h.back.Sub(h.fell)
}

// probe asks Redis whether it is back, when it is time to, without holding up the call that found it to be. It takes
// the burst out of the command's budget: nobody knows what was called meanwhile.
func (l *Limiter) probe(ctx context.Context, q *queue) {
	if !l.health.begin() {
		return
	}
	ctx = context.WithoutCancel(ctx)
	go func() {
		within, cancel := context.WithTimeout(ctx, l.cfg.timeout)
		defer cancel()
		start := time.Now()
		_, err := l.reserve(within, q.keys, reservation{budget: q.budget, meter: q.measured()})
		if back, away := l.health.end(err == nil && time.Since(start) <= l.cfg.timeout); back {
			l.cfg.logger.LogAttrs(ctx, slog.LevelInfo, "redis is back: sharing the rate of calls again",
				slog.Duration("away", away))
			if l.cfg.onRecover != nil {
				l.cfg.onRecover(ctx)
			}
		}
	}()
}

func (l *Limiter) sayFallback(ctx context.Context, err error) {
	l.cfg.logger.LogAttrs(ctx, slog.LevelWarn, "redis is slow or gone: keeping to a local share of the rate of calls",
		slog.Float64("share", l.cfg.fallbackShare), slog.Any("error", err))
	if l.cfg.onFallback != nil {
		l.cfg.onFallback(ctx, err)
	}
}
