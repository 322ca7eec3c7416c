package jetstream

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// The headers of a webhook that was set aside. Its data is what it was.
const (
	HeaderReason   = "Webhook-Reason"   // text of the error, on one line, 1,024 bytes at most
	HeaderTries    = "Webhook-Tries"    // how often it was delivered
	HeaderStream   = "Webhook-Stream"   // where it was
	HeaderSequence = "Webhook-Sequence" // its number there
	HeaderSubject  = "Webhook-Subject"  // its subject there
	HeaderConsumer = "Webhook-Consumer" // name of the consumer that gave up on it
)

const maxReason = 1024

// setAside stores a webhook in the stream of the dead and then has the server forget it here. A process that dies
// between the two leaves it to be set aside again, which the ID of the copy keeps from being stored twice.
func (w *worker) setAside(ctx context.Context, msg jetstream.Msg, d Delivery, err error) error {
	reason := oneLine(err.Error())
	sequence := strconv.FormatUint(d.Sequence, 10)
	subject := w.prefix + deadPrefixSuffix + strings.TrimPrefix(msg.Subject(), w.prefix)
	dead := &nats.Msg{Subject: subject, Data: msg.Data(), Header: nats.Header{
		HeaderReason:   {reason},
		HeaderTries:    {strconv.Itoa(d.Try)},
		HeaderStream:   {d.Stream},
		HeaderSequence: {sequence},
		HeaderSubject:  {msg.Subject()},
		HeaderConsumer: {w.durable},
	}}
	if _, err := publish(ctx, w.js, dead, d.Stream+"."+w.durable+"."+sequence); err != nil {
		return fmt.Errorf("not set aside: %w", err)
	}
	return msg.TermWithReason(reason)
}

// oneLine makes a text fit for a header.
func oneLine(text string) string {
	text = strings.ToValidUTF8(text[:min(len(text), maxReason)], "")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text))
}
