package jetstream

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// The defaults of a StreamConfig.
const (
	DefaultDuplicates = 2 * time.Minute
	DefaultMaxAge     = 72 * time.Hour
	DefaultDeadMaxAge = 30 * 24 * time.Hour
)

// StreamConfig says how webhooks are kept. The zero value is a working one, for a single server.
type StreamConfig struct {
	Name   string // of the stream; DefaultStream if empty
	Prefix string // of the subjects; DefaultPrefix if empty

	// Replicas is how many servers keep each message: 1 (the default), 3 or 5. Take 3 in production.
	Replicas int
	// Duplicates is the window in which a webhook that comes again, with the same envelope ID, is not stored again.
	// Two minutes if 0. Keep it to minutes: see callback.Envelope. The server keeps the IDs of a window in memory.
	Duplicates time.Duration
	// MaxAge is how long a webhook is kept, handled or not. Three days if 0: a backlog older than that is lost, and a
	// handler's bug that is found within that time can be repaired by reading the stream again.
	MaxAge time.Duration
	// MaxBytes is how large each of the two streams may grow on a server, in bytes. 0 sets no limit but the server's. A
	// full stream refuses new webhooks, which are then answered 503, and drops none that it has.
	MaxBytes int64
	// DeadMaxAge is how long a webhook that was set aside is kept. 30 days if 0.
	DeadMaxAge time.Duration

	// Adjust changes what this package does not know of, such as placement or compression, in both streams before they
	// are made. Storage, Retention, Discard and PersistMode carry the guarantees of this package: leave them alone.
	Adjust func(*jetstream.StreamConfig)
}

// EnsureStream makes the stream that NewSink stores webhooks in, and a second one, named with _DEAD at the end, for
// those that Consume sets aside; or changes them to cfg if they are there. It is a step of its own, for a deployment or
// a program's start, as it decides how long data lives: a shorter MaxAge drops what is older at once.
//
// Both are on disk and drop nothing for lack of space. What the server refuses, such as more replicas than it has
// servers, is its *jetstream.APIError to errors.As.
func EnsureStream(ctx context.Context, js jetstream.JetStream, cfg StreamConfig) error {
	if js == nil {
		return errors.New("jetstream: EnsureStream: nil JetStream")
	}
	main, err := cfg.stream()
	if err != nil {
		return fmt.Errorf("jetstream: EnsureStream: %w", err)
	}
	dead := main
	dead.Name += deadStreamSuffix
	dead.Description = "webhooks that no handler could handle"
	dead.Subjects = []string{cfg.prefix() + deadPrefixSuffix + ".>"}
	dead.MaxAge = cmp.Or(cfg.DeadMaxAge, DefaultDeadMaxAge)
	dead.Duplicates = min(main.Duplicates, dead.MaxAge)
	// The dead one first: a consumer must not find a stream without a place to set aside what it cannot handle.
	for _, one := range []jetstream.StreamConfig{dead, main} {
		if cfg.Adjust != nil {
			cfg.Adjust(&one)
		}
		if _, err := js.CreateOrUpdateStream(ctx, one); err != nil {
			return fmt.Errorf("jetstream: EnsureStream: %s: %w", one.Name, err)
		}
	}
	return nil
}

func (cfg *StreamConfig) stream() (jetstream.StreamConfig, error) {
	if err := checkPrefix(cfg.prefix()); err != nil {
		return jetstream.StreamConfig{}, err
	}
	maxAge := cmp.Or(cfg.MaxAge, DefaultMaxAge)
	duplicates := cmp.Or(cfg.Duplicates, DefaultDuplicates)
	switch {
	case maxAge < 0 || duplicates < 0 || cfg.DeadMaxAge < 0 || cfg.MaxBytes < 0 || cfg.Replicas < 0:
		return jetstream.StreamConfig{}, errors.New("a limit is negative")
	case cfg.Duplicates > maxAge:
		return jetstream.StreamConfig{}, errors.New("the window of duplicates is longer than MaxAge")
	}
	return jetstream.StreamConfig{
		Name:        cmp.Or(cfg.Name, DefaultStream),
		Description: "webhooks of Tencent Cloud Chat",
		Subjects:    []string{cfg.prefix() + ".>"},
		Storage:     jetstream.FileStorage,
		// Not by interest or as a work queue: these delete what was handled, and with it what a duplicate is known by after
		// a restart.
		Retention: jetstream.LimitsPolicy,
		// A webhook that is refused can be sent again by the vendor; one that was dropped after it was answered cannot.
		Discard:     jetstream.DiscardNew,
		MaxAge:      maxAge,
		MaxBytes:    cmp.Or(cfg.MaxBytes, -1),
		MaxMsgs:     -1,
		Replicas:    cmp.Or(cfg.Replicas, 1),
		Duplicates:  min(duplicates, maxAge),
		AllowDirect: true,
	}, nil
}

func (cfg *StreamConfig) prefix() string { return cmp.Or(cfg.Prefix, DefaultPrefix) }
