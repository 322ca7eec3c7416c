package chat_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
)

// furnished is harbors with attributes and counters of two groups.
const furnished = harbors + `
{"kind":"groupattributes","GroupId":"@TGS#2KQ7MZ3EN","GroupAttr":[{"key":"berth","value":"4"}]}
{"kind":"groupattributes","GroupId":"@TGS#aH5LIVE01","GroupAttr":[{"key":"seat_1","value":"ozan"},{"key":"seat_2","value":""}]}
{"kind":"groupcounters","GroupId":"@TGS#aH5LIVE01","GroupCounter":[{"Key":"like","Value":5}]}`

// attributeTriggers are the commands and the actions about attributes and counters.
func attributeTriggers() map[string]trigger {
	const harbor = "@TGS#2KQ7MZ3EN"
	device := func(act func(d *chat.Device) error) trigger {
		return trigger{seed: furnished, do: func(t *testing.T, a *chat.App) {
			t.Helper()
			set := a.Settings()
			require.NoError(t, a.SetSettings(chat.Settings{Webhooks: []string{}}))
			mira := signedIn(t, a, "mira", callback.PlatformIOS)
			require.NoError(t, a.SetSettings(set))
			require.NoError(t, act(mira))
		}}
	}
	all := map[string]trigger{
		"Device.SetAttributes": device(func(d *chat.Device) error {
			return d.SetAttributes(harbor, map[string]string{"berth": "5"})
		}),
		"Device.DeleteAttributes": device(func(d *chat.Device) error { return d.DeleteAttributes(harbor, []string{"berth"}) }),
		"Device.ClearAttributes":  device(func(d *chat.Device) error { return d.ClearAttributes(harbor) }),
	}
	for _, name := range []string{
		"group_open_attr_http_svc/get_group_attr", "group_open_http_svc/set_group_attr",
		"group_open_http_svc/modify_group_attr", "group_open_http_svc/delete_group_attr",
		"group_open_http_svc/clear_group_attr", "group_open_http_svc/get_group_counter",
		"group_open_http_svc/update_group_counter", "group_open_http_svc/delete_group_counter",
	} {
		all[name] = trigger{seed: furnished, do: func(t *testing.T, a *chat.App) {
			t.Helper()
			require.Zero(t, do(t, a, name, example(t, "v4/"+name)))
		}}
	}
	return all
}
