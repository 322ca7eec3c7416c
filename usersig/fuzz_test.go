package usersig_test

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/usersig"
)

// seeds are tokens in every form there is.
func seeds(f *testing.F) []string {
	f.Helper()
	var all []string
	for _, v := range vectors(f) {
		all = append(all, v.UserSig)
	}
	for _, form := range forms() {
		all = append(all, form.write(f, "店/\"🐈", testTime, 86400, []byte{0xff, 0xfe}, decimal))
	}
	return append(all, pack(f, goodDocument(), 0), pack(f, goodDocument(), 6))
}

// Verify and Parse take any text without a panic, agree on what is a token, and let nobody in but who was signed for.
func FuzzVerify(f *testing.F) {
	for _, sig := range seeds(f) {
		f.Add(testUser, sig)
	}
	known := []error{
		usersig.ErrMalformed, usersig.ErrBadSignature, usersig.ErrWrongApp,
		usersig.ErrWrongUser, usersig.ErrWrongUserBuf, usersig.ErrExpired,
	}
	f.Fuzz(func(t *testing.T, user, sig string) {
		s := signerAt(t, testTime)
		err := s.Verify(user, sig)
		token, parseErr := usersig.Parse(sig)
		require.Equal(t, errors.Is(err, usersig.ErrMalformed), parseErr != nil)
		if err == nil {
			require.Equal(t, user, token.UserID)
			require.Nil(t, token.UserBuf)
			require.Contains(t, documentOf(t, sig), signature(testKey,
				signedText(testApp, user, token.IssuedAt.Unix(), token.ExpiresAt.Unix()-token.IssuedAt.Unix(), nil)))
			return
		}
		matches := 0
		for _, target := range known {
			if errors.Is(err, target) {
				matches++
			}
		}
		require.Equal(t, 1, matches, err)
	})
}

// What Sign makes, Verify takes.
func FuzzSign(f *testing.F) {
	f.Add(testUser, []byte(nil), true)
	f.Add("\"\\", []byte("room"), false)
	f.Fuzz(func(t *testing.T, user string, buf []byte, plain bool) {
		if plain {
			buf = nil
		}
		s := signerAt(t, testTime)
		sig, err := s.SignWithUserBuf(user, testTTL, buf)
		if err != nil {
			require.ErrorIs(t, err, usersig.ErrInvalid)
			return
		}
		require.True(t, len(user) > 0 && len(user) <= 32 && utf8.ValidString(user))
		require.NoError(t, s.VerifyWithUserBuf(user, sig, buf))
		require.True(t, json.Valid([]byte(documentOf(t, sig))))
	})
}

// The zlib layer reads what compress/zlib reads to the last byte, and nothing else.
func FuzzUnpack(f *testing.F) {
	for _, sig := range seeds(f) {
		f.Add(packed(f, sig))
	}
	f.Fuzz(func(t *testing.T, z []byte) {
		if len(z) > 1<<16 {
			return
		}
		want, ok := unzip(z)
		got, err := usersig.Unpack(bytes.Clone(z))
		switch {
		case err == nil:
			require.True(t, ok, "only we accept it")
			require.Equal(t, string(want), string(got))
		case ok:
			// Two of our rules are stricter.
			require.True(t, len(want) > 192<<10 || strings.Contains(err.Error(), "align"), err)
		}
	})
}

// The deflate layer takes what compress/flate takes, and as many bytes of it.
func FuzzInflate(f *testing.F) {
	for _, sig := range seeds(f) {
		f.Add(packed(f, sig)[2:])
	}
	f.Fuzz(func(t *testing.T, z []byte) {
		if len(z) < 1<<16 {
			compareInflate(t, z)
		}
	})
}

func compareInflate(t *testing.T, z []byte) {
	t.Helper()
	const limit = 10_000
	src := bytes.NewReader(z)
	want, wantErr := io.ReadAll(io.LimitReader(flate.NewReader(src), limit+1))
	got, used, err := usersig.Inflate(z, limit)
	if err != nil {
		require.True(t, wantErr != nil || len(want) > limit || errors.Is(err, usersig.ErrPadding), "only compress/flate accepts %x: %v", z, err)
		require.LessOrEqual(t, len(got), limit)
		return
	}
	require.NoError(t, wantErr, "only we accept %x", z)
	require.Equal(t, len(z)-src.Len(), used)
	require.True(t, bytes.Equal(want, got), "%x", z)
}

