package restapi_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	primaryHost = "adminapisgp.im.qcloud.com"
	standbyHost = "adminapisgp.my-imcloud.com"
)

// A network leads the region's two hosts to servers in memory. A host that is down cannot be dialled.
type network struct {
	server *httptest.Server
	mu     sync.Mutex
	down   map[string]bool
	dials  []string
	hosts  []string // of the requests, in order
}

func newNetwork(t *testing.T) *network {
	t.Helper()
	n := &network{down: map[string]bool{}}
	n.server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.mu.Lock()
		n.hosts = append(n.hosts, r.Host)
		n.mu.Unlock()
		answer(answerOK)(w, r)
	}))
	n.server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	n.server.StartTLS()
	t.Cleanup(n.server.Close)
	return n
}

func (n *network) set(host string, down bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.down[host] = down
}

func (n *network) take() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	hosts := n.hosts
	n.hosts = nil
	return hosts
}

func (n *network) dial(ctx context.Context, _, address string) (net.Conn, error) {
	host, _, _ := net.SplitHostPort(address)
	n.mu.Lock()
	n.dials = append(n.dials, host)
	down := n.down[host]
	n.mu.Unlock()
	if down {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
	}
	var d net.Dialer
	return d.DialContext(ctx, "tcp", n.server.Listener.Addr().String())
}

// client makes a new connection for every call, so that every call finds out which hosts are up.
func (n *network) client(t *testing.T, opts ...restapi.Option) *restapi.Client {
	t.Helper()
	transport := &http.Transport{
		DialContext:       n.dial,
		DisableKeepAlives: true,
		TLSClientConfig:   n.tlsConfig(),
	}
	return newClient(t, append([]restapi.Option{restapi.WithHTTPClient(&http.Client{Transport: transport})}, opts...)...)
}

func (n *network) tlsConfig() *tls.Config {
	return &tls.Config{RootCAs: n.roots(), ServerName: "example.com"} // the name in httptest's certificate
}

func (n *network) roots() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(n.server.Certificate())
	return pool
}

func TestStandby(t *testing.T) {
	t.Parallel()
	n := newNetwork(t)
	var log bytes.Buffer
	client := n.client(t, restapi.WithLogger(slog.New(slog.NewTextHandler(&log, nil))), restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 1}))
	send := func() []string {
		t.Helper()
		require.NoError(t, client.Call(t.Context(), addCommand, nil, nil), "nothing was sent to the host that is down, so any command may go on")
		return n.take()
	}
	assert.Equal(t, []string{primaryHost}, send())
	assert.Empty(t, log.String())

	n.set(primaryHost, true)
	assert.Equal(t, []string{standbyHost}, send())
	assert.Contains(t, log.String(), "using the standby")
	n.dials = nil
	for range 3 {
		assert.Equal(t, []string{standbyHost}, send())
	}
	assert.NotContains(t, n.dials, primaryHost, "a host that is down is left alone for a while")

	n.set(primaryHost, false)
	assert.Equal(t, []string{standbyHost}, send(), "not yet")
	restapi.SkipHostPause(client)
	assert.Equal(t, []string{primaryHost}, send(), "back as soon as it can be connected to")
	assert.Equal(t, []string{primaryHost}, send())
	assert.Contains(t, log.String(), "again")

	n.set(primaryHost, true)
	assert.Equal(t, []string{standbyHost}, send())
	n.set(standbyHost, true)
	n.set(primaryHost, false)
	assert.Equal(t, []string{primaryHost}, send(), "the standby down and the primary back")
}

func TestProbeThatFailsStaysOnTheStandby(t *testing.T) {
	t.Parallel()
	n := newNetwork(t)
	client := n.client(t)
	n.set(primaryHost, true)
	for range 3 {
		require.NoError(t, client.Call(t.Context(), addCommand, nil, nil))
		assert.Equal(t, []string{standbyHost}, n.take())
		restapi.SkipHostPause(client)
	}
}

func TestBothHostsDown(t *testing.T) {
	t.Parallel()
	n := newNetwork(t)
	n.set(primaryHost, true)
	n.set(standbyHost, true)
	err := n.client(t).Call(t.Context(), addCommand, nil, nil)
	require.ErrorIs(t, err, restapi.ErrTemporary)
	var e *restapi.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, 3, e.Attempts, "nothing was ever sent, so even this command is tried again")
	assert.Len(t, n.dials, 6)
}

