package restapi_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestOptional(t *testing.T) {
	t.Parallel()
	out, err := json.Marshal(restapi.Optional[int]{})
	require.NoError(t, err)
	assert.Equal(t, "null", string(out))
	o := restapi.Some(7)
	require.NoError(t, json.Unmarshal([]byte(`null`), &o))
	assert.True(t, o.IsZero())
	require.NoError(t, json.Unmarshal([]byte(`18`), &o))
	assert.Equal(t, restapi.Some(18), o)
	require.Error(t, json.Unmarshal([]byte(`"x"`), &o))
	assert.True(t, o.IsZero())
}

// A change is a request or an event of which only what changes is present.
type change struct {
	Name  restapi.Optional[string] `json:"Name,omitzero"`
	Limit restapi.Optional[int]    `json:"Limit,omitzero"`
	Bits  restapi.Optional[uint64] `json:"Bits,omitzero"`
}

func TestOptionalFields(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body, written string
		want          change
	}{
		"nothing":      {`{}`, `{}`, change{}},
		"null":         {`{"Name":null,"Limit":null}`, `{}`, change{}},
		"empty":        {`{"Name":"","Limit":0}`, `{"Name":"","Limit":0}`, change{Name: restapi.Some(""), Limit: restapi.Some(0)}},
		"escapes":      {`{"Name":"a\u0000\"b"}`, `{"Name":"a\u0000\"b"}`, change{Name: restapi.Some("a\x00\"b")}},
		"odd integers": {`{"Limit":"-7","Bits":7.0}`, `{"Limit":-7,"Bits":7}`, change{Limit: restapi.Some(-7), Bits: restapi.Some[uint64](7)}},
		"64 bits":      {`{"Bits":18446744073709551615}`, `{"Bits":18446744073709551615}`, change{Bits: restapi.Some[uint64](1<<64 - 1)}},
	} {
		var got change
		require.NoError(t, json.Unmarshal([]byte(c.body), &got), name)
		assert.Equal(t, c.want, got, name)
		out, err := json.Marshal(got)
		require.NoError(t, err, name)
		assert.Equal(t, c.written, string(out), name)
	}
	for _, body := range []string{`{"Name":7}`, `{"Limit":7.5}`, `{"Limit":"x"}`, `{"Bits":-1}`, `{"Bits":[]}`} {
		require.Error(t, json.Unmarshal([]byte(body), new(change)), body)
	}
}

func TestOptionalValue(t *testing.T) {
	t.Parallel()
	value, ok := restapi.Some("").Get()
	assert.True(t, ok, "empty is not absent")
	assert.Empty(t, value)
	assert.Empty(t, restapi.Some("").Or("old"))
	value, ok = restapi.Optional[string]{}.Get()
	assert.False(t, ok)
	assert.Empty(t, value)
	assert.Equal(t, "old", restapi.Optional[string]{}.Or("old"))
}
