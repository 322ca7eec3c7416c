package usersig_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"hash/adler32"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/usersig"
)

func refuse(t *testing.T, sig, detail string) {
	t.Helper()
	err := signerAt(t, testTime).Verify(testUser, sig)
	require.ErrorIs(t, err, usersig.ErrMalformed)
	require.ErrorContains(t, err, "usersig: malformed token: "+detail)
	token, err := usersig.Parse(sig)
	require.ErrorIs(t, err, usersig.ErrMalformed)
	require.Zero(t, token)
}

func TestMalformedText(t *testing.T) {
	t.Parallel()
	good := pack(t, goodDocument(), 6)
	for len(packed(t, good))%3 != 1 { // so that it ends in two characters of padding
		good = pack(t, documentOf(t, good)+" ", 6)
	}
	require.NoError(t, signerAt(t, testTime).Verify(testUser, good))
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-"
	body := strings.TrimRight(good, "_")
	last := strings.IndexByte(alphabet, body[len(body)-1])
	for name, sig := range map[string]string{
		"line break inside":       good[:76] + "\n" + good[76:],
		"four line breaks inside": good[:76] + "\r\n\r\n" + good[76:],
		"line break at the end":   good + "\n",
		"four at the end":         good + "\n\n\n\n",
		"space before":            " " + good,
		"standard alphabet":       base64.StdEncoding.EncodeToString(packed(t, good)),
		"base64url":               base64.URLEncoding.EncodeToString(packed(t, good)),
		"no padding":              body,
		"half of the padding":     body + "_",
		"other padding":           body + "==",
		"too much padding":        good + "____",
		"padding inside":          good[:4] + "____" + good[4:],
		"padding before a letter": body + "_A",
		"bits that no byte needs": body[:len(body)-1] + alphabet[last+1:last+2] + "__",
		"not ASCII":               good[:8] + "éé" + good[12:],
		"NUL":                     good[:8] + "\x00" + good[9:],
		"padding alone":           "____",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuse(t, sig, "bad base64")
		})
	}
}

func TestMalformedZlib(t *testing.T) {
	t.Parallel()
	edit := func(level int, change func([]byte) []byte) string {
		if level == 0 {
			return encode(change(stored(goodDocument())))
		}
		return encode(change(packed(t, pack(t, goodDocument(), level))))
	}
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, _ = io.WriteString(w, goodDocument())
	require.NoError(t, w.Close())
	var dictionary bytes.Buffer
	d, err := zlib.NewWriterLevelDict(&dictionary, 6, []byte("TLS.identifier"))
	require.NoError(t, err)
	_, _ = io.WriteString(d, goodDocument())
	require.NoError(t, d.Close())
	// A document that ends in an empty stored block, with padding before it.
	var flushed bytes.Buffer
	z := zlib.NewWriter(&flushed)
	_, _ = io.WriteString(z, goodDocument())
	require.NoError(t, z.Flush())
	padded := flushed.Bytes()
	padded[len(padded)-5] |= 0x80
	checksum := func(b []byte) []byte { b[len(b)-1] ^= 1; return b }
	behind := func(b []byte) []byte { return append(b, 0) }
	short := func(b []byte) []byte { return b[:len(b)-1] }
	for _, row := range []struct{ name, sig, detail string }{
		{"empty", "", "cut short"},
		{"header alone", encode([]byte("\x78\x01")), "cut short"},
		{"gzip", encode(zipped.Bytes()), "no zlib header"},
		{"raw deflate", edit(6, func(b []byte) []byte { return b[2:] }), "no zlib header"},
		{"another method", edit(0, func(b []byte) []byte { b[0], b[1] = 0x79, 0x00+(31-0x7900%31)%31; return b }), "no zlib header"},
		{"a window over 32 KiB", edit(0, func(b []byte) []byte { b[0], b[1] = 0x88, (31-0x8800%31)%31; return b }), "no zlib header"},
		{"bad header check", edit(0, func(b []byte) []byte { b[1]++; return b }), "no zlib header"},
		{"preset dictionary", encode(dictionary.Bytes()), "the zlib stream needs a preset dictionary"},
		{"checksum, stored", edit(0, checksum), "the zlib checksum differs"},
		{"checksum, deflated", edit(6, checksum), "the zlib checksum differs"},
		{"a byte behind, stored", edit(0, behind), "bytes behind the zlib stream"},
		{"a byte behind, deflated", edit(6, behind), "bytes behind the zlib stream"},
		{"a second stream behind", edit(0, func(b []byte) []byte { return append(b, b...) }), "bytes behind the zlib stream"},
		{"last byte gone, stored", edit(0, short), "cut short"},
		{"last byte gone, deflated", edit(6, short), "cut short"},
		{"half, stored", edit(0, func(b []byte) []byte { return b[:len(b)/2] }), "bad zlib data"},
		{"half, deflated", edit(6, func(b []byte) []byte { return b[:len(b)/2] }), "bad zlib data"},
		{"block length differs", edit(0, func(b []byte) []byte { b[5] ^= 1; return b }), "bad zlib data"},
		{"reserved block type", edit(0, func(b []byte) []byte { b[2] |= 6; return b }), "bad zlib data"},
		{"bits beside the block's head", edit(0, func(b []byte) []byte { b[2] |= 8; return b }), "the bits that align"},
		{"padding behind the last block", encode(looseEnd(0x80)), "the bits that align"},
		{"padding before a stored block", encode(padded), "the bits that align"},
		{"no final block", edit(0, func(b []byte) []byte { b[2] = 0; return b }), "bad zlib data"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			refuse(t, row.sig, row.detail)
		})
	}
}

