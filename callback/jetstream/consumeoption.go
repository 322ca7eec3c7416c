package jetstream

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// The defaults of Consume.
const (
	DefaultConcurrency = 64               // WithConcurrency
	DefaultAckWait     = 30 * time.Second // WithAckWait
	DefaultTimeout     = 5 * time.Minute  // WithTimeout
	DefaultGrace       = 20 * time.Second // WithGrace
	DefaultTries       = 12               // WithTries
	DefaultMaxPending  = 5000             // ConsumerConfig.MaxAckPending
)

// defaultBackoff goes with DefaultTries: 49 minutes in all.
func defaultBackoff() []time.Duration {
	return []time.Duration{
		time.Second, 3 * time.Second, 10 * time.Second, 30 * time.Second,
		time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute,
	}
}

// A ConsumeOption sets up Consume.
type ConsumeOption func(*settings) error

type settings struct {
	stream      string
	prefix      string
	durable     string
	filters     []filter
	concurrency int
	ackWait     time.Duration
	timeout     time.Duration
	grace       time.Duration
	tries       int
	backoff     []time.Duration
	permanent   func(error) bool
	outcome     func(context.Context, Delivery, Outcome, error)
	adjust      func(*jetstream.ConsumerConfig)
	log         *slog.Logger
}

type filter struct {
	app     uint64
	command string
}

