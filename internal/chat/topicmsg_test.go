package chat_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A topic has numbers, unread messages and pins of its own.
func TestMessagesOfTopics(t *testing.T) {
	t.Parallel()
	const sea, boats = "@TGS#_sea", "@TGS#_sea@TOPIC#_boats"
	a := newApp(t, nil)
	require.NoError(t, a.Restore(strings.NewReader(docked+`
{"kind":"group","GroupId":"`+sea+`","Type":"Community","Owner_Account":"mira","SupportTopic":1}
{"kind":"groupmember","GroupId":"`+sea+`","Member_Account":"ozan"}`)))
	require.Zero(t, do(t, a, "million_group_open_http_svc/create_topic",
		`{"GroupId":"`+sea+`","TopicId":"`+boats+`","TopicName":"Boats"}`))
	mira, ozan := signedIn(t, a, "mira", callback.PlatformIOS), signedIn(t, a, "ozan", callback.PlatformIOS)
	answer := sayIn(t, a, time.Now(), `{"GroupId":"`+sea+`","Random":1,"MsgBody":`+text("x")+`}`)
	assert.EqualValues(t, 1, answer.MsgSeq)
	m, err := mira.In(boats).Send(message.Text("madder root is in"), chat.SendOptions{})
	require.NoError(t, err)
	assert.EqualValues(t, 1, m.MsgSeq)
	assert.Equal(t, boats, m.To)
	inbox := ozan.Inbox()
	assert.Equal(t, boats, inbox[len(inbox)-1].Chat)
	assert.Equal(t, 1, ozan.In(boats).Unread())
	assert.Equal(t, 1, ozan.In(sea).Unread())
	require.NoError(t, ozan.In(boats).MarkRead())
	assert.Equal(t, []int{0, 1}, []int{ozan.In(boats).Unread(), ozan.In(sea).Unread()})
	require.Zero(t, do(t, a, "group_open_http_svc/pin_message", `{"GroupId":"`+sea+`","TopicId":"`+boats+`","MsgSeq":1}`))
	assert.Contains(t, snapshot(t, a), `"TopicId":"`+boats+`","MsgSeq":1,"LastMsgTime"`)
	require.NoError(t, ozan.In(boats).Delete())
	assert.Empty(t, ozan.In(boats).Messages())
	assert.Len(t, ozan.In(sea).Messages(), 1)
	assert.Len(t, mira.In(boats).Messages(), 1)
	_, err = ozan.In(sea+"@TOPIC#_x").Send(message.Text("x"), chat.SendOptions{})
	assert.Equal(t, restapi.CodeGroupNotFound, codeOf(err))
	before := snapshot(t, a)
	require.NoError(t, a.Restore(strings.NewReader(before)))
	assert.Equal(t, before, snapshot(t, a), "the messages of a topic come back too")
	require.Zero(t, do(t, a, "million_group_open_http_svc/destroy_topic", `{"GroupId":"`+sea+`","TopicIdList":["`+boats+`"]}`))
	assert.Equal(t, 1, chat.Kept(a), "that of the community itself")
	require.Zero(t, do(t, a, "group_open_http_svc/destroy_group", `{"GroupId":"`+sea+`"}`))
	assert.Zero(t, chat.Kept(a))
}
