package restapi_test

import (
	"crypto/tls"
	"crypto/x509"
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

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Many callers share a few connections, from the first burst on and after pauses.
func TestConnectionsAreReused(t *testing.T) {
	t.Parallel()
	const workers, bursts, most = 64, 10, 128
	calls := 20_000
	if testing.Short() || raceDetector {
		calls /= 10
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
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	unlimited := restapi.NewLimiter(restapi.LimiterConfig{PerSecond: map[string]int{"profile/portrait_set": 1e9}})
	client := newClient(t, restapi.WithBaseURL(server.URL), restapi.WithTLSConfig(&tls.Config{RootCAs: pool}), restapi.WithLimiter(unlimited))
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
	assert.LessOrEqual(t, opened.Load(), int32(most))
}
