//go:build !386 && !arm && !mips && !mipsle

package usersig_test

import (
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"

	"github.com/go-tencentchat/tencentchat/usersig"
)

// vendor is the vendor's library, where it compiles.
func vendor() []implementation {
	const seconds = int(testTTL / time.Second)
	return []implementation{{
		name: "by=vendor",
		sign: func() error {
			_, err := tencentyun.GenUserSig(testApp, testKey, testUser, seconds)
			return err
		},
		privateMapKey: func() error {
			_, err := tencentyun.GenPrivateMapKey(testApp, testKey, testUser, seconds, 7, uint32(usersig.PrivilegeAll))
			return err
		},
		verify: func(sig string) error {
			return tencentyun.VerifyUserSig(testApp, testKey, testUser, sig, time.Now())
		},
	}}
}
