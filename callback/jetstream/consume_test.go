package jetstream_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	webhooks "github.com/go-tencentchat/tencentchat/callback/jetstream"
)

func TestHandled(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	h := handler(t)
	events := make(chan *callback.ProfilePortraitSet, 1)
	deliveries := make(chan webhooks.Delivery, 1)
	callback.On(h, func(ctx context.Context, e *callback.ProfilePortraitSet) error {
		d, ok := webhooks.DeliveryFrom(ctx)
		assert.True(t, ok)
		_, ok = ctx.Deadline()
		assert.True(t, ok)
		events <- e
		deliveries <- d
		return nil
	})
	e := envelope("id-1", portraitSet, `{"From_Account":"u-1"}`)
	e.ClientIP, e.OptPlatform, e.RequestID = "203.0.113.7", "Web", "request-1"
	require.NoError(t, sink(t, js).Put(t.Context(), e))
	told, all := outcomes()
	stop := consume(t, js, h, told)
	event, d := next(t, events), next(t, deliveries)
	assert.Equal(t, "u-1", event.FromAccount)
	assert.Equal(t, "203.0.113.7", event.ClientIP)
	assert.Equal(t, callback.Platform("Web"), event.OptPlatform)
	assert.True(t, e.ReceivedAt.Equal(event.ReceivedAt))
	assert.WithinDuration(t, time.Now(), d.StoredAt, time.Minute)
	d.StoredAt = time.Time{}
	assert.Equal(t, webhooks.Delivery{
		ID: "id-1", Command: portraitSet, RequestID: "request-1", Stream: webhooks.DefaultStream, Sequence: 1, Try: 1,
	}, d)
	assert.Equal(t, webhooks.Handled, next(t, all).outcome)
	require.NoError(t, stop())
	info := pending(t, js)
	assert.Equal(t, uint64(1), info.AckFloor.Stream)
	assert.Zero(t, info.NumAckPending)

	// Nothing is left for another one, and a consumer of another name gets it too.
	require.NoError(t, sink(t, js).Put(t.Context(), envelope("id-2", portraitSet, `{}`)))
	consume(t, js, h, told)
	assert.Empty(t, next(t, events).FromAccount)
	assert.Equal(t, "id-2", next(t, deliveries).ID)
	consume(t, js, h, webhooks.WithConsumer("audit"), webhooks.WithConcurrency(1))
	assert.Equal(t, "u-1", next(t, events).FromAccount)
	_, ok := webhooks.DeliveryFrom(t.Context())
	assert.False(t, ok)
}

func TestOnlySome(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	to := sink(t, js)
	for i, command := range []string{portraitSet, stateChange, "New.X"} {
		e := envelope(command, command, `{}`)
		require.NoError(t, to.Put(t.Context(), e))
		e.ID, e.SDKAppID = e.ID+"other app", app+1
		require.NoError(t, to.Put(t.Context(), e), i)
	}
	get := func(n int, opts ...webhooks.ConsumeOption) (ids []string) {
		told, all := outcomes()
		stop := consume(t, js, taker(t), append(opts, told)...)
		for range n {
			got := next(t, all)
			assert.Equal(t, webhooks.Handled, got.outcome)
			ids = append(ids, got.ID)
		}
		require.NoError(t, stop())
		return ids
	}
	assert.ElementsMatch(t, []string{portraitSet, stateChange, "New.X"},
		get(3, webhooks.WithOnly(app), webhooks.WithConsumer("a")))
	assert.Equal(t, []string{stateChange}, get(1, webhooks.WithOnly(app, stateChange), webhooks.WithConsumer("b")))
	assert.ElementsMatch(t, []string{stateChange, portraitSet},
		get(2, webhooks.WithOnly(app, stateChange), webhooks.WithOnly(app, portraitSet), webhooks.WithConsumer("c")))
	assert.Equal(t, []string{"New.X"}, get(1, webhooks.WithOnly(app), webhooks.WithConsumer("d"),
		webhooks.WithConsumerConfig(func(cfg *jetstream.ConsumerConfig) {
			cfg.DeliverPolicy, cfg.OptStartSeq = jetstream.DeliverByStartSequencePolicy, 5
		})))
}

