package restapitest

import (
	"sync"

	"github.com/go-tencentchat/tencentchat/callback"
)

// maxSending is how many users' webhooks are under way at a time.
const maxSending = 64

// A turn is the place of a webhook among those of its user.
type turn struct {
	user  string
	event callback.Event
	due   bool // what caused it is answered
}

// A queue has the webhooks of one user that are to be sent, oldest first.
type queue struct {
	turns  []*turn
	active bool // its first turn is under way, or is in ready
}

// lanes hand webhooks to a function: those of one user one after the other, those of different users at the same time.
// There are goroutines only while there is something to send.
type lanes struct {
	send func(callback.Event)

	mu      sync.Mutex
	queues  map[string]*queue // by user; none is empty
	ready   []*queue          // those whose first turn can be sent, the longest wait first
	workers int
	pending int       // turns that are to be sent, and whatever else was counted by add
	idle    sync.Cond // pending is 0
}

func newLanes(send func(callback.Event)) *lanes {
	l := &lanes{send: send, queues: make(map[string]*queue)}
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

// reserve gives turns their places, behind those that their users have. It is called while the state is locked, so that
// the places are in the order of the changes. Every turn must be released.
func (l *lanes) reserve(turns []*turn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, t := range turns {
		q := l.queues[t.user]
		if q == nil {
			q = new(queue)
			l.queues[t.user] = q
		}
		q.turns = append(q.turns, t)
	}
	l.count(len(turns))
}

// release lets turns be sent as soon as they are the first of their users.
func (l *lanes) release(turns []*turn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, t := range turns {
		t.due = true
		if q := l.queues[t.user]; q != nil {
			l.activate(q)
		}
	}
	for range min(len(l.ready), maxSending-l.workers) {
		l.workers++
		go l.work()
	}
}

// activate puts a queue among those that are ready, if it is.
func (l *lanes) activate(q *queue) {
	if !q.active && q.turns[0].due {
		q.active = true
		l.ready = append(l.ready, q)
	}
}

func (l *lanes) work() {
	for q, event := l.next(nil); q != nil; q, event = l.next(q) {
		l.send(event)
	}
}

// next takes away the turn of sent, which has just been sent, and returns a queue whose first turn is to be sent now.
// It is nil when there is none, and the worker ends.
func (l *lanes) next(sent *queue) (*queue, callback.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if sent != nil {
		l.drop(sent)
	}
	if len(l.ready) == 0 {
		l.workers--
		return nil, nil
	}
	q := l.ready[0]
	l.ready = l.ready[1:]
	return q, q.turns[0].event
}

// drop takes away the first turn of a queue.
func (l *lanes) drop(q *queue) {
	first := q.turns[0]
	q.turns[0], q.turns = nil, q.turns[1:]
	q.active = false
	if len(q.turns) == 0 {
		delete(l.queues, first.user)
	} else {
		l.activate(q)
	}
	l.count(-1)
}
