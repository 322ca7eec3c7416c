package usersig_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/usersig"
)

// signed makes a token of any fields, with a signature that is right for them.
func signed(t testing.TB, key string, app uint64, user string, issued, expire int64, buf []byte) string {
	t.Helper()
	sig := signature(key, signedText(app, user, issued, expire, buf))
	userBuf := ""
	if buf != nil {
		userBuf = fmt.Sprintf(`"TLS.userbuf":"%s",`, standardBase64(buf))
	}
	return pack(t, fmt.Sprintf(
		`{"TLS.ver":"2.0","TLS.identifier":"%s","TLS.sdkappid":%d,"TLS.expire":%d,"TLS.time":%d,%s"TLS.sig":"%s"}`,
		user, app, expire, issued, userBuf, sig), 0)
}

// Each token below has every fault of the rows under it too, so the order of the refusals shows.
func TestVerifyOrder(t *testing.T) {
	t.Parallel()
	const old, otherKey = testTime - 100000, "another key"
	s := signerAt(t, testTime)
	buf := []byte("room")
	for _, row := range []struct {
		name, sig string
		want      error
	}{
		{"no token", "nothing", usersig.ErrMalformed},
		{"other key", signed(t, otherKey, 7, "other", old, 1, buf), usersig.ErrBadSignature},
		{"other app with its key", signed(t, otherKey, 7, testUser, testTime, 86400, nil), usersig.ErrBadSignature},
		{"other app with this key", signed(t, testKey, 7, "other", old, 1, buf), usersig.ErrWrongApp},
		{"other user", signed(t, testKey, testApp, "other", old, 1, buf), usersig.ErrWrongUser},
		{"a longer user ID", signed(t, testKey, testApp, testUser+"x", testTime, 86400, nil), usersig.ErrWrongUser},
		{"a userbuf", signed(t, testKey, testApp, testUser, old, 1, buf), usersig.ErrWrongUserBuf},
		{"an empty userbuf", signed(t, testKey, testApp, testUser, testTime, 86400, []byte{}), usersig.ErrWrongUserBuf},
		{"expired", signed(t, testKey, testApp, testUser, old, 1, nil), usersig.ErrExpired},
		{"good", signed(t, testKey, testApp, testUser, testTime, 86400, nil), nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			require.ErrorIs(t, s.Verify(testUser, row.sig), row.want)
		})
	}
	require.ErrorIs(t, s.Verify("", signed(t, testKey, testApp, testUser, testTime, 60, nil)), usersig.ErrWrongUser)
}

func TestVerifyTimes(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name                string
		issued, expire, now int64
		want                error
	}{
		{"last second", testTime, 60, testTime + 60, nil},
		{"one later", testTime, 60, testTime + 61, usersig.ErrExpired},
		{"made in the future", testTime + 3600, 60, testTime, nil},
		{"past 32 bits", math.MaxUint32, 60, math.MaxUint32 + 60, nil},
		{"past 32 bits, one later", math.MaxUint32, 60, math.MaxUint32 + 61, usersig.ErrExpired},
		{"no lifetime", testTime, 0, testTime, nil},
		{"no lifetime, one later", testTime, 0, testTime + 1, usersig.ErrExpired},
		{"negative lifetime", testTime, -1, testTime, usersig.ErrExpired},
		{"before 1970", -60, 30, -30, nil},
		{"before 1970, one later", -60, 30, -29, usersig.ErrExpired},
		{"the sum overflows", testTime, math.MaxInt64, testTime, nil},
		{"both as large as can be", math.MaxInt64, math.MaxInt64, testTime, nil},
		{"the sum underflows", math.MinInt64, -1, testTime, usersig.ErrExpired},
		{"both as small as can be", math.MinInt64, math.MinInt64, testTime, usersig.ErrExpired},
		{"both as small as can be, in 1970", math.MinInt64, math.MinInt64, 0, usersig.ErrExpired},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			sig := signed(t, testKey, testApp, testUser, row.issued, row.expire, nil)
			require.ErrorIs(t, signerAt(t, row.now).Verify(testUser, sig), row.want)
		})
	}
}

