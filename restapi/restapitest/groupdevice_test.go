package restapitest_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// tips are what the notices of groups tell of, that a device has.
func tips(d *restapitest.Device) (all []restapitest.GroupTip) {
	for _, n := range d.Inbox() {
		if n.Kind == restapitest.NoticeGroupTip {
			all = append(all, n.Tip)
		}
	}
	return all
}

// The life of a group by devices alone, from its making to its end.
func TestDevicesKeepGroups(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		mira, ozan, priya := srv.User("mira"), srv.User("ozan"), srv.User("priya")
		id, err := mira.CreateGroup(restapitest.NewGroup{Type: group.Public, Name: "Harbor", Members: []string{"ozan"}})
		require.NoError(t, err)
		assert.Equal(t, "@TGS#10000001L", id, "the same in each run")
		assert.Equal(t, []string{id}, ozan.Groups())

		state, err := priya.JoinGroup(id, "let me in")
		require.NoError(t, err)
		assert.Equal(t, restapitest.JoinWaiting, state)
		asks, err := mira.Next(t.Context())
		require.NoError(t, err)
		assert.Equal(t, restapitest.NoticeJoinRequest, asks.Kind)
		assert.Equal(t, []string{"priya"}, asks.Users)
		assert.Equal(t, "let me in", asks.Text)
		assert.Empty(t, ozan.Inbox(), "who cannot agree is not asked")
		require.ErrorIs(t, ozan.AnswerJoin(id, "priya", true), restapi.CodeGroupPermissionDenied)
		require.NoError(t, mira.AnswerJoin(id, "priya", true))
		require.ErrorIs(t, mira.AnswerJoin(id, "priya", true), restapi.CodeGroupRequestHandled)
		assert.Equal(t, []string{id}, priya.Groups())
		_, err = priya.JoinGroup(id, "")
		require.ErrorIs(t, err, restapi.CodeGroupAlreadyMember)

		require.ErrorIs(t, priya.SetGroup(id, restapitest.GroupChange{Name: restapi.Some("Pier")}), restapi.CodeGroupPermissionDenied)
		require.NoError(t, mira.SetGroup(id, restapitest.GroupChange{Name: restapi.Some("Pier")}))
		admin := restapitest.MemberChange{Role: restapi.Some("Admin")}
		require.ErrorIs(t, ozan.SetMember(id, "ozan", admin), restapi.CodeGroupPermissionDenied)
		require.NoError(t, mira.SetMember(id, "ozan", admin))
		require.ErrorIs(t, ozan.MuteMember(id, "mira", time.Hour), restapi.CodeGroupPermissionDenied)
		require.NoError(t, ozan.MuteMember(id, "priya", time.Hour))
		require.NoError(t, priya.SetMember(id, "priya", restapitest.MemberChange{
			NameCard: restapi.Some("Pri"), MsgFlag: restapi.Some(string(group.Discard)),
		}))
		groups, ctx := group.NewClient(srv.Client()), t.Context()
		members, err := groups.Members.Get(ctx, id, []string{"ozan", "priya"}, group.Filter{})
		require.NoError(t, err)
		assert.Equal(t, group.RoleAdmin, members[0].Role)
		assert.Equal(t, "Pri", members[1].NameCard)
		assert.Equal(t, group.Discard, members[1].MsgFlag)
		assert.True(t, time.Now().Add(time.Hour).Equal(members[1].MuteUntil))

		require.ErrorIs(t, mira.LeaveGroup(id), restapi.CodeGroupOwnerCannotQuit)
		require.NoError(t, mira.TransferGroup(id, "ozan"))
		require.NoError(t, mira.LeaveGroup(id))
		require.NoError(t, ozan.RemoveMembers(id, "priya"))
		_, err = groups.Members.Add(ctx, id, []string{"mira"})
		require.NoError(t, err)
		require.ErrorIs(t, priya.LeaveGroup(id), restapi.CodeGroupPermissionDenied)
		require.NoError(t, ozan.DismissGroup(id))
		require.ErrorIs(t, ozan.DismissGroup(id), restapi.CodeGroupNotFound)
		assert.Equal(t, []restapitest.GroupTip{
			restapitest.TipJoined, restapitest.TipGroupChanged, restapitest.TipMemberChanged, restapitest.TipMuted,
			restapitest.TipOwner, restapitest.TipLeft, restapitest.TipRemoved,
		}, tips(priya))

		assert.Equal(t, restapitest.TipDismissed, tips(mira)[len(tips(mira))-1])

		srv.Wait()
		var told []string
		for _, d := range srv.Deliveries() {
			if d.Command != "State.StateChange" {
				told = append(told, d.Command)
			}
		}
		assert.Equal(t, []string{
			"Group.CallbackBeforeCreateGroup", "Group.CallbackAfterCreateGroup", "Group.CallbackBeforeApplyJoinGroup",
			"Group.CallbackAfterNewMemberJoin",
			"Group.CallbackAfterGroupInfoChanged", "Group.CallbackAfterMemberFieldChanged",
			"Group.CallbackAfterMemberFieldChanged", "Group.CallbackAfterChangeGroupOwner", "Group.CallbackAfterMemberExit",
			"Group.CallbackAfterMemberExit", "Group.CallbackBeforeInviteJoinGroup", "Group.CallbackAfterNewMemberJoin",
			"Group.CallbackAfterGroupDestroyed",
		}, told)
	})
}

