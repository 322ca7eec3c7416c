package wire

import (
	"bytes"
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strings"
)

// Fields goes through the members of a JSON object in the order of the wire: each key, decoded, and the bytes of its value,
// which alias data. It is for data that encoding/json has found valid; on anything else it stops early and does not panic.
func Fields(data []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		data := trim(data)
		if len(data) == 0 || data[0] != '{' {
			return
		}
		for rest := trim(data[1:]); len(rest) > 0 && rest[0] == '"'; {
			n := valueLen(rest)
			key, ok := keyOf(rest[:n])
			rest = trim(rest[n:])
			if !ok || len(rest) == 0 || rest[0] != ':' {
				return
			}
			rest = trim(rest[1:])
			n = valueLen(rest)
			if n == 0 || !yield(key, trim(rest[:n])) {
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

// Extra returns the members of a JSON object whose keys are none of known, as encoding/json compares keys (a difference in
// case is none), and nil when there are none. The values are copies.
func Extra(data []byte, known ...string) map[string]json.RawMessage {
	var extra map[string]json.RawMessage
	for key, value := range Fields(data) {
		if isKnown(key, known) {
			continue
		}
		if extra == nil {
			extra = make(map[string]json.RawMessage)
		}
		extra[key] = bytes.Clone(value)
	}
	return extra
}

// AppendExtra adds the members of extra, in the order of their keys, to the JSON object that dst ends with. Members whose
// keys are among known are left out: the object has its own.
func AppendExtra(dst []byte, extra map[string]json.RawMessage, known ...string) ([]byte, error) {
	for _, key := range slices.Sorted(maps.Keys(extra)) {
		if isKnown(key, known) {
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

func isKnown(key string, known []string) bool {
	for _, k := range known {
		if strings.EqualFold(key, k) {
			return true
		}
	}
	return false
}

// keyOf decodes a quoted key. Most have no escapes and need no decoder.
func keyOf(quoted []byte) (string, bool) {
	if len(quoted) < 2 {
		return "", false
	}
	if bytes.IndexByte(quoted, '\\') < 0 {
		return string(quoted[1 : len(quoted)-1]), true
	}
	var s string
	err := json.Unmarshal(quoted, &s)
	return s, err == nil
}

// valueLen returns the length of the JSON value that data begins with, or 0 where it does not end.
func valueLen(data []byte) int {
	depth := 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '"':
			n := stringLen(data[i:])
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

// stringLen returns the length of the quoted string that data begins with, or 0 where the closing quote is missing.
func stringLen(data []byte) int {
	for i := 1; i < len(data); i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

// trim takes the white space of JSON off both ends.
func trim(data []byte) []byte {
	return bytes.Trim(data, " \t\r\n")
}
