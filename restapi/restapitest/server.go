package restapitest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"

	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/usersig"
)

// A Server is a local Tencent Chat with one app. Its methods are safe for concurrent use.
type Server struct {
	// URL is the address of the server without a trailing slash, for restapi.WithBaseURL.
	URL string

	cfg       config
	signer    *usersig.Signer
	app       *chat.App
	rate      *rate
	handlers  handlers
	hooks     *hooks
	socket    *httptest.Server // nil without a listener
	transport http.RoundTripper

	mu     sync.Mutex // guards what follows
	closed bool

	serving sync.WaitGroup // requests; added to under mu and not after closed
	closing chan struct{}
}

// NewServer starts a server on a free port of the loopback interface, over plain http, and returns when it can be
// called. The caller should call Close when done. Like httptest.NewServer it panics when it cannot, and on options that
// make no sense.
func NewServer(opts ...Option) *Server {
	s := &Server{
		cfg:     newConfig(opts),
		closing: make(chan struct{}),
	}
	signer, err := usersig.New(s.cfg.sdkAppID, s.cfg.secretKey.reveal(), usersig.WithClock(s.cfg.now))
	must("WithApp", err)
	s.signer = signer
	s.rate = newRate(s.cfg.limits)
	mustBeUsers("AddAccount", s.cfg.admins)
	s.app = chat.New(chat.Config{
		SDKAppID: s.cfg.sdkAppID, Admins: s.cfg.admins, Now: s.cfg.now, Strict: s.cfg.strict, Log: s.cfg.logger,
		History: s.cfg.history, PerMinute: s.cfg.perMinute, GroupPerSecond: s.cfg.groupPerSecond,
	})
	s.hooks = newHooks(&s.cfg)
	must("WithCallback", s.setTarget(s.cfg.target))
	s.transport = handlerTransport{s.Handler()}
	if s.cfg.noListener {
		s.URL = "http://restapitest.invalid"
		return s
	}
	s.socket = httptest.NewServer(s.Handler())
	s.URL = s.socket.URL
	return s
}

// Close shuts the server down. It waits for calls and webhooks that are under way; answers held back by Delay go out at
// once. Webhooks that still wait for their turn 2 seconds later are not sent, and are among Deliveries as failed.
// Closing twice does no harm.
func (s *Server) Close() {
	if s.shut() && s.socket != nil {
		s.socket.Close()
	}
	s.serving.Wait()
	s.app.Close()
	s.hooks.http.CloseIdleConnections()
}

// shut ends the admission of requests, and is false where that was done before.
func (s *Server) shut() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.closed = true
	close(s.closing)
	return true
}

// Client returns a client of this server's app, called as its first administrator. Options come after the server's own,
// so that they can change anything. It panics where restapi.NewClient fails.
func (s *Server) Client(opts ...restapi.Option) *restapi.Client {
	preset := []restapi.Option{restapi.WithBaseURL(s.URL), restapi.WithAdmin(s.cfg.admins[0])}
	if s.cfg.ownClock {
		// The client signs by the clock of this machine; this server would find such a UserSig expired.
		preset = append(preset, restapi.WithTokenSource(tokenSource{s.signer}))
	}
	if s.socket == nil {
		preset = append(preset, restapi.WithHTTPClient(&http.Client{Transport: s.transport}))
	}
	c, err := restapi.NewClient(restapi.Singapore, s.cfg.sdkAppID, s.cfg.secretKey.reveal(), append(preset, opts...)...)
	must("Client", err)
	return c
}

// Handler returns the server as a handler, to be served somewhere else than on URL.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.serve) }

// Transport returns a RoundTripper that hands every request to the server without a socket, whatever its host. It is
// what makes testing/synctest possible: see WithoutListener.
func (s *Server) Transport() http.RoundTripper { return s.transport }

// SDKAppID returns the app's ID.
func (s *Server) SDKAppID() uint64 { return s.cfg.sdkAppID }

// SecretKey returns the app's key, to sign UserSigs that this server accepts.
func (s *Server) SecretKey() string { return s.cfg.secretKey.reveal() }

// Admin returns the app's first administrator.
func (s *Server) Admin() string { return s.cfg.admins[0] }

// String returns the app and the address, without the key.
func (s *Server) String() string { return "restapitest.Server(" + s.URL + ")" }

// GoString returns the same as String.
func (s *Server) GoString() string { return s.String() }

// Format writes the same as String for every verb; q quotes it.
func (s *Server) Format(f fmt.State, verb rune) {
	text := s.String()
	if verb == 'q' {
		text = strconv.Quote(text)
	}
	_, _ = io.WriteString(f, text)
}

// enter counts a request that is being served, and is false when the server is closed.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.serving.Add(1)
	return true
}

func must(what string, err error) {
	if err != nil {
		panic("restapitest: " + what + ": " + err.Error())
	}
}
