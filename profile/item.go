package profile

import (
	"bytes"
	"encoding/json"
	"slices"
	"unicode/utf8"
)

// An Item is one field of a profile with its value as it stands on the wire. [Field.To] makes one and [Field.Of] reads
// one; Value is raw JSON, so that a field newer than this SDK keeps every digit through a read and a write. It is empty
// where the vendor sent none.
type Item struct {
	Tag   string          `json:"Tag"`
	Value json.RawMessage `json:"Value,omitempty"`
}

// String returns the tag and the raw value, such as Tag_Profile_IM_Level=7.
func (i Item) String() string { return i.Tag + "=" + string(i.Value) }

// Items are the fields of one profile, in the order of the wire.
type Items []Item

func (items Items) lookup(tag string) (json.RawMessage, bool) {
	for _, item := range slices.Backward(items) {
		if item.Tag == tag {
			return item.Value, true
		}
	}
	return nil, false
}

// quote writes s as a JSON string. Bytes that are not UTF-8 stay as they are, where encoding/json would put U+FFFD in
// their place: SetProfile finds them and refuses the value, so that no text is changed on the way.
func quote(s string) json.RawMessage {
	if !utf8.ValidString(s) || isPlain(s) {
		raw := make([]byte, 0, len(s)+len(`""`))
		return append(append(append(raw, '"'), s...), '"')
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil { // a valid string always encodes
		panic(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'})
}

// isPlain says whether a JSON string can hold s as it is, as it can most names.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isNumber(text string) bool {
	return text != "" && (text[0] == '-' || '0' <= text[0] && text[0] <= '9') && json.Valid([]byte(text))
}
