package group_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const weaversID = "@TGS#_@TGS#cK8WEAVER1"

func TestImportsAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	type calls = []func(ctx context.Context, c *group.Client) error
	sendsTheSamples(t, []sampled{
		{group.CommandImportGroup, calls{
			func(ctx context.Context, c *group.Client) error {
				return second(c.Import.Group(ctx, group.Group{Type: group.Public, Name: "Old harbor", CreateTime: made}))
			},
			func(ctx context.Context, c *group.Client) error {
				return second(c.Import.Group(ctx, group.Group{
					GroupID: "old_harbor", Type: group.Public, Name: "Old harbor", OwnerAccount: "mira",
					Introduction: "from the old system", Notification: "read only",
					FaceURL: "https://example.com/g/old.png", MaxMemberCount: 500, ApplyJoinOption: group.FreeAccess,
					AppDefinedData: group.CustomFields{"Region": "north"}, CreateTime: made,
				}))
			},
			func(ctx context.Context, c *group.Client) error {
				return second(c.Import.Group(ctx, group.Group{Type: group.Community, Name: "Weavers", SupportTopic: true}))
			},
		}},
		{group.CommandSetUnreadMsgNum, calls{
			func(ctx context.Context, c *group.Client) error {
				return c.Import.UnreadMsgNum(ctx, "old_harbor", "ozan", 5)
			},
			func(ctx context.Context, c *group.Client) error {
				return c.Import.UnreadMsgNum(ctx, "old_harbor", "ozan", 0)
			},
		}},
	})
}

