package usersig

import (
	"encoding/base64"
	"slices"
)

// A token's alphabet is the standard one with * for +, - for / and _ for the padding. It looks like base64url and is not.
const tokenAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-"

const standardAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// These are written once, here.
var (
	tokenEncoding   = base64.NewEncoding(tokenAlphabet).WithPadding('_')
	tokenDecoder    = newDecoder(tokenAlphabet, '_')
	standardDecoder = newDecoder(standardAlphabet, '=')
)

// A decoder reads base64 in its one canonical spelling. That of the standard library skips line breaks, even when it is
// strict, and then one token could be written in many ways.
type decoder struct {
	value   [256]byte // of each character; notInAlphabet for the others
	padding byte
}

const notInAlphabet = 0xff

func newDecoder(alphabet string, padding byte) *decoder {
	d := &decoder{padding: padding}
	for i := range d.value {
		d.value[i] = notInAlphabet
	}
	for i := range len(alphabet) {
		d.value[alphabet[i]] = byte(i)
	}
	return d
}

// appendDecode appends the bytes that src stands for. It reports false for every character outside of the alphabet, for
// missing padding, and for bits set that no byte needs.
func appendDecode[S string | []byte](dst []byte, d *decoder, src S) ([]byte, bool) {
	if len(src)%4 != 0 {
		return dst, false
	}
	if len(src) == 0 {
		return dst, true
	}
	padded := 0
	for padded < 2 && src[len(src)-1-padded] == d.padding {
		padded++
	}
	start, size := len(dst), len(src)/4*3
	dst = slices.Grow(dst, size)[:start+size]
	out := dst[start:]
	whole := len(src)
	if padded > 0 {
		whole -= 4
	}
	for i, o := 0, 0; i < whole; i, o = i+4, o+3 {
		v0, v1, v2, v3 := d.value[src[i]], d.value[src[i+1]], d.value[src[i+2]], d.value[src[i+3]]
		if v0|v1|v2|v3 == notInAlphabet {
			return dst[:start], false
		}
		out[o] = v0<<2 | v1>>4
		out[o+1] = v1<<4 | v2>>2
		out[o+2] = v2<<6 | v3
	}
	if padded == 0 {
		return dst, true
	}
	v0, v1, v2 := d.value[src[whole]], d.value[src[whole+1]], byte(0)
	unused := v1 & 0x0f
	if padded == 1 {
		v2 = d.value[src[whole+2]]
		unused = v2 & 0x03
	}
	if v0|v1|v2 == notInAlphabet || unused != 0 {
		return dst[:start], false
	}
	out[size-3] = v0<<2 | v1>>4
	out[size-2] = v1<<4 | v2>>2
	return dst[:start+size-padded], true
}
