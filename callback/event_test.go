package callback_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/profile"
)

// full has a value for every field of an event.
var full = map[string]string{
	portraitSet: `{"CallbackCommand":"Profile.CallbackPortraitSet","Operator_Account":"a","From_Account":"b","EventTime":1,
		"ProfileItem":[{"Tag":"Tag_Profile_Custom_X","Value":4294967295},{"Tag":"Tag_Profile_IM_Nick","Value":"a\u0000b"}]}`,
	groupChanged: `{"CallbackCommand":"Group.CallbackAfterGroupInfoChanged","GroupId":"a","Type":"b","Operator_Account":"c","Name":"",
		"Introduction":"d","Notification":"a\u0000b","FaceUrl":"e","EventTime":1741589712001}`,
	"Group.CallbackAfterTopicInfoChanged": `{"CallbackCommand":"Group.CallbackAfterTopicInfoChanged","GroupId":"a","TopicId":"t","Type":"b",
		"Operator_Account":"c","Name":"","Introduction":"d","Notification":"","FaceUrl":"","EventTime":1741589712001}`,
	stateChange: `{"CallbackCommand":"State.StateChange","EventTime":1700000000222,
		"Info":{"Action":"New","To_Account":"u","Reason":"Newer","CustomStatus":"a\u0000b"},"KickedDevice":[{"Platform":"Linux"}]}`,
	beforeSendMsg: `{"CallbackCommand":"Group.CallbackBeforeSendMsg","GroupId":"g","TopicId":"t","Type":"Live","From_Account":"f",
		"Operator_Account":"o","Random":4294967295,"MsgId":"m","OnlineOnlyFlag":1,"CloudCustomData":"a\u0000b","EventTime":1741574942001,
		"MsgBody":[{"MsgType":"TIMNewElem","MsgContent":{"N":18446744073709551615}}]}`,
}

func TestAbsentFieldsStayAbsent(t *testing.T) {
	t.Parallel()
	for command, want := range map[string]string{
		portraitSet:   `{"Operator_Account":"","From_Account":""}`,
		groupChanged:  `{"GroupId":"","Type":"","Operator_Account":""}`,
		stateChange:   `{"Info":{"Action":"","To_Account":"","Reason":""}}`,
		beforeSendMsg: `{"GroupId":"","Type":"","From_Account":"","Operator_Account":"","Random":0}`,
	} {
		e, err := callback.Decode(command, []byte(`{}`))
		require.NoError(t, err)
		out, err := json.Marshal(e)
		require.NoError(t, err)
		assert.JSONEq(t, want, string(out))
	}
}

func TestEventFields(t *testing.T) {
	t.Parallel()
	e, err := callback.Decode(groupChanged, []byte(`{"GroupId":"g","Name":"","Notification":"n","Introduction":null,"EventTime":"1741589712000"}`))
	require.NoError(t, err)
	changed := e.(*callback.GroupAfterGroupInfoChanged)
	name, ok := changed.Name.Get()
	assert.True(t, ok, "the name was taken away")
	assert.Empty(t, name)
	assert.Equal(t, callback.Some("n"), changed.Notification)
	for _, absent := range []callback.Optional[string]{changed.Introduction, changed.FaceURL} {
		_, ok = absent.Get()
		assert.False(t, ok)
		assert.Equal(t, "old", absent.Or("old"))
	}
	assert.Equal(t, "n", changed.Notification.Or("old"))
	assert.True(t, time.UnixMilli(1741589712000).Equal(changed.EventTime.Time()))

	e, err = callback.Decode(portraitSet, []byte(full[portraitSet]))
	require.NoError(t, err)
	nick, ok := profile.Nick.Of(e.(*callback.ProfilePortraitSet).ProfileItem)
	assert.True(t, ok)
	assert.Equal(t, "a\x00b", nick)

	e, err = callback.Decode(beforeSendMsg, []byte(full[beforeSendMsg]))
	require.NoError(t, err)
	msg := e.(*callback.GroupBeforeSendMsg)
	assert.Equal(t, uint64(math.MaxUint32), msg.Random)
	assert.JSONEq(t, `{"N":18446744073709551615}`, string(msg.MsgBody[0].(*message.UnknownElem).Content))
}

