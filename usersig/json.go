package usersig

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// A scanner reads JSON (RFC 8259) from b and allocates nothing: strings are unescaped in place, which works because an
// escape is never shorter than what it stands for. Every method that reads something reports false where the text is
// not JSON; the scanner is of no use after that.
type scanner struct {
	b []byte
	i int
}

// maxDepth bounds how deep a value under a key that nobody knows may nest.
const maxDepth = 64

// peek skips white space and returns the next byte, 0 at the end.
func (s *scanner) peek() byte {
	for s.i < len(s.b) {
		switch c := s.b[s.i]; c {
		case ' ', '\t', '\n', '\r':
			s.i++
		default:
			return c
		}
	}
	return 0
}

// take skips white space and then c, which is not 0, if c comes next.
func (s *scanner) take(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.i++
	return true
}

// atEnd skips white space and reports whether nothing else is left.
func (s *scanner) atEnd() bool {
	s.peek()
	return s.i == len(s.b)
}

// str reads a string. The bytes returned are valid UTF-8 and a part of b.
func (s *scanner) str() ([]byte, bool) {
	if !s.take('"') {
		return nil, false
	}
	start, ascii := s.i, true
	s.i += plain(s.b[s.i:])
	for ; s.i < len(s.b); s.i++ {
		switch c := s.b[s.i]; {
		case c == '"':
			out := s.b[start:s.i]
			s.i++
			return out, ascii || utf8.Valid(out)
		case c == '\\':
			return s.escaped(start)
		case c < ' ':
			return nil, false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return nil, false
}

// plain returns how many bytes at the start of b are sure to be letters that stand for themselves. It looks at eight at
// a time, and not at the last few.
func plain(b []byte) int {
	const (
		ones = 0x0101010101010101
		tops = 0x8080808080808080
	)
	n := 0
	for ; len(b) >= 8; n, b = n+8, b[8:] { // str reads what is left
		x := binary.LittleEndian.Uint64(b)
		quote, backslash := x^'"'*ones, x^'\\'*ones
		// The lowest top bit set is that of the first byte that is not ASCII, under a space, a quote or a backslash.
		if others := (x | (x - ' '*ones) | (quote - ones) | (backslash - ones)) & tops; others != 0 {
			return n + bits.TrailingZeros64(others)/8
		}
	}
	return n
}

// escaped reads on from the first escape of the string that began at start.
func (s *scanner) escaped(start int) ([]byte, bool) {
	out := s.b[start:s.i]
	for s.i < len(s.b) {
		c := s.b[s.i]
		s.i++
		switch {
		case c == '"':
			return out, utf8.Valid(out)
		case c < ' ':
			return nil, false
		case c != '\\':
			out = append(out, c)
		default:
			r, ok := s.escape()
			if !ok {
				return nil, false
			}
			out = utf8.AppendRune(out, r)
		}
	}
	return nil, false
}

// escape reads what stands behind a backslash. Half of a surrogate pair is refused: it has no UTF-8 that could have
// been signed.
func (s *scanner) escape() (rune, bool) {
	if s.i >= len(s.b) {
		return 0, false
	}
	c := s.b[s.i]
	s.i++
	switch c {
	case '"', '\\', '/':
		return rune(c), true
	case 'b':
		return '\b', true
	case 'f':
		return '\f', true
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	case 'u':
		r, ok := s.hex4()
		if !ok || !utf16.IsSurrogate(r) {
			return r, ok
		}
		if s.i+2 > len(s.b) || s.b[s.i] != '\\' || s.b[s.i+1] != 'u' {
			return 0, false
		}
		s.i += 2
		low, ok := s.hex4()
		r = utf16.DecodeRune(r, low)
		return r, ok && r != utf8.RuneError
	}
	return 0, false
}

// hex4 reads the four digits of a \u escape. The text may not end with them: the string has not.
func (s *scanner) hex4() (rune, bool) {
	if s.i+4 > len(s.b) {
		return 0, false
	}
	var r rune
	for _, c := range s.b[s.i : s.i+4] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	s.i += 4
	return r, true
}

// number reads a number and returns it as it is written.
func (s *scanner) number() ([]byte, bool) {
	s.peek()
	start := s.i
	s.skipByte('-')
	zero := s.skipByte('0')
	if !zero && s.digits() == 0 {
		return nil, false
	}
	if s.skipByte('.') && s.digits() == 0 {
		return nil, false
	}
	if s.skipByte('e') || s.skipByte('E') {
		_ = s.skipByte('+') || s.skipByte('-')
		if s.digits() == 0 {
			return nil, false
		}
	}
	return s.b[start:s.i], true
}

// integer reads a number, with or without quotes. The libraries as they are today write none; nothing that is signed
// would change with them.
func (s *scanner) integer() ([]byte, bool) {
	if s.peek() == '"' {
		return s.str()
	}
	return s.number()
}

// natural reads a whole number of up to 18 digits, without quotes or a sign. For all others it reports false and has
// read nothing.
func (s *scanner) natural() (text []byte, n uint64, ok bool) {
	s.peek()
	b, size := s.b[s.i:], 0
	for size < len(b) && '0' <= b[size] && b[size] <= '9' {
		n = n*10 + uint64(b[size]-'0')
		size++
	}
	if size == 0 || size > 18 || size > 1 && b[0] == '0' || size < len(b) && (b[size] == '.' || b[size]|0x20 == 'e') {
		return nil, 0, false
	}
	s.i += size
	return b[:size], n, true
}

func (s *scanner) skipByte(c byte) bool {
	if s.i < len(s.b) && s.b[s.i] == c {
		s.i++
		return true
	}
	return false
}

func (s *scanner) digits() int {
	start := s.i
	for s.i < len(s.b) && '0' <= s.b[s.i] && s.b[s.i] <= '9' {
		s.i++
	}
	return s.i - start
}

// skip reads any value.
func (s *scanner) skip(depth int) bool {
	if depth > maxDepth {
		return false
	}
	switch s.peek() {
	case '"':
		_, ok := s.str()
		return ok
	case '{':
		return s.object(func([]byte) bool { return s.skip(depth + 1) })
	case '[':
		return s.list('[', ']', func() bool { return s.skip(depth + 1) })
	case 't':
		return s.word("true")
	case 'f':
		return s.word("false")
	case 'n':
		return s.word("null")
	default:
		_, ok := s.number()
		return ok
	}
}

func (s *scanner) word(w string) bool {
	if len(s.b)-s.i < len(w) || string(s.b[s.i:s.i+len(w)]) != w {
		return false
	}
	s.i += len(w)
	return true
}

// object reads an object. For each key it calls value, which reads what the key stands for.
func (s *scanner) object(value func(key []byte) bool) bool {
	return s.list('{', '}', func() bool {
		key, ok := s.str()
		return ok && s.take(':') && value(key)
	})
}

// list reads what stands between two brackets, with commas in between. It calls item to read each.
func (s *scanner) list(open, end byte, item func() bool) bool {
	if !s.take(open) {
		return false
	}
	if s.take(end) {
		return true
	}
	for {
		if !item() {
			return false
		}
		if s.take(end) {
			return true
		}
		if !s.take(',') {
			return false
		}
	}
}

// parseUint reads a decimal number in its one shortest spelling.
func parseUint(b []byte) (uint64, bool) {
	const limit = 1<<64 - 1
	if len(b) == 0 || len(b) > 1 && b[0] == '0' {
		return 0, false
	}
	var n uint64
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		d := uint64(c - '0')
		if n > (limit-d)/10 {
			return 0, false
		}
		n = n*10 + d
	}
	return n, true
}

// parseInt is parseUint for numbers that may have a sign.
func parseInt(b []byte) (int64, bool) {
	const limit = 1<<63 - 1
	if len(b) > 0 && b[0] == '-' {
		n, ok := parseUint(b[1:])
		return -int64(n), ok && n > 0 && n <= limit+1
	}
	n, ok := parseUint(b)
	return int64(n), ok && n <= limit
}
