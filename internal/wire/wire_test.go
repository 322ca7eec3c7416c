package wire_test

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestInt(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]int64{
		`1741589712000`:          1741589712000,
		`"1741589712000"`:        1741589712000,
		"\t\"-5\"\n":             -5,
		`null`:                   0,
		`""`:                     0,
		`9223372036854775807`:    math.MaxInt64,
		`"-9223372036854775808"`: math.MinInt64,
		`123.0`:                  123,
		`"-1.20e2"`:              -120,
		`1e3`:                    1000,
		`1000e-3`:                1,
		`-0.0`:                   0,
		`"007"`:                  7,
		`0e99999999999999999999`: 0,
	} {
		n, err := wire.Int([]byte(data))
		require.NoError(t, err, data)
		assert.Equal(t, want, n, data)
	}
	for _, data := range []string{`"+1"`, `"x"`, `1.5`, `1e-3`, `1e19`, `1e99999999999999999999`, `1e-99999999999999999999`, `1.`, `"1e"`, `"-"`, `[]`, `true`, ``, `"`, `"1`, `9223372036854775808`, `" 1"`, `"1 "`, `"0x1"`, `"1_0"`} {
		_, err := wire.Int([]byte(data))
		require.Error(t, err, data)
		assert.NotContains(t, err.Error(), "92233", "the text of a stranger is in the error")
		assert.NotContains(t, err.Error(), "9999")
	}
}

func TestUint(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]uint64{
		`4294967295`: math.MaxUint32, `"18446744073709551615"`: math.MaxUint64, `null`: 0, `""`: 0,
	} {
		n, err := wire.Uint([]byte(data))
		require.NoError(t, err, data)
		assert.Equal(t, want, n, data)
	}
	for _, data := range []string{`-1`, `"-1"`, `18446744073709551616`, `{}`, ``} {
		_, err := wire.Uint([]byte(data))
		require.Error(t, err, data)
	}
}

