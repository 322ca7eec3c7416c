package friend_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/spec"
)

// A request has the fields of the call and of the webhook, under the same names, and no others.
func TestRequestHasTheDocumentedFields(t *testing.T) {
	t.Parallel()
	out, err := json.Marshal(friend.Request{ToAccount: "a", Remark: "b", GroupName: "c", AddSource: "d", AddWording: "e"})
	require.NoError(t, err)
	var written map[string]string
	require.NoError(t, json.Unmarshal(out, &written))

	call, err := spec.LookupCommand("v4/sns/friend_add")
	require.NoError(t, err)
	webhook, err := spec.LookupWebhook("Sns.CallbackPrevFriendAdd")
	require.NoError(t, err)
	for list, fields := range map[string][]spec.Field{"AddFriendItem": call.Request, "FriendItem": webhook.Request} {
		items := 0
		for _, field := range fields {
			if name, ok := strings.CutPrefix(field.Path, list+"[]."); ok {
				assert.Contains(t, written, name)
				items++
			}
		}
		assert.Len(t, written, items, list)
	}
}

func TestRequestLeavesOutWhatIsEmpty(t *testing.T) {
	t.Parallel()
	out, err := json.Marshal(friend.Request{ToAccount: "bob"})
	require.NoError(t, err)
	assert.Equal(t, `{"To_Account":"bob"}`, string(out))
}
