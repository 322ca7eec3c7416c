package restapitest_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

const fromSearch = "AddSource_Type_Search"

// outcome is what every result of several has.
type outcome interface{ Err() error }

// codes are the codes of results, 0 where there is no error.
func codes[R outcome](tb testing.TB, results []R, err error) []restapi.Code {
	tb.Helper()
	require.NoError(tb, err)
	all := make([]restapi.Code, len(results))
	for i, r := range results {
		if r.Err() != nil {
			var refused *restapi.Error
			require.ErrorAs(tb, r.Err(), &refused)
			all[i] = refused.Code
		}
	}
	return all
}

func asked(userIDs ...string) []friend.Request {
	all := make([]friend.Request, len(userIDs))
	for i, userID := range userIDs {
		all[i] = friend.Request{ToAccount: userID, AddSource: fromSearch}
	}
	return all
}

// many are n users, with their accounts.
func many(srv *restapitest.Server, n int) []string {
	userIDs := make([]string, n)
	for i := range userIDs {
		userIDs[i] = "u" + strconv.Itoa(i)
	}
	srv.AddAccount(userIDs...)
	return userIDs
}

// Every request of the documentation is answered with success, and with nothing that is not documented.
func TestDocumentedRelationCalls(t *testing.T) {
	t.Parallel()
	docs, err := spec.Commands()
	require.NoError(t, err)
	var book shape.Book
	seen := 0
	for _, doc := range docs {
		service, name, _ := strings.Cut(doc.Name(), "/")
		if service != "sns" && service != "follow" {
			continue
		}
		srv := newServer(t)
		srv.AddAccount("ann", "bob", "cat", "dan", "eve", "fay")
		shapes, err := book.Command(doc.Path)
		require.NoError(t, err)
		for _, example := range doc.RequestExamples {
			body := strings.Replace(string(example), "c2VxPTEwMA==", "1", 1) // a cursor is the service's own
			got := post(t, srv, restapi.Command{Service: service, Name: name}, body)
			assert.Zero(t, got.ErrorCode, "%s: %s", doc.Path, got.body)
			assert.Empty(t, shapes.Answer.Check(got.body), "%s: %s", doc.Path, got.body)
			assert.Equal(t, new(string), got.ErrorDisplay)
			seen++
		}
	}
	assert.Equal(t, 35, seen)
}

func TestFriendAddByAllowType(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann", "any", "none", "asks", "bob")
	friends, users := friend.NewClient(srv.Client()), profile.NewClient(srv.Client())
	for userID, allow := range map[string]profile.AllowTypeValue{
		"any": profile.AllowAny, "none": profile.DenyAny, "asks": profile.NeedConfirm,
	} {
		require.NoError(t, users.SetProfile(t.Context(), userID, profile.AllowType.To(allow)))
	}
	all := asked("any", "none", "asks", "bob", "nobody", "ann")
	added, err := friends.Add(t.Context(), "ann", all[:5], friend.Both)
	assert.Equal(t, []restapi.Code{0, restapi.CodeRelationPeerDeniesAll, 0, 0, restapi.CodeRelationAccountNotFound},
		codes(t, added, err))
	assert.True(t, added[2].Pending)
	assert.False(t, added[0].Pending)

	check := func(others ...string) []friend.Relation {
		results, err := friends.Check(t.Context(), "ann", others, friend.Both)
		require.NoError(t, err)
		relations := make([]friend.Relation, len(results))
		for i, r := range results {
			relations[i] = r.Relation
		}
		return relations
	}
	assert.Equal(t, []friend.Relation{friend.BothWay, friend.NoRelation, friend.NoRelation, friend.BothWay},
		check("any", "none", "asks", "bob"))

	added, err = friends.Add(t.Context(), "ann", asked("none", "asks"), friend.Single)
	assert.Equal(t, []restapi.Code{0, 0}, codes(t, added, err), "who is put on no list is not asked")
	assert.False(t, added[1].Pending)
	assert.Equal(t, []friend.Relation{friend.AWithB, friend.AWithB}, check("none", "asks"))

	added, err = friends.Add(t.Context(), "ann", asked("none", "asks"), friend.Both, friend.WithForce())
	assert.Equal(t, []restapi.Code{0, 0}, codes(t, added, err))
	assert.Equal(t, []friend.Relation{friend.BothWay, friend.BothWay}, check("none", "asks"))

	require.NoError(t, users.SetProfile(t.Context(), "ann", profile.AdminForbid.To(profile.ForbidSendOut)))
	added, err = friends.Add(t.Context(), "ann", asked("bob"), friend.Both)
	assert.Equal(t, []restapi.Code{0}, codes(t, added, err), "they are friends")
	srv.AddAccount("new")
	added, err = friends.Add(t.Context(), "ann", asked("new"), friend.Both)
	assert.Equal(t, []restapi.Code{restapi.CodeRelationAddDenied}, codes(t, added, err))
	added, err = friends.Add(t.Context(), "ann", asked("new"), friend.Both, friend.WithForce())
	assert.Equal(t, []restapi.Code{0}, codes(t, added, err))
}

