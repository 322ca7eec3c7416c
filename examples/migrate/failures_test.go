package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// inGroup is a message in the group harbor.
func inGroup(seq int, text string) string {
	return fmt.Sprintf(`{"kind":"groupmessage","GroupId":"harbor","MsgSeq":%d,"From_Account":"ann","MsgTimeStamp":%d,`+
		`"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":%q}}]}`+"\n", seq, 1_700_000_000+seq, text)
}

// between is a message from ann to bob.
func between(seq int, text string) string {
	return fmt.Sprintf(`{"kind":"message","From_Account":"ann","To_Account":"bob","MsgSeq":%d,"MsgTimeStamp":%d,`+
		`"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":%q}}]}`+"\n", seq, 1_700_000_000+seq, text)
}

// harborOf has n messages of which bob has read two, and one message between the two.
func harborOf(t *testing.T, n int) string {
	t.Helper()
	var messages strings.Builder
	for seq := range n {
		one := inGroup(seq+1, fmt.Sprintf("text %d", seq+1))
		if seq%5 == 4 {
			one = strings.Replace(one, `"ann"`, `"bob"`, 1)
		}
		messages.WriteString(one)
	}
	return writeFolder(t, map[string]string{
		"all.jsonl": header + "\n" + people + harbor + messages.String() +
			`{"kind":"groupmember","GroupId":"harbor","Member_Account":"ann","MsgSeq":9}` + "\n" +
			`{"kind":"groupmember","GroupId":"harbor","Member_Account":"bob","JoinTime":1700000001,"MsgSeq":2}` + "\n" + between(1, "hi"),
	})
}

// What fails comes out in the form of the input with what comes after it, and goes in again.
func TestFailuresAreFedBackIn(t *testing.T) {
	t.Parallel()
	folder := harborOf(t, 20)
	want := newChat(t)
	require.NoError(t, call(t.Context(), t, want, folder).err)
	assert.Contains(t, strings.Join(ofKind(state(t, want), "groupmember"), "\n"), `"Member_Account":"bob","MsgSeq":2`)
	assert.Contains(t, strings.Join(ofKind(state(t, want), "groupmember"), "\n"), `"Member_Account":"ann","MsgSeq":9`)

	chat := newChat(t)
	chat.FailNext(group.CommandImportGroupMsg, restapi.CodeGroupMessageTooLong, 1)
	r := call(t.Context(), t, chat, folder)
	assert.Equal(t, 1, r.status)
	failures := folder + ".failures.jsonl"
	text := readFile(t, failures)
	assert.Equal(t, 1+20+2, strings.Count(text, "\n"))
	assert.Contains(t, text, `"partial":true`)
	assert.Contains(t, text, `"error":"all.jsonl:5: group_open_http_svc/import_group_msg: `)
	assert.Contains(t, text, `"error":"all.jsonl:12: is held back, as it comes after all.jsonl:11, which failed"`)
	assert.Contains(t, text, `"Member_Account":"bob","MsgSeq":2,"UnreadMsgNum":14,"error":"all.jsonl:26: is held back`)
	assert.Len(t, callsOf(chat, group.CommandImportGroupMsg), 1)
	assert.Len(t, ofKind(state(t, chat), "message"), 1, "what does not need the group is imported")

	require.NoError(t, call(t.Context(), t, chat, failures).err)
	assert.Equal(t, withoutRandom(state(t, want)), withoutRandom(state(t, chat)))
}

// withoutRandom takes out what is drawn, by file and line.
func withoutRandom(lines []string) (all []string) {
	for _, line := range lines {
		before, after, _ := strings.Cut(line, `"Random":`)
		_, after, _ = strings.Cut(after, ",")
		all = append(all, before+after)
	}
	return all
}

