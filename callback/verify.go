package callback

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/url"
	"strconv"
	"time"
)

// Sign returns the signature of a webhook: the lower-case hex of SHA-256 over the token followed by the request time,
// which is Unix seconds in decimal. It covers neither the body nor the rest of the query. Handlers verify by
// themselves; Sign is for programs that make webhooks. Tests are better served by callbacktest.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34354
func Sign(token, requestTime string) string {
	sum := sign(token, requestTime)
	return string(sum[:])
}

const signLen = 2 * sha256.Size

func sign(token, requestTime string) (text [signLen]byte) {
	// Long enough for any sane token: nothing goes to the heap.
	var buf [192]byte
	sum := sha256.Sum256(append(append(buf[:0], token...), requestTime...))
	hex.Encode(text[:], sum[:])
	return text
}

// A verifier says whether a request time is signed with one of the tokens, and signs one. It is a pair of functions, so
// that the tokens cannot be printed along with the handler that has them.
type verifier struct {
	ok   func(sign, requestTime string) bool
	sign func(requestTime string) string
}

func newVerifier(tokens []string) *verifier {
	return &verifier{
		ok: func(given, requestTime string) bool {
			// Every token is tried whichever fits, so that the time taken tells nothing.
			match := 0
			for _, token := range tokens {
				want := sign(token, requestTime)
				match |= subtle.ConstantTimeCompare(want[:], []byte(given))
			}
			return match == 1
		},
		sign: func(requestTime string) string { return Sign(tokens[0], requestTime) },
	}
}

// maxTimeLen is the length of the longest request time that is hashed: more digits than any clock will have.
const maxTimeLen = 20

// verify checks Sign first: a request time that nobody signed means nothing. The time is hashed as it was received.
func (c *config) verify(q *query, now time.Time) (time.Time, *refusal) {
	if c.verifier == nil {
		return time.Time{}, nil
	}
	if q.sign.bad || q.requestTime.bad {
		return time.Time{}, errQuery
	}
	given, text := q.sign.value, q.requestTime.value
	if given == "" || text == "" {
		return time.Time{}, errNoSign
	}
	if len(given) != signLen || len(text) > maxTimeLen || !c.verifier.ok(given, text) {
		return time.Time{}, errOtherSign
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{}, errSkew
	}
	at := time.Unix(seconds, 0)
	if at.Before(now.Add(-c.maxSkew)) || at.After(now.Add(c.maxSkew)) {
		return time.Time{}, errSkew
	}
	return at, nil
}

// SignQuery sets SdkAppid in q and, unless the handler verifies nothing, RequestTime and Sign, by the handler's own
// clock and first token. It makes requests that this handler accepts, for tests and replays, and gives no token away.
func (h *Handler) SignQuery(q url.Values) {
	q.Set(paramApp, strconv.FormatUint(h.conf.sdkAppID, 10))
	if h.conf.verifier == nil {
		return
	}
	at := strconv.FormatInt(h.conf.now(time.Now()).Unix(), 10)
	q.Set(paramRequestTime, at)
	q.Set(paramSign, h.conf.verifier.sign(at))
}
