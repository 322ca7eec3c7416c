package restapi

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// An Option changes a client, in NewClient and in Client.With.
type Option func(*config) error

// Invoke carries out a call: what Client.Call does after it has checked ctx and cmd.
type Invoke func(ctx context.Context, cmd Command, req, resp any) error

// A Middleware puts code around every call, retries included. It sees the decoded values and never the UserSig.
type Middleware func(next Invoke) Invoke

const (
	defaultAdmin   = "administrator"
	defaultTimeout = 5 * time.Second
)

type config struct {
	admin      string
	source     *TokenSource // nil: sign with the secret key; a pointer, as sources need not be comparable
	baseURL    *url.URL     // nil: the region's hosts
	tls        *tls.Config
	client     *http.Client // nil: a transport of our own
	transports []func(http.RoundTripper) http.RoundTripper
	timeout    time.Duration
	limiter    Limiter // nil: none
	retry      RetryConfig
	logger     *slog.Logger
	observe    func(context.Context, Event) // nil: nobody
	middleware []Middleware
}

// WithAdmin sets the administrator that calls are made as: a UserID that is an administrator of the app in the console.
// The default is "administrator".
func WithAdmin(userID string) Option {
	return func(c *config) error {
		c.admin = userID
		return nil
	}
}

// WithTokenSource makes the client take the administrator's UserSigs from source. The secret key may then be empty.
func WithTokenSource(source TokenSource) Option {
	return func(c *config) error {
		if source == nil {
			return &ArgumentError{Field: "token source", Reason: "is nil"}
		}
		c.source = &source
		return nil
	}
}

// WithBaseURL sends calls to address, such as the URL of a restapitest.Server or of a gateway, in place of the region's
// hosts; there is no standby then. A path is kept in front of /v4, escaped as it is. Over plain http everyone on the
// way can read the UserSig: that is for local servers.
func WithBaseURL(address string) Option {
	return func(c *config) error {
		u, err := url.Parse(address)
		if err != nil {
			return &ArgumentError{Field: "base URL", Reason: "is not a URL"} // the parser's text quotes the address
		}
		switch {
		case u.Scheme != "http" && u.Scheme != "https":
			return &ArgumentError{Field: "base URL", Reason: "must begin with https:// or http://"}
		case u.Host == "":
			return &ArgumentError{Field: "base URL", Reason: "has no host"}
		case u.User != nil, u.RawQuery != "", u.Fragment != "":
			return &ArgumentError{Field: "base URL", Reason: "must have no user, query or fragment"}
		}
		escaped := u.EscapedPath()
		path := strings.TrimRight(escaped, "/")
		c.baseURL = &url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimSuffix(u.Path, escaped[len(path):])}
		if u.RawPath != "" { // a gateway may tell %2F from a slash
			c.baseURL.RawPath = path
		}
		return nil
	}
}

// WithTLSConfig sets the TLS configuration of the client's own transport, for a private certificate authority or a
// client certificate. Together with WithHTTPClient it is an *ArgumentError: set it in the transport of that client.
func WithTLSConfig(cfg *tls.Config) Option {
	return func(c *config) error {
		if cfg == nil {
			return &ArgumentError{Field: "TLS config", Reason: "is nil"}
		}
		c.tls = cfg.Clone()
		return nil
	}
}

// WithHTTPClient makes calls with client's Transport, Jar and Timeout. Its transport sees the signed URL, UserSig
// included: to observe calls use WithTransport. Redirects are never followed. It does not go with WithTLSConfig.
func WithHTTPClient(client *http.Client) Option {
	return func(c *config) error {
		if client == nil {
			return &ArgumentError{Field: "HTTP client", Reason: "is nil"}
		}
		c.client = client
		return nil
	}
}

// WithTransport puts a RoundTripper around the one that signs, for tracing and metrics:
//
//	restapi.WithTransport(func(next http.RoundTripper) http.RoundTripper { return otelhttp.NewTransport(next) })
//
// It sees every attempt, and a URL without a query: that is added below it, with the UserSig and with what the request
// asked for. It must pass on the request's context. One that answers by itself counts as sent: after its failure a
// command that is not idempotent is tried again within its RepeatWithin alone.
func WithTransport(wrap func(next http.RoundTripper) http.RoundTripper) Option {
	return func(c *config) error {
		if wrap == nil {
			return &ArgumentError{Field: "transport", Reason: "is nil"}
		}
		c.transports = append(slices.Clip(c.transports), wrap)
		return nil
	}
}

// WithTimeout sets how long one attempt may take, from connecting to the last byte of the answer; 5 seconds by default.
// The service itself gives up after 3 seconds: with less than that a call that the service is still working on is given
// up, and whether it was carried out is unknown. The context bounds the call as a whole.
func WithTimeout(d time.Duration) Option {
	return func(c *config) error {
		if d <= 0 {
			return &ArgumentError{Field: "timeout", Reason: "must be above 0"}
		}
		c.timeout = d
		return nil
	}
}

// WithLimiter sets the limiter; nil is none. By default a client has one of its own, NewLimiter(LimiterConfig{}).
// Clients of one app in one process should share one.
func WithLimiter(limiter Limiter) Option {
	return func(c *config) error {
		c.limiter = limiter
		return nil
	}
}

// WithRetry sets how often calls are tried again. Negative fields are an *ArgumentError, as all that is wrong with an
// option. NewLimiter panics in their place: it is called with constants at start-up, and has one result so that it can
// stand as an argument of WithLimiter.
func WithRetry(cfg RetryConfig) Option {
	return func(c *config) error {
		if cfg.MaxAttempts < 0 || cfg.BaseDelay < 0 || cfg.MaxDelay < 0 {
			return &ArgumentError{Field: "retry", Reason: "must have no negative fields"}
		}
		c.retry = cfg.withDefaults()
		return nil
	}
}

// WithLogger logs each call at level debug and retries, slow-downs and a move to the standby host at level warn. nil,
// the default, logs nothing. No record holds a UserSig or a key.
func WithLogger(logger *slog.Logger) Option {
	return func(c *config) error {
		if logger == nil {
			logger = slog.New(slog.DiscardHandler)
		}
		c.logger = logger
		return nil
	}
}

// WithMiddleware adds middleware around every call; the first is the outermost. A client made by With keeps those of
// its parent outside of its own.
func WithMiddleware(middleware ...Middleware) Option {
	return func(c *config) error {
		for _, m := range middleware {
			if m == nil {
				return &ArgumentError{Field: "middleware", Reason: "is nil"}
			}
		}
		c.middleware = append(slices.Clip(c.middleware), middleware...)
		return nil
	}
}