// The backend refuses some of those who are invited, and one who wants to join; it may dissolve the group meanwhile.
func TestTheBackendIsAskedAboutMembers(t *testing.T) {
	t.Parallel()
	srv, h := asker(t)
	srv.AddAccount("priya", "spam", "tomas")
	groups, ctx := group.NewClient(srv.Client()), t.Context()
	callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeInviteJoinGroup) (callback.GroupBeforeInviteJoinGroupAnswer, error) {
		return e.RejectUsers("spam"), nil
	})
	callback.Answer(h, func(ctx context.Context, e *callback.GroupBeforeApplyJoinGroup) (callback.GroupBeforeApplyJoinGroupAnswer, error) {
		switch e.GroupID {
		case "closed":
			return e.RejectCode(10150, "not today"), nil
		case "doomed":
			return e.Allow(), groups.Destroy(ctx, e.GroupID)
		}
		return e.Reject(""), nil
	})
	mira, ozan := srv.User("mira"), srv.User("ozan")
	for _, id := range []string{"harbor", "closed", "doomed"} {
		_, err := mira.CreateGroup(restapitest.NewGroup{Type: group.Public, ID: id, Name: id})
		require.NoError(t, err)
		require.NoError(t, groups.Modify(ctx, id, group.Change{ApplyJoinOption: group.FreeAccess}))
	}
	_, err := ozan.JoinGroup("harbor", "")
	require.ErrorIs(t, err, restapi.CodeGroupRejectedByWebhook)
	_, err = ozan.JoinGroup("closed", "")
	require.ErrorIs(t, err, restapi.Code(10150))
	_, err = ozan.JoinGroup("doomed", "")
	require.ErrorIs(t, err, restapi.CodeGroupNotFound)

	added, err := groups.Members.Add(ctx, "harbor", []string{"spam", "priya", "mira", "priya"})
	require.NoError(t, err)
	require.Error(t, added[0].Err(), "refused by the backend")
	assert.Equal(t, []group.AddStatus{0, group.Added, group.AlreadyMember, group.Added},
		[]group.AddStatus{added[0].Result, added[1].Result, added[2].Result, added[3].Result})
	require.NoError(t, groups.Members.Ban(ctx, "harbor", []string{"tomas"}, time.Hour, ""))
	invited, err := mira.Invite("harbor", "spam", "ozan", "priya", "tomas")
	require.NoError(t, err)
	require.ErrorIs(t, invited[0].Err(), restapi.CodeGroupRejectedByWebhook)
	assert.Equal(t, restapitest.InviteResult{UserID: "ozan", State: restapitest.JoinDone}, invited[1])
	require.ErrorIs(t, invited[2].Err(), restapi.CodeGroupAlreadyMember)
	require.ErrorIs(t, invited[3].Err(), restapi.CodeGroupPermissionDenied)
	_, err = srv.User("tomas").JoinGroup("harbor", "")
	require.ErrorIs(t, err, restapi.CodeGroupPermissionDenied, "is banned")
	_, err = mira.Invite("harbor", "nobody")
	require.ErrorIs(t, err, restapi.CodeGroupAccountNotFound)
}

