package message_test

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

var hi = message.Message{FromAccount: "ana", MsgBody: message.Text("hi")}

// A batchRequest is what a service sees of a call.
type batchRequest struct {
	ToAccount         []string `json:"To_Account"`
	MsgSeq, MsgRandom uint32
	MsgLifeTime       int
}

// A service is a Caller that keeps what it is asked, and answers what fn says.
type service struct {
	mu    sync.Mutex
	calls []batchRequest
	fn    func(ctx context.Context, n int, r batchRequest) (answer string, err error)
}

func (s *service) Call(ctx context.Context, _ restapi.Command, req, resp any) error {
	body, err := json.Marshal(req)
	if err != nil {
		return err
	}
	var r batchRequest
	if err := json.Unmarshal(body, &r); err != nil {
		return err
	}
	s.mu.Lock()
	s.calls = append(s.calls, r)
	n := len(s.calls)
	s.mu.Unlock()
	answer := "{}"
	if s.fn != nil {
		if answer, err = s.fn(ctx, n, r); err != nil {
			return err
		}
	}
	return json.Unmarshal([]byte(answer), resp)
}

// outcomes are what SendAll yields, each user once.
func outcomes(t testing.TB, all iter.Seq2[string, error]) map[string]error {
	t.Helper()
	got := map[string]error{}
	for userID, err := range all {
		_, again := got[userID]
		require.False(t, again, "%s is reported twice", userID)
		got[userID] = err
	}
	return got
}

func failed(outcomes map[string]error) (userIDs []string) {
	for userID, err := range outcomes {
		if err != nil {
			userIDs = append(userIDs, userID)
		}
	}
	slices.Sort(userIDs)
	return userIDs
}

// Users are sent to by 500, each call with an identity of its own, and each user is reported.
func TestSendAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &service{fn: func(_ context.Context, _ int, r batchRequest) (string, error) {
			if slices.Contains(r.ToAccount, "u600") {
				return `{"ErrorList":[{"To_Account":"u600","ErrorCode":70107}]}`, nil
			}
			return "{}", nil
		}}
		users := append(numbered(1200), "", "bad\nuser")
		opts := message.BulkOptions{Options: []message.SendOption{message.WithLifeTime(time.Hour)}}
		got := outcomes(t, message.NewClient(s).SendAll(t.Context(), slices.Values(users), hi, opts))
		assert.Len(t, got, 1202)
		assert.Equal(t, []string{"", "bad\nuser", "u600"}, failed(got))
		require.ErrorIs(t, got["u600"], restapi.CodeAccountNotFound)
		require.ErrorIs(t, got[""], restapi.ErrInvalidArgument, "the failure of one user alone")
		var sizes []int
		identities := map[identity]bool{}
		for _, call := range s.calls {
			sizes = append(sizes, len(call.ToAccount))
			identities[identity{call.MsgSeq, call.MsgRandom}] = true
			assert.Equal(t, 3600, call.MsgLifeTime)
		}
		slices.Sort(sizes)
		assert.Equal(t, []int{200, 500, 500}, sizes)
		assert.Len(t, identities, 3)
	})
}

func TestSendAllRefusesWhatFailsWithEveryUser(t *testing.T) {
	t.Parallel()
	m := hi
	m.MsgRandom = 7
	for field, list := range map[string]iter.Seq2[string, error]{
		"MsgBody":   message.NewClient(nil).SendAll(t.Context(), nil, message.Message{}, message.BulkOptions{}),
		"MsgRandom": message.NewClient(nil).SendAll(t.Context(), nil, m, message.BulkOptions{}),
		"MsgSeq": message.NewClient(nil).SendAll(t.Context(), nil, hi, message.BulkOptions{
			Options: []message.SendOption{message.WithSeq(7)},
		}),
		"MsgLifeTime": message.NewClient(nil).SendAll(t.Context(), nil, hi, message.BulkOptions{
			Options: []message.SendOption{message.WithLifeTime(1)},
		}),
	} {
		n := 0
		for userID, err := range list {
			assert.Empty(t, userID)
			assert.Equal(t, field, refusedField(t, err))
			n++
		}
		assert.Equal(t, 1, n)
	}
	got := outcomes(t, message.NewClient(nil).SendAll(t.Context(), slices.Values([]string{"", "\n"}), hi, message.BulkOptions{}))
	assert.Len(t, failed(got), 2, "nobody is left to call for")
}

// 100,000 users at the documented limit: 12,000 a minute, a tenth of which may come at once.
func TestSendAllKeepsUpTheDocumentedRate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const n = 100_000
		var sent []time.Duration // of a message
		start := time.Now()
		var mu sync.Mutex
		c := message.NewClient(throttled(t, restapi.NewLimiter(restapi.LimiterConfig{}), func(r batchRequest) (string, error) {
			time.Sleep(300 * time.Millisecond)
			mu.Lock()
			defer mu.Unlock()
			for range r.ToAccount {
				sent = append(sent, time.Since(start))
			}
			return `{"ErrorCode":0}`, nil
		}))
		got := outcomes(t, c.SendAll(t.Context(), slices.Values(numbered(n)), hi, message.BulkOptions{}))
		assert.Len(t, got, n)
		assert.Empty(t, failed(got))
		took := time.Since(start)
		t.Logf("%d users in %v", n, took)
		assert.InDelta(t, n/12_000.0/0.9, took.Minutes(), 0.2)
		slices.Sort(sent)
		for i := 12_000; i < n; i++ {
			require.GreaterOrEqual(t, sent[i]-sent[i-12_000], time.Minute-time.Second, "user %d", i)
		}
	})
}

