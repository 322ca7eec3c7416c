package profile_test

import (
	"context"
	"errors"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/profile"
)

// Cancelled in the middle and resumed with what was not yielded as done: at the end every user is set.
func TestSetProfilesReportsAllThatItTookWhenTheContextEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const n = 500
		chat := chatWith(t, n)
		chat.Delay(profile.CommandPortraitSet, 100*time.Millisecond)
		users := profile.NewClient(chat.Client())
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var taken atomic.Int64
		done, failed := make(map[string]bool), make(map[string]bool)
		for userID, err := range users.SetProfiles(ctx, numbered(n, &taken), profile.BulkOptions{}) {
			require.False(t, done[userID] || failed[userID], "%s is reported twice", userID)
			if err == nil {
				done[userID] = true
			} else {
				failed[userID] = true
				require.ErrorIs(t, err, context.Canceled)
			}
			if len(done) == 100 {
				cancel()
			}
		}
		require.GreaterOrEqual(t, len(done), 100)
		require.NotEmpty(t, failed)
		require.LessOrEqual(t, len(failed), 64)
		require.EqualValues(t, taken.Load(), len(done)+len(failed), "each that was taken is reported")
		before := len(chat.Calls())
		time.Sleep(time.Minute)
		require.Len(t, chat.Calls(), before, "nothing is sent once the loop has ended")
		for userID := range done {
			require.NotEmpty(t, nickOf(t, chat, userID))
		}

		rest := func(yield func(string, profile.Items) bool) {
			for userID, items := range numbered(n, &taken) {
				if !done[userID] && !yield(userID, items) {
					return
				}
			}
		}
		again := 0
		for userID, err := range users.SetProfiles(t.Context(), rest, profile.BulkOptions{}) {
			require.NoError(t, err)
			require.False(t, done[userID])
			again++
		}
		require.Equal(t, n-len(done), again)
		for i := range n {
			require.Equal(t, "Nick "+strconv.Itoa(i), nickOf(t, chat, userID(i)))
		}
	})
}

func TestSetProfilesReportsWhatItTakesAfterTheEndOfTheContext(t *testing.T) {
	t.Parallel()
	reason := errors.New("the operator said so")
	ctx, cancel := context.WithCancelCause(t.Context())
	updates := func(yield func(string, profile.Items) bool) {
		cancel(reason) // as when it happens while the input waits
		yield("ann", profile.Items{profile.Nick.To("Ann")})
	}
	var got []error
	for _, err := range profile.NewClient(callerFunc(nobody)).SetProfiles(ctx, updates, profile.BulkOptions{}) {
		got = append(got, err)
	}
	require.Len(t, got, 1)
	require.ErrorIs(t, got[0], context.Canceled)
	require.ErrorIs(t, got[0], reason)
	require.EqualError(t, got[0], "profile/portrait_set: context canceled: the operator said so")
}

func TestSetProfilesTakesNothingWhenTheContextHasEnded(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var taken atomic.Int64
	for range 50 { // a select that does not look at the context first would be right half of the time
		for range profile.NewClient(callerFunc(nobody)).SetProfiles(ctx, numbered(9, &taken), profile.BulkOptions{}) {
			t.Error("nothing was taken, so there is nothing to report")
		}
	}
	assert.Zero(t, taken.Load())
}

func TestSetProfilesEndsWithTheLoop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		chat := chatWith(t, 500)
		chat.Delay(profile.CommandPortraitSet, 100*time.Millisecond)
		var taken atomic.Int64
		yielded := 0
		for range profile.NewClient(chat.Client()).SetProfiles(t.Context(), numbered(500, &taken), profile.BulkOptions{Concurrency: 8}) {
			if yielded++; yielded == 20 {
				break
			}
		}
		assert.LessOrEqual(t, taken.Load(), int64(yielded-1+8))
		before := len(chat.Calls())
		time.Sleep(time.Minute)
		assert.Len(t, chat.Calls(), before)
	})
}

// An update that the input comes out with only after the loop was left is not sent, even to a Caller that does not look
// at its context.
func TestSetProfilesSendsNothingThatComesAfterTheBreak(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var sent []string
		caller := callerFunc(func(_ context.Context, userID, _ string) error { sent = append(sent, userID); return nil })
		slow := func(yield func(string, profile.Items) bool) {
			if yield("ann", profile.Items{profile.Nick.To("Ann")}) {
				time.Sleep(time.Hour)
				yield("bob", profile.Items{profile.Nick.To("Bob")})
			}
		}
		for range profile.NewClient(caller).SetProfiles(t.Context(), slow, profile.BulkOptions{}) {
			break
		}
		assert.Equal(t, []string{"ann"}, sent)
	})
}

// Panics of the user's code come out of the loop, where they can be recovered, and leave nothing behind.
func TestSetProfilesPassesOnPanics(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	t.Run("of the input", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			caller := callerFunc(func(ctx context.Context, _, _ string) error { time.Sleep(time.Second); return ctx.Err() })
			updates := func(yield func(string, profile.Items) bool) {
				var taken atomic.Int64
				numbered(10, &taken)(yield)
				panic(boom)
			}
			done := 0
			assert.PanicsWithValue(t, boom, func() {
				for _, err := range profile.NewClient(caller).SetProfiles(t.Context(), updates, profile.BulkOptions{}) {
					assert.NoError(t, err, "what is under way is carried through")
					done++
				}
			})
			assert.Equal(t, 10, done)
		})
	})
	t.Run("of the input after a break", func(t *testing.T) {
		t.Parallel()
		updates := func(yield func(string, profile.Items) bool) {
			for yield("ann", profile.Items{profile.Nick.To("Ann")}) {
			}
			panic(boom)
		}
		assert.PanicsWithValue(t, boom, func() {
			for range profile.NewClient(callerFunc(nobody)).SetProfiles(t.Context(), updates, profile.BulkOptions{}) {
				break
			}
		})
	})
	t.Run("of the caller", func(t *testing.T) {
		t.Parallel()
		var taken atomic.Int64
		caller := callerFunc(func(_ context.Context, userID, _ string) error {
			if userID == "user_7" {
				panic(boom)
			}
			return nil
		})
		assert.PanicsWithValue(t, boom, func() {
			for userID, err := range profile.NewClient(caller).SetProfiles(t.Context(), numbered(10_000, &taken), profile.BulkOptions{}) {
				assert.NoError(t, err)
				assert.NotEqual(t, "user_7", userID)
			}
		})
		assert.Less(t, taken.Load(), int64(10_000), "no more is taken")
	})
	t.Run("of the loop", func(t *testing.T) {
		t.Parallel()
		var taken atomic.Int64
		assert.PanicsWithValue(t, boom, func() {
			for range profile.NewClient(callerFunc(nobody)).SetProfiles(t.Context(), numbered(10_000, &taken), profile.BulkOptions{}) {
				panic(boom)
			}
		})
		assert.LessOrEqual(t, taken.Load(), int64(64))
	})
	t.Run("Goexit of the input", func(t *testing.T) {
		t.Parallel()
		updates := func(func(string, profile.Items) bool) { runtime.Goexit() }
		returned := false
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			for range profile.NewClient(callerFunc(nobody)).SetProfiles(t.Context(), updates, profile.BulkOptions{}) {
				t.Error("there is nothing to report")
			}
			returned = true
		}()
		<-ended
		assert.False(t, returned)
	})
}
