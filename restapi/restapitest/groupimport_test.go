package restapitest_test

import (
	"iter"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// drained returns what a list has.
func drained[T any](tb testing.TB, list iter.Seq2[T, error]) (items []T) {
	tb.Helper()
	for item, err := range list {
		require.NoError(tb, err)
		items = append(items, item)
	}
	return items
}

// old returns messages of another system, a minute apart from a moment on.
func old(at time.Time, texts ...string) []group.ImportMessage {
	list := make([]group.ImportMessage, len(texts))
	for i, text := range texts {
		list[i] = group.ImportMessage{
			SendTime: at.Add(time.Duration(i) * time.Minute),
			Message:  message.Message{FromAccount: "mira", MsgBody: message.Text(text)},
		}
	}
	return list
}

// The groups of another system come along as they were, and nobody is told.
func TestGroupsAreImported(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		srv.AddAccount("mira", "ozan", "priya", "tomas")
		groups, ctx := group.NewClient(srv.Client()), t.Context()
		made := time.Now().Add(-48 * time.Hour)
		id, err := groups.Import.Group(ctx, group.Group{
			GroupID: "old_harbor", Type: group.Public, Name: "Old harbor", OwnerAccount: "mira", CreateTime: made,
		})
		require.NoError(t, err)
		assert.Equal(t, "old_harbor", id)

		results, err := groups.Import.Members(ctx, id, []group.ImportMember{
			{MemberAccount: "ozan", Role: group.RoleAdmin, JoinTime: made.Add(time.Hour), UnreadMsgNum: 2},
			{MemberAccount: "priya", UnreadMsgNum: 7},
			{MemberAccount: "mira"},
			{MemberAccount: "tomas", JoinTime: made.Add(-time.Hour)},
			{MemberAccount: "nobody"},
		})
		require.NoError(t, err)
		assert.Equal(t, group.AddResult{UserID: "ozan", Result: group.Added}, results[0])
		assert.Equal(t, group.Added, results[1].Result)
		assert.Equal(t, group.AlreadyMember, results[2].Result)
		require.Error(t, results[3].Err(), "joined before the group was made")
		require.Error(t, results[4].Err(), "is not imported")

		info, err := groups.Get(ctx, []string{id}, group.Filter{})
		require.NoError(t, err)
		assert.True(t, made.Equal(info[0].CreateTime))
		assert.Equal(t, []group.Role{group.RoleOwner, group.RoleAdmin, group.RoleMember}, roles(info[0].MemberList))
		assert.True(t, made.Add(time.Hour).Equal(info[0].MemberList[1].JoinTime))

		require.NoError(t, groups.Import.UnreadMsgNum(ctx, id, "ozan", 1))
		require.ErrorIs(t, groups.Import.UnreadMsgNum(ctx, id, "tomas", 1), restapi.CodeGroupInvalidParameter)
		synctest.Wait()
		assert.Empty(t, srv.Deliveries(), "no webhook is fired")
	})
}

func roles(members []group.Member) (roles []group.Role) {
	for _, m := range members {
		roles = append(roles, m.Role)
	}
	return roles
}

func TestImportsOfGroupsThatAreRefused(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("mira")
	groups, ctx := group.NewClient(srv.Client()), t.Context()
	g := group.Group{GroupID: "old_harbor", Type: group.Public, Name: "Old harbor", OwnerAccount: "mira"}
	_, err := groups.Import.Group(ctx, g)
	require.NoError(t, err)
	g.OwnerAccount = ""
	_, err = groups.Import.Group(ctx, g)
	require.ErrorIs(t, err, restapi.CodeGroupIDTaken)
	_, err = groups.Import.Members(ctx, "nowhere", []group.ImportMember{{MemberAccount: "mira"}})
	require.ErrorIs(t, err, restapi.CodeGroupNotFound)
	require.ErrorIs(t, groups.Import.UnreadMsgNum(ctx, "nowhere", "mira", 1), restapi.CodeGroupNotFound)
	live, err := groups.Create(ctx, group.Group{Type: group.AVChatRoom, Name: "Live"})
	require.NoError(t, err)
	_, err = groups.Import.Members(ctx, live, []group.ImportMember{{MemberAccount: "mira"}})
	require.ErrorIs(t, err, restapi.CodeGroupPermissionDenied)
	require.NoError(t, groups.Import.UnreadMsgNum(ctx, live, "mira", 1), "nothing is counted, and nothing said")
}

