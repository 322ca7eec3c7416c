package chat_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/internal/chat"
)

// chattering are groups in which ann and bob are.
const chattering = `{"format":"tencentchat-local","version":1}
{"kind":"user","UserID":"ann"}
{"kind":"user","UserID":"bob"}
{"kind":"user","UserID":"cat"}
{"kind":"group","GroupId":"g","Type":"Public","Name":"G","Owner_Account":"ann"}
{"kind":"group","GroupId":"h","Type":"Private","Name":"H","Owner_Account":"ann"}
{"kind":"groupmember","GroupId":"g","Member_Account":"bob"}
{"kind":"groupmember","GroupId":"h","Member_Account":"bob"}`

// sayInto has ann send a message to a group, of which each is another one.
func sayInto(tb testing.TB, a *chat.App, groupID string, at time.Time) {
	tb.Helper()
	row, _ := a.Row("v4/group_open_http_svc/send_group_msg")
	req := request(a, "")
	req.Now, req.Body = at, fmt.Appendf(nil, `{"GroupId":%q,"From_Account":"ann","Random":%d,"MsgBody":%s}`, groupID, req.ID, text("hi"))
	_, err := a.Do(tb.Context(), row, req)
	require.NoError(tb, err)
}

// listed is the list of conversations that a user's device has.
func listed(d *chat.Device) (list []chat.Conversation) {
	for _, one := range d.Conversations() {
		one.Time = one.Time.UTC()
		list = append(list, one)
	}
	return list
}

func TestGroupsOnListsOfConversations(t *testing.T) {
	t.Parallel()
	a := newApp(t, nil)
	require.NoError(t, a.Restore(strings.NewReader(chattering)))
	bob := signedIn(t, a, "bob", callback.PlatformIOS)
	at := time.Now().UTC().Truncate(time.Second)
	assert.Empty(t, listed(bob), "no group has a message")
	sayInto(t, a, "h", at)
	sayInto(t, a, "g", at)
	sayInto(t, a, "h", at)
	g, h := conversation.Group("g"), conversation.Group("h")
	assert.Equal(t, []chat.Conversation{{ID: h, Time: at, Unread: 2}, {ID: g, Time: at, Unread: 1}}, listed(bob))
	assert.Equal(t, 3, bob.AllUnread())
	assert.Empty(t, listed(signedIn(t, a, "cat", callback.PlatformIOS)), "who is in no group")

	require.Zero(t, do(t, a, "recentcontact/top", `{"From_Account":"bob","OperationType":1,"RecentContactItem":[{"Type":2,"GroupId":"g"}]}`))
	assert.Equal(t, g, listed(bob)[0].ID)
	require.Zero(t, do(t, a, "recentcontact/delete", `{"From_Account":"bob","Type":2,"ToGroupid":"h"}`))
	assert.Equal(t, []chat.Conversation{{ID: g, Time: at, Unread: 1, Pinned: true}}, listed(bob))
	before := snapshot(t, a)
	assert.Contains(t, before, `{"kind":"conversation","From_Account":"bob","Type":2,"ToGroupId":"h","ClearedMsgSeq":2}`)
	sayInto(t, a, "h", at.Add(time.Second))
	assert.Equal(t, chat.Conversation{ID: h, Time: at.Add(time.Second), Unread: 1}, listed(bob)[1], "a later message brings it back")
	_, list := ask(t, a, "recentcontact/get_list", `{"From_Account":"bob","TimeStamp":0,"StartIndex":0,"TopTimeStamp":0,
		"TopStartIndex":0,"AssistFlags":7}`)
	assert.Contains(t, list, fmt.Sprintf(`"SessionItem":[{"Type":2,"GroupId":"g","MsgTime":%d,"TopFlag":1},`+
		`{"Type":2,"GroupId":"h","MsgTime":%d,"TopFlag":0}]`, at.Unix(), at.Unix()+1))
	require.NoError(t, bob.MarkAllRead())
	assert.Zero(t, bob.AllUnread())

	require.NoError(t, bob.LeaveGroup("g"))
	assert.Len(t, listed(bob), 1)
	require.Zero(t, do(t, a, "group_open_http_svc/destroy_group", `{"GroupId":"h"}`))
	assert.Empty(t, listed(bob))
	assert.NotContains(t, snapshot(t, a), `"conversation"`, "nothing is left for another group of that name")
}

func TestMarksOfGroupsAreForMembers(t *testing.T) {
	t.Parallel()
	a := newApp(t, nil)
	require.NoError(t, a.Restore(strings.NewReader(chattering)))
	mark := func(userID, groupID string) string {
		_, answer := ask(t, a, "recentcontact/mark_contact", `{"From_Account":"`+userID+`","MarkItem":[{"OptType":1,"SetMark":[1],
			"ContactItem":{"Type":2,"ToGroupId":"`+groupID+`"}}]}`)
		return answer
	}
	assert.Contains(t, mark("bob", "g"), `"ResultCode":0`)
	assert.Contains(t, mark("cat", "g"), `"ResultCode":51007`)
	assert.Contains(t, mark("bob", "nowhere"), `"ResultCode":51007`)
}
