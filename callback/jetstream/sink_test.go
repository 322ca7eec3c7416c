package jetstream_test

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
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
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
	webhooks "github.com/go-tencentchat/tencentchat/callback/jetstream"
)

func post(h http.Handler, event callback.Event, opts ...callbacktest.Option) int {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, callbacktest.NewRequest(event, opts...))
	return w.Code
}

func messages(t testing.TB, js jetstream.JetStream) int {
	t.Helper()
	s, err := js.Stream(t.Context(), webhooks.DefaultStream)
	require.NoError(t, err)
	return int(s.CachedInfo().State.Msgs)
}

func TestWebhooksAreStored(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	type stored struct {
		id        string
		duplicate bool
	}
	var seen []stored
	h := handler(t, callback.WithSink(sink(t, js,
		webhooks.WithStored(func(_ context.Context, e callback.Envelope, duplicate bool) {
			seen = append(seen, stored{e.ID, duplicate})
		}))))
	asked := 0
	callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		asked++
		return e.Drop(), nil
	})
	const body = ` {"From_Account":"u-1","EventTime":1750648028456} `
	event := callback.NewUnknown(portraitSet, nil)
	for range 2 {
		assert.Equal(t, 200, post(h, event, callbacktest.WithBody([]byte(body))))
	}
	require.Len(t, seen, 2)
	assert.Equal(t, stored{seen[0].id, false}, seen[0])
	assert.Equal(t, stored{seen[0].id, true}, seen[1], "the same bytes once more")

	s, err := js.Stream(t.Context(), webhooks.DefaultStream)
	require.NoError(t, err)
	m, err := s.GetMsg(t.Context(), 1)
	require.NoError(t, err)
	assert.Equal(t, "tencentchat.webhook.1400000001.Profile.CallbackPortraitSet", m.Subject)
	assert.Equal(t, seen[0].id, m.Header.Get("Nats-Msg-Id"))
	var e callback.Envelope
	require.NoError(t, json.Unmarshal(m.Data, &e))
	assert.Equal(t, body, string(e.Body))
	assert.Equal(t, portraitSet, e.Command)
	assert.Equal(t, callbacktest.ClientIP, e.ClientIP)

	// Before-events, known and new, are answered and never queued.
	assert.Equal(t, 200, post(h, &callback.GroupBeforeSendMsg{}))
	assert.Equal(t, 200, post(h, callback.NewUnknown("Group.CallbackBeforeNew", []byte(`{}`))))
	assert.Equal(t, 200, post(h, callback.NewUnknown("Sns.CallbackPrevNew", []byte(`{}`))))
	assert.Equal(t, 1, asked)
	assert.Equal(t, 1, messages(t, js))
}

// The vendor's repeats are stored once, and what only looks like one is stored.
func TestBlockUnblockBlock(t *testing.T) {
	t.Parallel()
	now := time.Now().Truncate(time.Second)
	block := &callback.SnsBlackListAdd{PairList: []callback.SnsPair{{FromAccount: "u-1", ToAccount: "u-2"}}}
	unblock := &callback.SnsBlackListDelete{PairList: block.PairList}
	timed := callback.NewUnknown(block.Command(), []byte(`{"PairList":[],"EventTime":1750648028456}`))
	at := func(seconds int) callbacktest.Option {
		return callbacktest.WithTime(now.Add(time.Duration(seconds) * time.Second))
	}
	type webhook struct {
		event   callback.Event
		seconds int
		request string
	}
	for name, c := range map[string]struct {
		sent   []webhook
		stored int
	}{
		"seconds apart":              {[]webhook{{block, 0, ""}, {unblock, 1, ""}, {block, 2, ""}}, 3},
		"in one second":              {[]webhook{{block, 0, "r-1"}, {unblock, 0, "r-2"}, {block, 0, "r-3"}}, 3},
		"repeats of one request":     {[]webhook{{block, 0, "r-1"}, {unblock, 1, "r-2"}, {block, 2, "r-1"}}, 2},
		"repeats, timed by the body": {[]webhook{{timed, 0, ""}, {timed, 1, ""}, {timed, 2, ""}}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, js := stream(t, webhooks.StreamConfig{})
			h := handler(t, callback.WithSink(sink(t, js)))
			for _, one := range c.sent {
				target := callbacktest.Target + "?RequestId=" + one.request
				assert.Equal(t, 200, post(h, one.event, at(one.seconds), callbacktest.WithTarget(target)))
			}
			assert.Equal(t, c.stored, messages(t, js))

			worker := handler(t)
			var blocked, unblocked atomic.Int64
			callback.On(worker, func(context.Context, *callback.SnsBlackListAdd) error { blocked.Add(1); return nil })
			callback.On(worker, func(context.Context, *callback.SnsBlackListDelete) error { unblocked.Add(1); return nil })
			told, all := outcomes()
			consume(t, js, worker, told)
			for range c.stored {
				assert.Equal(t, webhooks.Handled, next(t, all).outcome)
			}
			assert.Equal(t, c.stored, int(blocked.Load()+unblocked.Load()))
		})
	}
}

