package wire

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// structFields are the fields of a struct as encoding/json finds them, in its order: those of embedded structs too, and
// of those with one name the one that hides the others.
type structFields []structField

type structField struct {
	name   string
	typ    reflect.Type
	quoted bool // has its integer in quotes

	index  []int
	tagged bool
}

var fieldCache sync.Map // of structFields by reflect.Type

func fieldsOf(t reflect.Type) structFields {
	if cached, ok := fieldCache.Load(t); ok {
		return cached.(structFields)
	}
	fields, _ := fieldCache.LoadOrStore(t, dominant(allFields(t)))
	return fields.(structFields)
}

// find returns the field that a key in quotes is for: the one of that name, or the first that is it without case.
func (all structFields) find(quoted []byte) (structField, bool) {
	key, ok := Unquote(quoted)
	if !ok {
		return structField{}, false
	}
	i := slices.IndexFunc(all, func(f structField) bool { return f.name == key })
	if i < 0 {
		i = slices.IndexFunc(all, func(f structField) bool { return strings.EqualFold(f.name, key) })
	}
	if i < 0 {
		return structField{}, false
	}
	return all[i], true
}

// allFields returns the fields of t and, level by level, of the structs embedded in it.
func allFields(t reflect.Type) (all []structField) {
	type level struct {
		typ   reflect.Type
		index []int
	}
	seen := map[reflect.Type]bool{}
	for next := []level{{typ: t}}; len(next) > 0; {
		current := next
		next = nil
		times := map[reflect.Type]int{}
		for _, l := range current {
			times[l.typ]++
		}
		for _, l := range current {
			if seen[l.typ] {
				continue
			}
			seen[l.typ] = true
			for i := range l.typ.NumField() {
				f, inner := newField(l.typ.Field(i), append(slices.Clip(l.index), i))
				switch {
				case inner != nil:
					next = append(next, level{inner, f.index})
				case f.typ != nil:
					all = append(all, f)
					if times[l.typ] > 1 { // so that each hides the other
						all = append(all, f)
					}
				}
			}
		}
	}
	return all
}

// newField returns what encoding/json makes of a field: inner for an embedded struct whose fields are the outer one's,
// and a field without type for one that it passes over.
func newField(sf reflect.StructField, index []int) (f structField, inner reflect.Type) {
	tag := sf.Tag.Get("json")
	if tag == "-" {
		return f, nil
	}
	target := sf.Type
	if target.Name() == "" && target.Kind() == reflect.Pointer {
		target = target.Elem()
	}
	isStruct := target.Kind() == reflect.Struct
	if !sf.IsExported() && (!sf.Anonymous || !isStruct) {
		return f, nil
	}
	name, options, _ := strings.Cut(tag, ",")
	f = structField{name: cmp.Or(name, sf.Name), typ: sf.Type, index: index, tagged: name != ""}
	if sf.Anonymous && isStruct && name == "" {
		return f, target
	}
	f.quoted = slices.Contains(strings.Split(options, ","), "string")
	return f, nil
}

// dominant leaves of the fields of each name the one that hides the others: the least deep, and of those the one with a
// tag. Where that leaves more than one, there is none.
func dominant(all []structField) structFields {
	byName := map[string][]structField{}
	for _, f := range all {
		byName[f.name] = append(byName[f.name], f)
	}
	fields := make(structFields, 0, len(byName))
	for _, same := range byName {
		rank := func(a, b structField) int {
			if depth := cmp.Compare(len(a.index), len(b.index)); depth != 0 || a.tagged == b.tagged {
				return depth
			}
			if a.tagged {
				return -1
			}
			return 1
		}
		slices.SortStableFunc(same, rank)
		if len(same) == 1 || rank(same[0], same[1]) != 0 {
			fields = append(fields, same[0])
		}
	}
	slices.SortFunc(fields, func(a, b structField) int { return slices.Compare(a.index, b.index) })
	return fields
}
