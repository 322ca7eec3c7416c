package restapitest

import (
	"encoding/json"
	"net/url"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Call is one request that the server received, whatever became of it.
type Call struct {
	// ID is the number of the call. Calls, webhooks and what devices do have their numbers from one row, in the order of
	// their beginning.
	ID int
	// Command is the command by its path. PerSecond and Idempotent are those of the command where the server knows it.
	Command restapi.Command
	// Query is the query of the URL without usersig.
	Query url.Values
	// Body is the body as it was received, cut off after 64 KiB, where it is JSON no more.
	Body json.RawMessage
	// Time is when the call came in, by the server's clock.
	Time time.Time
	// Code is what it was answered with; 0 for success, and for calls that went to a function of Handle.
	Code restapi.Code
}

// Calls returns the calls so far in the order of their arrival, the last 10,000 if there were more, and fewer where
// those hold over 64 MiB.
func (s *Server) Calls() []Call {
	all := s.app.Journal().Calls()
	calls := make([]Call, len(all))
	for i, c := range all {
		calls[i] = Call(c)
	}
	return calls
}

// A Delivery is one webhook that the server has sent, with its outcome.
type Delivery struct {
	// ID is the number of the webhook, as that of a Call.
	ID int
	// Cause is the ID of the Call or the Action that caused it; 0 where none did, as with SendCallback.
	Cause int
	// Command is the webhook's command, such as "Profile.CallbackPortraitSet".
	Command string
	// Body is what was sent.
	Body json.RawMessage
	// Time is when it was sent, by the server's clock.
	Time time.Time
	// Status is the HTTP status of the answer, 0 where none came.
	Status int
	// Answer is the body of the answer where it was a JSON object with status 200.
	Answer json.RawMessage
	// Err is why the webhook counts as failed: no connection, no answer within 2 seconds, a status other than 200, an
	// answer that is not a JSON object, or too many webhooks that wait: it was not sent then. nil if it did not fail.
	Err error
}

// Deliveries returns the webhooks that are answered or have failed, in the order of what caused them, the last 10,000
// if there were more, and fewer where those hold over 64 MiB.
func (s *Server) Deliveries() []Delivery {
	all := s.app.Journal().Deliveries()
	deliveries := make([]Delivery, len(all))
	for i, d := range all {
		deliveries[i] = Delivery(d)
	}
	return deliveries
}
