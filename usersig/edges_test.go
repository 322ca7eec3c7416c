package usersig_test

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/usersig"
)

// The tests here stand on the last value that is let through, where the others stand on the first that is not.

func TestSignAtTheEdges(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		now  int64
		ttl  time.Duration
	}{
		{"shortest lifetime", testTime, time.Second},
		{"earliest clock", 0, time.Hour},
		{"latest clock", math.MaxInt64 - 3600, time.Hour},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := signerAt(t, row.now)
			sig, err := s.Sign(testUser, row.ttl)
			require.NoError(t, err)
			require.NoError(t, s.Verify(testUser, sig))
			token, err := usersig.Parse(sig)
			require.NoError(t, err)
			require.Equal(t, row.ttl, token.TTL)
		})
	}
}

func TestPrivateMapKeyLargestApp(t *testing.T) {
	t.Parallel()
	s, err := usersig.New(math.MaxUint32, testKey)
	require.NoError(t, err)
	key, err := s.PrivateMapKey("ab", time.Hour, usersig.NumericRoom(1), usersig.PrivilegeAll)
	require.NoError(t, err)
	token, err := usersig.Parse(key)
	require.NoError(t, err)
	require.Equal(t, []byte{0xff, 0xff, 0xff, 0xff}, token.UserBuf[5:9])
}

// A match that takes as many bits as there can be, wherever in a byte and in the reader's memory it begins.
func TestInflateLongestMatch(t *testing.T) {
	t.Parallel()
	literals, distances := map[int]int{256: 15, 284: 15}, map[int]int{28: 15, 29: 15}
	for size := 1; size < 15; size++ {
		literals['a'+size-1] = size
		distances[size-1] = size
	}
	far := make([]byte, 1<<15) // as far as a match reaches
	for i := range far {
		far[i] = byte(i * i >> 4)
	}
	for before := range 24 {
		t.Run(fmt.Sprint(before), func(t *testing.T) {
			t.Parallel()
			var w bitWriter
			w.number(0, 8) // a stored block
			w.number(len(far), 16)
			w.number(^len(far), 16)
			w.b, w.n = append(w.b, far...), w.n+8*len(far)
			w.tables(1, sizes(285, literals), sizes(30, distances))
			want := bytes.Clone(far)
			for range before {
				w.code(0, 1)
				want = append(want, 'a')
			}
			for range 3 {
				w.code(1<<15-1, 15)
				w.number(31, 5)
				w.code(1<<15-1, 15)
				w.number(1<<13-1, 13)
				want = append(want, want[len(want)-1<<15:][:258]...)
			}
			w.code(1<<15-2, 15)
			got, used, err := usersig.Inflate(w.b, len(want))
			require.NoError(t, err)
			require.Len(t, w.b, used)
			require.True(t, bytes.Equal(want, got))
		})
	}
}

// The sizes of a block's codes may not begin by repeating the one before.
func TestInflateRepeatsNothing(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		start func(*bitWriter)
		ok    bool
	}{
		{"zeros", func(w *bitWriter) { w.code(3, 2); w.number(97-11, 7) }, true},
		{"repeat", func(w *bitWriter) { w.code(0, 1); w.number(0, 2); w.code(3, 2); w.number(97-3-11, 7) }, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			var w bitWriter
			w.number(5, 3) // the last block, with codes of its own
			w.number(0, 5)
			w.number(0, 5)
			w.number(19-4, 4)
			for _, symbol := range []int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15} {
				w.number(map[int]int{16: 1, 18: 2, 1: 2}[symbol], 3)
			}
			row.start(&w) // up to the first letter, which has a code of one bit, as have the end and a distance
			w.code(2, 2)
			w.code(3, 2)
			w.number(138-11, 7)
			w.code(3, 2)
			w.number(20-11, 7)
			w.code(2, 2)
			w.code(2, 2)
			w.code(0, 1)
			w.code(1, 1)
			out, _, err := usersig.Inflate(w.b, 10)
			require.Equal(t, row.ok, err == nil, err)
			if row.ok {
				require.Equal(t, "a", string(out))
			}
			compareInflate(t, w.b)
		})
	}
}

