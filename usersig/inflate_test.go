package usersig_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/usersig"
)

// texts are documents that make a compressor use all that the format has: literals alone, long and short matches, near and
// far ones, short and long codes.
func texts() map[string][]byte {
	r := rand.New(rand.NewPCG(5, 6))
	random := make([]byte, 40_000)
	skewed := make([]byte, 150_000)
	for i := range random {
		random[i] = byte(r.Uint32())
	}
	for i := range skewed {
		skewed[i] = byte(r.ExpFloat64() * 12) // rare bytes get codes longer than the table is wide
	}
	far := bytes.Clone(random[:32_500])
	far = append(far, far...)
	var words strings.Builder
	for words.Len() < 100_000 {
		fmt.Fprintf(&words, "%d bottles, ", r.IntN(100))
	}
	return map[string][]byte{
		"empty": {}, "one byte": {'x'}, "run": bytes.Repeat([]byte{'x'}, 190_000), "pairs": bytes.Repeat([]byte("ab"), 3000),
		"random": random, "skewed": skewed, "far": far, "words": []byte(words.String()), "document": []byte(goodDocument()),
	}
}

func TestUnpackReadsEveryLevel(t *testing.T) {
	t.Parallel()
	for name, text := range texts() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, level := range []int{-2, 0, 1, 6, 9} {
				got, err := usersig.Unpack(packed(t, pack(t, string(text), level)))
				require.NoError(t, err)
				require.True(t, bytes.Equal(text, got), "level %d", level)
			}
		})
	}
}

// Where a stream is damaged, we and compress/zlib refuse the same ones.
func TestUnpackDamaged(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	for name, text := range texts() {
		text = text[:min(len(text), 600)]
		var z bytes.Buffer
		w, err := zlib.NewWriterLevel(&z, 9)
		require.NoError(t, err)
		_, _ = w.Write(text)
		require.NoError(t, w.Close())
		for range 300 {
			b := bytes.Clone(z.Bytes())
			for range 1 + r.IntN(3) {
				b[2+r.IntN(len(b)-2)] ^= 1 << r.IntN(8)
			}
			want, ok := unzip(b)
			got, err := usersig.Unpack(bytes.Clone(b))
			if err != nil && strings.Contains(err.Error(), "align") {
				continue
			}
			require.Equal(t, ok, err == nil, "%s: %x: %v", name, b, err)
			if ok {
				require.Equal(t, string(want), string(got))
			}
		}
		for cut := range z.Len() {
			_, err := usersig.Unpack(bytes.Clone(z.Bytes()[:cut]))
			require.ErrorIs(t, err, usersig.ErrMalformed, "%s, %d bytes", name, cut)
		}
	}
}
