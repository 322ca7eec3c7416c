package jetstream_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
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

func TestFailedIsTriedAgainAndSetAside(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	h := handler(t)
	broken := errors.New("the store\nis down")
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { return broken })
	callback.On(h, func(context.Context, *callback.StateChange) error { panic("bug") })
	told, all := outcomes()
	var l logged
	stop := consume(t, js, h, told, l.option(), webhooks.WithTries(3, 100*time.Millisecond, 400*time.Millisecond))
	to := sink(t, js)
	e := envelope("1", portraitSet, `{"From_Account":"secret"}`)
	e.RequestID = "request-1"
	require.NoError(t, to.Put(t.Context(), e))
	var got []settled
	for range 3 {
		got = append(got, next(t, all))
	}
	for i, want := range []webhooks.Outcome{webhooks.Retried, webhooks.Retried, webhooks.SetAside} {
		assert.Equal(t, want, got[i].outcome)
		assert.Equal(t, i+1, got[i].Try)
		require.ErrorIs(t, got[i].err, broken)
	}
	assert.GreaterOrEqual(t, got[1].at.Sub(got[0].at), 100*time.Millisecond)
	assert.GreaterOrEqual(t, got[2].at.Sub(got[1].at), 400*time.Millisecond)

	require.NoError(t, to.Put(t.Context(), envelope("2", stateChange, `{}`)))
	for i, want := range []webhooks.Outcome{webhooks.Retried, webhooks.Retried, webhooks.SetAside} {
		one := next(t, all)
		assert.Equal(t, want, one.outcome, i)
	}
	require.NoError(t, stop())
	aside := dead(t, js, 2)
	assert.Equal(t, "tencentchat.webhook-dead.1400000001.Profile.CallbackPortraitSet", aside[0].Subject)
	assert.Contains(t, string(aside[0].Data), `"ID":"1"`)
	header := aside[0].Header
	assert.Equal(t, "callback: Profile.CallbackPortraitSet: the store is down", header.Get(webhooks.HeaderReason))
	assert.Equal(t, "3", header.Get(webhooks.HeaderTries))
	assert.Equal(t, webhooks.DefaultStream, header.Get(webhooks.HeaderStream))
	assert.Equal(t, "1", header.Get(webhooks.HeaderSequence))
	assert.Equal(t, "tencentchat.webhook.1400000001.Profile.CallbackPortraitSet", header.Get(webhooks.HeaderSubject))
	assert.Equal(t, webhooks.DefaultConsumer, header.Get(webhooks.HeaderConsumer))
	assert.Contains(t, aside[1].Header.Get(webhooks.HeaderReason), "panicked")
	assert.Contains(t, l.String(), `level=ERROR msg="webhook set aside" command=Profile.CallbackPortraitSet id=1`)
	assert.Contains(t, l.String(), "request_id=request-1\n")
	assert.NotContains(t, l.String(), "secret")
	info := pending(t, js)
	assert.Equal(t, uint64(2), info.AckFloor.Stream, "and comes no more")
}

func TestHopelessIsSetAsideAtOnce(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	h := handler(t)
	gone := errors.New("user is gone")
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { return nil })
	callback.On(h, func(_ context.Context, e *callback.StateChange) error {
		if e.Info.Reason == "long" {
			return errors.New(strings.Repeat("名", 1000))
		}
		return gone
	})
	told, all := outcomes()
	consume(t, js, h, told, webhooks.WithConcurrency(1), webhooks.WithTries(5, time.Millisecond),
		webhooks.WithPermanent(func(err error) bool { return errors.Is(err, gone) }))
	to := sink(t, js)
	other := envelope("app", stateChange, `{}`)
	other.SDKAppID++
	for _, e := range []callback.Envelope{
		other, envelope("body", portraitSet, `{"ProfileItem":7}`),
		envelope("command", portraitSet, `{"CallbackCommand":"X.Y"}`),
		envelope("permanent", stateChange, `{}`), envelope("before", "Group.CallbackBeforeSendMsg", `{}`),
	} {
		require.NoError(t, to.Put(t.Context(), e))
	}
	for _, data := range []string{`not JSON`, `[]`} {
		_, err := js.Publish(t.Context(), webhooks.Subject(webhooks.DefaultPrefix, app, portraitSet), []byte(data))
		require.NoError(t, err)
	}
	for _, want := range []error{
		callback.ErrWrongApp, callback.ErrMalformed, callback.ErrMalformed, gone, callback.ErrBeforeEvent,
		callback.ErrMalformed, callback.ErrMalformed,
	} {
		got := next(t, all)
		assert.Equal(t, webhooks.SetAside, got.outcome)
		assert.Equal(t, 1, got.Try)
		require.ErrorIs(t, got.err, want)
	}
	aside := dead(t, js, 7)
	assert.Equal(t, "not JSON", string(aside[5].Data), "as it was")
	assert.Contains(t, aside[5].Header.Get(webhooks.HeaderReason), "not an envelope")

	require.NoError(t, to.Put(t.Context(), envelope("long", stateChange, `{"Info":{"Reason":"long"}}`)))
	for range 5 {
		next(t, all)
	}
	reason := dead(t, js, 8)[7].Header.Get(webhooks.HeaderReason)
	assert.InDelta(t, 1024, len(reason), 3)
	assert.True(t, strings.HasSuffix(reason, "名"), "cut between letters")
}

