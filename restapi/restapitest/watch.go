package restapitest

import (
	"context"
	"iter"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
)

// An Action is something that a Device did.
type Action struct {
	// ID is the number of the action, as that of a Call.
	ID int
	// Name is the method of Device.
	Name string
	// UserID and Platform are those of the device.
	UserID   string
	Platform callback.Platform
	// Time is when it was done, by the server's clock.
	Time time.Time
	// Err is why it was refused, nil if it was not.
	Err error
}

// An Entry is one thing that happened: one of Call, Delivery and Action is not nil.
type Entry struct {
	Call     *Call
	Delivery *Delivery
	Action   *Action
	// Missed is how many entries before this one were left out, since over 4,096 waited to be looked at.
	Missed int
}

// Watch returns what happens from now on: calls that are answered, webhooks that are answered or have failed, and what
// devices did. It ends with the context and with Close, and can be ranged over once:
//
//	for e := range srv.Watch(ctx) {
//		if e.Delivery != nil {
//			log.Print(e.Delivery.Command)
//		}
//	}
func (s *Server) Watch(ctx context.Context) iter.Seq[Entry] {
	entries := s.app.Journal().Watch(ctx)
	return func(yield func(Entry) bool) {
		for e := range entries {
			if !yield(entry(e)) {
				return
			}
		}
	}
}

func entry(e chat.Entry) Entry {
	shown := Entry{Missed: e.Missed}
	switch {
	case e.Call != nil:
		shown.Call = new(Call(*e.Call))
	case e.Delivery != nil:
		shown.Delivery = new(Delivery(*e.Delivery))
	case e.Action != nil:
		shown.Action = new(Action(*e.Action))
		shown.Action.Err = failed(e.Action.Name, e.Action.Err)
	}
	return shown
}
