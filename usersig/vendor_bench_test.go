//go:build !386 && !arm && !mips && !mipsle

package usersig_test

import (
	"testing"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"
)

func BenchmarkVendorSign(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tencentyun.GenUserSig(testApp, testKey, testUser, int(testTTL/time.Second)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVendorVerify(b *testing.B) {
	stored, err := newSigner(b).Sign(testUser, testTTL)
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
				if err := tencentyun.VerifyUserSig(testApp, testKey, testUser, row.sig, time.Now()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
