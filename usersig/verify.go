package usersig

import (
	"bytes"
	"crypto/hmac"
	"fmt"
	"math"
	"time"
)

// Verify reports whether sig lets userID into this app now: nil if it does. The reasons against it are looked for in
// this order, and the first is returned: [ErrMalformed], [ErrBadSignature], [ErrWrongApp], [ErrWrongUser],
// [ErrWrongUserBuf] when the token carries a userbuf, [ErrExpired]. Nothing that the token says is believed before its
// signature has been checked, in constant time.
//
// Every form that the vendor's libraries make is read. A token holds until the end of the second in which its
// lifetime ends. One that was made in the future is accepted, as by the vendor, so that clocks may differ. A check is
// made here alone: that the vendor has voided a token (by a kick, say) cannot be known.
//
// https://www.tencentcloud.com/document/product/1047/34385
func (s *Signer) Verify(userID, sig string) error {
	return s.VerifyWithUserBuf(userID, sig, nil)
}

// VerifyWithUserBuf is [Signer.Verify] for a token that carries a userbuf: it has to be the very bytes of buf, or the
// answer is [ErrWrongUserBuf]. A nil buf stands for a token without a userbuf, an empty one for a token whose userbuf
// is empty. To check a token whatever userbuf it has, pass what [Parse] says it has.
//
// https://www.tencentcloud.com/document/product/1047/34385
func (s *Signer) VerifyWithUserBuf(userID, sig string, buf []byte) error {
	if err := s.ready(); err != nil {
		return err
	}
	w := s.get()
	err := s.verify(w, userID, sig, buf)
	s.put(w)
	return err
}

func (s *Signer) verify(w *scratch, userID, sig string, buf []byte) error {
	d := &w.read
	if err := w.decode(sig, d); err != nil {
		return err
	}
	if !hmac.Equal(w.sign(&d.claims), d.sig) {
		return ErrBadSignature
	}
	switch {
	case d.app != s.sdkAppID:
		return ErrWrongApp
	case string(d.userID) != userID:
		return ErrWrongUser
	case d.hasUserBuf != (buf != nil) || d.hasUserBuf && !bytes.Equal(w.userBuf, buf):
		return ErrWrongUserBuf
	}
	last := d.lastSecond()
	if now := s.now(); now.Unix() > last {
		return &refusal{ErrExpired, fmt.Sprintf("it held until %s, now it is %s",
			unix(last).Format(time.RFC3339), now.UTC().Format(time.RFC3339))}
	}
	return nil
}

// lastSecond is the last second in which the token holds. A sum that 64 bits cannot hold is as far off as can be. With
// a zero among the two there is no such sum, so it does not matter to which side a zero counts.
func (d *document) lastSecond() int64 {
	sum := d.made + d.life
	switch {
	case d.made > 0 && d.life > 0 && sum < 0:
		return math.MaxInt64
	case d.made < 0 && d.life < 0 && sum >= 0:
		return math.MinInt64
	}
	return sum
}
