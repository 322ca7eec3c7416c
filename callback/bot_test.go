package callback_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

func TestBotMessages(t *testing.T) {
	t.Parallel()
	const numbers = `"MsgSeq":18446744073709551615,"MsgRandom":18446744073709551615,"MsgTime":1753347000`
	e, err := callback.Decode("Bot.OnC2CMessage", []byte(`{`+numbers+`,"UnreadMsgNum":0}`))
	require.NoError(t, err)
	c2c := e.(*callback.BotOnC2CMessage)
	assert.Equal(t, []uint64{math.MaxUint64, math.MaxUint64}, []uint64{c2c.MsgSeq, c2c.MsgRandom})
	assert.Equal(t, callback.UnixTime(1753347000), c2c.MsgTime)
	assert.Equal(t, callback.Some(0), c2c.UnreadMsgNum, "all read is not the same as not said")

	e, err = callback.Decode("Bot.OnC2CMessage", []byte(`{}`))
	require.NoError(t, err)
	assert.True(t, e.(*callback.BotOnC2CMessage).UnreadMsgNum.IsZero())

	e, err = callback.Decode("Bot.OnGroupMessage", []byte(`{"Type":"ChatRoom","AtRobots_Account":["@RBT#a","@RBT#b"]}`))
	require.NoError(t, err)
	group := e.(*callback.BotOnGroupMessage)
	assert.Equal(t, []string{"@RBT#a", "@RBT#b"}, group.AtRobotsAccount)
	assert.True(t, group.Type.Is(callback.GroupTypeMeeting))

	e, err = callback.Decode("Chatbot.OnC2CSignalMessage", []byte(`{`+numbers+`,"Data":"{\"a\":\"\\u0000\"}"}`))
	require.NoError(t, err)
	assert.Equal(t, `{"a":"\u0000"}`, e.(*callback.ChatbotOnC2CSignalMessage).Data)
}