// What nobody has registered for is not taken for handled.
func TestWithoutAHandler(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	h := handler(t)
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { return nil })
	told, all := outcomes()
	var l logged
	stop := consume(t, js, h, told, l.option(), webhooks.WithConcurrency(1))
	to := sink(t, js)
	for _, command := range []string{stateChange, "New.X", portraitSet} {
		require.NoError(t, to.Put(t.Context(), envelope(command, command, `{}`)))
	}
	for _, command := range []string{stateChange, "New.X"} {
		got := next(t, all)
		assert.Equal(t, webhooks.NoHandler, got.outcome)
		assert.Equal(t, command, got.Command)
		assert.Equal(t, 1, got.Try)
		require.ErrorIs(t, got.err, callback.ErrNoHandler)
		assert.Contains(t, l.String(), `level=ERROR msg="webhook set aside: no handler" command=`+command)
	}
	assert.Equal(t, webhooks.Handled, next(t, all).outcome)
	aside := dead(t, js, 2)
	assert.Equal(t, "tencentchat.webhook-dead.1400000001.State.StateChange", aside[0].Subject)
	assert.Contains(t, string(aside[0].Data), `"ID":"State.StateChange"`)
	assert.Contains(t, aside[0].Header.Get(webhooks.HeaderReason), "no handler registered")
	require.NoError(t, stop())
	assert.Zero(t, pending(t, js).NumAckPending)

	// Both ways of saying that it is meant so.
	told, all = outcomes()
	consume(t, js, h, told, webhooks.WithConsumer("some"), webhooks.WithOnly(app, portraitSet))
	assert.Equal(t, portraitSet, next(t, all).Command)
	told, rest := outcomes()
	consume(t, js, taker(t), told, webhooks.WithConsumer("all"))
	for range 3 {
		assert.Equal(t, webhooks.Handled, next(t, rest).outcome)
	}
	assert.Empty(t, all)
	dead(t, js, 2)
}

// A webhook whose handler ends the process is not tried for ever.
func TestKillerIsSetAside(t *testing.T) {
	t.Parallel()
	s, js := stream(t, webhooks.StreamConfig{})
	require.NoError(t, sink(t, js).Put(t.Context(), envelope("1", portraitSet, `{}`)))
	var calls atomic.Int64
	for range 2 {
		conn, own := connect(t, s.ClientURL())
		h := handler(t)
		callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error {
			calls.Add(1)
			conn.Close()
			return nil
		})
		told, all := outcomes()
		stop := consume(t, own, h, told, webhooks.WithTries(2), webhooks.WithAckWait(200*time.Millisecond))
		assert.Equal(t, webhooks.Unsettled, next(t, all).outcome)
		_ = stop()
	}
	h := handler(t)
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { calls.Add(1); return nil })
	told, all := outcomes()
	consume(t, js, h, told, webhooks.WithTries(2), webhooks.WithAckWait(200*time.Millisecond))
	got := next(t, all)
	assert.Equal(t, webhooks.SetAside, got.outcome)
	assert.Equal(t, 3, got.Try)
	require.ErrorContains(t, got.err, "without an outcome")
	assert.Equal(t, int64(2), calls.Load())
	dead(t, js, 1)
}

// What cannot be set aside is kept where it is.
func TestNowhereToSetAside(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	h := handler(t)
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { return errors.New("down") })
	callback.On(h, func(context.Context, *callback.StateChange) error { return nil })
	told, all := outcomes()
	var l logged
	consume(t, js, h, told, l.option(), webhooks.WithTries(1, time.Second), webhooks.WithAckWait(time.Second))
	require.NoError(t, sink(t, js).Put(t.Context(), envelope("0", stateChange, `{}`)))
	next(t, all) // it has begun
	require.NoError(t, js.DeleteStream(t.Context(), webhooks.DefaultStream+"_DEAD"))
	require.NoError(t, sink(t, js).Put(t.Context(), envelope("1", portraitSet, `{}`)))
	assert.Equal(t, webhooks.Retried, next(t, all).outcome)
	assert.Contains(t, l.String(), "not set aside: nats: no response from stream")
	require.NoError(t, webhooks.EnsureStream(t.Context(), js, webhooks.StreamConfig{}))
	assert.Equal(t, webhooks.SetAside, next(t, all).outcome)
	dead(t, js, 1)
}

