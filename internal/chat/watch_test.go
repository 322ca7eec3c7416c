package chat_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/profile"
)

func TestWatch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, answering(200, fine))
		ctx, cancel := context.WithCancel(t.Context())
		entries := a.Journal().Watch(ctx)
		ann := signedIn(t, a, "ann", callback.PlatformIOS)
		require.NoError(t, ann.SetProfile(profile.Items{profile.Level.To(1)}))
		a.Journal().Record(chat.Call{ID: a.Journal().Next(), Body: []byte(`{}`)}, 10)
		a.Wait()
		cause := map[string]int{}
		var calls int
		for e := range entries {
			switch {
			case e.Action != nil:
				cause[e.Action.Name] = e.Action.ID
			case e.Delivery != nil:
				name := map[string]string{"State.StateChange": "SignIn", "Profile.CallbackPortraitSet": "SetProfile"}
				assert.Equal(t, cause[name[e.Delivery.Command]], e.Delivery.Cause)
				delete(cause, name[e.Delivery.Command])
			case e.Call != nil:
				calls++
			}
			assert.Zero(t, e.Missed)
			if calls == 1 && len(cause) == 0 {
				break
			}
		}
		cancel()
		for range a.Journal().Watch(ctx) {
			t.Error("the context has ended")
		}
	})
}

func TestWatchersThatSleepMiss(t *testing.T) {
	t.Parallel()
	a := newApp(t, nil)
	entries := a.Journal().Watch(t.Context())
	for i := range 5000 {
		a.Journal().Record(chat.Call{ID: i}, 0)
	}
	seen := 0
	for e := range entries {
		seen++
		if seen == 4096 {
			a.Journal().Record(chat.Call{ID: 5001}, 0)
		}
		if e.Call.ID == 5001 {
			assert.Equal(t, 5000-4096, e.Missed)
			break
		}
		assert.Zero(t, e.Missed)
	}
	assert.Equal(t, 4097, seen)
	others := a.Journal().Watch(t.Context())
	a.Close()
	for range others {
		t.Error("the journal is closed")
	}
	for range a.Journal().Watch(t.Context()) {
		t.Error("the journal was closed before")
	}
}
