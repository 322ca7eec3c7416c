package chat

import (
	"context"
	"iter"
	"sync"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
)

// maxUnseen is how many entries wait for one that watches.
const maxUnseen = 4096

// An Action is something that a device has asked for.
type Action struct {
	ID       int
	Name     string
	UserID   string
	Platform callback.Platform
	Time     time.Time
	Err      error
}

// An Entry is one thing in the journal: one of its pointers is not nil.
type Entry struct {
	Call     *Call
	Delivery *Delivery
	Action   *Action
	Missed   int // how many entries before this one were left out, as nobody took them
}

// watchers are those who look on.
type watchers struct {
	mu     sync.Mutex
	all    map[*watcher]struct{}
	closed bool
}

type watcher struct {
	entries chan Entry
	missed  int
}

// Watch returns the entries from now on, each when it is complete, until the context ends or the journal is closed.
func (j *Journal) Watch(ctx context.Context) iter.Seq[Entry] {
	w := &watcher{entries: make(chan Entry, maxUnseen)}
	if !j.watchers.add(w) {
		close(w.entries)
	}
	stop := context.AfterFunc(ctx, func() { j.watchers.remove(w) })
	return func(yield func(Entry) bool) {
		defer stop()
		defer j.watchers.remove(w)
		for e := range w.entries {
			if ctx.Err() != nil || !yield(e) {
				return
			}
		}
	}
}

func (w *watchers) add(one *watcher) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.closed {
		put(&w.all, one, struct{}{})
	}
	return !w.closed
}

func (w *watchers) remove(one *watcher) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, there := w.all[one]; there {
		delete(w.all, one)
		close(one.entries)
	}
}

func (w *watchers) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	for one := range w.all {
		close(one.entries)
	}
	w.all = nil
}

func (w *watchers) some() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.all) > 0
}

// show gives an entry to all who look on. It does not wait for them.
func (w *watchers) show(e Entry) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for one := range w.all {
		e.Missed = one.missed
		select {
		case one.entries <- e:
			one.missed = 0
		default:
			one.missed++
		}
	}
}
