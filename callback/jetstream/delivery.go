package jetstream

import (
	"context"
	"time"
)

// A Delivery is what Consume knows of the webhook that a handler is called for, besides the event.
type Delivery struct {
	// ID is the envelope's: the key to remember where a handler must do its work once.
	ID        string
	Command   string
	RequestID string // the vendor's own ID of the request, if it had one: see callback.Meta

	Stream   string
	Sequence uint64    // in the stream; two with the same ID were stored further apart than the window of duplicates
	StoredAt time.Time // when the stream got it, by the server's clock
	Try      int       // 1 for the first; counts what ended without an outcome too, such as with a killed process
}

type deliveryKey struct{}

// DeliveryFrom returns the delivery that a handler's context belongs to, and false outside of Consume.
func DeliveryFrom(ctx context.Context) (Delivery, bool) {
	d, ok := ctx.Value(deliveryKey{}).(Delivery)
	return d, ok
}

// An Outcome is what became of one delivery.
type Outcome string

// The outcomes, of which WithOutcome tells.
const (
	// Handled means that the handler returned nil and the server knows of it.
	Handled Outcome = "handled"
	// Retried means that the handler failed and the webhook comes again.
	Retried Outcome = "retried"
	// SetAside means that the webhook was moved to the stream of the dead.
	SetAside Outcome = "set aside"
	// NoHandler means that no handler is registered for the webhook's command, and no callback.WithUnknown: it was moved
	// to the stream of the dead, where it waits for a program that has one.
	NoHandler Outcome = "no handler"
	// Left means that the webhook could be neither handled nor set aside, as the server or the stream of the dead takes
	// only smaller messages than when it was stored. It does not come again, and stays in the stream, at Sequence, for as
	// long as StreamConfig.MaxAge.
	Left Outcome = "left in the stream"
	// Unsettled means that the handler returned, with or without an error, and the server did not say that it knows. If it
	// does not, the webhook comes again after WithAckWait.
	Unsettled Outcome = "unsettled"
)