func TestFriendWebhooks(t *testing.T) {
	t.Parallel()
	srv := newServer(t, fine())
	srv.AddAccount("ann", "bob", "cat", "dan")
	friends := friend.NewClient(srv.Client())
	ctx := t.Context()
	ok := func(_ any, err error) { t.Helper(); require.NoError(t, err) }

	ok(friends.Add(ctx, "ann", asked("bob", "cat", "nobody"), friend.Both, friend.WithForce()))
	ok(friends.Add(ctx, "ann", asked("bob"), friend.Both)) // nothing new
	ok(friends.Import(ctx, "ann", []friend.ImportItem{{ToAccount: "dan", AddSource: fromSearch}}))
	ok(friends.Delete(ctx, "ann", []string{"dan", "bob"}, friend.Single))
	ok(friends.Block(ctx, "ann", []string{"cat", "dan"}))
	ok(friends.Block(ctx, "ann", []string{"cat"})) // nothing new
	ok(friends.Unblock(ctx, "ann", []string{"cat", "bob"}))
	ok(friends.Unblock(ctx, "ann", []string{"cat"})) // nothing new
	ok(friends.Add(ctx, "ann", asked("cat"), friend.Single))
	require.NoError(t, friends.DeleteAll(ctx, "ann", friend.Both))
	require.NoError(t, friends.DeleteAll(ctx, "ann", friend.Both)) // nothing new

	added := func(force int, pairs ...string) string {
		for i, pair := range pairs {
			pairs[i] = strings.Replace(pair, "}", `,"Initiator_Account":"ann"}`, 1)
		}
		return fmt.Sprintf(`{"CallbackCommand":"Sns.CallbackFriendAdd","PairList":[%s],"ClientCmd":"friend_add",`+
			`"Admin_Account":"administrator","ForceFlag":%d}`, strings.Join(pairs, ","), force)
	}
	changed := func(what string, pairs ...string) string {
		return `{"CallbackCommand":"Sns.Callback` + what + `","PairList":[` + strings.Join(pairs, ",") + `]}`
	}
	assert.Equal(t, []string{
		added(1, pair("ann", "bob"), pair("bob", "ann"), pair("ann", "cat"), pair("cat", "ann")),
		changed("FriendDelete", pair("ann", "dan"), pair("ann", "bob")),
		changed("BlackListAdd", pair("ann", "cat"), pair("ann", "dan")),
		changed("FriendDelete", pair("ann", "cat"), pair("cat", "ann")),
		changed("BlackListDelete", pair("ann", "cat")),
		added(0, pair("ann", "cat")),
		changed("FriendDelete", pair("ann", "cat")),
	}, told(t, srv))
}

func pair(from, to string) string {
	return fmt.Sprintf(`{"From_Account":%q,"To_Account":%q}`, from, to)
}

