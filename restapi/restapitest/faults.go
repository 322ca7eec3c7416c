package restapitest

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// handlers are the functions of Handle, by path.
type handlers struct {
	mu sync.Mutex
	by map[string]http.HandlerFunc
}

// FailNext makes the next n calls of cmd fail with code, with nothing done. Only calls that pass the checks of
// signature and rate count. It replaces what was left of an earlier FailNext for the command; n of 0 takes it back.
func (s *Server) FailNext(cmd restapi.Command, code restapi.Code, n int) {
	s.app.Faults().FailNext(cmd.Path(), code, n)
}

// Delay holds back every answer to cmd for d; 0 ends that. The command itself is carried out at once. So a client that
// gives up meanwhile has the case that is hard in production: it cannot know that the call was carried out.
func (s *Server) Delay(cmd restapi.Command, d time.Duration) {
	s.app.Faults().Delay(cmd.Path(), d)
}

// Handle answers the calls of a path such as "v4/openim/sendmsg" with fn, be it a command that this server does not
// know or one that it does. The checks of signature, administrator and rate come first, and fn writes the whole answer,
// with any HTTP status. nil takes it back.
func (s *Server) Handle(path string, fn http.HandlerFunc) {
	s.handlers.mu.Lock()
	defer s.handlers.mu.Unlock()
	if s.handlers.by == nil {
		s.handlers.by = make(map[string]http.HandlerFunc)
	}
	s.handlers.by[strings.Trim(path, "/")] = fn
}

func (h *handlers) clear() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.by = nil
}

func (h *handlers) of(path string) http.HandlerFunc {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.by[path]
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
