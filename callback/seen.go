package callback

import (
	"maps"
	"sync/atomic"
)

// seenStrings is a small set that is read on every request and seldom written: a map that is copied to be changed, so
// that readers take no lock. It stops growing before a stranger can fill memory with it.
type seenStrings struct {
	set atomic.Pointer[map[string]struct{}]
}

const (
	maxSeen    = 256
	maxSeenLen = 128
)

// add says whether s was added: it is new, there is room, and nobody else is adding it.
func (s *seenStrings) add(text string) bool {
	if len(text) > maxSeenLen {
		return false
	}
	for {
		old := s.set.Load()
		var next map[string]struct{}
		if old != nil {
			if _, ok := (*old)[text]; ok || len(*old) >= maxSeen {
				return false
			}
			next = maps.Clone(*old)
		} else {
			next = make(map[string]struct{})
		}
		next[text] = struct{}{}
		if s.set.CompareAndSwap(old, &next) {
			return true
		}
	}
}
