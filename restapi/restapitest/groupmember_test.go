package restapitest_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// numbered are accounts that the server gets.
func numbered(srv *restapitest.Server, n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = "u" + strconv.Itoa(i)
	}
	srv.AddAccount(ids...)
	return ids
}

// filled makes a group of mira's with these members besides her.
func filled(tb testing.TB, groups *group.Client, kind group.Type, userIDs []string) (id string) {
	tb.Helper()
	id, err := groups.Create(tb.Context(), group.Group{Type: kind, Name: "Harbor", OwnerAccount: "mira"})
	require.NoError(tb, err)
	for some := range slices.Chunk(userIDs, group.MaxAddMembers) {
		require.NoError(tb, restapi.Join(groups.Members.Add(tb.Context(), id, some, group.Silently())))
	}
	return id
}

func userIDs(members []group.Member) []string {
	ids := make([]string, len(members))
	for i, m := range members {
		ids[i] = m.UserID
	}
	return ids
}

func TestMembersOfAGroup(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv, h := asker(t, restapitest.WithoutListener())
		told := make(chan string, 10)
		callback.On(h, func(_ context.Context, e *callback.GroupAfterMemberFieldChanged) error {
			told <- fmt.Sprint(e.MemberAccount, " ", e.Role, " ", e.NameCard.Or("-"))
			return nil
		})
		callback.On(h, func(_ context.Context, e *callback.GroupAfterMemberExit) error {
			told <- fmt.Sprint(e.ExitType, " ", e.ExitMemberList)
			return nil
		})
		srv.AddAccount("mira", "ozan", "priya", "tomas")
		groups, ctx := group.NewClient(srv.Client()), t.Context()
		id := filled(t, groups, group.Public, []string{"ozan", "priya"})
		members, start := groups.Members, time.Now()

		all, err := conform.Drain(members.All(ctx, id, group.Filter{}))
		require.NoError(t, err)
		assert.Equal(t, []string{"mira", "ozan", "priya"}, userIDs(all))
		assert.Equal(t, group.RoleOwner, all[0].Role)
		assert.True(t, start.Equal(all[1].JoinTime))

		time.Sleep(time.Hour)
		require.NoError(t, members.Modify(ctx, id, "ozan", group.MemberChange{
			Role: group.RoleAdmin, MsgFlag: group.Discard, NameCard: restapi.Some("Oz"),
			AppMemberDefinedData: group.CustomFields{"Shift": "night"}, MuteTime: restapi.Some(time.Hour),
		}))
		assert.Equal(t, "ozan Admin Oz", <-told)
		got, err := members.Get(ctx, id, []string{"tomas", "ozan", "mira", "ozan"}, group.Filter{})
		require.NoError(t, err)
		assert.Equal(t, []string{"ozan", "mira", "ozan"}, userIDs(got), "tomas is not a member")
		ozan := got[0]
		assert.True(t, start.Add(2*time.Hour).Equal(ozan.MuteUntil))
		ozan.JoinTime, ozan.MuteUntil = time.Time{}, time.Time{}
		assert.Equal(t, group.Member{
			UserID: "ozan", Role: group.RoleAdmin, MsgFlag: group.Discard, NameCard: "Oz", OnlineStatus: "Offline",
			AppMemberDefinedData: group.CustomFields{"Shift": "night"},
		}, ozan)
		admins, err := conform.Drain(members.All(ctx, id, group.Filter{MemberRoleFilter: []group.Role{group.RoleAdmin}}))
		require.NoError(t, err)
		assert.Equal(t, []string{"ozan"}, userIDs(admins))
		roles, err := members.Roles(ctx, id, []string{"tomas", "mira", "priya"})
		require.NoError(t, err)
		assert.Equal(t, []group.RoleResult{
			{UserID: "tomas", Role: group.RoleNotMember},
			{UserID: "mira", Role: group.RoleOwner},
			{UserID: "priya", Role: group.RoleMember},
		}, roles)

		require.NoError(t, members.Delete(ctx, id, []string{"ozan", "tomas"}, group.WithReason("shift over")))
		assert.Equal(t, "Kicked [{ozan}]", <-told)
		require.ErrorIs(t, members.Delete(ctx, "nowhere", []string{"ozan"}), restapi.CodeGroupNotFound)
		require.NoError(t, members.Modify(ctx, id, "priya", group.MemberChange{NameCard: restapi.Some("")}))
	})
}

