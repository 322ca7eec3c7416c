package shape_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
)

// An example is one documented body with the shape that it should have.
type example struct {
	name    string
	shape   *shape.Shape
	body    []byte
	refused bool // an answer that says that the call failed: it has nothing of what is required
}

func examples(tb testing.TB) []example {
	tb.Helper()
	commands, err := spec.Commands()
	require.NoError(tb, err)
	var all []example
	for _, doc := range commands {
		cmd, err := shape.OfCommand(doc)
		require.NoError(tb, err)
		for i, body := range doc.RequestExamples {
			all = append(all, example{fmt.Sprintf("%s request %d", doc.Path, i), cmd.Request, body, false})
		}
		for i, body := range doc.ResponseExamples {
			var outcome struct{ ErrorCode int }
			require.NoError(tb, json.Unmarshal(body, &outcome), doc.Path)
			all = append(all, example{fmt.Sprintf("%s answer %d", doc.Path, i), cmd.Answer, body, outcome.ErrorCode != 0})
		}
	}
	return all
}

// odd are the documented examples that are not as documented, with the reason.
var odd = map[string]string{}

func TestExamplesAreAsDocumented(t *testing.T) {
	t.Parallel()
	found := map[string]bool{}
	for _, e := range examples(t) {
		for _, fault := range e.shape.Check(e.body) {
			if e.refused && fault.Kind == shape.Missing {
				continue
			}
			at := e.name + " " + fault.String()
			found[at] = true
			if odd[at] == "" {
				t.Errorf("%s", at)
			}
		}
	}
	for at := range odd {
		assert.True(t, found[at], "%s is as documented now", at)
	}
}

// changes makes every change to a body that takes it away from what f documents: each field by another name, without it
// where it is required, and of another type. It calls try with the fault that must be found.
func changes(f *shape.Field, v any, path string, try func(kind shape.Kind, path string)) {
	switch v := v.(type) {
	case []any:
		for i, elem := range v {
			changes(f, elem, fmt.Sprintf("%s[%d]", path, i), try)
		}
	case map[string]any:
		for _, field := range f.Fields {
			value, ok := v[field.Name]
			if !ok {
				continue
			}
			at := strings.TrimPrefix(path+"."+field.Name, ".")
			delete(v, field.Name)
			if field.Required {
				try(shape.Missing, at)
			}
			v[field.Name+"X"] = value
			try(shape.Unknown, at+"X")
			delete(v, field.Name+"X")
			for _, wrong := range wrongs(field.Type) {
				v[field.Name] = wrong
				try(shape.WrongType, at)
			}
			v[field.Name] = value
			changes(field, value, at, try)
		}
	}
}

// wrongs are values that a documented type excludes.
func wrongs(documented string) []any {
	all := map[string]any{
		"string": "1", "int": -1, "float": 1.5, "bool": true, "object": map[string]any{}, "array": []any{},
	}
	for one := range strings.SplitSeq(documented, "|") {
		kind, _, _ := strings.Cut(one, "<")
		delete(all, kind)
		if kind == "float" {
			delete(all, "int")
		}
	}
	return append(slices.Collect(maps.Values(all)), nil)
}

func TestEveryChangeIsFound(t *testing.T) {
	t.Parallel()
	made := 0
	for _, e := range examples(t) {
		var v any
		require.NoError(t, json.Unmarshal(e.body, &v))
		changes(e.shape.Root, v, "", func(kind shape.Kind, path string) {
			made++
			changed, err := json.Marshal(v)
			require.NoError(t, err)
			found := slices.ContainsFunc(e.shape.Check(changed), func(f shape.Fault) bool {
				return f.Kind == kind && f.Path == path
			})
			require.True(t, found, "%s: that %s %s is not found in %s", e.name, path, kind, changed)
		})
	}
	require.Greater(t, made, 10_000)
}

