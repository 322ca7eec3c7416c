package restapi_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/usersig"
)

// A faulty server speaks raw TCP and breaks every connection in one way. It counts the requests that it has read.
type faulty struct {
	listener net.Listener
	fault    func(f *faulty, conn *net.TCPConn)
	requests atomic.Int32
	conns    atomic.Int32
	serving  sync.WaitGroup
	closing  chan struct{}
}

func newFaulty(t *testing.T, fault func(f *faulty, conn *net.TCPConn)) *faulty {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	f := &faulty{listener: listener, fault: fault, closing: make(chan struct{})}
	f.serving.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			f.conns.Add(1)
			f.serving.Go(func() {
				defer conn.Close()
				f.fault(f, conn.(*net.TCPConn))
			})
		}
	})
	t.Cleanup(func() {
		close(f.closing)
		listener.Close()
		f.serving.Wait()
	})
	return f
}

// readRequest reads one whole request.
func (f *faulty) readRequest(conn net.Conn) bool {
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

// stall waits until the test is over.
func (f *faulty) stall() { <-f.closing }

func reset(conn *net.TCPConn) { _ = conn.SetLinger(0) } // Close then sends RST

// answering reads a request and writes text.
func answering(text string) func(*faulty, *net.TCPConn) {
	return func(f *faulty, conn *net.TCPConn) {
		if f.readRequest(conn) {
			_, _ = io.WriteString(conn, text)
		}
	}
}

const okHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

func TestFaults(t *testing.T) {
	t.Parallel()
	timeout := context.DeadlineExceeded
	tests := []struct {
		name  string
		fault func(f *faulty, conn *net.TCPConn)
		is    error // beside the class
		// attempts of an idempotent command; of any other there is one, as the service may have carried it out
		attempts  int
		temporary bool
	}{
		{"closed at once", func(*faulty, *net.TCPConn) {}, nil, 3, true},
		{"reset at once", func(_ *faulty, c *net.TCPConn) { reset(c) }, nil, 3, true},
		{"reset within the request", func(_ *faulty, c *net.TCPConn) { _, _ = c.Read(make([]byte, 10)); reset(c) }, nil, 3, true},
		{"closed after the request", func(f *faulty, c *net.TCPConn) { f.readRequest(c) }, nil, 3, true},
		{"reset after the request", func(f *faulty, c *net.TCPConn) { f.readRequest(c); reset(c) }, nil, 3, true},
		{"half closed after the request", func(f *faulty, c *net.TCPConn) { f.readRequest(c); _ = c.CloseWrite(); f.stall() }, nil, 3, true},
		{"closed within the head", answering("HTTP/1.1 200 OK\r\nContent-Le"), nil, 3, true},
		{"closed within the body", answering(okHead + "Content-Length: 50\r\n\r\n{\"ErrorCode\":0"), io.ErrUnexpectedEOF, 3, true},
		{"closed within a chunk", answering(okHead + "Transfer-Encoding: chunked\r\n\r\n20\r\n{\"ErrorCode\":0"), io.ErrUnexpectedEOF, 3, true},
		{"shorter than it says", answering(okHead + "Content-Length: 10\r\n\r\n" + answerOK), restapi.ErrBadResponse, 1, false},
		{"no HTTP", answering("SSH-2.0-OpenSSH_9.2p1\r\n"), nil, 3, true},
		{"a length that is none", answering(okHead + "Content-Length: many\r\n\r\n"), nil, 3, true},
		{"an endless head", func(f *faulty, c *net.TCPConn) {
			f.readRequest(c)
			_, _ = io.WriteString(c, okHead)
			for range 2 << 10 {
				if _, err := io.WriteString(c, "X-Pad: "+strings.Repeat("x", 8<<10)+"\r\n"); err != nil {
					return
				}
			}
		}, nil, 3, true},
		{"stall before the request is read", func(f *faulty, _ *net.TCPConn) { f.stall() }, timeout, 3, true},
		{"stall before the answer", func(f *faulty, c *net.TCPConn) { f.readRequest(c); f.stall() }, timeout, 3, true},
		{"stall within the head", func(f *faulty, c *net.TCPConn) { answering("HTTP/1.1 2")(f, c); f.stall() }, timeout, 3, true},
		{"stall within the body", func(f *faulty, c *net.TCPConn) {
			answering(okHead+"Content-Length: 50\r\n\r\n{\"ErrorCode\":0")(f, c)
			f.stall()
		}, timeout, 3, true},
		{"a byte at a time", func(f *faulty, c *net.TCPConn) {
			f.readRequest(c)
			for _, b := range []byte(okHead + "Content-Length: 50\r\n\r\n" + answerOK) {
				if _, err := c.Write([]byte{b}); err != nil {
					return
				}
				time.Sleep(10 * time.Millisecond)
			}
		}, timeout, 3, true},
	}
	for _, test := range tests {
		for name, cmd := range map[string]restapi.Command{"idempotent": setCommand, "not idempotent": addCommand} {
			t.Run(test.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				f := newFaulty(t, test.fault)
				client := newClient(t, restapi.WithBaseURL("http://"+f.listener.Addr().String()), restapi.WithTimeout(250*time.Millisecond))
				err := client.Call(t.Context(), cmd, map[string]string{"GroupId": "g"}, nil)
				var e *restapi.Error
				require.ErrorAs(t, err, &e)
				want := test.attempts
				if !cmd.Idempotent {
					want = 1
				}
				if test.name == "reset at once" {
					want = e.Attempts // the reset may come before the connection is there: then nothing was sent
				}
				assert.Equal(t, want, e.Attempts)
				assert.LessOrEqual(t, int(f.requests.Load()), want, "the service sees no more requests than there were attempts")
				assert.LessOrEqual(t, int(f.conns.Load()), want)
				if !cmd.Idempotent {
					assert.LessOrEqual(t, int(f.requests.Load()), 1, "never twice")
				}
				assert.Equal(t, test.temporary, errors.Is(err, restapi.ErrTemporary), "%v", err)
				if test.is != nil {
					assert.ErrorIs(t, err, test.is)
				}
				assert.Zero(t, restapi.CodeOf(err))
			})
		}
	}
}

