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

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

// An Envelope is a webhook on its way through a queue: verified, and otherwise as it was received. It can be marshalled
// as JSON.
type Envelope struct {
	// ID is for queues that drop what they have already: a hash of app, command, body and RequestID. The vendor documents
	// no event ID, and to block somebody, take it back and block again makes two events with the same bytes. So a webhook
	// without a RequestID is told from others by the EventTime at the top of its body; where there is none, or it is null,
	// "" or 0, the hash is also of the time that the vendor signed, in seconds, and where nobody has verified that, of
	// ReceivedAt.
	//
	// It leans to what is safe: one that the vendor repeats may get another ID and be handled twice, so let handlers
	// bear that. Two that share an ID are one and the same as far as anything in them says. Keep the window of
	// de-duplication to minutes all the same.
	ID          string
	Command     string
	SDKAppID    uint64
	OptPlatform string
	ClientIP    string
	RequestID   string // as in Meta; empty in some webhooks
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

func envelope(command string, m *Meta, body []byte) Envelope {
	return Envelope{
		ID:          envelopeID(command, m, body),
		Command:     command,
		SDKAppID:    m.SDKAppID,
		OptPlatform: string(m.OptPlatform),
		ClientIP:    m.ClientIP,
		RequestID:   m.RequestID,
		ReceivedAt:  m.ReceivedAt,
		Body:        body,
	}
}

// envelopeID quotes its parts, so that no two webhooks share an ID by chance of where one part ends.
func envelopeID(command string, m *Meta, body []byte) string {
	head := strconv.AppendUint(nil, m.SDKAppID, 10)
	for _, part := range [...]string{command, occasion(m, body)} {
		head = strconv.AppendQuote(head, part)
	}
	hash := sha256.New()
	hash.Write(head)
	hash.Write(body)
	return hex.EncodeToString(hash.Sum(nil)[:16])
}

// occasion is what tells a webhook from another one with the same body, or nothing where the body does.
func occasion(m *Meta, body []byte) string {
	switch {
	case m.RequestID != "":
		return "id " + m.RequestID
	case hasEventTime(body):
		return ""
	case !m.RequestTime.IsZero():
		return "signed " + strconv.FormatInt(m.RequestTime.Unix(), 10)
	}
	return "received " + strconv.FormatInt(m.ReceivedAt.UnixNano(), 10)
}

// hasEventTime says whether an event says itself when it happened. What cannot be read as a time tells nothing.
func hasEventTime(body []byte) bool {
	for key, value := range wire.Members(body) {
		if !wire.IsKey(key, "EventTime") {
			continue
		}
		if at, err := wire.Int(value); err == nil && at != 0 {
			return true
		}
	}
	return false
}

// Dispatch calls the handler of a webhook that went through a queue, with the middleware around it. One that no handler
// is registered for goes to WithUnknown. The context is the caller's own: WithTimeout does not apply.
//
// The error is the handler's, or one for its panic. ErrNoHandler means that nothing is registered for the command, and
// no WithUnknown: a queue keeps it for a worker that has a handler, or puts it aside. ErrWrongApp means that the
// envelope is another app's, ErrMalformed that its body cannot be read, ErrBeforeEvent that it is a before-event, for
// whose answer nobody waits any more: none of these three gets better by trying again.
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
	of := label{e.Command, e.RequestID}
	entry := h.lookup(of)
	if entry == nil {
		return fmt.Errorf("%w: %.64q", ErrNoHandler, e.Command)
	}
	event := entry.newEvent(e.Command)
	if err := h.decode(of, event, e.Body); err != nil {
		return err
	}
	m := event.meta()
	m.SDKAppID, m.ClientIP, m.OptPlatform = e.SDKAppID, e.ClientIP, Platform(e.OptPlatform)
	m.ReceivedAt, m.RequestID = e.ReceivedAt, e.RequestID
	if out := h.call(ctx, of, entry, event); out.err != nil {
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
