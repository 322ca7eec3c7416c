package restapi

import (
	"context"
	"net/url"
	"time"
)

// PassObserver goes n times through what every attempt does for an observer.
func PassObserver(ctx context.Context, c *Client, cmd Command, n int) {
	for range n {
		start := c.waiting()
		c.waited(ctx, cmd, start, nil)
	}
}

// ShiftIssued makes the cached UserSig look as if it had been made d later, as after the clock was set back.
func ShiftIssued(c *Client, d time.Duration) {
	old := c.tokens.current.Load()
	c.tokens.current.Store(&token{
		sig: old.sig, fixed: old.fixed, issued: old.issued.Add(d), renew: old.renew.Add(d), expires: old.expires.Add(d),
	})
}

// SkipHostPause makes the client try its first host again with the next call.
func SkipHostPause(c *Client) {
	if c.hosts.downUntil.Load() != 0 {
		c.hosts.downUntil.Store(1)
	}
}

// Decoder returns what a call signed with sig does with the bytes of an answer.
func Decoder(sig string) func(data []byte, resp any) *Error {
	hidden := signedWith(sig)
	return func(data []byte, resp any) *Error { return decode(data, resp, hidden) }
}

// RedactInfos is what such a call decodes of an answer.
func RedactInfos(data []byte, sig string) []byte { return signedWith(sig).redactInfos(data) }

func signedWith(sig string) secret {
	return secret{token: &token{sig: sig, fixed: "usersig=" + url.QueryEscape(sig)}}
}
