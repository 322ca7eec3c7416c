package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	people = `{"kind":"user","UserID":"ann"}` + "\n" + `{"kind":"user","UserID":"bob"}` + "\n"
	harbor = `{"kind":"group","GroupId":"harbor","Type":"Public","Name":"Harbor","Owner_Account":"ann","CreateTime":1700000000}` + "\n"
	hello  = `"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello"}}]`
)

// bad are files with a fault in each, and what is said of it.
var bad = map[string]struct{ lines, said string }{
	"a friend who is nobody": {
		`{"kind":"friend","From_Account":"ann","To_Account":"zoe"}`, `To_Account "zoe" is not the user of any line`,
	},
	"a list of nobody":      {`{"kind":"friend","From_Account":"zoe","To_Account":"ann"}`, `From_Account "zoe" is not`},
	"blocked nobody":        {`{"kind":"blocked","From_Account":"ann","To_Account":"zoe"}`, `To_Account "zoe" is not`},
	"follower of nobody":    {`{"kind":"follow","From_Account":"ann","To_Account":"zoe"}`, `To_Account "zoe" is not`},
	"a friend of their own": {`{"kind":"friend","From_Account":"ann","To_Account":"ann"}`, "AddFriendItem[0].To_Account"},
	"an owner who is nobody": {
		`{"kind":"group","GroupId":"g","Type":"Public","Name":"G","Owner_Account":"zoe","CreateTime":1700000000}`,
		`Owner_Account "zoe" is not`,
	},
	"a group of no time": {`{"kind":"group","GroupId":"g","Type":"Public","Name":"G"}`, "CreateTime is missing"},
	"a group of a long name": {
		`{"kind":"group","GroupId":"g","Type":"Public","Name":"0123456789012345678901234567890","CreateTime":1700000000}`,
		"Name has 31 bytes",
	},
	"a member of nothing": {`{"kind":"groupmember","GroupId":"g","Member_Account":"ann"}`, `GroupId "g" is not a line`},
	"a member who is nobody": {
		`{"kind":"groupmember","GroupId":"harbor","Member_Account":"zoe"}`, `Member_Account "zoe" is not`,
	},
	"a member from before": {
		`{"kind":"groupmember","GroupId":"harbor","Member_Account":"bob","JoinTime":1600000000}`, "JoinTime is before",
	},
	"a member with a long card": {
		`{"kind":"groupmember","GroupId":"harbor","Member_Account":"bob","NameCard":"` + strings.Repeat("x", 51) + `"}`,
		"NameCard has 51 bytes",
	},
	"a message in nothing": {
		`{"kind":"groupmessage","GroupId":"g","From_Account":"ann","MsgTimeStamp":1700000001,` + hello + `}`,
		`the group or topic "g" is not a line`,
	},
	"a group's message of nobody": {
		`{"kind":"groupmessage","GroupId":"harbor","From_Account":"zoe","MsgTimeStamp":1700000001,` + hello + `}`,
		`From_Account "zoe" is not`,
	},
	"a group's message from before": {
		`{"kind":"groupmessage","GroupId":"harbor","From_Account":"ann","MsgTimeStamp":1600000000,` + hello + `}`,
		"MsgTimeStamp is before the CreateTime",
	},
	"an empty message": {
		`{"kind":"message","From_Account":"ann","To_Account":"bob","MsgTimeStamp":1700000001}`, "MsgBody",
	},
	"a message of no time": {`{"kind":"message","From_Account":"ann","To_Account":"bob",` + hello + `}`, "MsgTimeStamp is missing"},
	"a message to nobody": {
		`{"kind":"message","From_Account":"ann","To_Account":"zoe","MsgTimeStamp":1700000001,` + hello + `}`,
		`To_Account "zoe" is not`,
	},
	"a profile that cannot be": {
		`{"kind":"user","UserID":"cat","ProfileItem":[{"Tag":"Tag_Profile_IM_Level","Value":"high"}]}`, "takes a number",
	},
	"a long ID":       {`{"kind":"user","UserID":"012345678901234567890123456789012"}`, "UserID has 33 bytes"},
	"a user twice":    {`{"kind":"user","UserID":"ann"}`, "is there twice"},
	"a strange field": {`{"kind":"user","UserID":"cat","Nick":"Cat"}`, `a user has no "Nick"`},
	"a strange kind":  {`{"kind":"dog","UserID":"cat"}`, `there is no kind "dog"`},
	"no kind":         {`{"UserID":"cat"}`, "has no kind"},
	"no JSON":         {`{"kind":"user"`, "is not a JSON object"},
	"another type":    {`{"kind":"user","UserID":7}`, "is not a user"},
	"out of order": {
		`{"kind":"groupmessage","GroupId":"harbor","From_Account":"ann","MsgTimeStamp":1700000100,` + hello + `}` + "\n" +
			`{"kind":"groupmessage","GroupId":"harbor","From_Account":"ann","MsgTimeStamp":1700000001,` + hello + `}`,
		"sort the messages of a group by time",
	},
}

