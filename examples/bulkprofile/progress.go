package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
)

// plainInterval is how often progress is shown where there is no terminal.
const plainInterval = 10 * time.Second

// progress shows how far the import is. What is written to it stands above the bar. It is not safe for concurrent use.
type progress interface {
	io.Writer
	step(failed bool)
	end()
}

// newProgress shows progress on w; total is -1 where it is not known.
func newProgress(w io.Writer, terminal bool, total int) progress {
	if terminal && total != 0 {
		return newBar(w, total)
	}
	return &plain{w: w, total: total, start: time.Now(), last: time.Now()}
}

// bar is a progress bar with the rate and the time left.
type bar struct {
	w      io.Writer
	bar    *progressbar.ProgressBar
	failed int
}

func newBar(w io.Writer, total int) *bar {
	return &bar{w: w, bar: progressbar.NewOptions(total,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription("profiles"),
		progressbar.OptionSetWidth(30),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("users"),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetSpinnerChangeInterval(0), // no goroutine of its own
	)}
}

func (b *bar) step(failed bool) {
	if failed {
		b.failed++
		b.bar.Describe(fmt.Sprintf("profiles (%d failed)", b.failed))
	}
	_ = b.bar.Add(1) // a file that has grown since it was counted
}

func (b *bar) Write(p []byte) (int, error) {
	_ = b.bar.Clear()
	return b.w.Write(p)
}

func (b *bar) end() {
	_ = b.bar.Exit()
	fmt.Fprintln(b.w)
}

// plain writes a line now and then.
type plain struct {
	w            io.Writer
	total        int
	done, failed int
	start, last  time.Time
}

func (p *plain) step(failed bool) {
	p.done++
	if failed {
		p.failed++
	}
	now := time.Now()
	if now.Sub(p.last) < plainInterval {
		return
	}
	p.last = now
	rate := float64(p.done) / now.Sub(p.start).Seconds()
	var line strings.Builder
	fmt.Fprintf(&line, "%d", p.done)
	if p.total > 0 {
		fmt.Fprintf(&line, " of %d", p.total)
	}
	fmt.Fprintf(&line, " users, %d failed, %.0f users/s", p.failed, rate)
	if left := p.total - p.done; left > 0 {
		fmt.Fprintf(&line, ", %s left", time.Duration(float64(left)/rate*float64(time.Second)).Round(time.Second))
	}
	fmt.Fprintln(p.w, line.String())
}

func (p *plain) Write(data []byte) (int, error) { return p.w.Write(data) }

func (p *plain) end() {}
