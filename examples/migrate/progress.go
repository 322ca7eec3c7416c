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

// progress shows how far one step is. What is written to it stands above the bar. It is not safe for concurrent use.
type progress interface {
	io.Writer
	step(n int)
	end()
}

// newProgress shows progress of a step on w.
func newProgress(w io.Writer, terminal bool, what string, total int) progress {
	if terminal {
		return newBar(w, what, total)
	}
	return &plain{w: w, what: what, total: total, start: time.Now(), last: time.Now()}
}

// bar is a progress bar with the rate and the time left.
type bar struct {
	w   io.Writer
	bar *progressbar.ProgressBar
}

func newBar(w io.Writer, what string, total int) *bar {
	return &bar{w: w, bar: progressbar.NewOptions(total,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription(fmt.Sprintf("%-24s", what)),
		progressbar.OptionSetWidth(30),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("lines"),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetSpinnerChangeInterval(0), // no goroutine of its own
	)}
}

func (b *bar) step(n int) { _ = b.bar.Add(n) } // a file may have grown since it was counted

func (b *bar) Write(p []byte) (int, error) {
	_ = b.bar.Clear()
	return b.w.Write(p)
}

func (b *bar) end() {
	_ = b.bar.Exit()
	fmt.Fprintln(b.w)
}

// plain writes a line now and then, and one at the end.
type plain struct {
	w           io.Writer
	what        string
	total, done int
	start, last time.Time
}

func (p *plain) step(n int) {
	p.done += n
	if now := time.Now(); now.Sub(p.last) >= plainInterval {
		p.last = now
		p.say(now)
	}
}

func (p *plain) say(now time.Time) {
	rate := float64(p.done) / max(now.Sub(p.start), time.Millisecond).Seconds()
	var line strings.Builder
	fmt.Fprintf(&line, "%s: %d of %d, %.0f lines/s", p.what, p.done, p.total, rate)
	if left := p.total - p.done; left > 0 && p.done > 0 {
		fmt.Fprintf(&line, ", %s left", time.Duration(float64(left)/rate*float64(time.Second)).Round(time.Second))
	}
	fmt.Fprintln(p.w, line.String())
}

func (p *plain) Write(data []byte) (int, error) { return p.w.Write(data) }

func (p *plain) end() { p.say(time.Now()) }
