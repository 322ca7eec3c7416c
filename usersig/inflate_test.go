package usersig_test

import (
	"bytes"
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

// Where a stream is damaged, we and compress/flate refuse the same ones, and read the same from the others.
func TestInflateDamaged(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	for name, text := range texts() {
		text = text[:min(len(text), 600)]
		for _, level := range []int{-2, 0, 1, 9} {
			z := packed(t, pack(t, string(text), level))[2:]
			for range 200 {
				b := bytes.Clone(z)
				for range 1 + r.IntN(3) {
					b[r.IntN(min(len(b), 1+r.IntN(len(b))))] ^= 1 << r.IntN(8)
				}
				compareInflate(t, b)
			}
			for cut := range len(z) {
				compareInflate(t, z[:cut])
			}
		}
		sig := pack(t, string(text), 9)
		for cut := range len(packed(t, sig)) {
			_, err := usersig.Unpack(packed(t, sig)[:cut])
			require.ErrorIs(t, err, usersig.ErrMalformed, "%s, %d bytes", name, cut)
		}
	}
}

// The codes that the format allows and no compressor writes, and those that it does not allow.
func TestInflateTables(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 10))
	for range 3000 {
		// A final block with tables of its own, and random bits from there on.
		b := make([]byte, 8+r.IntN(80))
		for i := range b {
			b[i] = byte(r.Uint32()) & byte(r.Uint32())
		}
		b[0] = b[0]&^7 | 5
		compareInflate(t, b)
	}
}
