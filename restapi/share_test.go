package restapi_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// load runs clients that each want more than the app has, for so many seconds, and returns how many calls the service
// answered and how many it refused in each second.
func load(t *testing.T, chat *restapitest.Server, seconds int, opts ...[]restapi.Option) (served, refused []int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Duration(seconds)*time.Second)
	defer cancel()
	var wg sync.WaitGroup
	for _, opt := range opts {
		client := chat.Client(opt...)
		defer client.CloseIdleConnections()
		users := profile.NewClient(client)
		for range 32 {
			wg.Go(func() {
				for ctx.Err() == nil {
					if _, err := users.GetProfiles(ctx, []string{"leckie"}, profile.Nick); errors.Is(err, restapi.ErrRateLimited) && restapi.CodeOf(err) == 0 {
						return // no turn before the end
					}
				}
			})
		}
	}
	start := time.Now()
	wg.Wait()
	served, refused = make([]int, seconds+1), make([]int, seconds+1)
	for _, call := range chat.Calls() {
		second := int(call.Time.Sub(start) / time.Second)
		if call.Command != profile.CommandPortraitGet || second < 0 || second > seconds {
			continue
		}
		served[second]++
		if call.Code == restapi.CodeCommandRateLimited {
			refused[second]++
			served[second]--
		}
	}
	return served[:seconds], refused[:seconds]
}

// Four clients that know nothing of each other share the 200 calls a second of one app.
func TestFourClientsSettleOnOneBudget(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		chat := restapitest.NewServer(restapitest.WithoutListener())
		defer chat.Close()
		require.NoError(t, account.NewClient(chat.Client()).Import(t.Context(), account.Account{UserID: "leckie"}))
		const seconds = 40
		served, refused := load(t, chat, seconds, nil, nil, nil, nil)
		all, no := 0, 0
		for s := 3; s < seconds; s++ {
			all, no = all+served[s]+refused[s], no+refused[s]
		}
		t.Log("served in each second:", served)
		t.Log("refused in each second:", refused)
		assert.Less(t, float64(no)/float64(all), 0.02, "refused after the first three seconds")
		assert.Greater(t, float64(all-no)/(seconds-3), 0.8*200, "served in a second")
	})
}

// With a share each there is nothing to learn: nobody is ever refused.
func TestFourSharesFitIntoOneBudget(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		chat := restapitest.NewServer(restapitest.WithoutListener())
		defer chat.Close()
		chat.AddAccount("leckie")
		share := func() []restapi.Option {
			return []restapi.Option{restapi.WithLimiter(restapi.NewLimiter(restapi.LimiterConfig{Share: 0.25}))}
		}
		const seconds = 10
		served, refused := load(t, chat, seconds, share(), share(), share(), share())
		assert.Equal(t, make([]int, seconds), refused)
		total := 0
		for _, n := range served {
			total += n
		}
		assert.GreaterOrEqual(t, total, seconds*4*45)
	})
}
