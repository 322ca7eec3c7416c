package restapi_test

import (
	"context"
	"crypto/tls"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/faultserver"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A call that could use another's connection does not wait long for one that hangs in its handshake.
func TestHungHandshakeHoldsUpNobody(t *testing.T) {
	t.Parallel()
	ca := newAuthority(t)
	good := handshake(ca.server(t, nil), func(f *faultserver.Server, raw *net.TCPConn, c *tls.Conn) {
		f.ReadOne(c)
		_, _ = io.WriteString(c, okHead+"Content-Length: 50\r\n\r\n"+answerOK)
		faultserver.Stall(raw)
	})
	f := newFaulty(t, func(f *faultserver.Server, conn *net.TCPConn) {
		if f.Conns() == 1 {
			faultserver.Stall(conn)
			return
		}
		good(f, conn)
	})
	client := ca.client(t, f)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, client.Call(ctx, setCommand, nil, nil), context.DeadlineExceeded)
	require.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
	assert.Equal(t, 2, f.Open(), "the first connection is still being made, which is given up after three seconds")
	noneLeft(t, f, client)
}

// Many callers share a few connections, from the first burst on and after pauses.
func TestConnectionsAreReused(t *testing.T) {
	t.Parallel()
	const bursts = 10
	workers, calls := 64, 20_000
	if testing.Short() || raceDetector {
		workers, calls = 16, 2_000
	}
	var opened atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		answer(answerOK)(w, r)
	}))
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	client := newClient(t, restapi.WithBaseURL(server.URL), restapi.WithTLSConfig(trusting(server)), restapi.WithLimiter(unlimited()))
	users := profile.NewClient(client)
	for burst := range bursts {
		if burst > 0 {
			time.Sleep(20 * time.Millisecond) // all connections are idle now
		}
		var left atomic.Int64
		left.Store(int64(calls / bursts))
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for left.Add(-1) >= 0 {
					assert.NoError(t, users.SetProfile(t.Context(), "leckie", profile.Nick.To("Leckie")))
				}
			})
		}
		wg.Wait()
	}
	t.Logf("%d calls of %d workers in %d bursts took %d connections", calls, workers, bursts, opened.Load())
	assert.LessOrEqual(t, opened.Load(), int32(2*workers), "it is one for each worker, and a few more on a busy machine")
}
