package message_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/message"
)

// The pairs of the documented calls and webhooks are read and written as they are.
func TestExtensionsRoundTrip(t *testing.T) {
	t.Parallel()
	var samples []json.RawMessage
	for _, name := range []string{"get_key_values", "group_get_key_values"} {
		command, err := spec.LookupCommand("v4/openim_msg_ext_http_svc/" + name)
		require.NoError(t, err)
		samples = append(samples, command.ResponseExamples...)
	}
	for _, name := range []string{"C2C.CallbackAfterC2CMsgExtension", "Group.CallbackAfterGroupMsgExtension"} {
		webhook, err := spec.LookupWebhook(name)
		require.NoError(t, err)
		samples = append(samples, webhook.RequestExamples...)
	}
	pairs := 0
	for _, sample := range samples {
		var plain struct{ ExtensionList []json.RawMessage }
		require.NoError(t, json.Unmarshal(sample, &plain))
		for _, pair := range plain.ExtensionList {
			var e message.Extension
			require.NoError(t, json.Unmarshal(pair, &e), "%s", pair)
			out, err := json.Marshal(e)
			require.NoError(t, err)
			assert.JSONEq(t, string(pair), string(out))
			pairs++
		}
	}
	assert.Greater(t, pairs, 5)
}