// A line that was mended in its place is taken by -resume, and what is done is not touched.
func TestMendedInPlace(t *testing.T) {
	t.Parallel()
	text := people + harbor + inGroup(1, strings.Repeat("x", 13_000)) + between(1, "hi")
	folder := writeFolder(t, map[string]string{"all.jsonl": text})
	chat := newChat(t)
	assert.Equal(t, 1, call(t.Context(), t, chat, folder).status)
	assert.Contains(t, failuresOf(t, folder), "all.jsonl:4: ")

	r := call(t.Context(), t, chat, folder)
	assert.Equal(t, 2, r.status, "without -resume")
	require.ErrorContains(t, r.err, "go on with -resume")

	path := filepath.Join(folder, "all.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(text, `"ann"`, `"ann "`, 1)), 0o600))
	r = call(t.Context(), t, chat, "-resume", folder)
	assert.Equal(t, 2, r.status)
	require.ErrorContains(t, r.err, "all.jsonl has changed in lines that are done")

	before := len(chat.Calls())
	require.NoError(t, os.WriteFile(path, []byte(people+harbor+inGroup(1, "short")+between(1, "hi")), 0o600))
	r = call(t.Context(), t, chat, "-resume", folder)
	require.NoError(t, r.err, r.log)
	assert.Contains(t, r.out, "4 lines were done before, 0 failed")
	assert.Len(t, callsOf(chat, group.CommandImportGroup, message.CommandImportMsg), 2)
	assert.Greater(t, len(chat.Calls()), before)
	assert.Len(t, ofKind(state(t, chat), "groupmessage"), 1)
	assert.Empty(t, beside(t, folder))
}

// A group of that ID which is another one is not taken for the one of the input.
func TestAGroupThatIsAnother(t *testing.T) {
	t.Parallel()
	folder := harborOf(t, 2)
	chat := newChat(t)
	chat.AddAccount("ann")
	_, err := group.NewClient(chat.Client()).Create(t.Context(), group.Group{
		GroupID: "harbor", Type: group.Public, Name: "Harbor", OwnerAccount: "ann",
	})
	require.NoError(t, err)
	assert.Equal(t, 1, call(t.Context(), t, chat, folder).status)
	text := failuresOf(t, folder)
	assert.Contains(t, text, "all.jsonl:4: group_open_http_svc/import_group: ")
	assert.Contains(t, text, "all.jsonl:5: is held back, as it comes after all.jsonl:4, which failed")
	assert.Empty(t, ofKind(state(t, chat), "groupmessage"))
}

// Messages that are refused for their time and that no history tells of are counted as there or refused.
func TestWhatNoHistoryTells(t *testing.T) {
	t.Parallel()
	folder := harborOf(t, 3)
	chat := newChat(t)
	chat.Handle(group.CommandImportGroupMsg.Path(), func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"ActionStatus":"OK","ErrorCode":0,"ImportMsgResult":[{"Result":10004},{"Result":10004},{"Result":10004}]}`)
	})
	r := call(t.Context(), t, chat, folder)
	require.NoError(t, r.err, failuresOf(t, folder))
	assert.Contains(t, r.log, "all.jsonl:5: is there already, or was refused for its time")
	assert.Contains(t, r.out, "3 group messages are there already or were refused for their time")
}

// What is not there after the import is said.
func TestComparison(t *testing.T) {
	t.Parallel()
	folder := harborOf(t, 2)
	recent := fmt.Sprintf(`{"kind":"message","From_Account":"bob","To_Account":"ann","MsgSeq":9,"MsgTimeStamp":%d,%s}`+"\n",
		time.Now().Unix()-100, hello)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "more.jsonl"), []byte(recent+
		`{"kind":"friend","From_Account":"ann","To_Account":"bob"}`+"\n"), 0o600))
	chat := newChat(t)
	for _, path := range []string{"sns/friend_import", "openim/importmsg", "group_open_http_svc/import_group_member"} {
		chat.Handle("v4/"+path, func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `{"ActionStatus":"OK","ErrorCode":0,"ResultItem":[{"To_Account":"bob","ResultCode":0}],`+
				`"MemberList":[{"Member_Account":"bob","Result":1}]}`)
		})
	}
	r := call(t.Context(), t, chat, folder)
	assert.Equal(t, 1, r.status)
	assert.Contains(t, r.log, "more.jsonl:1: is not there")
	assert.Contains(t, r.log, "more.jsonl:2: is not there")
	assert.Contains(t, r.log, "all.jsonl:8: is not there")
	assert.Contains(t, r.out, "3 of them differ; 3 messages are older")

	for _, path := range []string{"sns/friend_import", "openim/importmsg", "group_open_http_svc/import_group_member"} {
		chat.Handle("v4/"+path, nil)
	}
	assert.Equal(t, 1, call(t.Context(), t, chat, "-resume", folder).status, "it is compared again")
}

func TestARateThatIsOverIsWaitedFor(t *testing.T) {
	t.Parallel()
	chat := newChat(t)
	chat.FailNext(message.CommandImportMsg, restapi.CodeCommandRateLimited, 7) // more often than a client tries
	require.NoError(t, call(t.Context(), t, chat, harborOf(t, 1)).err)
	assert.Len(t, ofKind(state(t, chat), "message"), 1)
}

// A wrong key ends the import with the first calls, and a service that takes nothing with some more.
func TestAServiceThatTakesNothing(t *testing.T) {
	t.Parallel()
	for code, said := range map[restapi.Code]string{
		restapi.CodeAdminRequired:           "stopped before the end of the input: im_open_login_svc/multiaccount_import",
		restapi.CodeAccountInvalidParameter: "2 calls in a row failed, the last with: ",
	} {
		chat := newChat(t)
		chat.FailNext(account.CommandMultiAccountImport, code, 1000)
		folder := oldChat{users: 10_000, groups: 1, messages: 2}.write(t)
		r := call(t.Context(), t, chat, "-concurrency", "1", "-stop-after", "2", folder)
		assert.Equal(t, 3, r.status)
		require.ErrorContains(t, r.err, said)
		assert.LessOrEqual(t, len(chat.Calls()), 2)
	}
}

func TestInterruptAndResume(t *testing.T) {
	t.Parallel()
	chat := newChat(t)
	folder := oldChat{users: 150, groups: 4, messages: 400}.write(t)
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	chat.Handle(message.CommandImportMsg.Path(), func(w http.ResponseWriter, r *http.Request) {
		interrupt()
		chat.Handle(message.CommandImportMsg.Path(), nil)
		chat.Handler().ServeHTTP(w, r)
	})
	r := call(ctx, t, chat, folder)
	assert.Equal(t, 3, r.status)
	require.ErrorContains(t, r.err, "stopped by the user, ")
	require.ErrorContains(t, r.err, "go on with -resume")
	made := len(callsOf(chat, message.CommandImportMsg))
	assert.Less(t, made, 200)

	r = call(t.Context(), t, chat, "-resume", folder)
	require.NoError(t, r.err, r.log)
	assert.Len(t, callsOf(chat, message.CommandImportMsg), 200+1, "calls that were under way are noted; one is there twice")
	assert.Empty(t, beside(t, folder))
}

// Another import with the same files leaves them alone.
func TestFilesInUse(t *testing.T) {
	t.Parallel()
	chat := newChat(t)
	folder := harborOf(t, 1)
	var second result
	chat.Handle(account.CommandMultiAccountImport.Path(), func(w http.ResponseWriter, r *http.Request) {
		chat.Handle(account.CommandMultiAccountImport.Path(), nil)
		second = call(t.Context(), t, chat, "-resume", folder)
		chat.Handler().ServeHTTP(w, r)
	})
	require.NoError(t, call(t.Context(), t, chat, folder).err)
	assert.Equal(t, 2, second.status)
	require.EqualError(t, second.err, folder+".failures.jsonl.done is in use by another import")
}
