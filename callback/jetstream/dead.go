package jetstream

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// The headers of a webhook that was set aside. Its data is what it was. One that is so near to the server's max_payload
// that not all of them fit has the first 64 bytes of the reason alone, or if need be none.
const (
	HeaderReason   = "Webhook-Reason"   // text of the error, on one line, 1,024 bytes at most
	HeaderTries    = "Webhook-Tries"    // how often it was delivered
	HeaderStream   = "Webhook-Stream"   // where it was
	HeaderSequence = "Webhook-Sequence" // its number there
	HeaderSubject  = "Webhook-Subject"  // its subject there
	HeaderConsumer = "Webhook-Consumer" // name of the consumer that gave up on it
)

const (
	maxReason   = 1024
	shortReason = 64
)

// setAside stores a webhook in the stream of the dead and then has the server forget it here. A process that dies
// between the two leaves it to be set aside again, which the ID of the copy keeps from being stored twice.
func (w *worker) setAside(ctx context.Context, msg jetstream.Msg, d Delivery, err error) error {
	reason := oneLine(err.Error(), maxReason)
	full := nats.Header{
		HeaderReason:   {reason},
		HeaderTries:    {strconv.Itoa(d.Try)},
		HeaderStream:   {d.Stream},
		HeaderSequence: {decimal(d.Sequence)},
		HeaderSubject:  {msg.Subject()},
		HeaderConsumer: {w.durable},
	}
	subject := w.prefix + deadPrefixSuffix + strings.TrimPrefix(msg.Subject(), w.prefix)
	var failed error
	// The third has the size of what a Sink stored, and the last of what anything else did: one of them fits, unless what
	// the server takes was made less.
	for _, one := range []struct {
		header nats.Header
		id     string
	}{
		{full, w.copyID(d)},
		{nats.Header{HeaderReason: {oneLine(reason, shortReason)}}, w.copyID(d)},
		{nil, w.copyID(d)},
		{nil, ""},
	} {
		failed = w.bury(ctx, &nats.Msg{Subject: subject, Data: msg.Data(), Header: one.header}, one.id)
		if !tooLarge(failed) {
			break
		}
	}
	if failed != nil {
		return fmt.Errorf("not set aside: %w", failed)
	}
	return msg.TermWithReason(reason)
}

// bury stores a copy in the stream of the dead. That the stream knows its ID is not enough: the copy may have been
// deleted since.
func (w *worker) bury(ctx context.Context, dead *nats.Msg, id string) error {
	ack, err := publish(ctx, w.js, dead, id)
	if err != nil || !ack.Duplicate {
		return err
	}
	there, err := w.has(ctx, ack, dead.Data)
	if err != nil || there {
		return err
	}
	_, err = publish(ctx, w.js, dead, hashed(id, decimal(time.Now().UnixNano())))
	return err
}

// has says whether a stream has data where it says that it has it.
func (w *worker) has(ctx context.Context, ack *jetstream.PubAck, data []byte) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, apiTimeout)
	defer cancel()
	s, err := w.js.Stream(ctx, ack.Stream)
	if err != nil {
		return false, err
	}
	stored, err := s.GetMsg(ctx, ack.Sequence)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return false, nil
	}
	return err == nil && bytes.Equal(stored.Data, data), err
}

// copyID names the copy of a webhook that this consumer sets aside. The time at which the webhook was stored is part of
// it, as a stream that is made again counts from 1 again.
func (w *worker) copyID(d Delivery) string {
	return hashed(d.Stream, w.durable, decimal(d.Sequence), decimal(d.StoredAt.UnixNano()))
}

// hashed returns 32 letters, as many as the ID of an envelope has.
func hashed(parts ...string) string {
	hash := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(hash[:16])
}

func decimal[N int64 | uint64](n N) string { return fmt.Sprint(n) }

// oneLine makes a text fit for a header, in limit bytes at most.
func oneLine(text string, limit int) string {
	text = strings.ToValidUTF8(text[:min(len(text), limit)], "")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text))
}