// Where invitations need an agreement, those of the owner are one.
func TestInvitationsThatWait(t *testing.T) {
	t.Parallel()
	srv := newServer(t, fine())
	srv.AddAccount("tomas")
	mira, ozan, priya := srv.User("mira"), srv.User("ozan"), srv.User("priya")
	groups, ctx := group.NewClient(srv.Client()), t.Context()
	_, err := mira.CreateGroup(restapitest.NewGroup{Type: group.Public, ID: "harbor", Name: "Harbor", Members: []string{"ozan"}})
	require.NoError(t, err)
	require.NoError(t, groups.Modify(ctx, "harbor", group.Change{InviteJoinOption: group.NeedPermission}))
	_ = next(t, mira) // the change
	invited, err := ozan.Invite("harbor", "priya", "mira")
	require.NoError(t, err)
	assert.Equal(t, restapitest.InviteResult{UserID: "priya", State: restapitest.JoinWaiting}, invited[0])
	require.ErrorIs(t, invited[1].Err(), restapi.CodeGroupAlreadyMember)
	assert.Equal(t, restapitest.Notice{
		Kind: restapitest.NoticeJoinRequest, Chat: "harbor", From: "ozan", Users: []string{"priya"},
	}, next(t, mira))
	require.NoError(t, mira.AnswerJoin("harbor", "priya", true))
	assert.Equal(t, []string{"harbor"}, priya.Groups())
	bodies := told(t, srv)
	assert.Contains(t, bodies[len(bodies)-1], `"JoinType":"Invited","Operator_Account":"ozan"`)
	invited, err = mira.Invite("harbor", "tomas")
	require.NoError(t, restapi.Join(invited, err))
	assert.Equal(t, restapitest.JoinDone, invited[0].State)

	require.NoError(t, groups.Modify(ctx, "harbor", group.Change{InviteJoinOption: group.DisableInvite}))
	_, err = mira.Invite("harbor", "eve")
	require.ErrorIs(t, err, restapi.CodeGroupPermissionDenied)
}

// The webhook of a group that is full comes with the member who fills it, and with each who finds no place.
func TestFullGroups(t *testing.T) {
	t.Parallel()
	srv := newServer(t, fine())
	srv.AddAccount("ozan", "priya", "tomas")
	groups, ctx := group.NewClient(srv.Client()), t.Context()
	id, err := groups.Create(ctx, group.Group{
		Type: group.Public, Name: "Harbor", OwnerAccount: "ozan", MaxMemberCount: 2, ApplyJoinOption: group.FreeAccess,
	})
	require.NoError(t, err)
	full := func() (n int) {
		srv.Wait()
		for _, d := range srv.Deliveries() {
			if d.Command == "Group.CallbackAfterGroupFull" {
				n++
			}
		}
		return n
	}
	_, err = groups.Members.Add(ctx, id, []string{"priya", "tomas"})
	require.ErrorIs(t, err, restapi.CodeGroupFull)
	assert.Equal(t, 1, full())
	require.NoError(t, restapi.Join(groups.Members.Add(ctx, id, []string{"priya"})))
	assert.Equal(t, 2, full())
	_, err = srv.User("tomas").JoinGroup(id, "")
	require.ErrorIs(t, err, restapi.CodeGroupFull)
	assert.Equal(t, 3, full())
	infos, err := groups.Get(ctx, []string{id}, group.Filter{})
	require.NoError(t, err)
	assert.Equal(t, 2, infos[0].MemberNum)
}