// A region without a standby has nowhere to go: its host alone is tried, and it is tried every time.
func TestRegionWithoutStandby(t *testing.T) {
	t.Parallel()
	const host = "adminapiksa.im.qcloud.com"
	n := newNetwork(t)
	var log bytes.Buffer
	transport := &http.Transport{DialContext: n.dial, DisableKeepAlives: true, TLSClientConfig: n.tlsConfig()}
	client, err := restapi.NewClient(restapi.Riyadh, appID, secret, restapi.WithHTTPClient(&http.Client{Transport: transport}),
		restapi.WithLogger(slog.New(slog.NewTextHandler(&log, nil))),
		restapi.WithRetry(restapi.RetryConfig{BaseDelay: time.Microsecond, MaxDelay: time.Microsecond}))
	require.NoError(t, err)
	require.NoError(t, client.Call(t.Context(), addCommand, nil, nil))
	assert.Equal(t, []string{host}, n.dials)

	n.set(host, true)
	n.dials = nil
	require.ErrorIs(t, client.Call(t.Context(), addCommand, nil, nil), restapi.ErrTemporary)
	assert.Equal(t, []string{host, host, host}, n.dials)
	assert.NotContains(t, log.String(), "standby")

	n.set(host, false)
	n.dials = nil
	require.NoError(t, client.Call(t.Context(), addCommand, nil, nil))
	assert.Equal(t, []string{host}, n.dials)
}

// A name that leads to somebody else's machine shows in the certificate.
func TestBadCertificateOnThePrimary(t *testing.T) {
	t.Parallel()
	n := newNetwork(t)
	transport := &http.Transport{
		DisableKeepAlives: true,
		DialTLSContext: func(ctx context.Context, _, address string) (net.Conn, error) {
			host, _, _ := net.SplitHostPort(address)
			cfg := n.tlsConfig()
			if host == primaryHost {
				cfg.ServerName = "not-in-the-certificate.example"
			}
			d := tls.Dialer{Config: cfg}
			return d.DialContext(ctx, "tcp", n.server.Listener.Addr().String())
		},
	}
	client := newClient(t, restapi.WithHTTPClient(&http.Client{Transport: transport}))
	require.NoError(t, client.Call(t.Context(), addCommand, nil, nil))
	assert.Equal(t, []string{standbyHost}, n.take())
}

// A server that is reached but does not answer is not a host that is down: what it was sent may have been done.
func TestHungServerIsNoFailover(t *testing.T) {
	t.Parallel()
	n := newNetwork(t)
	n.server.Config.Handler = http.HandlerFunc(hang)
	client := n.client(t, restapi.WithTimeout(50*time.Millisecond))
	require.ErrorIs(t, client.Call(t.Context(), addCommand, nil, nil), context.DeadlineExceeded)
	assert.Equal(t, []string{primaryHost}, n.dials)
}

// A host that swallows the connection attempts is noticed, a caller with no time is not held against it.
func TestDeadlineWhileConnecting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var standby atomic.Int32
		transport := &http.Transport{DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
			if !strings.HasPrefix(address, primaryHost) {
				standby.Add(1)
			}
			<-ctx.Done()
			return nil, ctx.Err()
		}}
		defer transport.CloseIdleConnections()
		client := newClient(t, restapi.WithHTTPClient(&http.Client{Transport: transport}))
		within := func(d time.Duration) {
			ctx, cancel := context.WithTimeout(t.Context(), d)
			defer cancel()
			require.ErrorIs(t, client.Call(ctx, addCommand, nil, nil), context.DeadlineExceeded)
		}
		within(100 * time.Millisecond)
		within(100 * time.Millisecond)
		assert.Zero(t, standby.Load())
		within(time.Second)
		assert.Zero(t, standby.Load(), "no time was left for it")
		within(time.Second)
		assert.EqualValues(t, 1, standby.Load(), "the next call goes to the standby at once")
	})
}

func TestTLSConfig(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(answer(answerOK))
	server.EnableHTTP2 = true
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.StartTLS()
	t.Cleanup(server.Close)
	base := restapi.WithBaseURL(server.URL)
	err := newClient(t, base).Call(t.Context(), addCommand, nil, nil)
	var certificate *tls.CertificateVerificationError
	require.ErrorAs(t, err, &certificate, "certificates are verified")
	assert.NotErrorIs(t, err, restapi.ErrTemporary)

	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	client := newClient(t, base, restapi.WithTLSConfig(&tls.Config{RootCAs: pool}))
	require.NoError(t, client.Call(t.Context(), addCommand, nil, nil))
	derived, err := newClient(t, base).With(restapi.WithTLSConfig(&tls.Config{RootCAs: pool}))
	require.NoError(t, err)
	t.Cleanup(derived.CloseIdleConnections)
	require.NoError(t, derived.Call(t.Context(), addCommand, nil, nil))
}
