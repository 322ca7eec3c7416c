package conform

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
)

// A maker makes up one answer.
type maker struct {
	*run
	probe

	asked map[string][]any
	made  map[*shape.Field]int // how many values were made up of each field
	put   []any                // those of the field under test
}

// object makes an object with the fields below f; index is its place in the list that it is in.
func (m *maker) object(f *shape.Field, index int) map[string]any {
	all := map[string]any{}
	for _, child := range f.Fields {
		if m.wants(child) {
			name := child.Name
			if name == "*" {
				name = fmt.Sprintf("Key%d", index)
				if key, ok := m.row.Hints[f.Path].(Key); ok {
					name = string(key)
				}
			}
			all[name] = m.value(child, index)
		}
	}
	return all
}

// wants says whether the answer has the field: the required ones, the one under test, those that are hinted at, all
// with what they stand in, and those in a list that say what the row is about.
func (m *maker) wants(f *shape.Field) bool {
	if m.field != nil && within(f, m.field.Path) {
		return f != m.field || m.variant >= 0
	}
	for path, hint := range m.row.Hints {
		if !isAsked(hint) && within(f, path) {
			return true
		}
	}
	return f.Required || m.echo(f) != "" && strings.Contains(f.Path, "[].")
}

// within says whether a path is that of f or goes on from it.
func within(f *shape.Field, path string) bool {
	rest, ok := strings.CutPrefix(path, f.Path)
	return ok && (rest == "" || rest[0] == '.' || strings.HasPrefix(rest, "[]."))
}

// codes are the fields that say of an item whether it failed.
var codes = []string{"ResultCode", "ErrorCode", "RetCode"}

func (m *maker) value(f *shape.Field, index int) any {
	if f.Fields != nil {
		if !strings.HasPrefix(f.Type, "array") {
			return m.object(f, index)
		}
		list := []any{}
		for i := range m.length(f) {
			list = append(list, m.object(f, i))
		}
		return list
	}
	if f == m.field {
		value := m.probe.value
		if value == named && m.echo(f) != "" {
			value = m.named(m.echo(f), m.kind, index)
		} else if value == nil || value == named {
			value = m.fresh(f, m.kind)
		}
		m.put = append(m.put, value)
		return value
	}
	kind, _, _ := strings.Cut(f.Type, "|")
	switch hint := m.row.Hints[f.Path]; {
	case m.echo(f) != "":
		return m.named(m.echo(f), kind, index)
	case hint != nil && !isAsked(hint):
		return hint
	case slices.Contains(codes, f.Name) && !m.failed:
		return 0
	}
	return m.fresh(f, kind)
}

// fresh makes up a value that no other field has, whatever else is in the answer.
func (m *maker) fresh(f *shape.Field, kind string) any {
	m.made[f]++
	n := 100*m.index[f] + m.made[f]
	variant := 0
	if f == m.field {
		variant = m.variant
	}
	switch kind {
	case "int", "uint":
		return 1_700_000_000 + 1_000_000*variant + n // a moment of this age, in case it is one
	case "float":
		return float64(1_000_000*variant+n) + 0.25
	case "bool":
		return variant != 1
	case "object":
		return map[string]any{"Any": m.fresh(f, "string")}
	}
	if elem, ok := strings.CutPrefix(kind, "array<"); ok {
		elem = strings.TrimSuffix(elem, ">")
		return []any{m.fresh(f, elem), m.fresh(f, elem)}
	}
	return fmt.Sprintf("%s#%d.%d#", f.Name, variant, n)
}

// named is what was asked at a path of the request: all of it for a list, else the one of that index.
func (m *maker) named(path, kind string, index int) any {
	asked := m.asked[path]
	if strings.HasPrefix(kind, "array<") {
		return asked
	}
	return asked[min(index, len(asked)-1)]
}

// echo is that of the run where the request does name something there.
func (m *maker) echo(f *shape.Field) string {
	path := m.run.echo(f)
	if len(m.asked[path]) == 0 {
		return ""
	}
	return path
}

// length is the number of elements of a list: as many as were asked where the list names them, else two.
func (m *maker) length(f *shape.Field) int {
	n := 2
	f.Walk(func(below *shape.Field) {
		if below.Fields == nil && m.echo(below) != "" && n == 2 {
			n = len(m.asked[m.echo(below)])
		}
	})
	return n
}

func (r *run) echoes(f *shape.Field) bool { return r.echo(f) != "" }

// echo returns the path of the request that a field of the answer names again, "" if there is none. Such a field is in
// a list of the answer and has the name of one in a list of the request; the users in Fail_Account are those of
// To_Account.
func (r *run) echo(f *shape.Field) string {
	if hint := r.row.Hints[f.Path]; isAsked(hint) {
		return string(hint.(Asked))
	} else if hint != nil || !inList(f) {
		return ""
	}
	name := f.Name
	if name == "Fail_Account" {
		name = "To_Account"
	}
	path := ""
	r.shape.Request.Root.Walk(func(g *shape.Field) {
		if g.Name == name && inList(g) && g.Fields == nil {
			path = g.Path
		}
	})
	return path
}

func isAsked(hint any) bool {
	_, asked := hint.(Asked)
	return asked
}

// inList says whether a field can be there several times in one body.
func inList(f *shape.Field) bool {
	return strings.Contains(f.Path, "[]") || strings.HasPrefix(f.Type, "array<")
}

func lastName(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }
