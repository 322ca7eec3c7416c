package restapitest_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// asker returns a server whose webhooks go to the handler that is returned with it.
func asker(tb testing.TB, opts ...restapitest.Option) (*restapitest.Server, *callback.Handler) {
	tb.Helper()
	h, err := callback.NewHandler(appID, callback.WithToken(token))
	require.NoError(tb, err)
	return newServer(tb, append([]restapitest.Option{
		restapitest.WithApp(appID, secret), restapitest.WithCallbackHandler(h, token),
	}, opts...)...), h
}

func next(tb testing.TB, d *restapitest.Device) restapitest.Notice {
	tb.Helper()
	n, err := d.Next(tb.Context())
	require.NoError(tb, err)
	n.Time = time.Time{}
	return n
}

func needConfirm(tb testing.TB, devices ...*restapitest.Device) {
	tb.Helper()
	for _, d := range devices {
		require.NoError(tb, d.SetProfile(profile.AllowType.To(profile.NeedConfirm)))
	}
}

func TestDevicesBecomeFriends(t *testing.T) {
	t.Parallel()
	start := time.Now()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, restapitest.WithoutListener())
		ann, bob := srv.User("ann"), srv.User("bob")
		web := srv.User("ann", restapitest.OnPlatform(callback.PlatformWeb))
		needConfirm(t, ann, bob)
		asked := make(chan restapitest.Notice, 1)
		go func() {
			n, err := bob.Next(t.Context())
			assert.NoError(t, err)
			asked <- n
		}()
		synctest.Wait() // bob waits

		state, err := ann.AddFriend("bob", restapitest.FriendWords("hi"), restapitest.FriendGroup("Work"),
			restapitest.FriendRemark("Bobby"), restapitest.FriendSource("AddSource_Type_Card"))
		require.NoError(t, err)
		assert.Equal(t, restapitest.FriendPending, state)
		assert.Equal(t, restapitest.Notice{
			Kind: restapitest.NoticeFriendRequest, Time: time.Now(), From: "ann", Text: "hi",
		}, <-asked)
		assert.Equal(t, []restapitest.FriendRequest{{From: "ann", Words: "hi", Source: "AddSource_Type_Card", Time: time.Now()}},
			bob.FriendRequests())
		state, err = bob.AddFriend("ann")
		require.NoError(t, err)
		assert.Equal(t, restapitest.FriendPending, state, "ann is asked too")
		assert.Equal(t, restapitest.NoticeFriendRequest, next(t, ann).Kind)
		assert.Empty(t, ann.Friends())

		require.NoError(t, bob.AnswerFriend("ann", callback.SnsAgreeAndAdd))
		assert.Equal(t, restapitest.Notice{Kind: restapitest.NoticeFriendAdded, From: "bob"}, next(t, ann))
		next(t, web)
		assert.Equal(t, restapitest.Notice{Kind: restapitest.NoticeFriendAdded, From: "bob"}, next(t, web))
		assert.Len(t, bob.Inbox(), 1, "who agrees is not told")
		assert.Equal(t, []string{"bob"}, ann.Friends())
		assert.Equal(t, []string{"ann"}, bob.Friends())
		assert.Empty(t, ann.FriendRequests())
		assert.Empty(t, bob.FriendRequests())
		_, err = bob.AddFriend("ann")
		require.ErrorIs(t, err, restapi.CodeRelationAlreadyFriends)
		page, err := friend.NewClient(srv.Client()).FriendPage(t.Context(), "ann", "")
		require.NoError(t, err)
		remark, _ := friend.Remark.Of(page.Items[0].Items)
		groups, _ := friend.Groups.Of(page.Items[0].Items)
		assert.Equal(t, "Bobby", remark)
		assert.Equal(t, []string{"Work"}, groups)

		require.ErrorIs(t, ann.DeleteFriends("nobody", "bob"), restapi.CodeRelationAccountNotFound)
		assert.Empty(t, bob.Friends(), "bob was deleted all the same")
	})
	assert.Less(t, time.Since(start), 2*time.Second)
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	srv, h := asker(t)
	callback.Answer(h, func(_ context.Context, e *callback.SnsPrevFriendResponse) (callback.SnsPrevFriendAnswer, error) {
		assert.Equal(t, e.FromAccount, e.RequesterAccount)
		if e.FromAccount == "shy" {
			return e.RejectAll(38003, "not today"), nil
		}
		return e.Allow(), nil
	})
	ann, bob, shy := srv.User("ann"), srv.User("bob"), srv.User("shy", restapitest.FromIP("192.0.2.9"))
	needConfirm(t, bob, shy)
	require.ErrorIs(t, bob.AnswerFriend("ann", callback.SnsAgree), restapi.CodeRelationPendingNotFound)
	for _, userID := range []string{"bob", "shy"} {
		_, err := ann.AddFriend(userID)
		require.NoError(t, err)
	}
	require.ErrorIs(t, bob.AnswerFriend("ann", "Yes"), restapi.CodeRelationInvalidParameter)
	err := shy.AnswerFriend("ann", callback.SnsAgree)
	require.ErrorIs(t, err, restapi.Code(38003))
	require.ErrorContains(t, err, "not today")
	assert.Len(t, shy.FriendRequests(), 1)

	require.NoError(t, bob.AnswerFriend("ann", callback.SnsAgree))
	assert.Equal(t, []string{"bob"}, ann.Friends())
	assert.Empty(t, bob.Friends(), "bob only lets ann have him")
	assert.Empty(t, bob.FriendRequests())
	require.NoError(t, ann.DeleteFriends("bob"))
	_, err = ann.AddFriend("bob")
	require.NoError(t, err)
	require.NoError(t, bob.AnswerFriend("ann", callback.SnsRefuse))
	assert.Empty(t, ann.Friends())
	assert.Empty(t, bob.FriendRequests())

	added := slices.DeleteFunc(told(t, srv), func(body string) bool {
		return !strings.Contains(body, `"Sns.CallbackFriendAdd"`)
	})
	require.Len(t, added, 1)
	assert.JSONEq(t, `{"CallbackCommand":"Sns.CallbackFriendAdd","ClientCmd":"FriendResponse","Admin_Account":"","ForceFlag":0,
		"PairList":[{"From_Account":"ann","To_Account":"bob","Initiator_Account":"ann"}]}`, added[0])
}

