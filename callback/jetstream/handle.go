package jetstream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/go-tencentchat/tencentchat/callback"
)

// settleTimeout is how long one attempt to tell the server of an outcome may take.
const settleTimeout = time.Second

// errNoOutcome stands for the tries of a webhook that has used them all up and came again.
var errNoOutcome = errors.New("tried as often as is allowed, and the last try ended without an outcome")

// handle sees one delivery through.
func (w *worker) handle(ctx context.Context, msg jetstream.Msg) {
	meta, err := msg.Metadata()
	if err != nil {
		w.log.ErrorContext(ctx, "message is not of a stream", "subject", msg.Subject(), "error", err)
		return
	}
	if !w.begin(meta.Sequence.Stream, msg) {
		return
	}
	defer w.end(meta.Sequence.Stream)
	var e callback.Envelope
	unread := json.Unmarshal(msg.Data(), &e)
	d := Delivery{
		ID: e.ID, Command: e.Command, RequestID: e.RequestID,
		Stream: meta.Stream, Sequence: meta.Sequence.Stream, StoredAt: meta.Timestamp,
		Try: int(min(meta.NumDelivered, 1<<30)),
	}
	switch {
	case unread != nil:
		err = fmt.Errorf("%w: not an envelope: %w", callback.ErrMalformed, unread)
	case d.Try > w.tries:
		// It may be what kills the processes that handle it.
		err = errNoOutcome
	default:
		err = w.dispatch(ctx, d, e)
	}
	o, told := w.settle(ctx, msg, d, err)
	w.report(ctx, d, o, err, told)
}

func (w *worker) dispatch(ctx context.Context, d Delivery, e callback.Envelope) error {
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, deliveryKey{}, d), w.timeout)
	defer cancel()
	return w.handler.Dispatch(ctx, e)
}

// settle tells the server what became of a webhook. Its error is why the server may not know.
func (w *worker) settle(ctx context.Context, msg jetstream.Msg, d Delivery, err error) (Outcome, error) {
	switch {
	case err == nil:
		if told := w.acknowledge(ctx, msg); told != nil {
			return Unsettled, told
		}
		return Handled, nil
	case w.hopeless(err) || d.Try >= w.tries && !ended(ctx):
		told := w.setAside(ctx, msg, d, err)
		switch {
		case told == nil && errors.Is(err, callback.ErrNoHandler):
			return NoHandler, nil
		case told == nil:
			return SetAside, nil
		case tooLarge(told):
			// It would come back for the same answer until it is too old.
			if term := msg.TermWithReason("too large to be set aside"); term != nil {
				return Unsettled, errors.Join(told, term)
			}
			return Left, told
		}
		if nak := msg.NakWithDelay(w.delay(len(w.backoff), rand.Float64())); nak != nil {
			return Unsettled, errors.Join(told, nak)
		}
		return Retried, told
	case ended(ctx):
		// Cut off because this process stops: another one may have it now.
		if told := msg.Nak(); told != nil {
			return Unsettled, told
		}
		return Retried, nil
	}
	if told := msg.NakWithDelay(w.delay(d.Try, rand.Float64())); told != nil {
		return Unsettled, told
	}
	return Retried, nil
}

// hopeless says whether an error is one that trying again cannot help against. That another process has the handler
// that this one lacks is not hoped for: until it is found out, webhooks that come again fill what may be pending, and
// those that can be handled wait behind them.
func (w *worker) hopeless(err error) bool {
	for _, target := range []error{
		callback.ErrWrongApp, callback.ErrMalformed, callback.ErrBeforeEvent, callback.ErrNoHandler, errNoOutcome,
	} {
		if errors.Is(err, target) {
			return true
		}
	}
	return w.permanent(err)
}

// acknowledge has the server confirm that a webhook was handled: an acknowledgement that is lost, with a connection for
// one, has it handled again.
func (w *worker) acknowledge(ctx context.Context, msg jetstream.Msg) error {
	if ended(ctx) {
		return msg.Ack() // no time left to wait
	}
	ctx, cancel := context.WithTimeout(ctx, w.ackWait)
	defer cancel()
	for {
		attempt, cancel := context.WithTimeout(ctx, settleTimeout)
		err := msg.DoubleAck(attempt)
		cancel()
		switch {
		case err == nil:
			return nil
		case ended(ctx), !passes(err):
			return err
		case !errors.Is(err, context.DeadlineExceeded) && !pause(ctx, publishPause):
			return err
		}
	}
}

func (w *worker) report(ctx context.Context, d Delivery, o Outcome, err, told error) {
	attrs := []any{
		"command", d.Command, "id", d.ID, "stream", d.Stream, "sequence", d.Sequence, "try", d.Try, "error", err,
	}
	if told != nil {
		attrs = append(attrs, "server", told)
	}
	if d.RequestID != "" {
		attrs = append(attrs, "request_id", d.RequestID)
	}
	text := "webhook " + string(o)
	if o == NoHandler {
		text = "webhook set aside: no handler"
	}
	switch {
	case o == SetAside || o == NoHandler || told != nil && !errors.Is(told, nats.ErrConnectionClosed):
		w.log.ErrorContext(ctx, text, attrs...)
	case o != Handled:
		w.log.WarnContext(ctx, text, attrs...)
	}
	if err == nil || o == Left {
		err = errors.Join(err, told)
	}
	w.outcome(ctx, d, o, err)
}
