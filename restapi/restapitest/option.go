package restapitest

import (
	"crypto/rand"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An Option changes a server in NewServer.
type Option func(*config)

const (
	defaultAppID = 1400000001
	defaultAdmin = "administrator"
)

type config struct {
	sdkAppID       uint64
	secretKey      secret
	admins         []string
	target         target
	webhookTLS     *tls.Config // nil: the roots of the machine
	limits         limits
	perMinute      int
	groupPerSecond int
	history        chat.History
	now            func() time.Time
	ownClock       bool
	logger         *slog.Logger
	noListener     bool
	strict         bool
}

func newConfig(opts []Option) config {
	c := config{
		sdkAppID:  defaultAppID,
		secretKey: hide(newKey()),
		admins:    []string{defaultAdmin},
		now:       time.Now,
		logger:    slog.New(slog.DiscardHandler),
	}
	for _, opt := range opts {
		opt(&c)
	}
	return c
}

// A secret is a text that nothing prints along with what holds it: a function is printed as an address.
type secret func() string

func hide(text string) secret { return func() string { return text } }

// reveal returns the text. The zero secret is an empty one.
func (s secret) reveal() string {
	if s == nil {
		return ""
	}
	return s()
}

func newKey() string {
	var key [32]byte
	_, _ = rand.Read(key[:]) // never fails
	return hex.EncodeToString(key[:])
}

// WithApp sets the app's ID and secret key. By default the ID is 1400000001 and the key a new random one.
func WithApp(sdkAppID uint64, secretKey string) Option {
	return func(c *config) { c.sdkAppID, c.secretKey = sdkAppID, hide(secretKey) }
}

// WithAdmins sets the administrators of the app, whose accounts are imported. By default there is one, "administrator".
func WithAdmins(userIDs ...string) Option {
	return func(c *config) {
		if len(userIDs) == 0 {
			must("WithAdmins", errors.New("no administrators"))
		}
		c.admins = slices.Clone(userIDs)
	}
}

// WithCallback sends webhooks to url, signed with token. An empty token leaves them unsigned, as an app has them until
// authentication is switched on in the console. By default no webhooks are sent. The URL must have no query.
func WithCallback(url, token string) Option {
	return func(c *config) { c.target = target{url: url, token: hide(token)} }
}

// WithCallbackHandler sends webhooks to handler without a socket, signed with token as WithCallback does.
func WithCallbackHandler(handler http.Handler, token string) Option {
	return func(c *config) { c.target = target{handler: handler, token: hide(token)} }
}

// WithCallbackTLS sets how webhooks are sent to https addresses: the authorities that sign the backend's certificate,
// and the certificate that this server shows a backend that asks its clients for one, as with mutual TLS. By default
// the authorities are those of the machine, and there is no certificate. Handlers of WithCallbackHandler are called
// without.
func WithCallbackTLS(cfg *tls.Config) Option {
	return func(c *config) {
		if cfg == nil {
			must("WithCallbackTLS", errors.New("the configuration is nil"))
		}
		c.webhookTLS = cfg.Clone()
	}
}

// WithRate sets the number of calls that the server takes in one second of one command: of those named, or of every
// command where none is named. 0 is the documented number, and the default. A negative number lifts the limit.
func WithRate(perSecond int, commands ...restapi.Command) Option {
	return func(c *config) {
		if len(commands) == 0 {
			c.limits.all = perSecond
		}
		for _, cmd := range commands {
			if c.limits.command == nil {
				c.limits.command = make(map[string]int)
			}
			c.limits.command[cmd.Path()] = perSecond
		}
	}
}

// WithBatchRate sets the number of receivers that message.Client.BatchSend, batchsendmsg, reaches in a minute, however
// few the calls are: a call beyond it is refused with restapi.CodeMessageBatchRateLimited. 0 is the documented number,
// 12,000, and the default. A negative number lifts the limit.
func WithBatchRate(receiversPerMinute int) Option {
	return func(c *config) { c.perMinute = receiversPerMinute }
}

// WithGroupRate sets the number of messages that each group takes in a second: a message beyond it is refused with
// restapi.CodeGroupMessageRateLimited, or dropped in an AVChatRoom. 0 is the documented number, 40, and the default. A
// negative number lifts the limit.
func WithGroupRate(messagesPerSecond int) Option {
	return func(c *config) { c.groupPerSecond = messagesPerSecond }
}

// WithHistory sets how many messages are kept: of one conversation, 10,000 by default, and in all, 200,000 by default.
// Beyond that the oldest go. Whatever the number is, a message goes after 7 days.
func WithHistory(conversation, all int) Option {
	return func(c *config) {
		if conversation <= 0 || all <= 0 {
			must("WithHistory", errors.New("a number is not above 0"))
		}
		c.history = chat.History{Talk: conversation, All: all}
	}
}

// WithClock makes the server read the time from now: for rates, for the expiry of UserSigs, for the times in webhooks
// and their signature. A callback handler must then have the same clock, or it finds the webhooks stale. Delay and the
// 2 seconds of a webhook are measured by the clock of the machine all the same.
func WithClock(now func() time.Time) Option {
	return func(c *config) {
		if now == nil {
			must("WithClock", errors.New("the clock is nil"))
		}
		c.now, c.ownClock = now, true
	}
}

// WithLogger logs every call and every webhook with its outcome at level info, and of a call that is refused the
// reason, which is plainer than the ErrorInfo of the answer. nil, the default, logs nothing. No record holds a UserSig,
// a key or a token.
func WithLogger(logger *slog.Logger) Option {
	return func(c *config) {
		if logger == nil {
			logger = slog.New(slog.DiscardHandler)
		}
		c.logger = logger
	}
}

// WithStrict makes the server refuse what programs send though the documentation does not have it: Identifier in place
// of UserID for account_import and kick, a random that is missing or over 32 bits, a contenttype that is not in small
// letters, more than one slash before v4 in the path. The service is not known to refuse these, so that by default they
// pass, each with a record at level warn in the log of WithLogger.
func WithStrict() Option {
	return func(c *config) { c.strict = true }
}

// WithoutListener makes a server that has no socket. Clients from Server.Client reach it all the same; for others there
// is Server.Transport. Together with WithCallbackHandler nothing touches the network, so that a whole backend can be
// tested in a bubble of testing/synctest, where a minute of limits, delays and retries takes no time.
func WithoutListener() Option {
	return func(c *config) { c.noListener = true }
}
