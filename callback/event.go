package callback

import (
	"encoding/json"
	"strings"
	"time"
)

// An Event is one webhook: a pointer to one of the event structs of this package, or an *Unknown. The set is closed.
type Event interface {
	// Command returns the webhook's command as the vendor writes it, such as "State.StateChange".
	Command() string
	// Metadata returns the event's Meta: the app, the client and the raw body, for code that takes any event, such as
	// middleware.
	Metadata() *Meta

	sealed
}

// sealed closes the set of events: it takes a Meta to be one. AfterEvent and BeforeEvent are closed by themselves, but
// an *Unknown is neither.
type sealed interface{ event() }

// An AfterEvent tells what has happened. Its answer carries nothing; On registers a handler for it.
type AfterEvent interface {
	Event
	after()
}

// A BeforeEvent asks whether something may happen and is answered with an A. Answer registers a handler for it.
type BeforeEvent[A any] interface {
	Event
	// refusal returns the answer that refuses with the vendor's own code. It also ties the event to its answer's type.
	refusal() A
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

// Meta is what every event has besides its own fields. CallbackCommand comes from the body; the rest is from the
// request's URL, which the handler has checked, and is not part of the event's JSON. Decode fills in CallbackCommand
// and Raw only.
type Meta struct {
	// CallbackCommand is the command as the body has it, and empty if the body has none. Use the event's Command
	// method.
	CallbackCommand string `json:"CallbackCommand,omitempty"`

	SDKAppID    uint64   `json:"-"` // the app the event is of
	ClientIP    string   `json:"-"` // address of the client that caused it; empty in some webhooks
	OptPlatform Platform `json:"-"` // platform of the client that caused it; empty in some webhooks

	RequestTime time.Time `json:"-"` // when the vendor signed the request; zero if unsigned or through Dispatch
	ReceivedAt  time.Time `json:"-"` // when the handler received the request, by its own clock

	// RequestID is the vendor's own ID of the request, by which it finds one in its logs. Real webhooks have it in their
	// URL, as RequestID or RequestId, and no page of the vendor says so: nobody has signed it, nothing depends on it, and
	// it is empty where there is none of at most 128 printable characters of ASCII.
	RequestID string `json:"-"`

	// Raw is the body as it was received, with the fields that are newer than this package.
	Raw json.RawMessage `json:"-"`
}

// Metadata returns m.
func (m *Meta) Metadata() *Meta { return m }

func (*Meta) event() {}

// Unknown is a webhook without a type in this package, or one that is handed to WithUnknown because no handler is
// registered for it. Its body is in Raw.
type Unknown struct {
	Meta

	command string
}

// NewUnknown returns the event of a command that this package may not know, with its body. It is there for tests.
func NewUnknown(command string, body []byte) *Unknown {
	return &Unknown{Meta: Meta{Raw: body}, command: command}
}

// Command returns the command, as the URL of the request had it. The body may name another one, in CallbackCommand:
// Live.CallbackMemberStateChanged has Live.CallbackAfterMemberStateChanged there.
func (u *Unknown) Command() string { return u.command }

// MarshalJSON returns the body as it was received, or an object with the command alone if there is none.
func (u *Unknown) MarshalJSON() ([]byte, error) {
	if len(u.Raw) > 0 {
		return u.Raw, nil
	}
	return json.Marshal(Meta{CallbackCommand: u.command})
}
