package chat

import (
	"sync"

	"github.com/go-tencentchat/tencentchat/callback"
)

const (
	// maxSending is how many webhooks are under way at a time.
	maxSending = 64
	// maxWaiting is how many webhooks may wait for their turn.
	maxWaiting = 100_000
)

// A turn is the place of a webhook among those of its key.
type turn struct {
	key       string
	event     callback.Event
	id, cause int // in the journal

	due     bool // what caused it is answered
	refused bool // it is sent where what caused it is refused too

	older, newer *turn // among those that wait
}

// A queue has the webhooks of one key that wait, oldest first.
type queue struct {
	key    string
	turns  []*turn
	active bool // a turn of it is under way, or it is in ready
}

// lanes hand webhooks to a function: those of one key one after the other, those of different keys at the same time.
// There are goroutines only while there is something to send.
type lanes struct {
	send func(*turn)
	lost func(*turn) // is called for a webhook that is not sent since too many wait
	room int

	mu      sync.Mutex
	queues  map[string]*queue // by key; none is empty, unless a turn of it is under way
	ready   []*queue          // those whose first turn can be sent, the longest wait first
	workers int
	oldest  *turn // of those that wait, in the order in which they were reserved
	newest  *turn
	waiting int
	pending int       // turns that are not sent yet, and whatever else was counted by add
	idle    sync.Cond // pending is 0
}

func newLanes(send, lost func(*turn)) *lanes {
	l := &lanes{send: send, lost: lost, room: maxWaiting, queues: make(map[string]*queue)}
	l.idle.L = &l.mu
	return l
}

// add counts n things that wait has to wait for. Below 0 they are done.
func (l *lanes) add(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count(n)
}

func (l *lanes) count(n int) {
	l.pending += n
	if l.pending == 0 {
		l.idle.Broadcast()
	}
}

// wait blocks until all that was reserved is sent.
func (l *lanes) wait() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.pending > 0 {
		l.idle.Wait()
	}
}

// reserve gives turns their places, behind those that their keys have. It is called while the state is locked, so that
// the places are in the order of the changes. Every turn must be released. Where too many wait the oldest are lost.
func (l *lanes) reserve(turns []*turn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, t := range turns {
		q := l.queues[t.key]
		if q == nil {
			q = &queue{key: t.key}
			l.queues[t.key] = q
		}
		q.turns = append(q.turns, t)
		l.enlist(t)
		l.count(1)
		for l.waiting > l.room {
			l.lose(l.oldest)
		}
	}
}

// lose takes away a turn that is the oldest of all, and so of its key.
func (l *lanes) lose(t *turn) {
	q := l.queues[t.key]
	l.take(q)
	if !q.active {
		l.settle(q)
	}
	l.count(-1)
	l.lost(t)
}

// release lets turns be sent as soon as they are the first of their keys.
func (l *lanes) release(turns []*turn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, t := range turns {
		t.due = true
		if q := l.queues[t.key]; q != nil && !q.active {
			l.settle(q)
		}
	}
	for range min(len(l.ready), maxSending-l.workers) {
		l.workers++
		go l.work()
	}
}

// settle puts a queue that is not active among those that are ready, if it is, and takes an empty one away.
func (l *lanes) settle(q *queue) {
	switch {
	case len(q.turns) == 0:
		delete(l.queues, q.key)
	case q.turns[0].due:
		q.active = true
		l.ready = append(l.ready, q)
	}
}

func (l *lanes) work() {
	for q, t := l.next(nil); q != nil; q, t = l.next(q) {
		l.send(t)
	}
}

// next takes note that a turn of sent has been sent, and takes the turn that is to be sent now. It is nil when there is
// none, and the worker ends.
func (l *lanes) next(sent *queue) (*queue, *turn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if sent != nil {
		sent.active = false
		l.settle(sent)
		l.count(-1)
	}
	for len(l.ready) > 0 {
		q := l.ready[0]
		l.ready = l.ready[1:]
		if len(q.turns) > 0 && q.turns[0].due {
			return q, l.take(q)
		}
		q.active = false // its first turn was lost meanwhile
		l.settle(q)
	}
	l.workers--
	return nil, nil
}

// take takes away the first turn of a queue.
func (l *lanes) take(q *queue) *turn {
	t := q.turns[0]
	q.turns[0], q.turns = nil, q.turns[1:]
	l.strike(t)
	return t
}

// enlist puts a turn behind all that wait.
func (l *lanes) enlist(t *turn) {
	if l.newest == nil {
		l.oldest = t
	} else {
		l.newest.newer, t.older = t, l.newest
	}
	l.newest = t
	l.waiting++
}

// strike takes a turn from those that wait.
func (l *lanes) strike(t *turn) {
	if t.older == nil {
		l.oldest = t.newer
	} else {
		t.older.newer = t.newer
	}
	if t.newer == nil {
		l.newest = t.older
	} else {
		t.newer.older = t.older
	}
	t.older, t.newer = nil, nil
	l.waiting--
}
