package jetstream_test

import (
	"context"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	webhooks "github.com/go-tencentchat/tencentchat/callback/jetstream"
)

const benchBody = `{"CallbackCommand":"Profile.CallbackPortraitSet","Operator_Account":"administrator","From_Account":"u-2",` +
	`"EventTime":1750648028456,"ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"Robin H."},` +
	`{"Tag":"Tag_Profile_IM_Gender","Value":"Gender_Type_Female"},{"Tag":"Tag_Profile_IM_BirthDay","Value":19900117}]}`

func benchStream(b *testing.B, sync bool) jetstream.JetStream {
	b.Helper()
	opts := serverOptions(b.TempDir(), server.RANDOM_PORT)
	opts.SyncAlways = sync
	_, js := connect(b, startServer(b, opts).ClientURL())
	require.NoError(b, webhooks.EnsureStream(b.Context(), js, webhooks.StreamConfig{}))
	return js
}

// BenchmarkPut stores webhooks from 64 goroutines for each processor. Its floor is the same bytes published without
// this package.
func BenchmarkPut(b *testing.B) {
	var n atomic.Int64
	run := func(b *testing.B, put func(id string) error) {
		b.Helper()
		b.ReportAllocs()
		b.SetParallelism(64)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if err := put(strconv.FormatInt(n.Add(1), 10)); err != nil {
					b.Error(err)
				}
			}
		})
	}
	b.Run("floor", func(b *testing.B) {
		js := benchStream(b, false)
		subject := webhooks.Subject(webhooks.DefaultPrefix, app, portraitSet)
		run(b, func(id string) error {
			_, err := js.Publish(context.Background(), subject, []byte(benchBody+benchBody), jetstream.WithMsgID(id))
			return err
		})
	})
	for name, sync := range map[string]bool{"written": false, "synced": true} {
		b.Run(name, func(b *testing.B) {
			to := sink(b, benchStream(b, sync))
			run(b, func(id string) error { return to.Put(context.Background(), envelope(id, portraitSet, benchBody)) })
		})
	}
}

// BenchmarkConsume handles what is in the stream, with a handler that does nothing.
func BenchmarkConsume(b *testing.B) {
	js := benchStream(b, false)
	to := sink(b, js)
	for i := range b.N {
		if err := to.Put(b.Context(), envelope(strconv.Itoa(i), portraitSet, benchBody)); err != nil {
			b.Fatal(err)
		}
	}
	h := handler(b)
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { return nil })
	done := make(chan struct{}, b.N)
	b.ReportAllocs()
	b.ResetTimer()
	stop := consume(b, js, h, webhooks.WithOutcome(func(context.Context, webhooks.Delivery, webhooks.Outcome, error) {
		done <- struct{}{}
	}))
	for range b.N {
		<-done
	}
	b.StopTimer()
	if err := stop(); err != nil {
		b.Fatal(err)
	}
}