func TestParseTimes(t *testing.T) {
	t.Parallel()
	const year = 365 * 24 * 3600
	for _, row := range []struct {
		name           string
		issued, expire int64
		ttl            time.Duration
		last           time.Time
	}{
		{"a day", testTime, 86400, testTTL, time.Unix(testTime+86400, 0)},
		{"500 years", testTime, 500 * year, 9223372036 * time.Second, time.Unix(testTime+500*year, 0)},
		{"for ever", testTime, math.MaxInt64, 9223372036 * time.Second, time.Unix(math.MaxInt64-62135596800, 0)},
		{"never", testTime, math.MinInt64, -9223372036 * time.Second, time.Unix(testTime+math.MinInt64, 0)},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			token, err := usersig.Parse(signed(t, testKey, testApp, testUser, row.issued, row.expire, nil))
			require.NoError(t, err)
			require.Equal(t, row.ttl, token.TTL)
			require.Equal(t, row.last.UTC(), token.ExpiresAt)
			require.False(t, token.IssuedAt.After(token.ExpiresAt) && row.expire > 0)
		})
	}
	token, err := usersig.Parse(signed(t, testKey, testApp, testUser, math.MaxInt64, math.MaxInt64, nil))
	require.NoError(t, err)
	require.True(t, token.IssuedAt.After(time.Unix(testTime, 0)), "it wrapped around")
}

// The error says when it was over, which tells a wrong clock from an old token.
func TestExpiredSaysWhen(t *testing.T) {
	t.Parallel()
	sig := signed(t, testKey, testApp, testUser, testTime, 60, nil)
	err := signerAt(t, testTime+3600).Verify(testUser, sig)
	require.EqualError(t, err, "usersig: token expired: it held until 2025-03-01T00:01:00Z, now it is 2025-03-01T01:00:00Z")
}

func TestParseKeepsNothing(t *testing.T) {
	t.Parallel()
	sig := signed(t, testKey, testApp, testUser, testTime, 60, []byte("room"))
	a, err := usersig.Parse(sig)
	require.NoError(t, err)
	a.UserBuf[0] = 'z'
	b, err := usersig.Parse(sig)
	require.NoError(t, err)
	require.Equal(t, "room", string(b.UserBuf))
	_, err = usersig.Parse("")
	require.ErrorIs(t, err, usersig.ErrMalformed)
}

// Every bit of a token counts: none can be changed and pass.
func TestVerifyEveryBit(t *testing.T) {
	t.Parallel()
	s := signerAt(t, testTime)
	sig := []byte(signed(t, testKey, testApp, testUser, testTime, 86400, nil))
	for i := range sig {
		for bit := range 8 {
			sig[i] ^= 1 << bit
			require.Error(t, s.Verify(testUser, string(sig)), "byte %d, bit %d", i, bit)
			sig[i] ^= 1 << bit
		}
		require.ErrorIs(t, s.Verify(testUser, string(sig[:i])), usersig.ErrMalformed, "cut at %d", i)
	}
	require.NoError(t, s.Verify(testUser, string(sig)))
}

// Every bit of the signature is compared, and every signed field is signed.
func TestVerifySignature(t *testing.T) {
	t.Parallel()
	s := signerAt(t, testTime)
	good := goodDocument()
	right := signature(testKey, signedText(testApp, testUser, testTime, 86400, nil))
	raw, err := base64.StdEncoding.DecodeString(right)
	require.NoError(t, err)
	for bit := range 8 * len(raw) {
		wrong := bytes.Clone(raw)
		wrong[bit/8] ^= 1 << (bit % 8)
		sig := pack(t, strings.Replace(good, right, standardBase64(wrong), 1), 0)
		require.ErrorIs(t, s.Verify(testUser, sig), usersig.ErrBadSignature, "bit %d", bit)
	}
	for _, change := range [][2]string{
		{`"leckie"`, `"leckif"`},
		{`:1400506071`, `:1400506072`},
		{`:1740787200`, `:1740787201`},
		{`:86400`, `:86401`},
		{`{`, `{"TLS.userbuf":"",`},
		{`{`, `{"TLS.userbuf":"AAAA",`},
	} {
		require.Contains(t, good, change[0])
		sig := pack(t, strings.Replace(good, change[0], change[1], 1), 0)
		require.ErrorIs(t, s.Verify(testUser, sig), usersig.ErrBadSignature, change[1])
	}
}
