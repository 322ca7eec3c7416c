package restapi

import "time"

// A meter is the budget of what the calls of a command cost, besides that of their number. It knows when all that was
// taken is paid for at the full rate, and a call may be ahead of that by the burst. One that costs more than the burst
// waits until the rest of it is paid, and is paid for in full behind it: no minute is over the limit then either. A nil
// meter lets every call go.
type meter struct {
	limit int           // of one call
	every time.Duration // what one of cost takes to pay, at full speed
	burst int
	paid  time.Time
}

func newMeter(limit float64) *meter {
	rate, burst := divide(limit)
	return &meter{limit: max(1, int(limit)), burst: burst, every: time.Duration(float64(time.Minute)/rate) + 1}
}

// delay returns how long a call that comes now waits behind those that owe so much; it is not above 0 where it does
// not. factor is the part of the full speed in use.
func (m *meter) delay(now time.Time, owed, cost int, factor float64) time.Duration {
	if m == nil {
		return 0
	}
	paid := m.paid
	if owed > 0 && paid.Before(now) {
		paid = now
	}
	return paid.Add(m.lasts(owed+cost-m.ahead(factor), factor)).Sub(now)
}

// take notes a call that goes now.
func (m *meter) take(now time.Time, cost int, factor float64) {
	if m == nil {
		return
	}
	if m.paid.Before(now) {
		m.paid = now
	}
	m.paid = m.paid.Add(m.lasts(cost, factor))
}

// owes is what a call in the queue keeps those behind it waiting for.
func (m *meter) owes(cost int, factor float64) int {
	if m == nil {
		return 0
	}
	return cost + max(0, cost-m.ahead(factor))
}

func (m *meter) ahead(factor float64) int { return max(1, int(float64(m.burst)*factor)) }

func (m *meter) lasts(cost int, factor float64) time.Duration {
	return time.Duration(float64(cost) * float64(m.every) / factor)
}
