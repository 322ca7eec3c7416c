package restapitest

import (
	"encoding/json"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// maxRecords is how many calls and how many deliveries are kept: a server may run for days.
const maxRecords = 10_000

// A Call is one request that the server received, whatever became of it.
type Call struct {
	// Command is the command by its path. PerSecond and Idempotent are those of the command where the server knows it.
	Command restapi.Command
	// Query is the query of the URL without usersig.
	Query url.Values
	// Body is the body as it was received.
	Body json.RawMessage
	// Time is when the call came in, by the server's clock.
	Time time.Time
	// Code is what it was answered with; 0 for success, and for calls that went to a function of Handle.
	Code restapi.Code
}

// Calls returns the calls so far in the order of their arrival, the last 10,000 if there were more.
func (s *Server) Calls() []Call { return s.calls.all() }

// recent keeps the newest values.
type recent[T any] struct {
	mu     sync.Mutex
	values []T
	next   int // where the oldest is, once the ring is full
}

func newRecent[T any]() *recent[T] { return new(recent[T]) }

func (r *recent[T]) add(v T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.values) < maxRecords {
		r.values = append(r.values, v)
		return
	}
	r.values[r.next] = v
	r.next = (r.next + 1) % maxRecords
}

func (r *recent[T]) all() []T {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Concat(r.values[r.next:], r.values[:r.next])
}
