package restapitest_test

import (
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// searched returns the IDs of the groups that are found.
func searched(tb testing.TB, groups *group.Client, q group.SearchQuery) (ids []string) {
	tb.Helper()
	for g, err := range groups.Search(tb.Context(), q) {
		require.NoError(tb, err)
		ids = append(ids, g.GroupID)
	}
	return ids
}

func TestGroupsAreFound(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, restapitest.WithoutListener())
		srv.AddAccount("mira", "ozan")
		ctx := t.Context()
		require.NoError(t, profile.NewClient(srv.Client()).SetProfile(ctx, "mira", profile.Nick.To("Mira")))
		groups := group.NewClient(srv.Client())
		for _, g := range []group.Group{
			{GroupID: "a", Type: group.Public, Name: "Harbor watch", OwnerAccount: "mira", Introduction: "ships"},
			{GroupID: "b", Type: group.ChatRoom, Name: "Night watch"},
			{GroupID: "c", Type: group.AVChatRoom, Name: "Harbor live"},
			{GroupID: "harbor", Type: group.Private, Name: "Fog"},
		} {
			_, err := groups.Create(ctx, g)
			require.NoError(t, err)
		}
		assert.Equal(t, []string{"a", "harbor"}, searched(t, groups, group.SearchQuery{Keywords: []string{"harbor"}}))
		assert.Equal(t, []string{"a", "b"}, searched(t, groups, group.SearchQuery{Keywords: []string{"watch", "none"}}))
		assert.Equal(t, []string{"b"}, searched(t, groups, group.SearchQuery{
			Keywords: []string{"watch", "night"}, KeywordMatchType: group.MatchAll,
		}))
		assert.Equal(t, []string{"b"}, searched(t, groups, group.SearchQuery{
			Keywords: []string{"watch"}, GroupType: []group.Type{"Meeting", group.AVChatRoom},
		}))
		page, err := groups.SearchPage(ctx, group.SearchQuery{Keywords: []string{"ships", "harbor watch"}}, "", 0)
		require.NoError(t, err)
		require.Len(t, page.Items, 1)
		assert.Positive(t, page.Items[0].GroupOwnerTinyID)
		page.Items[0].GroupOwnerTinyID = 0
		assert.Equal(t, group.FoundGroup{
			GroupType: group.Public, GroupID: "a", GroupName: "Harbor watch", GroupMemberNum: 1, GroupIntroduction: "ships",
			GroupOwnerUserID: "mira", GroupOwnerUserName: "Mira",
		}, page.Items[0])

		srv.SetSettings(restapitest.Settings{Off: []restapitest.Feature{restapitest.FeatureGroupSearch}})
		_, err = groups.SearchPage(ctx, group.SearchQuery{Keywords: []string{"x"}}, "", 0)
		require.ErrorIs(t, err, restapi.CodeServiceUnavailable)
	})
}

func TestSearchesComeInPages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, restapitest.WithoutListener())
		groups, ctx := group.NewClient(srv.Client()), t.Context()
		users := make([]string, 250)
		for i := range users {
			users[i] = fmt.Sprintf("u%03d", i)
		}
		srv.AddAccount(users...)
		srv.AddAccount("mira")
		require.NoError(t, profile.NewClient(srv.Client()).SetProfile(ctx, "mira", profile.Nick.To("u999")))
		id, err := groups.Create(ctx, group.Group{Type: group.Public, Name: "All", OwnerAccount: "mira"})
		require.NoError(t, err)
		require.NoError(t, restapi.Join(groups.Members.Add(ctx, id, users)))
		query := group.MemberSearchQuery{Keywords: []string{"u999", "u001", "u00"}, GroupIDList: []string{id}}
		page, err := groups.Members.SearchPage(ctx, query, "", 1)
		require.NoError(t, err)
		assert.Equal(t, 2, page.Total, "nicks in part, IDs as a whole")
		assert.Equal(t, "mira", page.Items[0].GroupMemberUserID)
		page, err = groups.Members.SearchPage(ctx, query, page.Next, 1)
		require.NoError(t, err)
		assert.Equal(t, "u001", page.Items[0].GroupMemberUserID)
		assert.Empty(t, page.Next)
		n := 0
		for _, err := range groups.Members.Search(ctx, group.MemberSearchQuery{Keywords: users}) {
			require.NoError(t, err)
			n++
		}
		assert.Equal(t, 250, n)
		_, err = groups.Members.SearchPage(ctx, query, "x", 1)
		require.ErrorIs(t, err, restapi.CodeGroupInvalidParameter)
	})
}
