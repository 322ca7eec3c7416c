package usersig_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"testing"
	"time"

	"github.com/go-tencentchat/tencentchat/usersig"
)

func BenchmarkSign(b *testing.B) {
	s := newSigner(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Sign(testUser, testTTL); err != nil {
			b.Fatal(err)
		}
	}
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

func BenchmarkVerify(b *testing.B) {
	s := newSigner(b)
	stored, err := s.Sign(testUser, testTTL)
	if err != nil {
		b.Fatal(err)
	}
	for _, row := range []struct{ name, sig string }{
		{"stored", stored},
		{"deflated", recompress(b, stored, 6)},
	} {
		b.Run(row.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := s.Verify(testUser, row.sig); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkPrivateMapKey(b *testing.B) {
	s := newSigner(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.PrivateMapKey(testUser, testTTL, usersig.NumericRoom(7), usersig.PrivilegeAll); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParallelVerify(b *testing.B) {
	s := newSigner(b)
	sig, err := s.Sign(testUser, testTTL)
	if err != nil {
		b.Fatal(err)
	}
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
	text := []byte(signedText(testApp, testUser, time.Now().Unix(), int64(testTTL/time.Second), nil))
	mac := hmac.New(sha256.New, []byte(testKey))
	sum := make([]byte, 0, sha256.Size)
	b.ReportAllocs()
	for b.Loop() {
		mac.Reset()
		_, _ = mac.Write(text)
		_ = mac.Sum(sum)
	}
}
