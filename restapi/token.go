package restapi

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/google/go-querystring/query"

	"github.com/go-tencentchat/tencentchat/internal/ctxerr"
	"github.com/go-tencentchat/tencentchat/usersig"
)

// A TokenSource makes UserSigs for the administrator that calls are made as. A program that may not hold the secret key
// gives one to the client with WithTokenSource. Token is called by one goroutine at a time, when a UserSig is due for
// renewal (after three quarters of its life) and when the server refuses one; its result is used for every call
// meanwhile.
type TokenSource interface {
	Token(ctx context.Context, userID string) (userSig string, expires time.Time, err error)
}

// signerSource is what a client with a secret key uses by itself.
type signerSource struct{ signer *usersig.Signer }

func (s signerSource) Token(_ context.Context, userID string) (string, time.Time, error) {
	expires := time.Now().Add(adminTTL)
	sig, err := s.signer.Sign(userID, adminTTL)
	return sig, expires, err
}

const (
	// adminTTL is how long a UserSig of signerSource holds.
	adminTTL = 24 * time.Hour
	// freshRefusal is how long a UserSig that was made because the server refused the one before, and is refused too, is
	// kept all the same: credentials that do not fit are not mended by signing again, and the server locks out an app that
	// keeps trying (70050).
	freshRefusal = time.Minute
	// backwards is how far the wall clock may run back before a UserSig counts as made in the future.
	backwards = time.Minute
)

// token is one UserSig with the part of the query that stays the same while it is used.
type token struct {
	sig                    string
	fixed                  string // contenttype, identifier, sdkappid and usersig, encoded
	issued, renew, expires time.Time
	afterRefusal           atomic.Bool
}

// usable tells from the wall clock, which may jump, whether the token can be sent and whether it is time for a new one.
func (t *token) usable(now time.Time) (valid, fresh bool) {
	valid = now.Before(t.expires) && now.After(t.issued.Add(-backwards))
	return valid, valid && now.Before(t.renew)
}

// tokens is the cached UserSig of one administrator.
type tokens struct {
	source   TokenSource
	sdkAppID uint64
	admin    string
	current  atomic.Pointer[token]
	renewing chan struct{} // holds one while a renewal is under way; a lock that a context can give up on
	refused  atomic.Bool   // the next token is made because the server refused the last one
}

func newTokens(source TokenSource, sdkAppID uint64, admin string) *tokens {
	return &tokens{source: source, sdkAppID: sdkAppID, admin: admin, renewing: make(chan struct{}, 1)}
}

// get returns the UserSig to send. While one that is due is renewed, other calls go on with it; only when there is none
// that holds do they wait.
func (t *tokens) get(ctx context.Context) (*token, error) {
	now := wallClock()
	tok := t.current.Load()
	if tok != nil {
		valid, fresh := tok.usable(now)
		if fresh {
			return tok, nil
		}
		if valid {
			select {
			case t.renewing <- struct{}{}:
			default:
				return tok, nil
			}
			defer func() { <-t.renewing }()
			if renewed, err := t.renew(ctx, tok); err == nil {
				return renewed, nil
			}
			return tok, nil // it still holds; the next call tries again
		}
	}
	select {
	case t.renewing <- struct{}{}:
	case <-ctx.Done():
		return nil, ctxerr.With(ctx, context.Cause(ctx))
	}
	defer func() { <-t.renewing }()
	return t.renew(ctx, tok)
}

// renew makes a new token unless another call has put one in the place of old meanwhile. The caller holds renewing.
func (t *tokens) renew(ctx context.Context, old *token) (*token, error) {
	if tok := t.current.Load(); tok != nil && tok != old {
		if _, fresh := tok.usable(wallClock()); fresh {
			return tok, nil
		}
	}
	issued := wallClock()
	sig, expires, err := t.source.Token(ctx, t.admin)
	if err != nil {
		return nil, fmt.Errorf("token source: %w", err)
	}
	expires = expires.Round(0)
	if sig == "" || !expires.After(issued) {
		return nil, errors.New("token source: the usersig is empty or has expired already")
	}
	fixed, err := query.Values(fixedQuery{ContentType: "json", Identifier: t.admin, SDKAppID: t.sdkAppID, UserSig: sig})
	if err != nil {
		return nil, err
	}
	tok := &token{
		sig: sig, fixed: fixed.Encode(),
		issued: issued, renew: issued.Add(expires.Sub(issued) / 4 * 3), expires: expires,
	}
	tok.afterRefusal.Store(t.refused.Swap(false))
	t.current.Store(tok)
	return tok, nil
}

// again is told that the server refused used, and says whether a call with another UserSig is worth making.
func (t *tokens) again(used *token) bool {
	if used.afterRefusal.Load() && wallClock().Sub(used.issued) < freshRefusal {
		return false
	}
	if t.current.CompareAndSwap(used, nil) {
		t.refused.Store(true)
	}
	return true
}

// accept is told that the server took used; nil where a transport around the client answered by itself.
func (t *tokens) accept(used *token) {
	if used != nil && used.afterRefusal.Load() {
		used.afterRefusal.Store(false)
	}
}

// fixedQuery is the part of the URL's query that is the same for every call made with one UserSig.
type fixedQuery struct {
	ContentType string `url:"contenttype"`
	Identifier  string `url:"identifier"`
	SDKAppID    uint64 `url:"sdkappid"`
	UserSig     string `url:"usersig"`
}

// wallClock returns the time without its monotonic reading: a UserSig expires by the calendar, and a machine that was
// suspended for a day must notice.
func wallClock() time.Time { return time.Now().Round(0) }
