package restapi_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// adminSig returns a UserSig and an option that makes a client send it. It is made up, with a sign at every fourth
// place: a spelling of the signs alone leaves nothing of it as it is that is long enough to be found.
func adminSig() (string, restapi.Option) {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	random := rand.New(rand.NewPCG(1, 2))
	sig := []byte("eJw")
	for len(sig) < 240 {
		sig = append(sig, "*-_"[random.IntN(3)], letters[random.IntN(62)], letters[random.IntN(62)], letters[random.IntN(62)])
	}
	return string(sig), restapi.WithTokenSource(funcSource(func() (string, time.Time, error) {
		return string(sig), time.Now().Add(time.Hour), nil
	}))
}

var (
	signs     = strings.NewReplacer("*", "+", "-", "/", "_", "=")
	percent   = regexp.MustCompile(`%(?:u00)?([0-9a-fA-F]{2})`)
	backslash = regexp.MustCompile(`\\(?:u00|x)([0-9a-fA-F]{2})`)
	folds     = regexp.MustCompile(`\\[abfnrtv]|[[:space:][:cntrl:]\x{ad}]`)
	quoted    = regexp.MustCompile(`\\([^a-zA-Z0-9])`)
)

// spelled is text with its escapes undone, one kind after the other until none is left: slow and plain.
func spelled(text string) string {
	byte1 := func(escape string) string {
		var b [1]byte
		_, _ = fmt.Sscanf(escape[len(escape)-2:], "%02x", &b[0])
		return string(b[:])
	}
	for {
		next := html.UnescapeString(percent.ReplaceAllStringFunc(text, byte1))
		next = backslash.ReplaceAllStringFunc(quoted.ReplaceAllString(next, "$1"), byte1)
		if next = folds.ReplaceAllString(next, ""); next == text {
			return signs.Replace(text)
		}
		text = next
	}
}

// requireHidden checks that no 16 characters of sig stand in text in a row, in whatever spelling.
func requireHidden(tb testing.TB, text, sig string) {
	tb.Helper()
	sig = signs.Replace(sig)
	for _, reading := range []string{signs.Replace(text), signs.Replace(folds.ReplaceAllString(text, "")), spelled(text)} {
		for i := range len(sig) - 15 {
			if strings.Contains(reading, sig[i:i+16]) {
				require.Fail(tb, "a part of the usersig is shown", "%q in %.2000q", sig[i:i+16], text)
			}
		}
	}
}

// every puts an escape in the place of each of the characters.
func every(characters, format string) func(string) string {
	return func(text string) string {
		var b strings.Builder
		for _, c := range []byte(text) {
			if strings.IndexByte(characters, c) >= 0 {
				fmt.Fprintf(&b, format, c)
			} else {
				b.WriteByte(c)
			}
		}
		return b.String()
	}
}

func folded(width int, fold string) func(string) string {
	return func(text string) string {
		var b strings.Builder
		for len(text) > width {
			b.WriteString(text[:width] + fold)
			text = text[width:]
		}
		return b.String() + text
	}
}

func inJSON(text string) string {
	data, _ := json.Marshal(text)
	return string(data)
}

const anyCharacter = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789*-_+/="

// spellings are what is done to a UserSig on its way through gateways, error pages and logs.
var spellings = []struct {
	name  string
	spell func(string) string
}{
	{"as it is", strings.Clone},
	{"query", url.QueryEscape},
	{"lower case", every("*-_", "%%%02x")},
	{"all escaped", every(anyCharacter, "%%%02X")},
	{"query twice", func(s string) string { return url.QueryEscape(url.QueryEscape(s)) }},
	{"query five times", func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "%", "%25252525") }},
	{"unicode in a query", every("*-_", "%%u%04x")},
	{"base64", signs.Replace},
	{"base64 in a query", func(s string) string { return url.QueryEscape(signs.Replace(s)) }},
	{"lines", folded(76, "\r\n")},
	{"short lines", folded(5, "\n")},
	{"indented lines", folded(15, "\n\t  ")},
	{"every character apart", folded(1, " ")},
	{"lines in JSON", folded(12, `\n`)},
	{"lines in a query", func(s string) string { return folded(12, "%0D%0A")(url.QueryEscape(s)) }},
	{"lines through escapes", func(s string) string { return folded(2, "\r\n")(every(anyCharacter, "%%%02x")(s)) }},
	{"soft hyphens", folded(5, "\u00ad")},
	{"HTML", every("*-_", "&#%d;")},
	{"HTML in hexadecimal", every("*-_", "&#x%x;")},
	{"HTML by name", func(s string) string {
		return strings.NewReplacer("*", "&ast;", "-", "&sol;", "_", "&equals;").Replace(s)
	}},
	{"HTML twice", every("*-_", "&amp;#x%X;")},
	{"query in HTML", every("*-_", "&#37;%02x")},
	{"HTML in a query", every("*-_", "%%26%%23%d%%3B")},
	{"JSON", every("*-_", `\u%04x`)},
	{"JSON in capitals", every(anyCharacter, `\u%04X`)},
	{"JSON in JSON", func(s string) string { return inJSON(inJSON(every("*-_", `\u%04x`)(s))) }},
	{"slashes of JSON", func(s string) string { return strings.ReplaceAll(signs.Replace(s), "/", `\/`) }},
	{"query in JSON", every("*-_", `\u0025%02x`)},
	{"JSON in a query", every("*-_", `%%5Cu%04x`)},
	{"nginx", every("*-_", `\x%02X`)},
	{"shell", every("*-_", `\%c`)},
	{"Go", func(s string) string { return fmt.Sprintf("%q", fmt.Sprintf("%q", folded(20, "\n")(s))) }},
}

