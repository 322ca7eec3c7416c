package restapitest_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func liveRoom(t *testing.T, srv *restapitest.Server) (*group.Client, string) {
	t.Helper()
	srv.AddAccount("host")
	groups := group.NewClient(srv.Client())
	id, err := groups.Create(t.Context(), group.Group{
		GroupID: "launch", Type: group.AVChatRoom, Name: "Launch", OwnerAccount: "host",
	})
	require.NoError(t, err)
	return groups, id
}

// states are what the backend was told of those who came and went.
func states(t *testing.T, srv *restapitest.Server) (all []string) {
	t.Helper()
	srv.Wait()
	for _, d := range srv.Deliveries() {
		e, err := callback.Decode(d.Command, d.Body)
		require.NoError(t, err)
		if e, ok := e.(*callback.GroupOnMemberStateChange); ok {
			all = append(all, fmt.Sprintf("%s %s %s", e.MemberList[0].MemberAccount, e.EventType, e.EventCause))
		}
	}
	return all
}

// A user is in the room from the first device that joins to the last that leaves or is lost.
func TestTheAudienceComesAndGoes(t *testing.T) {
	t.Parallel()
	srv := newServer(t, fine())
	groups, id := liveRoom(t, srv)
	online := func() int {
		n, err := groups.Live.OnlineMemberNum(t.Context(), id)
		require.NoError(t, err)
		return n
	}
	phone, pad := srv.User("ann"), srv.User("ann", restapitest.OnPlatform(callback.PlatformIPad))
	bob := srv.User("bob")
	for _, d := range []*restapitest.Device{phone, pad, bob, phone} {
		_, err := d.JoinGroup(id, "")
		require.NoError(t, err)
	}
	assert.Equal(t, 2, online())
	require.NoError(t, pad.Drop(callback.StateTimeOut))
	assert.Equal(t, 2, online())
	require.NoError(t, phone.LeaveGroup(id))
	assert.Equal(t, 1, online(), "what is left of ann is without a connection")
	require.NoError(t, pad.SignInAgain())
	assert.Equal(t, 2, online())
	require.NoError(t, bob.Drop(callback.StateLinkClose))
	require.NoError(t, bob.SignInAgain())
	require.NoError(t, bob.SignOut())
	require.NoError(t, bob.SignInAgain())
	assert.Equal(t, 1, online(), "who signs out is out of the room")
	require.NoError(t, pad.LeaveGroup(id))
	assert.Equal(t, []string{
		"ann Online Join", "bob Online Join", "ann Offline Quit", "ann Online HeartbeatRecover",
		"bob Offline HeartbeatInterrupt", "bob Online HeartbeatRecover", "bob Offline HeartbeatInterrupt", "ann Offline Quit",
	}, states(t, srv))
	assert.Zero(t, online())
}

