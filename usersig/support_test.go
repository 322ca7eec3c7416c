package usersig_test

import (
	"bytes"
	"compress/zlib"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/adler32"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/usersig"
)

const (
	testApp  = 1400506071
	testKey  = "6b196aca5afab8d9c482545cdf264974d6fd8ee411ec59b18b0f1ee867e6142c"
	testUser = "leckie"
	testTTL  = 24 * time.Hour
	testTime = 1740787200 // what the clock of clockSigner shows
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// newSigner has the real clock.
func newSigner(t testing.TB) *usersig.Signer {
	t.Helper()
	s, err := usersig.New(testApp, testKey)
	require.NoError(t, err)
	return s
}

// signerAt has a clock that stands still.
func signerAt(t testing.TB, sec int64) *usersig.Signer {
	t.Helper()
	s, err := usersig.New(testApp, testKey, usersig.WithClock(func() time.Time { return time.Unix(sec, 0) }))
	require.NoError(t, err)
	return s
}

// signedText is the text that a signature covers, written down a second time. A nil buf stands for no userbuf.
func signedText(app uint64, user string, issued, expire int64, buf []byte) string {
	text := fmt.Sprintf("TLS.identifier:%s\nTLS.sdkappid:%d\nTLS.time:%d\nTLS.expire:%d\n", user, app, issued, expire)
	if buf != nil {
		text += "TLS.userbuf:" + base64.StdEncoding.EncodeToString(buf) + "\n"
	}
	return text
}

// signature is the value of TLS.sig.
func signature(key, text string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

var outerAlphabet = strings.NewReplacer("+", "*", "/", "-", "=", "_")

// encode is the outermost layer of a token.
func encode(packed []byte) string {
	return outerAlphabet.Replace(base64.StdEncoding.EncodeToString(packed))
}

// pack makes a token of a document.
func pack(t testing.TB, document string, level int) string {
	t.Helper()
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, level)
	require.NoError(t, err)
	_, err = io.WriteString(w, document)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return encode(b.Bytes())
}

// stored is a document of less than 64 KiB as a zlib stream of one stored block. What compress/zlib writes at level 0
// differs between versions of Go.
func stored(document string) []byte {
	n := uint16(len(document))
	b := binary.LittleEndian.AppendUint16([]byte("\x78\x01\x01"), n)
	b = append(binary.LittleEndian.AppendUint16(b, ^n), document...)
	return binary.BigEndian.AppendUint32(b, adler32.Checksum([]byte(document)))
}

// packed is a token without its outermost layer.
func packed(t testing.TB, sig string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(strings.NewReplacer("*", "+", "-", "/", "_", "=").Replace(sig))
	require.NoError(t, err)
	return b
}

// documentOf is the JSON inside of a token.
func documentOf(t testing.TB, sig string) string {
	t.Helper()
	r, err := zlib.NewReader(bytes.NewReader(packed(t, sig)))
	require.NoError(t, err)
	doc, err := io.ReadAll(r)
	require.NoError(t, err)
	return string(doc)
}

// recompress is the same token at another level.
func recompress(t testing.TB, sig string, level int) string {
	t.Helper()
	return pack(t, documentOf(t, sig), level)
}

// goodDocument is what a token for testUser says at testTime, in the plainest form.
func goodDocument() string {
	return fmt.Sprintf(`{"TLS.ver":"2.0","TLS.identifier":"%s","TLS.sdkappid":%d,"TLS.time":%d,"TLS.expire":86400,"TLS.sig":"%s"}`,
		testUser, testApp, testTime, signature(testKey, signedText(testApp, testUser, testTime, 86400, nil)))
}

func standardBase64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }
