package group_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/spec"
)

// The mentions of the documented call and of the documented webhook are read and written as they are.
func TestAtInfoRoundTrips(t *testing.T) {
	t.Parallel()
	call, err := spec.LookupCommand("v4/group_open_http_svc/send_group_msg")
	require.NoError(t, err)
	webhook, err := spec.LookupWebhook("Group.CallbackAfterSendMsg")
	require.NoError(t, err)
	for name, samples := range map[string][]json.RawMessage{"call": call.RequestExamples, "webhook": webhook.RequestExamples} {
		mentions := 0
		for _, sample := range samples {
			var plain struct{ GroupAtInfo []json.RawMessage }
			require.NoError(t, json.Unmarshal(sample, &plain))
			for _, mention := range plain.GroupAtInfo {
				var at group.AtInfo
				require.NoError(t, json.Unmarshal(mention, &at), "%s", mention)
				out, err := json.Marshal(at)
				require.NoError(t, err)
				assert.JSONEq(t, string(mention), string(out))
				mentions++
			}
		}
		assert.Positive(t, mentions, name)
	}
}
