package callback

import (
	"net/url"
	"strings"
)

// param is one known parameter of the query. url.Values would cost a map, a slice and a copy for each of seven
// parameters.
type param struct {
	value string
	seen  bool
	bad   bool // given twice, or its escapes cannot be decoded
}

// set takes the value. Any but the first makes the parameter bad.
func (p *param) set(value string, ok bool) {
	p.bad = p.seen || !ok
	if !p.seen {
		p.value, p.seen = value, true
	}
}

// query is what the vendor puts in the URL of a webhook.
type query struct {
	app, command, contentType, clientIP, platform, sign, requestTime param

	requestID string // the first that can be read
	bad       bool   // something else in it cannot be read
}

// parseQuery reads a raw query. It never fails: each parameter says itself whether it can be used, because the order in
// which they are looked at decides how a request is refused. Names are compared without case, as the vendor writes
// SdkAppid and SdkAppId.
func parseQuery(raw string) (q query) {
	// What the vendor sends has nothing to decode: to see that once is quicker than to look for it in every part.
	decode := unescaped
	for _, c := range [...]byte{'%', '+', ';'} {
		if strings.IndexByte(raw, c) >= 0 {
			decode = unescape
		}
	}
	for raw != "" {
		var pair string
		pair, raw = cut(raw, '&')
		if pair == "" {
			continue
		}
		rawName, rawValue := cut(pair, '=')
		name, ok := decode(rawName)
		if !ok {
			q.bad = true
			continue
		}
		value, ok := decode(rawValue)
		switch p := q.named(name); {
		case p != nil:
			p.set(value, ok)
		case same(name, paramRequestID):
			if q.requestID == "" && ok && readable(value) {
				q.requestID = value
			}
		case !ok:
			q.bad = true
		}
	}
	return q
}

// cut is strings.Cut for one byte, which is quicker to find than a string.
func cut(s string, c byte) (before, after string) {
	if i := strings.IndexByte(s, c); i >= 0 {
		return s[:i], s[i+1:]
	}
	return s, ""
}

// named returns the parameter of that name, or nil.
func (q *query) named(name string) *param {
	switch {
	case same(name, paramApp):
		return &q.app
	case same(name, paramCommand):
		return &q.command
	case same(name, paramContentType):
		return &q.contentType
	case same(name, paramClientIP):
		return &q.clientIP
	case same(name, paramPlatform):
		return &q.platform
	case same(name, paramSign):
		return &q.sign
	case same(name, paramRequestTime):
		return &q.requestTime
	}
	return nil
}

// same compares names without case. Most differ in length, which is quicker to see; it also keeps out the few letters
// beyond ASCII that fold to one of ASCII.
func same(a, b string) bool { return len(a) == len(b) && (a == b || strings.EqualFold(a, b)) }

// unusable says whether any part that is not about the app cannot be read.
func (q *query) unusable() bool {
	return q.bad || q.command.bad || q.contentType.bad || q.clientIP.bad || q.platform.bad ||
		q.sign.bad || q.requestTime.bad
}

// The names of the parameters, as the vendor's page of the protocol spells them; paramRequestID is on no page.
const (
	paramApp         = "SdkAppid"
	paramCommand     = "CallbackCommand"
	paramContentType = "contenttype"
	paramClientIP    = "ClientIP"
	paramPlatform    = "OptPlatform"
	paramSign        = "Sign"
	paramRequestTime = "RequestTime"
	paramRequestID   = "RequestID"
)

const maxRequestIDLen = 128

// readable says whether a request ID can be kept: it goes into logs and queues, and nobody has signed it.
func readable(id string) bool {
	for i := range len(id) {
		if id[i] <= ' ' || id[i] > '~' {
			return false
		}
	}
	return len(id) <= maxRequestIDLen
}

// unescape is url.QueryUnescape, which says nothing of semicolons. net/url refuses them elsewhere: they separate
// parameters for some programs and not for others.
func unescape(s string) (string, bool) {
	if strings.IndexByte(s, ';') >= 0 {
		return "", false
	}
	value, err := url.QueryUnescape(s)
	return value, err == nil
}

func unescaped(s string) (string, bool) { return s, true }
