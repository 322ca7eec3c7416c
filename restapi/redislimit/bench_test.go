package redislimit_test

import (
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/redislimit"
)

// The limit is far above what these reach: they measure what Wait costs where nobody has to wait.
func benchmarkWait(b *testing.B, parallel bool, opts ...redislimit.Option) {
	r := startRedis(b)
	client := redis.NewClient(&redis.Options{Addr: r.addr})
	defer client.Close()
	cmd := restapi.Command{Service: "a", Name: "b"}
	l, err := redislimit.New(client, appID, append(opts, redislimit.WithPerSecond(map[string]int{"a/b": 10_000_000}))...)
	require.NoError(b, err)
	require.NoError(b, l.Wait(b.Context(), cmd))
	b.ReportAllocs()
	if parallel {
		b.SetParallelism(16)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if err := l.Wait(b.Context(), cmd); err != nil {
					b.Error(err)
				}
			}
		})
		return
	}
	for b.Loop() {
		if err := l.Wait(b.Context(), cmd); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWait(b *testing.B)         { benchmarkWait(b, false) }
func BenchmarkWaitParallel(b *testing.B) { benchmarkWait(b, true) }
func BenchmarkWaitLease(b *testing.B)    { benchmarkWait(b, false, redislimit.WithLease(16)) }

// BenchmarkFloor is the least that a call to Redis costs.
func BenchmarkFloor(b *testing.B) {
	r := startRedis(b)
	client := redis.NewClient(&redis.Options{Addr: r.addr})
	defer client.Close()
	require.NoError(b, client.Ping(b.Context()).Err())
	b.ReportAllocs()
	for b.Loop() {
		if err := client.Ping(b.Context()).Err(); err != nil {
			b.Fatal(err)
		}
	}
}
