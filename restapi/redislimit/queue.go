package redislimit

import (
	"cmp"
	"container/list"
	"context"
	"fmt"
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
// gives up leaves its slot to those behind it, if it paid for what they cost. At most one call to Redis is under way;
// those that come meanwhile share the next one.
type queue struct {
	limiter *Limiter
	cmd     restapi.Command
	keys    []string
	budget  budget
	raised  int      // what the calls of a minute may cost; 0: as the command has it
	slow    slowDown // for the local share

	mu      sync.Mutex
	meter   meter
	waiting list.List // of *waiter
	slots   []slot    // in order
	local   schedule
	asked   *request      // under way
	epoch   uint64        // of the last request
	seen    time.Time     // when Redis answered last
	ahead   time.Duration // how long the queue of all processes was then
	timer   *time.Timer
}

// A slot is a moment at which a call may go.
type slot struct {
	time.Time

	cost int // that was paid; 0 where there is no meter
}

// A waiter is one call that waits.
type waiter struct {
	place    *list.Element // nil when it has its answer or has given up
	ready    chan error
	cost     int // 0 where there is no meter
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
	limit, key := l.limit(cmd), l.keys+cmd.String()
	return &queue{
		limiter: l,
		cmd:     cmd,
		keys:    []string{key, key + ":slow", l.keys + "slow", key + ":cost"},
		budget:  newBudget(limit * l.cfg.share),
		raised:  l.cfg.perMinute[cmd.String()],
		local:   schedule{budget: newBudget(limit * l.cfg.share * l.cfg.fallbackShare)},
		epoch:   l.health.epoch.Load(),
	}
}

func (q *queue) wait(ctx context.Context, perMinute, cost int) error {
	w := &waiter{ready: make(chan error, 1)}
	w.deadline, w.limited = ctx.Deadline()
	now := time.Now()
	q.mu.Lock()
	if err := q.measure(w, perMinute, cost); err != nil {
		q.mu.Unlock()
		return err
	}
	w.place = q.waiting.PushBack(w)
	q.expire(now)
	if n := q.waiting.Len(); n <= len(q.slots) && w.limited && q.slots[n-1].After(w.deadline) {
		at := q.slots[n-1]
		q.remove(w)
		q.mu.Unlock()
		return &restapi.RateLimitError{Command: q.cmd, RetryAfter: at.Sub(now)}
	}
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

// measure sees to the meter of a command that has one, and refuses what never fits.
func (q *queue) measure(w *waiter, perMinute, cost int) error {
	if limit := cmp.Or(q.raised, perMinute); q.meter.every == 0 && limit > 0 {
		l := q.limiter
		q.meter = newMeter(float64(limit) * l.cfg.share)
		q.local.meter = newMeter(float64(limit) * l.cfg.share * l.cfg.fallbackShare)
	}
	if q.meter.every == 0 {
		return nil
	}
	if w.cost = cost; cost > q.meter.limit {
		return &restapi.ArgumentError{
			Command: q.cmd, Field: "cost",
			Reason: fmt.Sprintf("is %d, must be at most %d, which is all of a minute", cost, q.meter.limit),
		}
	}
	return nil
}

func (q *queue) measured() meter {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.meter
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

// expire drops the slots that were missed, and those that cost less than the call that would take them: one in front of
// it gave up, or missed its own.
func (q *queue) expire(now time.Time) {
	for len(q.slots) > 0 && now.Sub(q.slots[0].Time) > grace {
		q.slots = q.slots[1:]
	}
	if q.meter.every == 0 {
		return
	}
	e := q.waiting.Front()
	for i := 0; i < len(q.slots) && e != nil; {
		if q.slots[i].cost < e.Value.(*waiter).cost {
			q.slots = slices.Delete(q.slots, i, i+1)
			continue
		}
		i, e = i+1, e.Next()
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
		at, ok := q.local.reserve(now, w.deadline, w.limited, part, w.cost)
		if !ok {
			q.refuse(w, at.Sub(now))
			continue
		}
		q.slots = append(q.slots, slot{at, w.cost})
	}
}

// ask asks Redis for slots for those that have none. The context of the call that came upon it gives its values only:
// it waits for others too, and its end is not a fault of Redis.
func (q *queue) ask(ctx context.Context, now time.Time) {
	l := q.limiter
	calls := q.without()
	calls = calls[:min(len(calls), mostCalls)]
	r := reservation{budget: q.budget, meter: q.meter, charge: -1, can: make([]int64, len(calls))}
	for i, w := range calls {
		r.can[i] = -1
		if w.limited {
			r.can[i] = max(0, w.deadline.Sub(now).Microseconds())
		}
		if q.meter.every > 0 {
			r.costs = append(r.costs, w.cost)
		}
	}
	if !l.health.settles(now) && q.meter.every == 0 { // nobody knows what the next calls will cost
		r.lease = max(0, min(l.cfg.lease, 1+int(mostLease/q.budget.every))-len(calls))
	}
	if epoch := l.health.epoch.Load(); epoch != q.epoch {
		// Redis knows nothing of the slots that were promised while it was gone.
		q.epoch, r.charge = epoch, len(q.slots)
		for _, s := range q.slots {
			r.owed += s.cost
		}
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
		s := slot{Time: now.Add(wait)}
		if i < len(req.calls) {
			s.cost = req.calls[i].cost
		}
		if settles && i < len(req.calls) {
			w := req.calls[i]
			own, ok := q.local.reserve(s.Time, w.deadline, w.limited, 1, s.cost)
			if !ok {
				q.refuse(w, own.Sub(now))
				continue
			}
			s.Time = own
		} else {
			q.local.note(s.Time)
		}
		q.slots = append(q.slots, s)
	}
	q.seen, q.ahead = now, max(waits[len(req.calls)-1], -waits[len(req.calls)-1])
	// After a restart Redis may be ahead of what it promised before.
	slices.SortFunc(q.slots, func(a, b slot) int { return a.Compare(b.Time) })
}

// forgetLease gives up the slots that nobody waits for.
func (q *queue) forgetLease() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.slots = q.slots[:min(len(q.slots), q.waiting.Len())]
}
