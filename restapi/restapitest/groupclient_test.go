package restapitest_test

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// fired are the webhooks that were sent, once each, in their order.
func fired(srv *restapitest.Server) (commands []string) {
	srv.Wait()
	for _, d := range srv.Deliveries() {
		commands = append(commands, d.Command)
	}
	return commands
}

// What the client of groups sends the server understands, and the other way round.
func TestTheClientOfGroups(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		srv.AddAccount("mira", "ozan", "priya")
		groups, ctx := group.NewClient(srv.Client()), t.Context()
		harbor := group.Group{
			GroupID: "harbor", Type: "Work", Name: "Harbor watch", OwnerAccount: "mira", MaxMemberCount: 20,
			Introduction: "ships", AppDefinedData: group.CustomFields{"Region": "north", "Blob_1": "\x00"},
			MemberList: []group.NewMember{{MemberAccount: "ozan", AppMemberDefinedData: group.CustomFields{"Shift": "day"}}},
		}
		id, err := groups.Create(ctx, harbor)
		require.NoError(t, err)
		_, err = groups.Create(ctx, harbor)
		require.ErrorIs(t, err, restapi.CodeGroupIDTakenByOwner)
		harbor.OwnerAccount = "ozan"
		_, err = groups.Create(ctx, harbor)
		require.ErrorIs(t, err, restapi.CodeGroupIDTaken)

		require.NoError(t, groups.Modify(ctx, id, group.Change{
			Name: restapi.Some("Night watch"), Introduction: restapi.Some(""), MaxMemberNum: 30,
			AppDefinedData: group.CustomFields{"Region": "south", "Blob_1": ""},
		}))
		require.NoError(t, groups.ChangeOwner(ctx, id, "ozan"))
		infos, err := groups.Get(ctx, []string{id, "nowhere"}, group.Filter{})
		require.NoError(t, err)
		require.ErrorIs(t, infos[1].Err(), restapi.CodeGroupNotFound)
		info := infos[0]
		assert.Equal(t, "Night watch", info.Name)
		assert.Empty(t, info.Introduction)
		assert.Equal(t, group.Private, info.Type)
		assert.Equal(t, "ozan", info.OwnerAccount)
		assert.Equal(t, 30, info.MaxMemberNum)
		assert.Equal(t, srv.SDKAppID(), info.AppID)
		assert.Equal(t, group.CustomFields{"Region": "south"}, info.AppDefinedData)
		assert.True(t, time.Now().Equal(info.CreateTime))
		assert.Equal(t, uint32(1), info.NextMsgSeq)
		assert.Equal(t, []group.Role{group.RoleMember, group.RoleOwner}, roles(info.MemberList))
		assert.Equal(t, group.CustomFields{"Shift": "day"}, info.MemberList[1].AppMemberDefinedData)

		infos, err = groups.Get(ctx, []string{id}, group.Filter{GroupBaseInfoFilter: []string{"Name"}})
		require.NoError(t, err)
		assert.Equal(t, "Night watch", infos[0].Name)
		assert.Empty(t, infos[0].MemberList, "is not asked for")
		assert.Empty(t, infos[0].OwnerAccount, "is not asked for")

		require.NoError(t, groups.Destroy(ctx, id))
		require.ErrorIs(t, groups.Modify(ctx, id, group.Change{MuteAllMember: group.On}), restapi.CodeGroupNotFound)
		assert.Equal(t, []string{
			"Group.CallbackBeforeCreateGroup", "Group.CallbackAfterCreateGroup", "Group.CallbackAfterGroupInfoChanged",
			"Group.CallbackAfterChangeGroupOwner", "Group.CallbackAfterGroupDestroyed",
		}, fired(srv))
	})
}

// The backend can refuse a new group, with a code of its own too; then there is none.
func TestTheBackendRefusesGroups(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]restapi.Code{1: restapi.CodeGroupRejectedByWebhook, 10150: 10150} {
		srv := newServer(t, restapitest.WithCallbackHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = fmt.Fprintf(w, `{"ActionStatus":"FAIL","ErrorCode":%d,"ErrorInfo":"not now"}`, code)
		}), token))
		groups := group.NewClient(srv.Client())
		_, err := groups.Create(t.Context(), group.Group{GroupID: "harbor", Type: group.Public, Name: "Harbor"})
		require.ErrorIs(t, err, want)
		infos, err := groups.Get(t.Context(), []string{"harbor"}, group.Filter{})
		require.NoError(t, err)
		require.ErrorIs(t, infos[0].Err(), restapi.CodeGroupNotFound)
	}
}

// The lists of groups come in pages, of all and of one user.
func TestTheClientListsGroups(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, restapitest.WithoutListener())
		srv.AddAccount("mira", "ozan")
		groups, ctx := group.NewClient(srv.Client()), t.Context()
		start := time.Unix(time.Now().Unix(), 0)
		for _, g := range []group.Group{
			{GroupID: "a", Type: group.Public, Name: "A", OwnerAccount: "mira"},
			{GroupID: "b", Type: group.Private, Name: "B", OwnerAccount: "mira"},
			{GroupID: "c", Type: group.ChatRoom, Name: "C"},
			{GroupID: "@TGS#_d", Type: group.Community, Name: "D", OwnerAccount: "mira", SupportTopic: true},
			{GroupID: "e", Type: group.Public, Name: "E", OwnerAccount: "mira"},
		} {
			_, err := groups.Create(ctx, g)
			require.NoError(t, err)
		}
		assert.Equal(t, []string{"a", "b", "c", "@TGS#_d", "e"}, drained(t, groups.IDs(ctx, "")))
		assert.Equal(t, []string{"c"}, drained(t, groups.IDs(ctx, "Meeting")))
		page, err := groups.IDPage(ctx, group.Public, "", 1)
		require.NoError(t, err)
		assert.Equal(t, []string{"a"}, page.Items)
		assert.Equal(t, 2, page.Total)
		require.NoError(t, groups.Destroy(ctx, "a"), "a cursor stays right")
		page, err = groups.IDPage(ctx, group.Public, page.Next, 1)
		require.NoError(t, err)
		assert.Equal(t, []string{"e"}, page.Items)
		assert.Empty(t, page.Next)

		joined := func(q group.JoinedQuery) (ids []string) {
			for _, info := range drained(t, groups.JoinedGroups(ctx, "mira", q)) {
				assert.Empty(t, info.Name, "is not asked for")
				ids = append(ids, info.GroupID)
			}
			return ids
		}
		assert.Equal(t, []string{"e"}, joined(group.JoinedQuery{}))
		assert.Equal(t, []string{"b", "e"}, joined(group.JoinedQuery{WithNoActiveGroups: true}))
		assert.Equal(t, []string{"b"}, joined(group.JoinedQuery{WithNoActiveGroups: true, GroupType: "Work"}))
		assert.Equal(t, []string{"@TGS#_d"}, joined(group.JoinedQuery{SupportTopic: restapi.Some(true)}))
		one, err := groups.JoinedGroupPage(ctx, "mira", group.JoinedQuery{
			WithNoActiveGroups: true,
			Filter: group.Filter{
				GroupBaseInfoFilter: []string{"Name", "MemberNum"}, SelfInfoFilter: []string{"Role", "JoinTime"},
			},
		}, "1", 1)
		require.NoError(t, err)
		assert.Equal(t, 2, one.Total)
		assert.Empty(t, one.Next)
		assert.Equal(t, []group.Info{{
			GroupID: "e", Name: "E", MemberNum: 1, SelfInfo: group.Member{Role: group.RoleOwner, JoinTime: start},
		}}, one.Items)
	})
}
