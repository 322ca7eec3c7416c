package restapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/usersig"
)

// A Client carries out commands of the REST API for one app, as one administrator. It is safe for concurrent use; make one
// and keep it.
type Client struct {
	sdkAppID uint64
	signer   *usersig.Signer // nil where a token source was given in place of the key
	region   Region
	cfg      config
	base     http.RoundTripper // below the signature
	gate     *gate             // of that, nil where it is not our own
	http     *http.Client
	hosts    *hosts
	tokens   *tokens
	budget   *budget
	invoke   Invoke
}

// NewClient returns a client for the app sdkAppID, which lives in region, with the app's secret key. It makes no call.
// Region, app and key must be given; what is missing or cannot work is an *ArgumentError.
func NewClient(region Region, sdkAppID uint64, secretKey string, opts ...Option) (*Client, error) {
	if err := region.check(); err != nil {
		return nil, err
	}
	if sdkAppID == 0 {
		return nil, &ArgumentError{Field: "sdkAppID", Reason: "is 0"}
	}
	c := &Client{
		sdkAppID: sdkAppID,
		region:   region,
		hosts:    newHosts(region.urls()),
		budget:   newBudget(),
		cfg: config{
			admin:   defaultAdmin,
			timeout: defaultTimeout,
			limiter: NewLimiter(LimiterConfig{}),
			retry:   RetryConfig{}.withDefaults(),
			logger:  slog.New(slog.DiscardHandler),
		},
	}
	if secretKey != "" {
		signer, err := usersig.New(sdkAppID, secretKey)
		if err != nil {
			return nil, &ArgumentError{Field: "secretKey", Reason: "does not serve for signing: " + err.Error()}
		}
		c.signer = signer
	}
	return c.With(opts...)
}

// With returns a client changed by opts. It shares with c whatever the options leave as it is: connections, limiter,
// retry budget and UserSig. c stays as it was.
func (c *Client) With(opts ...Option) (*Client, error) {
	derived := *c
	for _, opt := range opts {
		if opt == nil {
			return nil, &ArgumentError{Field: "option", Reason: "is nil"}
		}
		if err := opt(&derived.cfg); err != nil {
			return nil, err
		}
	}
	if err := derived.credentials(c); err != nil {
		return nil, err
	}
	derived.transport(c)
	derived.invoke = derived.call
	for _, wrap := range slices.Backward(derived.cfg.middleware) {
		derived.invoke = wrap(derived.invoke)
	}
	return &derived, nil
}

// credentials gives the client a UserSig cache, the parent's where it serves the same administrator in the same way.
func (c *Client) credentials(parent *Client) error {
	if parent.tokens != nil && c.cfg.admin == parent.cfg.admin && c.cfg.source == parent.cfg.source {
		return nil
	}
	var source TokenSource
	if c.cfg.source == nil {
		if c.signer == nil {
			return &ArgumentError{Field: "secretKey", Reason: "is empty"}
		}
		if _, err := c.signer.Sign(c.cfg.admin, adminTTL); err != nil {
			return &ArgumentError{Field: "admin", Reason: "cannot be signed for: " + err.Error()}
		}
		source = NewTokenSource(c.signer, adminTTL)
	} else {
		if c.cfg.admin == "" {
			return &ArgumentError{Field: "admin", Reason: "is empty"}
		}
		source = *c.cfg.source
	}
	c.tokens = newTokens(source, c.sdkAppID, c.cfg.admin)
	return nil
}

// transport gives the client its hosts and the way to them, the parent's connections where the options left them alone.
func (c *Client) transport(parent *Client) {
	if c.cfg.baseURL != parent.cfg.baseURL {
		c.hosts = newHosts(c.cfg.baseURL, nil)
	}
	c.http = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	given := c.cfg.client
	if given != nil {
		c.http.Jar, c.http.Timeout = given.Jar, given.Timeout
	}
	switch {
	case parent.base != nil && given == parent.cfg.client && c.cfg.tls == parent.cfg.tls:
	case given != nil && given.Transport != nil:
		c.base, c.gate = given.Transport, nil
	default:
		c.base, c.gate = newTransport(c.cfg.tls)
	}
	c.http.Transport = signing{c.base}
	for _, wrap := range slices.Backward(c.cfg.transports) {
		c.http.Transport = wrap(c.http.Transport)
	}
}

// Call carries out cmd: it sends req as JSON (nil: an empty object) and decodes the answer into resp (nil: not wanted).
//
// It waits for the command's turn at the limiter, signs, sends, and tries again where that is safe: up to three attempts
// within ctx, after a failure that proves that nothing was done or, for idempotent commands, that leaves it open. A
// UserSig that the server refuses is made anew once.
//
// A refusal by the client itself is an *ArgumentError or a *RateLimitError, with nothing sent. Any other failure is an
// *Error; errors.Is matches it with codes and classes, with context.Canceled and context.DeadlineExceeded, and with
// ErrBadResponse.
func (c *Client) Call(ctx context.Context, cmd Command, req, resp any) error {
	if !pathPart(cmd.Service) || !pathPart(cmd.Name) {
		return &ArgumentError{Command: cmd, Field: "command", Reason: "must be named by a service and a name of letters, digits and underscores"}
	}
	if ctx == nil {
		return &ArgumentError{Command: cmd, Field: "context", Reason: "is nil"}
	}
	return c.invoke(ctx, cmd, req, resp)
}