// The local server counts receivers as the service does: none of 100,000 comes too early for it.
func TestSendAllIsNeverTooFastForTheService(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := restapitest.NewServer(restapitest.WithoutListener())
		defer service.Close()
		users := numbered(100_000)
		service.AddAccount("ana")
		service.AddAccount(users...)
		start := time.Now()
		got := outcomes(t, message.NewClient(service.Client()).SendAll(t.Context(), slices.Values(users), hi, message.BulkOptions{}))
		assert.Len(t, got, len(users))
		assert.Empty(t, failed(got))
		calls := service.Calls()
		for _, call := range calls {
			assert.Zero(t, call.Code)
		}
		assert.Len(t, calls, len(users)/message.MaxReceivers)
		t.Logf("%d users in %v", len(users), time.Since(start))
		assert.InDelta(t, 100_000/12_000.0/0.9, time.Since(start).Minutes(), 0.2)
	})
}

// throttled returns a client whose calls go through limiter and are answered by fn.
func throttled(t *testing.T, limiter restapi.Limiter, fn func(r batchRequest) (string, error)) *restapi.Client {
	t.Helper()
	return callerOf(t, func(body string) (string, error) {
		var r batchRequest
		if err := json.Unmarshal([]byte(body), &r); err != nil {
			return "", err
		}
		return fn(r)
	}, restapi.WithLimiter(limiter))
}

// The rate of calls makes nobody fail, and nobody gets the message twice: only what was not sent begins anew.
func TestSendAllBeginsAnewWhatWasNotSent(t *testing.T) {
	t.Parallel()
	tooFast := &restapi.Error{Code: restapi.CodeMessageBatchRateLimited, Command: message.CommandBatchSendMsg}
	open := *tooFast
	open.Open = true
	for name, tc := range map[string]struct {
		err  error
		want int // calls
	}{
		"refused by the limiter": {&restapi.RateLimitError{Command: message.CommandBatchSendMsg, RetryAfter: time.Minute}, 3},
		"refused for the rate":   {tooFast, 3},
		"refused for the rate after an attempt that may have sent it": {&open, 1},
		"another refusal": {&restapi.Error{Code: restapi.CodeMessageTooLong}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := &service{fn: func(_ context.Context, n int, _ batchRequest) (string, error) {
					if n < 3 {
						return "", tc.err
					}
					return "{}", nil
				}}
				got := outcomes(t, message.NewClient(s).SendAll(t.Context(), slices.Values([]string{"", "ben"}), hi, message.BulkOptions{}))
				assert.Len(t, s.calls, tc.want)
				for _, call := range s.calls {
					assert.Equal(t, s.calls[0], call, "the same message")
				}
				if tc.want == 3 {
					assert.NoError(t, got["ben"])
				} else {
					assert.ErrorIs(t, got["ben"], tc.err)
				}
				assert.ErrorIs(t, got[""], restapi.ErrInvalidArgument)
			})
		})
	}
}

// When the context ends, every user who was taken is reported, those who wait for the rest of their 500 too.
func TestSendAllReportsAllThatItTookWhenTheContextEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		taken := 0
		users := func(yield func(string) bool) {
			for {
				time.Sleep(time.Second)
				taken++
				if !yield("u" + strconv.Itoa(taken)) {
					return
				}
			}
		}
		got := outcomes(t, message.NewClient(&service{}).SendAll(ctx, users, hi, message.BulkOptions{}))
		assert.Len(t, got, taken)
		assert.Len(t, failed(got), taken%500)
		assert.Less(t, taken, 3602)
		for _, userID := range failed(got) {
			require.ErrorIs(t, got[userID], context.DeadlineExceeded)
		}
	})
}

func TestSendAllEndsWithTheLoop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &service{fn: func(context.Context, int, batchRequest) (string, error) { time.Sleep(time.Second); return "{}", nil }}
		taken := 0
		users := func(yield func(string) bool) {
			for yield("u" + strconv.Itoa(taken)) {
				taken++
			}
		}
		for range message.NewClient(s).SendAll(t.Context(), users, hi, message.BulkOptions{Concurrency: 2}) {
			break
		}
		assert.LessOrEqual(t, taken, 1500)
		before := len(s.calls)
		time.Sleep(time.Minute)
		assert.Len(t, s.calls, before)
	})
}

func TestSendAllPassesOnPanics(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	users := func(yield func(string) bool) {
		for _, userID := range numbered(700) {
			yield(userID)
		}
		panic(boom)
	}
	reported := 0
	assert.PanicsWithValue(t, boom, func() {
		for range message.NewClient(&service{}).SendAll(t.Context(), users, hi, message.BulkOptions{}) {
			reported++
		}
	})
	assert.Equal(t, 500, reported, "the other 200 were not sent")
}

func TestSendAllNeedsNoMoreMemoryForAMillion(t *testing.T) {
	if testing.Short() {
		t.Skip("a million users")
	}
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	const n = 1_000_000
	users := func(yield func(string) bool) {
		for i := 0; i < n && yield("user_"+strconv.Itoa(i)); i++ {
		}
	}
	var early, late uint64
	i := 0
	for _, err := range message.NewClient(discard{}).SendAll(t.Context(), users, hi, message.BulkOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		switch i++; i {
		case n / 100:
			early = heap()
		case n - 100:
			late = heap()
		}
	}
	t.Logf("heap after 1 %%: %d KiB, at the end: %d KiB", early>>10, late>>10)
	assert.Equal(t, n, i)
	assert.Less(t, late, early+1<<20)
}

// discard is a Caller that does nothing.
type discard struct{}

func (discard) Call(context.Context, restapi.Command, any, any) error { return nil }
