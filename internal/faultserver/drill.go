package faultserver

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// Through starts a server with faults before handler, which carries out requests to local, and returns a client that
// calls through it. To close the server waits until all is carried out that still is to be.
func Through(
	t *testing.T, local *restapitest.Server, handler http.Handler, plan Plan, patience time.Duration,
) (*Server, *restapi.Client) {
	t.Helper()
	faulty := Around(handler, plan)
	t.Cleanup(faulty.Close)
	client := local.Client(faulty.Options(patience)...)
	t.Cleanup(client.CloseIdleConnections)
	return faulty, client
}

// Patience is how long a client should wait for an answer that meets the fault. Where nothing but that ends an attempt,
// be it this one or the next, which finds that nobody listens any more, it is short.
func (f Fault) Patience() time.Duration {
	if f.Silent || f.Answer == Whole {
		return 250 * time.Millisecond
	}
	return 5 * time.Second
}

// Options are those of a client that calls through the server: it waits for an answer as long as patience, repeats what
// may be repeated at once, and counts its repeats, see [Counting].
func (s *Server) Options(patience time.Duration) []restapi.Option {
	return []restapi.Option{
		restapi.WithBaseURL(s.URL), restapi.WithLimiter(nil), restapi.WithTimeout(patience),
		restapi.WithRetry(restapi.RetryConfig{BaseDelay: time.Millisecond, MaxDelay: 10 * time.Millisecond}),
		restapi.WithObserver(func(ctx context.Context, e restapi.Event) {
			if repeats, ok := ctx.Value(repeatsKey{}).(*int); ok && e.Kind == restapi.Retried {
				*repeats++
			}
		}),
	}
}

type repeatsKey struct{}

// Counting returns a context in which one call at a time counts how often it is repeated.
func Counting(ctx context.Context) (counting context.Context, repeats *int) {
	repeats = new(int)
	return context.WithValue(ctx, repeatsKey{}, repeats), repeats
}

// IsOpen says whether a call that failed may have been carried out all the same.
func IsOpen(err error) bool {
	e, _ := errors.AsType[*restapi.Error](err)
	return e != nil && e.Open
}

// A Try is what became of one call.
type Try[T any] struct {
	Result  T
	Err     error
	Repeats int
}

// Times are how often what was called for may have been done, at the least and at the most.
func (t *Try[T]) Times() (least, most int) {
	switch {
	case t.Err == nil:
		return 1, 1
	case IsOpen(t.Err):
		return 0, 1
	default: // it certainly was not
		return 0, 0
	}
}

// Many makes n calls from 16 goroutines.
func Many[T any](ctx context.Context, n int, call func(ctx context.Context, i int) (T, error)) []Try[T] {
	tries := make([]Try[T], n)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				counting, repeats := Counting(ctx)
				result, err := call(counting, i)
				tries[i] = Try[T]{result, err, *repeats}
			}
		})
	}
	wg.Wait()
	return tries
}

// Tally counts the calls that were repeated with success, and those that failed.
func Tally[T any](tries []Try[T]) (repeated, failed int) {
	for _, one := range tries {
		switch {
		case one.Err != nil:
			failed++
		case one.Repeats > 0:
			repeated++
		}
	}
	return repeated, failed
}