// What the types of groups leave to their members.
func TestTypesOfGroupsForDevices(t *testing.T) {
	t.Parallel()
	srv := newServer(t, fine())
	mira, ozan, tomas := srv.User("mira"), srv.User("ozan"), srv.User("tomas")
	srv.AddAccount("priya")
	newGroup := func(kind group.Type, id string) {
		_, err := mira.CreateGroup(restapitest.NewGroup{Type: kind, ID: id, Name: id, Members: []string{"ozan"}})
		require.NoError(t, err)
	}
	newGroup(callback.GroupTypeWork, "work")
	_, err := tomas.JoinGroup("work", "")
	require.ErrorIs(t, err, restapi.CodeGroupPermissionDenied, "by invitation alone")
	groups := group.NewClient(srv.Client())
	require.NoError(t, groups.Modify(t.Context(), "work", group.Change{ApplyJoinOption: group.FreeAccess, FromAccount: "mira"}))
	_, err = tomas.JoinGroup("work", "")
	require.ErrorIs(t, err, restapi.CodeGroupPermissionDenied, "whatever it says")
	_, err = ozan.Invite("work", "tomas")
	require.NoError(t, err)
	assert.NotContains(t, tips(mira), restapitest.TipJoined, "nothing was said so far")
	require.NoError(t, ozan.SetGroup("work", restapitest.GroupChange{Name: restapi.Some("ours")}))
	require.ErrorIs(t, mira.MuteMember("work", "ozan", time.Minute), restapi.CodeGroupPermissionDenied)
	require.ErrorIs(t, mira.SetMember("work", "ozan", restapitest.MemberChange{Role: restapi.Some("Admin")}), restapi.CodeGroupPermissionDenied)
	require.ErrorIs(t, mira.DismissGroup("work"), restapi.CodeGroupPermissionDenied)
	require.NoError(t, mira.LeaveGroup("work"))
	infos, err := groups.Get(t.Context(), []string{"work"}, group.Filter{})
	require.NoError(t, err)
	assert.Empty(t, infos[0].OwnerAccount)

	newGroup(group.ChatRoom, "meeting")
	for _, userID := range []string{"ozan", "priya"} {
		require.NoError(t, restapi.Join(groups.Members.Add(t.Context(), "meeting", []string{userID})))
		require.NoError(t, mira.SetMember("meeting", userID, restapitest.MemberChange{Role: restapi.Some("Admin")}))
	}
	require.ErrorIs(t, ozan.RemoveMembers("meeting", "priya"), restapi.CodeGroupPermissionDenied, "an admin too")
	require.ErrorIs(t, ozan.RemoveMembers("meeting", "ozan"), restapi.CodeGroupPermissionDenied)
	require.ErrorIs(t, mira.MuteMember("meeting", "tomas", time.Minute), restapi.CodeGroupInvalidParameter, "not in it")
	require.ErrorIs(t, mira.MuteMember("meeting", "ozan", time.Millisecond), restapi.CodeGroupInvalidParameter)
	require.ErrorIs(t, mira.SetMember("meeting", "ozan", restapitest.MemberChange{MsgFlag: restapi.Some("Discard")}), restapi.CodeGroupPermissionDenied)
	require.NoError(t, mira.SetMember("meeting", "ozan", restapitest.MemberChange{NameCard: restapi.Some("O")}))
	require.ErrorIs(t, tomas.SetMember("meeting", "tomas", restapitest.MemberChange{NameCard: restapi.Some("T")}), restapi.CodeGroupPermissionDenied)
	require.NoError(t, mira.SignOut())
	require.ErrorIs(t, mira.DismissGroup("meeting"), restapitest.ErrSignedOut)
}

