package shape

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

// A Kind says what is wrong with a field.
type Kind uint8

// The values of Kind.
const (
	Unknown   Kind = iota + 1 // it is not documented
	WrongType                 // its value has another type than documented
	Missing                   // it is required, and the object that it stands in lacks it
)

// String returns the kind in words, as they stand behind the name of a field.
func (k Kind) String() string {
	switch k {
	case Unknown:
		return "is not documented"
	case WrongType:
		return "has the wrong type"
	case Missing:
		return "is missing"
	}
	return "is at fault"
}

// A Fault is what is wrong with one field of a body.
type Fault struct {
	Path string // where it stands, such as AccountList[1].UserID; "" for the body itself
	Kind Kind
	// Field is the documented field; of one that is not documented, the one that it stands in.
	Field *Field
	Got   string // of WrongType: what stands there, such as "string" or "fraction"
}

// String returns the path and what is wrong with it.
func (f Fault) String() string {
	text := f.Path + ": " + f.Kind.String()
	if f.Kind == WrongType {
		want := f.Field.Type
		if strings.HasSuffix(f.Path, "]") { // an element
			want = "an element of " + want
		}
		text += ": " + f.Got + " in place of " + want
	}
	return strings.TrimPrefix(text, ": ")
}

// types is a set of the types that a value can have.
type types uint16

const (
	text types = 1 << iota
	signed
	unsigned
	float
	boolean
	object
	array
	anything
)

var typeNames = map[string]types{
	"string": text, "int": signed, "uint": unsigned, "float": float, "bool": boolean, "object": object, "any": anything,
}

// Check returns what is wrong with a body, in the order of the body, what is missing in an object behind the rest of
// it. It is nil for a body that is as documented. A body that is not JSON, or not an object, has one fault, without a
// path.
func (s *Shape) Check(body []byte) []Fault {
	if !wire.Valid(body) {
		return []Fault{{Kind: WrongType, Field: s.body(), Got: "what is not JSON"}}
	}
	c := checker{}
	c.value(s.body(), object, bytes.TrimSpace(body))
	return c.faults
}

// body is Root with a type to name in a fault.
func (s *Shape) body() *Field {
	f := *s.Root
	f.Type = "object"
	return &f
}

// A checker is one walk of a body.
type checker struct {
	faults []Fault
	at     []step // from the body to where the walk is
}

type step struct {
	key   []byte // in its quotes; nil for an element
	index int
}

func (c *checker) fault(kind Kind, f *Field, got string) {
	var path strings.Builder
	for _, s := range c.at {
		if s.key == nil {
			path.WriteString("[" + strconv.Itoa(s.index) + "]")
			continue
		}
		key, _ := wire.Unquote(s.key)
		if path.Len() > 0 {
			path.WriteByte('.')
		}
		path.WriteString(key)
	}
	c.faults = append(c.faults, Fault{Path: path.String(), Kind: kind, Field: f, Got: got})
}

func (c *checker) push(s step) { c.at = append(c.at, s) }
func (c *checker) pop()        { c.at = c.at[:len(c.at)-1] }

// value holds a value against the types that it may have as f.
func (c *checker) value(f *Field, may types, data []byte) {
	is, name := typeOf(data)
	switch {
	case may&anything != 0:
	case may&is == 0:
		c.fault(WrongType, f, name)
	case is == object:
		c.object(f, data)
	case is == array:
		i := 0
		for elem := range wire.Elements(data) {
			c.push(step{index: i})
			c.value(f, f.elems, elem)
			c.pop()
			i++
		}
	}
}

func (c *checker) object(f *Field, data []byte) {
	if f.open {
		return
	}
	var room [64]bool
	seen := append(room[:0], make([]bool, len(f.Fields))...)
	for key, value := range wire.Members(data) {
		c.push(step{key: key})
		name := key[1 : len(key)-1]
		if bytes.IndexByte(name, '\\') >= 0 {
			plain, _ := wire.Unquote(key)
			name = []byte(plain)
		}
		if i, field := f.find(name); field == nil {
			c.fault(Unknown, f, "")
		} else {
			seen[i] = true
			c.value(field, field.types, value)
		}
		c.pop()
	}
	for i, field := range f.Fields {
		if field.Required && !seen[i] && field.Name != "*" {
			c.push(step{key: []byte(strconv.Quote(field.Name))})
			c.fault(Missing, field, "")
			c.pop()
		}
	}
}

// typeOf returns the types that a JSON value is of, and its name: 7 is an int, a uint and a float.
func typeOf(data []byte) (types, string) {
	switch data[0] {
	case '"':
		return text, "string"
	case '{':
		return object, "object"
	case '[':
		return array, "array"
	case 't', 'f':
		return boolean, "bool"
	case 'n':
		return 0, "null"
	}
	is, name := float, "fraction"
	if _, err := strconv.ParseInt(string(data), 10, 64); err == nil {
		is, name = is|signed, "int"
	}
	if _, err := strconv.ParseUint(string(data), 10, 64); err == nil {
		is, name = is|unsigned, "uint"
	}
	return is, name
}
