package chat_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/chat"
)

// oldHarbor is the group of the documented imports.
const oldHarbor = `{"format":"tencentchat-local","version":1}
{"kind":"user","UserID":"mira"}
{"kind":"user","UserID":"ozan"}
{"kind":"user","UserID":"priya"}
{"kind":"group","GroupId":"old_harbor","Type":"Public","Name":"Old harbor","Owner_Account":"mira","CreateTime":1448357837}
{"kind":"groupmember","GroupId":"old_harbor","Member_Account":"ozan"}`

// importTriggers are the commands that bring the groups of another system along, of which nothing tells.
func importTriggers() map[string]trigger {
	all := map[string]trigger{}
	for _, name := range []string{"import_group_member", "import_group_msg", "set_unread_msg_num"} {
		name = "group_open_http_svc/" + name
		all[name] = trigger{seed: oldHarbor, do: func(t *testing.T, a *chat.App) {
			t.Helper()
			require.Zero(t, do(t, a, name, example(t, "v4/"+name)))
		}}
	}
	return all
}
