package conform

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
)

// A run is the walk of one row.
type run struct {
	*command

	pkg   string
	row   Row
	index map[*shape.Field]int // a number for each field of the answer
	// wrongOrigin is another command, which the error of an item names.
	wrongOrigin string
}

// A probe is what one call is answered: what is required, and besides that the field under test with what it stands in.
// Each field has a value of its own.
type probe struct {
	field *shape.Field
	kind  string // one of the field's documented types
	// variant numbers the values of the field: another variant has other values. One below 0 leaves the field out.
	variant int
	value   any  // of the field, in place of one that is made up
	failed  bool // the codes of items are not 0
}

// named is the value of a probe that names what was asked.
const named = Asked("what was asked")

// An outcome is what became of a probe.
type outcome struct {
	err    error
	calls  []call
	put    []any // the values of the field under test
	leaves []leaf
}

func (r *run) try(ctx context.Context, p probe) (o outcome) {
	s := &seam{pkg: r.pkg}
	s.make = func(asked map[string][]any) any {
		m := maker{run: r, probe: p, asked: asked, made: map[*shape.Field]int{}}
		body := m.object(r.shape.Answer.Root, 0)
		o.put = m.put
		return body
	}
	var returned any
	returned, o.err = r.row.Call(context.WithValue(ctx, marker{}, s), s)
	o.calls, o.leaves = s.calls, leavesOf(returned)
	for _, l := range o.leaves {
		if l.kind == origin && l.text != r.row.Command.String() {
			r.wrongOrigin = l.text
		}
	}
	return o
}

// answers marks the fields of the answer that the row's method returns.
func (r *run) answers(ctx context.Context) {
	r.shape.Answer.Root.Walk(func(f *shape.Field) {
		if f.Fields != nil || r.seen[answer][f.Path] || slices.Contains(ours, f.Path) {
			return
		}
		for kind := range strings.SplitSeq(f.Type, "|") {
			if why := r.returned(ctx, f, kind); why != "" {
				r.why[f.Path] = why
				return
			}
		}
		r.seen[answer][f.Path] = true
	})
}

// returned tells why a field of that type is not in what the method returns, "" if it is: its values are found there,
// or, for what cannot be told from other values, a change of it changes what the method says.
func (r *run) returned(ctx context.Context, f *shape.Field, kind string) (why string) {
	var made [2][2]outcome
	for i, failed := range []bool{false, true} {
		a := r.try(ctx, probe{field: f, kind: kind, variant: 1, failed: failed})
		b := r.try(ctx, probe{field: f, kind: kind, variant: 2, failed: failed})
		if a.hasAll() && b.hasAll() && r.row.Hints[f.Path] == nil {
			return ""
		}
		made[i] = [2]outcome{a, b}
	}
	why = "its values are not there"
	for i, failed := range []bool{false, true} {
		a, b := made[i][0], made[i][1]
		if a.err != nil {
			why = "the call fails: " + a.err.Error()
		}
		values := r.few(f, kind)
		if values == nil {
			continue
		}
		numbers := strings.HasSuffix(kind, "int") && !r.echoes(f) && r.row.Hints[f.Path] == nil
		if numbers && a.err == nil && b.err == nil && !slices.Equal(a.values(), b.values()) {
			return fmt.Sprintf("%v arrives as another value", a.put)
		}
		said := map[string]bool{}
		left := r.try(ctx, probe{field: f, kind: kind, variant: -1, failed: failed})
		for _, value := range values {
			for _, o := range []outcome{left, r.try(ctx, probe{field: f, kind: kind, value: value, failed: failed})} {
				if o.err == nil {
					said[fmt.Sprint(o.leaves)] = true
				}
			}
		}
		if len(said) > 1 {
			return ""
		}
	}
	return why
}

// few are the values of a field which is not looked for in what is returned, as it decides something there: flags and
// other small numbers, names of what was asked, and hints.
func (r *run) few(f *shape.Field, kind string) []any {
	switch hint := r.row.Hints[f.Path]; {
	case r.echoes(f):
		return []any{named}
	case hint != nil:
		return []any{hint}
	case kind == "bool":
		return []any{true, false}
	case kind == "int" || kind == "uint":
		return []any{0, 1, 2}
	}
	return nil
}
