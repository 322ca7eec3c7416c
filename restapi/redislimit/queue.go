package redislimit

import (
	"container/list"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/ctxerr"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	mostCalls = 500                    // in one reservation
	mostLease = 250 * time.Millisecond // how far leased slots reach
)

// A queue holds the calls of one command that wait in this process, and the slots that were reserved for them. Slots
// belong to nobody: the first call takes the first slot. So calls go in the order in which they came, and one that
// gives up leaves its slot to those behind it. At most one call to Redis is under way; those that come meanwhile share
// the next one.
type queue struct {
	limiter *Limiter
	cmd     restapi.Command
	keys    []string
	budget  budget
	slow    slowDown // for the local share

	mu      sync.Mutex
	waiting list.List   // of *waiter
	slots   []time.Time // in order
	local   schedule
	asked   *request      // under way
	epoch   uint64        // of the last request
	seen    time.Time     // when Redis answered last
	ahead   time.Duration // how long the queue of all processes was then
	timer   *time.Timer
}

// A waiter is one call that waits.
type waiter struct {
	place    *list.Element // nil when it has its answer or has given up
	ready    chan error
	deadline time.Time
	limited  bool
}

// A request is one call to Redis for some of the waiting.
type request struct {
	calls   []*waiter
	epoch   uint64
	started time.Time
	timer   *time.Timer
	stalled bool
}

func (l *Limiter) newQueue(cmd restapi.Command) *queue {
	limit := l.limit(cmd)
	return &queue{
		limiter: l,
		cmd:     cmd,
		keys:    []string{l.keys + cmd.String(), l.keys + cmd.String() + ":slow", l.keys + "slow"},
		budget:  newBudget(limit * l.cfg.share),
		local:   schedule{budget: newBudget(limit * l.cfg.share * l.cfg.fallbackShare)},
		epoch:   l.health.epoch.Load(),
	}
}

func (q *queue) wait(ctx context.Context) error {
	w := &waiter{ready: make(chan error, 1)}
	w.deadline, w.limited = ctx.Deadline()
	now := time.Now()
	q.mu.Lock()
	q.expire(now)
	if ahead := q.waiting.Len(); ahead < len(q.slots) && w.limited && q.slots[ahead].After(w.deadline) {
		at := q.slots[ahead]
		q.mu.Unlock()
		return &restapi.RateLimitError{Command: q.cmd, RetryAfter: at.Sub(now)}
	}
	w.place = q.waiting.PushBack(w)
	q.serve(ctx, now)
	q.mu.Unlock()
	select {
	case err := <-w.ready:
		return err
	case <-ctx.Done():
		q.mu.Lock()
		q.remove(w)
		q.mu.Unlock()
		return ctxerr.With(ctx, context.Cause(ctx))
	}
}

// serve lets those go whose slot has come, and sees to slots for those that have none. The caller holds mu.
func (q *queue) serve(ctx context.Context, now time.Time) {
	for {
		q.expire(now)
		for q.waiting.Len() > 0 && len(q.slots) > 0 && !q.slots[0].After(now) {
			q.slots = q.slots[1:]
			q.answer(q.waiting.Front().Value.(*waiter), nil)
		}
		if q.waiting.Len() <= len(q.slots) || q.asked != nil {
			break
		}
		if !q.limiter.health.down.Load() {
			q.ask(ctx, now)
			break
		}
		q.reserveLocally(now)
	}
	if q.waiting.Len() == 0 || len(q.slots) == 0 {
		return
	}
	wait := q.slots[0].Sub(now)
	if q.timer == nil {
		q.timer = time.AfterFunc(wait, q.fire)
	} else {
		q.timer.Reset(wait)
	}
}

// fire is the timer's.
func (q *queue) fire() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.serve(context.Background(), time.Now())
}

// expire drops the slots that were missed.
func (q *queue) expire(now time.Time) {
	for len(q.slots) > 0 && now.Sub(q.slots[0]) > grace {
		q.slots = q.slots[1:]
	}
}

func (q *queue) remove(w *waiter) bool {
	if w.place == nil {
		return false
	}
	q.waiting.Remove(w.place)
	w.place = nil
	return true
}

func (q *queue) answer(w *waiter, err error) {
	if q.remove(w) {
		w.ready <- err
	}
}

func (q *queue) refuse(w *waiter, wait time.Duration) {
	q.answer(w, &restapi.RateLimitError{Command: q.cmd, RetryAfter: wait})
}

// without returns those that have no slot, first come first.
func (q *queue) without() []*waiter {
	calls := make([]*waiter, q.waiting.Len()-len(q.slots))
	e := q.waiting.Back()
	for i := range slices.Backward(calls) {
		calls[i] = e.Value.(*waiter)
		e = e.Prev()
	}
	return calls
}

