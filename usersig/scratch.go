package usersig

import (
	"crypto/sha256"
	"hash"
)

// A scratch holds what one call needs and the next one can use again: the HMAC with the key already mixed in, and the
// buffers. It belongs to one goroutine between get and put.
type scratch struct {
	mac hash.Hash
	sum [sha256.Size]byte

	text    []byte // the signed text
	packed  []byte // the zlib stream
	doc     []byte // the inflated document
	userBuf []byte // the userbuf's bytes
	base64  []byte // the userbuf's base64
	out     []byte // the token
	fields  []byte // the user ID and the numbers of a token that is made

	read document // the token that is being checked

	inflater inflater
}

// keepBytes is about the longest buffer that goes back into the pool: one large PrivateMapKey must not hold its memory
// for good.
const keepBytes = 8 << 10

func (s *Signer) get() *scratch { return s.pool.Get().(*scratch) }

func (s *Signer) put(w *scratch) {
	for _, b := range []*[]byte{&w.text, &w.packed, &w.doc, &w.userBuf, &w.base64, &w.out, &w.fields} {
		if cap(*b) > keepBytes {
			*b = nil
		}
	}
	w.read = document{} // its slices would keep what has just been let go
	s.pool.Put(w)
}

// sign leaves the HMAC of the text that the claims make up in w.sum.
func (w *scratch) sign(c *claims) []byte {
	w.text = c.appendText(w.text[:0])
	w.mac.Reset()
	_, _ = w.mac.Write(w.text) // a hash never fails
	return w.mac.Sum(w.sum[:0])
}

// Claims are the signed fields of a token, as the text that is signed has them: numbers are decimal, and the userbuf is
// padded standard base64.
type claims struct {
	userID     []byte
	sdkAppID   []byte
	issued     []byte // seconds since the epoch
	expire     []byte // seconds
	userBuf    []byte
	hasUserBuf bool
}

// appendText appends the text that the signature covers.
func (c *claims) appendText(dst []byte) []byte {
	dst = append(dst, "TLS.identifier:"...)
	dst = append(dst, c.userID...)
	dst = append(dst, "\nTLS.sdkappid:"...)
	dst = append(dst, c.sdkAppID...)
	dst = append(dst, "\nTLS.time:"...)
	dst = append(dst, c.issued...)
	dst = append(dst, "\nTLS.expire:"...)
	dst = append(dst, c.expire...)
	dst = append(dst, '\n')
	if c.hasUserBuf {
		dst = append(dst, "TLS.userbuf:"...)
		dst = append(dst, c.userBuf...)
		dst = append(dst, '\n')
	}
	return dst
}
