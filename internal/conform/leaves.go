package conform

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// A leaf is one plain value in what a method returns.
type leaf struct {
	kind leafKind
	text string
}

type leafKind string

const (
	text   leafKind = "text"
	number leafKind = "number"
	flag   leafKind = "flag"    // a bool
	fault  leafKind = "fault"   // of an error
	origin leafKind = "command" // that an error names
)

// leavesOf lists what a caller can see in v: exported fields, elements, keys, the error of an item, and the JSON of
// what has a form of its own.
func leavesOf(v any) (all []leaf) {
	add := func(kind leafKind, value any) { all = append(all, leaf{kind, fmt.Sprint(value)}) }
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		if !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
			return
		}
		var value any
		if v.CanInterface() {
			value = v.Interface()
		} else if v.Kind() != reflect.Struct { // one that is embedded can have exported fields
			return
		}
		switch value := value.(type) {
		case time.Time:
			add(number, value.Unix())
			add(number, value.UnixMilli())
			return
		case time.Duration:
			add(number, int64(value/time.Second))
			add(number, value.Milliseconds())
			return
		case error:
			all = append(all, faults(value)...)
			return
		case interface{ Err() error }:
			if err := value.Err(); err != nil {
				all = append(all, faults(err)...)
			}
		case json.Marshaler:
			if data, err := value.MarshalJSON(); err == nil {
				add(text, string(data))
			}
		}
		switch v.Kind() {
		case reflect.Pointer, reflect.Interface:
			walk(v.Elem())
		case reflect.Struct:
			for _, field := range v.Fields() {
				walk(field)
			}
		case reflect.Map:
			for key, value := range v.Seq2() {
				walk(key)
				walk(value)
			}
		case reflect.Slice, reflect.Array:
			if v.Type().Elem().Kind() == reflect.Uint8 {
				add(text, string(v.Bytes()))
				return
			}
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.String:
			add(text, v)
		case reflect.Bool:
			add(flag, v)
		case reflect.Float32, reflect.Float64:
			add(number, plain(v.Float()))
		default:
			add(number, v)
		}
	}
	walk(reflect.ValueOf(v))
	slices.SortFunc(all, func(a, b leaf) int { return strings.Compare(a.text, b.text) }) // maps have no order
	return all
}

func faults(err error) []leaf {
	all := []leaf{{fault, err.Error()}}
	if e, ok := errors.AsType[*restapi.Error](err); ok {
		all = append(all, leaf{fault, strconv.Itoa(int(e.Code))}, leaf{fault, e.Info}, leaf{origin, e.Command.String()})
	}
	return all
}

// hasAll says whether every value of the field under test is in what was returned.
func (o outcome) hasAll() bool {
	return o.err == nil && len(o.put) > 0 && !slices.ContainsFunc(o.put, func(v any) bool { return !o.has(v) })
}

func (o outcome) has(value any) bool {
	switch value := value.(type) {
	case []any:
		return !slices.ContainsFunc(value, func(v any) bool { return !o.has(v) })
	case map[string]any:
		return o.has(value["Any"])
	case bool:
		return false // it says nothing: another field may be as true
	case float64:
		return o.shows(plain(value))
	}
	return o.shows(fmt.Sprint(value))
}

func (o outcome) shows(value string) bool {
	return slices.ContainsFunc(o.leaves, func(l leaf) bool {
		return l.text == value || l.kind != number && strings.Contains(l.text, value)
	})
}

// plain writes a number without an exponent.
func plain(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// values are the texts and numbers that were returned.
func (o outcome) values() (all []leaf) {
	for _, l := range o.leaves {
		if l.kind == text || l.kind == number {
			all = append(all, l)
		}
	}
	return all
}
