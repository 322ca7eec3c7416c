package callback

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"
)

// The defaults of WithMaxSkew, WithMaxBody and WithTimeout.
const (
	defaultMaxSkew = time.Minute
	defaultMaxBody = 1 << 20
	defaultTimeout = 1800 * time.Millisecond
)

// An Option sets up a Handler.
type Option func(*config) error

type config struct {
	sdkAppID   uint64
	verifier   *verifier
	unverified bool
	maxSkew    time.Duration
	maxBody    int64
	timeout    time.Duration
	middleware []Middleware
	log        *slog.Logger
	refused    []func(context.Context, error)
	unknown    func(context.Context, *Unknown)
	sink       *sink
	fallback   Fallback
	fallbacks  map[string]Fallback
	closed     bool            // WithFailClosed for all before-events
	closedFor  map[string]bool // the same for these
	decode     func([]byte, any) error
	clock      func() time.Time // nil for time.Now
}

func newConfig(sdkAppID uint64, opts []Option) (*config, error) {
	c := &config{
		sdkAppID: sdkAppID,
		maxSkew:  defaultMaxSkew,
		maxBody:  defaultMaxBody,
		timeout:  defaultTimeout,
		log:      slog.New(slog.DiscardHandler),
		decode:   json.Unmarshal,
	}
	for _, opt := range opts {
		if opt == nil {
			return nil, errors.New("callback: nil option")
		}
		if err := opt(c); err != nil {
			return nil, fmt.Errorf("callback: %w", err)
		}
	}
	switch {
	case sdkAppID == 0:
		return nil, errors.New("callback: sdkAppID is 0")
	case c.verifier == nil && !c.unverified:
		return nil, errors.New("callback: give WithToken, or WithoutVerification if the console has no token set")
	case c.verifier != nil && c.unverified:
		return nil, errors.New("callback: WithToken and WithoutVerification exclude each other")
	}
	return c, nil
}

// now returns the time by the handler's clock. t is what time.Now has said already.
func (c *config) now(t time.Time) time.Time {
	if c.clock != nil {
		return c.clock()
	}
	return t
}

// WithToken makes the handler verify the signature of every request with any of the tokens: the one that is set in the
// console, and while it is being changed the other one too. It, or WithoutVerification, is required.
func WithToken(tokens ...string) Option {
	tokens = slices.Clone(tokens)
	return func(c *config) error {
		if len(tokens) == 0 || slices.Contains(tokens, "") {
			return errors.New("WithToken: empty token")
		}
		if c.verifier != nil {
			return errors.New("WithToken: given twice; it takes several tokens")
		}
		c.verifier = newVerifier(tokens)
		return nil
	}
}

// WithoutVerification accepts requests that nobody signed. Anyone who knows the address can then send events: use it
// only where the network lets none but the vendor in.
func WithoutVerification() Option {
	return func(c *config) error {
		c.unverified = true
		return nil
	}
}

// WithMaxSkew sets how far RequestTime may lie from the handler's clock, before or after it. The default is 60 seconds,
// as the vendor advises.
func WithMaxSkew(d time.Duration) Option {
	return func(c *config) error {
		c.maxSkew = d
		return positive("WithMaxSkew", d)
	}
}

// WithMaxBody sets the largest body, in bytes, that is read. The default is 1 MiB. Larger ones are refused with
// ErrTooLarge.
func WithMaxBody(n int64) Option {
	return func(c *config) error {
		c.maxBody = n
		return positive("WithMaxBody", n)
	}
}

// WithTimeout sets how long a request may take in all. The default is 1.8 seconds: the vendor gives up after 2. It is
// the deadline of the context of every handler, ends the reading of a slow body, and is when WithFallback answers for a
// before-handler.
func WithTimeout(d time.Duration) Option {
	return func(c *config) error {
		c.timeout = d
		return positive("WithTimeout", d)
	}
}

// WithMiddleware wraps every handler of On, Answer, Handle and WithUnknown, whether it is called for a request or by
// Dispatch. The first one is the outermost.
func WithMiddleware(m ...Middleware) Option {
	return func(c *config) error {
		for _, one := range m {
			if one == nil {
				return errors.New("WithMiddleware: nil middleware")
			}
		}
		c.middleware = append(c.middleware, m...)
		return nil
	}
}

// WithLogger sets where the handler says what went wrong: refused requests, errors and panics of handlers, late
// answers, commands without a handler. nil, the default, says nothing. No entry has the query of a request, a token or
// a signature; of the query it has the command, and as request_id the RequestID.
func WithLogger(l *slog.Logger) Option {
	return func(c *config) error {
		if l == nil {
			l = slog.New(slog.DiscardHandler)
		}
		c.log = l
		return nil
	}
}

// WithRefused calls fn for every request that is refused before a handler sees it, with an error that is one of this
// package's to errors.Is: for counting. What was signed, read and cannot be decoded comes as a *RefusedError with its
// body: for keeping, as nobody sends it again. fn is called on the request's goroutine and should return at once. Given
// more than once, every function is called. A panic in it is logged.
func WithRefused(fn func(ctx context.Context, err error)) Option {
	return func(c *config) error {
		c.refused = append(c.refused, fn)
		return notNil("WithRefused", fn == nil)
	}
}

// WithUnknown calls fn with every webhook that no handler is registered for: commands newer than this package, and
// those of it that the program leaves out. They are answered OK whatever fn does: a panic is logged, and a before-event
// is allowed when WithTimeout is over, whatever WithFallback says. Dispatch, which has a queue to tell, returns an
// error for the panic. Because it does not matter whether this package has a type for a command, a newer version of it
// takes nothing away from fn.
func WithUnknown(fn func(ctx context.Context, u *Unknown)) Option {
	return func(c *config) error {
		c.unknown = fn
		return notNil("WithUnknown", fn == nil)
	}
}

// WithDecoder sets what reads the JSON of events, in place of json.Unmarshal. It must refuse what follows the object,
// and honour json struct tags and UnmarshalJSON methods; the tests of examples/decoder tell whether a decoder does. Of
// a body with an integer in quotes or with a fraction of zeros, which it may refuse, it is called again with the
// integer in plain digits. The elements of messages are always read by package message.
func WithDecoder(fn func(data []byte, v any) error) Option {
	return func(c *config) error {
		c.decode = fn
		return notNil("WithDecoder", fn == nil)
	}
}

// WithClock sets the clock that RequestTime is compared with. The default is time.Now.
func WithClock(now func() time.Time) Option {
	return func(c *config) error {
		c.clock = now
		return notNil("WithClock", now == nil)
	}
}

func positive[N ~int64](option string, n N) error {
	if n <= 0 {
		return errors.New(option + ": not positive")
	}
	return nil
}

func notNil(option string, isNil bool) error {
	if isNil {
		return errors.New(option + ": nil function")
	}
	return nil
}