// A host that nobody listens on was sent nothing: any command may be tried again.
func TestConnectionRefused(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, listener.Close())
	for _, host := range []string{listener.Addr().String(), "no-such-host.invalid"} {
		client := newClient(t, restapi.WithBaseURL("http://"+host))
		err = client.Call(t.Context(), addCommand, nil, nil)
		var e *restapi.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, 3, e.Attempts)
		assert.ErrorIs(t, err, restapi.ErrTemporary)
	}
}

// Nothing is sent once the deadline is over, whatever has failed before.
func TestNoCallAfterTheDeadline(t *testing.T) {
	t.Parallel()
	var last atomic.Int64
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		last.Store(time.Now().UnixNano())
		fail(60007)(w, r)
	})
	client := f.client(t, restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 1000, BaseDelay: time.Millisecond, MaxDelay: 5 * time.Millisecond}))
	var wg sync.WaitGroup
	deadline := time.Now().Add(100 * time.Millisecond)
	for range 16 {
		wg.Go(func() {
			ctx, cancel := context.WithDeadline(t.Context(), deadline)
			defer cancel()
			for ctx.Err() == nil {
				_ = client.Call(ctx, setCommand, nil, nil)
			}
			assert.ErrorIs(t, client.Call(ctx, setCommand, nil, nil), context.DeadlineExceeded)
		})
	}
	wg.Wait()
	assert.Less(t, time.Unix(0, last.Load()).Sub(deadline), 50*time.Millisecond, "but for what was on its way")
}

// The key is changed in the console and in the token source: calls go on.
func TestKeyRotatedInTheMiddle(t *testing.T) {
	t.Parallel()
	var current atomic.Pointer[usersig.Signer] // what the token source signs with
	var accepted atomic.Pointer[usersig.Signer]
	rotate := func(key string) *usersig.Signer {
		signer, err := usersig.New(appID, key)
		require.NoError(t, err)
		return signer
	}
	current.Store(rotate(secret))
	accepted.Store(current.Load())
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		if accepted.Load().Verify("administrator", r.URL.Query().Get("usersig")) != nil {
			fail(restapi.CodeUserSigKeyMismatch)(w, r)
			return
		}
		answer(answerOK)(w, r)
	})
	client := f.client(t, restapi.WithTokenSource(funcSource(func() (string, time.Time, error) {
		sig, err := current.Load().Sign("administrator", time.Hour)
		return sig, time.Now().Add(time.Hour), err
	})))
	stop := make(chan struct{})
	var wg sync.WaitGroup
	var calls atomic.Int32
	for range 8 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					assert.NoError(t, client.Call(t.Context(), addCommand, nil, nil))
					calls.Add(1)
				}
			}
		})
	}
	for i := range 3 {
		next := rotate(secret + strings.Repeat("x", i+1))
		for n := calls.Load(); calls.Load() < n+50; {
			time.Sleep(time.Millisecond)
		}
		current.Store(next)
		accepted.Store(next)
	}
	close(stop)
	wg.Wait()
}

// The wall clock is set forward by hours: the cached UserSig is known to have expired.
func TestClockSetForward(t *testing.T) {
	t.Parallel()
	var sent []string
	client := newClient(t, sigs(&sent), restapi.WithTokenSource(&source{}))
	require.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
	restapi.ShiftIssued(client, -3*time.Hour)
	require.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
	assert.Equal(t, []string{"sig-1", "sig-2"}, sent)
}
