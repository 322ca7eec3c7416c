package restapi_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/faultserver"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An authority issues certificates.
type authority struct {
	key  *ecdsa.PrivateKey
	cert *x509.Certificate
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	a := &authority{key: key, cert: &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}}
	a.cert, err = x509.ParseCertificate(a.sign(t, a.cert, key).Certificate[0])
	require.NoError(t, err)
	return a
}

func (a *authority) sign(t *testing.T, template *x509.Certificate, key *ecdsa.PrivateKey) tls.Certificate {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, key.Public(), a.key)
	require.NoError(t, err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// server returns the configuration of a server at 127.0.0.1, whose certificate edit may spoil.
func (a *authority) server(t *testing.T, edit func(*x509.Certificate)) *tls.Config {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	if edit != nil {
		edit(template)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	return &tls.Config{Certificates: []tls.Certificate{a.sign(t, template, key)}, MinVersion: tls.VersionTLS10}
}

// handshake makes the handshake and then does what then says.
func handshake(cfg *tls.Config, then func(f *faultserver.Server, raw *net.TCPConn, c *tls.Conn)) func(*faultserver.Server, *net.TCPConn) {
	return func(f *faultserver.Server, raw *net.TCPConn) {
		c := tls.Server(raw, cfg)
		if c.Handshake() == nil && then != nil {
			then(f, raw, c)
		}
	}
}

func TestTLSFaults(t *testing.T) {
	t.Parallel()
	ca, stranger := newAuthority(t), newAuthority(t)
	good := ca.server(t, nil)
	old, demanding := good.Clone(), good.Clone()
	old.MaxVersion = tls.VersionTLS11
	demanding.ClientAuth = tls.RequireAnyClientCert
	const (
		notSent = 3 // attempts of any command, as no byte of it left
		maybe   = 1 // of one that is not idempotent; three of the others
	)
	hello := func(c *net.TCPConn) { _, _ = c.Read(make([]byte, 4<<10)) }
	tests := []struct {
		name     string
		fault    func(f *faultserver.Server, conn *net.TCPConn)
		attempts int
		is       error // besides ErrTemporary
	}{
		{"no TLS but HTTP", func(_ *faultserver.Server, c *net.TCPConn) {
			hello(c)
			_, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
			faultserver.Stall(c)
		}, notSent, http.ErrSchemeMismatch},
		{"no TLS but something else", func(_ *faultserver.Server, c *net.TCPConn) {
			_, _ = io.WriteString(c, "220 mail.example ESMTP\r\n")
			faultserver.Stall(c)
		}, notSent, nil},
		{"closed before the handshake", func(*faultserver.Server, *net.TCPConn) {}, notSent, nil},
		{"closed within the handshake", func(_ *faultserver.Server, c *net.TCPConn) { hello(c) }, notSent, nil},
		{"reset within the handshake", func(_ *faultserver.Server, c *net.TCPConn) { hello(c); faultserver.Reset(c) }, notSent, nil},
		{"reset behind half a record", func(_ *faultserver.Server, c *net.TCPConn) {
			hello(c)
			_, _ = c.Write([]byte{22, 3, 3, 0, 90, 2, 0})
			faultserver.Reset(c)
		}, notSent, nil},
		{"stall before the handshake", func(_ *faultserver.Server, c *net.TCPConn) { faultserver.Stall(c) }, notSent, context.DeadlineExceeded},
		{"stall within the handshake", func(_ *faultserver.Server, c *net.TCPConn) {
			hello(c)
			_, _ = c.Write([]byte{22, 3, 3, 0, 90, 2, 0})
			faultserver.Stall(c)
		}, notSent, context.DeadlineExceeded},
		{"refused by an alert", func(_ *faultserver.Server, c *net.TCPConn) {
			hello(c)
			_, _ = c.Write([]byte{21, 3, 1, 0, 2, 2, 40})
			faultserver.Stall(c)
		}, notSent, nil},
		{"TLS 1.1 at most", handshake(old, nil), notSent, nil},
		{"an alert behind the handshake", handshake(demanding, nil), maybe, nil},
		{"closed behind the handshake", handshake(good, func(*faultserver.Server, *net.TCPConn, *tls.Conn) {}), maybe, nil},
		{"reset behind the handshake", handshake(good, func(_ *faultserver.Server, raw *net.TCPConn, _ *tls.Conn) { faultserver.Reset(raw) }), maybe, nil},
		{"closed without notice behind the request", handshake(good, func(f *faultserver.Server, raw *net.TCPConn, c *tls.Conn) {
			f.ReadOne(c)
			_ = raw.CloseWrite()
			faultserver.Stall(raw)
		}), maybe, nil},
		{"a record that does not decrypt", handshake(good, func(f *faultserver.Server, raw *net.TCPConn, c *tls.Conn) {
			f.ReadOne(c)
			_, _ = raw.Write(append([]byte{23, 3, 3, 0, 32}, make([]byte, 32)...))
			faultserver.Stall(raw)
		}), maybe, nil},
		{"stall behind the handshake", handshake(good, func(_ *faultserver.Server, raw *net.TCPConn, _ *tls.Conn) { faultserver.Stall(raw) }), maybe, context.DeadlineExceeded},
	}
	for _, test := range tests {
		for name, cmd := range map[string]restapi.Command{"idempotent": setCommand, "not idempotent": addCommand} {
			t.Run(test.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				f := newFaulty(t, test.fault)
				client := ca.client(t, f, restapi.WithTimeout(patience(test.name, test.is)))
				err := client.Call(t.Context(), cmd, nil, nil)
				var e *restapi.Error
				require.ErrorAs(t, err, &e)
				require.ErrorIs(t, err, restapi.ErrTemporary)
				if test.is != nil {
					require.ErrorIs(t, err, test.is)
				}
				want := test.attempts
				if cmd.Idempotent {
					want = 3
				}
				assert.Equal(t, want, e.Attempts, "%v", err)
				assert.LessOrEqual(t, f.Conns(), want)
				if !cmd.Idempotent {
					assert.LessOrEqual(t, f.Requests(), 1, "never twice")
				}
				noneLeft(t, f, client)
			})
		}
	}
	for name, cfg := range map[string]*tls.Config{
		"wrong name":        ca.server(t, func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 2)} }),
		"expired":           ca.server(t, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }),
		"not yet":           ca.server(t, func(c *x509.Certificate) { c.NotBefore = time.Now().Add(24 * time.Hour) }),
		"unknown authority": stranger.server(t, nil),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFaulty(t, handshake(cfg, func(f *faultserver.Server, _ *net.TCPConn, c *tls.Conn) { f.ReadOne(c) }))
			client := ca.client(t, f)
			err := client.Call(t.Context(), setCommand, nil, nil)
			_, refused := errors.AsType[*tls.CertificateVerificationError](err)
			assert.True(t, refused, "%v", err)
			require.NotErrorIs(t, err, restapi.ErrTemporary, "another try meets the same certificate")
			assert.Equal(t, 1, f.Conns())
			assert.Zero(t, f.Requests(), "no UserSig for a stranger")
			noneLeft(t, f, client)
		})
	}
}

// Where neither a length nor TLS tells the end of an answer, its JSON does.
func TestCutWithinTLS(t *testing.T) {
	t.Parallel()
	ca := newAuthority(t)
	f := newFaulty(t, handshake(ca.server(t, nil), func(f *faultserver.Server, raw *net.TCPConn, c *tls.Conn) {
		f.ReadOne(c)
		_, _ = io.WriteString(c, okHead+"\r\n"+answerOK[:20])
		_ = raw.CloseWrite()
		faultserver.Stall(raw)
	}))
	client := ca.client(t, f)
	require.ErrorIs(t, client.Call(t.Context(), setCommand, nil, nil), restapi.ErrBadResponse)
	noneLeft(t, f, client)
}

// client returns a client of f that trusts a.
func (a *authority) client(t *testing.T, f *faultserver.Server, opts ...restapi.Option) *restapi.Client {
	t.Helper()
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	opts = append(opts, restapi.WithBaseURL("https://"+f.Addr()), restapi.WithTLSConfig(&tls.Config{RootCAs: pool}))
	return newClient(t, opts...)
}
