package usersig

import (
	"encoding/base64"
	"encoding/binary"
	"slices"
)

// A token's alphabet is the standard one with * for +, - for / and _ for the padding. It looks like base64url and is
// not.
const tokenAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-"

const standardAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// These are written once, here.
var (
	tokenEncoding   = base64.NewEncoding(tokenAlphabet).WithPadding('_')
	tokenPairs      = newPairs(tokenAlphabet)
	tokenDecoder    = newDecoder(tokenAlphabet, '_')
	standardDecoder = newDecoder(standardAlphabet, '=')
)

// newPairs returns the two characters that 12 bits stand for, the first one in the low byte.
func newPairs(alphabet string) *[1 << 12]uint16 {
	var pairs [1 << 12]uint16
	for i := range pairs {
		pairs[i] = uint16(alphabet[i>>6]) | uint16(alphabet[i&63])<<8
	}
	return &pairs
}

// appendEncode appends what tokenEncoding makes of src, in half of the time: a token is mostly written by this.
func appendEncode(dst, src []byte) []byte {
	size := tokenEncoding.EncodedLen(len(src))
	dst = slices.Grow(dst, size)
	dst = dst[:len(dst)+size]
	out := dst[len(dst)-size:]
	// Six bytes make eight characters; two more are read with them. The rest is for the standard library, which would
	// make the same of all.
	for len(src) >= 8 {
		x := binary.BigEndian.Uint64(src)
		binary.LittleEndian.PutUint64(out, uint64(tokenPairs[x>>52])|uint64(tokenPairs[x>>40&0xfff])<<16|
			uint64(tokenPairs[x>>28&0xfff])<<32|uint64(tokenPairs[x>>16&0xfff])<<48)
		src, out = src[6:], out[8:]
	}
	tokenEncoding.Encode(out, src)
	return dst
}

// A decoder reads base64 in its one canonical spelling. That of the standard library skips line breaks, even when it is
// strict, and then one token could be written in many ways.
type decoder struct {
	// What each character adds to the top 24 bits of a number, by its place among four. Characters outside of the
	// alphabet add strange.
	value   [4][256]uint32
	padding byte
}

const strange = 1

func newDecoder(alphabet string, padding byte) *decoder {
	d := &decoder{padding: padding}
	for place := range d.value {
		for i := range d.value[place] {
			d.value[place][i] = strange
		}
		for i := range len(alphabet) {
			d.value[place][alphabet[i]] = uint32(i) << (26 - 6*place)
		}
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
	end := len(dst) + len(src)/4*3 - 3 // of all but the last four
	// One byte more, so that three bytes can be written as a number of four.
	dst = slices.Grow(dst, len(src)/4*3+1)
	out := dst[len(dst) : len(dst)+len(src)/4*3+1]
	for ; len(src) > 4; src, out = src[4:], out[3:] {
		n := d.value[0][src[0]] | d.value[1][src[1]] | d.value[2][src[2]] | d.value[3][src[3]]
		if n&strange != 0 {
			return dst, false
		}
		binary.BigEndian.PutUint32(out, n)
	}
	// The last four may be padded; the bits of what is missing have to be zero.
	n, size := d.value[0][src[0]]|d.value[1][src[1]], 3
	switch {
	case src[3] != d.padding:
		n |= d.value[2][src[2]] | d.value[3][src[3]]
	case src[2] != d.padding:
		n |= d.value[2][src[2]]
		size = 2
	default:
		size = 1
	}
	if n<<(8*size) != 0 {
		return dst, false
	}
	binary.BigEndian.PutUint32(out, n)
	return dst[:end+size], true
}
