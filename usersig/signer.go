package usersig

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A Signer makes and checks the UserSigs of one app. It is safe for concurrent use; make one and keep it. It never
// prints its key, whatever the verb.
//
// https://www.tencentcloud.com/document/product/1047/34385
type Signer struct {
	sdkAppID   uint64
	decimalApp []byte // sdkAppID as it is signed
	now        func() time.Time

	// The key itself is in no field: it lives in the closure that the pool calls, where neither fmt nor a debugging
	// printer that walks structures by reflection can reach it.
	pool sync.Pool
}

// An Option changes how a [Signer] works. Options are given to [New].
type Option func(*config) error

type config struct {
	now func() time.Time
}

// WithClock makes the Signer read the time from now instead of [time.Now]. It is called once for each token that is
// signed or checked, possibly from several goroutines at once.
func WithClock(now func() time.Time) Option {
	return func(c *config) error {
		if now == nil {
			return invalid("WithClock needs a function")
		}
		c.now = now
		return nil
	}
}

// New returns the Signer of an app. The secret key is the one that the console shows beside the SDKAppID, used as the
// text that it is (64 hexadecimal digits, not decoded). An SDKAppID of 0, an empty key and a key with white space
// around it are refused with [ErrInvalid].
//
// https://www.tencentcloud.com/document/product/1047/34385
func New(sdkAppID uint64, secretKey string, opts ...Option) (*Signer, error) {
	if sdkAppID == 0 {
		return nil, invalid("the SDKAppID is 0")
	}
	if secretKey == "" {
		return nil, invalid("the secret key is empty")
	}
	// A key that was read from a file with its line break would sign tokens that the server refuses with 70009, far from
	// here.
	if strings.TrimSpace(secretKey) != secretKey {
		return nil, invalid("the secret key begins or ends with white space")
	}
	conf := config{now: time.Now}
	for _, opt := range opts {
		if opt == nil {
			return nil, invalid("an option is nil")
		}
		if err := opt(&conf); err != nil {
			return nil, err
		}
	}
	key := []byte(secretKey)
	s := &Signer{sdkAppID: sdkAppID, decimalApp: strconv.AppendUint(nil, sdkAppID, 10), now: conf.now}
	s.pool.New = func() any {
		return &scratch{mac: hmac.New(sha256.New, key)}
	}
	return s, nil
}

// ready refuses a Signer that did not come from New, which has neither a key nor a clock.
func (s *Signer) ready() error {
	if s == nil || s.now == nil {
		return invalid("the Signer was not made by New")
	}
	return nil
}

// String names the app. The key is left out.
func (s *Signer) String() string {
	if s == nil {
		return "usersig.Signer(nil)"
	}
	return "usersig.Signer(" + strconv.FormatUint(s.sdkAppID, 10) + ")"
}

// GoString names the app. The key is left out.
func (s *Signer) GoString() string { return s.String() }

// Format writes the same as String for every verb; q quotes it.
func (s *Signer) Format(f fmt.State, verb rune) {
	text := s.String()
	if verb == 'q' {
		text = strconv.Quote(text)
	}
	_, _ = io.WriteString(f, text)
}

// LogValue names the app in logs. The key is left out.
func (s *Signer) LogValue() slog.Value { return slog.StringValue(s.String()) }