func TestTrialPlan(t *testing.T) {
	t.Parallel()
	srv := newServer(t, fine())
	srv.AddAccount("ozan")
	srv.SetSettings(restapitest.Settings{Plan: restapitest.PlanTrial, DailyGroups: 10})
	groups, ctx := group.NewClient(srv.Client()), t.Context()
	create := func() {
		_, err := groups.Create(ctx, group.Group{Type: group.Public, Name: "Harbor"})
		require.NoError(t, err)
	}
	for range 7 {
		create()
	}
	for _, body := range told(t, srv) {
		assert.NotContains(t, body, "Quota", "70 %% are not over 70 %%")
	}
	create()
	bodies := told(t, srv)
	assert.Contains(t, bodies[len(bodies)-1], `"QuotaUsed":8,"Quota":10`)
	infos, err := groups.Get(ctx, []string{"@TGS#10000001L"}, group.Filter{})
	require.NoError(t, err)
	assert.Equal(t, 20, infos[0].MaxMemberNum)
	_, err = groups.Create(ctx, group.Group{Type: group.Public, Name: "Harbor", MaxMemberCount: 21})
	require.ErrorIs(t, err, restapi.CodeGroupMemberLimit)
}

// What is for a time ends by the clock, and stays when the member leaves.
func TestMutesAndBansEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, restapitest.WithoutListener())
		srv.AddAccount("mira", "ozan", "priya", "tomas")
		groups, ctx := group.NewClient(srv.Client()), t.Context()
		id, err := groups.Create(ctx, group.Group{
			Type: group.Public, Name: "Harbor", OwnerAccount: "mira", ApplyJoinOption: group.FreeAccess,
			MemberList: []group.NewMember{{MemberAccount: "ozan"}, {MemberAccount: "priya"}},
		})
		require.NoError(t, err)
		require.NoError(t, groups.Members.Mute(ctx, id, []string{"ozan"}, time.Minute))
		require.NoError(t, groups.Members.Mute(ctx, id, []string{"tomas"}, group.Forever))
		require.NoError(t, groups.Members.Ban(ctx, id, []string{"priya"}, time.Minute, "loud"))
		require.NoError(t, groups.Members.Ban(ctx, id, []string{"tomas"}, time.Hour, "loud"))
		require.NoError(t, groups.Members.Delete(ctx, id, []string{"ozan"}))
		restricted := func() (muted, banned []string) {
			list, err := groups.Members.Muted(ctx, id)
			require.NoError(t, err)
			for _, one := range list {
				muted = append(muted, one.UserID)
			}
			for one, err := range groups.Members.Banned(ctx, id) {
				require.NoError(t, err)
				banned = append(banned, one.UserID)
			}
			return muted, banned
		}
		muted, banned := restricted()
		assert.Equal(t, []string{"ozan", "tomas"}, muted)
		assert.Equal(t, []string{"priya", "tomas"}, banned)
		added, err := groups.Members.Add(ctx, id, []string{"priya"})
		require.NoError(t, err)
		require.Error(t, added[0].Err())

		time.Sleep(time.Minute)
		muted, banned = restricted()
		assert.Equal(t, []string{"tomas"}, muted)
		assert.Equal(t, []string{"tomas"}, banned)
		require.NoError(t, restapi.Join(groups.Members.Add(ctx, id, []string{"priya"})))
		require.NoError(t, groups.Members.Unmute(ctx, id, []string{"tomas"}))
		require.NoError(t, groups.Members.Unban(ctx, id, []string{"tomas"}))
		muted, banned = restricted()
		assert.Empty(t, slices.Concat(muted, banned))
	})
}

// Into what a device has made others come as the type of the group is described.
func TestWhoCanJoinWhatADeviceHasMade(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	mira, ozan := srv.User("mira"), srv.User("ozan")
	for kind, want := range map[group.Type]restapitest.JoinState{
		group.Public: restapitest.JoinWaiting, group.ChatRoom: restapitest.JoinDone, callback.GroupTypeMeeting: restapitest.JoinDone,
		group.AVChatRoom: restapitest.JoinDone, group.Community: restapitest.JoinDone,
	} {
		id, err := mira.CreateGroup(restapitest.NewGroup{Type: kind, Name: "Harbor"})
		require.NoError(t, err)
		state, err := ozan.JoinGroup(id, "")
		require.NoError(t, err)
		assert.Equal(t, want, state, kind)
	}
	id, err := mira.CreateGroup(restapitest.NewGroup{Type: group.Private, Name: "Harbor"})
	require.NoError(t, err)
	_, err = ozan.JoinGroup(id, "")
	require.ErrorIs(t, err, restapi.CodeGroupPermissionDenied)
}

