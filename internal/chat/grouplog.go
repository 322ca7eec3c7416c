package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/group"
)

// A groupLog is what was sent into a group, or into a topic, by sequence number.
type groupLog struct {
	last     uint32              // the number of the newest message; the next gets the one after it
	first    uint32              // the number of messages[0]
	messages []*groupMsg         // by number, without gaps: nil where nothing is kept, but for the first
	quiet    []uint32            // the numbers that count as unread for nobody, ascending
	own      map[string][]uint32 // those of the others that each user has sent, ascending
	cleared  uint32              // what has a number up to it is hidden from members
	hidden   map[string]uint32   // the same of one member, by user
	lastTime int64               // of the newest message that lists of conversations show; 0: none
	listed   uint64              // its place on such lists
	pins     []pin               // the one that was pinned last first
	pace     sentPace
}

// A groupMsg is one message in a group.
type groupMsg struct {
	log    *groupLog
	seq    uint32
	random uint64
	from   string
	time   int64 // seconds since the epoch
	content
	extensible
	cloud    string // CloudCustomData
	priority group.Priority
	mentions []group.AtInfo
	to       []string // the only members who have it; nil: all
	noUnread bool
	recalled bool
	receipts *receipts // nil: it does not ask for any

	came int64
	gone bool // out of the log
}

// has says whether a member has the message.
func (m *groupMsg) has(userID string) bool {
	return m.to == nil || m.from == userID || slices.Contains(m.to, userID)
}

// next gives a number to a message that may be kept.
func (l *groupLog) next() uint32 {
	l.last++
	return l.last
}

// hush lets a number count for nobody.
func (l *groupLog) hush(seq uint32) {
	at, found := slices.BinarySearch(l.quiet, seq)
	if !found && len(l.messages) > 0 {
		l.quiet = slices.Insert(l.quiet, at, seq)
	}
}

// find returns the message of a number, nil where there is none or it is not kept.
func (l *groupLog) find(seq uint32) *groupMsg {
	if seq < l.first || seq-l.first >= uint32(len(l.messages)) {
		return nil
	}
	return l.messages[seq-l.first]
}

// push keeps a message, whose number is above all.
func (l *groupLog) push(m *groupMsg) {
	m.log = l
	if len(l.messages) == 0 {
		l.first = m.seq
	}
	for gap := l.first + uint32(len(l.messages)); gap < m.seq; gap++ {
		l.messages = append(l.messages, nil)
		l.hush(gap)
	}
	l.messages = append(l.messages, m)
	if m.noUnread || m.to != nil || m.recalled {
		l.hush(m.seq)
	} else {
		put(&l.own, m.from, append(l.own[m.from], m.seq))
	}
}

// silence lets a message count as unread for nobody any more.
func (l *groupLog) silence(m *groupMsg) {
	l.disown(m)
	l.hush(m.seq)
}

// disown takes a message from those that its sender has sent.
func (l *groupLog) disown(m *groupMsg) {
	own := l.own[m.from]
	switch at, found := slices.BinarySearch(own, m.seq); {
	case found && len(own) == 1:
		delete(l.own, m.from)
	case found && at == 0:
		l.own[m.from] = own[1:] // the rest need not move
	case found:
		l.own[m.from] = slices.Delete(own, at, at+1)
	}
}

// cut takes a message out of the log. Before the first that is kept there are no gaps.
func (l *groupLog) cut(m *groupMsg) {
	l.disown(m)
	if m.seq > l.first { // what is below the first counts for nobody anyway
		l.hush(m.seq)
	}
	l.unpin(m.seq)
	l.messages[m.seq-l.first] = nil
	for len(l.messages) > 0 && l.messages[0] == nil {
		l.messages = l.messages[1:] // the rest need not move
		l.first++
	}
	at, _ := slices.BinarySearch(l.quiet, l.first)
	l.quiet = l.quiet[at:]
}

// forget takes a user out of what the log has besides messages.
func (l *groupLog) forget(userID string) {
	delete(l.hidden, userID)
	l.pins = slices.DeleteFunc(l.pins, func(p pin) bool { return p.PinnerAccount == userID })
}

// above goes through the messages that a user has with numbers above one, from the newest back.
func (l *groupLog) above(seq uint32, userID string) func(func(*groupMsg) bool) {
	return func(yield func(*groupMsg) bool) {
		for _, m := range slices.Backward(l.messages) {
			if m == nil || !m.has(userID) {
				continue
			}
			if m.seq <= max(seq, l.cleared) || !yield(m) {
				return
			}
		}
	}
}

// unread is how many messages came for a user after the one that was read last.
func (l *groupLog) unread(userID string, read uint32) int {
	if len(l.messages) == 0 {
		return 0
	}
	read = max(read, l.cleared, l.first-1)
	end := l.first + uint32(len(l.messages)) - 1
	if read >= end {
		return 0
	}
	return int(end-read) - countAbove(l.quiet, read) - countAbove(l.own[userID], read)
}

// countAbove counts those of ascending numbers that are above one.
func countAbove(numbers []uint32, seq uint32) int {
	at, found := slices.BinarySearch(numbers, seq)
	if found {
		at++
	}
	return len(numbers) - at
}