// Integers as JSON has them are read where they stand: 0 is the ErrorCode of most answers.
func TestPlainIntegersCostNothing(t *testing.T) {
	for _, text := range []string{"0", "70107", `"0"`, "-5"} {
		data := []byte(text)
		assert.Zero(t, testing.AllocsPerRun(100, func() {
			if _, err := wire.Int(data); err != nil {
				t.Error(err)
			}
		}), text)
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		`"a\u0000b"`: "a\x00b", `18446744073709551615`: "18446744073709551615", `-1.50`: "-1.50", `null`: "", `""`: "", "\n\"x\"": "x",
	} {
		s, err := wire.Text([]byte(data))
		require.NoError(t, err, data)
		assert.Equal(t, want, s, data)
	}
	for _, data := range []string{`{}`, `[1]`, `true`, ``, `"x`, `01`, `-`} {
		_, err := wire.Text([]byte(data))
		require.Error(t, err, data)
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	const object = ` { "a" : 1 , "b\"\u0041":"}{,\"" , "c":[{"d":[]}, "]"] , "e":{ } ,"":null,"a":2} `
	var got []string
	for key, value := range wire.Fields([]byte(object)) {
		got = append(got, key+"="+string(value))
	}
	assert.Equal(t, []string{`a=1`, `b"A="}{,\""`, `c=[{"d":[]}, "]"]`, `e={ }`, `=null`, `a=2`}, got)

	for key := range wire.Fields([]byte(object)) {
		assert.Equal(t, "a", key)
		break
	}
	for _, data := range []string{``, `null`, `[]`, `{}`, `{`, `{"a`, `{"a"`, `{"a":`, `{"a" 1}`, `{"\u12":1}`, `{a:1}`} {
		for key := range wire.Fields([]byte(data)) {
			t.Errorf("%s: found %q", data, key)
		}
	}
}

func TestElements(t *testing.T) {
	t.Parallel()
	var got []string
	for value := range wire.Elements([]byte(` [ 1 ,"],\"",{"a":[1]} , [ ] ,null ] `)) {
		got = append(got, string(value))
	}
	assert.Equal(t, []string{`1`, `"],\""`, `{"a":[1]}`, `[ ]`, `null`}, got)
	for value := range wire.Elements([]byte(`[1,2]`)) {
		assert.Equal(t, "1", string(value))
		break
	}
	for _, data := range []string{``, `null`, `{}`, `[]`, `[ ]`, `[`, `["`, `[{`} {
		for value := range wire.Elements([]byte(data)) {
			t.Errorf("%s: found %s", data, value)
		}
	}
}

func TestUnquote(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{`""`: "", `"a"`: "a", `"\u0041\""`: `A"`, "\"\xff\"": "\ufffd", `"é"`: "é"} {
		s, ok := wire.Unquote([]byte(data))
		assert.True(t, ok, data)
		assert.Equal(t, want, s)
	}
	for _, data := range []string{``, `"`, `1`, `null`, `"\"`, `"\x"`} {
		_, ok := wire.Unquote([]byte(data))
		assert.False(t, ok, data)
	}
}

func TestShape(t *testing.T) {
	t.Parallel()
	shape := wire.Shape{Keys: []string{"Name"}, Omit: []string{"Size", "Note"}}
	extra := shape.Extra([]byte(`{"name":"","SIZE":0,"note":"x","b":1,"a":"<"}`))
	assert.Equal(t, map[string]json.RawMessage{"Size": []byte("0"), "a": []byte(`"<"`), "b": []byte("1")}, extra)
	assert.Nil(t, shape.Extra([]byte(`{"Name":1,"Note":"x"}`)))

	out, err := shape.AppendExtra([]byte(`{"Name":""}`), extra)
	require.NoError(t, err)
	assert.Equal(t, `{"Name":"","Size":0,"a":"<","b":1}`, string(out))
	out, err = shape.AppendExtra([]byte(`{"Name":"","Size":7}`), map[string]json.RawMessage{"size": []byte("0"), "NAME": nil, "z": nil})
	require.NoError(t, err)
	assert.Equal(t, `{"Name":"","Size":7,"z":null}`, string(out))
	out, err = shape.AppendExtra([]byte(`{}`), map[string]json.RawMessage{"b": []byte("1"), "a": []byte("2")})
	require.NoError(t, err)
	assert.Equal(t, `{"a":2,"b":1}`, string(out))
}

func TestExtraCopies(t *testing.T) {
	t.Parallel()
	data := []byte(`{"a":"x"}`)
	extra := new(wire.Shape).Extra(data)
	clear(data)
	assert.Equal(t, `"x"`, string(extra["a"]))
}

func TestMarshal(t *testing.T) {
	t.Parallel()
	out, err := wire.Marshal(map[string]string{"a": "<&>"})
	require.NoError(t, err)
	assert.Equal(t, `{"a":"<&>"}`, string(out))
	_, err = wire.Marshal(func() {})
	require.Error(t, err)
}

func FuzzNumbers(f *testing.F) {
	for _, seed := range []string{`1`, `"1"`, `""`, `null`, `-1`, `"-`, `1e9`, `"\u0031"`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if n, err := wire.Int(data); err == nil && json.Valid(data) && data[0] != '"' && data[0] != 'n' {
			var want int64
			if json.Unmarshal(data, &want) == nil {
				require.Equal(t, want, n)
			}
		}
		if n, err := wire.Uint(data); err == nil {
			again, err := wire.Uint([]byte(`"` + strings.Trim(string(data), "\" \t\r\nnul") + `"`))
			require.NoError(t, err)
			require.Equal(t, n, again)
		}
		if s, err := wire.Text(data); err == nil && json.Valid(data) {
			_ = s
			require.NotContains(t, "{[tf", string(strings.TrimLeft(string(data), " \t\r\n")[0]))
		}
	})
}

func FuzzFields(f *testing.F) {
	for _, seed := range []string{`{"a":1,"b":[{}],"c":"\""}`, `{}`, `{"a"`, `[]`, `{"\ud800":{"x":"}"}}`, `{"":-0.1e5 , "b":true}`, `[1, "]", {}]`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got := maps.Collect(wire.Fields(data))
		n := 0
		for value := range wire.Elements(data) {
			n++
			if json.Valid(data) {
				require.True(t, json.Valid(value))
			}
		}
		var list []json.RawMessage
		if json.Unmarshal(data, &list) == nil {
			require.Len(t, list, n)
		}
		var want map[string]json.RawMessage
		if json.Unmarshal(data, &want) != nil {
			return
		}
		require.Equal(t, slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)))
		for key, value := range want {
			require.Equal(t, string(value), string(got[key]))
		}
	})
}
