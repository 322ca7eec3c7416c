package wire

import (
	"encoding"
	"encoding/json"
	"reflect"
)

// Unmarshal is json.Unmarshal that takes integers in every spelling that Int takes, wherever v has a field or an
// element of an integer type. What json.Unmarshal reads, it reads the same, at the same cost; only what that refuses is
// looked at once more. An integer beyond its field's width, or with a fraction, stays an error.
//
// Types with an UnmarshalJSON or UnmarshalText of their own are left to it.
func Unmarshal(data []byte, v any) error { return UnmarshalWith(json.Unmarshal, data, v) }

// UnmarshalWith is Unmarshal with another decoder in place of json.Unmarshal, which finds its fields by the same rules.
func UnmarshalWith(unmarshal func([]byte, any) error, data []byte, v any) error {
	err := unmarshal(data, v)
	if err == nil || v == nil || !Valid(data) {
		return err
	}
	r := respelling{src: data}
	r.value(data, reflect.TypeOf(v), false)
	if r.dst == nil {
		return err
	}
	return unmarshal(append(r.dst, data[r.done:]...), v)
}

// A respelling is a valid JSON text in which the integers are spelled anew: dst is the text up to done of src. Where
// dst is nil, nothing was spelled oddly.
type respelling struct {
	src, dst []byte
	done     int
}

// put takes the part of src up to value, which is a part of it, and text in the place of value.
func (r *respelling) put(value, text []byte, quoted bool) {
	from := cap(r.src) - cap(value)
	r.dst = append(r.dst, r.src[r.done:from]...)
	if quoted {
		r.dst = append(append(append(r.dst, '"'), text...), '"')
	} else {
		r.dst = append(r.dst, text...)
	}
	r.done = from + len(value)
}

// value spells the integers of data anew, as a value of type t reads them. quoted is for the option of a field that has
// its integer in quotes.
func (r *respelling) value(data []byte, t reflect.Type, quoted bool) {
	for ; t.Kind() == reflect.Pointer; t = t.Elem() {
		if readsItself(t) {
			return
		}
	}
	if readsItself(reflect.PointerTo(t)) {
		return
	}
	switch t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		r.integer(data, quoted)
	case reflect.Struct:
		fields := fieldsOf(t)
		for key, member := range Members(data) {
			if f, ok := fields.find(key); ok {
				r.value(member, f.typ, f.quoted)
			}
		}
	case reflect.Map:
		for _, member := range Members(data) {
			r.value(member, t.Elem(), false)
		}
	case reflect.Slice, reflect.Array:
		for element := range Elements(data) {
			r.value(element, t.Elem(), false)
		}
	}
}

func (r *respelling) integer(data []byte, quoted bool) {
	text, err := digits(data)
	if err != nil || string(data) == "null" {
		return // which is for the decoder to refuse, or to pass over
	}
	if len(text) == 0 {
		text = []byte{'0'}
	}
	plain := data
	if quoted && data[0] == '"' {
		plain = data[1 : len(data)-1]
	}
	if quoted != (data[0] == '"') || string(text) != string(plain) {
		r.put(data, text, quoted)
	}
}

var (
	jsonUnmarshaler = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

func readsItself(t reflect.Type) bool {
	return t.Implements(jsonUnmarshaler) || t.Implements(textUnmarshaler)
}
