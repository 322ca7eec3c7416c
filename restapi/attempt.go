package restapi

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/ctxerr"
)

// hastyDeadline is the least time to connect after which a deadline counts against the host and not against the caller.
const hastyDeadline = 500 * time.Millisecond

// The values of the headers of every request. Nobody writes to them: to set a header is to put another slice in its
// place.
var (
	contentType = []string{"application/json"}
	agent       = []string{"go-tencentchat"}
)

// A result is the outcome of one attempt.
type result struct {
	token *token        // the one it was signed with; nil where it did not come to that
	sent  bool          // a server may have seen the request
	err   *Error        // nil on success
	wait  time.Duration // the least time before another attempt, as a gateway asked for
}

// attempt is what one HTTP request of a call carries past net/http in its context.
type attempt struct {
	//nolint:containedctx // the attempt is the request's context, and lives as long
	context.Context

	tokens   *tokens
	query    string                // that the request asked for
	token    atomic.Pointer[token] // the one that the request was signed with
	unsigned atomic.Bool           // there was none to sign it with
	asked    atomic.Bool           // the transport began to get a connection
	got      atomic.Bool           // and had one

	// Parts of the request that live as long as it does: one allocation for all of them.
	url   url.URL
	body  bytes.Reader
	trace httptrace.ClientTrace
}

type attemptKey struct{}

func (a *attempt) Value(key any) any {
	if key == (attemptKey{}) {
		return a
	}
	return a.Context.Value(key)
}

// traced returns the context to send the request with.
func (a *attempt) traced() context.Context {
	a.trace.GetConn = func(string) { a.asked.Store(true) }
	a.trace.GotConn = func(httptrace.GotConnInfo) { a.got.Store(true) }
	return httptrace.WithClientTrace(a, &a.trace)
}

// sent is false only where it is certain that not a byte reached a server: there was no UserSig, or the transport never
// had a connection. A transport that does not report on its connections leaves that open, and so does one around the
// client that answers by itself: it may have sent the request in a way of its own.
func (a *attempt) sent() bool {
	if a.unsigned.Load() && a.token.Load() == nil {
		return false
	}
	return a.got.Load() || !a.asked.Load()
}

// try makes one attempt: at the host in use and, when no connection to that can be made, at the other one.
func (c *Client) try(ctx context.Context, cmd Command, send request, repeats window, resp any) result {
	first, second := c.hosts.pick()
	r := c.send(ctx, first, cmd, send, resp)
	if r.err == nil || r.sent || second == nil || ctx.Err() != nil || !repeats.allow(time.Now()) {
		return r
	}
	return c.send(ctx, second, cmd, send, resp)
}

// send makes one HTTP request.
func (c *Client) send(parent context.Context, host *url.URL, cmd Command, send request, resp any) (r result) {
	start := time.Now()
	ctx, cancel := context.WithTimeout(parent, c.cfg.timeout)
	defer cancel()
	if c.gate != nil {
		c.gate.underWay.Add(1)
		defer c.gate.underWay.Add(-1)
	}
	a := &attempt{Context: ctx, tokens: c.tokens, query: send.query}
	a.url = url.URL{Scheme: host.Scheme, Host: host.Host, Path: cmd.below(host.Path + "/")}
	if host.RawPath != "" {
		a.url.RawPath = cmd.below(host.RawPath + "/")
	}
	a.body.Reset(send.body)
	req := (&http.Request{
		Method:        http.MethodPost,
		URL:           &a.url,
		Header:        http.Header{"Content-Type": contentType, "User-Agent": agent},
		Body:          io.NopCloser(&a.body), // a body of a type of our own would cost a packet: net/http knows this one
		GetBody:       func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(send.body)), nil },
		ContentLength: int64(len(send.body)),
	}).WithContext(a.traced()) //nolint:contextcheck // an attempt is the context that it was given, and more
	res, err := c.http.Do(req)
	r.token, r.sent = a.token.Load(), a.sent()
	hidden := secret{r.token, send.query}
	switch {
	case a.got.Load():
		if c.hosts.reached(host) {
			c.log(ctx, "the first host can be connected to again", cmd)
			c.observe(parent, Event{Kind: FailedBack, Command: cmd})
		}
	case a.asked.Load() && err != nil && hostAtFault(ctx, err, time.Since(start)):
		if c.hosts.unreachable(host) {
			c.log(ctx, "the first host cannot be connected to: using the standby", cmd)
			c.failedOver(parent, cmd, hidden, err)
		}
	}
	if err != nil {
		r.err = &Error{Command: cmd, Err: hidden.conceal(ctxerr.With(parent, err))}
		return r
	}
	defer func() { _ = res.Body.Close() }()
	e := read(res, resp, hidden)
	if e != nil {
		e.Command, e.HTTPStatus = cmd, res.StatusCode
		e.Info, e.Display, e.RequestID = hidden.redact(e.Info), hidden.redact(e.Display), hidden.redact(e.RequestID)
		e.Err = hidden.conceal(e.Err)
		if temporaryStatus(res.StatusCode) {
			r.wait = retryAfter(res.Header)
		}
	}
	r.err = e
	return r
}

// hostAtFault says whether a failure to connect speaks against the host. A caller that gives up does not.
func hostAtFault(ctx context.Context, err error, took time.Duration) bool {
	if errors.Is(err, context.Canceled) {
		return false
	}
	return ctx.Err() == nil || took >= hastyDeadline
}
