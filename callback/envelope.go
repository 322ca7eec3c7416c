package callback

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
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
	m := event.Metadata()
	m.SDKAppID, m.ClientIP, m.OptPlatform = e.SDKAppID, e.ClientIP, Platform(e.OptPlatform)
	m.ReceivedAt, m.RequestID = e.ReceivedAt, e.RequestID
	if out := h.call(ctx, of, entry, event); out.err != nil {
		return fmt.Errorf("callback: %s: %w", e.Command, out.err)
	}
	return nil
}
