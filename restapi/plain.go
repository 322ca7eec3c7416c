package restapi

import (
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain is a text without its escapes, those of URLs, HTML, JSON, Go and nginx, however often one lies in another.
// White space and control characters are left out. The signs in the alphabets of base64, "+/=" and the vendor's "*-_",
// are one. from and to say where in the text each character has its spelling.
type plain struct {
	chars    []byte
	from, to []int
}

const (
	sign    = '*'
	foreign = 0x80 // stands for all characters beyond ASCII
	// longestEntity is that of HTML's names, "&CounterClockwiseContourIntegral;".
	longestEntity = 33
)

func plainOf(text string) plain {
	p := plain{chars: make([]byte, 0, len(text)), from: make([]int, 0, len(text)), to: make([]int, 0, len(text))}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		p.add(r, i, i+size)
		i += size
	}
	return p
}

// add takes one more character. Where that ends an escape, it takes in the place of the escape what it stands for,
// which may end another. Every step but the first takes characters away, so that the time is in proportion to the text.
func (p *plain) add(r rune, from, to int) {
	for {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return
		case r >= utf8.RuneSelf:
			r = foreign
		case strings.ContainsRune("*-_+/=", r):
			r = sign
		}
		p.chars, p.from, p.to = append(p.chars, byte(r)), append(p.from, from), append(p.to, to)
		size, meant := lastEscape(p.chars)
		if size == 0 {
			return
		}
		start := len(p.chars) - size
		r, from = meant, p.from[start]
		p.chars, p.from, p.to = p.chars[:start], p.from[:start], p.to[:start]
	}
}

// lastEscape returns the size of the escape at the end of text and what it stands for; size is 0 where there is none.
func lastEscape(text []byte) (size int, meant rune) {
	last := text[len(text)-1]
	if last == ';' {
		return lastEntity(text)
	}
	for _, escape := range []struct {
		begins string
		digits int
	}{{"%", 2}, {`\x`, 2}, {`\u`, 4}, {"%u", 4}} {
		rest, digits := cutLast(text, escape.digits)
		if r, ok := hexadecimal(digits); ok && bytes.HasSuffix(rest, []byte(escape.begins)) {
			return len(escape.begins) + escape.digits, r
		}
	}
	switch {
	case len(text) < 2 || text[len(text)-2] != '\\':
		return 0, 0
	case strings.IndexByte("abfnrtv", last) >= 0:
		return 2, ' '
	case last < utf8.RuneSelf && (unicode.IsLetter(rune(last)) || unicode.IsDigit(rune(last))):
		return 0, 0
	}
	return 2, rune(last) // \\, \/ and the like
}

func lastEntity(text []byte) (size int, meant rune) {
	_, near := cutLast(text, min(len(text), longestEntity))
	start := bytes.LastIndexByte(near, '&')
	if start < 0 {
		return 0, 0
	}
	entity := string(near[start:])
	character := html.UnescapeString(entity)
	if r, length := utf8.DecodeRuneInString(character); length == len(character) && length < len(entity) {
		return len(entity), r
	}
	return 0, 0
}

// cutLast returns text in two parts, the second of n bytes; it is nil where there are fewer.
func cutLast(text []byte, n int) (rest, last []byte) {
	if len(text) < n {
		return text, nil
	}
	return text[:len(text)-n], text[len(text)-n:]
}

func hexadecimal(digits []byte) (r rune, ok bool) {
	for _, d := range digits {
		switch {
		case '0' <= d && d <= '9':
			r = r<<4 | rune(d-'0')
		case 'a' <= d|0x20 && d|0x20 <= 'f':
			r = r<<4 | rune(d|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, len(digits) > 0
}
