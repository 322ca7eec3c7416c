package restapi

import (
	"fmt"
	"log/slog"
	"net/http"
	"slices"

	"github.com/go-tencentchat/tencentchat/usersig"
)

// A Client carries out commands of the REST API for one app, as one administrator. It is safe for concurrent use; make
// one and keep it.
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
	if err := derived.transport(c); err != nil {
		return nil, err
	}
	derived.invoke = derived.call
	for _, wrap := range slices.Backward(derived.cfg.middleware) {
		if derived.invoke = wrap(derived.invoke); derived.invoke == nil {
			return nil, &ArgumentError{Field: "middleware", Reason: "returned nil"}
		}
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
		source = signerSource{c.signer}
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
func (c *Client) transport(parent *Client) error {
	if c.cfg.baseURL != parent.cfg.baseURL {
		c.hosts = newHosts(c.cfg.baseURL, nil)
	}
	c.http = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	given := c.cfg.client
	if given != nil && c.cfg.tls != nil {
		return &ArgumentError{Field: "TLS config", Reason: "does not go with WithHTTPClient: set it in the transport of that"}
	}
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
		if c.http.Transport = wrap(c.http.Transport); c.http.Transport == nil { // net/http's own would be used, unsigned
			return &ArgumentError{Field: "transport", Reason: "returned nil"}
		}
	}
	return nil
}

// CloseIdleConnections closes the connections that are not in use, also those of clients that share them.
func (c *Client) CloseIdleConnections() { signing{c.base}.CloseIdleConnections() }

// String returns the app and the region. No form of printing a client shows its key.
func (c *Client) String() string {
	return fmt.Sprintf("restapi.Client(sdkappid %d, region %s)", c.sdkAppID, c.region)
}

// GoString returns the same as String.
func (c *Client) GoString() string { return c.String() }