// surroundings are what may stand around a UserSig. Some look like the beginning of an escape, to its first characters.
var surroundings = []string{
	"%s", "no ?usersig=%s&random=5", "<a href=\"%s\">", "a%%%s%%", `a\%s\`, "a&%s;", "a&#%s;", `\u00%s`,
}

func TestEverySpellingOfTheUserSigIsHidden(t *testing.T) {
	t.Parallel()
	sig, source := adminSig()
	middle := len(sig) / 2
	parts := map[string]string{
		"whole": sig, "without the first": sig[1:], "without the last": sig[:len(sig)-1], "without some": sig[3 : len(sig)-3],
		"16 of it": sig[middle : middle+16], "twice": sig + sig,
	}
	for _, spelling := range spellings {
		t.Run(spelling.name, func(t *testing.T) {
			t.Parallel()
			for part, text := range parts {
				shown := spelling.spell(text)
				require.Contains(t, spelled(shown), signs.Replace(text[:16]), "the checker reads it")
				for _, around := range surroundings {
					info := fmt.Sprintf(around, shown)
					client := newClient(t, source, inMemory(func(*http.Request) (*http.Response, error) {
						const body = `{"ErrorCode":40003,"ErrorInfo":%[1]s,"ErrorDisplay":%[1]s,"RequestId":%[1]s}`
						return respond(fmt.Sprintf(body, inJSON(info))), nil
					}))
					err := client.Call(t.Context(), setCommand, nil, nil)
					require.ErrorIs(t, err, restapi.CodeProfileAccountNotFound)
					var e *restapi.Error
					require.ErrorAs(t, err, &e)
					for _, field := range []string{e.Info, e.Display, e.RequestID, err.Error(), fmt.Sprintf("%#v", err)} {
						requireHidden(t, field, sig)
						require.Contains(t, field, "[usersig]", part)
					}
				}
			}
		})
	}
}

// Errors of items are made of an answer that succeeded, after the client has let go of it. What else is in it stays.
func TestTheUserSigIsHiddenInItems(t *testing.T) {
	t.Parallel()
	sig, source := adminSig()
	for _, spelling := range spellings {
		info := inJSON("no such user: " + spelling.spell(sig) + " \"quoted\"")
		body := fmt.Sprintf(`{"ErrorCode":0,"ErrorInfo":"","Items":[{"Info":"","ResultInfo" : %[1]s,"Text":"kept \u4f60"},`+
			`{"ErrorInfo":%[1]s}],"Data":%[1]s,"Info":7,"LastInfo":"%[2]s`, info, sig)
		for _, end := range []string{`"}`, ""} {
			client := newClient(t, source, inMemory(func(*http.Request) (*http.Response, error) { return respond(body + end), nil }))
			var got struct {
				Items []struct{ ResultInfo, ErrorInfo, Text string }
				Data  string
			}
			err := client.Call(t.Context(), setCommand, nil, &got)
			if end == "" { // cut off within such a text
				require.ErrorIs(t, err, restapi.ErrBadResponse)
				continue
			}
			require.NoError(t, err, spelling.name)
			for _, text := range []string{got.Items[0].ResultInfo, got.Items[1].ErrorInfo} {
				requireHidden(t, text, sig)
				require.Regexp(t, `^no such user: .*\[usersig\]`, text, spelling.name)
				require.Contains(t, text, `"quoted"`, spelling.name)
			}
			require.Equal(t, "kept 你", got.Items[0].Text)
			require.Contains(t, got.Data, "no such user", "what is not about a failure is the service's to say")
		}
	}
}