func unzip(z []byte) ([]byte, bool) {
	src := bytes.NewReader(z)
	r, err := zlib.NewReader(src)
	if err != nil {
		return nil, false
	}
	doc, err := io.ReadAll(io.LimitReader(r, 192<<10+1))
	return doc, err == nil && (src.Len() == 0 || len(doc) > 192<<10)
}

// The JSON layer reads what encoding/json reads, except where our rules are stricter, and reads the same from it.
func FuzzDocument(f *testing.F) {
	for _, sig := range seeds(f) {
		f.Add(documentOf(f, sig))
	}
	for _, value := range []string{`[1,-0.5e+7,"\ud83d\udc08\/\b\f\n\r\t\\\"",true,false,null,{}]`, `"2.0"`, `"x","TLS.ver":"2.0"`} {
		f.Add(strings.Replace(goodDocument(), "{", `{"x":`+value+",", 1))
	}
	f.Fuzz(func(t *testing.T, text string) {
		want, ok := oracle(text)
		got, err := usersig.ParseDocument([]byte(text))
		if err != nil {
			require.ErrorIs(t, err, usersig.ErrMalformed)
			require.False(t, ok, "only encoding/json accepts it: %v", err)
			return
		}
		require.True(t, ok, "only we accept it")
		require.Equal(t, want, got)
	})
}

var (
	wholeNumber   = regexp.MustCompile(`^(0|-?[1-9][0-9]*)$`)
	surrogate     = regexp.MustCompile(`\\u[dD][89a-fA-F]`)
	surrogatePair = regexp.MustCompile(`\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}`)
	escapedSlash  = regexp.MustCompile(`\\\\`)
)

// oracle is the JSON layer once more, on top of encoding/json.
func oracle(text string) (d usersig.Document, ok bool) {
	// Half a surrogate pair stands for nothing; encoding/json would take it for U+FFFD.
	halves := surrogatePair.ReplaceAllString(escapedSlash.ReplaceAllString(text, "x"), "")
	if !json.Valid([]byte(text)) || !utf8.ValidString(text) || surrogate.MatchString(halves) || depth(text) > 65 {
		return d, false
	}
	dec := json.NewDecoder(strings.NewReader(text))
	if start, err := dec.Token(); err != nil || start != json.Delim('{') {
		return d, false
	}
	fields := map[string]json.RawMessage{}
	known := []string{"TLS.ver", "TLS.identifier", "TLS.sdkappid", "TLS.time", "TLS.expire", "TLS.userbuf", "TLS.sig"}
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return d, false
		}
		key := token.(string)
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return d, false
		}
		for _, name := range known {
			if _, twice := fields[name]; strings.EqualFold(key, name) && (key != name || twice) {
				return d, false
			}
		}
		fields[key] = value
	}
	str := func(name string, into *string, needed bool) bool {
		value, has := fields[name]
		return !has && !needed || has && value[0] == '"' && json.Unmarshal(value, into) == nil
	}
	number := func(name string) string {
		var digits string
		if !str(name, &digits, true) {
			digits = string(fields[name])
		}
		if !wholeNumber.MatchString(digits) {
			return ""
		}
		return digits
	}
	var userBuf, sig string
	var errs [4]error
	d.SDKAppID, errs[0] = strconv.ParseUint(number("TLS.sdkappid"), 10, 64)
	d.Time, errs[1] = strconv.ParseInt(number("TLS.time"), 10, 64)
	d.Expire, errs[2] = strconv.ParseInt(number("TLS.expire"), 10, 64)
	if !str("TLS.ver", &d.Version, false) || !str("TLS.identifier", &d.UserID, true) || !str("TLS.userbuf", &userBuf, false) ||
		!str("TLS.sig", &sig, true) || errors.Join(errs[:]...) != nil || d.UserID == "" || strings.Contains(d.UserID, "\n") ||
		strings.ContainsAny(userBuf+sig, "\r\n") {
		return d, false
	}
	d.Sig, errs[0] = base64.StdEncoding.Strict().DecodeString(sig)
	if _, has := fields["TLS.userbuf"]; has {
		d.UserBuf, errs[1] = base64.StdEncoding.Strict().DecodeString(userBuf)
	}
	return d, errors.Join(errs[:]...) == nil && len(d.Sig) == 32
}

// depth is how deep the values nest, at most.
func depth(text string) int {
	most, now := 0, 0
	dec := json.NewDecoder(strings.NewReader(text))
	for {
		token, err := dec.Token()
		if err != nil {
			return most
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			now++
			most = max(most, now)
		case json.Delim('}'), json.Delim(']'):
			now--
		}
	}
}
