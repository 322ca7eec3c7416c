package chat

import (
	"cmp"
	"container/heap"
	"slices"
	"time"
)

// keptFor is how long messages are kept, in seconds: what apps have that do not pay for more.
const keptFor = int64(7 * 24 * time.Hour / time.Second)

// A History is how many messages are kept: 10,000 of a talk and 200,000 in all where it does not say.
type History struct {
	Talk, All int
}

func (h History) orDefault() History {
	if h == (History{}) {
		return History{Talk: 10_000, All: 200_000}
	}
	return h
}

// trim takes away the oldest messages of a talk where there are too many.
func (s *talks) trim(t *talk, most int) {
	for len(t.log) > most {
		s.remove(t.log[0])
	}
}

// trim takes away the oldest messages of all, of users and of groups, where there are too many.
func (a *App) trim() {
	for a.talks.kept+a.groups.msgs.kept > a.cfg.History.All {
		one, other := a.talks.oldest, a.groups.msgs.oldest()
		if other == nil || one != nil && one.came <= other.came {
			a.talks.remove(one)
		} else {
			a.groups.msgs.remove(other)
		}
	}
}

// stamp says of messages for which that is not known that they came now.
func (s *talks) stamp(now int64) {
	for m := s.oldest; m != nil; m = m.newer {
		m.came = cmp.Or(m.came, now)
	}
}

// expire takes away what is too old at a moment. Whatever reads messages or counts them must call it before.
func (s *talks) expire(now int64) {
	for s.oldest != nil && now-s.oldest.came >= keptFor {
		s.remove(s.oldest)
	}
	for len(s.lives) > 0 && s.lives[0].lapses <= now {
		m := s.lives[0]
		heap.Pop(&s.lives)
		s.drop(m, 1-m.from)
	}
}

// lives are messages that go before the others do, those first that go first.
type lives []*msg

// add adds a message. It makes room from time to time, as messages can be gone before their time is over.
func (l *lives) add(m *msg) {
	if n := len(*l); n == cap(*l) {
		kept := (*l)[:0]
		for _, one := range *l {
			if one.copies[1-one.from] {
				kept = append(kept, one)
			}
		}
		clear((*l)[len(kept):])
		*l = slices.Grow(kept, len(kept)+1)
		heap.Init(l)
	}
	heap.Push(l, m)
}

func (l lives) Len() int           { return len(l) }
func (l lives) Less(i, j int) bool { return l[i].lapses < l[j].lapses }
func (l lives) Swap(i, j int)      { l[i], l[j] = l[j], l[i] }

// Push is for package heap.
func (l *lives) Push(m any) { *l = append(*l, m.(*msg)) }

// Pop is for package heap.
func (l *lives) Pop() any {
	last := len(*l) - 1
	m := (*l)[last]
	(*l)[last] = nil
	*l = (*l)[:last]
	return m
}
