package usersig_test

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/usersig"
)

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name, says string
		app        uint64
		key        string
		opts       []usersig.Option
	}{
		{"no app", "SDKAppID", 0, testKey, nil},
		{"no key", "empty", testApp, "", nil},
		{"key of spaces", "white space", testApp, "  ", nil},
		{"key with its line break", "white space", testApp, testKey + "\n", nil},
		{"nil option", "option", testApp, testKey, []usersig.Option{nil}},
		{"nil clock", "WithClock", testApp, testKey, []usersig.Option{usersig.WithClock(nil)}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s, err := usersig.New(row.app, row.key, row.opts...)
			require.ErrorIs(t, err, usersig.ErrInvalid)
			require.ErrorContains(t, err, row.says)
			require.Nil(t, s)
		})
	}
}

func TestSignRefuses(t *testing.T) {
	t.Parallel()
	type row struct {
		name, says, user string
		ttl              time.Duration
	}
	rows := []row{
		{"empty user ID", "empty", "", time.Hour},
		{"33 bytes", "33 bytes", strings.Repeat("u", 33), time.Hour},
		{"11 letters of 3 bytes", "33 bytes", strings.Repeat("店", 11), time.Hour},
		{"line break", "control", "a\nTLS.sdkappid:1", time.Hour},
		{"NUL", "control", "\x00", time.Hour},
		{"unit separator", "control", "a\x1f", time.Hour},
		{"delete", "control", "a\x7f", time.Hour},
		{"next line, U+0085", "control", "a\u0085", time.Hour},
		{"not UTF-8", "UTF-8", "a\xff", time.Hour},
		{"half a letter", "UTF-8", "\xe5\xba", time.Hour},
		{"surrogate", "UTF-8", "\xed\xa0\x80", time.Hour},
		{"no lifetime", "lifetime", testUser, 0},
		{"under a second", "lifetime", testUser, time.Second - 1},
		{"negative lifetime", "lifetime", testUser, -time.Hour},
		{"least lifetime", "lifetime", testUser, math.MinInt64},
	}
	s := newSigner(t)
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			check := func(sig string, err error) {
				t.Helper()
				require.ErrorIs(t, err, usersig.ErrInvalid)
				require.ErrorContains(t, err, row.says)
				require.Empty(t, sig)
			}
			check(s.Sign(row.user, row.ttl))
			check(s.SignWithUserBuf(row.user, row.ttl, []byte("x")))
			check(s.PrivateMapKey(row.user, row.ttl, usersig.NumericRoom(1), usersig.PrivilegeAll))
			b, err := s.AppendSign([]byte("before"), row.user, row.ttl)
			require.ErrorIs(t, err, usersig.ErrInvalid)
			require.Equal(t, "before", string(b))
		})
	}
}

func TestSignRefusesClocks(t *testing.T) {
	t.Parallel()
	for name, now := range map[string]time.Time{
		"zero time":   {},
		"before 1970": time.Unix(-1, 0),
		"no room":     time.Unix(math.MaxInt64-5, 0),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := usersig.New(testApp, testKey, usersig.WithClock(func() time.Time { return now }))
			require.NoError(t, err)
			_, err = s.Sign(testUser, 6*time.Second)
			require.ErrorIs(t, err, usersig.ErrInvalid)
			require.ErrorContains(t, err, "clock")
		})
	}
}

func TestSignerNotMadeByNew(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*usersig.Signer{"nil": nil, "zero": new(usersig.Signer)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := s.Sign(testUser, time.Hour)
			require.ErrorIs(t, err, usersig.ErrInvalid)
			require.ErrorIs(t, s.Verify(testUser, "x"), usersig.ErrInvalid)
			_, err = s.PrivateMapKey(testUser, time.Hour, usersig.NumericRoom(1), 0)
			require.ErrorIs(t, err, usersig.ErrInvalid)
			require.NotEmpty(t, s.String())
		})
	}
}

