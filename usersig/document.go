package usersig

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
)

// The only version there is of this kind of token.
const version = "2.0"

// The fields of a token, in the order of keys.
const (
	fieldVer = iota
	fieldUserID
	fieldSDKAppID
	fieldExpire
	fieldTime
	fieldSig
	fieldUserBuf
)

var keys = [...]string{
	fieldVer:      "TLS.ver",
	fieldUserID:   "TLS.identifier",
	fieldSDKAppID: "TLS.sdkappid",
	fieldTime:     "TLS.time",
	fieldExpire:   "TLS.expire",
	fieldUserBuf:  "TLS.userbuf",
	fieldSig:      "TLS.sig",
}

// heads are the keys as they mostly stand in a document. They are written once, here.
var heads = func() (heads [len(keys)]string) {
	for i, key := range keys {
		heads[i] = `"` + key + `":`
	}
	return heads
}()

// The fields without which a token proves nothing. The version is not among them: it is not signed, and no verifier
// looks at it.
const needed = 1<<fieldUserID | 1<<fieldSDKAppID | 1<<fieldTime | 1<<fieldExpire | 1<<fieldSig

// A document is what a token says. Its slices lie in a scratch.
type document struct {
	claims
	app     uint64 // the numbers of claims as numbers
	made    int64
	life    int64
	version []byte
	sig     []byte
	sigRoom [sha256.Size + 2]byte // what sig lies in, with what decoding needs
}

// appendDocument appends the JSON of c and its signature. The order of the keys is that of the Go, Python and PHP
// libraries. Nothing is escaped but what JSON asks for.
func appendDocument(dst []byte, c *claims, sig []byte) []byte {
	dst = append(dst, `{"TLS.ver":"`+version+`","TLS.identifier":"`...)
	for _, b := range c.userID {
		if b == '"' || b == '\\' {
			dst = append(dst, '\\')
		}
		dst = append(dst, b)
	}
	dst = append(dst, `","TLS.sdkappid":`...)
	dst = append(dst, c.sdkAppID...)
	dst = append(dst, `,"TLS.expire":`...)
	dst = append(dst, c.expire...)
	dst = append(dst, `,"TLS.time":`...)
	dst = append(dst, c.issued...)
	if c.hasUserBuf {
		dst = append(dst, `,"TLS.userbuf":"`...)
		dst = append(dst, c.userBuf...)
		dst = append(dst, '"')
	}
	dst = append(dst, `,"TLS.sig":"`...)
	dst = base64.StdEncoding.AppendEncode(dst, sig)
	return append(dst, `"}`...)
}

// decode takes a token apart into d, which is empty. What d says then is not to be believed before the signature is
// checked.
func (w *scratch) decode(sig string, d *document) error {
	if len(sig) > maxToken {
		return malformed("too long")
	}
	var ok bool
	if w.packed, ok = appendDecode(w.packed[:0], tokenDecoder, sig); !ok {
		return malformed("bad base64")
	}
	text, err := w.unpack(w.packed)
	if err != nil {
		return err
	}
	return w.parse(text, d)
}

// parse reads the JSON of a token into d. It unescapes the strings where they lie in text.
func (w *scratch) parse(text []byte, d *document) error {
	const notObject = "the document is not a JSON object"
	s := scanner{b: text}
	if !s.take('{') {
		return malformed(notObject)
	}
	seen, next := 0, 0
	for more := !s.take('}'); more; {
		// Keys mostly come in one order, and then need neither be read nor looked for.
		s.peek()
		field, exact := next, s.word(heads[next])
		if !exact {
			key, ok := s.str()
			if !ok || !s.take(':') {
				return malformed(notObject)
			}
			field, exact = lookup(key)
		}
		switch {
		case field < 0:
			if !s.skip(1) {
				return malformed(notObject)
			}
		case !exact:
			return malformed("a key in another case")
		case seen&(1<<field) != 0:
			return malformed("the document has two of " + keys[field])
		case !w.field(&s, field, d):
			return malformed("bad value of " + keys[field])
		default:
			seen |= 1 << field
			next = (field + 1) % len(keys)
		}
		if more = s.take(','); !more && !s.take('}') {
			return malformed(notObject)
		}
	}
	switch {
	case !s.atEnd():
		return malformed("text behind the document")
	case seen&needed != needed:
		return malformed("a field is missing")
	}
	d.hasUserBuf = seen&(1<<fieldUserBuf) != 0
	return nil
}

// lookup returns the field of that key, -1 if it is none of ours, and whether the key is spelled as it should be.
func lookup(key []byte) (field int, exact bool) {
	switch string(key) {
	case "TLS.ver":
		return fieldVer, true
	case "TLS.identifier":
		return fieldUserID, true
	case "TLS.sdkappid":
		return fieldSDKAppID, true
	case "TLS.time":
		return fieldTime, true
	case "TLS.expire":
		return fieldExpire, true
	case "TLS.userbuf":
		return fieldUserBuf, true
	case "TLS.sig":
		return fieldSig, true
	}
	// Other readers take a key in any case for ours, and would then see another token than we do.
	for i := range keys {
		if bytes.EqualFold(key, []byte(keys[i])) {
			return i, false
		}
	}
	return -1, false
}

// field reads the value of a field into d.
func (w *scratch) field(s *scanner, field int, d *document) (ok bool) {
	switch field {
	case fieldVer:
		d.version, ok = s.str()
		return ok
	case fieldUserID:
		d.userID, ok = s.str()
		// With a line break in it the signed text could be read in two ways.
		return ok && len(d.userID) > 0 && bytes.IndexByte(d.userID, '\n') < 0
	case fieldUserBuf:
		if d.userBuf, ok = s.str(); ok {
			w.userBuf, ok = appendDecode(w.userBuf[:0], standardDecoder, d.userBuf)
		}
		return ok
	case fieldSig:
		text, ok := s.str()
		if !ok {
			return false
		}
		d.sig, ok = appendDecode(d.sigRoom[:0], standardDecoder, text)
		return ok && len(d.sig) == sha256.Size
	}
	text, n, ok := s.natural()
	if !ok {
		return w.longNumber(s, field, d)
	}
	switch field {
	case fieldSDKAppID:
		d.sdkAppID, d.app = text, n
	case fieldTime:
		d.issued, d.made = text, int64(n)
	case fieldExpire:
		d.expire, d.life = text, int64(n)
	}
	return true
}

// longNumber reads the value of a field for which natural is not enough.
func (w *scratch) longNumber(s *scanner, field int, d *document) bool {
	text, ok := s.integer()
	if !ok {
		return false
	}
	switch field {
	case fieldSDKAppID:
		d.sdkAppID = text
		d.app, ok = parseUint(text)
	case fieldTime:
		d.issued = text
		d.made, ok = parseInt(text)
	case fieldExpire:
		d.expire = text
		d.life, ok = parseInt(text)
	}
	return ok
}
