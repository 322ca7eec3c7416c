package chat

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// talks are what users write to each other one to one, and the conversations that they have.
type talks struct {
	byPair map[pair]*talk
	byUser map[string]*chats

	oldest, newest *msg // of all, in the order in which they came
	kept           int
	lives          lives

	came     uint64 // how many messages came so far
	drawn    uint64 // the last sequence number that was drawn
	touched  uint64 // how often a conversation moved to the top so far
	repeats  repeats
	batched  repeats // the same of batchsendmsg
	batches  minute
	streams  map[string]*stream
	lastID   int // of a stream
	lastPush int
}

// A pair are the two users of a talk, in the order of their IDs.
type pair [2]string

func pairOf(a, b string) pair {
	if b < a {
		a, b = b, a
	}
	return pair{a, b}
}

// lane is that of the webhooks about the talk of a pair.
func (p pair) lane() string { return p[0] + "\x00" + p[1] }

// A side is one of the two users of a pair.
type side uint8

func (p pair) side(userID string) side {
	if p[0] == userID {
		return 0
	}
	return 1
}

// A talk is what two users have written to each other.
type talk struct {
	pair pair
	lane string      // of its webhooks
	ends [2]*contact // the conversation as each of them has it
	log  []*msg      // by time, then by sequence number
}

// A msgKey names a message within a talk.
type msgKey struct {
	seq, random uint64
	time        int64 // seconds since the epoch
}

func (k msgKey) String() string {
	b := make([]byte, 0, 48)
	b = append(strconv.AppendUint(b, k.seq, 10), '_')
	b = append(strconv.AppendUint(b, k.random, 10), '_')
	return string(strconv.AppendInt(b, k.time, 10))
}

func parseKey(text string) (k msgKey, err error) {
	seq, rest, _ := strings.Cut(text, "_")
	random, time, _ := strings.Cut(rest, "_")
	var err2, err3 error
	k.seq, err = strconv.ParseUint(seq, 10, 64)
	k.random, err2 = strconv.ParseUint(random, 10, 64)
	k.time, err3 = strconv.ParseInt(time, 10, 64)
	return k, errors.Join(err, err2, err3)
}

func compareKeys(a, b msgKey) int {
	return cmp.Or(cmp.Compare(a.time, b.time), cmp.Compare(a.seq, b.seq))
}

// A msg is one message of a talk.
type msg struct {
	key  msgKey
	talk *talk
	from side
	content
	extensible
	cloud string // CloudCustomData

	copies   [2]bool // which side has it
	unread   bool    // by the receiver
	recalled bool
	asked    bool  // for a receipt
	receipt  bool  // the receiver has sent one
	lapses   int64 // when the receiver's copy goes; 0: with all others

	number uint64 // among all, in the order in which they came
	came   int64
	older  *msg // among all
	newer  *msg
}

func (m *msg) sender() string   { return m.talk.pair[m.from] }
func (m *msg) receiver() string { return m.talk.pair[1-m.from] }

func compareMsgs(a, b *msg) int {
	return cmp.Or(compareKeys(a.key, b.key), cmp.Compare(a.number, b.number))
}

// with returns the talk of two users, which is there from then on.
func (s *talks) with(a, b string) *talk {
	p := pairOf(a, b)
	t := s.byPair[p]
	if t == nil {
		t = &talk{pair: p, lane: p.lane()}
		t.ends[0], t.ends[1] = s.contact(p[0], p[1]), s.contact(p[1], p[0])
		put(&s.byPair, p, t)
	}
	return t
}

// find returns the messages of that key that were sent by a user, the newest, nil where there is none.
func (t *talk) find(key msgKey, sender string) *msg {
	for m := range t.named(key) {
		if m.sender() == sender {
			return m
		}
	}
	return nil
}

// named goes through the messages of that key, the newest first.
func (t *talk) named(key msgKey) func(func(*msg) bool) {
	return func(yield func(*msg) bool) {
		if t == nil {
			return
		}
		for i := t.after(key) - 1; i >= 0 && compareKeys(t.log[i].key, key) == 0; i-- {
			if t.log[i].key == key && !yield(t.log[i]) {
				return
			}
		}
	}
}

// after returns where in the log the messages begin that are behind a key.
func (t *talk) after(key msgKey) int {
	at, _ := slices.BinarySearchFunc(t.log, key, func(m *msg, key msgKey) int {
		if compareKeys(m.key, key) <= 0 {
			return -1
		}
		return 1
	})
	return at
}

// insert puts a message into its talk, and counts it for those who have a copy.
func (s *talks) insert(m *msg) {
	s.came++
	m.number = s.came
	t := m.talk
	at := len(t.log)
	if at > 0 && compareMsgs(t.log[at-1], m) > 0 {
		at = t.after(m.key)
	}
	t.log = slices.Insert(t.log, at, m)
	s.link(m)
	for i, has := range m.copies {
		if has {
			t.ends[i].messages++
		}
	}
	if m.unread {
		t.ends[1-m.from].gain(1)
	}
	if m.lapses != 0 {
		s.lives.add(m)
	}
}

// drop takes away the copy of a side, and the message once nobody has one.
func (s *talks) drop(m *msg, who side) {
	if !m.copies[who] {
		return
	}
	m.copies[who] = false
	m.talk.ends[who].messages--
	if who != m.from {
		m.read()
	}
	if m.copies[1-who] {
		return
	}
	t := m.talk
	if at, found := slices.BinarySearchFunc(t.log, m, compareMsgs); found && at == 0 {
		t.log[0] = nil
		t.log = t.log[1:] // the rest need not move
	} else if found {
		t.log = slices.Delete(t.log, at, at+1)
	}
	s.unlink(m)
}

// remove takes away both copies.
func (s *talks) remove(m *msg) {
	s.drop(m, 0)
	s.drop(m, 1)
}

// read takes note that the receiver has read the message.
func (m *msg) read() {
	if m.unread {
		m.unread = false
		m.talk.ends[1-m.from].gain(-1)
	}
}

func (s *talks) link(m *msg) {
	if s.newest == nil {
		s.oldest = m
	} else {
		s.newest.newer, m.older = m, s.newest
	}
	s.newest = m
	s.kept++
}

func (s *talks) unlink(m *msg) {
	if m.older == nil {
		s.oldest = m.newer
	} else {
		m.older.newer = m.newer
	}
	if m.newer == nil {
		s.newest = m.older
	} else {
		m.newer.older = m.older
	}
	m.older, m.newer = nil, nil
	s.kept--
}

// forget takes away all that a user has written or was written to, and all that others keep of the user.
func (s *talks) forget(userID string) {
	own := s.byUser[userID]
	if own == nil {
		return
	}
	for id := range own.byID {
		p := pairOf(userID, id.ToAccount)
		if t := s.byPair[p]; t != nil {
			for len(t.log) > 0 {
				s.remove(t.log[0])
			}
			delete(s.byPair, p)
		}
		if other := s.byUser[id.ToAccount]; other != nil {
			other.forget(userID)
		}
	}
	delete(s.byUser, userID)
	s.repeats.forget(userID)
	s.batched.forget(userID)
	for id, one := range s.streams {
		if one.msg.talk.pair[0] == userID || one.msg.talk.pair[1] == userID {
			delete(s.streams, id)
		}
	}
}
