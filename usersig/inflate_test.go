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

// texts are documents that make a compressor use all that the format has: literals alone, long and short matches, near
// and far ones, short and long codes.
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
			for cut := range z {
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

// A bitWriter writes deflate data by hand.
type bitWriter struct {
	b []byte
	n int
}

// number writes the lowest bits of v, lowest first.
func (w *bitWriter) number(v, count int) {
	for i := range count {
		if w.n%8 == 0 {
			w.b = append(w.b, 0)
		}
		w.b[len(w.b)-1] |= byte(v>>i&1) << (w.n % 8)
		w.n++
	}
}

// code writes the lowest bits of v, highest first, as codes are written.
func (w *bitWriter) code(v, count int) {
	for i := count - 1; i >= 0; i-- {
		w.number(v>>i, 1)
	}
}

// tables begins a block with codes of these sizes. The sizes are written in a code in which each has four bits.
func (w *bitWriter) tables(final int, literals, distances []int) {
	w.number(final, 1)
	w.number(2, 2)
	w.number(len(literals)-257, 5)
	w.number(len(distances)-1, 5)
	w.number(19-4, 4)
	for i := range 19 {
		size := 4
		if i < 3 { // 16, 17 and 18 come first
			size = 0
		}
		w.number(size, 3)
	}
	for _, size := range append(append([]int{}, literals...), distances...) {
		w.code(size, 4)
	}
}

// sizes are zero but for the symbols given.
func sizes(n int, of map[int]int) []int {
	all := make([]int, n)
	for symbol, size := range of {
		all[symbol] = size
	}
	return all
}

// The codes that the format allows and no compressor writes, and those that it does not allow.
func TestInflateTables(t *testing.T) {
	t.Parallel()
	two := map[int]int{'a': 1, 256: 1}
	long := map[int]int{256: 15}
	for size := 1; size <= 15; size++ {
		long['a'+size] = size
	}
	ending := map[int]int{256: 15, 257: 15} // here the end is fourteen ones and a zero
	for size := 1; size < 15; size++ {
		ending['a'+size] = size
	}
	withMatch := map[int]int{'a': 1, 256: 2, 257: 2}
	crowded := map[int]int{}
	for i := range 257 {
		crowded[i] = 8
	}
	aaa := func(w *bitWriter) { w.code(0, 3); w.code(1, 1) } // three letters and the end
	match := func(distance, bits int) func(*bitWriter) {
		return func(w *bitWriter) { w.code(0, 1); w.code(3, 2); w.code(distance, bits); w.code(2, 2) }
	}
	for _, row := range []struct {
		name                string
		literals, distances []int
		data                func(*bitWriter)
		ok                  bool
	}{
		{"two literals", sizes(257, two), sizes(1, nil), aaa, true},
		{"most literals", sizes(286, two), sizes(30, nil), aaa, true},
		{"287 literals", sizes(287, two), sizes(1, nil), aaa, false},
		{"288 literals", sizes(288, two), sizes(32, nil), aaa, false},
		{"31 distances", sizes(257, two), sizes(31, nil), aaa, false},
		{"32 distances", sizes(286, two), sizes(32, nil), aaa, false},
		{"too few codes", sizes(257, map[int]int{'a': 2, 256: 2}), sizes(1, nil), aaa, false},
		{"too many codes", sizes(257, map[int]int{'a': 1, 'b': 1, 256: 1}), sizes(1, nil), aaa, false},
		{"far too many codes", sizes(257, crowded), sizes(1, nil), aaa, false},
		{"one code", sizes(257, map[int]int{256: 1}), sizes(1, nil), func(w *bitWriter) { w.code(0, 1) }, true},
		{"one code, the other bit", sizes(257, map[int]int{256: 1}), sizes(1, nil), func(w *bitWriter) { w.code(1, 1) }, false},
		{"no code", sizes(257, nil), sizes(1, nil), aaa, false},
		{"one code of two bits", sizes(257, map[int]int{256: 2}), sizes(1, nil), func(w *bitWriter) { w.code(0, 2) }, false},
		{"longest codes", sizes(257, long), sizes(1, nil), func(w *bitWriter) { w.code(1<<15-2, 15); w.code(1<<15-1, 15) }, true},
		{"cut in a long code", sizes(257, long), sizes(1, nil), func(w *bitWriter) { w.code(1<<13-1, 13) }, false},
		{"cut before the last zero", sizes(258, ending), sizes(1, nil), func(w *bitWriter) {
			for w.n%8 != 2 {
				w.code(0, 1)
			}
			w.code(1<<14-1, 14)
		}, false},
		{"one distance", sizes(258, withMatch), sizes(1, map[int]int{0: 1}), match(0, 1), true},
		{"one distance, the other bit", sizes(258, withMatch), sizes(1, map[int]int{0: 1}), match(1, 1), false},
		{"no distance", sizes(258, withMatch), sizes(1, nil), match(0, 1), false},
		{"from before the start", sizes(258, withMatch), sizes(2, map[int]int{1: 1}), match(0, 1), false},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			check := func(w bitWriter) {
				t.Helper()
				w.tables(1, row.literals, row.distances)
				row.data(&w)
				_, _, err := usersig.Inflate(w.b, 1000)
				require.Equal(t, row.ok, err == nil, err)
				compareInflate(t, w.b)
				compareInflate(t, append(w.b, 1, 2, 3, 4, 5, 6, 7, 8, 9))
			}
			check(bitWriter{})
			// Behind a block with codes of the format's own, of which nothing may be left.
			var w bitWriter
			w.number(0, 1)
			w.number(1, 2)
			w.code(0, 7)
			check(w)
		})
	}
}

// The codes that the format itself names have two distances and two lengths too many.
func TestInflateFixedTables(t *testing.T) {
	t.Parallel()
	for distance := range 32 {
		for length := range 32 {
			var w bitWriter
			w.number(1, 1)
			w.number(1, 2)
			w.code(0x30+'a', 8)
			if symbol := 256 + length; symbol < 280 {
				w.code(length, 7)
			} else {
				w.code(0xc0+symbol-280, 8)
			}
			w.code(distance, 5)
			w.code(0, 7)
			compareInflate(t, w.b)
		}
	}
}

// Damage of every sort, in blocks that begin well.
func TestInflateRandomTables(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 10))
	for range 3000 {
		b := make([]byte, 8+r.IntN(80))
		for i := range b {
			b[i] = byte(r.Uint32() & r.Uint32N(1<<8)) // small sizes are likelier to make up a code
		}
		b[0] = b[0]&^7 | 5
		compareInflate(t, b)
	}
}
