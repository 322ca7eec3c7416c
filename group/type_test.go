package group_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/spec"
)

func TestTypeIs(t *testing.T) {
	t.Parallel()
	for _, same := range [][2]group.Type{
		{"Work", group.Private},
		{group.Private, "Work"},
		{group.ChatRoom, "Meeting"},
		{"meeting", "chatroom"},
		{group.Public, group.Public},
		{"public", group.Public},
		{"", ""},
		{"Newer", "Newer"},
	} {
		assert.True(t, same[0].Is(same[1]), "%q is %q", same[0], same[1])
	}
	for _, other := range [][2]group.Type{
		{"Work", group.Public},
		{group.AVChatRoom, "Meeting"},
		{group.AVChatRoom, group.ChatRoom},
		{"BChatRoom", group.ChatRoom},
		{"", group.Private},
	} {
		assert.False(t, other[0].Is(other[1]), "%q is not %q", other[0], other[1])
	}
}

// documented is what the wire has of groups.
type documented struct {
	Types []struct {
		Wire, Also group.Type
		Roles      []group.Role // none of a type that no group can have any more
	}
	Role []struct{ Value group.Role }
}

func readDocumented(t *testing.T) (d documented) {
	t.Helper()
	require.NoError(t, spec.Read("types/group.json", &d))
	return d
}

func TestTypesAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	var types []group.Type
	for _, one := range readDocumented(t).Types {
		if one.Roles != nil {
			types = append(types, one.Wire)
			assert.True(t, one.Wire.Is(one.Also), "%s is %s", one.Wire, one.Also)
		}
	}
	assert.ElementsMatch(t, types, []group.Type{
		group.Private, group.Public, group.ChatRoom, group.AVChatRoom, group.Community,
	})
}
