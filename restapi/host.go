package restapi

import (
	"net/url"
	"sync/atomic"
	"time"
)

// How long the first host is left alone after it could not be connected to, before one call tries it again.
const hostPause = 10 * time.Second

// hosts decides which of an app's two hosts a call goes to. The standby serves while the primary cannot be connected
// to; from time to time one call tries the primary, and the first that gets through brings everybody back.
type hosts struct {
	primary, standby *url.URL // standby is nil where there is none
	start            time.Time
	downUntil        atomic.Int64 // since start; 0: the primary is in use
}

func newHosts(primary, standby *url.URL) *hosts {
	return &hosts{primary: primary, standby: standby, start: time.Now()}
}

// pick returns the host to try first and, where there is one, the host to try when that cannot be connected to.
func (h *hosts) pick() (first, second *url.URL) {
	until := h.downUntil.Load()
	if until == 0 || h.standby == nil {
		return h.primary, h.standby
	}
	now := int64(time.Since(h.start))
	if now >= until && h.downUntil.CompareAndSwap(until, now+int64(hostPause)) {
		return h.primary, h.standby // this call finds out whether it is back
	}
	return h.standby, h.primary
}

// reached is told that a connection to host was made; it returns true where that ended an outage.
func (h *hosts) reached(host *url.URL) bool {
	return host == h.primary && h.downUntil.Load() != 0 && h.downUntil.Swap(0) != 0
}

// unreachable is told that no connection to host could be made; it returns true where that began an outage.
func (h *hosts) unreachable(host *url.URL) bool {
	if host != h.primary || h.standby == nil {
		return false
	}
	return h.downUntil.Swap(int64(time.Since(h.start)+hostPause)) == 0
}
