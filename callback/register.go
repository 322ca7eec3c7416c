package callback

import (
	"context"
	"fmt"
	"slices"
)

// Next handles one event: a handler, or the middleware around one. What it returns besides the error is the answer of a
// before-event and nothing for an after-event; nil allows.
type Next func(ctx context.Context, e Event) (any, error)

// Middleware wraps the handling of every event. It sees typed events after they are verified and decoded, and can look
// at them, answer in place of the handler, or do something around it.
type Middleware func(next Next) Next

// entry is what is registered for one command.
type entry struct {
	before  bool
	unknown bool // it stands for WithUnknown
	// newEvent makes an empty event of the type that the handler takes.
	newEvent func(command string) Event
	// call is the handler with the middleware around it.
	call Next
	// refuse makes the answer that refuses, for WithFallback.
	refuse func(e Event) any
}

// On registers fn for an after-event. The event's type says which:
//
//	callback.On(h, func(ctx context.Context, e *callback.StateChange) error { ... })
//
// An error, or a panic, is answered 500, so that the vendor's own retry, if it is switched on in the console, can act.
// A *FailureError is answered as the vendor documents a failure, with its own text. The context ends with WithTimeout:
// work that takes longer belongs behind a queue, see WithSink.
//
// On panics, with the name of the command, where one has a handler already or h has begun to serve.
func On[P interface {
	*E
	AfterEvent
}, E any](h *Handler, fn func(context.Context, P) error) {
	command := P(new(E)).Command()
	mustHave(command, fn == nil)
	h.register(command, &entry{
		newEvent: func(string) Event { return P(new(E)) },
		call: func(ctx context.Context, e Event) (any, error) {
			typed, ok := e.(P)
			if !ok {
				return nil, fmt.Errorf("middleware passed on %T", e)
			}
			return nil, fn(ctx, typed)
		},
	})
}

// Answer registers fn for a before-event. The event's type says which, and what it is answered with:
//
//	callback.Answer(h, func(ctx context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
//		return e.Allow(), nil
//	})
//
// The zero answer allows. fn runs on a goroutine of its own: if it has not returned when WithTimeout is over,
// WithFallback answers for it, and what it returns later is dropped. It should honour its context. An error, or a
// panic, is answered 500, which lets the event happen unless the console says otherwise, or as WithFailClosed says.
//
// Answer panics, with the name of the command, where one has a handler already or h has begun to serve.
func Answer[P interface {
	*E
	BeforeEvent[A]
}, E, A any](h *Handler, fn func(context.Context, P) (A, error)) {
	command := P(new(E)).Command()
	mustHave(command, fn == nil)
	h.register(command, &entry{
		before:   true,
		newEvent: func(string) Event { return P(new(E)) },
		call: func(ctx context.Context, e Event) (any, error) {
			typed, ok := e.(P)
			if !ok {
				return nil, fmt.Errorf("middleware passed on %T", e)
			}
			return fn(ctx, typed)
		},
		refuse: func(e Event) any { return e.(P).refusal() },
	})
}

// Handle registers fn for a command that this package has no type for. A command whose name begins with Before or Prev
// is a before-event, and fn called as by Answer: what it returns is the answer, marshalled as JSON; nil, or a zero
// Reply, allows. Any other is an after-event, whose answer says no more than whether fn returned an error, as by On.
//
// Handle panics, with the name of the command, where one has a type, which On or Answer takes, or a handler already, or
// h has begun to serve.
func (h *Handler) Handle(command string, fn func(context.Context, *Unknown) (any, error)) {
	mustHave(command, fn == nil)
	if command == "" {
		panic("callback: handler for an empty command")
	}
	if e := newEvent(command); e != nil {
		panic(fmt.Sprintf("callback: %s has a type, %T: register it with On or Answer", command, e))
	}
	h.register(command, rawEntry(command, fn))
}

// rawEntry is what Handle registers, and what stands for WithUnknown.
func rawEntry(command string, fn func(context.Context, *Unknown) (any, error)) *entry {
	return &entry{
		before:   isBefore(command),
		newEvent: func(command string) Event { return &Unknown{command: command} },
		call: func(ctx context.Context, e Event) (any, error) {
			unknown, ok := e.(*Unknown)
			if !ok {
				return nil, fmt.Errorf("middleware passed on %T", e)
			}
			return fn(ctx, unknown)
		},
		refuse: func(Event) any { return reply(codeReject, "") },
	}
}

func (h *Handler) register(command string, e *entry) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.serving.Load() {
		panic("callback: " + command + " registered after the handler has begun to serve")
	}
	if _, taken := h.entries[command]; taken {
		panic("callback: " + command + " has a handler already")
	}
	h.wrap(e)
	h.entries[command] = e
}

// wrap puts the middleware around an entry, once.
func (h *Handler) wrap(e *entry) {
	for _, m := range slices.Backward(h.conf.middleware) {
		e.call = m(e.call)
	}
}

func mustHave(command string, isNil bool) {
	if isNil {
		panic("callback: nil handler for " + command)
	}
}