// The text of a token, letter for letter.
func TestSignDocument(t *testing.T) {
	t.Parallel()
	for _, user := range []string{
		"u", testUser, `quote " and back \`, "</a&b>", "店长-07", "🐈", "\u2028",
		strings.Repeat("é", 16), strings.Repeat("\\", 32),
	} {
		t.Run(user, func(t *testing.T) {
			t.Parallel()
			s := signerAt(t, testTime)
			sig, err := s.Sign(user, 86400*time.Second+999*time.Millisecond)
			require.NoError(t, err)
			require.Equal(t, fmt.Sprintf(
				`{"TLS.ver":"2.0","TLS.identifier":"%s","TLS.sdkappid":%d,"TLS.expire":86400,"TLS.time":%d,"TLS.sig":"%s"}`,
				strings.NewReplacer(`"`, `\"`, `\`, `\\`).Replace(user), testApp, testTime,
				signature(testKey, signedText(testApp, user, testTime, 86400, nil)),
			), documentOf(t, sig))
			require.Regexp(t, `^[A-Za-z0-9*-]+_{0,2}$`, sig)
			require.NoError(t, s.Verify(user, sig))
			token, err := usersig.Parse(sig)
			require.NoError(t, err)
			require.Equal(t, user, token.UserID)
			require.Nil(t, token.UserBuf)
		})
	}
}

func TestAppendSign(t *testing.T) {
	t.Parallel()
	s := signerAt(t, testTime)
	sig, err := s.Sign(testUser, testTTL)
	require.NoError(t, err)
	for _, dst := range [][]byte{nil, []byte("usersig="), append(make([]byte, 0, 1024), "usersig="...)} {
		b, err := s.AppendSign(dst, testUser, testTTL)
		require.NoError(t, err)
		require.Equal(t, string(dst)+sig, string(b))
	}
}

func TestUserBuf(t *testing.T) {
	t.Parallel()
	s := signerAt(t, testTime)
	for name, buf := range map[string][]byte{
		"empty":        {},
		"one byte":     {0xff},
		"two bytes":    {0xff, 0xfe},
		"slashes":      []byte(strings.Repeat("\xff", 300)),
		"one block":    make([]byte, 48<<10),
		"two blocks":   make([]byte, 60<<10),
		"the longest":  []byte(strings.Repeat("\xff", 1<<16+64)),
		"text, quotes": []byte(`{"a":"b"}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sig, err := s.SignWithUserBuf(testUser, time.Hour, buf)
			require.NoError(t, err)
			require.NoError(t, s.VerifyWithUserBuf(testUser, sig, buf))
			require.ErrorIs(t, s.Verify(testUser, sig), usersig.ErrWrongUserBuf)
			require.ErrorIs(t, s.VerifyWithUserBuf(testUser, sig, append([]byte("x"), buf...)), usersig.ErrWrongUserBuf)
			if len(buf) > 0 {
				other := bytes.Clone(buf)
				other[len(other)-1] ^= 1
				require.ErrorIs(t, s.VerifyWithUserBuf(testUser, sig, other), usersig.ErrWrongUserBuf)
			}
			token, err := usersig.Parse(sig)
			require.NoError(t, err)
			require.Equal(t, buf, token.UserBuf)
			require.NotNil(t, token.UserBuf)
			require.Contains(t, documentOf(t, sig), signature(testKey, signedText(testApp, testUser, testTime, 3600, buf)))
			// The longest of all is the PHP library's: every slash escaped.
			php := pack(t, strings.ReplaceAll(documentOf(t, sig), "/", `\/`), 0)
			require.NoError(t, s.VerifyWithUserBuf(testUser, php, buf))
		})
	}

	plain, err := s.Sign(testUser, time.Hour)
	require.NoError(t, err)
	without, err := s.SignWithUserBuf(testUser, time.Hour, nil)
	require.NoError(t, err)
	require.Equal(t, plain, without)
	require.NoError(t, s.VerifyWithUserBuf(testUser, plain, nil))
	require.ErrorIs(t, s.VerifyWithUserBuf(testUser, plain, []byte{}), usersig.ErrWrongUserBuf)

	_, err = s.SignWithUserBuf(testUser, time.Hour, make([]byte, 1<<16+65))
	require.ErrorIs(t, err, usersig.ErrInvalid)
	require.ErrorContains(t, err, "65601 bytes")
}

// A large token leaves nothing behind that changes the next, small one.
func TestSmallAfterLarge(t *testing.T) {
	t.Parallel()
	s := signerAt(t, testTime)
	want, err := s.Sign(testUser, time.Hour)
	require.NoError(t, err)
	large, err := s.SignWithUserBuf(testUser, time.Hour, make([]byte, 60<<10))
	require.NoError(t, err)
	require.NoError(t, s.VerifyWithUserBuf(testUser, recompress(t, large, 9), make([]byte, 60<<10)))
	require.Less(t, s.Kept(), 64<<10)
	got, err := s.Sign(testUser, time.Hour)
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.NoError(t, s.Verify(testUser, recompress(t, got, 9)))
}