// told are the bodies of the webhooks so far, but for those of sign-ins.
func told(tb testing.TB, srv *restapitest.Server) (bodies []string) {
	tb.Helper()
	srv.Wait()
	for _, d := range srv.Deliveries() {
		require.NoError(tb, d.Err)
		if d.Command != "State.StateChange" {
			bodies = append(bodies, string(d.Body))
		}
	}
	return bodies
}

// fine answers every webhook with success.
func fine() restapitest.Option {
	return restapitest.WithCallbackHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`)
	}), token)
}

func TestFriendFields(t *testing.T) {
	t.Parallel()
	clock := newClock()
	srv := newServer(t, restapitest.WithClock(clock.Now))
	srv.AddAccount("ann", "bob", "cat")
	friends := friend.NewClient(srv.Client())
	ctx := t.Context()
	note, rank := friend.Custom("Note"), friend.Field[uint64]("Tag_SNS_Custom_Rank")
	at := time.Unix(1735689601, 0)
	results, err := friends.Import(ctx, "ann", []friend.ImportItem{{
		ToAccount: "bob", AddSource: fromSearch, Remark: "Bobby", GroupName: []string{"Work", "Chess"}, AddWording: "hi", AddTime: at,
		CustomItem: profile.Items{note.To("tall"), rank.To(0)},
	}})
	assert.Equal(t, []restapi.Code{0}, codes(t, results, err))
	added, err := friends.Add(ctx, "ann", []friend.Request{{ToAccount: "cat", AddSource: fromSearch, GroupName: "Work"}}, friend.Both)
	assert.Equal(t, []restapi.Code{0}, codes(t, added, err))

	page, err := friends.FriendPage(ctx, "ann", "")
	require.NoError(t, err)
	assert.Equal(t, 2, page.Total)
	assert.Empty(t, page.Next)
	bob, cat := page.Items[0].Items, page.Items[1].Items
	assert.Equal(t, profile.Items{
		friend.AddSource.To(fromSearch), friend.AddWording.To("hi"), friend.Remark.To("Bobby"),
		friend.Groups.To([]string{"Work", "Chess"}), friend.AddTime.To(at), note.To("tall"), rank.To(0),
	}, bob)
	assert.Equal(t, profile.Items{
		friend.AddSource.To(fromSearch), friend.Groups.To([]string{"Work"}), friend.AddTime.To(clock.Now()),
	}, cat)

	same, err := friends.FriendPage(ctx, "ann", "", friend.WithSequences(page.StandardSequence, 0))
	require.NoError(t, err)
	assert.Equal(t, profile.Items{note.To("tall"), rank.To(0)}, same.Items[0].Items, "only what is new")
	results, err = friends.Update(ctx, "ann", []friend.UpdateItem{
		{ToAccount: "bob", SnsItem: profile.Items{note.To("small")}},
		{ToAccount: "dan", SnsItem: profile.Items{note.To("?")}},
	})
	assert.Equal(t, []restapi.Code{0, restapi.CodeRelationAccountNotFound}, codes(t, results, err))
	same, err = friends.FriendPage(ctx, "ann", "", friend.WithSequences(page.StandardSequence, page.CustomSequence))
	require.NoError(t, err)
	assert.Equal(t, profile.Items{note.To("small"), rank.To(0)}, same.Items[0].Items)
	assert.Equal(t, page.StandardSequence, same.StandardSequence)

	require.NoError(t, profile.NewClient(srv.Client()).SetProfile(ctx, "bob", profile.Nick.To("Bob")))
	got, err := friends.Get(ctx, "ann", []string{"bob", "ann", "nobody"}, profile.Nick, friend.Remark, profile.Role, note)
	assert.Equal(t, []restapi.Code{0, restapi.CodeRelationInvalidParameter, restapi.CodeRelationAccountNotFound},
		codes(t, got, err))
	assert.Equal(t, profile.Items{profile.Nick.To("Bob"), friend.Remark.To("Bobby"), note.To("small")}, got[0].Items)

	results, err = friends.Update(ctx, "ann", []friend.UpdateItem{
		{ToAccount: "bob", SnsItem: profile.Items{friend.Remark.To(""), friend.Groups.To(nil)}},
	})
	assert.Equal(t, []restapi.Code{0}, codes(t, results, err))
	got, err = friends.Get(ctx, "ann", []string{"bob"}, friend.Remark, friend.Groups)
	require.NoError(t, err)
	assert.Empty(t, got[0].Items, "what has no value is left out")
}

func TestFriendGroups(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann", "bob", "cat")
	friends := friend.NewClient(srv.Client())
	ctx := t.Context()
	_, err := friends.Add(ctx, "ann", asked("bob", "cat"), friend.Single)
	require.NoError(t, err)
	results, err := friends.AddGroups(ctx, "ann", []string{"Work", "Chess"}, []string{"bob", "ann", "nobody"})
	assert.Equal(t, []restapi.Code{0, restapi.CodeRelationGroupMemberNotFriend, restapi.CodeRelationAccountNotFound},
		codes(t, results, err))
	results, err = friends.AddGroups(ctx, "ann", []string{"Chess", "Empty"}, []string{"cat"})
	assert.Equal(t, []restapi.Code{0}, codes(t, results, err), "a group that is there is no error")
	list, err := friends.Groups(ctx, "ann", friend.WithFriends())
	require.NoError(t, err)
	assert.Equal(t, []friend.Group{
		{GroupName: "Work", FriendNumber: 1, ToAccount: []string{"bob"}},
		{GroupName: "Chess", FriendNumber: 2, ToAccount: []string{"bob", "cat"}},
		{GroupName: "Empty", FriendNumber: 1, ToAccount: []string{"cat"}},
	}, list.Groups)
	require.NoError(t, friends.DeleteGroups(ctx, "ann", []string{"Chess", "never there"}))
	after, err := friends.Groups(ctx, "ann", friend.WithGroups("Work", "Chess"))
	require.NoError(t, err)
	assert.Equal(t, []friend.Group{{GroupName: "Work", FriendNumber: 1}}, after.Groups)
	assert.Greater(t, after.Sequence, list.Sequence)
	got, err := friends.Get(ctx, "ann", []string{"bob"}, friend.Groups)
	require.NoError(t, err)
	assert.Equal(t, profile.Items{friend.Groups.To([]string{"Work"})}, got[0].Items)
}

func TestFriendLimits(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann", "bob", "late")
	friends := friend.NewClient(srv.Client())
	ctx := t.Context()
	userIDs := many(srv, 3000)
	items := make([]friend.ImportItem, len(userIDs))
	for i, userID := range userIDs {
		items[i] = friend.ImportItem{ToAccount: userID, AddSource: fromSearch}
	}
	for chunk := range slices.Chunk(items, friend.MaxUsers) {
		results, err := friends.Import(ctx, "ann", chunk)
		require.NoError(t, restapi.Join(results, err))
	}
	results, err := friends.Import(ctx, "ann", []friend.ImportItem{items[0], {ToAccount: "late", AddSource: fromSearch}})
	assert.Equal(t, []restapi.Code{0, restapi.CodeRelationFriendLimit}, codes(t, results, err))
	added, err := friends.Add(ctx, "ann", asked("bob"), friend.Single)
	assert.Equal(t, []restapi.Code{restapi.CodeRelationFriendLimit}, codes(t, added, err))
	added, err = friends.Add(ctx, "bob", asked("ann"), friend.Both)
	assert.Equal(t, []restapi.Code{restapi.CodeRelationPeerFriendLimit}, codes(t, added, err))
	var read []string
	for f, err := range friends.Friends(ctx, "ann") {
		require.NoError(t, err)
		read = append(read, f.UserID)
	}
	assert.Equal(t, userIDs, read, "30 pages, in the order of adding")

	blocked, err := friends.Block(ctx, "ann", userIDs[:1000])
	require.NoError(t, restapi.Join(blocked, err))
	blocked, err = friends.Block(ctx, "ann", []string{"u0", "late"})
	assert.Equal(t, []restapi.Code{restapi.CodeRelationInvalidParameter, restapi.CodeRelationBlocklistLimit},
		codes(t, blocked, err))
	first, err := friends.BlockedUserPage(ctx, "ann", "", 999)
	require.NoError(t, err)
	last, err := friends.BlockedUserPage(ctx, "ann", first.Next, 999)
	require.NoError(t, err)
	assert.Equal(t, "u999", last.Items[0].UserID)
	assert.Empty(t, last.Next)
	assert.EqualValues(t, 1000, last.Sequence)

	names := func(from, to int) (names []string) {
		for i := range to - from {
			names = append(names, "g"+strconv.Itoa(from+i))
		}
		return names
	}
	_, err = friends.AddGroups(ctx, "ann", names(0, 32), nil)
	require.NoError(t, err)
	_, err = friends.AddGroups(ctx, "ann", names(31, 33), nil)
	require.ErrorIs(t, err, restapi.CodeRelationGroupLimit)
	updated, err := friends.Update(ctx, "ann", []friend.UpdateItem{
		{ToAccount: "u2000", SnsItem: profile.Items{friend.Groups.To(names(0, 32))}},
		{ToAccount: "u2001", SnsItem: profile.Items{friend.Groups.To(names(31, 33))}},
	})
	assert.Equal(t, []restapi.Code{0, restapi.CodeRelationGroupLimit}, codes(t, updated, err))
}

func TestBlocking(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann", "bob", "cat")
	friends := friend.NewClient(srv.Client())
	ctx := t.Context()
	_, err := friends.Block(ctx, "ann", []string{"bob"})
	require.NoError(t, err)
	added, err := friends.Add(ctx, "ann", asked("bob"), friend.Single)
	assert.Equal(t, []restapi.Code{restapi.CodeRelationPeerInOwnBlocklist}, codes(t, added, err))
	added, err = friends.Add(ctx, "bob", asked("ann"), friend.Single)
	assert.Equal(t, []restapi.Code{restapi.CodeRelationInPeerBlocklist}, codes(t, added, err))
	_, err = friends.Block(ctx, "cat", []string{"ann"})
	require.NoError(t, err)
	checked, err := friends.CheckBlocked(ctx, "ann", []string{"bob", "cat", "ann", "nobody"}, friend.Both)
	assert.Equal(t, []restapi.Code{0, 0, 0, restapi.CodeRelationAccountNotFound}, codes(t, checked, err))
	assert.Equal(t, friend.ABlocksB, checked[0].Relation)
	assert.Equal(t, friend.BBlocksA, checked[1].Relation)
	assert.Equal(t, friend.NoBlock, checked[2].Relation)
	checked, err = friends.CheckBlocked(ctx, "ann", []string{"cat"}, friend.Single)
	require.NoError(t, err)
	assert.Equal(t, friend.NoBlock, checked[0].Relation)
}

// An account that is deleted is on no list any more.
func TestDeletedAccountHasNoRelations(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann", "bob", "cat")
	friends := friend.NewClient(srv.Client())
	ctx := t.Context()
	_, err := friends.Add(ctx, "ann", asked("bob"), friend.Both)
	require.NoError(t, err)
	_, err = friends.Block(ctx, "cat", []string{"bob"})
	require.NoError(t, err)
	deleted, err := account.NewClient(srv.Client()).Delete(ctx, []string{"bob"})
	require.NoError(t, restapi.Join(deleted, err))
	srv.AddAccount("bob")
	for _, userID := range []string{"ann", "bob"} {
		page, err := friends.FriendPage(ctx, userID, "")
		require.NoError(t, err)
		assert.Zero(t, page.Total)
	}
	blocked, err := friends.BlockedUserPage(ctx, "cat", "", 0)
	require.NoError(t, err)
	assert.Empty(t, blocked.Items)
}