func TestImportsThatAreRefused(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	soon := time.Now().Add(time.Hour)
	imports := func(change func(*group.Group)) func(*group.Client) error {
		return func(c *group.Client) error {
			g := group.Group{Type: group.Community, Name: "Old weavers"}
			change(&g)
			return second(c.Import.Group(ctx, g))
		}
	}
	topics := func(t group.Topic) func(*group.Client) error {
		return func(c *group.Client) error { return second(c.Import.Topic(ctx, t)) }
	}
	members := func(list ...group.ImportMember) func(*group.Client) error {
		return func(c *group.Client) error { return second(c.Import.Members(ctx, "old_harbor", list)) }
	}
	messages := func(change func(list []group.ImportMessage)) func(*group.Client) error {
		return func(c *group.Client) error {
			list := imported(2)
			change(list)
			return second(c.Import.Messages(ctx, "old_harbor", list))
		}
	}
	ozan := group.ImportMember{MemberAccount: "ozan"}
	testRefusals(t, map[string]refusal{
		"live room":     {"Type", "cannot be imported", imports(func(g *group.Group) { g.Type = group.AVChatRoom })},
		"no name":       {"Name", "is empty", imports(func(g *group.Group) { g.Name = "" })},
		"group to come": {"CreateTime", "still to come", imports(func(g *group.Group) { g.CreateTime = soon })},
		"group of old":  {"CreateTime", "1970", imports(func(g *group.Group) { g.CreateTime = time.Unix(-1, 0) })},
		"with members": {"MemberList", "cannot be sent", imports(func(g *group.Group) {
			g.MemberList = []group.NewMember{{MemberAccount: "ozan"}}
		})},
		"with invitations": {"InviteJoinOption", "cannot be sent", imports(func(g *group.Group) {
			g.InviteJoinOption = group.FreeAccess
		})},
		"with permissions": {"EnablePermission", "cannot be sent", imports(func(g *group.Group) { g.EnablePermission = true })},
		"with permission":  {"DefaultPermission", "cannot be sent", imports(func(g *group.Group) { g.DefaultPermission = 1 })},
		"topic of nothing": {"GroupId", "is empty", topics(group.Topic{TopicName: "x"})},
		"topic elsewhere": {"TopicId", "is not GroupId", topics(group.Topic{
			GroupID: weaversID, TopicID: group.TopicID("@TGS#_other", "x"), TopicName: "x",
		})},
		"topic that is a group": {"TopicId", "is not GroupId", topics(group.Topic{
			GroupID: weaversID, TopicID: weaversID, TopicName: "x",
		})},
		"topic of no name of its own": {"TopicId", "is not GroupId", topics(group.Topic{
			GroupID: weaversID, TopicID: group.TopicID(weaversID, ""), TopicName: "x",
		})},
		"topic without a name": {"TopicName", "is empty", topics(group.Topic{GroupID: weaversID})},
		"topic of a long name": {"TopicName", "at most 30", topics(group.Topic{
			GroupID: weaversID, TopicName: strings.Repeat("x", 31),
		})},
		"topic of long data": {"CustomString", "at most 3000", topics(group.Topic{
			GroupID: weaversID, TopicName: "x", CustomString: strings.Repeat("x", 3001),
		})},
		"topic by a long ID": {"From_Account", "33 bytes", topics(group.Topic{
			GroupID: weaversID, TopicName: "x", FromAccount: strings.Repeat("x", 33),
		})},
		"topic to come": {"CreateTime", "still to come", topics(group.Topic{
			GroupID: weaversID, TopicName: "x", CreateTime: soon,
		})},
		"no members":    {"MemberList", "is empty", members()},
		"many members":  {"MemberList", "301 items, at most 300", members(make([]group.ImportMember, 301)...)},
		"member twice":  {"MemberList[1].Member_Account", "named twice", members(ozan, ozan)},
		"member's role": {"MemberList[0].Role", `is "Member"`, members(group.ImportMember{MemberAccount: "a", Role: "Member"})},
		"member to come": {
			"MemberList[0].JoinTime", "still to come", members(group.ImportMember{MemberAccount: "a", JoinTime: soon}),
		},
		"member of less": {
			"MemberList[0].UnreadMsgNum", "is -1", members(group.ImportMember{MemberAccount: "a", UnreadMsgNum: -1}),
		},
		"no messages": {"MsgList", "is empty", func(c *group.Client) error {
			return second(c.Import.Messages(ctx, "old_harbor", nil))
		}},
		"many messages": {"MsgList", "8 items, at most 7", func(c *group.Client) error {
			return second(c.Import.Messages(ctx, "old_harbor", imported(8)))
		}},
		"messages of nobody": {"MsgList[1].From_Account", "is empty", messages(func(list []group.ImportMessage) {
			list[1].FromAccount = ""
		})},
		"messages with data": {"MsgList[0].CloudCustomData", "cannot be sent", messages(func(list []group.ImportMessage) {
			list[0].CloudCustomData = "x"
		})},
		"messages of no time": {"MsgList[1].SendTime", "zero time", messages(func(list []group.ImportMessage) {
			list[1].SendTime = time.Time{}
		})},
		"messages that fall": {"MsgList[1].SendTime", "is before", messages(func(list []group.ImportMessage) {
			list[1].SendTime = list[0].SendTime.Add(-time.Second)
		})},
		"messages to come": {"MsgList[1].SendTime", "still to come", messages(func(list []group.ImportMessage) {
			list[1].SendTime = soon
		})},
		"unread of a topic": {"GroupId", "is a topic's", func(c *group.Client) error {
			return c.Import.UnreadMsgNum(ctx, group.TopicID(weaversID, "dyes"), "ozan", 1)
		}},
		"unread of nobody": {"Member_Account", "is empty", func(c *group.Client) error {
			return c.Import.UnreadMsgNum(ctx, "old_harbor", "", 1)
		}},
		"unread of less": {"UnreadMsgNum", "is -1", func(c *group.Client) error {
			return c.Import.UnreadMsgNum(ctx, "old_harbor", "ozan", -1)
		}},
	})
}

