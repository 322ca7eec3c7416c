package main

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"
)

const (
	// kept is how far back the history is looked at: what all apps keep, less the time that looking takes.
	kept = 7*24*time.Hour - time.Hour
	// atOnce is how many messages are looked up at a time: in memory they are without their bodies.
	atOnce = 50_000
	// mostShown is how many differences of a kind are shown.
	mostShown = 20
)

// compareAll reads back what is done, kind by kind.
func (m *migration) compareAll(ctx context.Context) {
	for _, s := range order {
		total := m.index.done[s.kind] + m.imported[s.kind]
		if total == 0 || m.ended(ctx) {
			continue
		}
		m.show(s.what+", read back", total)
		if s.back != nil {
			inLanes(m.imports(ctx, s), m.cfg.concurrency, s.max, func(lines []*line) {
				if !m.ended(ctx) {
					m.differ(lines, m.call(ctx, s.back, lines))
				}
			})
		} else {
			m.compareMessages(ctx, s)
		}
		m.progress.end()
	}
}

// imports yields the lines of a kind that are done.
func (m *migration) imports(ctx context.Context, s *step) iter.Seq[*line] {
	c := m.newChecker()
	return func(yield func(*line) bool) {
		for l := range m.lines(ctx, s) {
			if c.check(s, l) == nil && m.isDone(l) && !yield(l) {
				return
			}
		}
	}
}

// compareMessages looks messages up in the history that are young enough to be there. Older ones are known to be
// imported because the service said so.
func (m *migration) compareMessages(ctx context.Context, s *step) {
	since := time.Now().Add(-kept)
	talks := make(map[string][]*line)
	n := 0
	flush := func() {
		heads := func(yield func(*line) bool) {
			for _, key := range slices.Sorted(maps.Keys(talks)) {
				if !yield(talks[key][0]) {
					return
				}
			}
		}
		inLanes(heads, m.cfg.concurrency, 1, func(head []*line) {
			if talk := talks[head[0].item.key()]; !m.ended(ctx) {
				m.differ(talk, m.call(ctx, s.look, talk))
			}
		})
		clear(talks)
		n = 0
	}
	for l := range m.imports(ctx, s) {
		one := l.item.(interface {
			sent() time.Time
			strip()
		}) // what can be looked up is a message
		if one.sent().Before(since) {
			m.acknowledge()
			continue
		}
		one.strip()
		l.fields = nil
		talks[l.item.key()] = append(talks[l.item.key()], l)
		if n++; n == atOnce {
			flush()
		}
	}
	flush()
}

func (m *migration) acknowledge() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.acknowledged++
	m.progress.step(1)
}

// differ notes what became of lines that were read back.
func (m *migration) differ(lines []*line, errs []error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, err := range errs {
		m.compared++
		if err == nil {
			continue
		}
		if m.differing++; m.differing <= mostShown {
			fmt.Fprintf(m.progress, "%s: %v\n", lines[i], err)
		}
	}
	m.progress.step(len(lines))
}
