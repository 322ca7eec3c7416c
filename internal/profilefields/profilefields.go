// Package profilefields knows the documented fields of a user profile and judges values for them. The client refuses by
// it before the network, the local server answers by it with the documented code.
package profilefields

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

const (
	// CustomPrefix begins the tag of every custom field; the keyword follows.
	CustomPrefix = "Tag_Profile_Custom_"
	// MaxBytes is the longest text of any field, in bytes of UTF-8.
	MaxBytes = 500
	// MaxKeyword is the longest keyword, in letters.
	MaxKeyword = 8

	maxLocationBytes = 16
)

// A Kind is what a field holds.
type Kind uint8

// The kinds of field.
const (
	Text   Kind = iota // a JSON string of any text
	Enum               // a JSON string, one of a closed set of words
	Number             // a JSON number, unsigned and of 32 bits
)

// A Field is one standard field.
type Field struct {
	Tag      string
	Kind     Kind
	MaxBytes int      // Text only
	Words    []string // Enum only
}

// Standard returns the twelve standard fields, in the order of the documentation.
func Standard() []Field { return slices.Clone(standard) }

var standard = []Field{
	{Tag: "Tag_Profile_IM_Nick", Kind: Text, MaxBytes: MaxBytes},
	{Tag: "Tag_Profile_IM_Gender", Kind: Enum, Words: []string{
		"Gender_Type_Unknown", "Gender_Type_Female", "Gender_Type_Male",
	}},
	{Tag: "Tag_Profile_IM_BirthDay", Kind: Number},
	{Tag: "Tag_Profile_IM_Location", Kind: Text, MaxBytes: maxLocationBytes},
	{Tag: "Tag_Profile_IM_SelfSignature", Kind: Text, MaxBytes: MaxBytes},
	{Tag: "Tag_Profile_IM_AllowType", Kind: Enum, Words: []string{
		"AllowType_Type_NeedConfirm", "AllowType_Type_AllowAny", "AllowType_Type_DenyAny",
	}},
	{Tag: "Tag_Profile_IM_Language", Kind: Number},
	{Tag: "Tag_Profile_IM_Image", Kind: Text, MaxBytes: MaxBytes},
	{Tag: "Tag_Profile_IM_MsgSettings", Kind: Number},
	{Tag: "Tag_Profile_IM_AdminForbidType", Kind: Enum, Words: []string{
		"AdminForbid_Type_None", "AdminForbid_Type_SendOut",
	}},
	{Tag: "Tag_Profile_IM_Level", Kind: Number},
	{Tag: "Tag_Profile_IM_Role", Kind: Number},
}

// Lookup returns the standard field of that tag.
func Lookup(tag string) (Field, bool) {
	for _, f := range standard {
		if f.Tag == tag {
			return f, true
		}
	}
	return Field{}, false
}

// A Fault says in what way a tag or a value breaks the rules.
type Fault uint8

// The faults. The zero Fault is none.
const (
	None       Fault = iota
	BadTag           // not a tag that any app can have
	WrongType        // not the JSON type of the field, or not a JSON value at all
	TooLong          // over the 500 bytes that hold for every field
	NotAllowed       // the right type, but not a value of this standard field
)

// CheckTag judges the form of a tag: letters, digits and underscores, and after the prefix of custom fields a keyword
// of 1 to 8 letters. It passes standard tags that are newer than this module. The reason follows the name of the field.
func CheckTag(tag string) (fault Fault, reason string) {
	switch {
	case tag == "":
		return BadTag, "is empty"
	case !utf8.ValidString(tag):
		return BadTag, "is not valid UTF-8"
	}
	if keyword, custom := strings.CutPrefix(tag, CustomPrefix); custom {
		if !IsKeyword(keyword) {
			return BadTag, fmt.Sprintf("is not a custom field: its name must be 1 to %d letters from a to z and A to Z, got %q",
				MaxKeyword, keyword)
		}
		return None, ""
	}
	if strings.ContainsFunc(tag, func(r rune) bool { return notLetter(r) && (r < '0' || r > '9') && r != '_' }) {
		return BadTag, "is not a field: a tag has only letters from a to z and A to Z, digits and underscores"
	}
	return None, ""
}

// CheckValue judges a raw JSON value for the field of that tag. A tag that is not standard passes with any text of at
// most 500 bytes and any number.
func CheckValue(tag string, raw json.RawMessage) (fault Fault, reason string) {
	raw = trim(raw)
	switch {
	case len(raw) == 0:
		return WrongType, "has no value"
	case raw[0] == '"' && !utf8.Valid(raw): // before anything that such bytes may break as well
		return NotAllowed, "is not valid UTF-8"
	case !json.Valid(raw):
		return WrongType, "has a value that is not valid JSON"
	}
	field, known := Lookup(tag)
	text, isText := wire.Unquote(raw)
	switch {
	case isText && known && field.Kind == Number:
		return WrongType, "takes a number, not a text"
	case isText:
		return checkText(field, known, text)
	case raw[0] != '-' && (raw[0] < '0' || raw[0] > '9'):
		return WrongType, "takes a text or a number, not null, a boolean, an array or an object"
	case known && field.Kind != Number:
		return WrongType, "takes a text, not a number"
	case known:
		if _, err := strconv.ParseUint(string(raw), 10, 32); err != nil {
			return NotAllowed, "takes a whole number from 0 to 4294967295"
		}
	case len(raw) > MaxBytes:
		return TooLong, tooLong(len(raw), MaxBytes)
	}
	return None, ""
}

func checkText(field Field, known bool, text string) (Fault, string) {
	limit := MaxBytes
	if known && field.Kind == Text {
		limit = field.MaxBytes
	}
	switch {
	case len(text) > limit && len(text) <= MaxBytes:
		// TooLong is documented for 500 bytes only; a field's own smaller limit is a matter of its values.
		return NotAllowed, tooLong(len(text), limit)
	case len(text) > limit:
		return TooLong, tooLong(len(text), limit)
	case known && field.Kind == Enum && !slices.Contains(field.Words, text):
		return NotAllowed, "must be one of " + strings.Join(field.Words, ", ")
	}
	return None, ""
}

func tooLong(n, limit int) string {
	return fmt.Sprintf("has %d bytes, at most %d are allowed", n, limit)
}

// Unquote returns the text of a JSON string, and false where raw is something else.
func Unquote(raw json.RawMessage) (string, bool) {
	raw = trim(raw)
	if !wire.Valid(raw) {
		return "", false
	}
	return wire.Unquote(raw)
}

// trim takes away what JSON allows around a value.
func trim(raw json.RawMessage) json.RawMessage { return bytes.Trim(raw, " \t\r\n") }

// IsKeyword says whether s can follow the prefix of a custom field, of a friend too: 1 to 8 letters, a to z and A to Z.
func IsKeyword(s string) bool {
	return s != "" && len(s) <= MaxKeyword && !strings.ContainsFunc(s, notLetter)
}

func notLetter(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
}
