package wire_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

var validSeeds = []string{
	`{"a":[1,-0.5e+10,true,false,null,"\u00e9\n",{}],"b":[]}`, ` [ ] `, "\t\"x\"\r\n", `0`, `-0`, `1E5`, "\"\xff\"",
	`"01234567"`, `"012345678\\n01234567\"0123456"`, `"好的好的好的好的好的"`, "\"0123456\t0123456\"", `"0123456701234567`, "\"01234\x1f67012345\"",
	``, ` `, `{`, `{]`, `[}`, `[1,]`, `{"a":1,}`, `{"a" 1}`, `{a:1}`, `[1 2]`, `01`, `-`, `.5`, `1.`, `1e`, `1e+`, `+1`, `0x1`, `tru`, `nulll`,
	`"`, `"\"`, `"\x"`, `"\u12"`, `"\u12g4"`, "\"\n\"", "\"\x00\"", `"a"b`, `{}{}`, `{"a":}`, `{,}`, `[,]`, `"\u`, `"\u123"`,
}

func TestValid(t *testing.T) {
	t.Parallel()
	for _, data := range validSeeds {
		assert.Equal(t, json.Valid([]byte(data)), wire.Valid([]byte(data)), "%q", data)
	}
	for _, depth := range []int{9_999, 10_000, 10_001, 1_000_000} {
		data := []byte(strings.Repeat("[", depth) + strings.Repeat("]", depth))
		assert.Equal(t, json.Valid(data), wire.Valid(data), depth)
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{ // object, rest, value
		{`{"a":1,"K":[1,"]"],"b":2}`, `{"a":1,"K":null,"b":2}`, `[1,"]"]`},
		{` { "k" : "x" } `, ` { "k" : null } `, `"x"`},
		{`{"\u006b":7}`, `{"\u006b":null}`, `7`},
		{`{"k":null}`, `{"k":null}`, `null`},
		{`{"a":{"k":1}}`, `{"a":{"k":1}}`, ``},
		{`{"k":1,"k":2}`, `{"k":1,"k":2}`, ``},
		{`["k",1]`, `["k",1]`, ``},
		{`{"k"`, `{"k"`, ``},
		{`{"k":`, `{"k":`, ``},
		{``, ``, ``},
	} {
		rest, value := wire.Cut([]byte(c[0]), "k")
		assert.Equal(t, c[1], string(rest))
		assert.Equal(t, c[2], string(value))
	}
}

func TestStrings(t *testing.T) {
	t.Parallel()
	shape := wire.Shape{Keys: []string{"Name"}, Omit: []string{"Note"}}
	for data, want := range map[string]bool{
		`{}`:                        true,
		`{"name":"n\"","Note":"x"}`: true,
		`{"Name":""}`:               true,
		`{"Name":1}`:                false,
		`{"Name":null}`:             false,
		`{"Name":"n","Note":""}`:    false, // which is for Extra
		`{"Name":"n","other":"x"}`:  false,
	} {
		var name, note string
		assert.Equal(t, want, shape.Strings([]byte(data), &name, &note), data)
		var fields struct{ Name, Note string }
		if want {
			require.NoError(t, json.Unmarshal([]byte(data), &fields))
			assert.Equal(t, fields.Name, name)
			assert.Equal(t, fields.Note, note)
		}
	}
}

func FuzzValid(f *testing.F) {
	for _, seed := range validSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		require.Equal(t, json.Valid(data), wire.Valid(data))
	})
}

func FuzzCut(f *testing.F) {
	for _, seed := range []string{`{"a":1,"k":[1,"]"],"b":2}`, `{"k":1,"K":2}`, `{"\u006b":"\\\""}`, `{"k":[}]`, `{"k":1]`, `{"a":x"k":1}`, `{"a":"\","k":1}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rest, value := wire.Cut(data, "k")
		if value == nil {
			require.Equal(t, string(data), string(rest))
			return
		}
		require.Equal(t, json.Valid(data), json.Valid(rest) && json.Valid(value), "%s and %s", rest, value)
		var whole, without map[string]json.RawMessage
		if json.Unmarshal(data, &whole) != nil {
			return
		}
		require.NoError(t, json.Unmarshal(rest, &without))
		for key := range whole {
			if string(without[key]) == "null" && strings.EqualFold(key, "k") {
				without[key] = value
			}
		}
		require.Equal(t, whole, without)
	})
}
