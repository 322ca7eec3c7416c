package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// run does what the command line asks for. When ctx ends no more rows are taken, and calls under way finish.
func run(ctx context.Context, cfg config, std streams) error {
	if cfg.dryRun {
		return dryRun(ctx, cfg, std)
	}
	m := &importer{cfg: cfg, pending: make(map[string]*record)}
	client, err := m.client()
	if err != nil {
		return err
	}
	defer client.CloseIdleConnections()
	in, closeInput, err := open(cfg.input, std.in)
	if err != nil {
		return err
	}
	defer func() { _ = closeInput() }()
	m.input = in
	path := cfg.failuresPath(in.format)
	if err := differ(cfg.input, path); err != nil {
		return err
	}
	if m.done, err = openDoneLog(path+".done", cfg.resume); err != nil {
		return err
	}
	total, err := m.count()
	if err == nil {
		m.failures, err = newFailures(path, in, m.done.resumed)
	}
	if err != nil {
		return errors.Join(err, m.done.finish(!m.done.resumed))
	}
	m.progress = newProgress(std.err, std.terminal, total)
	m.start = time.Now()
	m.setAll(ctx, client)
	return m.finish(ctx, std.err)
}

// differ refuses to write failures over the input.
func differ(input, failures string) error {
	if input == standardInput {
		return nil
	}
	a, err := os.Stat(input)
	if err != nil {
		return err
	}
	b, err := os.Stat(failures) //nolint:gosec // the operator names it
	if err == nil && os.SameFile(a, b) {
		return errors.New("the failures would be written over the input: name another file with -failures")
	}
	return nil
}

// An importer is one import. Rows are taken and outcomes reported by goroutines of their own.
type importer struct {
	cfg   config
	input *input
	done  *doneLog
	start time.Time

	mu       sync.Mutex // guards what follows
	failures *failures
	progress progress
	pending  map[string]*record // by user: taken and not yet reported

	set, skipped, failed, unreadable int

	inARow int   // failures since the service last took a row
	stop   error // why no more rows are taken
}

func (m *importer) client() (*restapi.Client, error) {
	opts := []restapi.Option{
		restapi.WithAdmin(m.cfg.admin),
		restapi.WithLimiter(restapi.NewLimiter(restapi.LimiterConfig{Share: m.cfg.share})),
		restapi.WithLogger(slog.New(slog.NewTextHandler(m, &slog.HandlerOptions{Level: slog.LevelWarn}))),
	}
	if m.cfg.baseURL != "" {
		opts = append(opts, restapi.WithBaseURL(m.cfg.baseURL))
	}
	return restapi.NewClient(restapi.Region(m.cfg.region), m.cfg.sdkAppID, m.cfg.key, opts...)
}

// Write writes what the client logs.
func (m *importer) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.progress.Write(p)
}

// count returns how many rows there are to be set, and -1 where the input can be read only once.
func (m *importer) count() (int, error) {
	if !countable(m.cfg.input) {
		return -1, nil
	}
	in, closeInput, err := open(m.cfg.input, nil)
	if err != nil {
		return 0, err
	}
	defer func() { _ = closeInput() }()
	n := 0
	for row, err := range in.records() {
		if row != nil && (err != nil || !m.done.has(row)) {
			n++
		}
	}
	return n, in.err
}

// setAll sets the rows. The calls outlive ctx, which ends the rows.
func (m *importer) setAll(ctx context.Context, client *restapi.Client) {
	rows := m.rows(ctx)
	if m.cfg.accounts {
		rows = m.withAccounts(ctx, account.NewClient(client), rows)
	}
	users, opts := profile.NewClient(client), profile.BulkOptions{Concurrency: m.cfg.concurrency}
	for userID, err := range users.SetProfiles(context.WithoutCancel(ctx), m.updates(ctx, rows), opts) {
		m.report(userID, err)
	}
}

// rows yields the rows to be set, until ctx ends or the import stops.
func (m *importer) rows(ctx context.Context) iter.Seq[*record] {
	return func(yield func(*record) bool) {
		for row, err := range m.input.records() {
			send := m.take(row, err)
			if send && !yield(row) || m.ended(ctx) {
				return
			}
		}
	}
}

// updates yields what rows set, and no more of them when ctx ends or the import stops.
func (m *importer) updates(ctx context.Context, rows iter.Seq[*record]) iter.Seq2[string, profile.Items] {
	return func(yield func(string, profile.Items) bool) {
		for row := range rows {
			if m.ended(ctx) || !yield(row.userID, row.items) {
				return
			}
		}
	}
}

// take notes what has been read, and says whether it is to be sent.
func (m *importer) take(row *record, err error) (send bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case row == nil:
		m.unreadable++
		fmt.Fprintln(m.progress, err)
	case err != nil:
		m.fail(row, err)
	case m.done.has(row):
		m.skipped++
	default:
		m.pending[row.userID] = row
		return true
	}
	return false
}

// ended says whether no more rows are to be taken.
func (m *importer) ended(ctx context.Context) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.stop != nil || ctx.Err() != nil
}

// report notes the outcome of a row.
func (m *importer) report(userID string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	row := m.pending[userID]
	delete(m.pending, userID)
	if err != nil {
		err = row.translate(err)
	}
	if errors.Is(err, restapi.ErrAccountNotFound) && !m.cfg.accounts {
		err = fmt.Errorf("%w: -import imports the accounts first", err)
	}
	switch {
	case err == nil:
		m.inARow = 0
		m.set++
		m.stopFor(m.done.add(row))
		m.progress.step(false)
		return
	case errors.Is(err, restapi.ErrUserSig), errors.Is(err, restapi.ErrPermission):
		m.stopFor(err) // the row is not at fault
	default:
		if m.inARow++; m.inARow == m.cfg.stopAfter {
			m.stopFor(fmt.Errorf("%d rows in a row failed, the last with: %w", m.inARow, err))
		}
	}
	m.fail(row, &rowError{row.line, err})
}

// fail puts a row into the failures file. The caller holds mu.
func (m *importer) fail(row *record, err error) {
	m.failed++
	m.stopFor(m.failures.add(row, err.Error()))
	m.progress.step(true)
}

// stopFor ends the import because of err, if that is one. The caller holds mu.
func (m *importer) stopFor(err error) {
	if m.stop == nil {
		m.stop = err
	}
}

// finish closes the files, says what was done and returns the outcome.
func (m *importer) finish(ctx context.Context, w io.Writer) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	stopped := errors.Join(m.stop, m.input.err)
	switch {
	case stopped != nil:
		stopped = fmt.Errorf("stopped before the end of the input: %w", stopped)
	case ctx.Err() != nil:
		stopped = fmt.Errorf("stopped by the user, %d rows are done", m.done.users())
	}
	all := stopped == nil && m.failed == 0 && m.unreadable == 0
	nothing := m.done.users() == 0 && m.failures.file == nil // to go on with
	stopped = errors.Join(stopped, m.failures.close(), m.done.finish(all || nothing))
	m.progress.end()
	took := time.Since(m.start)
	fmt.Fprintf(w, "%d set in %s (%.0f users/s), %d done before, %d failed, %d lines unreadable\n", m.set,
		took.Round(time.Millisecond), float64(m.set)/max(took, time.Millisecond).Seconds(), m.skipped, m.failed, m.unreadable)
	if m.failed > 0 {
		fmt.Fprintf(w, "the rows that failed are in %s\n", m.failures.name)
	}
	switch {
	case stopped != nil:
		return fmt.Errorf("%w: %w", stopped, errStopped)
	case !all:
		return errFailed
	}
	return nil
}
