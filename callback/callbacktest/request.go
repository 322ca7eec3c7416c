package callbacktest

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
)

// What NewRequest uses where no option says otherwise.
const (
	SDKAppID = 1400000001
	Token    = "callbacktest-token"
	ClientIP = "203.0.113.7"
	Target   = "http://callback.test/"
)

// An Option changes a request.
type Option func(*settings)

type settings struct {
	app      uint64
	token    string
	at       time.Time
	clientIP string
	platform callback.Platform
	target   string
	body     []byte
	handler  *callback.Handler // signs in place of app, token and at
}

// WithApp sets the app that the request is of. The default is SDKAppID.
func WithApp(sdkAppID uint64) Option {
	return func(s *settings) { s.app, s.handler = sdkAppID, nil }
}

// WithToken signs with a token. The default is Token. An empty one leaves the request unsigned.
func WithToken(token string) Option {
	return func(s *settings) { s.token, s.handler = token, nil }
}

// WithTime signs the request at a time. The default is now.
func WithTime(at time.Time) Option {
	return func(s *settings) { s.at, s.handler = at, nil }
}

// WithClientIP sets the address of the client that caused the event. An empty one is left out. The default is ClientIP.
func WithClientIP(ip string) Option {
	return func(s *settings) { s.clientIP = ip }
}

// WithPlatform sets the platform of the client that caused the event. An empty one is left out. The default is
// callback.PlatformIOS.
func WithPlatform(p callback.Platform) Option {
	return func(s *settings) { s.platform = p }
}

// WithTarget sets the address that the request is sent to: a path for a mux, or a whole URL for a server that listens.
// It may have a query of its own. The default is Target.
func WithTarget(target string) Option {
	return func(s *settings) { s.target = target }
}

// WithBody sends these bytes in place of the event's JSON, such as one of Samples.
func WithBody(body []byte) Option {
	return func(s *settings) { s.body = body }
}

// NewRequest returns the request that the vendor sends for an event: a POST with the event's JSON, to which it adds the
// command if CallbackCommand is empty. It can be given to a handler and to an http.Client. Without options it is signed
// with Token, now, for SDKAppID.
//
// The event's own Meta, but for CallbackCommand, is not looked at. NewRequest panics where the event cannot be
// marshalled or the target is not an address.
func NewRequest(event callback.Event, opts ...Option) *http.Request {
	return newSettings(opts).request(event)
}

func newSettings(opts []Option) *settings {
	s := &settings{
		app: SDKAppID, token: Token, clientIP: ClientIP, platform: callback.PlatformIOS, target: Target,
	}
	for _, opt := range opts {
		opt(s)
	}
	return s
}

func (s *settings) request(event callback.Event) *http.Request {
	body := s.body
	if body == nil {
		var err error
		if body, err = callback.Encode(event); err != nil {
			panic(fmt.Sprintf("callbacktest: %v", err))
		}
	}
	target, err := url.Parse(s.target)
	if err != nil {
		panic(fmt.Sprintf("callbacktest: %v", err))
	}
	query := target.Query()
	query.Set("CallbackCommand", event.Command())
	query.Set("contenttype", "json")
	for name, value := range map[string]string{"ClientIP": s.clientIP, "OptPlatform": string(s.platform)} {
		if value != "" {
			query.Set(name, value)
		}
	}
	s.sign(query)
	target.RawQuery = query.Encode()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, target.String(), bytes.NewReader(body))
	if err != nil {
		panic(fmt.Sprintf("callbacktest: %v", err))
	}
	r.RemoteAddr = "192.0.2.1:1234"
	return r
}

func (s *settings) sign(query url.Values) {
	if s.handler != nil {
		s.handler.SignQuery(query)
		return
	}
	query.Set("SdkAppid", strconv.FormatUint(s.app, 10))
	if s.token == "" {
		return
	}
	at := s.at
	if at.IsZero() {
		at = time.Now()
	}
	text := strconv.FormatInt(at.Unix(), 10)
	query.Set("RequestTime", text)
	query.Set("Sign", callback.Sign(s.token, text))
}