func TestConcurrencyIsBounded(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	const total, limit = 300, 3
	to := sink(t, js)
	for i := range total {
		require.NoError(t, to.Put(t.Context(), envelope(fmt.Sprint(i), portraitSet, `{}`)))
	}
	told, all := outcomes()
	var most [2]atomic.Int64
	for n := range most {
		var running atomic.Int64
		h := handler(t)
		callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error {
			now := running.Add(1)
			for old := most[n].Load(); now > old && !most[n].CompareAndSwap(old, now); old = most[n].Load() {
			}
			time.Sleep(time.Millisecond)
			running.Add(-1)
			return nil
		})
		consume(t, js, h, told, webhooks.WithConcurrency(limit))
	}
	seen := map[string]bool{}
	for range total {
		got := next(t, all)
		assert.Equal(t, webhooks.Handled, got.outcome)
		assert.Equal(t, 1, got.Try)
		assert.False(t, seen[got.ID], "handled twice")
		seen[got.ID] = true
	}
	for n := range most {
		assert.Equal(t, int64(limit), most[n].Load(), "both work, and as much as they may")
	}
}

func TestLongHandlerKeepsItsWebhook(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	h := handler(t)
	var calls atomic.Int64
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error {
		calls.Add(1)
		time.Sleep(1200 * time.Millisecond)
		return nil
	})
	told, all := outcomes()
	for range 2 { // someone else would take it
		consume(t, js, h, told, webhooks.WithAckWait(300*time.Millisecond))
	}
	require.NoError(t, sink(t, js).Put(t.Context(), envelope("1", portraitSet, `{}`)))
	assert.Equal(t, webhooks.Handled, next(t, all).outcome)
	assert.Equal(t, int64(1), calls.Load())
	assert.Zero(t, pending(t, js).NumRedelivered)
}

func TestHandlerOutlivesTheServer(t *testing.T) {
	t.Parallel()
	opts := serverOptions(t.TempDir(), server.RANDOM_PORT)
	s := startServer(t, opts)
	_, js := connect(t, s.ClientURL())
	require.NoError(t, webhooks.EnsureStream(t.Context(), js, webhooks.StreamConfig{}))
	h := handler(t)
	started, finish := make(chan bool, 10), make(chan bool)
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error {
		started <- true
		<-finish
		return nil
	})
	told, all := outcomes()
	consume(t, js, h, told, webhooks.WithAckWait(200*time.Millisecond))
	to := sink(t, js)
	require.NoError(t, to.Put(t.Context(), envelope("1", portraitSet, `{}`)))
	next(t, started)
	opts.Port = port(s)
	stopServer(s)
	time.Sleep(600 * time.Millisecond) // AckWait is over when the server is back
	startServer(t, opts)
	require.NoError(t, to.Put(t.Context(), envelope("2", portraitSet, `{}`)))
	next(t, started) // the second one: webhooks come again
	c, err := js.Consumer(t.Context(), webhooks.DefaultStream, webhooks.DefaultConsumer)
	require.NoError(t, err)
	assert.Eventually(t, func() bool {
		info, err := c.Info(t.Context())
		return err == nil && info.NumRedelivered > 0
	}, 5*time.Second, 20*time.Millisecond, "the server gives the first one out again")
	assert.Empty(t, started, "and its handler, which still runs, is not called a second time")
	close(finish)
	got := map[string]webhooks.Outcome{}
	for range 2 {
		one := next(t, all)
		got[one.ID] = one.outcome
	}
	assert.Equal(t, map[string]webhooks.Outcome{"1": webhooks.Handled, "2": webhooks.Handled}, got)
	require.Eventually(t, func() bool {
		info, err := c.Info(t.Context())
		return err == nil && info.AckFloor.Stream == 2
	}, 10*time.Second, 20*time.Millisecond)
}

