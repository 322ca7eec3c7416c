package wire

import (
	"bytes"
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Fields goes through the members of a JSON object in the order of the wire: each key, decoded, and the bytes of its
// value, which alias data. It is for data that encoding/json has found valid; on anything else it stops early and does
// not panic.
func Fields(data []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for quoted, value := range Members(data) {
			key, ok := Unquote(quoted)
			if !ok || !yield(key, value) {
				return
			}
		}
	}
}

// Members is Fields with the keys in their quotes, which are for IsKey.
func Members(data []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(key, value []byte) bool) {
		data := trim(data)
		if len(data) == 0 || data[0] != '{' {
			return
		}
		for i := space(data, 1); i < len(data) && data[i] == '"'; i = space(data, i+1) {
			key := data[i:]
			key = key[:StringLen(key)]
			i = space(data, i+len(key))
			if len(key) == 0 || i == len(data) || data[i] != ':' {
				return
			}
			i = space(data, i+1)
			n := valueLen(data[i:])
			if n == 0 || !yield(key, trim(data[i:i+n])) {
				return
			}
			if i = space(data, i+n); i == len(data) || data[i] != ',' {
				return
			}
		}
	}
}

// Elements goes through the elements of a JSON array: the bytes of each, which alias data. It is for data that
// encoding/json has found valid, as Fields is.
func Elements(data []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		data := trim(data)
		if len(data) == 0 || data[0] != '[' {
			return
		}
		for rest := trim(data[1:]); len(rest) > 0 && rest[0] != ']'; {
			n := valueLen(rest)
			if n == 0 || !yield(trim(rest[:n])) {
				return
			}
			rest = trim(rest[n:])
			if len(rest) == 0 || rest[0] != ',' {
				return
			}
			rest = trim(rest[1:])
		}
	}
}

// Cut takes the value of one member out of a JSON object: rest is the object with null in its place. Where the object
// is not valid, rest or value is not either. Where the member is missing, or there twice, rest is the object as it is.
func Cut(object []byte, key string) (rest, value []byte) {
	for k, v := range Members(object) {
		if !IsKey(k, key) {
			continue
		}
		if value != nil {
			return object, nil
		}
		value = v
	}
	if value == nil {
		return object, nil
	}
	from := cap(object) - cap(value) // value is a part of object
	rest = make([]byte, 0, len(object)-len(value)+len("null"))
	rest = append(append(append(rest, object[:from]...), "null"...), object[from+len(value):]...)
	return rest, value
}

// IsKey says whether a key in quotes is name, as encoding/json would. Nearly all have no escapes.
func IsKey(quoted []byte, name string) bool {
	// Most are told apart by their first letter.
	if c := quoted[1]; c < utf8.RuneSelf && c != '\\' && c|0x20 != name[0]|0x20 {
		return false
	}
	if bytes.IndexByte(quoted, '\\') < 0 {
		return bytes.EqualFold(quoted[1:len(quoted)-1], []byte(name))
	}
	key, ok := Unquote(quoted)
	return ok && strings.EqualFold(key, name)
}

// Unquote decodes a JSON string. Most have no escapes and need no decoder.
func Unquote(quoted []byte) (string, bool) {
	if len(quoted) < 2 || quoted[0] != '"' {
		return "", false
	}
	inner := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner), true
	}
	var s string
	err := json.Unmarshal(quoted, &s)
	return s, err == nil
}

// A Shape is what a struct reads and writes of a JSON object. Keys are compared without case, as encoding/json does.
type Shape struct {
	Keys []string // those that are always written
	Omit []string // those that are left out when empty
}

// Extra returns the members of a JSON object that a struct of this shape would lose: those with other keys, and those
// of Omit that are there and empty, under their own spelling. It is nil when there are none. The values are copies.
func (s *Shape) Extra(data []byte) map[string]json.RawMessage {
	var extra map[string]json.RawMessage
	for key, value := range Fields(data) {
		if find(s.Keys, key) >= 0 {
			continue
		}
		if i := find(s.Omit, key); i >= 0 {
			if !isEmpty(value) {
				continue
			}
			key = s.Omit[i]
		}
		if extra == nil {
			extra = make(map[string]json.RawMessage)
		}
		extra[key] = bytes.Clone(value)
	}
	return extra
}

// Strings reads an object that has nothing but strings of this shape into fields, which are in the order of Keys and
// then of Omit. It is false for any other object, and what it has set by then means nothing.
func (s *Shape) Strings(data []byte, fields ...*string) bool {
	for key, value := range Members(data) {
		is := func(name string) bool { return IsKey(key, name) }
		i := slices.IndexFunc(s.Keys, is)
		if i < 0 {
			i = slices.IndexFunc(s.Omit, is)
			if i < 0 || isEmpty(value) {
				return false
			}
			i += len(s.Keys)
		}
		text, ok := Unquote(value)
		if !ok {
			return false
		}
		*fields[i] = text
	}
	return true
}

// AppendExtra adds the members of extra, in the order of their keys, to the JSON object that dst is. Members of the
// shape that the object has already are left out.
func (s *Shape) AppendExtra(dst []byte, extra map[string]json.RawMessage) ([]byte, error) {
	for _, key := range slices.Sorted(maps.Keys(extra)) {
		if find(s.Keys, key) >= 0 || find(s.Omit, key) >= 0 && hasField(dst, key) {
			continue
		}
		name, err := Marshal(key)
		if err != nil {
			return nil, err
		}
		value := []byte(extra[key])
		if len(value) == 0 {
			value = []byte("null")
		}
		dst = bytes.TrimSuffix(dst, []byte{'}'})
		if len(dst) > 0 && dst[len(dst)-1] != '{' {
			dst = append(dst, ',')
		}
		dst = append(append(append(dst, name...), ':'), value...)
		dst = append(dst, '}')
	}
	return dst, nil
}

func hasField(object []byte, key string) bool {
	for k := range Fields(object) {
		if strings.EqualFold(k, key) {
			return true
		}
	}
	return false
}

// isEmpty says whether a value is one that omitempty leaves out.
func isEmpty(value []byte) bool {
	return string(value) == `""` || string(value) == "0"
}

// Marshal is json.Marshal without the escapes for HTML, which make a message longer and change the bytes of raw values.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'}), nil
}

// find returns the place of key in keys, or -1.
func find(keys []string, key string) int {
	return slices.IndexFunc(keys, func(k string) bool { return strings.EqualFold(k, key) })
}

// valueLen returns the length of the JSON value that data begins with, or 0 where it does not end.
func valueLen(data []byte) int {
	depth := 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '"':
			n := StringLen(data[i:])
			if n == 0 {
				return 0
			}
			i += n - 1
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
	if depth > 0 {
		return 0
	}
	return len(data)
}

// StringLen returns the length of the quoted string that data begins with, or 0 where the closing quote is missing.
func StringLen(data []byte) int {
	for i := 1; i < len(data); {
		n := bytes.IndexByte(data[i:], '"')
		if n < 0 {
			return 0
		}
		i += n + 1
		// It is a quote of the text itself behind an odd number of backslashes.
		before := data[1 : i-1]
		if escapes := len(before) - len(bytes.TrimRight(before, `\`)); escapes%2 == 0 {
			return i
		}
	}
	return 0
}

// trim takes the white space of JSON off both ends.
func trim(data []byte) []byte {
	data = data[space(data, 0):]
	for len(data) > 0 && isSpace(data[len(data)-1]) {
		data = data[:len(data)-1]
	}
	return data
}
