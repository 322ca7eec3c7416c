package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
)

// An oldChat is how much there is of another system.
type oldChat struct {
	users, groups, messages int // half of the messages are of groups
}

const header = `{"format":"tencentchat-local","version":1,"sdkappid":1400000009}`

func userID(i int) string { return fmt.Sprintf("user%05d", i) }

func groupID(i int) string {
	if i%4 == 3 {
		return fmt.Sprintf("@TGS#_old%04d", i)
	}
	return fmt.Sprintf("old%04d", i)
}

// hasTopic says of every other community that it has one topic, where all that is said is said.
func hasTopic(i int) bool { return i%8 == 7 }

func topicID(i int) string { return group.TopicID(groupID(i), "talk") }

// write writes it into a folder, in files whose names are not in the order of the import, and returns the folder.
func (o oldChat) write(t testing.TB) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "old-chat")
	require.NoError(t, os.Mkdir(folder, 0o700))
	for name, lines := range map[string]func(say func(kind string, fields ...any)){
		"z-users.jsonl": o.userLines, "relations.jsonl": o.relationLines, "groups.jsonl": o.groupLines,
		"messages.jsonl": o.messageLines,
	} {
		file, err := os.Create(filepath.Join(folder, name))
		require.NoError(t, err)
		out := bufio.NewWriter(file)
		fmt.Fprintln(out, header)
		lines(func(kind string, fields ...any) {
			fmt.Fprintf(out, `{"kind":%q`, kind)
			for i := 0; i < len(fields); i += 2 {
				value, err := json.Marshal(fields[i+1])
				require.NoError(t, err)
				fmt.Fprintf(out, `,%q:%s`, fields[i], value)
			}
			fmt.Fprintln(out, "}")
		})
		require.NoError(t, out.Flush())
		require.NoError(t, file.Close())
	}
	return folder
}

type tagged struct {
	Tag   string
	Value any
}

func (o oldChat) userLines(say func(string, ...any)) {
	for i := range o.users {
		items := []tagged{{"Tag_Profile_IM_Nick", fmt.Sprintf("User %d", i)}}
		if i%10 == 0 {
			items = append(items, tagged{"Tag_Profile_IM_Level", i % 7}, tagged{"Tag_Profile_IM_SelfSignature", "née É <&>"})
		}
		say("user", "UserID", userID(i), "ProfileItem", items)
	}
}

func (o oldChat) relationLines(say func(string, ...any)) {
	since := time.Now().Add(-24 * time.Hour).Unix()
	for i := range o.users {
		for d := 1; d <= 2; d++ {
			say("friend", "From_Account", userID(i), "To_Account", userID((i+d)%o.users), "ValueItem", []tagged{
				{"Tag_SNS_IM_Remark", fmt.Sprintf("friend %d", d)},
				{"Tag_SNS_IM_AddSource", "AddSource_Type_Old"},
				{"Tag_SNS_IM_Group", []string{"School"}},
				{"Tag_SNS_IM_AddTime", since},
			})
		}
	}
	for i := 0; i < o.users; i += 20 {
		say("blocked", "From_Account", userID(i), "To_Account", userID((i+5)%o.users), "AddBlackTimeStamp", since)
		say("follow", "From_Account", userID(i), "To_Account", userID((i+3)%o.users), "FollowTime", since)
	}
}

var groupTypes = []string{"Private", "Public", "ChatRoom", "Community"}

const membersOfEach = 10

func (o oldChat) memberOf(group, i int) string { return userID((group*7 + i) % o.users) }

func (o oldChat) groupLines(say func(string, ...any)) {
	made := time.Now().Add(-30 * 24 * time.Hour).Unix()
	for g := range o.groups {
		fields := []any{
			"GroupId", groupID(g), "Type", groupTypes[g%4], "Name", fmt.Sprintf("Group %d", g),
			"Owner_Account", o.memberOf(g, 0), "Introduction", "from the old system", "CreateTime", made,
		}
		if hasTopic(g) {
			fields = append(fields, "SupportTopic", 1)
		}
		say("group", fields...)
	}
	for g := range o.groups {
		if hasTopic(g) {
			say("topic", "GroupId", groupID(g), "TopicId", topicID(g), "TopicName", "Talk", "CreateTime", made)
		}
	}
	read := o.messages / 2 / o.groups / 2
	for g := range o.groups {
		for i := range membersOfEach {
			fields := []any{"GroupId", groupID(g), "Member_Account", o.memberOf(g, i), "JoinTime", made + int64(i), "MsgSeq", read}
			switch i {
			case 1:
				fields = append(fields, "Role", "Admin")
			case 2:
				fields = append(fields, "NameCard", "the third")
			}
			say("groupmember", fields...)
		}
	}
}

func (o oldChat) messageLines(say func(string, ...any)) {
	body := func(text string) any {
		return []any{map[string]any{"MsgType": "TIMTextElem", "MsgContent": map[string]any{"Text": text}}}
	}
	half := o.messages / 2
	begin := time.Now().Add(-20 * 24 * time.Hour).Unix()
	seconds := int64(20*24*3600-3600) / int64(half+1)
	for i := range half {
		at := begin + int64(i)*seconds
		round, g := i/o.groups, i%o.groups
		fields := []any{
			"GroupId", groupID(g), "MsgSeq", round + 1, "From_Account", o.memberOf(g, round%membersOfEach),
			// Every third message is of the second of the one before.
			"MsgTimeStamp", begin + int64(round-min(round%3/2, 1))*seconds*int64(o.groups) + int64(g),
			"MsgBody", body(fmt.Sprintf("group message %d", i)),
		}
		if i%2 == 0 {
			fields = append(fields, "Random", 1000+i)
		}
		if hasTopic(g) {
			fields = append(fields, "TopicId", topicID(g))
		}
		say("groupmessage", fields...)
		from, to := i%o.users, (i+1)%o.users
		if i%3 == 0 {
			from, to = to, from
		}
		say("message", "From_Account", userID(from), "To_Account", userID(to), "MsgSeq", i+1, "MsgRandom", 5000+i,
			"MsgTimeStamp", at, "MsgBody", body(fmt.Sprintf("message %d", i)), "CloudCustomData", "data")
	}
}
