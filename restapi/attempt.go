package restapi

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxAnswer is the largest answer that is read. The largest that the vendor documents is 1 MB, of the group commands.
const maxAnswer = 8 << 20

// hastyDeadline is the least time to connect after which a deadline counts against the host and not against the caller.
const hastyDeadline = 500 * time.Millisecond

// The values of the headers of every request. Nobody writes to them: to set a header is to put another slice in its place.
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

// try makes one attempt: at the host in use and, when no connection to that can be made, at the other one.
func (c *Client) try(ctx context.Context, cmd Command, body []byte, resp any) result {
	first, second := c.hosts.pick()
	r := c.send(ctx, first, cmd, body, resp)
	if r.err == nil || r.sent || second == nil || ctx.Err() != nil {
		return r
	}
	return c.send(ctx, second, cmd, body, resp)
}

// send makes one HTTP request.
func (c *Client) send(parent context.Context, host *url.URL, cmd Command, body []byte, resp any) (r result) {
	start := time.Now()
	ctx, cancel := context.WithTimeout(parent, c.cfg.timeout)
	defer cancel()
	if c.gate != nil {
		c.gate.underWay.Add(1)
		defer c.gate.underWay.Add(-1)
	}
	a := &attempt{Context: ctx, tokens: c.tokens}
	a.url = url.URL{Scheme: host.Scheme, Host: host.Host, Path: cmd.below(host.Path + "/")}
	a.body.Reset(body)
	req := (&http.Request{
		Method:        http.MethodPost,
		URL:           &a.url,
		Header:        http.Header{"Content-Type": contentType, "User-Agent": agent},
		Body:          io.NopCloser(&a.body), // a body of a type of our own would cost a packet: net/http knows this one
		GetBody:       func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil },
		ContentLength: int64(len(body)),
	}).WithContext(a.traced())
	res, err := c.http.Do(req)
	r.token, r.sent = a.token.Load(), a.sent()
	switch {
	case a.got.Load():
		if c.hosts.reached(host) {
			c.log(ctx, "the first host can be connected to again", cmd)
		}
	case a.asked.Load() && err != nil && hostAtFault(ctx, err, time.Since(start)):
		if c.hosts.unreachable(host) {
			c.log(ctx, "the first host cannot be connected to: using the standby", cmd)
		}
	}
	if err != nil {
		r.err = &Error{Command: cmd, Err: r.token.conceal(withContext(parent, err))}
		return r
	}
	defer func() { _ = res.Body.Close() }()
	e := read(res, resp)
	if e != nil {
		e.Command, e.HTTPStatus = cmd, res.StatusCode
		e.Info, e.Display, e.RequestID = r.token.redact(e.Info), r.token.redact(e.Display), r.token.redact(e.RequestID)
		e.Err = r.token.conceal(e.Err)
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

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// read decodes an answer into resp. The status comes first: a body behind another status than 200 is a gateway's.
func read(res *http.Response, resp any) *Error {
	if res.StatusCode != http.StatusOK {
		if res.StatusCode != http.StatusSwitchingProtocols { // behind that stands a bare connection, which no context ends
			_, _ = io.CopyN(io.Discard, res.Body, 4<<10) // so that the connection can be used again
		}
		if temporaryStatus(res.StatusCode) {
			return &Error{}
		}
		if res.StatusCode >= 300 && res.StatusCode < 400 {
			return &Error{Err: fmt.Errorf("%w: a redirect, which is never followed", ErrBadResponse)}
		}
		return &Error{Err: ErrBadResponse}
	}
	if res.ContentLength > maxAnswer {
		return &Error{Err: tooLarge()}
	}
	buffer := buffers.Get().(*bytes.Buffer)
	defer func() {
		if buffer.Cap() <= 64<<10 { // one large answer must not stay in memory
			buffer.Reset()
			buffers.Put(buffer)
		}
	}()
	var body io.Reader = res.Body
	if res.ContentLength < 0 {
		body = io.LimitReader(body, maxAnswer+1) // net/http sees to a length that was announced
	}
	n, err := buffer.ReadFrom(body)
	switch {
	case badCompression(err):
		return &Error{Err: fmt.Errorf("%w: %w", ErrBadResponse, err)}
	case err != nil:
		return &Error{Err: fmt.Errorf("reading the answer: %w", err)}
	case n > maxAnswer:
		return &Error{Err: tooLarge()}
	case n == 0:
		return &Error{Err: fmt.Errorf("%w: it is empty", ErrBadResponse)}
	}
	return decode(buffer.Bytes(), resp)
}

// badCompression says whether an answer came through and is not what its Content-Encoding says.
func badCompression(err error) bool {
	if _, corrupt := errors.AsType[flate.CorruptInputError](err); corrupt {
		return true
	}
	return errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum)
}

