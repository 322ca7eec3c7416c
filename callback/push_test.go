package callback_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

const (
	allMemberPush = "Push.AllMemberPush"
	offlinePush   = "Push.OfflinePush"
	resultNotify  = "ContentCallback.ResultNotify"
)

func TestPushBatch(t *testing.T) {
	t.Parallel()
	h := handler(t)
	var got []callback.OfflinePushResult
	callback.On(h, func(_ context.Context, e *callback.PushOfflinePush) error {
		got = e.Events
		assert.Empty(t, e.CallbackCommand)
		return nil
	})
	assertOK(t, post(t, h, offlinePush, `{"Events":[
		{"CallbackCommand":"Push.OfflinePush","EventTime":1761532710,"MsgSeq":4294967295,"MsgRandom":4294967295},
		{"EventTime":"1761532711","EventType":2,"GroupID":"g","PushPlatform":99,"PushStage":3}]}`))
	require.Len(t, got, 2)
	assert.True(t, time.Unix(1761532710, 0).Equal(got[0].EventTime.Time()), "seconds, not milliseconds")
	assert.Equal(t, uint64(4294967295), got[0].MsgSeq)
	assert.Equal(t, uint64(4294967295), got[0].MsgRandom)
	assert.True(t, time.Unix(1761532711, 0).Equal(got[1].EventTime.Time()))
	assert.True(t, got[1].MsgTime.Time().IsZero())
	assert.Equal(t, callback.OfflinePushTypeGroup, got[1].EventType)
	assert.Equal(t, callback.PushStageClicked, got[1].PushStage)
	assert.Equal(t, callback.PushPlatform(99), got[1].PushPlatform)
}

// An older page has one result that is not in a list. It is read as a batch of one and written as one.
func TestPushOfTheOlderForm(t *testing.T) {
	t.Parallel()
	e, err := callback.Decode(allMemberPush, []byte(`{"CallbackCommand":"Push.AllMemberPush","EventType":2,"TaskId":"t","EventTime":1761532702}`))
	require.NoError(t, err)
	push := e.(*callback.PushAllMemberPush)
	require.Len(t, push.Events, 1)
	assert.Equal(t, callback.AllMemberPushResult{
		CallbackCommand: allMemberPush, EventType: callback.PushTypeOnline, TaskID: "t", EventTime: 1761532702,
	}, push.Events[0])

	text, err := callback.Encode(&callback.PushAllMemberPush{Events: push.Events})
	require.NoError(t, err)
	assert.JSONEq(t, `{"Events":[{"CallbackCommand":"Push.AllMemberPush","EventType":2,"TaskId":"t","TaskTime":0,"EventTime":1761532702,
		"To_Account":"","PushPlatform":0,"PushStage":0,"ErrCode":0}]}`, string(text))
}

func TestPushIsNotMisread(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]int{
		`{}`:            0,
		`{"Newer":1}`:   0,
		`{"Events":[]}`: 0,
		`{"CallbackCommand":"Push.OfflinePush","Events":[{"MsgKey":"k"}]}`: 1,
		`{"CallbackCommand":"Push.OfflinePush","Events":[]}`:               0,
	} {
		e, err := callback.Decode(offlinePush, []byte(body))
		require.NoError(t, err, body)
		assert.Len(t, e.(*callback.PushOfflinePush).Events, want, body)
	}
	for _, body := range []string{
		`{"CallbackCommand":"Push.AllMemberPush","TaskId":"t"}`,
		`{"CallbackCommand":"Push.AllMemberPush","Events":[]}`,
		`{"Events":{}}`, `{"Events":[1]}`, `{"Events":[{"EventTime":"x"}]}`,
		`{"CallbackCommand":"Push.OfflinePush","EventType":"x"}`,
	} {
		_, err := callback.Decode(offlinePush, []byte(body))
		require.ErrorIs(t, err, callback.ErrMalformed, body)
	}
}

func TestUnixTime(t *testing.T) {
	t.Parallel()
	assert.True(t, time.Time{}.Equal(callback.UnixTime(0).Time()))
	moment := time.Unix(1750648027, 999999999)
	assert.Equal(t, callback.UnixTime(1750648027), callback.UnixTimeOf(moment))
	assert.True(t, time.Unix(1750648027, 0).Equal(callback.UnixTimeOf(moment).Time()))
}

// The bodies of these have no command of their own, and Encode does not put one there.
func TestEncodeWithoutACommand(t *testing.T) {
	t.Parallel()
	for _, event := range []callback.Event{&callback.PushAllMemberPush{}, &callback.PushOfflinePush{}, &callback.ContentResultNotify{}} {
		text, err := callback.Encode(event)
		require.NoError(t, err)
		assert.NotContains(t, string(text), "CallbackCommand", event.Command())
		again, err := callback.Decode(event.Command(), text)
		require.NoError(t, err)
		assert.Equal(t, event.Command(), again.Command())
	}
}
