//lint:file-ignore SA5008 tags that encoding/json takes in a way of its own are what is tested

package wire_test

import (
	"encoding/json"
	"errors"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

// own reads itself, and wants its bytes as they came.
type own struct{ raw string }

func (o *own) UnmarshalJSON(data []byte) error {
	o.raw = string(data)
	return nil
}

type word string

func (w *word) UnmarshalText(text []byte) error {
	*w = word("text " + string(text))
	return nil
}

type (
	outer struct {
		inner
		*Pointed
		Left
		Right

		Int      int8           `json:"int"`
		Uint     *uint64        `json:"uint,omitempty"`
		List     []int          `json:"list"`
		Array    [2]uint8       `json:"array"`
		Map      map[string]int `json:"map"`
		Quoted   int            `json:"quoted,string"`
		Text     string         `json:"text"`
		Any      any            `json:"any"`
		Float    float64        `json:"float"`
		Own      own            `json:"own"`
		Word     word           `json:"word"`
		Next     *outer         `json:"next"`
		Hidden   int            `json:"-"`
		Dash     int            `json:"-,"` //nolint:staticcheck // the key is "-"
		Untagged int
		Same     int    `json:"same"`
		Upper    string `json:"SAME"`
		unread   int    //lint:ignore U1000 it is there not to be read
	}
	inner struct {
		Promoted int
		Hides    string `json:"int"` // which the outer one hides
	}
	Pointed struct {
		Deep []struct{ N int } `json:"deep"`
		Over int               `json:"Promoted"` // wins over the one without a tag
	}
	Left  struct{ Both, Mine int }
	Right struct{ Both int }
)

// refuseFirst is json.Unmarshal that refuses the first body, whatever it is.
func refuseFirst() func([]byte, any) error {
	refused := false
	return func(data []byte, v any) error {
		if !refused {
			refused = true
			return errors.New("not yet")
		}
		return json.Unmarshal(data, v)
	}
}

func TestUnmarshal(t *testing.T) {
	t.Parallel()
	five := uint64(5)
	for data, want := range map[string]outer{
		`{"int":"5"}`:                       {Int: 5},
		`{"INT":5.0}`:                       {Int: 5},
		`{"int":""}`:                        {},
		`{"int":null,"uint":"5"}`:           {Uint: &five},
		`{"uint":50e-1}`:                    {Uint: &five},
		`{ "int" : "-1.2E2" , "text":"7" }`: {Int: -120, Text: "7"},
		`{"list":[1,"2",3.0,null,""]}`:      {List: []int{1, 2, 3, 0, 0}},
		`{"array":["1",2e0]}`:               {Array: [2]uint8{1, 2}},
		`{"map":{"a":"1","b":2.0}}`:         {Map: map[string]int{"a": 1, "b": 2}},
		`{"quoted":5}`:                      {Quoted: 5},
		`{"quoted":"5.0"}`:                  {Quoted: 5},
		`{"quoted":""}`:                     {},
		`{"next":{"next":{"int":"5"}}}`:     {Next: &outer{Next: &outer{Int: 5}}},
		`{"own":"5","word":"5","int":"5","float":5.0,"any":"5"}`: {
			Own: own{raw: `"5"`}, Word: "text 5", Int: 5, Float: 5, Any: "5",
		},
		`{"promoted":"5"}`:              {Pointed: &Pointed{Over: 5}},
		`{"deep":[{"n":"5"},{"n":7}]}`:  {Pointed: &Pointed{Deep: []struct{ N int }{{5}, {7}}}},
		`{"Mine":"5"}`:                  {Left: Left{Mine: 5}},
		`{"Both":"5","int":"5"}`:        {Int: 5}, // two of one name are none
		`{"Hidden":"5","int":"5"}`:      {Int: 5},
		`{"-":"5"}`:                     {Dash: 5},
		`{"untagged":"5","unread":"5"}`: {Untagged: 5},
		`{"same":"5","SAME":"5"}`:       {Same: 5, Upper: "5"},
		`{"\u0069nt":"5"}`:              {Int: 5},
		`{"int":5}`:                     {Int: 5},
	} {
		var got outer
		require.NoError(t, wire.Unmarshal([]byte(data), &got), data)
		assert.Equal(t, want, got, data)
	}
}

func TestUnmarshalRefuses(t *testing.T) {
	t.Parallel()
	for _, data := range []string{
		`{"int":"128"}`, `{"int":1.5}`, `{"int":"1.5"}`, `{"int":1e99}`, `{"uint":"-1"}`, `{"int":" 5"}`, `{"int":true}`, `{"int":"5`, `{"int":{}}`,
		`{"uint":"18446744073709551616"}`, `{"int":"5","text":5}`, `{"int":"5"}x`, ``, `[]`,
		`{"list":[1,"2",[]]}`, `{"int":"x","int":"5"}`,
	} {
		var v outer
		require.Error(t, wire.Unmarshal([]byte(data), &v), data)
	}
	require.Error(t, wire.Unmarshal([]byte(`"5"`), nil))
	require.Error(t, wire.Unmarshal([]byte(`"5"`), 5))
}

func TestUnmarshalValues(t *testing.T) {
	t.Parallel()
	var n int
	require.NoError(t, wire.Unmarshal([]byte(` "5.0" `), &n))
	assert.Equal(t, 5, n)
	var names map[int]*[]uint32
	require.NoError(t, wire.Unmarshal([]byte(`{"1":["5"],"2":null}`), &names))
	assert.Equal(t, map[int]*[]uint32{1: {5}, 2: nil}, names)
	var blob []byte
	require.NoError(t, wire.Unmarshal([]byte(`"NQ=="`), &blob))
	assert.Equal(t, "5", string(blob))
	var list struct{ Outers []outer }
	require.NoError(t, wire.Unmarshal([]byte(`{"Outers":[{"int":"1","text":"a"},{"int":2}]}`), &list))
	assert.Equal(t, []outer{{Int: 1, Text: "a"}, {Int: 2}}, list.Outers)
}

// What needs no second look costs what json.Unmarshal costs.
func TestUnmarshalCostsNothing(t *testing.T) {
	data := []byte(`{"int":5,"list":[1,2,3],"text":"x"}`)
	var v outer
	floor := testing.AllocsPerRun(100, func() { _ = json.Unmarshal(data, &v) })
	assert.InDelta(t, floor, testing.AllocsPerRun(100, func() { _ = wire.Unmarshal(data, &v) }), 0)
}

func FuzzUnmarshal(f *testing.F) {
	for _, seed := range []string{
		`{"int":"5","list":[1,"2",3.0],"map":{"a":"1"},"next":{"quoted":5,"deep":[{"N":""}]}}`, `{"INT":1e1,"Promoted":"-0.0","own":"1"}`,
		`{"uint":"007","array":[1.0,"2","3"],"any":[1.0],"float":1e1,"Both":"1"}`, `{"int":1,"int":"2","Int":"3"}`, `{"int":-0}`, `{"text":"1","same":"1"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var want, got, spelled outer
		if err := json.Unmarshal(data, &want); err != nil {
			// A second look changes integers alone: what is read, is read again as what it became.
			if wire.Unmarshal(data, &got) == nil {
				require.True(t, json.Valid(data))
				again, err := json.Marshal(got)
				require.NoError(t, err)
				require.NoError(t, json.Unmarshal(again, &want))
			}
			return
		}
		require.NoError(t, wire.Unmarshal(data, &got))
		require.Equal(t, want, got)
		// Where the first look fails for another reason, the second reads the same.
		first := refuseFirst()
		looked := 0
		if err := wire.UnmarshalWith(func(data []byte, v any) error { looked++; return first(data, v) }, data, &spelled); looked == 2 {
			require.NoError(t, err)
			require.Equal(t, want, spelled)
		}
	})
}

func FuzzInt(f *testing.F) {
	for _, seed := range []string{`1`, `1.0`, `1e3`, `12.5e1`, `-0.0`, `1e-1`, `100e-2`, `0e99999999999999999999`, `1e99999999999999999999`, `007`, `1.`, `-`, `9223372036854775808e0`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := wire.Int([]byte(`"` + text + `"`))
		if !json.Valid([]byte(text)) || strings.Trim(text, "0123456789.eE+-") != "" || len(text) > 100 {
			return
		}
		if _, exponent, ok := strings.Cut(strings.ToLower(text), "e"); ok {
			if e, err := strconv.Atoi(exponent); err != nil || max(e, -e) > 1000 {
				return // which math/big takes long for
			}
		}
		want, ok := new(big.Rat).SetString(text)
		require.True(t, ok, text)
		if !want.IsInt() || !want.Num().IsInt64() {
			require.Error(t, err, text)
			return
		}
		require.NoError(t, err, text)
		require.Equal(t, want.Num().Int64(), n, text)
	})
}
