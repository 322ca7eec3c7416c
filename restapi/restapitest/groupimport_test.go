package restapitest_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

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