// Letters behind the first one that is not ASCII are read one by one.
func TestVerifyLettersBehindOthers(t *testing.T) {
	t.Parallel()
	s := signerAt(t, testTime)
	for _, user := range []string{"店 07", "店~\x7f07", "a\u0080b"} {
		require.NoError(t, s.Verify(user, signed(t, testKey, testApp, user, testTime, 60, nil)), "%q", user)
	}
	for _, user := range []string{"店\x1f07", "\x80", "leckie\x80", `\nleckie`, `leckie\n`} {
		refuse(t, signed(t, testKey, testApp, user, testTime, 60, nil), "bad value of TLS.identifier")
	}
}

func TestVerifyEveryHexDigit(t *testing.T) {
	t.Parallel()
	s := signerAt(t, testTime)
	for _, digit := range "0123456789abcdefABCDEF" {
		value, err := strconv.ParseUint("4e0"+string(digit), 16, 32)
		require.NoError(t, err)
		user := string(rune(value))
		text := strings.Replace(documentOf(t, signed(t, testKey, testApp, user, testTime, 60, nil)), user, `\u4e0`+string(digit), 1)
		require.NoError(t, s.Verify(user, pack(t, text, 0)), text)
	}
	for _, digit := range "/:@G`g" { // the neighbours
		text := strings.Replace(goodDocument(), testUser, `\u4e0`+string(digit), 1)
		refuse(t, pack(t, text, 0), "bad value of TLS.identifier")
	}
}

// The limit holds in the last symbol of the last block, of whatever kind.
func TestInflateLimit(t *testing.T) {
	t.Parallel()
	fixed := func(data func(*bitWriter)) []byte {
		var w bitWriter
		w.number(3, 3) // the last block, with the format's own codes
		data(&w)
		w.code(0, 7)
		return w.b
	}
	letter := func(w *bitWriter) { w.code(0x30+'a', 8) }
	var block bitWriter
	block.number(1, 8)
	block.number(3, 16)
	block.number(^3, 16)
	for _, row := range []struct {
		name string
		src  []byte
		want string
	}{
		{"literal", fixed(letter), "a"},
		{"literals", fixed(func(w *bitWriter) {
			for range 20 {
				letter(w)
			}
		}), strings.Repeat("a", 20)},
		{"match", fixed(func(w *bitWriter) { letter(w); w.code(1, 7); w.code(0, 5) }), "aaaa"},
		{"stored", append(block.b, "abc"...), "abc"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			out, _, err := usersig.Inflate(row.src, len(row.want))
			require.NoError(t, err)
			require.Equal(t, row.want, string(out))
			out, _, err = usersig.Inflate(row.src, len(row.want)-1)
			require.ErrorIs(t, err, usersig.ErrTooLong)
			require.Less(t, len(out), len(row.want))
		})
	}
}

// Strings are read eight bytes at a time, where nothing in them asks for more.
func TestVerifyEveryPlace(t *testing.T) {
	t.Parallel()
	s := signerAt(t, testTime)
	for place := range 17 {
		with := func(middle string) string { return strings.Repeat("A", place) + middle + strings.Repeat("A", 16-place) }
		for _, special := range []string{`"`, `\`, "é", " ", "~", "\x7f"} {
			user := with(special)
			sig := forms()[3].write(t, user, testTime, 60, nil, decimal)
			require.NoError(t, s.Verify(user, pack(t, documentOf(t, sig), 0)), user)
		}
		for _, c := range "\x00\n\x1f" {
			refuse(t, signed(t, testKey, testApp, with(string(c)), testTime, 60, nil), "bad value of TLS.identifier")
		}
	}
}

// A document that ends too early is refused wherever that is, and nothing behind its end is read.
func TestDocumentCut(t *testing.T) {
	t.Parallel()
	text := strings.Replace(goodDocument(), "{", `{"x":[{"\ud83d\udc08\/é\u00e9":-1.5e+70},true,false,null,0],`, 1)
	text = strings.Replace(text, testUser, `\u006c\ud83d\udc08`, 1)
	_, err := usersig.ParseDocument([]byte(text))
	require.NoError(t, err)
	for cut := range text {
		_, err := usersig.ParseDocument([]byte(text)[:cut:cut])
		require.ErrorIs(t, err, usersig.ErrMalformed, text[:cut])
		_, err = usersig.ParseDocument([]byte(text)[:cut]) // with what was cut off in memory
		require.ErrorIs(t, err, usersig.ErrMalformed, text[:cut])
	}
}