func TestMutesAndBansOfAGroup(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, restapitest.WithoutListener())
		srv.AddAccount("mira", "ozan", "priya", "tomas")
		groups, ctx := group.NewClient(srv.Client()), t.Context()
		id := filled(t, groups, group.Public, []string{"ozan", "priya"})
		members, start := groups.Members, time.Now()
		restricted := func(userID string, d time.Duration) group.Restricted {
			return group.Restricted{UserID: userID, Until: time.Unix(start.Add(d).Unix(), 0)}
		}

		require.NoError(t, members.Mute(ctx, id, []string{"ozan", "priya"}, time.Hour))
		require.NoError(t, members.Unmute(ctx, id, []string{"priya", "tomas"}))
		muted, err := members.Muted(ctx, id)
		require.NoError(t, err)
		assert.Equal(t, []group.Restricted{restricted("ozan", time.Hour)}, muted)
		//lint:ignore SA1019 the older command is there too
		older, err := members.ShuttedUin(ctx, id) //nolint:staticcheck // as above
		require.NoError(t, err)
		assert.Equal(t, muted, older)
		require.NoError(t, members.Delete(ctx, id, []string{"ozan"}))
		require.NoError(t, restapi.Join(members.Add(ctx, id, []string{"ozan"})))
		got, err := members.Get(ctx, id, []string{"ozan"}, group.Filter{})
		require.NoError(t, err)
		assert.Equal(t, muted[0].Until, got[0].MuteUntil, "a mute outlives leaving")
		time.Sleep(time.Hour)
		muted, err = members.Muted(ctx, id)
		require.NoError(t, err)
		assert.Empty(t, muted)

		start = time.Now()
		require.NoError(t, members.Ban(ctx, id, []string{"ozan", "tomas"}, time.Minute, "flooding"))
		roles, err := members.Roles(ctx, id, []string{"ozan"})
		require.NoError(t, err)
		assert.Equal(t, group.RoleNotMember, roles[0].Role)
		added, err := members.Add(ctx, id, []string{"ozan", "priya"})
		require.NoError(t, err)
		require.Error(t, added[0].Err(), "he is banned")
		assert.Equal(t, group.AlreadyMember, added[1].Result)
		banned, err := conform.Drain(members.Banned(ctx, id))
		require.NoError(t, err)
		assert.ElementsMatch(t, []group.Restricted{restricted("ozan", time.Minute), restricted("tomas", time.Minute)}, banned)
		page, err := members.BannedPage(ctx, id, "", 1)
		require.NoError(t, err)
		require.NotEmpty(t, page.Next)
		rest, err := members.BannedPage(ctx, id, page.Next, 1)
		require.NoError(t, err)
		assert.Equal(t, banned, append(page.Items, rest.Items...))
		require.NoError(t, members.Unban(ctx, id, []string{"ozan"}))
		require.NoError(t, restapi.Join(members.Add(ctx, id, []string{"ozan"})))
		time.Sleep(time.Minute)
		require.NoError(t, restapi.Join(members.Add(ctx, id, []string{"tomas"})))

		private := filled(t, groups, group.Private, []string{"ozan"})
		require.ErrorIs(t, members.Mute(ctx, private, []string{"ozan"}, time.Hour), restapi.CodeGroupPermissionDenied)
		live := filled(t, groups, group.AVChatRoom, nil)
		require.NoError(t, members.Mute(ctx, live, []string{"ozan"}, group.Forever))
		_, err = conform.Drain(members.All(ctx, live, group.Filter{}))
		require.ErrorIs(t, err, restapi.CodeGroupPermissionDenied)
		_, err = members.Add(ctx, live, []string{"ozan"})
		require.ErrorIs(t, err, restapi.CodeGroupPermissionDenied)
		require.ErrorIs(t, members.Delete(ctx, live, []string{"ozan"}), restapi.CodeGroupInvalidParameter)
	})
}

// A list comes to its end whoever comes and goes meanwhile, with as many calls as it has pages.
func TestMembersComeAndGoWhileTheyAreListed(t *testing.T) {
	t.Parallel()
	for _, kind := range []group.Type{group.Public, group.Community} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				srv := newServer(t, restapitest.WithoutListener())
				srv.AddAccount("mira")
				groups, ctx := group.NewClient(srv.Client()), t.Context()
				ids := numbered(srv, 2000)
				id := filled(t, groups, kind, ids[:1500])
				seen := map[string]int{}
				listed := func(each func(n int)) {
					clear(seen)
					for m, err := range groups.Members.All(ctx, id, group.Filter{}) {
						require.NoError(t, err)
						seen[m.UserID]++
						each(len(seen))
					}
				}
				before := len(srv.Calls())
				listed(func(int) {})
				assert.Len(t, seen, 1501)
				assert.Equal(t, 8, len(srv.Calls())-before, "pages of 200")
				listed(func(n int) { // some come
					if n == 250 {
						require.NoError(t, restapi.Join(groups.Members.Add(ctx, id, ids[1500:1700])))
					}
				})
				assert.Len(t, seen, 1701)
				listed(func(n int) { // some go who were listed, and some who were not
					if n == 250 {
						require.NoError(t, groups.Members.Delete(ctx, id, slices.Concat(ids[:50], ids[1400:1450])))
					}
				})
				for userID, times := range seen {
					assert.Equal(t, 1, times, userID)
				}
				assert.GreaterOrEqual(t, len(seen), 1701-50-50)
			})
		})
	}
}
