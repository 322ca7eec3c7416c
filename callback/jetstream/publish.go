package jetstream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	// attemptTimeout is when an acknowledgement counts as lost, such as with the server that was to send it. Three
	// attempts fit into the time of a webhook.
	attemptTimeout = 550 * time.Millisecond
	// publishPause is the wait after an attempt that was refused at once: about as long as a new leader takes.
	publishPause = 100 * time.Millisecond
	// maxPublish ends the attempts for a context that has no deadline.
	maxPublish = 5 * time.Second
)

// The error codes of the server that say no more than "not now".
const (
	codeClusterNotAvailable jetstream.ErrorCode = 10008
	codeDuplicateInProcess  jetstream.ErrorCode = 10158 // an earlier attempt of ours is being stored
)

// publish stores a message. It sends it again where the acknowledgement is lost or there is no leader: the ID makes
// that safe, as the stream stores it once. Without an ID it may be stored twice.
func publish(ctx context.Context, js jetstream.JetStream, m *nats.Msg, id string) (*jetstream.PubAck, error) {
	ctx, cancel := context.WithTimeout(ctx, maxPublish)
	defer cancel()
	var last error
	for {
		ack, err := attempt(ctx, js, m, id)
		switch {
		case err == nil:
			return ack, nil
		case ended(ctx):
			if last == nil || !errors.Is(err, ctx.Err()) {
				last = err
			}
			return nil, last
		case !passes(err):
			return nil, err
		}
		last = err
		if !errors.Is(err, context.DeadlineExceeded) && !pause(ctx, publishPause) {
			return nil, err
		}
	}
}

func attempt(ctx context.Context, js jetstream.JetStream, m *nats.Msg, id string) (*jetstream.PubAck, error) {
	attempt, cancel := context.WithTimeout(ctx, attemptTimeout)
	defer cancel()
	// What it takes is not known before the first connection, and a message sent blindly that is larger has the server
	// close that for good.
	if js.Conn().MaxPayload() == 0 && !js.Conn().IsClosed() {
		return nil, nats.ErrDisconnected
	}
	opts := []jetstream.PublishOpt{jetstream.WithRetryAttempts(0)}
	if id != "" {
		opts = append(opts, jetstream.WithMsgID(id))
	}
	ack, err := js.PublishMsg(attempt, m, opts...)
	if err != nil && attempt.Err() != nil {
		return nil, fmt.Errorf("no acknowledgement: %w", err)
	}
	return ack, err
}

// passes says whether an error is one that trying again may help against.
func passes(err error) bool {
	for _, target := range []error{
		context.DeadlineExceeded, nats.ErrTimeout, nats.ErrNoResponders, jetstream.ErrNoStreamResponse,
		nats.ErrDisconnected, nats.ErrConnectionReconnecting, nats.ErrReconnectBufExceeded,
	} {
		if errors.Is(err, target) {
			return true
		}
	}
	var refused *jetstream.APIError
	return errors.As(err, &refused) &&
		(refused.ErrorCode == codeClusterNotAvailable || refused.ErrorCode == codeDuplicateInProcess)
}

// tooLarge says whether an error is the client's, the server's or the stream's for a message of more bytes than it
// takes.
func tooLarge(err error) bool {
	return errors.Is(err, nats.ErrMaxPayload) || errors.Is(err, jetstream.ErrStreamMessageExceedsMaximum)
}

// pause waits, and says whether the time passed before the context ended.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func ended(ctx context.Context) bool { return ctx.Err() != nil }
