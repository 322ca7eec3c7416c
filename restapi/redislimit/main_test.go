package redislimit_test

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/alicebob/miniredis/v2/server"
	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/redislimit"
)

const appID = 1400000001

var setCommand = restapi.Command{Service: "profile", Name: "portrait_set", PerSecond: 200, Idempotent: true}

func TestMain(m *testing.M) {
	if addr := os.Getenv(processAddr); addr != "" {
		callFromProcess(addr)
		return
	}
	goleak.VerifyTestMain(m)
}

// A fakeRedis answers a client's commands from a miniredis without a network, so that its time is that of a synctest
// bubble. It can be slow and it can be gone.
type fakeRedis struct {
	mini  *miniredis.Miniredis
	mu    sync.Mutex       // one command at a time, as Redis does
	see   func(args []any) // every command
	calls atomic.Int64
	delay atomic.Int64 // of each answer
	fault atomic.Pointer[error]
	deaf  atomic.Bool // heeds no context
	stuck atomic.Bool // answers nothing, and heeds no context either
}

func newFakeRedis(t *testing.T) *fakeRedis {
	t.Helper()
	return &fakeRedis{mini: miniredis.RunT(t)}
}

// client returns a client of f. To be called inside of the bubble.
func (f *fakeRedis) client(t *testing.T) redis.UniversalClient {
	t.Helper()
	client := redis.NewClient(&redis.Options{Addr: "127.0.0.1:1", MaxRetries: -1})
	client.AddHook(f)
	t.Cleanup(func() {
		f.stuck.Store(false)
		time.Sleep(time.Second) // what hung comes back
		client.Close()
	})
	return client
}

func (f *fakeRedis) DialHook(next redis.DialHook) redis.DialHook { return next }

func (f *fakeRedis) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

func (f *fakeRedis) ProcessHook(redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		f.calls.Add(1)
		if f.see != nil {
			f.see(cmd.Args())
		}
		for f.stuck.Load() {
			time.Sleep(10 * time.Millisecond)
		}
		if fault := f.fault.Load(); fault != nil {
			cmd.SetErr(*fault)
			return *fault
		}
		reply, err := f.do(cmd.Args())
		ended := ctx.Done()
		if f.deaf.Load() {
			ended = nil
		}
		select {
		case <-time.After(time.Duration(f.delay.Load())):
		case <-ended:
			err = ctx.Err()
		}
		if err != nil {
			cmd.SetErr(err)
			return err
		}
		cmd.(*redis.Cmd).SetVal(reply)
		return nil
	}
}

// do runs one command and reads the few forms that the scripts answer in.
func (f *fakeRedis) do(args []any) (any, error) {
	words := make([]string, len(args))
	for i, arg := range args {
		words[i] = word(arg)
	}
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	f.mu.Lock()
	f.mini.Server().Dispatch(server.NewPeer(w), words)
	f.mu.Unlock()
	_ = w.Flush()
	lines := strings.Split(strings.TrimSuffix(out.String(), "\r\n"), "\r\n")
	switch head := lines[0]; head[0] {
	case '-':
		return nil, redisError(head[1:])
	case '*':
		values := make([]any, len(lines)-1)
		for i, line := range lines[1:] {
			values[i] = number(line[1:])
		}
		return values, nil
	default:
		return number(head[1:]), nil
	}
}

type redisError string

func (e redisError) Error() string { return string(e) }
func (redisError) RedisError()     {}

func newLimiter(t *testing.T, client redis.UniversalClient, opts ...redislimit.Option) *redislimit.Limiter {
	t.Helper()
	l, err := redislimit.New(client, appID, opts...)
	require.NoError(t, err)
	return l
}

// admitted runs workers for each limiter that call cmd as fast as it lets them for d, and returns the times of the
// calls.
func admitted(t *testing.T, cmd restapi.Command, workers int, d time.Duration, limiters ...restapi.Limiter) []time.Duration {
	t.Helper()
	var mu sync.Mutex
	var at []time.Duration
	var wg sync.WaitGroup
	start := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	for _, l := range limiters {
		for range workers {
			wg.Go(func() {
				for l.Wait(ctx, cmd) == nil {
					mu.Lock()
					at = append(at, time.Since(start))
					mu.Unlock()
				}
			})
		}
	}
	wg.Wait()
	return at
}

// busiest returns the most calls in any window of one second. at is in order.
func busiest(at []time.Duration) int {
	most, first := 0, 0
	for last := range at {
		for at[last]-at[first] >= time.Second {
			first++
		}
		most = max(most, last-first+1)
	}
	return most
}
