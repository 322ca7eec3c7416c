package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"
)

const endLimit = 10 * time.Second // for a process to end by itself

// What the starting process says to the others on their input, after the settings. The end of the input ends them.
const (
	commandCall = "call"
	commandRest = "rest"
)

// settings are all that a process needs to know. They go through its input: arguments and environment of a process can be
// seen by others.
type settings struct {
	Name     string // of the process
	SDKAppID uint64
	Key      string
	Token    string
	Chat     string
	Redis    string
	NATS     string
	Run      string
	Workers  int
	Share    float64
}

// A report is what a process says on its output: one of its fields.
type report struct {
	Ready    bool   `json:",omitzero"`
	URL      string `json:",omitzero"` // with Ready: of a receiver
	Rested   bool   `json:",omitzero"` // no call is under way any more
	Stored   string `json:",omitzero"` // ID of a webhook that the stream has
	Handled  string `json:",omitzero"` // ID of a webhook that was worked on
	Failed   string `json:",omitzero"` // error of a call
	Repeated bool   `json:",omitzero"` // with Stored: the stream had it before
}

// A process is another process of this program.
type process struct {
	name   string
	url    string // of a receiver
	cmd    *exec.Cmd
	in     io.WriteCloser
	kill   context.CancelFunc
	ready  chan struct{}
	rested chan struct{}
	gone   chan struct{} // closed after err is set
	err    error

	mu     sync.Mutex
	ending bool
}

// startProcess starts this program in another role. The process outlives ctx, so that it can finish what it has begun.
func startProcess(ctx context.Context, role string, s settings, to *ledger) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	life, kill := context.WithCancel(context.WithoutCancel(ctx))
	p := &process{
		name: s.Name, kill: kill,
		cmd:   exec.CommandContext(life, self, "-role", role), //nolint:gosec // this program
		ready: make(chan struct{}), rested: make(chan struct{}), gone: make(chan struct{}),
	}
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		p.in, err = p.cmd.StdinPipe()
	}
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		kill()
		return nil, err
	}
	go func() {
		defer close(p.gone)
		p.listen(out, to)
		p.err = p.cmd.Wait()
	}()
	if err := json.NewEncoder(p.in).Encode(s); err != nil {
		kill()
		<-p.gone
		return nil, err
	}
	return p, nil
}

// listen reads what the process reports until it ends.
func (p *process) listen(out io.Reader, to *ledger) {
	for dec := json.NewDecoder(out); ; {
		var r report
		if err := dec.Decode(&r); err != nil {
			_, _ = io.Copy(io.Discard, out) // or the process could not end
			return
		}
		switch {
		case r.Ready:
			p.url = r.URL
			close(p.ready)
		case r.Rested:
			close(p.rested)
		default:
			to.enter(p.name, r)
		}
	}
}

func (p *process) waitReady(ctx context.Context) error {
	select {
	case <-p.ready:
		return nil
	case <-p.gone:
		return errors.New("ended before it was ready")
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (p *process) waitRested(ctx context.Context) {
	select {
	case <-p.rested:
	case <-p.gone:
	case <-ctx.Done():
	}
}

// onGone calls fn when the process ends unasked.
func (p *process) onGone(fn func()) {
	go func() {
		<-p.gone
		if !p.asked() {
			fn()
		}
	}()
}

func (p *process) asked() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ending
}

// tell gives a command to all.
func tell(all []*process, command string) {
	for _, p := range all {
		_ = json.NewEncoder(p.in).Encode(command) // fails for one that is gone
	}
}

// end asks the process to end. waitEnd waits for it, and kills it where it does not.
func (p *process) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.gone: // by itself, which onGone tells
	default:
		p.ending = true
	}
	_ = p.in.Close()
}

// killNow ends the process as kill -9 does.
func (p *process) killNow() {
	p.kill()
	<-p.gone
}

func (p *process) waitEnd() error {
	timer := time.AfterFunc(endLimit, p.kill)
	defer timer.Stop()
	<-p.gone
	p.kill()
	if !p.asked() {
		return nil
	}
	return p.err
}
