package redislimit_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/redislimit"
)

// All keys of an app lie in one slot of a cluster, and expire.
func TestKeys(t *testing.T) {
	t.Parallel()
	f := newFakeRedis(t)
	synctest.Test(t, func(t *testing.T) {
		client := f.client(t)
		var seen []string
		f.see = func(args []any) {
			for i := range args[2].(int) {
				seen = append(seen, args[3+i].(string))
			}
		}
		l := newLimiter(t, client, redislimit.WithPrefix("mine:"))
		require.NoError(t, l.Wait(t.Context(), setCommand))
		l.SlowDown(setCommand, restapi.CodeCommandRateLimited)
		l.SlowDown(setCommand, restapi.CodeAppRateLimited)
		assert.Contains(t, seen, "mine:{1400000001}:profile/portrait_set")
		assert.Contains(t, seen, "mine:{1400000001}:profile/portrait_set:slow")
		assert.Contains(t, seen, "mine:{1400000001}:slow")
		for _, key := range seen {
			assert.Equal(t, slotOf(seen[0]), slotOf(key), key)
		}
		keys := f.mini.Keys()
		assert.Len(t, keys, 3)
		for _, key := range keys {
			assert.Positive(t, f.mini.TTL(key), key)
			assert.LessOrEqual(t, f.mini.TTL(key), 100*time.Second, key)
		}
	})
}

// slotOf is the cluster's placement: CRC16 (XMODEM) of what is between the first braces.
func slotOf(key string) uint16 {
	if _, rest, ok := strings.Cut(key, "{"); ok {
		if tag, _, ok := strings.Cut(rest, "}"); ok && tag != "" {
			key = tag
		}
	}
	var crc uint16
	for _, b := range []byte(key) {
		crc ^= uint16(b) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return crc % 16384
}

func TestSlotOf(t *testing.T) {
	t.Parallel()
	assert.EqualValues(t, 12739, slotOf("123456789")) // of the cluster specification: 0x31C3
	assert.Equal(t, slotOf("user1000"), slotOf("{user1000}.following"))
}
