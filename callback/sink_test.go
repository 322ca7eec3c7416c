package callback_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

// queue is a Sink that keeps envelopes as the JSON a real one would store.
type queue struct {
	mu    sync.Mutex
	items [][]byte
	err   error
	wait  bool
}

func (q *queue) Put(ctx context.Context, e callback.Envelope) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.wait {
		<-ctx.Done()
		return ctx.Err()
	}
	if q.err != nil {
		return q.err
	}
	data, err := json.Marshal(e)
	q.items = append(q.items, data)
	return err
}

func (q *queue) take(t testing.TB) (all []callback.Envelope) {
	t.Helper()
	for _, data := range q.items {
		var e callback.Envelope
		require.NoError(t, json.Unmarshal(data, &e))
		all = append(all, e)
	}
	q.items = nil
	return all
}

func TestSinkAndDispatch(t *testing.T) {
	t.Parallel()
	var q queue
	var got []string
	h := handler(t, callback.WithSink(&q), callback.WithUnknown(func(_ context.Context, u *callback.Unknown) {
		got = append(got, u.Command())
	}))
	var event *callback.ProfilePortraitSet
	callback.On(h, func(_ context.Context, e *callback.ProfilePortraitSet) error {
		event = e
		return nil
	})
	callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		return e.Drop(), nil
	})
	h.Handle("New.X", func(_ context.Context, u *callback.Unknown) (any, error) {
		got = append(got, "handled "+u.Command())
		return nil, nil
	})
	const body = ` {"From_Account":"u-\u0000","Newer":4294967295} `
	assertOK(t, post(t, h, portraitSet, body))
	assertOK(t, post(t, h, "New.X", `{}`))
	assertOK(t, post(t, h, "New.Y", `{}`))
	assert.Nil(t, event, "handled before the queue")
	assert.Empty(t, got)

	// Before-events wait for an answer, known or not.
	assert.Contains(t, post(t, h, beforeSendMsg, `{}`).Body.String(), `"ErrorCode":2`)
	assertOK(t, post(t, h, "New.CallbackPrevY", `{}`))
	assert.Equal(t, []string{"New.CallbackPrevY"}, got)
	got = nil

	all := q.take(t)
	require.Len(t, all, 3)
	assert.Equal(t, portraitSet, all[0].Command)
	assert.Equal(t, body, string(all[0].Body), "byte for byte")
	assert.Equal(t, "203.0.113.7", all[0].ClientIP)
	assert.Equal(t, "iOS", all[0].OptPlatform)
	assert.True(t, at.Equal(all[0].ReceivedAt))
	for _, e := range all {
		require.NoError(t, h.Dispatch(t.Context(), e))
	}
	require.NotNil(t, event)
	assert.Equal(t, "u-\x00", event.FromAccount)
	assert.Equal(t, body, string(event.Raw))
	assert.Equal(t, uint64(app), event.SDKAppID)
	assert.Equal(t, callback.PlatformIOS, event.OptPlatform)
	assert.Equal(t, "203.0.113.7", event.ClientIP)
	assert.True(t, at.Equal(event.ReceivedAt))
	assert.Equal(t, []string{"handled New.X", "New.Y"}, got)
}

func TestEnvelopeIDs(t *testing.T) {
	t.Parallel()
	var q queue
	h := handler(t, callback.WithSink(&q))
	for _, c := range [][2]string{
		{portraitSet, `{"a":1}`}, {portraitSet, `{"a":1}`}, {portraitSet, `{"a":2}`}, {stateChange, `{"a":1}`},
	} {
		assertOK(t, post(t, h, c[0], c[1]))
	}
	all := q.take(t)
	require.Len(t, all, 4)
	assert.Equal(t, all[0].ID, all[1].ID, "a repeat by the vendor")
	assert.NotEqual(t, all[0].ID, all[2].ID)
	assert.NotEqual(t, all[0].ID, all[3].ID)
	assert.Regexp(t, `^[0-9a-f]{32}$`, all[0].ID)
}

