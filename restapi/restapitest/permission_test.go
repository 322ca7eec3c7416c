package restapitest_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func TestPermissionGroups(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	groups, id := weavers(t, srv)
	p, ctx := groups.Permissions, t.Context()
	night, err := p.Create(ctx, id, group.PermissionGroup{
		PermissionGroupID: "@PMG#_night", PermissionGroupName: "Night", CustomString: "ink", Permission: group.SendInTopics,
	})
	require.NoError(t, err)
	_, err = p.Create(ctx, id, group.PermissionGroup{PermissionGroupID: night, PermissionGroupName: "Night"})
	require.ErrorIs(t, err, restapi.CodeGroupIDTakenByOwner)
	day, err := p.Create(ctx, id, group.PermissionGroup{PermissionGroupName: "Day"})
	require.NoError(t, err)
	require.NoError(t, p.Modify(ctx, id, night, group.PermissionChange{Permission: restapi.Some[group.Permission](1 << 63)}))
	require.ErrorIs(t, p.Modify(ctx, id, "@PMG#_no", group.PermissionChange{CustomString: restapi.Some("x")}),
		restapi.CodePermissionGroupNotFound)

	added, err := p.AddMembers(ctx, id, night, []string{"bob", "dan", "cat"})
	require.NoError(t, err)
	assert.Equal(t, group.Added, added[0].Result)
	require.ErrorIs(t, added[1].Err(), restapi.CodeGroupInvalidParameter, "dan is not in the community")
	again, err := p.AddMembers(ctx, id, night, []string{"bob"})
	require.NoError(t, restapi.Join(again, err))
	assert.Equal(t, group.AlreadyMember, again[0].Result)
	got, err := p.Get(ctx, id, []string{"@PMG#_no", night})
	require.NoError(t, err)
	require.ErrorIs(t, got[0].Err(), restapi.CodePermissionGroupNotFound)
	assert.Equal(t, group.PermissionGroup{
		PermissionGroupID: night, PermissionGroupName: "Night", CustomString: "ink", Permission: 1 << 63, MemberCount: 2,
	}, got[1])

	require.NoError(t, p.DeleteMembers(ctx, id, night, []string{"cat", "dan"}))
	require.NoError(t, restapi.Join(account.NewClient(srv.Client()).Delete(ctx, []string{"bob"})))
	for m, err := range p.Members(ctx, id, night) {
		t.Errorf("%v, %v", m, err)
	}
	gone, err := p.Destroy(ctx, id, []string{day, "@PMG#_no"})
	require.NoError(t, err)
	require.NoError(t, gone[0].Err())
	require.ErrorIs(t, gone[1].Err(), restapi.CodePermissionGroupDeleted)
}

func TestPermissionGroupsOnManyPages(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	groups, id := weavers(t, srv)
	p, ctx := groups.Permissions, t.Context()
	var made, seen []string
	for i := range 45 {
		one, err := p.Create(ctx, id, group.PermissionGroup{PermissionGroupName: fmt.Sprint(i)})
		require.NoError(t, err)
		made = append(made, one)
	}
	for one, err := range p.All(ctx, id) {
		require.NoError(t, err)
		seen = append(seen, one.PermissionGroupID)
	}
	assert.Equal(t, made, seen)
	require.NoError(t, restapi.Join(p.AddMembers(ctx, id, made[0], []string{"cat", "ann", "bob"})))
	page, err := p.MemberPage(ctx, id, made[0], "", 2)
	require.NoError(t, err)
	assert.Equal(t, []group.Member{{UserID: "cat"}, {UserID: "ann"}}, page.Items)
	page, err = p.MemberPage(ctx, id, made[0], page.Next, 2)
	require.NoError(t, err)
	assert.Equal(t, []group.Member{{UserID: "bob"}}, page.Items)
	assert.Empty(t, page.Next)
}

func TestRightsInTopics(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	groups, id := weavers(t, srv)
	p, ctx := groups.Permissions, t.Context()
	dyes, err := groups.Topics.Create(ctx, group.Topic{GroupID: id, TopicName: "Dyes"})
	require.NoError(t, err)
	looms, err := groups.Topics.Create(ctx, group.Topic{GroupID: id, TopicName: "Looms"})
	require.NoError(t, err)
	night, err := p.Create(ctx, id, group.PermissionGroup{PermissionGroupName: "Night"})
	require.NoError(t, err)

	require.NoError(t, restapi.Join(p.AddTopics(ctx, id, night, []group.TopicPermission{{TopicID: dyes, Permission: 5}})))
	added, err := p.AddTopics(ctx, id, night, []group.TopicPermission{
		{TopicID: dyes}, {TopicID: looms}, {TopicID: group.TopicID(id, "never")},
	})
	require.NoError(t, err)
	require.ErrorIs(t, added[0].Err(), restapi.CodePermissionTopicExists)
	require.NoError(t, added[1].Err())
	require.ErrorIs(t, added[2].Err(), restapi.CodeTopicAlreadyDeleted)
	set, err := p.SetTopics(ctx, id, night, []group.TopicPermission{
		{TopicID: looms, Permission: 6}, {TopicID: group.TopicID(id, "never"), Permission: 1},
	})
	require.NoError(t, err)
	require.NoError(t, set[0].Err())
	require.ErrorIs(t, set[1].Err(), restapi.CodePermissionTopicNotFound)
	all, err := p.Topics(ctx, id, night)
	require.NoError(t, err)
	assert.Equal(t, []group.TopicPermission{{TopicID: dyes, Permission: 5}, {TopicID: looms, Permission: 6}}, all)

	require.NoError(t, restapi.Join(p.DeleteTopics(ctx, id, night, []string{dyes})))
	require.NoError(t, restapi.Join(groups.Topics.Destroy(ctx, []string{looms})))
	some, err := p.Topics(ctx, id, night, looms, dyes)
	require.NoError(t, err)
	require.ErrorIs(t, some[0].Err(), restapi.CodePermissionTopicNotFound, "with the topic go the rights in it")
	require.ErrorIs(t, some[1].Err(), restapi.CodePermissionTopicNotFound)
}

// The limit of members has no number in the documentation.
func TestFullPermissionGroups(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	groups, id := weavers(t, srv)
	night, err := groups.Permissions.Create(t.Context(), id, group.PermissionGroup{PermissionGroupName: "Night"})
	require.NoError(t, err)
	srv.SetSettings(restapitest.Settings{MaxPermissionMembers: 1})
	added, err := groups.Permissions.AddMembers(t.Context(), id, night, []string{"bob", "cat"})
	require.NoError(t, err)
	require.NoError(t, added[0].Err())
	require.ErrorIs(t, added[1].Err(), restapi.CodePermissionMemberLimit)
}
