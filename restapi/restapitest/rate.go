package restapitest

import (
	"sync"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// generalLimit is the documented number of calls a second for commands whose page states none.
const generalLimit = 200

// limits are the overrides of the documented numbers: 0 is the documented one, below 0 is none.
type limits struct {
	all     int
	command map[string]int
}

// rate counts the calls of each command in a window of one second that slides with the clock.
type rate struct {
	limits limits

	mu      sync.Mutex
	windows map[string]*window
}

// window holds the times of the last calls that were let through, as many as the limit.
type window struct {
	limit  int
	times  []time.Time // a ring
	next   int
	warned time.Time // when the limit was near last
}

// The vendor warns of a command that is called at over 80 % of its rate. How often is not documented: it is once a
// minute here.
const (
	nearPercent = 80
	nearPause   = time.Minute
)

func newRate(l limits) *rate { return &rate{limits: l, windows: make(map[string]*window)} }

// allow says whether a call at now is within the limit, and counts it if so. Calls that are refused do not count. near
// is how many calls there were in the last second where that is a reason to warn of it, else 0.
func (r *rate) allow(cmd restapi.Command, now time.Time) (ok bool, near int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	path := cmd.Path()
	w := r.windows[path]
	if w == nil {
		w = &window{limit: r.limit(path)}
		r.windows[path] = w
	}
	if !w.allow(now) {
		return false, 0
	}
	return true, w.near(now)
}

// near says how many calls were let through in the last second, with the one at now, where they are over 80 % of the
// limit for the first time in a minute.
func (w *window) near(now time.Time) int {
	n := w.limit*nearPercent/100 + 1
	if w.limit < 0 || len(w.times) < n || !w.warned.IsZero() && now.Sub(w.warned) < nearPause {
		return 0
	}
	first := (w.next - n + 2*len(w.times)) % len(w.times) // of the last n
	if now.Sub(w.times[first]) >= time.Second {
		return 0
	}
	w.warned = now
	return n
}

func (r *rate) limit(path string) int {
	if n := r.limits.command[path]; n != 0 {
		return n
	}
	if n := r.limits.all; n != 0 {
		return n
	}
	if doc, err := spec.LookupCommand(path); err == nil && doc.PerSecond > 0 {
		return doc.PerSecond
	}
	return generalLimit
}

func (w *window) allow(now time.Time) bool {
	if w.limit < 0 {
		return true
	}
	if len(w.times) < w.limit {
		w.times = append(w.times, now)
		return true
	}
	if now.Sub(w.times[w.next]) < time.Second {
		return false
	}
	w.times[w.next] = now
	w.next = (w.next + 1) % w.limit
	return true
}