// What stands in front of a part can make an escape of its first characters. The rest of it is found all the same.
func TestPartBehindAnEscapeIsHidden(t *testing.T) {
	t.Parallel()
	const hexadecimal = "0123456789abcdefABCDEF"
	sig := "eJw" + strings.Repeat("0aF9*c4-", 30)
	source := restapi.WithTokenSource(funcSource(func() (string, time.Time, error) {
		return sig, time.Now().Add(time.Hour), nil
	}))
	found := 0
	for i := range 16 {
		part := sig[10+i:][:16]
		digits := len(part) - len(strings.TrimLeft(part, hexadecimal))
		for around, taken := range map[string]int{"%": 2, `\x`: 2, `\u`: 4, `\u00`: 2, "%u": 4} {
			if digits < taken {
				continue
			}
			found++
			client := newClient(t, source, inMemory(func(*http.Request) (*http.Response, error) {
				return respond(`{"ErrorCode":40003,"ErrorInfo":` + inJSON(around+part) + `}`), nil
			}))
			var e *restapi.Error
			require.ErrorAs(t, client.Call(t.Context(), setCommand, nil, nil), &e)
			requireHidden(t, e.Info, sig)
		}
	}
	require.Positive(t, found)
}

// What is around a UserSig stays.
func TestTextAroundTheUserSigStays(t *testing.T) {
	t.Parallel()
	sig, source := adminSig()
	for text, want := range map[string]string{
		"":                                      "",
		"100% of &amp; and \\n, \u00a0管":        "100% of &amp; and \\n, \u00a0管",
		"bad " + sig + ", sorry":                "bad [usersig], sorry",
		"<" + sig + "> <" + sig[40:] + ">\xff":  "<[usersig]> <[usersig]>\ufffd",
		sig[:7] + " and so on":                  sig[:7] + " and so on",
		"a" + url.QueryEscape(sig)[:60] + "\n":  "a[usersig]\n",
		"a%2a " + folded(7, " \r\n")(sig) + " ": "a%2a [usersig] ",
		"eJw, ========== and 5f3c2a7e91b04d68":  "eJw, ========== and 5f3c2a7e91b04d68",
	} {
		client := newClient(t, source, inMemory(func(*http.Request) (*http.Response, error) {
			return respond(`{"ErrorCode":40003,"ErrorInfo":` + inJSON(text) + `}`), nil
		}))
		var e *restapi.Error
		require.ErrorAs(t, client.Call(t.Context(), setCommand, nil, nil), &e)
		assert.Equal(t, want, e.Info)
	}
}

// A secretive error keeps the UserSig out of its text, but not out of what it wraps or prints otherwise.
type secretive struct {
	URL   string
	cause error
}

func (e *secretive) Error() string { return "secretive" }
func (e *secretive) Unwrap() error { return e.cause }

// verbose shows it with %+v only.
type verbose struct{ detail string }

func (e *verbose) Error() string { return "verbose" }
func (e *verbose) Format(s fmt.State, _ rune) {
	if s.Flag('+') {
		_, _ = io.WriteString(s, e.detail)
		return
	}
	_, _ = io.WriteString(s, "verbose")
}

// forms are the texts of an error and of all that it wraps.
func forms(err error) []string {
	if err == nil {
		return nil
	}
	texts := []string{err.Error()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		texts = append(texts, fmt.Sprintf(verb, err))
	}
	switch e := err.(type) { //nolint:errorlint // one step down the chain
	case interface{ Unwrap() error }:
		texts = append(texts, forms(e.Unwrap())...)
	case interface{ Unwrap() []error }:
		for _, cause := range e.Unwrap() {
			texts = append(texts, forms(cause)...)
		}
	}
	return texts
}