func TestStopLetsHandlersFinish(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	h := handler(t)
	started, finish := make(chan bool, 1), make(chan bool)
	callback.On(h, func(ctx context.Context, _ *callback.ProfilePortraitSet) error {
		started <- true
		select {
		case <-finish:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	told, all := outcomes()
	stop := consume(t, js, h, told)
	require.NoError(t, sink(t, js).Put(t.Context(), envelope("1", portraitSet, `{}`)))
	next(t, started)
	stopped := make(chan error)
	go func() { stopped <- stop() }()
	select {
	case <-stopped:
		t.Error("stopped before its handler")
	case <-time.After(1200 * time.Millisecond):
	}
	require.NoError(t, sink(t, js).Put(t.Context(), envelope("2", portraitSet, `{}`)))
	close(finish)
	require.NoError(t, next(t, stopped))
	assert.Equal(t, webhooks.Handled, next(t, all).outcome)
	assert.Empty(t, all, "nothing more is taken")
	assert.Equal(t, uint64(1), pending(t, js).AckFloor.Stream)
}

func TestStopAfterGrace(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	h := handler(t)
	started := make(chan bool, 1)
	var second atomic.Bool
	callback.On(h, func(ctx context.Context, _ *callback.ProfilePortraitSet) error {
		if second.Load() {
			return nil
		}
		started <- true
		<-ctx.Done()
		return ctx.Err()
	})
	told, all := outcomes()
	stop := consume(t, js, h, told, webhooks.WithGrace(50*time.Millisecond), webhooks.WithTries(1))
	require.NoError(t, sink(t, js).Put(t.Context(), envelope("1", portraitSet, `{}`)))
	next(t, started)
	require.NoError(t, stop())
	got := next(t, all)
	assert.Equal(t, webhooks.Retried, got.outcome, "being stopped is not a failure of the webhook")
	require.ErrorIs(t, got.err, context.Canceled)
	second.Store(true)
	start := time.Now()
	consume(t, js, h, told) // the default wait for a sign of life is 30 seconds
	assert.Equal(t, webhooks.Handled, next(t, all).outcome)
	assert.Less(t, time.Since(start), 10*time.Second, "given back at once")
}

func TestConsumerThatIsDeletedIsMadeAgain(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	told, all := outcomes()
	var l logged
	consume(t, js, taker(t), told, l.option(), webhooks.WithConcurrency(1))
	to := sink(t, js)
	require.NoError(t, to.Put(t.Context(), envelope("1", portraitSet, `{}`)))
	assert.Equal(t, "1", next(t, all).ID)
	require.NoError(t, js.DeleteConsumer(t.Context(), webhooks.DefaultStream, webhooks.DefaultConsumer))
	require.NoError(t, to.Put(t.Context(), envelope("2", portraitSet, `{}`)))
	assert.Equal(t, "1", next(t, all).ID, "a new one begins at the beginning")
	assert.Equal(t, "2", next(t, all).ID)
	assert.Contains(t, l.String(), "no webhooks from the server")

	require.NoError(t, js.DeleteStream(t.Context(), webhooks.DefaultStream))
	require.Eventually(t, func() bool { return contains(&l, "stream not found") },
		10*time.Second, 20*time.Millisecond)
	require.NoError(t, webhooks.EnsureStream(t.Context(), js, webhooks.StreamConfig{}))
	require.NoError(t, to.Put(t.Context(), envelope("3", portraitSet, `{}`)))
	assert.Equal(t, "3", next(t, all).ID)
}

func TestConsumeWaitsForTheServer(t *testing.T) {
	t.Parallel()
	opts := serverOptions(t.TempDir(), server.RANDOM_PORT)
	s := startServer(t, opts)
	_, js := connect(t, s.ClientURL())
	require.NoError(t, webhooks.EnsureStream(t.Context(), js, webhooks.StreamConfig{}))
	require.NoError(t, sink(t, js).Put(t.Context(), envelope("1", portraitSet, `{}`)))
	opts.Port = port(s)
	stopServer(s)
	_, js = connect(t, "nats://127.0.0.1:"+fmt.Sprint(opts.Port)) // begins without a server
	told, all := outcomes()
	consume(t, js, taker(t), told)
	startServer(t, opts)
	assert.Equal(t, "1", next(t, all).ID)

	// Stopped before it ever began.
	_, js = connect(t, "nats://127.0.0.1:1")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	require.NoError(t, webhooks.Consume(ctx, js, handler(t)))
}

func TestConsumeRefuses(t *testing.T) {
	t.Parallel()
	s := startServer(t, serverOptions(t.TempDir(), server.RANDOM_PORT))
	conn, js := connect(t, s.ClientURL())
	h := handler(t)
	require.ErrorIs(t, webhooks.Consume(t.Context(), js, h), jetstream.ErrStreamNotFound)
	_, err := js.CreateStream(t.Context(), jetstream.StreamConfig{
		Name: webhooks.DefaultStream, Subjects: []string{"tencentchat.webhook.>"},
	})
	require.NoError(t, err)
	require.ErrorContains(t, webhooks.Consume(t.Context(), js, h), "no stream takes tencentchat.webhook-dead.>")
	require.NoError(t, webhooks.EnsureStream(t.Context(), js, webhooks.StreamConfig{}))
	require.ErrorIs(t, webhooks.Consume(t.Context(), js, h, webhooks.WithStream("OTHER", "tencentchat.webhook")),
		jetstream.ErrStreamNotFound)
	require.Error(t, webhooks.Consume(t.Context(), nil, h))
	require.Error(t, webhooks.Consume(t.Context(), js, nil))
	for name, opt := range map[string]webhooks.ConsumeOption{
		"nil option": nil,
		"no stream":  webhooks.WithStream("", "a"),
		"bad prefix": webhooks.WithStream("A", "a."),
		"no name":    webhooks.WithConsumer(""),
		"bad name":   webhooks.WithConsumer("a.b"),
		"app 0":      webhooks.WithOnly(0),
		"no command": webhooks.WithOnly(app, ""),
		"no workers": webhooks.WithConcurrency(0),
		"ack wait":   webhooks.WithAckWait(time.Millisecond),
		"timeout":    webhooks.WithTimeout(0),
		"grace":      webhooks.WithGrace(-1),
		"no tries":   webhooks.WithTries(0),
		"no delay":   webhooks.WithTries(1, 0),
		"permanent":  webhooks.WithPermanent(nil),
		"outcome":    webhooks.WithOutcome(nil),
		"config":     webhooks.WithConsumerConfig(nil),
	} {
		require.ErrorContains(t, webhooks.Consume(t.Context(), js, h, opt), "jetstream: Consume: ", name)
	}
	done := make(chan error)
	go func() { done <- webhooks.Consume(context.Background(), js, h) }()
	require.Eventually(t, func() bool {
		_, err := js.Consumer(t.Context(), webhooks.DefaultStream, webhooks.DefaultConsumer)
		return err == nil
	}, 10*time.Second, 10*time.Millisecond)
	conn.Close()
	require.ErrorIs(t, next(t, done), nats.ErrConnectionClosed)
	require.ErrorIs(t, webhooks.Consume(t.Context(), js, h), nats.ErrConnectionClosed)
}

// A consumer that another process made for other webhooks is left as it is, whoever comes first.
func TestConsumersOfOneNameHaveOneFilter(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	to := sink(t, js)
	filter := func() []string {
		cfg := pending(t, js).Config
		return append(cfg.FilterSubjects, cfg.FilterSubject)
	}
	portraits, states := make(chan bool, 10), make(chan bool, 10)
	first, second := handler(t), handler(t)
	callback.On(first, func(context.Context, *callback.ProfilePortraitSet) error { portraits <- true; return nil })
	callback.On(second, func(context.Context, *callback.StateChange) error { states <- true; return nil })

	stop := consume(t, js, first, webhooks.WithOnly(app, portraitSet))
	require.NoError(t, to.Put(t.Context(), envelope("1", portraitSet, `{}`)))
	next(t, portraits)
	before := filter()
	err := webhooks.Consume(t.Context(), js, second, webhooks.WithOnly(app, stateChange))
	require.ErrorIs(t, err, webhooks.ErrFilter)
	require.ErrorContains(t, err, `it takes ["tencentchat.webhook.1400000001.Profile.CallbackPortraitSet"], `+
		`and ["tencentchat.webhook.1400000001.State.StateChange"] was asked for`)
	require.ErrorContains(t, err, "another name with WithConsumer")
	require.ErrorIs(t, webhooks.Consume(t.Context(), js, second), webhooks.ErrFilter)
	require.ErrorIs(t, webhooks.Consume(t.Context(), js, second, webhooks.WithOnly(app, portraitSet, stateChange)),
		webhooks.ErrFilter)
	assert.Equal(t, before, filter())
	require.NoError(t, to.Put(t.Context(), envelope("2", portraitSet, `{}`)))
	next(t, portraits)
	require.NoError(t, to.Put(t.Context(), envelope("3", stateChange, `{}`)))
	consume(t, js, second, webhooks.WithOnly(app, stateChange), webhooks.WithConsumer("states"))
	next(t, states)
	require.NoError(t, stop())

	// Other settings are changed, and the order of commands is not a difference.
	consume(t, js, first, webhooks.WithOnly(app, portraitSet), webhooks.WithAckWait(7*time.Second))
	require.NoError(t, to.Put(t.Context(), envelope("4", portraitSet, `{}`)))
	next(t, portraits)
	assert.Equal(t, 7*time.Second, pending(t, js).Config.AckWait)
	stop = consume(t, js, second, webhooks.WithOnly(app, stateChange, portraitSet), webhooks.WithConsumer("both"))
	next(t, states)
	require.NoError(t, stop())
	consume(t, js, second, webhooks.WithOnly(app, portraitSet, stateChange), webhooks.WithConsumer("both"))
	require.NoError(t, to.Put(t.Context(), envelope("5", stateChange, `{}`)))
	next(t, states) // by "states" or "both"
	next(t, states)
}

// A consumer that was removed and made for others is not taken over.
func TestConsumeEndsWhereItsFilterChanged(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	done := make(chan error, 1)
	h := taker(t)
	go func() { done <- webhooks.Consume(context.Background(), js, h, webhooks.WithOnly(app, portraitSet)) }()
	require.Eventually(t, func() bool {
		_, err := js.Consumer(t.Context(), webhooks.DefaultStream, webhooks.DefaultConsumer)
		return err == nil
	}, 10*time.Second, 10*time.Millisecond)
	require.NoError(t, js.DeleteConsumer(t.Context(), webhooks.DefaultStream, webhooks.DefaultConsumer))
	_, err := js.CreateConsumer(t.Context(), webhooks.DefaultStream, jetstream.ConsumerConfig{
		Durable: webhooks.DefaultConsumer, AckPolicy: jetstream.AckExplicitPolicy,
	})
	require.NoError(t, err)
	require.ErrorIs(t, next(t, done), webhooks.ErrFilter)
}

func TestConsumersThatStartAtOnce(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	for round := range 5 {
		name := webhooks.WithConsumer(fmt.Sprint("round-", round))
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 4)
		for i := range 4 {
			h := taker(t)
			only := webhooks.WithOnly(app, []string{portraitSet, stateChange}[i%2])
			go func() { done <- webhooks.Consume(ctx, js, h, name, only) }()
		}
		for range 2 { // those that were late
			require.ErrorIs(t, next(t, done), webhooks.ErrFilter)
		}
		cancel()
		for range 2 { // and those that share the work
			require.NoError(t, next(t, done))
		}
	}
}
