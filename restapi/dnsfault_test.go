package restapi_test

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// resolving returns a client whose names are looked up at a name server in memory; both hosts of the region have the same
// fate: serve.
func resolving(t *testing.T, serve func(query []byte, conn net.Conn)) *restapi.Client {
	t.Helper()
	over, end := context.WithCancel(context.Background())
	t.Cleanup(end) // the resolver itself goes on for seconds after nobody waits for it
	resolver := &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		if over.Err() != nil {
			return nil, over.Err()
		}
		ours, theirs := net.Pipe() // not a PacketConn: the protocol is that of TCP, with a length before each message
		closing := context.AfterFunc(over, func() { theirs.Close() })
		go func() {
			defer closing()
			defer theirs.Close()
			var length [2]byte
			for {
				if _, err := io.ReadFull(theirs, length[:]); err != nil {
					return
				}
				query := make([]byte, binary.BigEndian.Uint16(length[:]))
				if _, err := io.ReadFull(theirs, query); err != nil {
					return
				}
				serve(query, theirs)
			}
		}()
		return ours, nil
	}}
	dialer := &net.Dialer{Resolver: resolver}
	transport := &http.Transport{DialContext: dialer.DialContext}
	return newClient(t, restapi.WithHTTPClient(&http.Client{Transport: transport}), restapi.WithTimeout(100*time.Millisecond))
}

// refusing answers a query with an error code.
func refusing(code byte) func([]byte, net.Conn) {
	return func(query []byte, conn net.Conn) {
		query[2] |= 0x80 // an answer
		query[3] = 0x80 | code
		_, _ = conn.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(query))), query...))
	}
}

// A name that cannot be looked up means that nothing was sent: any command is tried again, at both hosts.
func TestDNSFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		serve    func([]byte, net.Conn)
		notFound bool
		timeout  bool
	}{
		{"no such name", refusing(3), true, false},
		{"server failure", refusing(2), false, false},
		{"garbage", func(_ []byte, conn net.Conn) { _, _ = conn.Write([]byte{0, 4, 1, 2, 3, 4}) }, false, false},
		{"closed", func(_ []byte, conn net.Conn) { conn.Close() }, false, false},
		{"no answer", func([]byte, net.Conn) {}, false, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			err := resolving(t, test.serve).Call(t.Context(), addCommand, nil, nil)
			var e *restapi.Error
			require.ErrorAs(t, err, &e)
			require.ErrorIs(t, err, restapi.ErrTemporary)
			assert.Equal(t, 3, e.Attempts)
			if test.timeout {
				require.ErrorIs(t, err, context.DeadlineExceeded)
				return
			}
			var failure *net.DNSError
			require.ErrorAs(t, err, &failure)
			assert.Equal(t, test.notFound, failure.IsNotFound)
		})
	}
}
