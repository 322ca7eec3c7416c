package chat_test

import (
	"context"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/profile"
)

// A trigger is something of which webhooks may tell.
type trigger struct {
	users []string // whose accounts are there
	do    func(*testing.T, *chat.App)
}

// devices are what users can do here, by the method of package restapitest.
var devices = map[string]trigger{
	"Server.SignIn": {do: func(t *testing.T, a *chat.App) { signedIn(t, a, "ann", callback.PlatformWeb) }},
	"Device.SignInAgain": afterSignIn(func(d *chat.Device) error {
		if err := d.SignOut(); err != nil {
			return err
		}
		return d.SignIn(time.Now())
	}),
	"Device.SignOut":    afterSignIn((*chat.Device).SignOut),
	"Device.Drop":       afterSignIn(func(d *chat.Device) error { return d.Drop(callback.StateTimeOut) }),
	"Device.Background": afterSignIn(func(d *chat.Device) error { return d.Background(true) }),
	"Device.SetStatus":  afterSignIn(func(d *chat.Device) error { return d.SetStatus("x") }),
	"Device.SetProfile": afterSignIn(func(d *chat.Device) error {
		return d.SetProfile(profile.Items{profile.Level.To(1)})
	}),
	"Device.Profiles": afterSignIn(func(d *chat.Device) error {
		_, err := d.Profiles([]string{"ann"})
		return err
	}),
}

// afterSignIn is what a device does that was signed in unnoticed.
func afterSignIn(do func(*chat.Device) error) trigger {
	return trigger{do: func(t *testing.T, a *chat.App) {
		t.Helper()
		set := a.Settings()
		require.NoError(t, a.SetSettings(chat.Settings{Webhooks: []string{}}))
		d := signedIn(t, a, "ann", callback.PlatformIOS)
		require.NoError(t, a.SetSettings(set))
		require.NoError(t, do(d))
	}}
}

// imported are the accounts of the documented examples, by command. A command that needs none is not here.
var imported = map[string][]string{
	"profile/portrait_set":       {"mila_0042"},
	"profile/portrait_get":       {"ann"},
	"im_open_login_svc/kick":     {"spammer_3"},
	"openim/query_online_status": {"ann"},
}

// missing are the webhooks of areas that are not there yet.
var missing = []string{
	"Alert.RequestOverLimit", "ContentCallback.ResultNotify", "Group.CallbackOnMemberStateChange",
}

// triggers are all commands and all actions that are there, by their names in the documentation.
func triggers(t *testing.T) map[string]trigger {
	t.Helper()
	all := maps.Clone(devices)
	commands, err := spec.Commands()
	require.NoError(t, err)
	a := newApp(t, nil)
	for _, doc := range commands {
		if _, ok := a.Row(doc.Path); ok {
			all[doc.Name()] = trigger{imported[doc.Name()], func(t *testing.T, a *chat.App) {
				t.Helper()
				require.Zero(t, do(t, a, doc.Name(), string(doc.RequestExamples[0])), doc.Name())
			}}
		}
	}
	return all
}

func TestWebhooksAreSentForWhatIsDocumentedAndNothingElse(t *testing.T) {
	t.Parallel()
	webhooks, err := spec.Webhooks()
	require.NoError(t, err)
	there := triggers(t)
	for name, trigger := range there {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var want []string
			for _, w := range webhooks {
				by := slices.Concat(w.FiredBy.REST, w.FiredBy.Device)
				if slices.Contains(by, name) && !slices.Contains(missing, w.Command) {
					want = append(want, w.Command)
				}
			}
			var mu sync.Mutex
			var got []string
			a := newApp(t, func(_ context.Context, e callback.Envelope) (int, []byte, error) {
				mu.Lock()
				defer mu.Unlock()
				if !slices.Contains(got, e.Command) {
					got = append(got, e.Command)
				}
				return 200, []byte(fine), nil
			}, trigger.users...)
			trigger.do(t, a)
			a.Wait()
			slices.Sort(got)
			assert.Equal(t, want, got)
		})
	}
}
