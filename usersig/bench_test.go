package usersig_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/usersig"
)

// An implementation is one library's way of doing what is measured. The names are made for benchstat -col /by.
type implementation struct {
	name          string
	sign          func() error
	privateMapKey func() error
	verify        func(sig string) error
}

func implementations(b *testing.B) []implementation {
	s := newSigner(b)
	ours := implementation{
		name: "by=us",
		sign: func() error {
			_, err := s.Sign(testUser, testTTL)
			return err
		},
		privateMapKey: func() error {
			_, err := s.PrivateMapKey(testUser, testTTL, usersig.NumericRoom(7), usersig.PrivilegeAll)
			return err
		},
		verify: func(sig string) error { return s.Verify(testUser, sig) },
	}
	return append([]implementation{ours}, vendor()...)
}

// measure runs do, which is one of each implementation.
func measure(b *testing.B, do func(implementation) func() error) {
	b.Helper()
	for _, by := range implementations(b) {
		call := do(by)
		b.Run(by.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := call(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// fixedToken has the same bytes whenever it is made, so that every run measures the same work, and holds for a century.
func fixedToken(b *testing.B) string {
	b.Helper()
	sig, err := signerAt(b, testTime).Sign(testUser, 100*365*24*time.Hour)
	require.NoError(b, err)
	return sig
}

func BenchmarkSign(b *testing.B) {
	measure(b, func(by implementation) func() error { return by.sign })
}

func BenchmarkPrivateMapKey(b *testing.B) {
	measure(b, func(by implementation) func() error { return by.privateMapKey })
}

func BenchmarkAppendSign(b *testing.B) {
	s := newSigner(b)
	buf := make([]byte, 0, 512)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.AppendSign(buf, testUser, testTTL); err != nil {
			b.Fatal(err)
		}
	}
}

// The tokens are what Sign writes, what the vendor's Go library writes, which is stored as well, and what the libraries
// in other languages write.
func BenchmarkVerify(b *testing.B) {
	stored := fixedToken(b)
	for _, row := range []struct{ name, sig string }{
		{"token=stored", stored},
		{"token=vendor", pack(b, documentOf(b, stored)+"\n", 0)},
		{"token=deflated", recompress(b, stored, 6)},
		{"token=smallest", recompress(b, stored, 9)},
		{"token=fastest", recompress(b, stored, 1)},
	} {
		b.Run(row.name, func(b *testing.B) {
			measure(b, func(by implementation) func() error {
				return func() error { return by.verify(row.sig) }
			})
		})
	}
}

func BenchmarkParallelVerify(b *testing.B) {
	s, sig := newSigner(b), fixedToken(b)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := s.Verify(testUser, sig); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

// The least that signing or checking can cost: one HMAC over the signed text, with the key already in it.
func BenchmarkFloorHMAC(b *testing.B) {
	text := []byte(signedText(testApp, testUser, testTime, int64(testTTL/time.Second), nil))
	mac := hmac.New(sha256.New, []byte(testKey))
	sum := make([]byte, 0, sha256.Size)
	b.ReportAllocs()
	for b.Loop() {
		mac.Reset()
		_, _ = mac.Write(text)
		_ = mac.Sum(sum)
	}
}
