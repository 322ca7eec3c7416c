package restapi

import (
	"crypto/tls"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// newTransport returns a transport of the client's own. It keeps as many idle connections to a host as there may be
// calls under way: http.DefaultTransport keeps two, and a busy client then makes a new connection for most calls.
func newTransport(cfg *tls.Config) (*http.Transport, *gate) {
	g := &gate{dialer: net.Dialer{Timeout: 3 * time.Second, KeepAlive: 30 * time.Second}, open: make(map[string]int64)}
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         g.dial,
		TLSClientConfig:     cfg,
		TLSHandshakeTimeout: 3 * time.Second,
		ForceAttemptHTTP2:   true,
		// The default, 10 MiB, also lets through thousands of 1xx answers.
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConns:           512,
		MaxIdleConnsPerHost:    256,
		IdleConnTimeout:        90 * time.Second,
		ExpectContinueTimeout:  time.Second,
		// A connection that a firewall has forgotten is found by a ping, not by calls that hang.
		HTTP2: &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 5 * time.Second},
	}, g
}

// signing adds the query, UserSig included. It is the innermost RoundTripper of ours: what lies around it, and the
// errors of net/http, know a URL without a query.
type signing struct{ next http.RoundTripper }

func (s signing) RoundTrip(req *http.Request) (*http.Response, error) {
	a, _ := req.Context().Value(attemptKey{}).(*attempt)
	switch {
	case a == nil:
		return nil, errors.New("the transport around the client did not pass on the request's context")
	case req.URL == nil:
		return nil, errors.New("the transport around the client did not pass on the request's URL")
	}
	tok, err := a.tokens.get(req.Context())
	if err != nil {
		a.unsigned.Store(true)
		return nil, err
	}
	a.token.Store(tok)
	hidden := secret{tok, a.query}
	// New ones each time: a transport around this one may send the request again.
	signed := &struct {
		request http.Request
		url     url.URL
	}{*req, *req.URL}
	var buf [768]byte // room for any query that the vendor's own libraries make
	raw := append(buf[:0], tok.fixed...)
	if a.query != "" {
		raw = append(append(raw, '&'), a.query...)
	}
	raw = append(raw, "&random="...)
	signed.url.RawQuery = string(strconv.AppendUint(raw, uint64(rand.Uint32()), 10))
	signed.request.URL = &signed.url
	res, err := s.next.RoundTrip(&signed.request)
	if res != nil {
		// A redirect is not followed, and its address may hold the query. http.Client quotes one that it cannot parse.
		res.Header.Del("Location")
		res.Request = req    // net/http and others quote the URL of the response's request
		if res.Body != nil { // net/http puts an empty one in the place of none
			res.Body = concealingBody{res.Body, hidden}
		}
	}
	return res, hidden.conceal(err)
}

// CloseIdleConnections makes http.Client.CloseIdleConnections reach the transport.
func (s signing) CloseIdleConnections() {
	if c, ok := s.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}
