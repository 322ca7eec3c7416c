// Package faultserver is a server for tests that breaks the connections that come to it, each in a way that the test
// chooses. It speaks raw TCP, so that it can do what no server of net/http would: reset a connection, close one half of
// it, answer with half a head, or say nothing at all.
//
// [Around] puts it before a handler, such as that of a restapitest.Server, and does to each request what a [Plan] says:
// one of [Faults], by a [Script] or at [Random].
//
//	service := restapitest.NewServer(restapitest.WithRate(-1))
//	defer service.Close()
//	faulty := faultserver.Around(service.Handler(), faultserver.Random(1, 0.1, faultserver.Faults()))
//	defer faulty.Close()
//	client := service.Client(restapi.WithBaseURL(faulty.URL), restapi.WithTimeout(100*time.Millisecond))
//
// [New] hands over each connection as it comes, for what happens before HTTP, such as handshakes.
package faultserver

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
)

// A Server listens on a free port of the loopback interface.
type Server struct {
	// URL is the address without a trailing slash, over plain http.
	URL string

	listener net.Listener
	serve    func(s *Server, conn *net.TCPConn)
	requests atomic.Int32
	conns    atomic.Int32
	open     atomic.Int32
	serving  sync.WaitGroup

	mu     sync.Mutex
	closed bool
	alive  map[net.Conn]bool
}

// New starts a server that does with each connection what serve says, and then closes it. The caller should call Close
// when done. Like httptest.NewServer it panics when it cannot listen.
func New(serve func(s *Server, conn *net.TCPConn)) *Server {
	listener, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		panic("faultserver: " + err.Error())
	}
	s := &Server{
		URL: "http://" + listener.Addr().String(), listener: listener, serve: serve, alive: make(map[net.Conn]bool),
	}
	s.serving.Go(func() {
		for {
			conn, err := listener.AcceptTCP()
			if err != nil {
				return
			}
			s.conns.Add(1)
			s.open.Add(1)
			s.serving.Go(func() {
				defer s.open.Add(-1)
				defer s.drop(conn)
				if s.keep(conn) {
					s.serve(s, conn)
				}
			})
		}
	})
	return s
}

// keep lets Close close the connection, and is false where that was called before.
func (s *Server) keep(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.alive[conn] = true
	return !s.closed
}

func (s *Server) drop(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.alive, conn)
	_ = conn.Close()
}

// Close closes every connection and waits until each has been served: what was carried out is done then.
func (s *Server) Close() {
	_ = s.listener.Close()
	s.mu.Lock()
	s.closed = true
	for conn := range s.alive {
		_ = conn.Close()
	}
	s.mu.Unlock()
	s.serving.Wait()
}

// Addr returns the host and the port, for other schemes.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// Requests returns how many requests the server has read whole.
func (s *Server) Requests() int { return int(s.requests.Load()) }

// Conns returns how many connections it has accepted.
func (s *Server) Conns() int { return int(s.conns.Load()) }

// Open returns how many of them neither side has closed.
func (s *Server) Open() int { return int(s.open.Load()) }

// Read reads one whole request, and is false where it does not come. The body of what it returns is in memory.
func (s *Server) Read(in *bufio.Reader) (*http.Request, bool) {
	req, err := http.ReadRequest(in)
	if err != nil {
		return nil, false
	}
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, false
	}
	req.Body = io.NopCloser(bytes.NewReader(body))
	s.requests.Add(1)
	return req, true
}

// ReadOne reads the only request of a connection.
func (s *Server) ReadOne(conn io.Reader) bool {
	_, ok := s.Read(bufio.NewReader(conn))
	return ok
}

// Stall says nothing more until the client has closed the connection.
func Stall(conn io.Reader) { _, _ = io.Copy(io.Discard, conn) }

// Reset makes the end of the connection a reset.
func Reset(conn *net.TCPConn) { _ = conn.SetLinger(0) } // Close then sends RST

// Answering reads a request and writes text.
func Answering(text string) func(*Server, *net.TCPConn) {
	return func(s *Server, conn *net.TCPConn) {
		if s.ReadOne(conn) {
			_, _ = io.WriteString(conn, text)
		}
	}
}

// Endless reads a request and writes head and then text until the client has had enough, or 16 MiB.
func Endless(head, text string) func(*Server, *net.TCPConn) {
	return func(s *Server, conn *net.TCPConn) {
		Answering(head)(s, conn)
		for range 16 << 20 / len(text) {
			if _, err := io.WriteString(conn, text); err != nil {
				return
			}
		}
	}
}
