package restapitest_test

import (
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// A recorder is a backend that takes its time and keeps the levels that it is told of, by user.
type recorder struct {
	takes func() time.Duration

	mu      sync.Mutex
	levels  map[string][]uint32
	now     int // requests under way
	busiest int
	overlap bool // two requests of one user at a time
	users   map[string]bool
}

func newRecorder(takes func() time.Duration) *recorder {
	return &recorder{takes: takes, levels: make(map[string][]uint32), users: make(map[string]bool)}
}

// seen returns the levels of a user in the order in which they came.
func (b *recorder) seen(user string) []uint32 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.levels[user])
}

func (b *recorder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var e callback.ProfilePortraitSet
	body, _ := io.ReadAll(r.Body)
	if json.Unmarshal(body, &e) != nil {
		http.Error(w, "broken", http.StatusBadRequest)
		return
	}
	level, _ := profile.Level.Of(e.ProfileItem)
	b.mu.Lock()
	b.now++
	b.busiest = max(b.busiest, b.now)
	b.overlap = b.overlap || b.users[e.FromAccount]
	b.users[e.FromAccount] = true
	b.levels[e.FromAccount] = append(b.levels[e.FromAccount], level)
	b.mu.Unlock()
	time.Sleep(b.takes())
	b.mu.Lock()
	b.now--
	delete(b.users, e.FromAccount)
	b.mu.Unlock()
	_, _ = io.WriteString(w, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`)
}

// The server is not closed: a goroutine that idles would be left in the bubble, which synctest reports.
func TestWebhooksOfOneUserAreInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newRecorder(func() time.Duration { return rand.N(3 * time.Millisecond) })
		srv := restapitest.NewServer(restapitest.WithoutListener(), restapitest.WithCallbackHandler(b, token),
			restapitest.WithRate(-1))
		users := profile.NewClient(srv.Client(restapi.WithLimiter(nil)))
		const each = 500
		var names []string
		for i := range 20 {
			names = append(names, "user"+strconv.Itoa(i))
		}
		srv.AddAccount(names...)
		for i := range uint32(each) {
			for _, name := range names {
				if i%25 == 0 {
					require.NoError(t, users.SetProfile(t.Context(), name, profile.Level.To(i)))
				} else {
					require.NoError(t, changeProfile(srv, name, callback.PlatformIOS, profile.Level.To(i)))
				}
			}
		}
		srv.Wait()
		for _, name := range names {
			levels, outOfPlace := b.seen(name), 0
			for i, level := range levels {
				if int(level) != i {
					outOfPlace++
				}
			}
			assert.Zero(t, outOfPlace, name)
			assert.Len(t, levels, each, name)
		}
		assert.False(t, b.overlap, "two at a time of one user")
		assert.Greater(t, b.busiest, 1, "users do not wait for each other")
		assert.Len(t, srv.Deliveries(), 20*each)
	})
}

func TestOrderIsThatOfTheChanges(t *testing.T) {
	t.Parallel()
	b := newRecorder(func() time.Duration { return 0 })
	srv := newServer(t, restapitest.WithoutListener(), restapitest.WithCallbackHandler(b, token), restapitest.WithRate(-1))
	client := srv.Client(restapi.WithLimiter(nil))
	platforms := []callback.Platform{ // one for each device: another on its platform would kick it
		callback.PlatformIOS, callback.PlatformAndroid, callback.PlatformWeb, callback.PlatformWindows,
	}
	for round := range 50 {
		name := "user" + strconv.Itoa(round)
		srv.AddAccount(name)
		var callers sync.WaitGroup
		for i := range uint32(8) {
			callers.Go(func() {
				if i%2 == 0 {
					assert.NoError(t, profile.NewClient(client).SetProfile(t.Context(), name, profile.Level.To(i)))
				} else {
					assert.NoError(t, changeProfile(srv, name, platforms[i/2], profile.Level.To(i)))
				}
			})
		}
		callers.Wait()
		srv.Wait()
		items, _ := srv.Profile(name)
		level, _ := profile.Level.Of(items)
		levels := b.seen(name)
		require.Len(t, levels, 8)
		require.Equal(t, level, levels[7], "the last webhook tells what is there")
	}
}

func TestWebhooksAreBoundedInNumber(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newRecorder(func() time.Duration { return time.Second })
		srv := restapitest.NewServer(restapitest.WithoutListener(), restapitest.WithCallbackHandler(b, token))
		start := time.Now()
		for i := range 130 {
			name := "user" + strconv.Itoa(i)
			srv.AddAccount(name)
			require.NoError(t, changeProfile(srv, name, callback.PlatformIOS, profile.Level.To(1)))
		}
		srv.Wait()
		assert.Equal(t, 64, b.busiest)
		assert.Equal(t, 3*time.Second, time.Since(start))
	})
}

func TestAWebhookWaitsForTheAnswersBefore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newRecorder(func() time.Duration { return 0 })
		srv := newServer(t, restapitest.WithoutListener(), restapitest.WithCallbackHandler(b, token))
		srv.AddAccount("ann", "bob")
		users := profile.NewClient(srv.Client())
		srv.Delay(profile.CommandPortraitSet, 3*time.Second)
		var held sync.WaitGroup
		held.Go(func() { assert.NoError(t, users.SetProfile(t.Context(), "ann", profile.Level.To(0))) })
		synctest.Wait()
		require.NoError(t, changeProfile(srv, "ann", callback.PlatformIOS, profile.Level.To(1)))
		require.NoError(t, changeProfile(srv, "bob", callback.PlatformIOS, profile.Level.To(7)))
		synctest.Wait()
		assert.Empty(t, b.seen("ann"))
		assert.Equal(t, []uint32{7}, b.seen("bob"))
		held.Wait()
		srv.Wait()
		assert.Equal(t, []uint32{0, 1}, b.seen("ann"))
	})
}

func TestCloseDoesNotWaitForEveryWebhook(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newRecorder(func() time.Duration { return 1500 * time.Millisecond })
		srv := restapitest.NewServer(restapitest.WithoutListener(), restapitest.WithCallbackHandler(b, token))
		srv.AddAccount("ann")
		for i := range uint32(100) {
			require.NoError(t, changeProfile(srv, "ann", callback.PlatformIOS, profile.Level.To(i)))
		}
		start := time.Now()
		srv.Close()
		assert.Equal(t, 3*time.Second, time.Since(start))
		sent := srv.Deliveries()
		require.Len(t, sent, 100)
		require.NoError(t, sent[1].Err)
		require.ErrorContains(t, sent[2].Err, "the server was closed before its turn")
		assert.Len(t, b.seen("ann"), 2)
	})
}