// reserveLocally takes slots of the local share. They come behind those that there are, which the schedule was told of.
func (q *queue) reserveLocally(now time.Time) {
	part := max(q.slow.part(now)*q.limiter.slow.part(now), slowDownFloor)
	if fell := q.limiter.health.fellAt(); fell.Before(q.seen.Add(q.ahead)) {
		// There was a queue when Redis went, some time between its last answer and now: the other processes use up the
		// slots that they got before this one goes on without them.
		q.local.note(q.seen.Add(fell.Sub(q.seen)/2 + q.ahead))
	}
	for _, w := range q.without() {
		slot, ok := q.local.reserve(now, w.deadline, w.limited, part)
		if !ok {
			q.refuse(w, slot.Sub(now))
			continue
		}
		q.slots = append(q.slots, slot)
	}
}

// ask asks Redis for slots for those that have none. The context of the call that came upon it gives its values only:
// it waits for others too, and its end is not a fault of Redis.
func (q *queue) ask(ctx context.Context, now time.Time) {
	l := q.limiter
	calls := q.without()
	calls = calls[:min(len(calls), mostCalls)]
	r := reservation{budget: q.budget, charge: -1, can: make([]int64, len(calls))}
	for i, w := range calls {
		r.can[i] = -1
		if w.limited {
			r.can[i] = max(0, w.deadline.Sub(now).Microseconds())
		}
	}
	if !l.health.settles(now) {
		r.lease = max(0, min(l.cfg.lease, 1+int(mostLease/q.budget.every))-len(calls))
	}
	if epoch := l.health.epoch.Load(); epoch != q.epoch {
		// Redis knows nothing of the slots that were promised while it was gone.
		q.epoch, r.charge = epoch, len(q.slots)
	}
	ctx = context.WithoutCancel(ctx)
	req := &request{calls: calls, epoch: q.epoch, started: now}
	req.timer = time.AfterFunc(l.cfg.timeout, func() { q.late(ctx, req) })
	q.asked = req
	go func() {
		within, cancel := context.WithTimeout(ctx, 2*l.cfg.timeout) // late comes first, and knows a process that stood still
		defer cancel()
		waits, err := l.reserve(within, q.keys, r)
		q.done(ctx, req, waits, err)
	}()
}

// late gives a request up.
func (q *queue) late(ctx context.Context, req *request) {
	q.mu.Lock()
	if over := time.Since(req.started) - q.limiter.cfg.timeout; !req.stalled && over > q.limiter.cfg.timeout/4 {
		// The timer itself is late: the process stood still, and the answer may be there already.
		req.stalled = true
		req.timer.Reset(q.limiter.cfg.timeout)
		q.mu.Unlock()
		return
	}
	q.mu.Unlock()
	q.done(ctx, req, nil, q.limiter.tooSlow())
}

// done takes the answer to a request. Slots that come after it was given up are lost.
func (q *queue) done(ctx context.Context, req *request, waits []time.Duration, err error) {
	q.mu.Lock()
	if q.asked != req {
		q.mu.Unlock()
		return
	}
	q.asked = nil
	req.timer.Stop()
	now := time.Now()
	news := false
	switch {
	case err != nil:
		news = q.limiter.health.fall(req.epoch)
	case now.Sub(req.started) <= q.limiter.cfg.timeout:
		q.take(req, waits, now)
	default: // The process stood still, and nobody knows which of the slots have gone by: serve asks anew.
	}
	q.serve(ctx, now)
	q.mu.Unlock()
	if news {
		q.limiter.sayFallback(ctx, err)
	}
}

func (q *queue) take(req *request, waits []time.Duration, now time.Time) {
	settles := q.limiter.health.settles(now)
	for i, wait := range waits {
		if wait < 0 {
			q.refuse(req.calls[i], -wait)
			continue
		}
		slot := now.Add(wait)
		if settles && i < len(req.calls) {
			w := req.calls[i]
			own, ok := q.local.reserve(slot, w.deadline, w.limited, 1)
			if !ok {
				q.refuse(w, own.Sub(now))
				continue
			}
			slot = own
		} else {
			q.local.note(slot)
		}
		q.slots = append(q.slots, slot)
	}
	q.seen, q.ahead = now, max(waits[len(req.calls)-1], -waits[len(req.calls)-1])
	// After a restart Redis may be ahead of what it promised before.
	slices.SortFunc(q.slots, time.Time.Compare)
}

// forgetLease gives up the slots that nobody waits for.
func (q *queue) forgetLease() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.slots = q.slots[:min(len(q.slots), q.waiting.Len())]
}