func TestTheBackendIsAskedForDevicesOnly(t *testing.T) {
	t.Parallel()
	srv, h := asker(t)
	seen := make(chan *callback.SnsPrevFriendAdd, 10)
	callback.Answer(h, func(_ context.Context, e *callback.SnsPrevFriendAdd) (callback.SnsPrevFriendAnswer, error) {
		seen <- e
		if e.FriendItem[0].ToAccount == "vip" {
			return e.Reject("vip", 38001, "hands off"), nil
		}
		return e.Allow(), nil
	})
	srv.AddAccount("bob", "vip")
	added, err := friend.NewClient(srv.Client()).Add(t.Context(), "vip", asked("bob"), friend.Both)
	require.NoError(t, restapi.Join(added, err))
	ann := srv.User("ann", restapitest.OnPlatform(callback.PlatformAndroid))
	_, err = ann.AddFriend("vip", restapitest.FriendWords("please"))
	require.ErrorIs(t, err, restapi.Code(38001))
	require.ErrorContains(t, err, "hands off")
	_, err = ann.AddFriend("nobody")
	require.ErrorIs(t, err, restapi.CodeRelationAccountNotFound)
	_, err = ann.AddFriend("bob", restapitest.FriendSource("x"))
	require.ErrorIs(t, err, restapi.CodeRelationInvalidParameter)
	state, err := ann.AddFriend("bob", restapitest.FriendOneWay())
	require.NoError(t, err)
	assert.Equal(t, restapitest.FriendAdded, state)
	require.Len(t, seen, 2, "what is refused anyway is not asked about")
	e := <-seen
	assert.Equal(t, callback.PlatformAndroid, e.OptPlatform)
	assert.Equal(t, "ann", e.FromAccount)
	assert.Equal(t, "ann", e.RequesterAccount)
	assert.Equal(t, callback.SnsAddBoth, e.AddType)
	assert.Equal(t, []callback.SnsFriendItem{
		{ToAccount: "vip", AddSource: "AddSource_Type_Device", AddWording: "please"},
	}, e.FriendItem)
	assert.Equal(t, callback.SnsAddSingle, (<-seen).AddType)
}

