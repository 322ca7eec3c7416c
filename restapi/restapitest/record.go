package restapitest

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// Of calls and of deliveries that many are kept, and that many bytes: a server may run for days.
const (
	maxRecords     = 10_000
	maxRecordBytes = 64 << 20
)

// maxRecordBody is how much is kept of the body of one call.
const maxRecordBody = 64 << 10

// A Call is one request that the server received, whatever became of it.
type Call struct {
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
func (s *Server) Calls() []Call { return s.calls.all() }

// record keeps a call that came with a URL of that many bytes.
func (s *Server) record(c Call, urlLen int) {
	if len(c.Body) > maxRecordBody {
		c.Body = bytes.Clone(c.Body[:maxRecordBody]) // lets go of the rest
	}
	s.calls.add(c, urlLen+len(c.Body))
}

// recent keeps the newest values, of a number and of a size in all.
type recent[T any] struct {
	mu    sync.Mutex
	kept  []T // the oldest first, from first on
	sizes []int
	first int
	bytes int
}

func newRecent[T any]() *recent[T] { return new(recent[T]) }

// add keeps a value that holds size bytes. The newest value is kept whatever its size.
func (r *recent[T]) add(v T, size int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept, r.sizes = append(r.kept, v), append(r.sizes, size)
	r.bytes += size
	for n := len(r.kept) - r.first; n > maxRecords || n > 1 && r.bytes > maxRecordBytes; n-- {
		r.bytes -= r.sizes[r.first]
		clear(r.kept[r.first : r.first+1])
		r.first++
	}
	if r.first > len(r.kept)/2 {
		r.kept, r.sizes = slices.Delete(r.kept, 0, r.first), slices.Delete(r.sizes, 0, r.first)
		r.first = 0
	}
}

func (r *recent[T]) all() []T {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.kept[r.first:])
}
