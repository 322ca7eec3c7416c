package chat

import (
	"hash/crc32"
	"slices"
	"time"
)

// How long the service drops a message that it has seen.
const (
	repeatWindow      = 120 * time.Second
	batchRepeatWindow = time.Second
)

// maxRepeats is how many messages are known for repeats at most: 2000 a second.
const maxRepeats = 240_000

// A repeatKey is what a message is known by when it comes again.
type repeatKey struct {
	from        string
	seq, random uint64
	sum         uint32
}

func (s *sending) repeat() repeatKey { return repeatKey{s.from, s.key.seq, s.key.random, s.sum} }

// A repeated is what a message was answered with.
type repeated struct {
	key  repeatKey
	sent any
	to   string
	till time.Time
}

// repeats are the answers to what was sent not long ago, by what it is known by.
type repeats struct {
	byKey map[repeatKey]*repeated
	queue []*repeated // the oldest first
}

// find returns what a message was answered with that comes again, nil for one that does not.
func (r *repeats) find(key repeatKey, now time.Time) *repeated {
	for len(r.queue) > 0 && (len(r.queue) > maxRepeats || !now.Before(r.queue[0].till)) {
		delete(r.byKey, r.queue[0].key)
		r.queue[0] = nil
		r.queue = r.queue[1:]
	}
	return r.byKey[key]
}

func (r *repeats) add(one repeated) {
	put(&r.byKey, one.key, &one)
	r.queue = append(r.queue, &one)
}

// forget forgets what a user has sent.
func (r *repeats) forget(userID string) {
	r.queue = slices.DeleteFunc(r.queue, func(one *repeated) bool {
		if one.key.from == userID {
			delete(r.byKey, one.key)
		}
		return one.key.from == userID
	})
}

// sumOf is the CRC-32 of a list of users.
func sumOf(userIDs []string) (sum uint32) {
	for _, userID := range userIDs {
		sum = crc32.Update(sum, crc32.IEEETable, []byte(userID+"\x00"))
	}
	return sum
}