// Everything may have changed when the backend has answered.
func TestTheBackendDeletesWhileItIsAsked(t *testing.T) {
	t.Parallel()
	srv, h := asker(t)
	accounts := account.NewClient(srv.Client())
	gone := atomic.Pointer[string]{}
	callback.Answer(h, func(ctx context.Context, e *callback.SnsPrevFriendAdd) (callback.SnsPrevFriendAnswer, error) {
		deleted, err := accounts.Delete(ctx, []string{*gone.Load()})
		return e.Allow(), restapi.Join(deleted, err)
	})
	srv.AddAccount("bob", "cat")
	ann := srv.User("ann")
	gone.Store(new("bob"))
	_, err := ann.AddFriend("bob")
	require.ErrorIs(t, err, restapi.CodeRelationAccountNotFound)
	gone.Store(new("ann"))
	_, err = ann.AddFriend("cat")
	require.ErrorIs(t, err, restapitest.ErrSignedOut)
	assert.Empty(t, told(t, srv)[2:], "nothing was added")
}

// Codes that are not documented refuse nothing, and a backend that fails lets all happen, unless the console says so.
func TestBadAnswersAboutFriends(t *testing.T) {
	t.Parallel()
	answer := atomic.Pointer[string]{}
	srv := newServer(t, restapitest.WithCallbackHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(*answer.Load()))
	}), token))
	srv.AddAccount("b1", "b2", "b3", "b4", "b5")
	answer.Store(new(`{"ActionStatus":"OK"}`))
	ann := srv.User("ann")
	for userID, text := range map[string]string{
		"b1": `{"ActionStatus":"OK","ErrorCode":0,"ResultItem":[{"To_Account":"b1","ResultCode":1,"ResultInfo":"no"}]}`,
		"b2": `{"ActionStatus":"FAIL","ErrorCode":38000,"ErrorInfo":"storage is down"}`,
		"b3": `{"ActionStatus":"OK","ErrorCode":0,"ResultItem":[{"To_Account":"b1","ResultCode":38000,"ResultInfo":"no"}]}`,
		"b4": `no JSON`,
	} {
		answer.Store(&text)
		_, err := ann.AddFriend(userID)
		require.NoError(t, err, userID)
	}
	srv.SetSettings(restapitest.Settings{BeforeFailed: restapitest.RefuseUnanswered})
	answer.Store(new(`{"ActionStatus":"OK","ErrorCode":0}`))
	_, err := ann.AddFriend("b5")
	require.NoError(t, err, "an answer without users allows all")
	answer.Store(new(`no JSON`))
	require.NoError(t, ann.DeleteFriends("b5"))
	_, err = ann.AddFriend("b5")
	require.ErrorIs(t, err, restapi.CodeRelationTimeout)
}

