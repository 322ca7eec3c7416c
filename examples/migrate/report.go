package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// tally counts what becomes of lines.
type tally struct {
	start               time.Time
	imported            map[string]int // by kind
	left                map[string]int // what is left behind
	before, failed      int
	unsure              int
	shifted, furthest   int64 // group messages that were moved, and by how many seconds at most
	compared, differing int
	acknowledged        int
}

func newTally() tally {
	return tally{imported: make(map[string]int), left: make(map[string]int)}
}

// ended says whether no more lines are to be taken.
func (m *migration) ended(ctx context.Context) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.stop != nil || ctx.Err() != nil
}

func (m *migration) isDone(l *line) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return l.file.done.has(l.number)
}

func (m *migration) leave(what string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.left[what]++
}

// shift counts a group message that is moved.
func (m *migration) shift(seconds int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.shifted++
	m.furthest = max(m.furthest, seconds)
}

func (m *migration) step(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.progress.step(n)
}

func (m *migration) stopFor(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.endFor(err)
}

// endFor ends the import because of err, if that is one. The caller holds mu.
func (m *migration) endFor(err error) {
	if m.stop == nil {
		m.stop = err
	}
}

// stands returns the group or topic that a line needs, and carries the one that others need this line in: what is
// imported later belongs behind it.
func stands(l *line) (on string) {
	switch one := l.item.(type) {
	case *topic:
		return one.GroupID
	case *groupMessage:
		return one.chat()
	case *member:
		return one.GroupID
	}
	return ""
}

func carries(l *line) (chat string) {
	switch one := l.item.(type) {
	case *room:
		return one.GroupID
	case *topic:
		return one.TopicID
	case *groupMessage:
		return one.chat()
	}
	return ""
}

// errHeldBack is wrapped by why a line cannot be imported yet.
var errHeldBack = errors.New("is held back")

// heldBack says why a line cannot be imported yet, nil if it can.
func (m *migration) heldBack(l *line) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if before := m.broken[stands(l)]; before != "" {
		return fmt.Errorf("%w, as it comes after %s, which failed", errHeldBack, before)
	}
	return nil
}

// report notes the outcomes of lines that were one call.
func (m *migration) report(s *step, lines []*line, errs []error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var done []*line
	for i, err := range errs {
		switch l := lines[i]; {
		case err == nil:
			done = append(done, l)
		case errors.Is(err, errUnsure):
			m.unsure++
			done = append(done, l)
			fmt.Fprintf(m.progress, "%s: %v\n", l, err)
		default:
			m.failed++
			m.endFor(m.failures.add(l, err))
		}
	}
	last := lines[len(lines)-1]
	if chat := carries(last); chat != "" && m.broken[chat] == "" && !slices.Contains(done, last) {
		m.broken[chat] = last.String()
	}
	m.endFor(m.done.add(done...))
	m.imported[s.kind] += len(done)
	m.progress.step(len(lines))
	m.judge(lines[0], errs)
}

// judge ends the import where the service does not take any calls. The caller holds mu.
func (m *migration) judge(l *line, errs []error) {
	err := errs[0]
	switch {
	case slices.Contains(errs, nil):
		m.inARow = 0
	case errors.Is(err, restapi.ErrUserSig), restapi.CodeOf(err) == restapi.CodeAdminRequired:
		m.endFor(err) // the line is not at fault
	case l.bad == nil && !errors.Is(err, errHeldBack):
		if m.inARow++; m.inARow == m.cfg.stopAfter {
			m.endFor(fmt.Errorf("%d calls in a row failed, the last with: %w", m.inARow, err))
		}
	}
}

// finish closes the files, says what was done and returns the outcome.
func (m *migration) finish(ctx context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	stopped := m.stop
	switch {
	case stopped != nil:
		stopped = fmt.Errorf("stopped before the end of the input: %w", stopped)
	case ctx.Err() != nil:
		stopped = fmt.Errorf("stopped by the user, %d lines are done", m.done.lines)
	}
	all := stopped == nil && m.failed == 0 && m.index.bad == 0 && m.differing == 0
	nothing := m.done.lines == 0 && m.failures.file == nil // to go on with
	stopped = errors.Join(stopped, m.failures.close(), m.done.finish(all || nothing))
	m.summary()
	switch {
	case stopped != nil:
		return fmt.Errorf("%w: %w", stopped, errStopped)
	case !all:
		return errFailed
	}
	return nil
}

// summary says what was done, and what was not.
func (m *migration) summary() {
	say := func(format string, args ...any) { fmt.Fprintf(m.std.out, format+"\n", args...) }
	for _, s := range order {
		if n := m.imported[s.kind]; n > 0 {
			say("imported: %d %s", n, s.what)
		}
	}
	say("took %s; %d lines were done before, %d failed, %d could not be read",
		time.Since(m.start).Round(time.Millisecond), m.before, m.failed, m.index.bad)
	if m.compared+m.acknowledged > 0 {
		say("read back: %d lines, %d of them differ; %d messages are older than the history and were acknowledged alone",
			m.compared, m.differing, m.acknowledged)
	}
	if m.unsure > 0 {
		say("%d group messages are there already or were refused for their time: the history does not reach back", m.unsure)
	}
	m.sayLeft(say)
	if m.failures.file != nil {
		say("the lines that failed are in %s", m.failures.name)
	}
}

// sayLeft says what could not be imported as it was.
func (m *migration) sayLeft(say func(string, ...any)) {
	if m.shifted > 0 {
		say("%d group messages were moved by up to %d s: the service takes one a second and group", m.shifted, m.furthest)
	}
	for _, kind := range slices.Sorted(maps.Keys(m.index.other)) {
		say("left behind: %d lines of the kind %s", m.index.other[kind], kind)
	}
	for _, what := range slices.Sorted(maps.Keys(m.left)) {
		say("left behind: %d x %s", m.left[what], what)
	}
}
