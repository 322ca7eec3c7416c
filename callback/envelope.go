package callback

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// An Envelope is a webhook on its way through a queue: verified, and otherwise as it was received. It can be marshalled
// as JSON.
type Envelope struct {
	// ID is the same for the same bytes: a hash of app, command and body. The vendor documents no event ID, and a
	// webhook that it repeats has the same body. So do two events that nothing in the body tells apart, such as two of
	// State.StateChange without an EventTime: keep the window of de-duplication to minutes.
	ID          string
	Command     string
	SDKAppID    uint64
	OptPlatform string
	ClientIP    string
	ReceivedAt  time.Time
	Body        []byte
}

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
				return fmt.Errorf("SinkCommands: %q is no after-event", command)
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
func (h *Handler) store(ctx context.Context, w http.ResponseWriter, envelope Envelope) {
	if err := h.put(ctx, envelope); err != nil {
		h.conf.log.ErrorContext(ctx, "webhook not stored", "command", envelope.Command, "error", err)
		fail(w, http.StatusServiceUnavailable)
		return
	}
	respond(w, http.StatusOK, okBody)
}

func (h *Handler) put(ctx context.Context, envelope Envelope) (err error) {
	defer func() {
		if v := recover(); v != nil {
			h.panicked(ctx, envelope.Command, v)
			err = errPanicked
		}
	}()
	return h.conf.sink.Put(ctx, envelope)
}

func envelope(command string, m *Meta, body []byte) Envelope {
	return Envelope{
		ID:          envelopeID(m.SDKAppID, command, body),
		Command:     command,
		SDKAppID:    m.SDKAppID,
		OptPlatform: string(m.OptPlatform),
		ClientIP:    m.ClientIP,
		ReceivedAt:  m.ReceivedAt,
		Body:        body,
	}
}

// envelopeID separates its parts, so that no two webhooks share an ID by chance of where one part ends.
func envelopeID(app uint64, command string, body []byte) string {
	hash := sha256.New()
	hash.Write([]byte(strconv.FormatUint(app, 10) + "\x00" + command + "\x00"))
	hash.Write(body)
	return hex.EncodeToString(hash.Sum(nil)[:16])
}

// Dispatch calls the handler of a webhook that went through a queue, with the middleware around it. A webhook that no
// handler is registered for goes to WithUnknown, or nowhere. The context is the caller's own: WithTimeout does not
// apply.
//
// The error is the handler's, or one for its panic. ErrWrongApp means that the envelope is another app's, ErrMalformed
// that its body cannot be read, ErrBeforeEvent that it is a before-event, for whose answer nobody waits any more: none of
// them gets better by trying again.
func (h *Handler) Dispatch(ctx context.Context, e Envelope) error {
	h.seal()
	if e.SDKAppID != h.conf.sdkAppID {
		return fmt.Errorf("%w: envelope of %d", ErrWrongApp, e.SDKAppID)
	}
	if e.Command == "" {
		return errNoCommand
	}
	if isBefore(e.Command) {
		return fmt.Errorf("%w: %.64q", ErrBeforeEvent, e.Command)
	}
	entry := h.lookup(e.Command)
	if entry == nil {
		return nil
	}
	event := entry.newEvent(e.Command)
	if err := h.decode(event, e.Body); err != nil {
		return err
	}
	m := event.meta()
	m.SDKAppID, m.ClientIP, m.OptPlatform, m.ReceivedAt = e.SDKAppID, e.ClientIP, Platform(e.OptPlatform), e.ReceivedAt
	if out := h.call(ctx, entry, event); out.err != nil {
		return fmt.Errorf("callback: %s: %w", e.Command, out.err)
	}
	return nil
}

// isBefore says whether a command is a before-event by its name, which holds for all that are known: CallbackBefore or
// CallbackPrev after the dot.
func isBefore(command string) bool {
	_, name, _ := strings.Cut(command, ".")
	name = strings.TrimPrefix(name, "Callback")
	for _, prefix := range [...]string{"Before", "Prev"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && (rest == "" || rest[0] < 'a' || rest[0] > 'z') {
			return true
		}
	}
	return false
}
