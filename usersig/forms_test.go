package usersig_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/usersig"
)

// A form is how one of the vendor's libraries writes a token.
type form struct {
	name  string
	order []string // of the keys, without the prefix
	quote func(string) string
	colon string
	comma string
	end   string
	level int
}

// The keys in the orders of the libraries.
var (
	goOrder   = []string{"ver", "identifier", "sdkappid", "expire", "time", "userbuf", "sig"}
	nodeOrder = []string{"ver", "identifier", "sdkappid", "time", "expire", "userbuf", "sig"}
	cppOrder  = []string{"ver", "sdkappid", "identifier", "time", "expire", "userbuf", "sig"}
	csOrder   = []string{"ver", "identifier", "sdkappid", "expire", "time", "sig", "userbuf"}
	javaOrder = []string{"expire", "ver", "sdkappid", "identifier", "sig", "userbuf", "time"}
)

func forms() []form {
	sorted := slices.Sorted(slices.Values(goOrder))
	return []form{
		{"go", goOrder, goQuote, ":", ",", "\n", 0},
		{"go before 2024-11", sorted, goQuote, ":", ",", "", 6},
		{"python", goOrder, asciiQuote, ": ", ", ", "", 6},
		{"node", nodeOrder, plainQuote, ":", ",", "", 6},
		{"java", javaOrder, javaQuote, ":", ",", "", 6},
		{"php", goOrder, phpQuote, ":", ",", "", 6},
		{"c++", cppOrder, plainQuote, ":", ",", "", 1},
		{"c#", csOrder, func(s string) string { return `"` + s + `"` }, ":", ",", "", 6},
		{"smallest", nodeOrder, asciiQuote, ":", ",", "", 9},
		{"huffman only", nodeOrder, plainQuote, " :\t", "\r\n,", "\r\n\t ", -2},
	}
}

// write makes a token of that form. A nil buf stands for no userbuf.
func (f form) write(t testing.TB, user string, issued, expire int64, buf []byte, number func(int64) string) string {
	t.Helper()
	values := map[string]string{
		"ver":        f.quote("2.0"),
		"identifier": f.quote(user),
		"sdkappid":   number(testApp),
		"time":       number(issued),
		"expire":     number(expire),
		"sig":        f.quote(signature(testKey, signedText(testApp, user, issued, expire, buf))),
	}
	if buf != nil {
		values["userbuf"] = f.quote(standardBase64(buf))
	}
	var fields []string
	for _, key := range f.order {
		if value, ok := values[key]; ok {
			fields = append(fields, `"TLS.`+key+`"`+f.colon+value)
		}
	}
	return pack(t, "{"+strings.Join(fields, f.comma)+"}"+f.end, f.level)
}

func decimal(n int64) string { return fmt.Sprint(n) }

func goQuote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// plainQuote escapes what JSON asks for.
func plainQuote(s string) string {
	return `"` + strings.NewReplacer(`"`, `\"`, `\`, `\\`, "\b", `\b`, "\f", `\f`, "\r", `\r`, "\t", `\t`).Replace(s) + `"`
}

func asciiQuote(s string) string {
	return escapeRunes(plainQuote(s), func(r rune) bool { return r > 0x7e })
}

func javaQuote(s string) string {
	s = escapeRunes(plainQuote(s), func(r rune) bool { return 0x80 <= r && r < 0xa0 || 0x2000 <= r && r < 0x2100 })
	return strings.ReplaceAll(s, "</", `<\/`)
}

func phpQuote(s string) string { return strings.ReplaceAll(asciiQuote(s), "/", `\/`) }

func escapeRunes(s string, which func(rune) bool) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case !which(r):
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04X`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// Each library's form, with each kind of user ID and userbuf.
func TestVerifyEveryForm(t *testing.T) {
	t.Parallel()
	users := map[string]string{
		"plain": testUser, "32 bytes": strings.Repeat("u", 32), "slash": "a/b</c>", "html": "<a>&b", "unicode": "店长-07",
		"tab": "a\tb\fc\bd\re", "over-long": strings.Repeat("店", 40), "quotes": `a"b\c`,
		"beyond 16 bits": "🐈🐈", "latin": "é\u0085\u009f", "punctuation": "a\u2028b\u20ac",
	}
	bufs := map[string][]byte{
		"none": nil, "empty": {}, "slashes": {0xff, 0xff, 0xff, 0xff}, "zero": {0}, "two": {1, 2}, "three": {1, 2, 3},
		"long": []byte(strings.Repeat("\xff\x00", 900)),
	}
	s := signerAt(t, testTime)
	for _, f := range forms() {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			for userName, user := range users {
				if f.name == "c#" && strings.ContainsAny(user, "\"\\\t\b") {
					continue // that is not JSON
				}
				for bufName, buf := range bufs {
					sig := f.write(t, user, testTime, 86400, buf, decimal)
					require.NoError(t, s.VerifyWithUserBuf(user, sig, buf), "%s, %s", userName, bufName)
					if buf != nil {
						require.ErrorIs(t, s.Verify(user, sig), usersig.ErrWrongUserBuf, "%s, %s", userName, bufName)
					}
					token, err := usersig.Parse(sig)
					require.NoError(t, err)
					require.Equal(t, user, token.UserID)
					require.Equal(t, buf, token.UserBuf)
				}
			}
		})
	}
}

// Quotes around numbers say the same.
func TestVerifyQuotedNumbers(t *testing.T) {
	t.Parallel()
	s := signerAt(t, testTime)
	for _, f := range forms() {
		sig := f.write(t, testUser, testTime, 86400, nil, func(n int64) string { return f.quote(decimal(n)) })
		require.NoError(t, s.Verify(testUser, sig), f.name)
	}
}

// The C# library writes no escapes: a quote in the user ID ends the string too early.
func TestVerifyBrokenQuotes(t *testing.T) {
	t.Parallel()
	s := signerAt(t, testTime)
	for _, f := range forms() {
		if f.name != "c#" {
			continue
		}
		for _, user := range []string{`a"b`, `a\`, `\x`, "a\tb"} {
			require.ErrorIs(t, s.Verify(user, f.write(t, user, testTime, 86400, nil, decimal)), usersig.ErrMalformed)
		}
	}
}

// Forms that no library makes, and that say the same all the same.
func TestVerifyAccepts(t *testing.T) {
	t.Parallel()
	good := goodDocument()
	const unknown = `{"x":[{"a":[]},{},-1.5e+7,0,"é\ud83d\udc08",true,false,null],"TLS.more":{"a":{"b":1}},`
	for name, document := range map[string]string{
		"as it is":              good,
		"unknown keys":          strings.Replace(good, "{", unknown, 1),
		"an unknown key twice":  strings.Replace(good, "{", `{"x":1,"x":2,`, 1),
		"no version":            strings.Replace(good, `"TLS.ver":"2.0",`, "", 1),
		"another version":       strings.Replace(good, "2.0", "2.1", 1),
		"an escaped key":        strings.Replace(good, "TLS.ver", `\u0054LS\u002ever`, 1),
		"an escaped value":      strings.Replace(good, testUser, `\u006Ceckie`, 1),
		"space around":          "\r\n\t " + good + " \t\r\n",
		"nested as deep as may": strings.Replace(good, "{", `{"x":`+strings.Repeat("[", 64)+strings.Repeat("]", 64)+",", 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := signerAt(t, testTime)
			for _, level := range []int{-2, 0, 1, 9} {
				require.NoError(t, s.Verify(testUser, pack(t, document, level)))
			}
		})
	}
}