// Messages come into a history in the order of their time, each once, and are counted as read.
func TestMessagesOfGroupsAreImported(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		srv.AddAccount("mira", "ozan")
		groups, ctx := group.NewClient(srv.Client()), t.Context()
		made := time.Unix(time.Now().Add(-48*time.Hour).Unix(), 0)
		id, err := groups.Import.Group(ctx, group.Group{Type: group.Public, Name: "Old harbor", CreateTime: made})
		require.NoError(t, err)
		first, err := groups.Import.Messages(ctx, id, old(made, "first light", "fog"), group.WithRecentContact())
		require.NoError(t, restapi.Join(first, err))
		assert.Equal(t, []uint32{1, 2}, []uint32{first[0].MsgSeq, first[1].MsgSeq})
		assert.Equal(t, made.Add(time.Minute), first[1].MsgTime)

		repeat := old(made, "first light", "fog")
		repeat[0].MsgRandom, repeat[1].MsgRandom = first[0].MsgRandom, first[1].MsgRandom
		again, err := groups.Import.Messages(ctx, id, repeat)
		require.NoError(t, err)
		assert.Equal(t, first, again, "a repeat")
		mixed := old(made.Add(time.Minute), "of the same second as the newest", "later", "of nobody")
		mixed[2].FromAccount = "nobody"
		results, err := groups.Import.Messages(ctx, id, mixed)
		require.NoError(t, err)
		require.ErrorIs(t, results[0].Err(), restapi.CodeGroupInvalidParameter)
		require.NoError(t, results[1].Err())
		assert.Equal(t, uint32(3), results[1].MsgSeq)
		require.ErrorIs(t, results[2].Err(), restapi.CodeGroupInvalidParameter)
		var texts []string
		for _, m := range drained(t, groups.Messages(ctx, id)) {
			texts = append(texts, m.MsgBody.Text())
		}
		assert.Equal(t, []string{"later", "fog", "first light"}, texts)

		require.NoError(t, restapi.Join(groups.Import.Members(ctx, id, []group.ImportMember{
			{MemberAccount: "ozan", UnreadMsgNum: 7},
		})))
		unread := func() uint32 {
			page, err := groups.JoinedGroupPage(ctx, "ozan", group.JoinedQuery{Filter: group.Filter{
				GroupBaseInfoFilter: []string{"NextMsgSeq"}, SelfInfoFilter: []string{"MsgSeq"},
			}}, "", 0)
			require.NoError(t, err)
			return page.Items[0].NextMsgSeq - 1 - page.Items[0].SelfInfo.MsgSeq
		}
		assert.Equal(t, uint32(3), unread(), "cut to what is there")
		chats := drained(t, conversation.NewClient(srv.Client()).Conversations(ctx, "ozan"))
		require.Len(t, chats, 1)
		assert.Equal(t, conversation.Group(id), chats[0].ID)
		assert.Equal(t, made.Add(time.Minute), chats[0].MsgTime, "of those that were to be listed")
		require.NoError(t, groups.Import.UnreadMsgNum(ctx, id, "ozan", 2))
		assert.Equal(t, uint32(2), unread())
		require.NoError(t, restapi.Join(groups.Import.Messages(ctx, id, old(made.Add(time.Hour), "noon"))))
		assert.Zero(t, unread())
		synctest.Wait()
		assert.Empty(t, srv.Deliveries(), "no webhook is fired")
	})
}

func TestMessagesOfTopicsAreImported(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("mira")
	groups, ctx := group.NewClient(srv.Client()), t.Context()
	made := time.Now().Add(-48 * time.Hour)
	id, err := groups.Import.Group(ctx, group.Group{
		Type: group.Community, Name: "Weavers", SupportTopic: true, CreateTime: made,
	})
	require.NoError(t, err)
	topicID, err := groups.Import.Topic(ctx, group.Topic{GroupID: id, TopicName: "Dyes", CreateTime: made.Add(time.Hour)})
	require.NoError(t, err)
	early, err := groups.Import.Messages(ctx, topicID, old(made, "before the topic was made"))
	require.NoError(t, err)
	require.ErrorIs(t, early[0].Err(), restapi.CodeGroupInvalidParameter)
	require.NoError(t, restapi.Join(groups.Import.Messages(ctx, topicID, old(made.Add(2*time.Hour), "roots", "bark"))))
	infos, err := groups.Topics.Get(ctx, "mira", []string{topicID})
	require.NoError(t, restapi.Join(infos, err))
	assert.Equal(t, uint32(3), infos[0].NextMsgSeq)
	groupInfo, err := groups.Get(ctx, []string{id}, group.Filter{})
	require.NoError(t, err)
	assert.Equal(t, uint32(1), groupInfo[0].NextMsgSeq)
}