func TestEventTime(t *testing.T) {
	t.Parallel()
	assert.Zero(t, callback.EventTime(0).Time())
	assert.True(t, time.Time{}.Equal(callback.EventTime(0).Time()))
	moment := time.Unix(1750648027, 123456789)
	assert.Equal(t, callback.EventTime(1750648027123), callback.EventTimeOf(moment))
	for body, ok := range map[string]bool{`"x"`: false, `{}`: false, `1.5`: false, `null`: true, `""`: true, `"12"`: true} {
		_, err := callback.Decode(stateChange, []byte(`{"EventTime":`+body+`}`))
		if ok {
			require.NoError(t, err, body)
		} else {
			require.ErrorIs(t, err, callback.ErrMalformed, body)
		}
	}
}

func TestPlatformIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b callback.Platform
		same bool
	}{
		{"IOS", callback.PlatformIOS, true},
		{"iOS", callback.PlatformIOS, true},
		{"macOS", callback.PlatformMac, true},
		{callback.PlatformMac, "MacOS", true},
		{"mac", callback.PlatformMac, true},
		{"iPad", callback.PlatformIOS, false},
		{"", callback.PlatformUnknown, false},
		{"Visor", "visor", true},
	} {
		assert.Equal(t, c.same, c.a.Is(c.b), "%s %s", c.a, c.b)
		assert.Equal(t, c.same, c.b.Is(c.a), "%s %s", c.b, c.a)
	}
	var documented struct {
		Webhook struct {
			Query []struct {
				Name   string
				Values []callback.Platform
			}
		}
	}
	require.NoError(t, spec.Read("protocol.json", &documented))
	constants := []callback.Platform{
		callback.PlatformRESTAPI, callback.PlatformWeb, callback.PlatformAndroid, callback.PlatformIOS, callback.PlatformWindows,
		callback.PlatformMac, callback.PlatformIPad, callback.PlatformUnknown,
	}
	for _, q := range documented.Webhook.Query {
		for _, value := range q.Values {
			found := false
			for _, c := range constants {
				found = found || c.Is(value)
			}
			assert.True(t, found, value)
		}
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`null`, `[]`, ``, ` `, `{`, `{}x`, `{}{}`, `"x"`, `7`, `{"CallbackCommand":7}`} {
		for _, command := range []string{portraitSet, beforeSendMsg, "New.X"} {
			e, err := callback.Decode(command, []byte(body))
			require.ErrorIs(t, err, callback.ErrMalformed, body)
			require.ErrorContains(t, err, command)
			assert.Nil(t, e)
		}
	}
	for _, command := range []string{portraitSet, beforeSendMsg} {
		e, err := callback.Decode(command, []byte(`{"CallbackCommand":"Other"}`))
		require.ErrorIs(t, err, callback.ErrMalformed)
		assert.Nil(t, e)
	}
	body := []byte(` {"CallbackCommand":"New.X","a":1.50} `)
	e, err := callback.Decode("New.X", body)
	require.NoError(t, err)
	unknown, ok := e.(*callback.Unknown)
	require.True(t, ok)
	assert.Equal(t, "New.X", unknown.Command())
	assert.Equal(t, "New.X", unknown.CallbackCommand)
	assert.Equal(t, body, []byte(unknown.Raw))
	out, err := json.Marshal(unknown)
	require.NoError(t, err)
	assert.Equal(t, `{"CallbackCommand":"New.X","a":1.50}`, string(out))
	out, err = json.Marshal(callback.NewUnknown("New.X", nil))
	require.NoError(t, err)
	assert.Equal(t, `{"CallbackCommand":"New.X"}`, string(out))
}

func TestEncode(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		event callback.Event
		want  string
	}{
		"the command is filled in": {
			&callback.StateChange{Info: callback.StateInfo{ToAccount: "<u>"}},
			`{"CallbackCommand":"State.StateChange","Info":{"Action":"","To_Account":"<u>","Reason":""}}`,
		},
		"a command that is there stays": {
			&callback.StateChange{Meta: callback.Meta{CallbackCommand: "State.StateChange"}},
			`{"CallbackCommand":"State.StateChange","Info":{"Action":"","To_Account":"","Reason":""}}`,
		},
		"an unknown event is its body": {callback.NewUnknown("New.Event", []byte(`{"a": 1}`)), `{"a": 1}`},
		"or its command":               {callback.NewUnknown("New.Event", nil), `{"CallbackCommand":"New.Event"}`},
	} {
		body, err := callback.Encode(test.event)
		require.NoError(t, err, name)
		assert.Equal(t, test.want, string(body), name)
		_, err = callback.Decode(test.event.Command(), body)
		require.NoError(t, err, name)
	}
}

func TestMetadataIsTheEventsOwn(t *testing.T) {
	t.Parallel()
	e := &callback.StateChange{}
	e.Metadata().ClientIP = "203.0.113.9"
	assert.Equal(t, "203.0.113.9", e.ClientIP)
}
