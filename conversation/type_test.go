package conversation_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/internal/spec"
)

// The numbers are the same wherever a call or a webhook has them.
func TestTypesAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	assert.Equal(t, [2]conversation.Type{1, 2}, [2]conversation.Type{conversation.TypeC2C, conversation.TypeGroup})
	webhook, err := spec.LookupWebhook("ContentCallback.ResultNotify")
	require.NoError(t, err)
	fields := webhook.Request
	for _, name := range []string{"get_list", "delete", "mark_contact"} {
		call, err := spec.LookupCommand("v4/recentcontact/" + name)
		require.NoError(t, err)
		fields = append(append(fields, call.Request...), call.Response...)
	}
	found := 0
	for _, field := range fields {
		if strings.Contains(field.About, "1 one-to-one") {
			assert.Equal(t, "1 one-to-one, 2 group", field.About, field.Path)
			found++
		}
	}
	assert.GreaterOrEqual(t, found, 4)
}