func TestNoFormOfAnErrorShowsTheUserSig(t *testing.T) {
	t.Parallel()
	sig, source := adminSig()
	escaped := url.QueryEscape(url.QueryEscape(sig[1:]))
	cause := errors.New("cause: " + escaped)
	failures := map[string]error{
		"text":       cause,
		"url":        &url.Error{Op: "Post", URL: "https://h/?usersig=" + escaped, Err: io.ErrUnexpectedEOF},
		"wrapped":    &secretive{cause: cause},
		"deeply":     fmt.Errorf("a: %w", &secretive{cause: errors.Join(io.EOF, &secretive{cause: cause})}),
		"field":      &secretive{URL: escaped},
		"verb":       &verbose{escaped},
		"wrapped it": fmt.Errorf("a: %w", &verbose{escaped}),
	}
	answers := map[string]string{
		"number":  `{"ErrorCode":0,"Number":"` + sig + `"}`,
		"moment":  `{"ErrorCode":0,"At":"` + folded(5, `\n`)(sig) + `"}`,
		"keys":    `{"ErrorCode":0,"Counts":{"` + every("*-_", `\u%04x`)(sig) + `":1}}`,
		"no JSON": sig,
		"code":    `{"ErrorCode":"` + sig + `"}`,
	}
	check := func(t *testing.T, below roundTrip, want error) {
		t.Helper()
		var log bytes.Buffer
		var around []error
		outer := func(next http.RoundTripper) http.RoundTripper {
			return roundTrip(func(r *http.Request) (*http.Response, error) {
				res, err := next.RoundTrip(r)
				if err == nil {
					body, readErr := io.ReadAll(res.Body)
					around = append(around, readErr, res.Body.Close())
					res.Body = io.NopCloser(bytes.NewReader(body))
					if readErr != nil {
						err = fmt.Errorf("around: %w", readErr)
					}
				}
				around = append(around, err)
				return res, err
			})
		}
		client := newClient(t, source, inMemory(below), restapi.WithTransport(outer),
			restapi.WithLogger(slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))))
		var resp struct {
			Number json.Number
			At     time.Time
			Counts map[int]int
		}
		err := client.Call(t.Context(), setCommand, nil, &resp)
		require.Error(t, err)
		if want != nil {
			require.ErrorIs(t, err, want, "what is hidden can still be matched")
		}
		for _, text := range append(forms(errors.Join(append(around, err)...)), log.String()) {
			requireHidden(t, text, sig)
		}
	}
	for name, failure := range failures {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check(t, func(*http.Request) (*http.Response, error) { return nil, failure }, failure)
			check(t, func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: 200, Body: io.NopCloser(iotest.ErrReader(failure)), ContentLength: -1}, nil
			}, failure)
			check(t, func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: 502, Body: failingClose{strings.NewReader("{}"), failure}, ContentLength: -1}, nil
			}, nil)
		})
	}
	for name, body := range answers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check(t, func(*http.Request) (*http.Response, error) { return respond(body), nil }, restapi.ErrBadResponse)
		})
	}
}

type failingClose struct {
	io.Reader
	err error
}

func (f failingClose) Close() error { return f.err }

// A text of a megabyte takes its share of time: a step for each pair of characters would be a million millions.
func TestLongTextIsReadInLinearTime(t *testing.T) {
	t.Parallel()
	sig, source := adminSig()
	const size = 1 << 18 // which a way that is not linear takes minutes for
	units := []string{
		"%25", "%", `\`, `\u005c`, `\u0025`, "&", "&amp;", "&#", "&;", "[", " ", "A",
		sig[:7], sig, url.QueryEscape(sig) + " ",
	}
	for _, unit := range units {
		info := strings.Repeat(unit, size/len(unit)) + sig
		client := newClient(t, source, inMemory(func(*http.Request) (*http.Response, error) {
			return respond(`{"ErrorCode":40003,"ErrorInfo":` + inJSON(info) + `}`), nil
		}))
		start := time.Now()
		var e *restapi.Error
		require.ErrorAs(t, client.Call(t.Context(), setCommand, nil, nil), &e)
		assert.Less(t, time.Since(start), time.Minute, "%q", unit)
		assert.True(t, strings.HasSuffix(e.Info, "[usersig]"))
		assert.NotContains(t, e.Info, sig[20:36])
	}
}

// FuzzRedact spells a part of a UserSig at random, between any texts.
func FuzzRedact(f *testing.F) {
	sig, source := adminSig()
	for i := range spellings {
		f.Add("no ", " at all", uint16(0), uint16(len(sig)), []byte{byte(i)}, uint8(0))
		f.Add("%", `\`, uint16(i), uint16(16), []byte{byte(i), byte(3 * i), byte(7 * i), 0}, uint8(i))
		f.Add(`\u00`, "2a", uint16(len(sig)-i), uint16(i), []byte{1, byte(i), 2}, uint8(1))
	}
	f.Fuzz(func(t *testing.T, before, after string, from, length uint16, plan []byte, width uint8) {
		start := int(from) % len(sig)
		text := sig[start:min(len(sig), start+int(length))]
		var shown strings.Builder
		for i := 0; len(text) > 0 && len(plan) > 0; i++ { // some characters in one spelling, some in the next
			n := min(len(text), 1+int(plan[i%len(plan)])/len(spellings))
			shown.WriteString(spellings[int(plan[i%len(plan)])%len(spellings)].spell(text[:n]))
			text = text[n:]
		}
		shown.WriteString(text)
		info := before + shown.String() + after
		if width > 0 {
			info = folded(int(width), "\r\n")(info)
		}
		client := newClient(t, source, inMemory(func(*http.Request) (*http.Response, error) {
			return respond(`{"ErrorCode":40003,"ErrorInfo":` + inJSON(info) + `}`), nil
		}))
		err := client.Call(t.Context(), setCommand, nil, nil)
		var e *restapi.Error
		require.ErrorAs(t, err, &e)
		requireHidden(t, e.Info, sig)
		requireHidden(t, err.Error(), sig)
	})
}
