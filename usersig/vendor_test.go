//go:build !386 && !arm && !mips && !mipsle

// The vendor's library does not compile where an int has 32 bits.

package usersig_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"
	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"

	"github.com/go-tencentchat/tencentchat/usersig"
)

// A sample is one random token to make.
type sample struct {
	app  uint64
	key  string
	user string
	ttl  time.Duration
	buf  []byte // not empty
}

func (s *sample) seconds() int { return int(s.ttl / time.Second) }

func samples(n int) []sample {
	r := rand.New(rand.NewPCG(1, 2))
	all := make([]sample, n)
	for i := range all {
		buf := make([]byte, 1+r.IntN(200))
		for j := range buf {
			buf[j] = byte(r.Uint32())
		}
		key := make([]byte, 1+r.IntN(100))
		for j := range key {
			key[j] = "0123456789abcdef"[r.IntN(16)]
		}
		all[i] = sample{
			app: 1 + uint64(r.Uint32()), key: string(key), user: randomUser(r),
			ttl: time.Duration(1+r.Int64N(200*365*86400)) * time.Second, buf: buf,
		}
	}
	all[0].user, all[1].user, all[2].user = strings.Repeat("Z", 32), `"\"\`, "</script>&\u2028"
	return all
}

// randomUser is a user ID of 1 to 32 bytes, one in four of them of exactly 32.
func randomUser(r *rand.Rand) string {
	size := 1 + r.IntN(32)
	if r.IntN(4) == 0 {
		size = 32
	}
	top := []rune{0x7e, 0x7ff, 0xffff, unicode.MaxRune}[r.IntN(4)]
	var b strings.Builder
	for b.Len() < size {
		c := ' ' + r.Int32N(top-' ')
		if unicode.IsControl(c) || c >= 0xd800 && c < 0xe000 || b.Len()+len(string(c)) > size {
			c = '_'
		}
		b.WriteRune(c)
	}
	return b.String()
}

func (s *sample) signer(t testing.TB) *usersig.Signer {
	t.Helper()
	signer, err := usersig.New(s.app, s.key)
	require.NoError(t, err)
	return signer
}

// What we sign passes the vendor's checks, and says the same as what the vendor signs.
func TestVendorVerifiesOurs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, x := range samples(500) {
			s := x.signer(t)
			sig, err := s.Sign(x.user, x.ttl)
			require.NoError(t, err)
			last := time.Now().Add(x.ttl)
			require.NoError(t, tencentyun.VerifyUserSig(x.app, x.key, x.user, sig, time.Now()))
			require.NoError(t, tencentyun.VerifyUserSig(x.app, x.key, x.user, sig, last))
			require.Equal(t, tencentyun.ErrExpired, tencentyun.VerifyUserSig(x.app, x.key, x.user, sig, last.Add(time.Second)))
			theirs, err := tencentyun.GenUserSig(int(x.app), x.key, x.user, x.seconds())
			require.NoError(t, err)
			require.JSONEq(t, documentOf(t, theirs), documentOf(t, sig))

			sig, err = s.SignWithUserBuf(x.user, x.ttl, x.buf)
			require.NoError(t, err)
			require.NoError(t, tencentyun.VerifyUserSigWithBuf(x.app, x.key, x.user, sig, time.Now(), x.buf))
			theirs, err = tencentyun.GenUserSigWithBuf(int(x.app), x.key, x.user, x.seconds(), x.buf)
			require.NoError(t, err)
			require.JSONEq(t, documentOf(t, theirs), documentOf(t, sig))

			sig, err = s.SignWithUserBuf(x.user, x.ttl, []byte{})
			require.NoError(t, err)
			require.NoError(t, tencentyun.VerifyUserSigWithBuf(x.app, x.key, x.user, sig, time.Now(), []byte{}))
			time.Sleep(time.Second)
		}
	})
}

func TestOursVerifiesVendor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for i, x := range samples(500) {
			s := x.signer(t)
			plain, err := tencentyun.GenUserSig(int(x.app), x.key, x.user, x.seconds())
			require.NoError(t, err)
			withBuf, err := tencentyun.GenUserSigWithBuf(int(x.app), x.key, x.user, x.seconds(), x.buf)
			require.NoError(t, err)
			if i%20 == 0 { // a compressor is slow to make
				require.NoError(t, s.Verify(x.user, recompress(t, plain, 1+i%9)))
				require.NoError(t, s.VerifyWithUserBuf(x.user, recompress(t, withBuf, 1+i%9), x.buf))
			}
			require.NoError(t, s.Verify(x.user, plain))
			require.NoError(t, s.VerifyWithUserBuf(x.user, withBuf, x.buf))
			require.ErrorIs(t, s.Verify(x.user, withBuf), usersig.ErrWrongUserBuf)
			require.ErrorIs(t, s.VerifyWithUserBuf(x.user, plain, x.buf), usersig.ErrWrongUserBuf)
			require.ErrorIs(t, s.Verify(x.user+"_", plain), usersig.ErrWrongUser)
			other := sample{app: x.app, key: x.key + "0"}
			require.ErrorIs(t, other.signer(t).Verify(x.user, plain), usersig.ErrBadSignature)
			other = sample{app: x.app + 1, key: x.key}
			require.ErrorIs(t, other.signer(t).Verify(x.user, plain), usersig.ErrWrongApp)

			token, err := usersig.Parse(withBuf)
			require.NoError(t, err)
			require.Equal(t, usersig.Token{
				Version: "2.0", UserID: x.user, SDKAppID: x.app, IssuedAt: time.Now().UTC(), TTL: x.ttl,
				ExpiresAt: time.Now().Add(x.ttl).UTC(), UserBuf: x.buf,
			}, token)
			time.Sleep(time.Second)
		}
	})
}

// The room keys are the vendor's, byte for byte.
func TestVendorPrivateMapKey(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(3, 4))
		for _, x := range samples(300) {
			s := x.signer(t)
			id, p := r.Uint32(), r.Uint32()
			ours, err := s.PrivateMapKey(x.user, x.ttl, usersig.NumericRoom(id), usersig.Privilege(p))
			require.NoError(t, err)
			theirs, err := tencentyun.GenPrivateMapKey(int(x.app), x.key, x.user, x.seconds(), id, p)
			require.NoError(t, err)
			require.JSONEq(t, documentOf(t, theirs), documentOf(t, ours))

			name := string(x.buf)
			ours, err = s.PrivateMapKey(x.user, x.ttl, usersig.StringRoom(name), usersig.Privilege(p))
			require.NoError(t, err)
			theirs, err = tencentyun.GenPrivateMapKeyWithStringRoomID(int(x.app), x.key, x.user, x.seconds(), name, p)
			require.NoError(t, err)
			require.JSONEq(t, documentOf(t, theirs), documentOf(t, ours))
			time.Sleep(time.Second)
		}
	})
}
