package restapi

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// gatePoll is how often a dial that is held back looks again. Only calls that begin while connections are being made
	// ever wait.
	gatePoll = 2 * time.Millisecond
	// gateMost is how long it is held back at most: a connection that it waits for may hang in its handshake.
	gateMost = 250 * time.Millisecond
)

var errNotNeeded = errors.New("the connection is not needed any more")

// A gate keeps a transport from opening more connections to an address than there are calls under way. net/http begins
// to dial for every call that finds no idle connection, and goes on when the call has been served by another one that
// came free: 64 workers that start together then make twice as many connections and more, the slower a handshake is.
type gate struct {
	dialer   net.Dialer
	underWay atomic.Int64 // attempts

	mu   sync.Mutex
	open map[string]int64 // connections and dials, by address
}

// dial connects to address as soon as there are fewer connections to it than attempts under way: otherwise one of those
// is free, or about to be.
func (g *gate) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if a, _ := ctx.Value(attemptKey{}).(*attempt); a != nil {
		if err := g.hold(a, address); err != nil {
			return nil, err
		}
	} else {
		g.add(address, 1)
	}
	conn, err := g.dialer.DialContext(ctx, network, address)
	if err != nil {
		g.add(address, -1)
		return nil, err
	}
	return &gatedConn{Conn: conn, closed: sync.OnceFunc(func() { g.add(address, -1) })}, nil
}

// hold waits until the attempt may dial. Its error is that of an attempt that has ended; errNotNeeded is seen by
// nobody, as the attempt has a connection.
func (g *gate) hold(a *attempt, address string) error {
	for begin := time.Now(); ; {
		g.mu.Lock()
		if g.open[address] < g.underWay.Load() || time.Since(begin) >= gateMost {
			g.open[address]++
			g.mu.Unlock()
			return nil
		}
		g.mu.Unlock()
		timer := time.NewTimer(gatePoll)
		select {
		case <-a.Done():
			timer.Stop()
			return a.Err()
		case <-timer.C:
		}
		if a.got.Load() {
			return errNotNeeded
		}
	}
}

func (g *gate) add(address string, n int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open[address] += n; g.open[address] == 0 {
		delete(g.open, address)
	}
}

// gatedConn tells the gate when it is closed.
type gatedConn struct {
	net.Conn

	closed func()
}

func (c *gatedConn) Close() error {
	c.closed()
	return c.Conn.Close()
}