// An acknowledgement that nobody confirms is said so. The webhook comes again, unless the server finds the
// acknowledgement in the connection's buffer when it is back.
func TestUnsettled(t *testing.T) {
	t.Parallel()
	opts := serverOptions(t.TempDir(), server.RANDOM_PORT)
	s := startServer(t, opts)
	_, js := connect(t, s.ClientURL())
	require.NoError(t, webhooks.EnsureStream(t.Context(), js, webhooks.StreamConfig{}))
	require.NoError(t, sink(t, js).Put(t.Context(), envelope("1", portraitSet, `{}`)))
	opts.Port = port(s)
	h := handler(t)
	var calls atomic.Int64
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error {
		if calls.Add(1) == 1 {
			stopServer(s)
		}
		return nil
	})
	told, all := outcomes()
	consume(t, js, h, told, webhooks.WithAckWait(300*time.Millisecond))
	got := next(t, all)
	assert.Equal(t, webhooks.Unsettled, got.outcome)
	require.ErrorIs(t, got.err, context.DeadlineExceeded)
	startServer(t, opts)
	require.NoError(t, sink(t, js).Put(t.Context(), envelope("2", portraitSet, `{}`)))
	for got.ID != "2" {
		got = next(t, all)
		assert.Equal(t, webhooks.Handled, got.outcome)
	}
	c, err := js.Consumer(t.Context(), webhooks.DefaultStream, webhooks.DefaultConsumer)
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		info, err := c.Info(t.Context())
		return err == nil && info.AckFloor.Stream == 2
	}, 10*time.Second, 20*time.Millisecond, "nothing is left open")
}

// What has gone wrong is nowhere to be seen, and nothing breaks.
func TestNilLoggerIsSilent(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	h := handler(t)
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { return errors.New("down") })
	told, all := outcomes()
	consume(t, js, h, told, webhooks.WithLogger(nil), webhooks.WithTries(1))
	require.NoError(t, sink(t, js).Put(t.Context(), envelope("1", portraitSet, `{}`)))
	assert.Equal(t, webhooks.SetAside, next(t, all).outcome)
}

// A stream that is made again counts from 1 again: what is set aside from it is not what was set aside before.
func TestSetAsideFromAStreamMadeAgain(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	h := handler(t)
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { return errors.New("down") })
	e := envelope("1", portraitSet, `{}`)
	for i := range 2 {
		require.NoError(t, sink(t, js).Put(t.Context(), e))
		told, all := outcomes()
		stop := consume(t, js, h, told, webhooks.WithTries(1))
		got := next(t, all)
		assert.Equal(t, webhooks.SetAside, got.outcome)
		assert.Equal(t, uint64(1), got.Sequence)
		require.NoError(t, stop())
		dead(t, js, i+1)
		require.NoError(t, js.DeleteStream(t.Context(), webhooks.DefaultStream))
		require.NoError(t, webhooks.EnsureStream(t.Context(), js, webhooks.StreamConfig{}))
	}
}

// A webhook that is set aside once more is stored once, unless its copy is there no more.
func TestSetAsideOnceMore(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	h := handler(t)
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { return errors.New("down") })
	require.NoError(t, sink(t, js).Put(t.Context(), envelope("1", portraitSet, `{}`)))
	aside, err := js.Stream(t.Context(), webhooks.DefaultStream+"_DEAD")
	require.NoError(t, err)
	for name, c := range []struct {
		before func()
		last   uint64
	}{
		{func() {}, 1},
		{func() {}, 1},
		{func() { require.NoError(t, aside.DeleteMsg(t.Context(), 1)) }, 2},
	} {
		c.before()
		told, all := outcomes()
		stop := consume(t, js, h, told, webhooks.WithTries(1))
		assert.Equal(t, webhooks.SetAside, next(t, all).outcome, name)
		require.NoError(t, stop())
		info, err := aside.Info(t.Context())
		require.NoError(t, err)
		assert.Equal(t, uint64(1), info.State.Msgs, name)
		assert.Equal(t, c.last, info.State.LastSeq, name)
		// What a consumer knows of the past goes with it.
		require.NoError(t, js.DeleteConsumer(t.Context(), webhooks.DefaultStream, webhooks.DefaultConsumer))
	}
}