func tooLarge() error {
	return fmt.Errorf("%w: it is over %d MiB", ErrBadResponse, maxAnswer>>20)
}

// decode reads the fields that every answer has and, on success, the answer into resp.
func decode(data []byte, resp any) *Error {
	var common struct {
		ErrorCode    json.Number // tells 0 from none
		ErrorInfo    string
		ErrorDisplay string
		RequestID    string `json:"RequestId"`
	}
	if err := json.Unmarshal(data, &common); err != nil {
		if _, wrongType := errors.AsType[*json.UnmarshalTypeError](err); !wrongType || common.ErrorCode == "" {
			return &Error{Err: fmt.Errorf("%w: %w", ErrBadResponse, err)}
		}
	}
	if common.ErrorCode == "" {
		return &Error{Err: fmt.Errorf("%w: it has no ErrorCode", ErrBadResponse)}
	}
	code, err := strconv.Atoi(string(common.ErrorCode))
	if err != nil {
		return &Error{Err: fmt.Errorf("%w: its ErrorCode is no whole number", ErrBadResponse)}
	}
	if code != 0 {
		return &Error{Code: Code(code), Info: common.ErrorInfo, Display: common.ErrorDisplay, RequestID: common.RequestID}
	}
	if resp == nil {
		return nil
	}
	if err := json.Unmarshal(data, resp); err != nil {
		return &Error{
			RequestID: common.RequestID,
			Err:       fmt.Errorf("the call succeeded, but its answer cannot be decoded: %w: %w", ErrBadResponse, err),
		}
	}
	return nil
}

// temporaryStatus says whether an HTTP status other than 200 may be gone on the next try.
func temporaryStatus(status int) bool {
	return status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= 500
}

// temporaryCause says whether a call that got no answer may get one on the next try. The caller's own giving up and a
// certificate that does not verify are final.
func temporaryCause(err error) bool {
	var certificate *tls.CertificateVerificationError
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, ErrBadResponse), errors.As(err, &certificate):
		return false
	}
	return true
}

// redact takes the UserSig out of a text of the server's, where a gateway has put in the URL it was called with.
func (t *token) redact(text string) string {
	if t == nil || text == "" {
		return text
	}
	text = strings.ReplaceAll(text, t.query, "[query]")
	text = strings.ReplaceAll(text, t.sig, "[usersig]")
	return strings.ReplaceAll(text, url.QueryEscape(t.sig), "[usersig]")
}

// withContext makes sure that the failure of a call whose context has ended matches context.Canceled or
// context.DeadlineExceeded: where the context was ended with a cause, net/http returns that alone.
func withContext(ctx context.Context, err error) error {
	if ended := ctx.Err(); ended != nil && !errors.Is(err, ended) {
		return fmt.Errorf("%w: %w", ended, err)
	}
	return err
}

// conceal does the same for an error of a transport or decoder. Such an error can still be matched, not unwrapped.
func (t *token) conceal(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	if clean := t.redact(text); clean != text {
		return &concealed{text: clean, err: err}
	}
	return err
}

type concealed struct {
	text string
	err  error
}

func (c *concealed) Error() string        { return c.text }
func (c *concealed) Is(target error) bool { return errors.Is(c.err, target) }