func TestDuplicatesAreKnownAfterARestart(t *testing.T) {
	t.Parallel()
	opts := serverOptions(t.TempDir(), server.RANDOM_PORT)
	s := startServer(t, opts)
	_, js := connect(t, s.ClientURL())
	require.NoError(t, webhooks.EnsureStream(t.Context(), js, webhooks.StreamConfig{}))
	h := handler(t, callback.WithSink(sink(t, js)))
	event := callback.NewUnknown(portraitSet, []byte(`{"From_Account":"u-1","EventTime":1750648028456}`))
	require.Equal(t, 200, post(h, event))
	told, all := outcomes()
	stop := consume(t, js, taker(t), told)
	assert.Equal(t, webhooks.Handled, next(t, all).outcome) // and still known
	require.NoError(t, stop())

	opts.Port = port(s)
	stopServer(s)
	startServer(t, opts)
	require.Equal(t, 200, post(h, event), "the sink waits for the connection")
	assert.Equal(t, 1, messages(t, js))
	require.Equal(t, 200, post(h, &callback.ProfilePortraitSet{FromAccount: "u-2"}))
	assert.Equal(t, 2, messages(t, js))
}

func TestUnstoredIsRefused(t *testing.T) {
	t.Parallel()
	opts := serverOptions(t.TempDir(), server.RANDOM_PORT)
	s := startServer(t, opts)
	conn, js := connect(t, s.ClientURL())
	h := handler(t, callback.WithSink(sink(t, js)))
	event := &callback.ProfilePortraitSet{FromAccount: "u-1"}
	took := func() time.Duration {
		start := time.Now()
		assert.Equal(t, 503, post(h, event))
		return time.Since(start)
	}
	assert.Less(t, took(), 2*time.Second, "no stream: within the vendor's time")
	opts.Port = port(s)
	stopServer(s)
	assert.Less(t, took(), 2*time.Second, "no server")
	s = startServer(t, opts)
	require.Eventually(t, conn.IsConnected, 10*time.Second, 10*time.Millisecond)
	require.NoError(t, webhooks.EnsureStream(t.Context(), js, webhooks.StreamConfig{}))
	assert.Equal(t, 200, post(h, event), "back by itself")

	// What cannot get better is refused at once.
	large := `{"x":"` + strings.Repeat("x", 900_000) + `"}`
	start := time.Now()
	assert.Equal(t, 503, post(h, callback.NewUnknown(portraitSet, []byte(large))))
	assert.Less(t, time.Since(start), attempt)
	require.ErrorIs(t, sink(t, js).Put(t.Context(), envelope("1", portraitSet, large)), nats.ErrMaxPayload)
	require.ErrorContains(t, sink(t, js).Put(t.Context(), envelope("", portraitSet, `{}`)), "without an ID")
	conn.Close()
	assert.Less(t, took(), attempt, "closed")
	require.ErrorIs(t, sink(t, js).Put(t.Context(), envelope("1", portraitSet, `{}`)), nats.ErrConnectionClosed)
	stopServer(s)
}