func newSettings(opts []ConsumeOption) (*settings, error) {
	s := &settings{
		stream: DefaultStream, prefix: DefaultPrefix, durable: DefaultConsumer,
		concurrency: DefaultConcurrency,
		ackWait:     DefaultAckWait, timeout: DefaultTimeout, grace: DefaultGrace,
		tries: DefaultTries, backoff: defaultBackoff(),
		permanent: func(error) bool { return false },
		outcome:   func(context.Context, Delivery, Outcome, error) {},
		log:       slog.New(slog.DiscardHandler),
	}
	for _, opt := range opts {
		if opt == nil {
			return nil, errors.New("nil option")
		}
		if err := opt(s); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// WithStream sets the stream and what its subjects begin with: StreamConfig.Name and StreamConfig.Prefix. The defaults
// are DefaultStream and DefaultPrefix.
func WithStream(name, prefix string) ConsumeOption {
	return func(s *settings) error {
		s.stream, s.prefix = name, prefix
		if name == "" {
			return errors.New("WithStream: no name")
		}
		if err := checkPrefix(prefix); err != nil {
			return fmt.Errorf("WithStream: %w", err)
		}
		return nil
	}
}

// WithConsumer sets the name under which the server remembers what was handled. Processes with the same name share the
// work; each name gets every webhook, from the oldest in the stream on. All that share a name must be set up alike:
// other settings of a consumer that is there are changed, but Consume with another filter than it has returns
// ErrFilter. The default is DefaultConsumer.
func WithConsumer(name string) ConsumeOption {
	return func(s *settings) error {
		s.durable = name
		return check("WithConsumer: no name", name != "")
	}
}

// WithOnly handles this app's webhooks only, and of them these commands, or all if none are given. It can be given
// several times. Use it where a stream has several apps, as a webhook of another app than the handler's is set aside;
// where there are handlers for some commands only, as the others are set aside too; or to give slow commands a
// consumer, and WithConsumer name, of their own. The name is a must there: under one name different filters exclude
// each other.
func WithOnly(sdkAppID uint64, commands ...string) ConsumeOption {
	return func(s *settings) error {
		if len(commands) == 0 {
			s.filters = append(s.filters, filter{app: sdkAppID})
		}
		for _, command := range commands {
			if command == "" {
				return errors.New("WithOnly: empty command")
			}
			s.filters = append(s.filters, filter{sdkAppID, command})
		}
		return check("WithOnly: app is 0", sdkAppID != 0)
	}
}

// WithConcurrency sets how many handlers run at once in this call of Consume. It never takes more from the server than
// it can start at once. The default is 64.
func WithConcurrency(n int) ConsumeOption {
	return func(s *settings) error {
		s.concurrency = n
		return check("WithConcurrency: not positive", n > 0)
	}
}

// WithAckWait sets how long the server waits for a sign of life before it gives a webhook to someone else. It is how
// long the webhooks of a killed process wait. A handler that works longer does not lose its webhook: Consume says three
// times in that time that it lives. The default is 30 seconds.
func WithAckWait(d time.Duration) ConsumeOption {
	return func(s *settings) error {
		s.ackWait = d
		return check("WithAckWait: under 100ms", d >= 100*time.Millisecond)
	}
}

// WithTimeout sets when the context of a handler ends. The default is 5 minutes.
func WithTimeout(d time.Duration) ConsumeOption {
	return func(s *settings) error {
		s.timeout = d
		return check("WithTimeout: not positive", d > 0)
	}
}

// WithGrace sets how long handlers may work on when Consume's context has ended, before their own ends too. Make it
// less than what the platform gives a process to stop. The default is 20 seconds.
func WithGrace(d time.Duration) ConsumeOption {
	return func(s *settings) error {
		s.grace = d
		return check("WithGrace: negative", d >= 0)
	}
}

// WithTries sets how often a webhook is tried before it is set aside, and the delays between the tries, of which the
// last repeats. Up to a fifth is added to each by chance. Without delays it is the default: 12 tries after 1 s, 3 s,
// 10 s, 30 s, 1 min, 2 min, 5 min, and then 10 min each, 49 minutes in all.
func WithTries(n int, delays ...time.Duration) ConsumeOption {
	return func(s *settings) error {
		s.tries = n
		if len(delays) > 0 {
			s.backoff = slices.Clone(delays)
		}
		return check("WithTries: not positive", n > 0 && (len(delays) == 0 || slices.Min(delays) > 0))
	}
}

// WithPermanent sets which errors are not worth another try: a webhook whose handler returns one is set aside at once.
// callback.ErrWrongApp, ErrMalformed, ErrBeforeEvent and ErrNoHandler always are.
func WithPermanent(fn func(error) bool) ConsumeOption {
	return func(s *settings) error {
		s.permanent = fn
		return check("WithPermanent: nil function", fn != nil)
	}
}

// WithOutcome calls fn with what became of each delivery, and the error that made it so: for counting. It is called by
// many goroutines at once and should return soon.
func WithOutcome(fn func(ctx context.Context, d Delivery, o Outcome, err error)) ConsumeOption {
	return func(s *settings) error {
		s.outcome = fn
		return check("WithOutcome: nil function", fn != nil)
	}
}

// WithConsumerConfig changes what this package does not know of, such as DeliverPolicy for reading a stream again, or
// MaxAckPending, before the consumer is made. AckPolicy, MaxDeliver and BackOff carry the guarantees of this package:
// leave them alone.
func WithConsumerConfig(fn func(*jetstream.ConsumerConfig)) ConsumeOption {
	return func(s *settings) error {
		s.adjust = fn
		return check("WithConsumerConfig: nil function", fn != nil)
	}
}

// WithLogger sets where Consume says what went wrong: errors of handlers, webhooks set aside, a server that cannot be
// reached. Without it, or with nil, it says nothing. No entry has a webhook's body.
func WithLogger(l *slog.Logger) ConsumeOption {
	return func(s *settings) error {
		s.log = cmp.Or(l, slog.New(slog.DiscardHandler))
		return nil
	}
}

func check(text string, ok bool) error {
	if ok {
		return nil
	}
	return errors.New(text)
}

// consumer is what the server is asked for.
func (s *settings) consumer() jetstream.ConsumerConfig {
	cfg := jetstream.ConsumerConfig{
		Durable:       s.durable,
		AckPolicy:     jetstream.AckExplicitPolicy,
		AckWait:       s.ackWait,
		MaxDeliver:    -1, // the server would give up in silence
		MaxAckPending: DefaultMaxPending,
	}
	switch len(s.filters) {
	case 0:
		cfg.FilterSubject = s.prefix + ".>"
	case 1:
		cfg.FilterSubject = s.subject(s.filters[0])
	default:
		for _, f := range s.filters {
			cfg.FilterSubjects = append(cfg.FilterSubjects, s.subject(f))
		}
	}
	if s.adjust != nil {
		s.adjust(&cfg)
	}
	return cfg
}

func (s *settings) subject(f filter) string {
	if f.command == "" {
		return appSubject(s.prefix, f.app) + ">"
	}
	return Subject(s.prefix, f.app, f.command)
}

// delay is the wait after a try that failed.
func (s *settings) delay(try int, spread float64) time.Duration {
	d := s.backoff[min(max(try, 1), len(s.backoff))-1]
	return d + time.Duration(spread*float64(d)/5)
}
