package restapitest

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// faults are what a test makes go wrong, by the path of the command.
type faults struct {
	mu       sync.Mutex
	fail     map[string]failure
	delay    map[string]time.Duration
	handlers map[string]http.HandlerFunc
}

type failure struct {
	code restapi.Code
	left int
}

// FailNext makes the next n calls of cmd fail with code, with nothing done. Only calls that pass the checks of
// signature and rate count. It replaces what was left of an earlier FailNext for the command; n of 0 takes it back.
func (s *Server) FailNext(cmd restapi.Command, code restapi.Code, n int) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	put(&s.faults.fail, cmd.Path(), failure{code, n})
}

// Delay holds back every answer to cmd for d; 0 ends that. The command itself is carried out at once. So a client that
// gives up meanwhile has the case that is hard in production: it cannot know that the call was carried out.
func (s *Server) Delay(cmd restapi.Command, d time.Duration) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	put(&s.faults.delay, cmd.Path(), d)
}

// Handle answers the calls of a path such as "v4/openim/sendmsg" with fn, be it a command that this server does not
// know or one that it does. The checks of signature, administrator and rate come first, and fn writes the whole answer,
// with any HTTP status. nil takes it back.
func (s *Server) Handle(path string, fn http.HandlerFunc) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	put(&s.faults.handlers, strings.Trim(path, "/"), fn)
}

func put[V any](m *map[string]V, key string, v V) {
	if *m == nil {
		*m = make(map[string]V)
	}
	(*m)[key] = v
}

// take returns the code that this call has to fail with, 0 for none.
func (f *faults) take(path string) restapi.Code {
	f.mu.Lock()
	defer f.mu.Unlock()
	next, ok := f.fail[path]
	if !ok || next.left <= 0 {
		return 0
	}
	next.left--
	f.fail[path] = next
	return next.code
}

func (f *faults) handler(path string) http.HandlerFunc {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.handlers[path]
}

func (f *faults) held(path string) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.delay[path]
}

// hold waits for d, or until the caller is gone or the server is closed.
func (s *Server) hold(r *http.Request, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	case <-s.closing:
	}
}
