package usersig

import (
	"math"
	"time"
)

// A Token is what a UserSig says about itself.
type Token struct {
	// Version is "2.0". It is not covered by the signature, and empty where the token has none.
	Version string
	// UserID is who is let in.
	UserID string
	// SDKAppID is the app that the user is let into.
	SDKAppID uint64
	// IssuedAt is when the token was made, to the second.
	IssuedAt time.Time
	// TTL is how long it holds from then on, in whole seconds. A lifetime over 292 years is cut to that.
	TTL time.Duration
	// ExpiresAt is the last second in which it holds. It is right for every lifetime.
	ExpiresAt time.Time
	// UserBuf is what else is signed, such as the room of a PrivateMapKey. Nil means that there is none, which is not the
	// same as an empty one.
	UserBuf []byte
}

// Parse returns what a UserSig says, and checks nothing but its form: anybody can write such a token. It is for logs,
// and for choosing the [Signer] that then verifies. The error is [ErrMalformed].
//
// https://www.tencentcloud.com/document/product/1047/34385
func Parse(sig string) (Token, error) {
	var w scratch
	d := &w.read
	if err := w.decode(sig, d); err != nil {
		return Token{}, err
	}
	t := Token{
		Version:   string(d.version),
		UserID:    string(d.userID),
		SDKAppID:  d.app,
		IssuedAt:  unix(d.made),
		TTL:       seconds(d.life),
		ExpiresAt: unix(d.lastSecond()),
	}
	if d.hasUserBuf {
		t.UserBuf = append([]byte{}, w.userBuf...)
	}
	return t, nil
}

// unix is time.Unix in UTC without its overflow: time.Time counts from the year 1, so its last second comes earlier.
func unix(sec int64) time.Time {
	const yearOne = 62135596800 // seconds from the year 1 to 1970
	return time.Unix(min(sec, math.MaxInt64-yearOne), 0).UTC()
}

// seconds is the duration of n seconds, or the nearest that there is.
func seconds(n int64) time.Duration {
	const most = int64(math.MaxInt64 / time.Second)
	return time.Duration(max(-most, min(n, most))) * time.Second
}
