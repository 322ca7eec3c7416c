package profile_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// A callerFunc is a Caller in one function. The user ID and the nickname of an update are read from its body.
type callerFunc func(ctx context.Context, userID, nick string) error

func (f callerFunc) Call(ctx context.Context, _ restapi.Command, req, _ any) error {
	userID, nick := readUpdate(req)
	return f(ctx, userID, nick)
}

func nobody(context.Context, string, string) error { return nil }

func userID(i int) string { return "user_" + strconv.Itoa(i) }

// numbered are updates of the users 0 to n-1, which count how many of them were taken.
func numbered(n int, taken *atomic.Int64) iter.Seq2[string, profile.Items] {
	return func(yield func(string, profile.Items) bool) {
		for i := range n {
			taken.Add(1)
			if !yield(userID(i), profile.Items{profile.Nick.To("Nick " + strconv.Itoa(i))}) {
				return
			}
		}
	}
}

func chatWith(t *testing.T, users int) *restapitest.Server {
	t.Helper()
	chat := restapitest.NewServer(restapitest.WithoutListener())
	t.Cleanup(chat.Close)
	for i := range users {
		chat.AddAccount(userID(i))
	}
	return chat
}

func nickOf(t *testing.T, chat *restapitest.Server, userID string) string {
	t.Helper()
	items, ok := chat.Profile(userID)
	require.True(t, ok, userID)
	nick, _ := profile.Nick.Of(items)
	return nick
}

func TestSetProfilesKeepsUpTheDocumentedRate(t *testing.T) {
	t.Parallel()
	for _, latency := range []time.Duration{50 * time.Millisecond, 300 * time.Millisecond} {
		t.Run(latency.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				const n = 2000
				chat := chatWith(t, n)
				chat.Delay(profile.CommandPortraitSet, latency)
				var taken atomic.Int64
				start := time.Now()
				seen := make(map[string]bool)
				for userID, err := range profile.NewClient(chat.Client()).SetProfiles(t.Context(), numbered(n, &taken), profile.BulkOptions{}) {
					require.NoError(t, err)
					require.False(t, seen[userID], "%s is reported twice", userID)
					seen[userID] = true
				}
				took := time.Since(start)
				t.Logf("%d users in %v: %.1f a second", n, took, n/took.Seconds())
				require.Len(t, seen, n)
				// 20 at once and 180 a second from then on, and one latency for the last of them.
				assert.InDelta(t, (n-20)/180.0+latency.Seconds(), took.Seconds(), 0.05)
				for _, call := range chat.Calls() {
					require.Zero(t, call.Code, "no call is over the limit")
				}
				for i := range n {
					require.Equal(t, "Nick "+strconv.Itoa(i), nickOf(t, chat, userID(i)))
				}
			})
		})
	}
}

func TestSetProfilesReportsEachFailureAloneAndSendsTheRest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		chat := chatWith(t, 3)
		chat.SetSettings(restapitest.Settings{ForbidWords: []string{"rude"}})
		updates := func(yield func(string, profile.Items) bool) {
			_ = yield(userID(0), profile.Items{profile.Nick.To("Ann")}) &&
				yield("", profile.Items{profile.Nick.To("Nobody")}) &&
				yield(userID(1), nil) &&
				yield("stranger", profile.Items{profile.Nick.To("Stranger")}) &&
				yield(userID(2), profile.Items{profile.Nick.To("rude")}) &&
				yield(userID(1), profile.Items{profile.Nick.To("Bob")})
		}
		got := make(map[string][]error)
		for userID, err := range profile.NewClient(chat.Client()).SetProfiles(t.Context(), updates, profile.BulkOptions{}) {
			got[userID] = append(got[userID], err)
		}
		require.Len(t, got, 5)
		require.NoError(t, got[userID(0)][0])
		require.ErrorIs(t, got[""][0], restapi.ErrInvalidArgument)
		require.ErrorIs(t, got["stranger"][0], restapi.CodeProfileAccountNotFound)
		require.ErrorIs(t, got[userID(2)][0], restapi.CodeProfileSensitiveText)
		require.Len(t, got[userID(1)], 2, "one outcome for each update")
		require.ErrorIs(t, got[userID(1)][0], restapi.ErrInvalidArgument, "in the order of the input")
		require.NoError(t, got[userID(1)][1])
		assert.Equal(t, "Ann", nickOf(t, chat, userID(0)))
		assert.Equal(t, "Bob", nickOf(t, chat, userID(1)))
		assert.Len(t, chat.Calls(), 4, "what is refused by the client is not sent")
	})
}

func TestSetProfilesReportsWhileTheInputWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		slow := func(yield func(string, profile.Items) bool) {
			if yield("ann", profile.Items{profile.Nick.To("Ann")}) {
				time.Sleep(time.Hour)
			}
		}
		for range profile.NewClient(callerFunc(nobody)).SetProfiles(t.Context(), slow, profile.BulkOptions{}) {
			assert.Zero(t, time.Since(start))
		}
		assert.Equal(t, time.Hour, time.Since(start))
	})
}

func TestSetProfilesTakesNoMoreThanThereIsRoomFor(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ option, want int }{
		"default": {0, 64}, "negative": {-1, 64}, "one": {1, 1}, "five": {5, 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var taken, calling, most atomic.Int64
				caller := callerFunc(func(context.Context, string, string) error {
					if now := calling.Add(1); now > most.Load() {
						most.Store(now)
					}
					time.Sleep(time.Second)
					calling.Add(-1)
					return nil
				})
				reported := 0
				opts := profile.BulkOptions{Concurrency: tc.option}
				for range profile.NewClient(caller).SetProfiles(t.Context(), numbered(300, &taken), opts) {
					time.Sleep(10 * time.Second) // so that all that may be under way is done
					require.LessOrEqual(t, int(taken.Load())-reported, tc.want)
					reported++
				}
				assert.Equal(t, 300, reported)
				assert.EqualValues(t, tc.want, most.Load())
			})
		})
	}
}