// The list of a user's groups has those that are asked for.
func TestJoinedGroups(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	mira := srv.User("mira")
	for kind, id := range map[group.Type]string{group.Private: "quiet", group.Public: "harbor", group.Community: "@TGS#_plain"} {
		_, err := mira.CreateGroup(restapitest.NewGroup{Type: kind, ID: id, Name: id})
		require.NoError(t, err)
	}
	_, err := mira.CreateGroup(restapitest.NewGroup{Type: group.Community, ID: "@TGS#_topics", Name: "Topics", SupportTopic: true})
	require.NoError(t, err)
	live, err := mira.CreateGroup(restapitest.NewGroup{Type: group.AVChatRoom, Name: "Live"})
	require.NoError(t, err)
	assert.Len(t, mira.Groups(), 4)
	_, err = mira.JoinGroup(live, "")
	require.NoError(t, err)
	assert.Len(t, mira.Groups(), 5, "into a live room its owner goes too")
	joined := func(q group.JoinedQuery) (ids []string) {
		for one, err := range group.NewClient(srv.Client()).JoinedGroups(t.Context(), "mira", q) {
			require.NoError(t, err)
			ids = append(ids, one.GroupID)
		}
		slices.Sort(ids)
		return ids
	}
	assert.Equal(t, []string{"@TGS#_plain", "harbor"}, joined(group.JoinedQuery{}))
	assert.Equal(t, []string{"@TGS#_plain", "harbor", "quiet"}, joined(group.JoinedQuery{WithNoActiveGroups: true}))
	assert.Equal(t, []string{"@TGS#_plain", live, "harbor"}, joined(group.JoinedQuery{WithHugeGroups: true}))
	assert.Equal(t, []string{"@TGS#_topics"}, joined(group.JoinedQuery{SupportTopic: restapi.Some(true)}))
	assert.Equal(t, []string{"harbor"}, joined(group.JoinedQuery{GroupType: group.Public}))
}

// In a community with permission groups a right makes what the role of an admin makes elsewhere.
func TestRightsOfMembersOfACommunity(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	groups, id := weavers(t, srv)
	ctx := t.Context()
	ann, bob := srv.User("ann"), srv.User("bob")
	require.NoError(t, ann.SetMember(id, "bob", restapitest.MemberChange{Role: restapi.Some("Admin")}))
	require.ErrorIs(t, bob.MuteMember(id, "cat", time.Minute), restapi.CodeGroupPermissionDenied)
	give := func(right group.Permission) {
		night, err := groups.Permissions.Create(ctx, id, group.PermissionGroup{PermissionGroupName: "Night", Permission: right})
		require.NoError(t, err)
		require.NoError(t, restapi.Join(groups.Permissions.AddMembers(ctx, id, night, []string{"bob"})))
	}
	give(group.ManageMembers)
	require.NoError(t, bob.MuteMember(id, "cat", time.Minute))
	require.ErrorIs(t, bob.RemoveMembers(id, "ann"), restapi.CodeGroupPermissionDenied, "the owner")
	change := restapitest.GroupChange{Name: restapi.Some("Spinners")}
	require.ErrorIs(t, bob.SetGroup(id, change), restapi.CodeGroupPermissionDenied)
	give(group.ManageGroupInfo)
	require.NoError(t, bob.SetGroup(id, change))
	require.NoError(t, bob.RemoveMembers(id, "cat"))
	state, err := srv.User("dan").JoinGroup(id, "")
	require.NoError(t, err)
	assert.Equal(t, restapitest.JoinWaiting, state)
	require.NoError(t, bob.AnswerJoin(id, "dan", true))
}
