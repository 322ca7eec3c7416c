package main

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// callsOf returns where among all calls those of commands are.
func callsOf(chat *restapitest.Server, commands ...restapi.Command) (at []int) {
	for i, c := range chat.Calls() {
		for _, cmd := range commands {
			if c.Command.Path() == cmd.Path() {
				at = append(at, i)
			}
		}
	}
	return at
}

func TestImport(t *testing.T) {
	t.Parallel()
	chat := newChat(t)
	folder := oldChat{users: 250, groups: 12, messages: 1200}.write(t)
	r := call(t.Context(), t, chat, "-dry-run", folder)
	require.NoError(t, r.err, r.out)
	assert.Empty(t, chat.Calls())
	for _, said := range []string{
		"good: 250 accounts\n", "good: 500 friends\n", "good: 13 blocked users\n", "good: 13 follows\n", "good: 12 groups\n",
		"good: 1 topics\n", "good: 600 group messages\n", "good: 120 group members\n", "good: 600 one-to-one messages\n",
		"left behind: 13 x follow FollowTime", "bad lines: 0",
	} {
		assert.Contains(t, r.out, said)
	}

	r = call(t.Context(), t, chat, folder)
	require.NoError(t, r.err, r.log)
	assert.Contains(t, r.out, "read back: 1320 lines, 0 of them differ; 789 messages are older")
	assert.Contains(t, r.out, "192 group messages were moved by up to 1 s")
	assert.Contains(t, r.log, "one-to-one messages: 600 of 600, ")
	assert.Empty(t, beside(t, folder), "nothing is left of an import that is complete")

	lines := state(t, chat)
	for kind, n := range map[string]int{
		"user": 250 + 1, "friend": 500, "blocked": 13, "follow": 13, "group": 12, "topic": 1, "groupmember": 120, "groupmessage": 600,
		"message": 600,
	} {
		assert.Len(t, ofKind(lines, kind), n, kind)
	}
	all := strings.Join(lines, "\n")
	for _, has := range []string{
		`{"ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"User 10"},{"Tag":"Tag_Profile_IM_Level","Value":3},` +
			`{"Tag":"Tag_Profile_IM_SelfSignature","Value":"née É \u003c\u0026\u003e"}],"UserID":"user00010","kind":"user"}`,
		`"NameCard":"the third"`, `"Role":"Admin"`, `"Introduction":"from the old system"`, `"CloudCustomData":"data"`,
		`"Tag_SNS_IM_Remark","Value":"friend 2"`,
	} {
		assert.Contains(t, all, has)
	}

	var last int // of the calls of the step before
	for _, commands := range [][]restapi.Command{
		{account.CommandMultiAccountImport},
		{friend.CommandFriendImport},
		{friend.CommandBlackListAdd},
		{group.CommandImportGroup},
		{group.CommandImportGroupMsg},
		{group.CommandImportGroupMember},
		{message.CommandImportMsg},
		{account.CommandAccountCheck},
		{message.CommandAdminGetRoamMsg},
	} {
		at := callsOf(chat, commands...)
		require.NotEmpty(t, at, commands)
		assert.GreaterOrEqual(t, at[0], last, commands)
		last = at[len(at)-1]
	}
	assert.Len(t, callsOf(chat, account.CommandMultiAccountImport), 3, "a hundred accounts a call")
	assert.Len(t, callsOf(chat, group.CommandImportGroupMsg), 12*8, "seven messages a call, fifty of each group")
	assert.Len(t, callsOf(chat, group.CommandImportGroupMember), 12)
}

// Messages of one second keep their order, in the seconds that follow.
func TestABurstOfMessages(t *testing.T) {
	t.Parallel()
	var burst strings.Builder
	for seq := range 100 {
		own := strconv.Itoa(1_700_000_001 + seq)
		burst.WriteString(strings.Replace(inGroup(seq+1, fmt.Sprintf("text %d", seq)), own, "1700000000", 1))
	}
	burst.WriteString(inGroup(200, "later"))
	chat := newChat(t)
	r := call(t.Context(), t, chat, writeFolder(t, map[string]string{"all.jsonl": people + harbor + burst.String()}))
	require.NoError(t, r.err, r.out)
	assert.Contains(t, r.out, "100 group messages were moved by up to 100 s")
	var snapshot strings.Builder
	require.NoError(t, chat.Snapshot(&snapshot))
	messages := ofKind(strings.Split(snapshot.String(), "\n"), "groupmessage")
	require.Len(t, messages, 101)
	for i, line := range messages[:100] {
		assert.Contains(t, line, fmt.Sprintf(`"Text":"text %d"`, i))
		assert.Contains(t, line, fmt.Sprintf(`"MsgTimeStamp":%d`, 1_700_000_001+i))
	}
	assert.Contains(t, messages[100], `"MsgTimeStamp":1700000200`)
}