func TestDevicesBlockAndFollow(t *testing.T) {
	t.Parallel()
	srv := newServer(t, fine(), restapitest.WithClock(newClock().Now))
	ann, bob := srv.User("ann"), srv.User("bob")
	needConfirm(t, bob)
	_, err := ann.AddFriend("bob")
	require.NoError(t, err)
	require.NoError(t, bob.Block("ann"))
	assert.Empty(t, bob.FriendRequests(), "what was asked is over")
	_, err = ann.AddFriend("bob")
	require.ErrorIs(t, err, restapi.CodeRelationInPeerBlocklist)
	require.ErrorIs(t, bob.Block("ann"), restapi.CodeRelationInvalidParameter)
	dan := srv.User("dan")
	needConfirm(t, dan)
	_, err = ann.AddFriend("dan")
	require.NoError(t, err)
	require.NoError(t, ann.Block("dan"))
	assert.Empty(t, dan.FriendRequests(), "who blocks asks no more")
	require.NoError(t, bob.Unblock("ann"))
	require.NoError(t, ann.Follow("bob"))
	require.NoError(t, ann.Unfollow("bob"))
	require.ErrorIs(t, ann.Follow("bob", "nobody"), restapi.CodeRelationAccountNotFound)

	srv.SetSettings(restapitest.Settings{KeepBlockedFriends: true, MaxFriendRequests: 1})
	_, err = ann.AddFriend("bob")
	require.NoError(t, err)
	_, err = srv.User("cat").AddFriend("bob")
	require.ErrorIs(t, err, restapi.CodeRelationPendingLimit)
	require.NoError(t, bob.AnswerFriend("ann", callback.SnsAgreeAndAdd))
	require.NoError(t, bob.Block("ann"))
	assert.Equal(t, []string{"ann"}, bob.Friends())
	require.NoError(t, ann.SignOut())
	for name, act := range map[string]func() error{
		"AddFriend":    func() error { _, err := ann.AddFriend("bob"); return err },
		"AnswerFriend": func() error { return ann.AnswerFriend("bob", callback.SnsAgree) },
		"Follow":       func() error { return ann.Follow("bob") },
	} {
		require.ErrorIs(t, act(), restapitest.ErrSignedOut, name)
	}
	var names []string
	for _, body := range told(t, srv) {
		name, _, _ := strings.Cut(strings.TrimPrefix(body, `{"CallbackCommand":"`), `"`)
		names = append(names, name)
	}
	assert.Equal(t, []string{
		"Profile.CallbackPortraitSet", "Sns.CallbackPrevFriendAdd", "Sns.CallbackBlackListAdd",
		"Profile.CallbackPortraitSet", "Sns.CallbackPrevFriendAdd", "Sns.CallbackBlackListAdd",
		"Sns.CallbackBlackListDelete", "Follow.CallbackAfterFollowAdd", "Follow.CallbackAfterFollowDelete",
		"Follow.CallbackAfterFollowAdd", "Sns.CallbackPrevFriendAdd", "Sns.CallbackPrevFriendResponse",
		"Sns.CallbackFriendAdd", "Sns.CallbackBlackListAdd",
	}, names)
}

// The backend calls REST while it is asked, for a thousand devices at a time.
func TestHandlersThatCallBack(t *testing.T) {
	t.Parallel()
	const users = 1000
	srv, h := asker(t, restapitest.WithoutListener(), restapitest.WithRate(1_000_000))
	srv.AddAccount("star")
	friends := friend.NewClient(srv.Client(restapi.WithLimiter(nil)))
	refused := func(userID string) bool { return strings.HasSuffix(userID, "7") }
	callback.Answer(h, func(ctx context.Context, e *callback.SnsPrevFriendAdd) (callback.SnsPrevFriendAnswer, error) {
		checked, err := friends.Check(ctx, e.FromAccount, []string{"star"}, friend.Both)
		switch {
		case err != nil:
			return e.Allow(), err
		case checked[0].Relation != friend.NoRelation:
			return e.Allow(), errors.New("they are friends before")
		case refused(e.FromAccount):
			return e.RejectAll(38007, "no sevens"), nil
		}
		return e.Allow(), nil
	})
	var wg sync.WaitGroup
	var done atomic.Int64
	for i := range users {
		d := srv.User(fmt.Sprintf("u%d", i))
		wg.Go(func() {
			state, err := d.AddFriend("star")
			if refused(d.UserID()) {
				assert.ErrorIs(t, err, restapi.Code(38007))
				return
			}
			assert.NoError(t, err)
			assert.Equal(t, restapitest.FriendAdded, state)
			done.Add(1)
		})
	}
	wg.Wait()
	assert.EqualValues(t, users*9/10, done.Load())
	srv.Wait()
	page, err := friends.FriendPage(t.Context(), "star", "")
	require.NoError(t, err)
	assert.Equal(t, users*9/10, page.Total)
}
