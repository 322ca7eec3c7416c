package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// ratePause is how long a call waits that the service refused for the rate of calls: its limits are those of a second.
const ratePause = time.Second

// A migration is one import. Lines are taken by one goroutine, and sent and reported by those of the lanes.
type migration struct {
	cfg      config
	std      streams
	files    []*file
	index    *index
	service  *service
	done     *doneLog
	failures *failures

	mu       sync.Mutex // guards what follows, and what is done of the files
	progress progress
	tally
	broken map[string]string // groups and topics that nothing can follow in any more, by the line that failed
	inARow int               // calls that failed since one did not
	stop   error             // why no more lines are taken
}

// run does what the command line asks for. When ctx ends no more lines are taken, and calls under way finish.
func run(ctx context.Context, cfg config, std streams) error {
	files, err := openInput(cfg.input)
	if err != nil {
		return err
	}
	m := &migration{cfg: cfg, std: std, files: files, broken: make(map[string]string), tally: newTally()}
	if cfg.dryRun {
		return m.dryRun(ctx)
	}
	client, err := m.client()
	if err != nil {
		return err
	}
	defer client.CloseIdleConnections()
	m.service = newService(client, cfg)
	path := cfg.failuresPath()
	if m.done, err = openDoneLog(path+".done", cfg.resume, files); err != nil {
		return err
	}
	m.before = m.done.lines
	m.index, err = newIndex(ctx, files, m.unreadable(std.err))
	if err == nil {
		m.failures, err = newFailures(path, m.done.resumed)
	}
	if err != nil {
		return errors.Join(err, m.done.finish(!m.done.resumed))
	}
	m.start = time.Now()
	for _, s := range order {
		m.importAll(ctx, s)
	}
	if !m.ended(ctx) {
		m.compareAll(ctx)
	}
	return m.finish(ctx)
}

func (m *migration) client() (*restapi.Client, error) {
	limiter := restapi.NewLimiter(restapi.LimiterConfig{Share: m.cfg.share})
	if m.cfg.unlimited {
		limiter = nil
	}
	opts := []restapi.Option{
		restapi.WithAdmin(m.cfg.admin),
		restapi.WithLimiter(limiter),
		restapi.WithLogger(slog.New(slog.NewTextHandler(m, &slog.HandlerOptions{Level: slog.LevelWarn}))),
	}
	if m.cfg.baseURL != "" {
		opts = append(opts, restapi.WithBaseURL(m.cfg.baseURL))
	}
	return restapi.NewClient(restapi.Region(m.cfg.region), m.cfg.sdkAppID, m.cfg.key, opts...)
}

// Write writes what the client logs.
func (m *migration) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.progress == nil {
		return m.std.err.Write(p)
	}
	return m.progress.Write(p)
}

// unreadable reports lines that cannot be read.
func (m *migration) unreadable(w io.Writer) func(*line, error) {
	return func(l *line, err error) { fmt.Fprintf(w, "%s: %v\n", l, err) }
}

// importAll imports what is not done of one kind.
func (m *migration) importAll(ctx context.Context, s *step) {
	if m.index.total[s.kind] == 0 || m.ended(ctx) {
		return
	}
	if s.kind == "groupmember" {
		m.countOwn(ctx)
	}
	m.show(s.what, m.index.total[s.kind])
	inLanes(m.toDo(ctx, s), m.cfg.concurrency, s.max, func(lines []*line) { m.send(ctx, s, lines) })
	m.progress.end()
}

func (m *migration) show(what string, total int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.progress = newProgress(m.std.err, m.std.terminal, what, total)
}

// toDo yields the lines of a kind that are not done, until ctx ends or the import stops. What is bad says so.
func (m *migration) toDo(ctx context.Context, s *step) iter.Seq[*line] {
	c := m.newChecker()
	c.leave = m.leave
	c.shift = m.shift
	return func(yield func(*line) bool) {
		for l := range m.lines(ctx, s) {
			switch l.bad = c.check(s, l); {
			case errors.Is(l.bad, errLeft):
				m.leave(l.bad.Error())
				m.step(1)
			case !m.isDone(l) && !yield(l):
				return
			}
		}
	}
}

// lines yields the lines of a kind, until ctx ends or the import stops.
func (m *migration) lines(ctx context.Context, s *step) iter.Seq[*line] {
	return func(yield func(*line) bool) {
		for _, f := range m.files {
			if !f.kinds[s.kind] {
				continue
			}
			for l, err := range f.lines(func(kind string) bool { return kind == s.kind }) {
				switch {
				case l == nil:
					m.stopFor(err)
					return
				case m.ended(ctx):
					return
				case err == nil && !yield(l): // what cannot be read has been told of
					return
				}
			}
		}
	}
}

// send imports lines of one key, up to the first that is bad or has nothing to follow in.
func (m *migration) send(ctx context.Context, s *step, lines []*line) {
	for len(lines) > 0 {
		if m.ended(ctx) {
			return
		}
		n := 0
		for n < len(lines) && lines[n].bad == nil {
			n++
		}
		if n == 0 {
			m.report(s, lines[:1], []error{lines[0].bad})
			lines = lines[1:]
			continue
		}
		good := lines[:n]
		if why := m.heldBack(good[0]); why != nil {
			m.report(s, good, slices.Repeat([]error{why}, n))
		} else {
			m.report(s, good, m.call(ctx, s.send, good))
		}
		lines = lines[n:]
	}
}

// call makes a call that outlives ctx, and again as long as the service refuses it for the rate of calls.
func (m *migration) call(
	ctx context.Context, do func(context.Context, *service, []*line) []error, lines []*line,
) []error {
	for {
		errs := do(context.WithoutCancel(ctx), m.service, lines)
		if !errors.Is(errs[0], restapi.ErrRateLimited) || !errors.Is(errs[0], restapi.ErrTemporary) || m.ended(ctx) {
			return errs
		}
		wait(ctx, ratePause)
	}
}

// wait returns after d, and earlier when ctx ends.
func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
