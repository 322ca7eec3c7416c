package main

import (
	"maps"
	"sync"
)

// A ledger has what the processes report, by process and by webhook.
type ledger struct {
	mu       sync.Mutex
	stored   map[string]int // by process
	handled  map[string]int
	failed   map[string]int // by the text of the error
	webhooks map[string]int // by ID: how often it was handled
	repeated int
}

// A tally is what became of all webhooks.
type tally struct {
	received int // each once, however often it came
	handled  int // of those
	twice    int // of those that were handled, more than once
	repeated int // came when the stream had them already
}

func newLedger() *ledger {
	return &ledger{
		stored: make(map[string]int), handled: make(map[string]int), failed: make(map[string]int),
		webhooks: make(map[string]int),
	}
}

func (l *ledger) enter(process string, r report) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case r.Stored != "":
		l.stored[process]++
		l.webhooks[r.Stored] += 0 // it may have been handled already
		if r.Repeated {
			l.repeated++
		}
	case r.Handled != "":
		l.handled[process]++
		l.webhooks[r.Handled]++
	case r.Failed != "":
		l.failed[r.Failed]++
	}
}

func (l *ledger) tally() tally {
	l.mu.Lock()
	defer l.mu.Unlock()
	t := tally{received: len(l.webhooks), repeated: l.repeated}
	for _, times := range l.webhooks {
		if times > 0 {
			t.handled++
		}
		if times > 1 {
			t.twice++
		}
	}
	return t
}

// failures returns how often calls failed, by the text of the error.
func (l *ledger) failures() map[string]int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.failed)
}

// by returns how many webhooks a process stored and handled.
func (l *ledger) by(process string) (stored, handled int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.stored[process], l.handled[process]
}
