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
	limit int
	times []time.Time // a ring
	next  int
}

func newRate(l limits) *rate { return &rate{limits: l, windows: make(map[string]*window)} }

// allow says whether a call at now is within the limit, and counts it if so. Calls that are refused do not count.
func (r *rate) allow(cmd restapi.Command, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	path := cmd.Path()
	w := r.windows[path]
	if w == nil {
		w = &window{limit: r.limit(path)}
		r.windows[path] = w
	}
	return w.allow(now)
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