// sized returns an envelope whose JSON has n bytes.
func sized(t testing.TB, id string, n int) callback.Envelope {
	t.Helper()
	e := envelope(id, portraitSet, "")
	e.ReceivedAt = time.Unix(1e9, 0).UTC()
	length := func() int {
		data, err := json.Marshal(e)
		require.NoError(t, err)
		return len(data)
	}
	const empty = `{"From_Account":""}`
	e.Body = []byte(empty)
	pad := (n - length()) / 4 * 3 // base64
	e.Body = []byte(strings.Replace(empty, `""`, `"`+strings.Repeat("x", pad)+`"`, 1))
	e.ClientIP = strings.Repeat("x", n-length())
	require.Equal(t, n, length())
	return e
}

// Whatever the server took once can be set aside.
func TestLargeIsSetAside(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	limit := int(js.Conn().MaxPayload())
	const header = len("NATS/1.0\r\nNats-Msg-Id: \r\n\r\n") + 32
	to := sink(t, js)
	id := func(letter string) string { return strings.Repeat(letter, 32) }
	require.ErrorIs(t, to.Put(t.Context(), sized(t, id("z"), limit-header+1)), nats.ErrMaxPayload)

	h := handler(t)
	broken := errors.New(strings.Repeat("the store is down, ", 10))
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { return broken })
	told, all := outcomes()
	consume(t, js, h, told, webhooks.WithTries(1), webhooks.WithConcurrency(1))
	reason := "callback: Profile.CallbackPortraitSet: " + strings.TrimSpace(broken.Error())
	for i, c := range []struct {
		name string
		size int
		want string
		full bool
	}{
		{"room for all", limit - header - 1000, reason, true},
		{"room for a short reason", limit - header - 100, reason[:64], false},
		{"room for nothing more", limit - header, "", false},
	} {
		require.NoError(t, to.Put(t.Context(), sized(t, id(string(rune('a'+i))), c.size)), c.name)
		assert.Equal(t, webhooks.SetAside, next(t, all).outcome, c.name)
		aside := dead(t, js, i+1)[i]
		assert.Len(t, aside.Data, c.size, c.name)
		assert.Equal(t, c.want, aside.Header.Get(webhooks.HeaderReason), c.name)
		assert.Equal(t, c.full, aside.Header.Get(webhooks.HeaderSequence) != "", c.name)
		assert.NotEmpty(t, aside.Header.Get("Nats-Msg-Id"), c.name)
	}

	// Stored by something else, without an ID.
	_, err := js.Publish(t.Context(), webhooks.Subject(webhooks.DefaultPrefix, app, portraitSet), make([]byte, limit))
	require.NoError(t, err)
	assert.Equal(t, webhooks.SetAside, next(t, all).outcome)
	dead(t, js, 4)
	info := pending(t, js)
	assert.Equal(t, uint64(4), info.AckFloor.Stream, "and none comes again")
}

// What is too large for the stream of the dead, which somebody set up otherwise, is reported and does not come for
// ever.
func TestTooLargeToBeSetAside(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	aside := config(t, js, webhooks.DefaultStream+"_DEAD")
	aside.MaxMsgSize = 1000
	_, err := js.UpdateStream(t.Context(), aside)
	require.NoError(t, err)
	h := handler(t)
	broken := errors.New("down")
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { return broken })
	told, all := outcomes()
	var l logged
	consume(t, js, h, told, l.option(), webhooks.WithTries(1, time.Millisecond))
	to := sink(t, js)
	require.NoError(t, to.Put(t.Context(), sized(t, "1", 2000)))
	got := next(t, all)
	assert.Equal(t, webhooks.Left, got.outcome)
	require.ErrorIs(t, got.err, broken)
	require.ErrorIs(t, got.err, jetstream.ErrStreamMessageExceedsMaximum)
	assert.Contains(t, l.String(), `level=ERROR msg="webhook left in the stream" command=Profile.CallbackPortraitSet id=1`)

	require.NoError(t, to.Put(t.Context(), sized(t, "2", 900)))
	got = next(t, all)
	assert.Equal(t, "2", got.ID)
	assert.Equal(t, webhooks.SetAside, got.outcome)
	dead(t, js, 1)
	assert.Equal(t, 2, messages(t, js), "it stays where it was")
	info := pending(t, js)
	assert.Equal(t, uint64(2), info.AckFloor.Stream)
	assert.Zero(t, info.NumAckPending)
	assert.Empty(t, all, "and does not come again")
}
