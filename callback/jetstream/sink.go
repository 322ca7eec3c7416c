package jetstream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/go-tencentchat/tencentchat/callback"
)

// A Sink is a callback.Sink that stores webhooks in a stream of JetStream. Make it with NewSink. It is safe for
// concurrent use and has nothing to close: the connection is the caller's.
type Sink struct {
	js     jetstream.JetStream
	prefix string
	stored func(ctx context.Context, e callback.Envelope, duplicate bool)
}

var _ callback.Sink = (*Sink)(nil)

// An Option sets up a Sink.
type Option func(*Sink) error

// WithPrefix sets what the subjects begin with. It is StreamConfig.Prefix of the stream. The default is DefaultPrefix.
func WithPrefix(prefix string) Option {
	return func(s *Sink) error {
		s.prefix = prefix
		if err := checkPrefix(prefix); err != nil {
			return fmt.Errorf("WithPrefix: %w", err)
		}
		return nil
	}
}

// WithStored calls fn for every webhook that the stream has, with whether it had it already: for counting. It is called
// before the webhook is answered and should return at once.
func WithStored(fn func(ctx context.Context, e callback.Envelope, duplicate bool)) Option {
	return func(s *Sink) error {
		if fn == nil {
			return errors.New("WithStored: nil function")
		}
		s.stored = fn
		return nil
	}
}

// NewSink returns a Sink for callback.WithSink. The stream is one that EnsureStream made, or any other that takes
// prefix.> with a window of duplicates. NewSink does not look for it: a program may start before NATS does.
func NewSink(js jetstream.JetStream, opts ...Option) (*Sink, error) {
	if js == nil {
		return nil, errors.New("jetstream: NewSink: nil JetStream")
	}
	s := &Sink{js: js, prefix: DefaultPrefix}
	for _, opt := range opts {
		if opt == nil {
			return nil, errors.New("jetstream: NewSink: nil option")
		}
		if err := opt(s); err != nil {
			return nil, fmt.Errorf("jetstream: NewSink: %w", err)
		}
	}
	return s, nil
}

// Put stores a webhook and returns nil when the stream has acknowledged it, or had it already. An acknowledgement that
// does not come within 0.55 seconds is asked for again until ctx ends, or for 5 seconds at most: the envelope's ID
// keeps the stream from storing it twice. While NATS is away the attempts wait for it, so that a server's restart of a
// second is not seen from outside.
//
// An envelope larger than the server's max_payload is nats.ErrMaxPayload. It travels as JSON, four thirds of the body's
// length: the 1 MB that NATS takes by default are bodies of about 780 kB. Whatever fits can be set aside too, if need
// be with fewer headers.
func (s *Sink) Put(ctx context.Context, e callback.Envelope) error {
	if e.ID == "" {
		return errors.New("jetstream: envelope without an ID")
	}
	data, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("jetstream: %.64q not stored: %w", e.Command, err)
	}
	ack, err := publish(ctx, s.js, &nats.Msg{Subject: Subject(s.prefix, e.SDKAppID, e.Command), Data: data}, e.ID)
	if err != nil {
		return fmt.Errorf("jetstream: %.64q not stored: %w", e.Command, err)
	}
	if s.stored != nil {
		s.stored(ctx, e, ack.Duplicate)
	}
	return nil
}
