package callback

import "fmt"

// Fallback is what a before-event is answered with when its handler has not answered in time.
type Fallback int

// The two fallbacks.
const (
	FallbackAllow  Fallback = iota // let it happen, as the vendor does by default; the default here too
	FallbackReject                 // refuse it, with the vendor's own code
)

// WithFallback sets what is answered for a before-handler that has not returned when WithTimeout is over: for the
// commands given, or without any for all that are not given in another WithFallback. The default is FallbackAllow. What
// goes to WithUnknown has no handler, and is always allowed.
func WithFallback(choice Fallback, commands ...string) Option {
	return func(c *config) error {
		if choice != FallbackAllow && choice != FallbackReject {
			return fmt.Errorf("WithFallback: no such choice: %d", choice)
		}
		if len(commands) == 0 {
			c.fallback = choice
			return nil
		}
		if c.fallbacks == nil {
			c.fallbacks = make(map[string]Fallback, len(commands))
		}
		for _, command := range commands {
			if !isBefore(command) {
				return fmt.Errorf("WithFallback: %q is not a before-event", command)
			}
			c.fallbacks[command] = choice
		}
		return nil
	}
}

func (c *config) fallbackFor(command string) Fallback {
	if choice, ok := c.fallbacks[command]; ok {
		return choice
	}
	return c.fallback
}

// WithFailClosed answers failures as WithFallback answers running out of time: for the before-events given, or without
// any for all. It is for WithFallback(FallbackReject), so that nothing happens that nobody has looked at: the vendor
// lets a message through when a webhook fails, as it does with a status of 400 or 500. With FallbackAllow failures are
// answered OK.
//
// The failures are an error or a panic of the handler or of middleware, an answer that cannot be encoded, and a body
// that cannot be decoded, does not arrive in time or in full, or is larger than WithMaxBody. Each is logged as without
// WithFailClosed, and told to WithRefused where no handler saw it. What is not signed is refused as ever, and
// http.ErrAbortHandler still cuts the connection. What goes to WithUnknown has no handler, and is not meant.
//
// SnsPrevFriendAdd and SnsPrevFriendResponse are refused user by user. Where the users cannot be read the answer is
// that of Fail, which the vendor ignores by default.
func WithFailClosed(commands ...string) Option {
	return func(c *config) error {
		if len(commands) == 0 {
			c.closed = true
			return nil
		}
		if c.closedFor == nil {
			c.closedFor = make(map[string]bool, len(commands))
		}
		for _, command := range commands {
			if !isBefore(command) {
				return fmt.Errorf("WithFailClosed: %q is not a before-event", command)
			}
			c.closedFor[command] = true
		}
		return nil
	}
}

// failsClosed says whether the failures of an entry, if there is one, are answered by fallback.
func (h *Handler) failsClosed(of label, e *entry) bool {
	return e != nil && e.before && !e.unknown && (h.conf.closed || h.conf.closedFor[of.command])
}

// fallback makes the answer to an event whose handler does not answer. nil allows.
func (h *Handler) fallback(of label, e *entry, event Event) any {
	if e.unknown || h.conf.fallbackFor(of.command) == FallbackAllow {
		return nil
	}
	return e.refuse(event)
}
