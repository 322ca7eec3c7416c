package chat

import (
	"slices"
)

// A groupLog is what was sent into a group, or into a topic, by sequence number.
type groupLog struct {
	last     uint32      // the number of the newest message; the next gets the one after it
	first    uint32      // the number of messages[0]
	messages []*groupMsg // without gaps in the numbers; nil where nothing is kept
	quiet    []uint32    // the numbers that do not count as unread, ascending
	lastTime int64       // of the newest message that lists of conversations show; 0: none
	listed   uint64      // its place on such lists
}

// A groupMsg is one message in a group.
type groupMsg struct {
	seq    uint32
	random uint64
	from   string
	time   int64
	content
	cloud string // CloudCustomData
}

// find returns the message of a number, nil where there is none or it is not kept.
func (l *groupLog) find(seq uint32) *groupMsg {
	if seq < l.first || seq-l.first >= uint32(len(l.messages)) {
		return nil
	}
	return l.messages[seq-l.first]
}

// add gives a message its number and keeps it.
func (l *groupLog) add(m *groupMsg) {
	m.seq = l.skip()
	if len(l.messages) == 0 {
		l.first = m.seq
	}
	l.messages = append(l.messages, m)
	l.lastTime = m.time
}

// skip gives a number to a message that is not kept. Where messages are, a gap is left behind.
func (l *groupLog) skip() uint32 {
	l.last++
	for len(l.messages) > 0 && l.first+uint32(len(l.messages)) < l.last {
		l.messages = append(l.messages, nil)
	}
	return l.last
}

// hush lets the newest number count for nobody.
func (l *groupLog) hush() { l.quiet = append(l.quiet, l.last) }

// unread is how many messages came after the one that was read last.
func (l *groupLog) unread(read uint32) int {
	if read >= l.last {
		return 0
	}
	at, found := slices.BinarySearch(l.quiet, read)
	if found {
		at++
	}
	return int(l.last-read) - (len(l.quiet) - at)
}