// A line that cannot be imported is named by file and number, by a dry run without a call, and is left out by an import.
func TestBadLines(t *testing.T) {
	t.Parallel()
	for name, tc := range bad {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			number := "a-bad.jsonl:" + map[bool]string{false: "3", true: "4"}[strings.Contains(tc.lines, "\n")]
			folder := writeFolder(t, map[string]string{
				"a-bad.jsonl": header + "\n\n" + tc.lines + "\n", "people.jsonl": people, "z.jsonl": harbor,
			})
			chat := newChat(t)
			r := call(t.Context(), t, chat, "-dry-run", folder)
			assert.Equal(t, 1, r.status, r.out)
			assert.Contains(t, r.out, "bad lines: 1")
			if name == "a user twice" { // the one that is read later is bad
				number = "people.jsonl:1"
			}
			assert.Regexp(t, `(?m)^`+number+`: `, r.out)
			assert.Contains(t, r.out, tc.said)
			assert.Empty(t, chat.Calls())
			assert.Empty(t, beside(t, folder))

			r = call(t.Context(), t, chat, folder)
			assert.Equal(t, 1, r.status)
			assert.Contains(t, r.log+failuresOf(t, folder), tc.said)
			assert.Len(t, ofKind(state(t, chat), "user"), 3, "the others are imported")
		})
	}
}

func failuresOf(t *testing.T, folder string) string {
	t.Helper()
	data, err := os.ReadFile(folder + ".failures.jsonl")
	if err != nil {
		require.ErrorIs(t, err, os.ErrNotExist)
	}
	return strings.ReplaceAll(string(data), `\"`, `"`)
}

// What cannot be imported at all is counted and said.
func TestWhatIsLeftBehind(t *testing.T) {
	t.Parallel()
	folder := writeFolder(t, map[string]string{"all.jsonl": header + "\n" + people + harbor +
		`{"kind":"settings","ForbidWords":["x"]}` + "\n" +
		`{"kind":"group","GroupId":"room","Type":"AVChatRoom","Name":"Room","CreateTime":1700000000}` + "\n" +
		`{"kind":"groupmember","GroupId":"room","Member_Account":"bob"}` + "\n" +
		`{"kind":"groupmessage","GroupId":"harbor","MsgSeq":1,"From_Account":"ann","MsgTimeStamp":1700000001,"IsPlaceMsg":2,` + hello + `}` + "\n" +
		`{"kind":"groupmessage","GroupId":"harbor","MsgSeq":2,"From_Account":"ann","MsgTimeStamp":1700000002,"To_Account":["bob"],` + hello + `}` + "\n" +
		`{"kind":"groupmessage","GroupId":"harbor","MsgSeq":3,"From_Account":"ann","MsgTimeStamp":1700000003,"CloudCustomData":"x",` + hello + `}` + "\n" +
		`{"kind":"message","From_Account":"ann","To_Account":"bob","MsgTimeStamp":1700000001,"MsgFlagBits":8,` + hello + `}` + "\n" +
		`{"kind":"message","From_Account":"ann","To_Account":"bob","MsgTimeStamp":1700000001,"Unread":true,` + hello + `}` + "\n" +
		`{"kind":"groupmember","GroupId":"harbor","Member_Account":"bob","MsgSeq":1}` + "\n"})
	chat := newChat(t)
	r := call(t.Context(), t, chat, folder)
	require.NoError(t, r.err, r.log)
	for _, said := range []string{
		"1 lines of the kind settings", "1 x group of type AVChatRoom: cannot be imported", "1 x groupmember of an AVChatRoom",
		"1 x groupmessage that was recalled", "1 x groupmessage for some members alone", "1 x groupmessage CloudCustomData",
		"1 x message that was recalled", "1 x message Unread",
	} {
		assert.Contains(t, r.out, "left behind: "+said)
	}
	lines := state(t, chat)
	assert.Len(t, ofKind(lines, "group"), 1)
	assert.Len(t, ofKind(lines, "groupmessage"), 1)
	assert.Len(t, ofKind(lines, "message"), 1)
	members := strings.Join(ofKind(lines, "groupmember"), "\n")
	assert.Contains(t, members, `"Member_Account":"bob"`)
	assert.NotContains(t, strings.Join(slicesOf(members, "bob"), ""), `"MsgSeq"`, "the one message that came is unread")
}