func (c *Client) call(ctx context.Context, cmd Command, req, resp any) error {
	body, err := encode(cmd, req)
	if err != nil {
		return err
	}
	start := time.Now()
	attempts, err := c.attempts(ctx, cmd, body, resp)
	if c.cfg.logger.Enabled(ctx, slog.LevelDebug) {
		c.cfg.logger.LogAttrs(ctx, slog.LevelDebug, "tencent chat call", slog.String("command", cmd.String()),
			slog.Duration("took", time.Since(start)), slog.Int("attempts", attempts), slog.Any("error", err))
	}
	return err
}

// attempts makes the attempts of one call and returns how many there were.
func (c *Client) attempts(ctx context.Context, cmd Command, body []byte, resp any) (int, error) {
	var last *Error
	signedAnew := false
	for n := 1; ; n++ {
		if err := c.admit(ctx, cmd); err != nil {
			if last != nil {
				return n - 1, last // says more than that there was no time for another attempt
			}
			return 0, err
		}
		r := c.try(ctx, cmd, body, resp)
		if r.err == nil {
			c.tokens.accept(r.token)
			c.budget.success()
			return n, nil
		}
		last = r.err
		last.Attempts = n
		if slowsDown(last.Code) {
			if s, ok := c.cfg.limiter.(Slower); ok {
				s.SlowDown(cmd, last.Code)
			}
			c.log(ctx, "refused for the rate of calls: slowing down", cmd, slog.Int("code", int(last.Code)))
		}
		if signAgain(last.Code) && !signedAnew && r.token != nil && c.tokens.again(r.token) {
			signedAnew = true
			c.log(ctx, "usersig refused: signing again", cmd, slog.Int("code", int(last.Code)))
			continue
		}
		if !c.again(ctx, cmd, n, signedAnew, r) {
			return n, last
		}
	}
}

// admit waits for the turn of an attempt.
func (c *Client) admit(ctx context.Context, cmd Command) error {
	if ctx.Err() != nil {
		return &Error{Command: cmd, Err: withContext(ctx, context.Cause(ctx))}
	}
	if c.cfg.limiter == nil {
		return nil
	}
	err := c.cfg.limiter.Wait(ctx, cmd)
	if err == nil {
		return nil
	}
	if _, refused := errors.AsType[*RateLimitError](err); refused {
		return err
	}
	return &Error{Command: cmd, Err: fmt.Errorf("waiting for the rate limit: %w", err)}
}

// again decides whether to make another attempt after n, and waits for its time.
func (c *Client) again(ctx context.Context, cmd Command, n int, signedAnew bool, r result) bool {
	if signedAnew {
		n-- // the attempt that found the UserSig bad is not one of the call's own
	}
	if n >= c.cfg.retry.MaxAttempts || ctx.Err() != nil || !retryable(cmd, r.err, r.sent) {
		return false
	}
	if r.wait > c.cfg.retry.MaxDelay {
		return false
	}
	delay := max(c.cfg.retry.delay(n), r.wait)
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= delay || !c.budget.spend() {
		return false
	}
	c.log(ctx, "trying again", cmd, slog.Int("attempts", n), slog.Duration("delay", delay), slog.Any("error", r.err))
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (c *Client) log(ctx context.Context, text string, cmd Command, attrs ...slog.Attr) {
	if c.cfg.logger.Enabled(ctx, slog.LevelWarn) {
		attrs = append([]slog.Attr{slog.String("command", cmd.String())}, attrs...)
		c.cfg.logger.LogAttrs(ctx, slog.LevelWarn, text, attrs...)
	}
}

// CloseIdleConnections closes the connections that are not in use, also those of clients that share them.
func (c *Client) CloseIdleConnections() { signing{c.base}.CloseIdleConnections() }

// String returns the app and the region. No form of printing a client shows its key.
func (c *Client) String() string {
	return fmt.Sprintf("restapi.Client(sdkappid %d, region %s)", c.sdkAppID, c.region)
}

// GoString returns the same as String.
func (c *Client) GoString() string { return c.String() }

// encode returns the body of a request. It is an object and never empty.
func encode(cmd Command, req any) ([]byte, error) {
	if req == nil {
		return []byte("{}"), nil
	}
	data, err := json.Marshal(req)
	switch {
	case err != nil:
		return nil, &ArgumentError{Command: cmd, Field: "request", Reason: "does not encode to JSON: " + err.Error()}
	case bytes.Equal(data, []byte("null")):
		return []byte("{}"), nil
	case data[0] != '{':
		return nil, &ArgumentError{Command: cmd, Field: "request", Reason: "does not encode to a JSON object"}
	}
	return data, nil
}

// pathPart says whether s can stand in a URL's path as it is.
func pathPart(s string) bool {
	const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
	return s != "" && strings.Trim(s, allowed) == ""
}
