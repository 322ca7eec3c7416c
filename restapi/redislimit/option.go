package redislimit

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// An Option changes how a Limiter works. All limiters of an app should have the same ones.
type Option func(*config) error

type config struct {
	prefix        string
	perSecond     map[string]int
	perMinute     map[string]int
	share         float64
	lease         int
	timeout       time.Duration
	fallbackShare float64
	logger        *slog.Logger
	onFallback    func(context.Context, error)
	onRecover     func(context.Context)
}

const (
	defaultPrefix        = "tencentchat:"
	defaultTimeout       = 50 * time.Millisecond
	defaultFallbackShare = 1.0 / 8
)

// WithPerSecond overrides the documented limits, by Command.String() such as "profile/portrait_set", for apps whose
// limits were raised in the console. A number that is not above 0 is an error.
func WithPerSecond(limits map[string]int) Option {
	return func(c *config) error {
		c.perSecond = maps.Clone(limits)
		return aboveZero("perSecond", limits)
	}
}

// WithPerMinute overrides what the calls of a minute may cost, restapi.Command.CostPerMinute, in the same way.
func WithPerMinute(limits map[string]int) Option {
	return func(c *config) error {
		c.perMinute = maps.Clone(limits)
		return aboveZero("perMinute", limits)
	}
}

// WithShare sets the part of each limit that all processes on this Redis use together, above 0 and at most 1, which
// is the default. It is for apps that are called from elsewhere too.
func WithShare(share float64) Option {
	return func(c *config) error {
		if !(share > 0 && share <= 1) {
			return argument("share", "must be above 0 and at most 1")
		}
		c.share = share
		return nil
	}
}

// WithFallbackShare sets the part of each limit that this process uses by itself while Redis is slow or gone, above 0
// and at most 1; default 1/8. With eight processes or fewer the default keeps their sum within the limit; set one over
// the number of processes.
func WithFallbackShare(share float64) Option {
	return func(c *config) error {
		if !(share > 0 && share <= 1) {
			return argument("fallbackShare", "must be above 0 and at most 1")
		}
		c.fallbackShare = share
		return nil
	}
}

// WithLease makes each call to Redis reserve at least n slots, 1 to 1000; default 1. The slots beyond the calls that
// wait are spread over the time to come at the full rate, at most a quarter of a second, and are lost when nobody calls
// then: it saves calls to Redis where a process is busy, and costs some of the budget where it is not.
func WithLease(n int) Option {
	return func(c *config) error {
		if n < 1 || n > 1000 {
			return argument("lease", fmt.Sprintf("is %d, must be from 1 to 1000", n))
		}
		c.lease = n
		return nil
	}
}

// WithTimeout sets how long a call to Redis may take, default 50 ms, before the limiter falls back to the local share.
func WithTimeout(d time.Duration) Option {
	return func(c *config) error {
		if d <= 0 {
			return argument("timeout", "must be above 0")
		}
		c.timeout = d
		return nil
	}
}

// WithPrefix sets what the keys in Redis begin with, default "tencentchat:". It holds no braces: they mark the part of
// the key that Redis Cluster places it by, which is the app.
func WithPrefix(prefix string) Option {
	return func(c *config) error {
		if strings.ContainsAny(prefix, "{}") {
			return argument("prefix", "must not contain braces")
		}
		c.prefix = prefix
		return nil
	}
}

// WithLogger sets where the limiter says that it falls back (a warning) and that Redis is back, once each; default
// nowhere.
func WithLogger(logger *slog.Logger) Option {
	return func(c *config) error {
		if logger == nil {
			return argument("logger", "is nil")
		}
		c.logger = logger
		return nil
	}
}

// WithOnFallback sets what is called, once each time, when the limiter falls back to the local share. err is what Redis
// did: ErrSlow, or the client's error. No call waits for fn; ctx carries the values of a call that came upon it, and
// does not end.
func WithOnFallback(fn func(ctx context.Context, err error)) Option {
	return func(c *config) error {
		c.onFallback = fn
		return nil
	}
}

// WithOnRecover sets what is called, once each time, when Redis is back. ctx is as with WithOnFallback.
func WithOnRecover(fn func(ctx context.Context)) Option {
	return func(c *config) error {
		c.onRecover = fn
		return nil
	}
}

func aboveZero(field string, limits map[string]int) error {
	for command, limit := range limits {
		if limit <= 0 {
			return argument(field, fmt.Sprintf("of %s is %d, must be above 0", command, limit))
		}
	}
	return nil
}

func argument(field, reason string) error {
	return fmt.Errorf("redislimit: %w", &restapi.ArgumentError{Field: field, Reason: reason})
}
