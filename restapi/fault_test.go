package restapi_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/faultserver"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// newFaulty starts a server that ends with the test.
func newFaulty(t *testing.T, fault func(f *faultserver.Server, conn *net.TCPConn)) *faultserver.Server {
	t.Helper()
	f := faultserver.New(fault)
	t.Cleanup(f.Close)
	return f
}

// noneLeft checks that the client has closed every connection, as the server sees it, but for the idle ones that it is
// told to close.
func noneLeft(t *testing.T, f *faultserver.Server, client *restapi.Client) {
	t.Helper()
	client.CloseIdleConnections()
	assert.Eventually(t, func() bool { return f.Open() == 0 }, 5*time.Second, time.Millisecond, "connections are left open")
}

const okHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

// squeeze returns text as gzip writes it, and broken the same with another checksum.
func squeeze(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.String()
}

func broken(gzipped string) string { return gzipped[:len(gzipped)-8] + "12345678" }

// patience is short where a fault is noticed by nothing else.
func patience(name string, is error) time.Duration {
	if is == context.DeadlineExceeded || strings.Contains(name, "stall") { //nolint:errorlint // an entry of a table
		if raceDetector || name == "stall behind the handshake" {
			return 600 * time.Millisecond // a handshake must fit into it, on a busy machine too
		}
		return 120 * time.Millisecond
	}
	return 5 * time.Second
}