// looseEnd is a stream of a stored block and an empty compressed one, which ends with six bits that nobody reads.
func looseEnd(padding byte) []byte {
	z := stored(goodDocument())
	z[2] = 0 // not the last block
	return slices.Insert(z, len(z)-4, 0x03, padding)
}

// A stream may change between stored and compressed blocks, and split where it likes.
func TestMixedBlocks(t *testing.T) {
	t.Parallel()
	document := goodDocument()
	var flushed bytes.Buffer
	w := zlib.NewWriter(&flushed)
	for piece := range slices.Chunk([]byte(document), 40) {
		_, err := w.Write(piece)
		require.NoError(t, err)
		require.NoError(t, w.Flush()) // writes an empty stored block
	}
	require.NoError(t, w.Close())
	s := signerAt(t, testTime)
	require.NoError(t, s.Verify(testUser, encode(flushed.Bytes())))
	require.NoError(t, s.Verify(testUser, encode(looseEnd(0))))

	for _, size := range []int{1, 3, 4, 5, 6, 7, 100} {
		b := []byte("\x78\x01")
		for piece := range slices.Chunk([]byte(document), size) {
			b = append(b, 0, byte(len(piece)), 0, ^byte(len(piece)), 0xff)
			b = append(b, piece...)
			b = append(b, 0, 0, 0, 0xff, 0xff)
		}
		b = append(b, 1, 0, 0, 0xff, 0xff)
		b = binary.BigEndian.AppendUint32(b, adler32.Checksum([]byte(document)))
		require.NoError(t, s.Verify(testUser, encode(b)), size)
	}
}

