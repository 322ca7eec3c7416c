package usersig

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/userid"
)

// Sign returns a UserSig that lets userID in for ttl from now. Clients sign in with it; a REST call carries the one of
// an administrator.
//
// The user ID has 1 to 32 bytes of UTF-8 and no control characters. ttl is at least one second, and cut to whole
// seconds; the vendor names no upper limit and advises 24 hours or more. Anything else is refused with [ErrInvalid].
//
// https://www.tencentcloud.com/document/product/1047/34385
func (s *Signer) Sign(userID string, ttl time.Duration) (string, error) {
	return s.SignWithUserBuf(userID, ttl, nil)
}

// AppendSign appends to dst what [Signer.Sign] returns. It allocates nothing when dst has the room, about 280 bytes for
// a short user ID. On an error dst comes back as it was.
//
// https://www.tencentcloud.com/document/product/1047/34385
func (s *Signer) AppendSign(dst []byte, userID string, ttl time.Duration) ([]byte, error) {
	issued, expire, err := s.terms(userID, ttl)
	if err != nil {
		return dst, err
	}
	w := s.get()
	dst = s.appendToken(dst, w, userID, issued, expire, nil)
	s.put(w)
	return dst, nil
}

// SignWithUserBuf returns a UserSig that also vouches for buf, at most 64 KiB that mean something to whoever checks it.
// For the rooms of TRTC use [Signer.PrivateMapKey], which fills it in. An empty buf is signed as such; a nil one makes
// the token that [Signer.Sign] makes.
//
// https://www.tencentcloud.com/document/product/1047/34385
func (s *Signer) SignWithUserBuf(userID string, ttl time.Duration, buf []byte) (string, error) {
	if len(buf) > maxUserBuf {
		return "", &refusal{ErrInvalid, fmt.Sprintf("the userbuf has %d bytes, at most %d", len(buf), maxUserBuf)}
	}
	issued, expire, err := s.terms(userID, ttl)
	if err != nil {
		return "", err
	}
	w := s.get()
	w.out = s.appendToken(w.out[:0], w, userID, issued, expire, buf)
	sig := string(w.out)
	s.put(w)
	return sig, nil
}

// terms checks what is to be signed and returns the two times of the token, from one reading of the clock.
func (s *Signer) terms(userID string, ttl time.Duration) (issued, expire int64, err error) {
	if err := s.ready(); err != nil {
		return 0, 0, err
	}
	if err := checkUserID(userID); err != nil {
		return 0, 0, err
	}
	expire = int64(ttl / time.Second)
	if expire < 1 {
		return 0, 0, &refusal{ErrInvalid, fmt.Sprintf("the lifetime is %v, at least one second", ttl)}
	}
	issued = s.now().Unix()
	if issued < 0 || issued > math.MaxInt64-expire {
		return 0, 0, invalid("the clock is out of range")
	}
	return issued, expire, nil
}

// checkUserID refuses user IDs that no account can have.
func checkUserID(userID string) error {
	if reason := userid.Check(userID, userid.MaxUser); reason != "" {
		return invalid("the user ID " + reason)
	}
	return nil
}

// appendToken appends the finished token. All its arguments have been checked.
func (s *Signer) appendToken(dst []byte, w *scratch, userID string, issued, expire int64, buf []byte) []byte {
	w.fields = append(w.fields[:0], userID...)
	w.fields = strconv.AppendInt(w.fields, issued, 10)
	endIssued := len(w.fields)
	w.fields = strconv.AppendInt(w.fields, expire, 10)
	c := claims{
		userID:   w.fields[:len(userID)],
		sdkAppID: s.decimalApp,
		issued:   w.fields[len(userID):endIssued],
		expire:   w.fields[endIssued:],
	}
	if buf != nil {
		w.base64 = base64.StdEncoding.AppendEncode(w.base64[:0], buf)
		c.userBuf, c.hasUserBuf = w.base64, true
	}
	sig := w.sign(&c)
	w.packed = append(w.packed[:0], make([]byte, zlibPrefix)...)
	w.packed = appendDocument(w.packed, &c, sig)
	w.packed = packStored(w.packed)
	return appendEncode(dst, w.packed)
}