func slicesOf(lines, with string) (of []string) {
	for line := range strings.Lines(lines) {
		if strings.Contains(line, with) {
			of = append(of, line)
		}
	}
	return of
}

func TestUnreadMessagesStayUnread(t *testing.T) {
	t.Parallel()
	folder := writeFolder(t, map[string]string{"all.jsonl": people +
		`{"kind":"message","From_Account":"ann","To_Account":"bob","MsgTimeStamp":1700000001,"Unread":true,` + hello + `}` + "\n"})
	chat := newChat(t)
	require.NoError(t, call(t.Context(), t, chat, "-unread", folder).err)
	assert.Contains(t, strings.Join(ofKind(state(t, chat), "message"), ""), `"Unread":true`)
}

func TestInputsThatAreNone(t *testing.T) {
	t.Parallel()
	chat := newChat(t)
	for name, tc := range map[string]struct {
		files map[string]string
		said  string
	}{
		"empty":           {nil, "has no .jsonl files"},
		"another format":  {map[string]string{"a.jsonl": `{"format":"other","version":1}`}, `a.jsonl: is a file of format "other"`},
		"another version": {map[string]string{"a.jsonl": `{"format":"tencentchat-local","version":2}`}, "version 2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := writeFolder(t, tc.files)
			r := call(t.Context(), t, chat, folder)
			assert.Equal(t, 2, r.status)
			require.ErrorContains(t, r.err, tc.said)
			assert.Empty(t, beside(t, folder))
		})
	}
	assert.Equal(t, 2, call(t.Context(), t, chat, filepath.Join(t.TempDir(), "nowhere")).status)
	assert.Equal(t, 2, call(t.Context(), t, chat).status)
	assert.Equal(t, 2, call(t.Context(), t, chat, "-share", "2", ".").status)
	assert.Empty(t, chat.Calls())
}

func TestMessagesWithoutNumbersAreRead(t *testing.T) {
	t.Parallel()
	folder := writeFolder(t, map[string]string{"all.jsonl": people + harbor +
		`{"kind":"groupmessage","GroupId":"harbor","From_Account":"ann","MsgTimeStamp":1700000001,` + hello + `}` + "\n" +
		`{"kind":"groupmessage","GroupId":"harbor","From_Account":"ann","MsgTimeStamp":1700000002,` + hello + `}` + "\n" +
		`{"kind":"groupmember","GroupId":"harbor","Member_Account":"bob","JoinTime":1700000000}` + "\n"})
	chat := newChat(t)
	require.NoError(t, call(t.Context(), t, chat, folder).err)
	assert.Contains(t, strings.Join(ofKind(state(t, chat), "groupmember"), ""), `"Member_Account":"bob","MsgSeq":2`)
}