func TestLiveRooms(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	groups, id := liveRoom(t, srv)
	live, ctx := groups.Live, t.Context()
	srv.AddAccount("bot", "mod")
	ann, bob := srv.User("ann"), srv.User("bob")
	require.NoError(t, ann.SetProfile(profile.Nick.To("Ann")))
	for _, d := range []*restapitest.Device{ann, bob} {
		_, err := d.JoinGroup(id, "")
		require.NoError(t, err)
	}
	in, err := live.CheckMembers(ctx, id, []string{"bot", "bob", "ann"})
	require.NoError(t, err)
	assert.Equal(t, []string{"bob", "ann"}, in)

	mark := func(userID string, marks ...int) group.Marked {
		return group.Marked{MemberAccount: userID, Marks: marks}
	}
	marked, err := live.Mark(ctx, id, mark("ann", 1000, 1001), mark("bot", 1000), mark("bob", group.MarkHidden))
	require.NoError(t, err)
	assert.Equal(t, []int{1000, 1001}, marked[0].Marks)
	require.ErrorIs(t, marked[1].Err(), group.ErrNotOnline)
	users := func(opts ...group.LiveOption) (userIDs []string) {
		for u, err := range live.Members(ctx, id, opts...) {
			require.NoError(t, err)
			userIDs = append(userIDs, u.UserID+u.NickName)
		}
		return userIDs
	}
	assert.Equal(t, []string{"annAnn"}, users(), "bob is hidden")
	assert.Equal(t, []string{"bob"}, users(group.WithMark(group.MarkHidden)))
	require.NoError(t, restapi.Join(live.Unmark(ctx, id, mark("ann", 1000))))
	assert.Empty(t, users(group.WithMark(1000)))
	assert.Equal(t, []string{"annAnn"}, users(group.WithMark(1001)))
	require.NoError(t, ann.Drop(callback.StateTimeOut))
	require.NoError(t, ann.SignInAgain())
	assert.Empty(t, users(group.WithMark(1001)), "a mark is lost with the connection")
	_, err = live.Mark(ctx, id, mark("bot", 1000))
	require.ErrorIs(t, err, restapi.CodeGroupInvalidParameter)

	require.NoError(t, live.AddRobots(ctx, id, []string{"bot"}))
	assert.Equal(t, []string{"bot"}, users(group.WithMark(group.MarkRobot)))
	require.NoError(t, live.DeleteRobots(ctx, id, []string{"bot"}))
	assert.Empty(t, users(group.WithMark(group.MarkRobot)))
	require.ErrorIs(t, live.AddRobots(ctx, id, []string{"nobody"}), restapi.CodeGroupAccountNotFound)

	require.ErrorIs(t, ann.MuteMember(id, "bob", time.Minute), restapi.CodeGroupPermissionDenied)
	require.NoError(t, live.AddAdmins(ctx, id, []string{"mod", "ann"}))
	require.NoError(t, ann.MuteMember(id, "bob", time.Minute))
	require.NoError(t, live.AddAdmins(ctx, id, []string{"mod", "ann"}))
	require.NoError(t, live.DeleteAdmins(ctx, id, []string{"mod", "bob"}))
	admins, err := live.Admins(ctx, id)
	require.NoError(t, err)
	assert.Equal(t, []group.LiveUser{{UserID: "ann", NickName: "Ann"}}, admins)
	srv.AddAccount("u1", "u2", "u3", "u4", "u5")
	require.ErrorIs(t, live.AddAdmins(ctx, id, []string{"u1", "u2", "u3", "u4", "u5"}), restapi.CodeGroupInvalidParameter)
}

// Who is banned is out of the room until they join again.
func TestBannedFromALiveRoom(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	groups, id := liveRoom(t, srv)
	ctx, bob := t.Context(), srv.User("bob")
	join := func() error {
		_, err := bob.JoinGroup(id, "")
		return err
	}
	online := func() int {
		n, err := groups.Live.OnlineMemberNum(ctx, id)
		require.NoError(t, err)
		return n
	}
	require.NoError(t, join())
	require.NoError(t, groups.Members.Ban(ctx, id, []string{"bob"}, time.Hour, ""))
	assert.Zero(t, online())
	require.ErrorIs(t, join(), restapi.CodeGroupPermissionDenied)
	require.NoError(t, groups.Members.Unban(ctx, id, []string{"bob"}))
	assert.Zero(t, online())
	require.NoError(t, join())
	assert.Equal(t, 1, online())
}

// The list has the newest 1000, whatever the seconds in which they came, and robots are there for three days.
func TestALongAudience(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, restapitest.WithoutListener())
		groups, id := liveRoom(t, srv)
		ctx := t.Context()
		robots := make([]string, 1200)
		for i := range robots {
			robots[i] = fmt.Sprintf("r%d", i)
		}
		srv.AddAccount(robots...)
		for _, more := range [][]string{robots[:400], robots[400:]} { // 800 in one second are more than a page
			require.NoError(t, groups.Live.AddRobots(ctx, id, more))
			time.Sleep(time.Second)
		}
		page, err := groups.Live.MemberPage(ctx, id, "")
		require.NoError(t, err)
		assert.Equal(t, 800, len(page.Items), "a page does not end within a second") //nolint:testifylint // Len would print them
		seen := map[string]int{}
		for u, err := range groups.Live.Members(ctx, id) {
			require.NoError(t, err)
			seen[u.UserID]++
		}
		assert.Len(t, seen, 1000)
		for userID, n := range seen {
			assert.Equal(t, 1, n, userID)
		}
		n, err := groups.Live.OnlineMemberNum(ctx, id)
		require.NoError(t, err)
		assert.Equal(t, 1200, n)
		time.Sleep(3 * 24 * time.Hour)
		n, err = groups.Live.OnlineMemberNum(ctx, id)
		require.NoError(t, err)
		assert.Zero(t, n)
	})
}