// A webhook that is larger than NATS takes does not cost the connection, not even one that was never made yet.
func TestTooLargeBeforeTheFirstConnection(t *testing.T) {
	t.Parallel()
	opts := serverOptions(t.TempDir(), server.RANDOM_PORT)
	s := startServer(t, opts)
	opts.Port = port(s)
	stopServer(s)
	conn, js := connect(t, "nats://127.0.0.1:"+strconv.Itoa(opts.Port))
	to := sink(t, js)
	put := make(chan error, 1)
	large := `{"x":"` + strings.Repeat("x", 900_000) + `"}`
	go func() { put <- to.Put(context.Background(), envelope("1", portraitSet, large)) }()
	time.Sleep(100 * time.Millisecond) // it is on its way
	startServer(t, opts)
	require.ErrorIs(t, next(t, put), nats.ErrMaxPayload)
	require.NoError(t, webhooks.EnsureStream(t.Context(), js, webhooks.StreamConfig{}))
	require.NoError(t, to.Put(t.Context(), envelope("2", portraitSet, `{}`)))
	assert.True(t, conn.IsConnected())
}

// attempt is how long Put waits for one acknowledgement.
const attempt = 550 * time.Millisecond

func port(s *server.Server) int { return s.Addr().(*net.TCPAddr).Port }

func TestFullStreamRefuses(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{MaxBytes: 2000})
	to := sink(t, js)
	var err error
	stored := 0
	for ; err == nil && stored < 20; stored++ {
		err = to.Put(t.Context(), envelope(strings.Repeat("x", stored+1), portraitSet, `{}`))
	}
	var refused *jetstream.APIError
	require.ErrorAs(t, err, &refused)
	require.ErrorContains(t, err, `"Profile.CallbackPortraitSet" not stored`)
	require.ErrorContains(t, err, "maximum bytes exceeded")
	assert.Equal(t, stored-1, messages(t, js), "nothing was dropped for it")
}

// TestPutAsksAgain has a stream of its own making, which answers what it is told to.
func TestPutAsksAgain(t *testing.T) {
	t.Parallel()
	const stored = `{"stream":"S","seq":1}`
	refusal := func(code string) string {
		return `{"error":{"code":503,"err_code":` + code + `,"description":"code ` + code + `"}}`
	}
	for name, c := range map[string]struct {
		answers []string // empty: none
		fails   string
	}{
		"acknowledgement lost":   {answers: []string{"", stored}},
		"lost twice":             {answers: []string{"", "", stored}},
		"being stored":           {answers: []string{"", refusal("10158"), stored}},
		"no leader":              {answers: []string{refusal("10008"), stored}},
		"refused":                {answers: []string{refusal("10077")}, fails: "code 10077"},
		"lost, and then refused": {answers: []string{"", refusal("10109")}, fails: "code 10109"},
		"no time left":           {answers: []string{"", "", "", ""}, fails: "no acknowledgement"},
		"no leader at all": {
			answers: slices.Repeat([]string{refusal("10008")}, 40), fails: "code 10008",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := startServer(t, &server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, NoLog: true, NoSigs: true})
			conn, js := connect(t, s.ClientURL())
			var ids []string
			_, err := conn.Subscribe(webhooks.DefaultPrefix+".>", func(m *nats.Msg) {
				ids = append(ids, m.Header.Get("Nats-Msg-Id"))
				if answer := c.answers[len(ids)-1]; answer != "" {
					_ = m.Respond([]byte(answer))
				}
			})
			require.NoError(t, err)
			ctx, cancel := context.WithTimeout(t.Context(), 1800*time.Millisecond) // as long as a webhook may take
			defer cancel()
			err = sink(t, js).Put(ctx, envelope("id-1", portraitSet, `{}`))
			conn.Close() // ends the subscription's goroutine before ids is read
			if c.fails != "" {
				require.ErrorContains(t, err, c.fails)
			} else {
				require.NoError(t, err)
				assert.Len(t, ids, len(c.answers))
			}
			for _, id := range ids {
				assert.Equal(t, "id-1", id)
			}
		})
	}
}

func TestSinkRefusesOptions(t *testing.T) {
	t.Parallel()
	_, js := connect(t, "nats://127.0.0.1:1")
	for name, opts := range map[string][]webhooks.Option{
		"nil option":   {nil},
		"empty prefix": {webhooks.WithPrefix("")},
		"wildcard":     {webhooks.WithPrefix("a.>")},
		"nil hook":     {webhooks.WithStored(nil)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := webhooks.NewSink(js, opts...)
			require.ErrorContains(t, err, "jetstream: NewSink: ")
		})
	}
	_, err := webhooks.NewSink(nil)
	require.Error(t, err)
	_, err = webhooks.NewSink(js, webhooks.WithPrefix("own.prefix"))
	require.NoError(t, err)
}
