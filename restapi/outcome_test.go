package restapi_test

import (
	"encoding/json"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// A friendship is a result as the areas have them.
type friendship struct {
	UserID          string
	restapi.Outcome `json:"-"`
}

func TestOutcome(t *testing.T) {
	t.Parallel()
	assert.NoError(t, friendship{}.Err(), "the zero value is success")
	assert.NoError(t, restapi.Failed(nil).Err())
	refused := &restapi.Error{Command: setCommand, Code: restapi.CodeProfileAccountNotFound}
	failed := friendship{"leckie", restapi.Failed(refused)}
	assert.Same(t, refused, failed.Err())
}

func TestOutcomeHasNoKeysInJSON(t *testing.T) {
	t.Parallel()
	type untagged struct {
		UserID string
		restapi.Outcome
	}
	failed := restapi.Failed(io.ErrUnexpectedEOF)
	const want = `{"UserID":"leckie"}`
	const answer = `{"UserID":"leckie","Outcome":{"err":"x","Err":"x"},"err":"x","Err":"x"}`
	results := map[string]any{"tagged": friendship{"leckie", failed}, "untagged": untagged{"leckie", failed}}
	for name, result := range results {
		data, err := json.Marshal(result)
		require.NoError(t, err)
		assert.Equal(t, want, string(data), name)
	}
	var tagged friendship
	require.NoError(t, json.Unmarshal([]byte(answer), &tagged))
	assert.Equal(t, friendship{UserID: "leckie"}, tagged)
	var plain untagged
	require.NoError(t, json.Unmarshal([]byte(answer), &plain))
	assert.Equal(t, untagged{UserID: "leckie"}, plain)
}

func TestJoin(t *testing.T) {
	t.Parallel()
	absent := &restapi.Error{Command: setCommand, Code: restapi.CodeProfileAccountNotFound}
	results := []friendship{
		{"a", restapi.Outcome{}},
		{"b", restapi.Failed(absent)},
		{"c", restapi.Failed(io.ErrUnexpectedEOF)},
	}
	assert.Equal(t, io.EOF, restapi.Join(results, io.EOF), "a call that failed has no items")
	assert.NoError(t, restapi.Join(results[:1], nil))
	assert.NoError(t, restapi.Join[friendship](nil, nil))

	err := restapi.Join(results, nil)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.ErrorIs(t, err, restapi.ErrAccountNotFound)
	assert.Equal(t, restapi.CodeProfileAccountNotFound, restapi.CodeOf(err))
	assert.Equal(t, "item 1: "+absent.Error()+"\nitem 2: unexpected EOF", err.Error())
}