func TestSetProfilesKeepsTheOrderOfOneUser(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		sent, busy := make(map[string][]string), make(map[string]bool)
		caller := callerFunc(func(_ context.Context, userID, nick string) error {
			mu.Lock()
			assert.False(t, busy[userID], "two updates of %s under way", userID)
			busy[userID] = true
			n := len(sent[userID])
			sent[userID] = append(sent[userID], nick)
			mu.Unlock()
			time.Sleep(time.Duration(10-n) * time.Second) // the later, the quicker
			mu.Lock()
			busy[userID] = false
			mu.Unlock()
			return errors.New(nick)
		})
		updates := func(yield func(string, profile.Items) bool) {
			for i := range 8 {
				for _, userID := range []string{"ann", "ann", "bob"} {
					if !yield(userID, profile.Items{profile.Nick.To(fmt.Sprint(userID, i))}) {
						return
					}
				}
			}
		}
		start := time.Now()
		reported := make(map[string][]string)
		for userID, err := range profile.NewClient(caller).SetProfiles(t.Context(), updates, profile.BulkOptions{}) {
			reported[userID] = append(reported[userID], err.Error())
		}
		assert.True(t, slices.IsSorted(sent["ann"]) && slices.IsSorted(sent["bob"]), sent)
		assert.Equal(t, sent, reported)
		assert.Len(t, sent["ann"], 16)
		assert.Less(t, time.Since(start), 80*time.Second, "bob does not wait for ann")
	})
}

// A limiter that refuses in place of waiting, and a deadline that most of the input cannot meet, must not run through
// the input with a refusal for each user.
func TestSetProfilesWaitsWhereTheLimiterRefuses(t *testing.T) {
	t.Parallel()
	for name, cfg := range map[string]restapi.LimiterConfig{
		"fail fast": {FailFast: true}, "short wait": {MaxWait: time.Millisecond}, "waits": {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				chat := chatWith(t, 1000)
				users := profile.NewClient(chat.Client(restapi.WithLimiter(restapi.NewLimiter(cfg))))
				var taken atomic.Int64
				for _, err := range users.SetProfiles(t.Context(), numbered(200, &taken), profile.BulkOptions{}) {
					require.NoError(t, err)
				}
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				done, failed := 0, 0
				start := time.Now()
				for _, err := range users.SetProfiles(ctx, numbered(1000, &taken), profile.BulkOptions{}) {
					if err == nil {
						done++
						continue
					}
					failed++
					require.ErrorIs(t, err, context.DeadlineExceeded)
				}
				assert.Equal(t, time.Second, time.Since(start))
				assert.Greater(t, done, 150)
				assert.LessOrEqual(t, failed, 64, "only those that were under way at the deadline")
			})
		})
	}
}

// Two processes that know nothing of each other import into one app: both are refused for the rate now and then, and no user
// fails for it.
func TestSetProfilesOutlastsRefusalsForTheRate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const n = 1500
		chat := chatWith(t, 2*n)
		var both sync.WaitGroup
		for i := range 2 {
			both.Go(func() {
				var taken atomic.Int64
				updates := func(yield func(string, profile.Items) bool) {
					for userID, items := range numbered(2*n, &taken) {
						if taken.Load()%2 == int64(i) && !yield(userID, items) {
							return
						}
					}
				}
				for userID, err := range profile.NewClient(chat.Client()).SetProfiles(t.Context(), updates, profile.BulkOptions{}) {
					assert.NoError(t, err, userID)
				}
			})
		}
		start := time.Now()
		both.Wait()
		refused := 0
		for _, call := range chat.Calls() {
			if call.Code == restapi.CodeCommandRateLimited {
				refused++
			}
		}
		t.Logf("%d users in %v, %d refusals", 2*n, time.Since(start), refused)
		assert.Positive(t, refused)
		for i := range 2 * n {
			require.NotEmpty(t, nickOf(t, chat, userID(i)))
		}
	})
}

func TestSetProfilesReportsALimitOfADay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		chat := chatWith(t, 1)
		chat.FailNext(profile.CommandPortraitSet, restapi.CodeTrialDailyLimit, 1)
		var taken atomic.Int64
		for _, err := range profile.NewClient(chat.Client()).SetProfiles(t.Context(), numbered(1, &taken), profile.BulkOptions{}) {
			require.ErrorIs(t, err, restapi.CodeTrialDailyLimit)
		}
	})
}

func TestSetProfilesAnswersARefusalWithoutATimeByAPause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		caller := callerFunc(func(context.Context, string, string) error {
			asked++
			return &restapi.RateLimitError{Command: profile.CommandPortraitSet}
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second+time.Millisecond)
		defer cancel()
		var taken atomic.Int64
		for _, err := range profile.NewClient(caller).SetProfiles(ctx, numbered(1, &taken), profile.BulkOptions{}) {
			require.ErrorIs(t, err, restapi.ErrRateLimited)
			require.ErrorIs(t, err, context.DeadlineExceeded)
		}
		assert.LessOrEqual(t, asked, 101)
	})
}

func TestSetProfilesCanBeRangedOverAgain(t *testing.T) {
	t.Parallel()
	var taken atomic.Int64
	outcomes := profile.NewClient(callerFunc(nobody)).SetProfiles(t.Context(), numbered(10, &taken), profile.BulkOptions{})
	for want := range 2 {
		n := 0
		for range outcomes {
			n++
		}
		assert.Equal(t, 10, n)
		assert.EqualValues(t, 10*(want+1), taken.Load())
	}
}
