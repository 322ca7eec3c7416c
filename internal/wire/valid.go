package wire

import "encoding/binary"

// Valid is json.Valid in a fraction of its time, most of which goes into long strings.
func Valid(data []byte) bool {
	end := value(data, space(data, 0), 0)
	return end > 0 && space(data, end) == len(data)
}

// maxNesting is how deep encoding/json goes.
const maxNesting = 10_000

// value returns where the value that begins at i ends, or -1 where there is none.
func value(data []byte, i, depth int) int {
	if i >= len(data) {
		return -1
	}
	switch c := data[i]; {
	case c == '"':
		return quoted(data, i)
	case c == '{' || c == '[':
		if depth == maxNesting {
			return -1
		}
		return compound(data, i, depth+1)
	case c == '-' || isDigit(c):
		return number(data, i)
	}
	for _, word := range [...]string{"null", "true", "false"} {
		if end := i + len(word); end <= len(data) && string(data[i:end]) == word {
			return end
		}
	}
	return -1
}

// compound is value for an object or an array.
func compound(data []byte, i, depth int) int {
	isObject := data[i] == '{'
	closing := data[i] + 2 // of { and of [ alike
	i = space(data, i+1)
	if i < len(data) && data[i] == closing {
		return i + 1
	}
	for {
		if isObject {
			if i >= len(data) || data[i] != '"' {
				return -1
			}
			if i = quoted(data, i); i < 0 {
				return -1
			}
			if i = space(data, i); i >= len(data) || data[i] != ':' {
				return -1
			}
			i = space(data, i+1)
		}
		if i = value(data, i, depth); i < 0 {
			return -1
		}
		if i = space(data, i); i >= len(data) {
			return -1
		}
		switch data[i] {
		case closing:
			return i + 1
		case ',':
			i = space(data, i+1)
		default:
			return -1
		}
	}
}

// quoted is value for a string. As in encoding/json, its bytes need not be UTF-8.
func quoted(data []byte, i int) int {
	for i++; i < len(data); i++ {
		if i+8 <= len(data) && isPlain(binary.LittleEndian.Uint64(data[i:])) {
			i += 7
			continue
		}
		switch c := data[i]; {
		case c == '"':
			return i + 1
		case c < ' ':
			return -1
		case c == '\\':
			i++
			if i >= len(data) || !isEscape(data, i) {
				return -1
			}
		}
	}
	return -1
}

// isPlain says whether none of eight bytes is a quote, a backslash or a control character. It is false for some that
// are none as well.
func isPlain(x uint64) bool {
	const (
		ones = 0x0101010101010101
		tops = 0x8080808080808080
	)
	quote, backslash := x^'"'*ones, x^'\\'*ones
	// A byte under n gets its top bit when n is taken away, and had none before.
	return ((x-' '*ones)&^x|(quote-ones)&^quote|(backslash-ones)&^backslash)&tops == 0
}

// isEscape says whether what follows a backslash may. It looks at the letter and at the digits of \u, which go on as
// parts of the string.
func isEscape(data []byte, i int) bool {
	switch data[i] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		for _, c := range data[i+1 : min(i+5, len(data))] {
			if !isDigit(c) && (c|' ' < 'a' || c|' ' > 'f') {
				return false
			}
		}
		return i+5 <= len(data)
	}
	return false
}

// number is value for a number.
func number(data []byte, i int) int {
	if data[i] == '-' {
		i++
	}
	if i < len(data) && data[i] == '0' {
		i++
	} else if i = digitsFrom(data, i); i < 0 {
		return -1
	}
	if i < len(data) && data[i] == '.' {
		if i = digitsFrom(data, i+1); i < 0 {
			return -1
		}
	}
	if i < len(data) && data[i]|' ' == 'e' {
		i++
		if i < len(data) && (data[i] == '+' || data[i] == '-') {
			i++
		}
		return digitsFrom(data, i)
	}
	return i
}

// digitsFrom returns where the digits that begin at i end, or -1 where there are none.
func digitsFrom(data []byte, i int) int {
	from := i
	for i < len(data) && isDigit(data[i]) {
		i++
	}
	if i == from {
		return -1
	}
	return i
}

// space returns where the white space that begins at i ends.
func space(data []byte, i int) int {
	for i < len(data) && isSpace(data[i]) {
		i++
	}
	return i
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }
