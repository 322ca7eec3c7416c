package callback_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

// without returns v less the member at a documented path, wherever that is, and whether there was one.
func without(v any, path []string) (any, bool) {
	name, list := strings.CutSuffix(path[0], "[]")
	object, ok := v.(map[string]any)
	if !ok {
		return v, false
	}
	member, ok := object[name]
	if !ok {
		return v, false
	}
	if len(path) == 1 {
		delete(object, name)
		return object, true
	}
	if !list {
		object[name], ok = without(member, path[1:])
		return object, ok
	}
	found := false
	elements, _ := member.([]any)
	for i := range elements {
		elements[i], ok = without(elements[i], path[1:])
		found = found || ok
	}
	return object, found
}

// has says whether v has a member at a documented path.
func has(v any, path string) bool {
	_, found := without(v, strings.Split(path, "."))
	return found
}

func parsed(t testing.TB, data []byte) (v any) {
	t.Helper()
	require.NoError(t, json.Unmarshal(data, &v), "%s", data)
	return v
}

// An event that came without a field is written without it.
func TestSpecAbsentFieldsStayAbsent(t *testing.T) {
	t.Parallel()
	for _, w := range webhooks(t) {
		t.Run(w.Command, func(t *testing.T) {
			t.Parallel()
			others := slices.Collect(maps.Values(renamed[w.Command]))
			for _, field := range w.Request {
				if field.Required || field.Path == "CallbackCommand" {
					continue
				}
				for _, sample := range w.RequestExamples {
					less, found := without(parsed(t, sample), strings.Split(field.Path, "."))
					if !found && slices.Contains(others, field.Path) {
						continue // it may come under another name
					}
					body, err := json.Marshal(less)
					require.NoError(t, err)
					e, err := callback.Decode(w.Command, body)
					require.NoError(t, err)
					text, err := callback.Encode(e)
					require.NoError(t, err)
					assert.False(t, has(parsed(t, text), field.Path), "%s: %s became %s", field.Path, body, text)
				}
			}
			// Nothing documented is anything else than absent in an empty body, save what is always there.
			e, err := callback.Decode(w.Command, []byte(`{}`))
			require.NoError(t, err)
			text, err := callback.Encode(e)
			require.NoError(t, err)
			for _, field := range w.Request {
				if !field.Required {
					assert.False(t, has(parsed(t, text), field.Path), "%s of %s", field.Path, text)
				}
			}
			assert.NotContains(t, string(text), "null", "a list has omitzero, also where the page calls it required")
			assert.NotContains(t, string(text), "[", "nor any list")
		})
	}
}

// A list that came empty is written empty.
func TestSpecEmptyListsStayEmpty(t *testing.T) {
	t.Parallel()
	for _, w := range webhooks(t) {
		for _, field := range w.Request {
			if !strings.HasPrefix(field.Type, "array<") || strings.Contains(field.Path, "Content") {
				continue
			}
			body := []byte(bodyWith(field.Path, "[]"))
			e, err := callback.Decode(w.Command, body)
			require.NoError(t, err)
			text, err := callback.Encode(e)
			require.NoError(t, err)
			assert.True(t, has(parsed(t, text), field.Path), "%s: %s became %s", w.Command, body, text)
		}
	}
}
