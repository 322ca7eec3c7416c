package conform

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
)

// types marks the fields below f that are carried by a Go type which stands for it, and reports Go fields that no page
// knows. What is below a type with a JSON form of its own, an interface or a map with any keys cannot be seen by type:
// it counts as carried, and the walk by value has to find it.
func (c *command) types(side int, f *shape.Field, t reflect.Type) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array {
		if hasOwnForm(side, t) {
			break
		}
		t = t.Elem()
	}
	switch {
	case len(f.Fields) == 0 && f.Path != "": // anything is documented below
	case t.Kind() == reflect.Map && len(f.Fields) > 0 && f.Fields[0].Name == "*":
		c.carried[side][f.Fields[0].Path] = true
		c.types(side, f.Fields[0], t.Elem())
	case t.Kind() == reflect.Map || t.Kind() == reflect.Interface || hasOwnForm(side, t):
		f.Walk(func(below *shape.Field) { c.carried[side][below.Path] = true })
	case t.Kind() == reflect.Struct:
		for _, field := range jsonFields(t) {
			c.field(side, f, field)
		}
	}
}

func (c *command) field(side int, in *shape.Field, field jsonField) {
	for _, f := range in.Fields {
		if f.Name == field.name {
			c.carried[side][f.Path] = true
			c.types(side, f, field.typ)
			return
		}
	}
	if field.spare {
		return
	}
	path := in.Path
	if strings.HasPrefix(in.Type, "array") {
		path += "[]"
	}
	path = strings.TrimPrefix(path+"."+field.name, ".")
	c.fault(c.at(side, path), "is a Go field that is not documented")
}

var (
	marshaler   = reflect.TypeFor[json.Marshaler]()
	unmarshaler = reflect.TypeFor[json.Unmarshaler]()
	status      = reflect.TypeFor[batch.Status]()
)

// hasOwnForm says whether a type is written or read by methods of its own.
func hasOwnForm(side int, t reflect.Type) bool {
	form := marshaler
	if side == answer {
		form = unmarshaler
	}
	return t.Implements(form) || reflect.PointerTo(t).Implements(form)
}

// A jsonField is a field of a struct under its name in JSON. One of batch.Status is spare: that has the names of
// several commands.
type jsonField struct {
	name  string
	typ   reflect.Type
	spare bool
}

// jsonFields returns the fields of a struct that encoding/json sees, those of embedded structs too.
func jsonFields(t reflect.Type) (all []jsonField) {
	for field := range t.Fields() {
		tag := field.Tag.Get("json")
		name, _, _ := strings.Cut(tag, ",")
		inner := field.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch {
		case tag == "-":
		case field.Anonymous && name == "" && inner.Kind() == reflect.Struct:
			for _, f := range jsonFields(inner) {
				f.spare = f.spare || inner == status
				all = append(all, f)
			}
		case field.IsExported():
			if name == "" {
				name = field.Name
			}
			all = append(all, jsonField{name: name, typ: field.Type})
		}
	}
	return all
}
