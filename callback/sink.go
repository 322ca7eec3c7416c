package callback

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// A Sink stores webhooks, such as in a queue. nil means that the envelope is durable: only then is the webhook answered
// OK. Put must return when its context ends, and may be called by many goroutines at once. It may keep the envelope.
type Sink interface {
	Put(ctx context.Context, e Envelope) error
}

// A SinkOption sets up WithSink.
type SinkOption func(*sink) error

// SinkCommands makes the sink take these after-events only. The others are handled where they arrive.
func SinkCommands(commands ...string) SinkOption {
	return func(s *sink) error {
		if s.only == nil {
			s.only = make(map[string]bool, len(commands))
		}
		for _, command := range commands {
			if command == "" || isBefore(command) {
				return fmt.Errorf("SinkCommands: %q is not an after-event", command)
			}
			s.only[command] = true
		}
		return nil
	}
}

// WithSink puts every after-event into s instead of calling its handler: those without a handler and those newer than
// this package too. A webhook whose envelope cannot be stored before WithTimeout is over is answered 503. Behind the
// queue, Dispatch calls the handlers. Before-events never go to a sink, as the vendor waits for their answer.
func WithSink(s Sink, opts ...SinkOption) Option {
	return func(c *config) error {
		if s == nil || c.sink != nil {
			return errors.New("WithSink: nil sink, or given twice")
		}
		c.sink = &sink{Sink: s}
		for _, opt := range opts {
			if err := opt(c.sink); err != nil {
				return err
			}
		}
		return nil
	}
}

type sink struct {
	Sink

	only map[string]bool
}

func (s *sink) takes(command string) bool {
	return s != nil && (s.only == nil || s.only[command]) && !isBefore(command)
}

// store puts a webhook into the sink and answers.
func (h *Handler) store(ctx context.Context, w http.ResponseWriter, of label, envelope Envelope) {
	if err := h.put(ctx, of, envelope); err != nil {
		h.conf.log.ErrorContext(ctx, "webhook not stored", of.attrs("error", err)...)
		fail(w, http.StatusServiceUnavailable)
		return
	}
	respond(w, http.StatusOK, okBody)
}

func (h *Handler) put(ctx context.Context, of label, envelope Envelope) (err error) {
	defer func() {
		if v := recover(); v != nil {
			h.panicked(ctx, of, v)
			err = errPanicked
		}
	}()
	return h.conf.sink.Put(ctx, envelope)
}
