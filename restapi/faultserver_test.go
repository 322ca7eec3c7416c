package restapi_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// A faulty server speaks raw TCP and breaks every connection in one way. It counts the requests that it has read.
type faulty struct {
	listener net.Listener
	fault    func(f *faulty, conn *net.TCPConn)
	requests atomic.Int32
	conns    atomic.Int32
	open     atomic.Int32
	serving  sync.WaitGroup
	mu       sync.Mutex
	all      []net.Conn
}

func newFaulty(t *testing.T, fault func(f *faulty, conn *net.TCPConn)) *faulty {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	f := &faulty{listener: listener, fault: fault}
	f.serving.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			f.conns.Add(1)
			f.open.Add(1)
			f.mu.Lock()
			f.all = append(f.all, conn)
			f.mu.Unlock()
			f.serving.Go(func() {
				defer f.open.Add(-1)
				defer conn.Close()
				f.fault(f, conn.(*net.TCPConn))
			})
		}
	})
	t.Cleanup(func() {
		listener.Close()
		f.mu.Lock()
		for _, conn := range f.all {
			conn.Close()
		}
		f.mu.Unlock()
		f.serving.Wait()
	})
	return f
}

// readRequest reads one whole request.
func (f *faulty) readRequest(conn io.Reader) bool {
	req, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		return false
	}
	if _, err := io.Copy(io.Discard, req.Body); err != nil {
		return false
	}
	f.requests.Add(1)
	return true
}

// noneLeft checks that the client has closed every connection, as the server sees it, but for the idle ones that it is
// told to close.
func (f *faulty) noneLeft(t *testing.T, client *restapi.Client) {
	t.Helper()
	client.CloseIdleConnections()
	assert.Eventually(t, func() bool { return f.open.Load() == 0 }, 5*time.Second, time.Millisecond, "connections are left open")
}

// stall says nothing more until the client has closed the connection.
func stall(conn io.Reader) { _, _ = io.Copy(io.Discard, conn) }

func reset(conn *net.TCPConn) { _ = conn.SetLinger(0) } // Close then sends RST

// answering reads a request and writes text.
func answering(text string) func(*faulty, *net.TCPConn) {
	return func(f *faulty, conn *net.TCPConn) {
		if f.readRequest(conn) {
			_, _ = io.WriteString(conn, text)
		}
	}
}

// endless reads a request and writes head and then text until the client has had enough.
func endless(head, text string) func(*faulty, *net.TCPConn) {
	return func(f *faulty, conn *net.TCPConn) {
		answering(head)(f, conn)
		for range 16 << 20 / len(text) {
			if _, err := io.WriteString(conn, text); err != nil {
				return
			}
		}
	}
}
