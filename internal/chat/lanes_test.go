package chat_test

import (
	"context"
	"encoding/json"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/profile"
)

// The backend hangs: what waits is bounded, the oldest is lost and says so, and whoever causes webhooks goes on.
func TestTheOldestWebhookIsLostWhereTooManyWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		seen := map[string][]uint32{}
		free := make(chan struct{})
		a := newApp(t, func(_ context.Context, e callback.Envelope) (int, []byte, error) {
			var event callback.ProfilePortraitSet
			if err := json.Unmarshal(e.Body, &event); err != nil {
				return 0, nil, err
			}
			level, _ := profile.Level.Of(event.ProfileItem)
			mu.Lock()
			seen[event.FromAccount] = append(seen[event.FromAccount], level)
			mu.Unlock()
			<-free
			return 200, []byte(fine), nil
		})
		settings := a.Settings()
		settings.Webhooks = []string{"Profile.CallbackPortraitSet"}
		require.NoError(t, a.SetSettings(settings))
		a.SetRoom(10)
		ann, bob := signedIn(t, a, "ann", callback.PlatformIOS), signedIn(t, a, "bob", callback.PlatformIOS)
		for i := range uint32(30) {
			require.NoError(t, ann.SetProfile(profile.Items{profile.Level.To(i)}))
			synctest.Wait()
		}
		require.NoError(t, bob.SetProfile(profile.Items{profile.Level.To(100)}))
		synctest.Wait()
		close(free)
		a.Wait()
		assert.Equal(t, []uint32{0, 21, 22, 23, 24, 25, 26, 27, 28, 29}, seen["ann"], "the first was under way, that of bob made room for itself")
		assert.Equal(t, []uint32{100}, seen["bob"])

		all, lost := a.Journal().Deliveries(), 0
		require.Len(t, all, 31)
		for i, d := range all {
			if i > 0 {
				assert.Greater(t, d.ID, all[i-1].ID)
			}
			if d.Err != nil {
				require.ErrorContains(t, d.Err, "webhook Profile.CallbackPortraitSet: over 100000 were waiting")
				lost++
			}
		}
		assert.Equal(t, 20, lost)
	})
}

// A webhook that is lost may be one whose cause is not answered yet, and one whose key was about to be served.
func TestLosingWhatIsNotDue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		sent := make(chan string, 100)
		a := newApp(t, func(_ context.Context, e callback.Envelope) (int, []byte, error) {
			sent <- string(e.Body)
			return 200, []byte(fine), nil
		}, "ann", "bob")
		a.SetRoom(1)
		row, _ := a.Row("v4/profile/portrait_set")
		set := func(user string) func() {
			body := `{"From_Account":"` + user + `","ProfileItem":[{"Tag":"Tag_Profile_IM_Level","Value":1}]}`
			reply, err := a.Do(t.Context(), row, request(a, body))
			require.NoError(t, err)
			return reply.Release
		}
		first, second, third := set("ann"), set("ann"), set("bob")
		second()
		first()
		third()
		synctest.Wait()
		set("ann")()
		a.Wait()
		assert.Len(t, sent, 2, "those of bob, and the last")
	})
}