func TestMalformedDocument(t *testing.T) {
	t.Parallel()
	good := goodDocument()
	swap := func(old, with string) string {
		t.Helper()
		require.Contains(t, good, old)
		return strings.Replace(good, old, with, 1)
	}
	unsigned, _, _ := strings.Cut(good, `,"TLS.sig"`)
	const notObject, missing = "the document is not a JSON object", "a field is missing"
	for _, row := range []struct{ name, document, detail string }{
		{"empty", "", notObject},
		{"null", "null", notObject},
		{"list", "[" + good + "]", notObject},
		{"string", `"x"`, notObject},
		{"cut", good[:len(good)-1], notObject},
		{"single quotes", strings.ReplaceAll(good, `"`, "'"), notObject},
		{"comma at the end", swap(`"}`, `",}`), notObject},
		{"comma at the start", swap(`{`, `{,`), notObject},
		{"no comma", swap(`,`, ` `), notObject},
		{"no colon", swap(`:`, ` `), notObject},
		{"key without quotes", swap(`"TLS.ver"`, `TLS.ver`), notObject},
		{"a comment", swap(`{`, `{/**/`), notObject},
		{"byte order mark", "\ufeff" + good, notObject},
		{"vertical tab", "\v" + good, notObject},
		{"text behind", good + "x", "text behind the document"},
		{"document behind", good + good, "text behind the document"},
		{"NUL behind", good + "\x00", "text behind the document"},
		{"empty object", "{}", missing},
		{"no user ID", swap(`"TLS.identifier":"leckie",`, ""), missing},
		{"no SDKAppID", swap(`"TLS.sdkappid":1400506071,`, ""), missing},
		{"no time", swap(`"TLS.time":1740787200,`, ""), missing},
		{"no lifetime", swap(`"TLS.expire":86400,`, ""), missing},
		{"no signature", unsigned + "}", missing},
		{"version twice", swap("{", `{"TLS.ver":"2.0",`), "the document has two of TLS.ver"},
		{"user ID twice", swap("{", `{"TLS.identifier":"x",`), "the document has two of TLS.identifier"},
		{"user ID twice, escaped", swap("{", `{"\u0054LS.identifier":"x",`), "the document has two of TLS.identifier"},
		{"other case", swap("TLS.ver", "tls.ver"), "a key in another case"},
		{"other case besides", swap("{", `{"TLS.Identifier":"x",`), "a key in another case"},
		{"folds to another letter", swap("{", `{"TLS.\u017fig":"x",`), "a key in another case"},
		{"unknown key, bad value", swap("{", `{"x":tru,`), notObject},
		{"unknown key, bad word", swap("{", `{"x":nul`), notObject},
		{"unknown key, bad string", swap("{", `{"x":"\x",`), notObject},
		{"unknown key, bad object", swap("{", `{"x":{"a"},`), notObject},
		{"unknown key, bad number", swap("{", `{"x":01,`), notObject},
		{"unknown key, bad fraction", swap("{", `{"x":1.,`), notObject},
		{"unknown key, bad exponent", swap("{", `{"x":1e+,`), notObject},
		{"unknown key, minus", swap("{", `{"x":-,`), notObject},
		{"nested too deep", swap("{", `{"x":`+strings.Repeat("[", 65)+strings.Repeat("]", 65)+","), notObject},
		{"nested without end", `{"x":` + strings.Repeat("[", 100000), notObject},
		{"version is a number", swap(`"2.0"`, `2.0`), "bad value of TLS.ver"},
		{"user ID is null", swap(`"leckie"`, `null`), "bad value of TLS.identifier"},
		{"user ID is a number", swap(`"leckie"`, `7`), "bad value of TLS.identifier"},
		{"user ID is empty", swap(`leckie`, ``), "bad value of TLS.identifier"},
		{"line break in the user ID", swap(`leckie`, `leckie\n`), "bad value of TLS.identifier"},
		{"tab as it is", swap(`leckie`, "leck\tie"), "bad value of TLS.identifier"},
		{"tab as it is, far from the end", swap(`leckie`, "l\teckie of many names"), "bad value of TLS.identifier"},
		{"escape far from the end", swap(`leckie`, `l\xeckie of many names`), "bad value of TLS.identifier"},
		{"not UTF-8, far from the end", swap(`leckie`, "l\xffeckie of many names"), "bad value of TLS.identifier"},
		{"tab as it is, behind an escape", swap(`leckie`, "\\u006ceck\tie"), "bad value of TLS.identifier"},
		{"not UTF-8", swap(`leckie`, "\xff"), "bad value of TLS.identifier"},
		{"not UTF-8, behind an escape", swap(`leckie`, "\\t\xff"), "bad value of TLS.identifier"},
		{"unknown escape", swap(`leckie`, `\a`), "bad value of TLS.identifier"},
		{"short escape", swap(`leckie`, `\u12`), "bad value of TLS.identifier"},
		{"bad digit", swap(`leckie`, `\u12g4`), "bad value of TLS.identifier"},
		{"high surrogate alone", swap(`leckie`, `\ud83d`), "bad value of TLS.identifier"},
		{"low surrogate alone", swap(`leckie`, `\udc08`), "bad value of TLS.identifier"},
		{"two high surrogates", swap(`leckie`, `\ud83d\ud83d`), "bad value of TLS.identifier"},
		{"surrogate and a letter", swap(`leckie`, `\ud83d\u0041`), "bad value of TLS.identifier"},
		{"surrogate and another escape", swap(`leckie`, `\ud83d\n`), "bad value of TLS.identifier"},
		{"surrogate and half an escape", swap(`leckie`, `\ud83d\ud`), "bad value of TLS.identifier"},
		{"string without end", `{"TLS.identifier":"leckie`, "bad value of TLS.identifier"},
		{"string without end, escaped", `{"TLS.identifier":"l\u0041ckie`, "bad value of TLS.identifier"},
		{"ends in a backslash", `{"TLS.identifier":"leckie\`, "bad value of TLS.identifier"},
		{"ends in an escape", `{"TLS.identifier":"leckie\u00`, "bad value of TLS.identifier"},
		{"app is a fraction", swap(`1400506071`, `1400506071.0`), "bad value of TLS.sdkappid"},
		{"app has an exponent", swap(`1400506071`, `14e8`), "bad value of TLS.sdkappid"},
		{"app is negative", swap(`1400506071`, `-1`), "bad value of TLS.sdkappid"},
		{"app is minus zero", swap(`1400506071`, `-0`), "bad value of TLS.sdkappid"},
		{"app over 64 bits", swap(`1400506071`, `18446744073709551616`), "bad value of TLS.sdkappid"},
		{"app far over 64 bits", swap(`1400506071`, `99999999999999999999`), "bad value of TLS.sdkappid"},
		{"app is a word", swap(`1400506071`, `true`), "bad value of TLS.sdkappid"},
		{"app is an empty string", swap(`1400506071`, `""`), "bad value of TLS.sdkappid"},
		{"app has a space in it", swap(`1400506071`, `" 1"`), "bad value of TLS.sdkappid"},
		{"app has a plus", swap(`1400506071`, `"+1"`), "bad value of TLS.sdkappid"},
		{"app has a zero before, quoted", swap(`1400506071`, `"01400506071"`), "bad value of TLS.sdkappid"},
		{"time is minus zero", swap(`1740787200`, `-0`), "bad value of TLS.time"},
		{"time has a zero before", swap(`1740787200`, `-01`), "bad value of TLS.time"},
		{"time over 63 bits", swap(`1740787200`, `9223372036854775808`), "bad value of TLS.time"},
		{"time under 63 bits", swap(`1740787200`, `-9223372036854775809`), "bad value of TLS.time"},
		{"time is a list", swap(`1740787200`, `[]`), "bad value of TLS.time"},
		{"lifetime is null", swap(`86400`, `null`), "bad value of TLS.expire"},
		{"userbuf is null", swap("{", `{"TLS.userbuf":null,`), "bad value of TLS.userbuf"},
		{"userbuf is not base64", swap("{", `{"TLS.userbuf":"a",`), "bad value of TLS.userbuf"},
		{"userbuf in the other alphabet", swap("{", `{"TLS.userbuf":"-w__",`), "bad value of TLS.userbuf"},
		{"userbuf with a line break", swap("{", `{"TLS.userbuf":"AAAA\n\n\n\nAAAA",`), "bad value of TLS.userbuf"},
		{"userbuf with bits too many", swap("{", `{"TLS.userbuf":"AB==",`), "bad value of TLS.userbuf"},
		{"signature is empty", `{"TLS.sig":""}`, "bad value of TLS.sig"},
		{"signature of 31 bytes", `{"TLS.sig":"` + standardBase64(make([]byte, 31)) + `"}`, "bad value of TLS.sig"},
		{"signature of 33 bytes", `{"TLS.sig":"` + standardBase64(make([]byte, 33)) + `"}`, "bad value of TLS.sig"},
		{"signature is a number", `{"TLS.sig":7}`, "bad value of TLS.sig"},
		{"signature with bits too many", `{"TLS.sig":"` + strings.Repeat("A", 42) + `B="}`, "bad value of TLS.sig"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			refuse(t, pack(t, row.document, 0), row.detail)
			refuse(t, pack(t, row.document, 6), row.detail)
		})
	}
}

// A short token that inflates to 64 MiB is refused before it does.
func TestBomb(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector changes what is counted")
	}
	s := signerAt(t, testTime)
	bomb := pack(t, `{"TLS.ver":"`+strings.Repeat("0", 64<<20)+`"}`, 9)
	require.Less(t, len(bomb), 90_000)
	for name, read := range map[string]func() error{
		"Verify": func() error { return s.Verify(testUser, bomb) },
		"Parse":  func() error { _, err := usersig.Parse(bomb); return err },
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := read()
			runtime.ReadMemStats(&after)
			require.ErrorIs(t, err, usersig.ErrMalformed)
			require.ErrorContains(t, err, "the document is too long")
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20))
		})
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	good := goodDocument()
	s := signerAt(t, testTime)
	const most = 192 << 10
	padding := strings.Repeat(" ", most-len(good))
	require.NoError(t, s.Verify(testUser, pack(t, good+padding, 6)))
	refuse(t, pack(t, good+padding+" ", 6), "the document is too long")
	refuse(t, strings.Repeat("A", 256<<10+4), "too long")
	refuse(t, strings.Repeat("A", 256<<10), "no zlib header")
}