func TestImportedMembers(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"MemberList": [
		{"Member_Account": "priya", "Result": 2}, {"Member_Account": "ozan", "Result": 1}, {"Member_Account": "tomas", "Result": 0}
	]}`}
	results, err := group.NewClient(r).Import.Members(t.Context(), "old_harbor", []group.ImportMember{
		{MemberAccount: "ozan", Role: group.RoleAdmin, JoinTime: time.Unix(1448357900, 5), UnreadMsgNum: 5},
		{MemberAccount: "priya"},
		{MemberAccount: "tomas"},
		{MemberAccount: "ana"},
	})
	require.NoError(t, err)
	assert.JSONEq(t, `{"GroupId": "old_harbor", "MemberList": [
		{"Member_Account": "ozan", "Role": "Admin", "JoinTime": 1448357900, "UnreadMsgNum": 5},
		{"Member_Account": "priya", "UnreadMsgNum": 0}, {"Member_Account": "tomas", "UnreadMsgNum": 0},
		{"Member_Account": "ana", "UnreadMsgNum": 0}
	]}`, r.Body)
	assert.Equal(t, group.AddResult{UserID: "ozan", Result: group.Added}, results[0])
	assert.Equal(t, group.AddResult{UserID: "priya", Result: group.AlreadyMember}, results[1])
	require.Error(t, results[2].Err())
	require.ErrorIs(t, results[3].Err(), restapi.ErrBadResponse)
}

// Results have no key but their place; what an answer leaves out has failed, and what is too much is dropped.
func TestImportedMessages(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		answer string
		seqs   [2]uint32
		errs   [2]error
	}{
		"whole": {
			`[{"MsgSeq": 1, "MsgTime": 1620808101, "Result": 0}, {"MsgSeq": 2, "MsgTime": 1620808102, "Result": 0}]`,
			[2]uint32{1, 2},
			[2]error{},
		},
		"one failed": {
			`[{"MsgSeq": 0, "MsgTime": 0, "Result": 10004}, {"MsgSeq": 2, "MsgTime": 1620808102, "Result": 0}]`,
			[2]uint32{0, 2},
			[2]error{restapi.CodeGroupInvalidParameter, nil},
		},
		"short": {
			`[{"MsgSeq": 1, "MsgTime": 1620808101, "Result": 0}]`,
			[2]uint32{1, 0},
			[2]error{nil, restapi.ErrBadResponse},
		},
		"long": {`[{"MsgSeq": 1}, {"MsgSeq": 2}, {"MsgSeq": 3}]`, [2]uint32{1, 2}, [2]error{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &conform.Recorder{Answer: `{"ImportMsgResult": ` + tc.answer + `}`}
			results, err := group.NewClient(r).Import.Messages(t.Context(), "old_harbor", imported(2))
			require.NoError(t, err)
			require.Len(t, results, 2)
			for i, result := range results {
				assert.Equal(t, tc.seqs[i], result.MsgSeq)
				assert.Equal(t, uint32(8912345+i), result.MsgRandom)
				require.ErrorIs(t, result.Err(), tc.errs[i])
			}
		})
	}
}

// The service knows a repeat by its Random, so that every message has one before the first attempt.
func TestImportedMessagesHaveARandom(t *testing.T) {
	t.Parallel()
	list := imported(2)
	list[0].MsgRandom, list[1].MsgRandom = 0, 7
	list[0].MsgBody = message.Text("first light")
	r := &conform.Recorder{Answer: `{"ImportMsgResult": [{"MsgSeq": 1}, {"MsgSeq": 2}]}`}
	results, err := group.NewClient(r).Import.Messages(t.Context(), group.TopicID(weaversID, "dyes"), list)
	require.NoError(t, err)
	var sent struct {
		GroupID string `json:"GroupId"`
		TopicID string `json:"TopicId"`
		MsgList []struct{ Random uint32 }
	}
	require.NoError(t, json.Unmarshal([]byte(r.Body), &sent))
	assert.Equal(t, weaversID, sent.GroupID)
	assert.Equal(t, group.TopicID(weaversID, "dyes"), sent.TopicID)
	require.NotZero(t, sent.MsgList[0].Random)
	assert.Equal(t, sent.MsgList[0].Random, results[0].MsgRandom)
	assert.Equal(t, uint32(7), sent.MsgList[1].Random)
}