// What is not a repeat has an ID of its own. Each row sends a body twice, with something else about the second request.
func TestEnvelopeIDTellsEventsApart(t *testing.T) {
	t.Parallel()
	const blocked, timed = `{"To_Account":["u-2"]}`, `{"To_Account":["u-2"],"eventtime":"1741589712000"}`
	nothing := func(url.Values, *time.Time) {}
	later := func(q url.Values, now *time.Time) {
		*now = now.Add(time.Second)
		q.Set("RequestTime", "1750648028")
		q.Set("Sign", callback.Sign(token, "1750648028"))
	}
	received := func(_ url.Values, now *time.Time) { *now = now.Add(time.Nanosecond) }
	request := func(id string) func(url.Values, *time.Time) {
		return func(q url.Values, _ *time.Time) { q.Set("RequestId", id) }
	}
	both := func(q url.Values, now *time.Time) { later(q, now); request("r-1")(q, now) }
	for name, c := range map[string]struct {
		body          string
		unsigned      bool
		first, second func(url.Values, *time.Time)
		same          bool
	}{
		"all the same":                {blocked, false, nothing, nothing, true},
		"signed later":                {blocked, false, nothing, later, false},
		"received later":              {blocked, false, nothing, received, true},
		"signed later, timed":         {timed, false, nothing, later, true},
		"another request":             {blocked, false, request("r-1"), request("r-2"), false},
		"another request, timed":      {timed, false, request("r-1"), request("r-2"), false},
		"request without an ID":       {timed, false, request("r-1"), nothing, false},
		"one request, signed later":   {blocked, false, request("r-1"), both, true},
		"time is null":                {`{"EventTime":null}`, false, nothing, later, false},
		"time is empty":               {`{"EventTime":""}`, false, nothing, later, false},
		"time is 0":                   {`{"EventTime":0}`, false, nothing, later, false},
		"time is 0 in quotes":         {`{"EventTime":"0"}`, false, nothing, later, false},
		"time cannot be read":         {`{"EventTime":"today"}`, false, nothing, later, false},
		"time of something inside":    {`{"Events":[{"EventTime":1741589712000}]}`, false, nothing, later, false},
		"unsigned":                    {blocked, true, nothing, nothing, true},
		"unsigned, received later":    {blocked, true, nothing, received, false},
		"unsigned, other RequestTime": {blocked, true, nothing, func(q url.Values, _ *time.Time) { q.Set("RequestTime", "1") }, true},
		"unsigned, timed":             {timed, true, nothing, received, true},
		"unsigned, with an ID":        {blocked, true, request("r-1"), func(q url.Values, now *time.Time) { received(q, now); request("r-1")(q, now) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var q queue
			now := at
			verify := callback.WithToken(token)
			if c.unsigned {
				verify = callback.WithoutVerification()
			}
			h, err := callback.NewHandler(app, verify, callback.WithSink(&q), callback.WithClock(func() time.Time { return now }))
			require.NoError(t, err)
			for _, edit := range []func(url.Values, *time.Time){c.first, c.second} {
				query := signed("Sns.CallbackBlackListAdd")
				edit(query, &now)
				assertOK(t, serve(h, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/?"+query.Encode(), strings.NewReader(c.body))))
			}
			all := q.take(t)
			require.Len(t, all, 2)
			assert.Equal(t, c.same, all[0].ID == all[1].ID)
		})
	}
}

func TestSinkFails(t *testing.T) {
	t.Parallel()
	var l log
	q := &queue{err: errors.New("disk full")}
	h := handler(t, l.option(), callback.WithSink(q))
	w := post(t, h, portraitSet, `{}`)
	assertFailed(t, w, 503)
	assert.NotContains(t, w.Body.String(), "disk full")
	assert.Contains(t, l.String(), "disk full")
	for _, body := range []string{`null`, `[]`, ``, `{"CallbackCommand":"x"}`, `{`} {
		assertFailed(t, post(t, h, portraitSet, body), 400)
	}

	h = handler(t, callback.WithSink(sinkFunc(func(context.Context, callback.Envelope) error { panic("sink bug") })))
	assertFailed(t, post(t, h, portraitSet, `{}`), 503)
}

type sinkFunc func(context.Context, callback.Envelope) error

func (f sinkFunc) Put(ctx context.Context, e callback.Envelope) error { return f(ctx, e) }

func TestSinkHasADeadline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		assertFailed(t, post(t, handler(t, callback.WithSink(&queue{wait: true})), portraitSet, `{}`), 503)
		assert.Equal(t, defaultTimeout, time.Since(start))
	})
}

func TestSinkCommands(t *testing.T) {
	t.Parallel()
	var q queue
	var inline int
	h := handler(t, callback.WithSink(&q, callback.SinkCommands(stateChange), callback.SinkCommands("New.X")))
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { inline++; return nil })
	for _, command := range []string{portraitSet, stateChange, "New.X", "New.Y"} {
		assertOK(t, post(t, h, command, `{}`))
	}
	assert.Equal(t, 1, inline)
	all := q.take(t)
	require.Len(t, all, 2)
	assert.Equal(t, []string{stateChange, "New.X"}, []string{all[0].Command, all[1].Command})
}

func TestDispatchRefuses(t *testing.T) {
	t.Parallel()
	h := handler(t)
	broken := errors.New("the store is down")
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { return broken })
	callback.On(h, func(context.Context, *callback.StateChange) error { panic("bug") })
	callback.Answer(h, answerAllow)
	envelope := func(command, body string) callback.Envelope {
		return callback.Envelope{SDKAppID: app, Command: command, Body: []byte(body)}
	}
	err := h.Dispatch(t.Context(), envelope(portraitSet, `{}`))
	require.ErrorIs(t, err, broken)
	require.ErrorContains(t, err, portraitSet)
	require.ErrorContains(t, h.Dispatch(t.Context(), envelope(stateChange, `{}`)), "panicked")
	require.ErrorIs(t, h.Dispatch(t.Context(), envelope(portraitSet, `null`)), callback.ErrMalformed)
	require.ErrorIs(t, h.Dispatch(t.Context(), envelope("", `{}`)), callback.ErrMalformed)
	require.ErrorIs(t, h.Dispatch(t.Context(), envelope(beforeSendMsg, `{}`)), callback.ErrBeforeEvent)
	for _, command := range []string{"New.X", groupChanged} { // nobody wants it
		err = h.Dispatch(t.Context(), envelope(command, `not even json`))
		require.ErrorIs(t, err, callback.ErrNoHandler)
		require.ErrorContains(t, err, command)
	}
	other := envelope(portraitSet, `{}`)
	other.SDKAppID++
	require.ErrorIs(t, h.Dispatch(t.Context(), other), callback.ErrWrongApp)
}