func TestCheck(t *testing.T) {
	t.Parallel()
	s, err := shape.Of([]spec.Field{
		{Path: "ID", Type: "string|uint|array<string>", Required: true},
		{Path: "N", Type: "int"},
		{Path: "List", Type: "array<object>"},
		{Path: "List[].Key", Type: "string", Required: true},
		{Path: "Free", Type: "object"},
		{Path: "Free.*", Type: "int"},
		{Path: "Open", Type: "object"},
		{Path: "Any", Type: "any"},
	})
	require.NoError(t, err)
	for body, want := range map[string][]string{
		`{"ID": "a", "N": 0}`: nil,
		`{"ID":18446744073709551615,"N":-9223372036854775808,"List":[],"Free":{"a":1},"Open":{"x":[]},"Any":null}`: nil,
		`{"ID":["a"],"\u004e":1}`: nil,
		`{}`:                      {"ID: is missing"},
		`{"ID":-1}`:               {"ID: has the wrong type: int in place of string|uint|array<string>"},
		`{"ID":null}`:             {"ID: has the wrong type: null in place of string|uint|array<string>"},
		`{"ID":["a",1]}`: {
			"ID[1]: has the wrong type: uint in place of an element of string|uint|array<string>",
		},
		`{"ID":"a","N":1.0}`:                         {"N: has the wrong type: fraction in place of int"},
		`{"ID":"a","N":9223372036854775808}`:         {"N: has the wrong type: uint in place of int"},
		`{"ID":"a","id":"b"}`:                        {"id: is not documented"},
		`{"ID":"a","List":[{"Key":""},{"Kye":"x"}]}`: {"List[1].Kye: is not documented", "List[1].Key: is missing"},
		`{"ID":"a","List":["x"]}`: {
			"List[0]: has the wrong type: string in place of an element of array<object>",
		},
		`{"ID":"a","Free":{"a":1,"b":"2"}}`: {"Free.b: has the wrong type: string in place of int"},
		`[]`:                                {"has the wrong type: array in place of object"},
		`{"ID":"a"`:                         {"has the wrong type: what is not JSON in place of object"},
		``:                                  {"has the wrong type: what is not JSON in place of object"},
	} {
		var got []string
		for _, fault := range s.Check([]byte(body)) {
			got = append(got, fault.String())
		}
		assert.Equal(t, want, got, body)
	}
}

func TestSharedStructuresAreSeen(t *testing.T) {
	t.Parallel()
	var book shape.Book
	cmd, err := book.Command("v4/group_open_http_svc/send_group_msg")
	require.NoError(t, err)
	again, err := book.Command("v4/group_open_http_svc/send_group_msg")
	require.NoError(t, err)
	assert.Same(t, cmd, again, "compiled once")
	var got []string
	for _, f := range cmd.Request.Check([]byte(`{"GroupId":"g","Random":1,"MsgBody":[{"MsgTyp":"TIMTextElem"}],
		"OfflinePushInfo":{"PushFlag":"1","AndroidInfo":{"PushStyle":1}}}`)) {
		got = append(got, f.String())
	}
	assert.Equal(t, []string{
		"MsgBody[0].MsgTyp: is not documented", "MsgBody[0].MsgType: is missing", "MsgBody[0].MsgContent: is missing",
		"OfflinePushInfo.PushFlag: has the wrong type: string in place of int",
	}, got)
	_, err = book.Command("v4/no/such")
	require.Error(t, err)
}

func TestFieldsThatCannotBeCompiled(t *testing.T) {
	t.Parallel()
	for name, fields := range map[string][]spec.Field{
		"nothing to stand in": {{Path: "A.B", Type: "int"}},
		"in a number":         {{Path: "A", Type: "int"}, {Path: "A.B", Type: "int"}},
		"twice":               {{Path: "A", Type: "int"}, {Path: "A", Type: "int"}},
		"of no type":          {{Path: "A", Type: "integer"}},
		"without a name":      {{Path: "", Type: "int"}},
	} {
		_, err := shape.Of(fields)
		require.Error(t, err, name)
	}
}

func FuzzShape(f *testing.F) {
	all := examples(f)
	for i, e := range all {
		if i%20 == 0 {
			f.Add(uint16(i), e.body)
		}
	}
	f.Add(uint16(0), []byte(`{"a":[{"\u0061":1e9999}],"":{}}`))
	f.Fuzz(func(t *testing.T, i uint16, body []byte) {
		e := all[int(i)%len(all)]
		faults := e.shape.Check(body)
		for _, fault := range faults {
			require.NotEmpty(t, fault.String())
		}
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(body, &fields); err != nil || fields == nil {
			require.Len(t, faults, 1, "%s", body)
			return
		}
		fields["Nobody"] = json.RawMessage("1")
		more, err := json.Marshal(fields)
		require.NoError(t, err)
		require.NotEmpty(t, e.shape.Check(more))
	})
}
