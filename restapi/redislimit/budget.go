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

// A schedule is what the reserve script keeps, for the local share.
type schedule struct {
	budget budget
	due    time.Time // when the next call is due if none came early
}

// reserve returns the next slot from a moment on; where it is limited and the slot would be after limit, it takes none.
func (s *schedule) reserve(from, limit time.Time, limited bool, part float64) (time.Time, bool) {
	b := s.budget.at(part)
	slot := latest(from, s.due.Add(-b.slack()))
	if limited && slot.After(limit) {
		return slot, false
	}
	s.due = latest(s.due, slot).Add(b.every)
	return slot, true
}

// note tells of a call that Redis admitted for slot: when Redis goes, the share's rate goes on from there without a
// burst.
func (s *schedule) note(slot time.Time) {
	s.due = latest(s.due, slot.Add(s.budget.every+s.budget.slack()))
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
