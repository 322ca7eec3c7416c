package faultserver

import (
	"bufio"
	"bytes"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
)

// A Plan says what becomes of the n-th request that begins, counted from 1 over all connections. It must be safe for
// concurrent use. The zero Fault lets the request be.
type Plan func(n int) Fault

// Script does to the first requests what faults say, one each, and lets the others be.
func Script(faults ...Fault) Plan {
	return func(n int) Fault {
		if n > len(faults) {
			return Fault{}
		}
		return faults[n-1]
	}
}

// Random does to a share of the requests, from 0 to 1, one of faults each, all of them as often. The same seed makes
// the same plan.
func Random(seed uint64, share float64, faults []Fault) Plan {
	return func(n int) Fault {
		r := rand.New(rand.NewPCG(seed, uint64(n)))
		if r.Float64() >= share {
			return Fault{}
		}
		return faults[r.IntN(len(faults))]
	}
}

// Around starts a server that carries out requests by handler, those of a connection one after the other, and does to
// each what plan says. A request that is carried out runs to its end whatever the client does: its context never ends.
func Around(handler http.Handler, plan Plan) *Server {
	var begun atomic.Int64
	return New(func(s *Server, conn *net.TCPConn) {
		for in := bufio.NewReader(conn); ; {
			if _, err := in.Peek(1); err != nil {
				return
			}
			x := &exchange{server: s, conn: conn, in: in, handler: handler}
			if fault := plan(int(begun.Add(1))); fault.do != nil {
				fault.do(x)
				return
			}
			if !x.carryOut() || !x.write(x.answer()) {
				return
			}
		}
	})
}

// An exchange is one request and the answer to it.
type exchange struct {
	server  *Server
	conn    *net.TCPConn
	in      *bufio.Reader
	handler http.Handler
	request *http.Request              // nil until it has been read
	said    *httptest.ResponseRecorder // nil until it has been carried out
}

// read reads the request, and is false where it does not come whole.
func (x *exchange) read() bool {
	req, ok := x.server.Read(x.in)
	if ok {
		req.RemoteAddr = x.conn.RemoteAddr().String()
		x.request = req
	}
	return ok
}

// carryOut hands the request to the handler, once it has been read.
func (x *exchange) carryOut() bool {
	if x.request == nil && !x.read() {
		return false
	}
	x.said = httptest.NewRecorder()
	x.handler.ServeHTTP(x.said, x.request)
	return true
}

// answer is what the handler said, as it goes over the wire.
func (x *exchange) answer() []byte {
	res := x.said.Result()
	defer func() { _ = res.Body.Close() }()
	res.ContentLength = int64(x.said.Body.Len())
	var b bytes.Buffer
	_ = res.Write(&b) // into memory, from memory
	return b.Bytes()
}

func (x *exchange) write(text []byte) bool {
	_, err := x.conn.Write(text)
	return err == nil
}