func TestFaults(t *testing.T) {
	t.Parallel()
	timeout := context.DeadlineExceeded
	tests := []struct {
		name  string
		fault func(f *faultserver.Server, conn *net.TCPConn)
		is    error // besides the class
		// attempts of an idempotent command; of any other there is one, as the service may have carried it out
		attempts  int
		temporary bool
	}{
		{"closed at once", func(*faultserver.Server, *net.TCPConn) {}, nil, 3, true},
		{"reset at once", func(_ *faultserver.Server, c *net.TCPConn) { faultserver.Reset(c) }, nil, 3, true},
		{"reset within the request", func(_ *faultserver.Server, c *net.TCPConn) { _, _ = c.Read(make([]byte, 10)); faultserver.Reset(c) }, nil, 3, true},
		{"closed after the request", func(f *faultserver.Server, c *net.TCPConn) { f.ReadOne(c) }, nil, 3, true},
		{"reset after the request", func(f *faultserver.Server, c *net.TCPConn) { f.ReadOne(c); faultserver.Reset(c) }, nil, 3, true},
		{"half closed after the request", func(f *faultserver.Server, c *net.TCPConn) { f.ReadOne(c); _ = c.CloseWrite(); faultserver.Stall(c) }, nil, 3, true},
		{"closed within the head", faultserver.Answering("HTTP/1.1 200 OK\r\nContent-Le"), nil, 3, true},
		{"closed within the body", faultserver.Answering(okHead + "Content-Length: 50\r\n\r\n{\"ErrorCode\":0"), io.ErrUnexpectedEOF, 3, true},
		{"closed within a chunk", faultserver.Answering(okHead + "Transfer-Encoding: chunked\r\n\r\n20\r\n{\"ErrorCode\":0"), io.ErrUnexpectedEOF, 3, true},
		{"shorter than it says", faultserver.Answering(okHead + "Content-Length: 10\r\n\r\n" + answerOK), restapi.ErrBadResponse, 1, false},
		{"no HTTP", faultserver.Answering("SSH-2.0-OpenSSH_9.2p1\r\n"), nil, 3, true},
		{"a length that is none", faultserver.Answering(okHead + "Content-Length: many\r\n\r\n"), nil, 3, true},
		{"two answers in one", faultserver.Answering(okHead + "Content-Length: 100\r\n\r\n" + answerOK + answerOK), restapi.ErrBadResponse, 1, false},
		{"garbage behind the answer", faultserver.Answering(okHead + "\r\n" + answerOK + "garbage"), restapi.ErrBadResponse, 1, false},
		{"gzip that is none", faultserver.Answering(okHead + "Content-Encoding: gzip\r\n\r\n" + answerOK), restapi.ErrBadResponse, 1, false},
		{"gzip cut short", faultserver.Answering(okHead + "Content-Encoding: gzip\r\n\r\n" + squeeze(answerOK)[:20]), io.ErrUnexpectedEOF, 3, true},
		{"gzip with a broken checksum", faultserver.Answering(okHead + "Content-Encoding: gzip\r\n\r\n" + broken(squeeze(answerOK))), restapi.ErrBadResponse, 1, false},
		{"gzip without end", faultserver.Endless(okHead+"Content-Encoding: gzip\r\n\r\n", squeeze(strings.Repeat(" ", 1<<20))), restapi.ErrBadResponse, 1, false},
		{"an endless head", faultserver.Endless(okHead, "X-Pad: "+strings.Repeat("x", 8<<10)+"\r\n"), nil, 3, true},
		{"an endless body", faultserver.Endless(okHead+"\r\n", strings.Repeat(" ", 8<<10)), restapi.ErrBadResponse, 1, false},
		{"a flood of 1xx", faultserver.Endless("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), nil, 3, true},
		{"another protocol, and silence", func(f *faultserver.Server, c *net.TCPConn) {
			faultserver.Answering("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")(f, c)
			faultserver.Stall(c)
		}, restapi.ErrBadResponse, 1, false},
		{"an error page that stalls", func(f *faultserver.Server, c *net.TCPConn) {
			faultserver.Answering("HTTP/1.1 404 Not Found\r\nContent-Length: 50\r\n\r\n<")(f, c)
			faultserver.Stall(c)
		}, restapi.ErrBadResponse, 1, false},
		{"stall before the request is read", func(_ *faultserver.Server, c *net.TCPConn) { faultserver.Stall(c) }, timeout, 3, true},
		{"stall before the answer", func(f *faultserver.Server, c *net.TCPConn) { f.ReadOne(c); faultserver.Stall(c) }, timeout, 3, true},
		{"stall within the head", func(f *faultserver.Server, c *net.TCPConn) {
			faultserver.Answering("HTTP/1.1 2")(f, c)
			faultserver.Stall(c)
		}, timeout, 3, true},
		{"stall within the body", func(f *faultserver.Server, c *net.TCPConn) {
			faultserver.Answering(okHead+"Content-Length: 50\r\n\r\n{\"ErrorCode\":0")(f, c)
			faultserver.Stall(c)
		}, timeout, 3, true},
		{"a byte at a time", func(f *faultserver.Server, c *net.TCPConn) {
			f.ReadOne(c)
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
				client := newClient(t, restapi.WithBaseURL(f.URL), restapi.WithTimeout(patience(test.name, test.is)))
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
				assert.LessOrEqual(t, f.Requests(), want, "the service sees no more requests than there were attempts")
				assert.LessOrEqual(t, f.Conns(), want)
				if !cmd.Idempotent {
					assert.LessOrEqual(t, f.Requests(), 1, "never twice")
				}
				assert.Equal(t, test.temporary, errors.Is(err, restapi.ErrTemporary), "%v", err)
				if test.is != nil {
					assert.ErrorIs(t, err, test.is)
				}
				assert.Zero(t, restapi.CodeOf(err))
				noneLeft(t, f, client)
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
	client := newClient(t, restapi.WithBaseURL("http://"+listener.Addr().String()))
	start := time.Now()
	for range 4 {
		err = client.Call(t.Context(), addCommand, nil, nil)
		var e *restapi.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, 3, e.Attempts)
		assert.ErrorIs(t, err, restapi.ErrTemporary)
	}
	assert.Less(t, time.Since(start), 1500*time.Millisecond, "a dial that failed holds up no other")
}

// Nothing is sent once the deadline is over, whatever has failed before, and whenever it is over: within a request, within
// the wait for another, or between.
func TestNoCallAfterTheDeadline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for within := range 40 * time.Millisecond / time.Microsecond / 250 {
			deadline := time.Now().Add(within * 250 * time.Microsecond)
			client, err := restapi.NewClient(restapi.China, appID, secret, restapi.WithLimiter(nil),
				restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 1000, BaseDelay: time.Millisecond, MaxDelay: 5 * time.Millisecond}),
				inMemory(func(*http.Request) (*http.Response, error) {
					assert.False(t, time.Now().After(deadline), "sent %v late", time.Since(deadline))
					time.Sleep(time.Millisecond)
					return respond(`{"ActionStatus":"FAIL","ErrorCode":60007,"ErrorInfo":""}`), nil
				}))
			require.NoError(t, err)
			ctx, cancel := context.WithDeadline(t.Context(), deadline)
			for range 4 {
				require.Error(t, client.Call(ctx, setCommand, nil, nil))
			}
			time.Sleep(time.Until(deadline))
			synctest.Wait()
			require.ErrorIs(t, client.Call(ctx, setCommand, nil, nil), context.DeadlineExceeded)
			cancel()
		}
	})
}

// Heads are read up to 64 KiB, the 1xx answers before the real one included; a few of those do no harm.
func TestLargestHead(t *testing.T) {
	t.Parallel()
	const early = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
	const last = okHead + "Content-Length: 50\r\n\r\n" + answerOK
	for text, fits := range map[string]bool{
		strings.Repeat(early, 5) + last:                                            true,
		strings.Repeat(early, 64<<10/len(early)+1) + last:                          false,
		okHead + "X: " + strings.Repeat("x", 60<<10) + "\r\n" + last[len(okHead):]: true,
		okHead + "X: " + strings.Repeat("x", 64<<10) + "\r\n" + last[len(okHead):]: false,
	} {
		f := newFaulty(t, faultserver.Answering(text))
		err := newClient(t, restapi.WithBaseURL(f.URL)).Call(t.Context(), addCommand, nil, nil)
		if fits {
			require.NoError(t, err)
			continue
		}
		require.ErrorIs(t, err, restapi.ErrTemporary)
		require.ErrorContains(t, err, "headers exceeded 65536 bytes")
	}
}
