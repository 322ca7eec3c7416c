package callback_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

const (
	endCall       = "Call.CallbackAfterEndCall"
	memberChanged = "Call.CallbackAfterMemberChanged"
	startCall     = "Call.CallbackAfterStartCall"
)

func TestCallUsersAreTextOrNumbers(t *testing.T) {
	t.Parallel()
	e, err := callback.Decode(startCall, []byte(`{"UserList":[
		{"User_Account":18446744073709551615,"Status":"Calling"},{"User_Account":"u-2","Status":"Waiting"},{"User_Account":null},null]}`))
	require.NoError(t, err)
	assert.Equal(t, []callback.CallUser{
		{UserAccount: "18446744073709551615", Status: callback.CallStatusCalling},
		{UserAccount: "u-2", Status: callback.CallStatusWaiting},
		{},
		{},
	}, e.(*callback.CallAfterStartCall).UserList)
	text, err := callback.Encode(e)
	require.NoError(t, err)
	assert.Contains(t, string(text), `{"User_Account":"18446744073709551615","Status":"Calling"}`)

	e, err = callback.Decode(memberChanged, []byte(`{"UserList":[{"User_Account":144115212830000001}],
		"ChangedUserList":[{"User_Account":144115212830000001,"ActionType":"Accept"},{"User_Account":"u","ActionType":"New"}]}`))
	require.NoError(t, err)
	changed := e.(*callback.CallAfterMemberChanged)
	assert.Equal(t, "144115212830000001", changed.UserList[0].UserAccount)
	require.Len(t, changed.ChangedUserList, 2)
	assert.Equal(t, "144115212830000001", changed.ChangedUserList[0].UserAccount)
	assert.True(t, changed.ChangedUserList[0].ActionType.Is(callback.CallActionAnswer))
	assert.Equal(t, callback.CallUserChange{UserAccount: "u", ActionType: "New"}, changed.ChangedUserList[1])

	for command, body := range map[string]string{
		startCall:     `{"UserList":[{"User_Account":{}}]}`,
		memberChanged: `{"ChangedUserList":[{"User_Account":[]}]}`,
		endCall:       `{"CallRecord":{"RoomId":true}}`,
	} {
		_, err := callback.Decode(command, []byte(body))
		require.ErrorIs(t, err, callback.ErrMalformed, body)
	}
	_, err = callback.Decode(startCall, []byte(`{"CallInfo":{"RoomId":{}}}`))
	require.ErrorIs(t, err, callback.ErrMalformed)
}

func TestCallMediaTypeHasTwoNames(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]callback.CallInfo{
		`{"CallMediaType":"Video","RoomId":"4711","RoomIdType":1}`: {
			CallMediaType: callback.CallMediaTypeVideo, RoomID: "4711", RoomIDType: callback.RoomIDTypeNumber,
		},
		`{"MediaType":"Audio","RoomId":4294967295}`:       {CallMediaType: callback.CallMediaTypeAudio, RoomID: "4294967295"},
		`{"MediaType":"Audio","CallMediaType":"Video"}`:   {CallMediaType: callback.CallMediaTypeVideo},
		`{"CallId":"c","ChatGroupId":"g","RoomIdType":2}`: {CallID: "c", ChatGroupID: "g", RoomIDType: callback.RoomIDTypeString},
	} {
		e, err := callback.Decode(startCall, []byte(`{"CallInfo":`+body+`}`))
		require.NoError(t, err, body)
		assert.Equal(t, want, e.(*callback.CallAfterStartCall).CallInfo, body)
		text, err := callback.Encode(e)
		require.NoError(t, err)
		assert.NotContains(t, string(text), `"MediaType"`, "the newest name alone is written")
	}
}

func TestCallRecord(t *testing.T) {
	t.Parallel()
	e, err := callback.Decode(endCall, []byte(`{"CallRecord":{"CallId":"c","MediaType":"Video","CallType":"MultiCall","StartTime":1744614310,
		"AcceptTime":0,"CallResult":"NormalEnd","CalleeList_Account":["u-1","u-2"],"RoomId":4711}}`))
	require.NoError(t, err)
	record := e.(*callback.CallAfterEndCall).CallRecord
	assert.Equal(t, callback.CallRecord{
		CallID: "c", MediaType: callback.CallMediaTypeVideo, CallType: callback.CallTypeMulti, StartTime: 1744614310,
		CallResult: callback.CallResultNormalEnd, CalleeListAccount: []string{"u-1", "u-2"}, RoomID: "4711",
	}, record)
	assert.True(t, time.Unix(1744614310, 0).Equal(record.StartTime.Time()))
	assert.True(t, record.AcceptTime.Time().IsZero(), "nobody answered")
}

func TestCallActionIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b callback.CallAction
		same bool
	}{
		{"Accept", callback.CallActionAnswer, true},
		{"Invited", callback.CallActionInvite, true},
		{"invited", "Invited", true},
		{"New", "new", true},
		{callback.CallActionInvite, callback.CallActionCancelInvite, false},
		{callback.CallActionAnswer, callback.CallActionNotAnswer, false},
	} {
		assert.Equal(t, c.same, c.a.Is(c.b), "%s %s", c.a, c.b)
		assert.Equal(t, c.same, c.b.Is(c.a), "%s %s", c.b, c.a)
	}
}
