package redislimit

import (
	"math"
	"sync"
	"time"
)

const (
	// spacing stretches the second between the calls of a command that is limited to one, as restapi.NewLimiter does.
	spacing = 1.05
	// A slot that was missed by more than grace is lost. A call that used it later would come on top of those that are
	// due then.
	grace = 10 * time.Millisecond
	// margin is how much later than its neighbours a call may come without making a second too full: the grace, and what
	// the ways to Redis differ by. Where the documented rate and burst leave less, the rate is lower by that.
	margin = grace + 5*time.Millisecond

	// These are the numbers of slow.lua, which are those of restapi.NewLimiter.
	slowDownFactor   = 0.7
	slowDownInterval = 500 * time.Millisecond
	slowDownFloor    = 0.02
	fullRecovery     = 100 * time.Second
)

// A budget is the schedule of one command: after burst calls at once one call every so often.
type budget struct {
	every time.Duration // whole microseconds
	burst int
}

// newBudget divides a limit as restapi.NewLimiter does: rate and burst add up to it.
func newBudget(limit float64) budget {
	if limit < 2 {
		return budget{every: ceilMicro(spacing / math.Min(limit, 1)), burst: 1}
	}
	burst := max(1, int(limit/10))
	every := 1 / (limit - float64(burst))
	// A second is too full when limit+1 calls fall into it. The burst aside they are at least every apart.
	apart := (time.Second + margin).Seconds() / float64(int(limit)+1-burst)
	return budget{every: ceilMicro(max(every, apart)), burst: burst}
}

func ceilMicro(seconds float64) time.Duration {
	return time.Duration(math.Ceil(seconds*1e6-1e-6)) * time.Microsecond
}

// at returns the budget slowed down to part of its rate.
func (b budget) at(part float64) budget {
	if part == 1 {
		return b
	}
	return budget{every: ceilMicro(b.every.Seconds() / part), burst: max(1, int(float64(b.burst)*part))}
}

// slack is how far the schedule may run ahead of the clock.
func (b budget) slack() time.Duration { return time.Duration(b.burst-1) * b.every }

// A meter is the budget of what the calls of one command cost, as restapi.NewLimiter has it: what was taken is paid for
// at the full rate, and a call may be ahead of that by the burst. The zero meter is none.
type meter struct {
	limit int           // of one call
	every time.Duration // what one of cost takes to pay
	burst int
}

// newMeter divides the limit of a minute as newBudget does that of a second.
func newMeter(limit float64) meter {
	if limit < 2 {
		return meter{limit: 1, every: time.Duration(float64(time.Minute) * spacing / math.Min(limit, 1)), burst: 1}
	}
	burst := max(1, int(limit/10))
	every := float64(time.Minute+margin) / (limit - float64(burst))
	return meter{limit: int(limit), every: time.Duration(math.Ceil(every)), burst: burst}
}

// at returns the meter slowed down to part of its rate.
func (m meter) at(part float64) meter {
	m.every = time.Duration(float64(m.every) / part)
	m.burst = max(1, int(float64(m.burst)*part))
	return m
}

func (m meter) lasts(cost int) time.Duration { return time.Duration(cost) * m.every }

// A schedule is what the reserve script keeps, for the local share.
type schedule struct {
	budget budget
	due    time.Time // when the next call is due if none came early
	meter  meter
	paid   time.Time // when what the calls cost is paid for
}

// reserve returns the next slot from a moment on; where it is limited and the slot would be after limit, it takes none.
func (s *schedule) reserve(from, limit time.Time, limited bool, part float64, cost int) (time.Time, bool) {
	b, m := s.budget.at(part), s.meter.at(part)
	at := latest(from, s.due.Add(-b.slack()))
	if m.every > 0 {
		at = latest(at, s.paid.Add(m.lasts(cost-m.burst)))
	}
	if limited && at.After(limit) {
		return at, false
	}
	s.due = latest(s.due, at).Add(b.every)
	s.paid = latest(s.paid, at).Add(m.lasts(cost))
	return at, true
}

// note tells of a call that Redis admitted for slot: when Redis goes, the share's rate goes on from there without a
// burst.
func (s *schedule) note(slot time.Time) {
	s.due = latest(s.due, slot.Add(s.budget.every+s.budget.slack()))
	s.paid = latest(s.paid, slot.Add(s.meter.lasts(s.meter.burst)))
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// A slowDown is a rate that was cut and comes back by itself.
type slowDown struct {
	mu   sync.Mutex
	full time.Time // when it has come back
	last time.Time // when it was cut
}

// cut takes a part of the rate, and reports false when it was cut a moment ago: refusals come in swarms.
func (s *slowDown) cut(now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.last.IsZero() && now.Sub(s.last) < slowDownInterval {
		return false
	}
	part := max(s.left(now)*slowDownFactor, slowDownFloor)
	s.last, s.full = now, now.Add(time.Duration((1-part)*float64(fullRecovery)))
	return true
}

func (s *slowDown) part(now time.Time) float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.left(now)
}

func (s *slowDown) left(now time.Time) float64 {
	return 1 - float64(max(0, s.full.Sub(now)))/float64(fullRecovery)
}
