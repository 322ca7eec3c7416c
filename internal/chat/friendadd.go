package chat

import (
	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/friendfields"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An adding is how users are added.
type adding struct {
	both, force bool
	cause       callback.SnsClientCmd
}

func friendAdd(a *App, c *call, req *struct {
	FromAccount   string `json:"From_Account"`
	AddFriendItem []friend.Request
	AddType       string
	ForceAddFlags int
},
) (any, error) {
	both, err := isBoth(req.AddType, "Add_Type_", true)
	if err != nil {
		return nil, err
	}
	// How many a call can name is not documented.
	others := make([]string, len(req.AddFriendItem))
	for i, one := range req.AddFriendItem {
		others[i] = one.ToAccount
		if err := checkRequest(one); err != nil {
			return nil, err
		}
	}
	if _, err := a.parties(req.FromAccount, others, len(others)); err != nil {
		return nil, err
	}
	how := adding{both, req.ForceAddFlags == 1, "friend_add"} // a call has the name of its command
	var results outcomes
	var pairs []callback.SnsPair
	for _, one := range req.AddFriendItem {
		pending, err := a.addFriend(c, req.FromAccount, one, how, &pairs)
		if pending {
			err = refuse(restapi.CodeRelationPendingConfirm, "Err_SNS_FriendAdd_Friend_Allow_Type_Need_Confirm")
		}
		results.add(one.ToAccount, err)
	}
	c.befriended(req.FromAccount, pairs, how)
	return results, nil
}

// checkRequest refuses what cannot be said of a friend.
func checkRequest(r friend.Request) error {
	if r.GroupName != "" {
		return checkFriend(r.Remark, r.AddSource, r.AddWording, r.GroupName)
	}
	return checkFriend(r.Remark, r.AddSource, r.AddWording)
}

func checkFriend(remark, source, wording string, groups ...string) error {
	switch {
	case !friendfields.IsSource(source):
		return badRelation("AddSource is not AddSource_Type_ and 1 to 8 letters")
	case len(remark) > friendfields.MaxRemark:
		return badRelation("Remark is over 96 bytes")
	case len(wording) > friendfields.MaxWording:
		return badRelation("AddWording is over 256 bytes")
	}
	return checkGroupNames(groups)
}

func checkGroupNames(groups []string) error {
	if len(groups) > friend.MaxGroups {
		return badRelation("there are over 32 friend groups")
	}
	for _, name := range groups {
		if name == "" || len(name) > friendfields.MaxGroupName {
			return badRelation("the name of a friend group does not have 1 to 30 bytes")
		}
	}
	return nil
}

// befriended tells the backend, and the users, of friendships that began.
func (c *call) befriended(owner string, pairs []callback.SnsPair, how adding) {
	if len(pairs) == 0 {
		return
	}
	e := &callback.SnsFriendAdd{PairList: pairs, ClientCmd: how.cause}
	if c.by.IsREST() {
		e.AdminAccount = c.by.UserID
	}
	if how.force {
		e.ForceFlag = 1
	}
	c.after(owner, e)
	for _, pair := range pairs {
		c.notify(pair.FromAccount, Notice{Kind: NoticeFriendAdded, From: pair.ToAccount})
	}
}

// An addition is what adding a friend comes to.
type addition uint8

const (
	addNothing addition = iota // they are friends
	addNow
	addAsked // the other user has to agree
)

// mayAdd judges whether a user can be added. It changes nothing.
func (a *App) mayAdd(c *call, owner string, r friend.Request, how adding) (addition, error) {
	if err := a.checkOther(owner, r.ToAccount); err != nil {
		return 0, err
	}
	mine, theirs := a.relations.of(owner), a.relations.of(r.ToAccount)
	friends, listed := mine.friends.has(r.ToAccount), theirs.friends.has(owner)
	forbid, _ := profile.AdminForbid.Of(a.users.byID[owner].items)
	allow, _ := profile.AllowType.Of(a.users.byID[r.ToAccount].items)
	asks := how.both && !how.force && !listed // who is put on no list has nothing to say
	switch {
	case a.forbids(r.Remark), a.forbids(r.GroupName), a.forbids(r.AddWording):
		return 0, refuse(restapi.CodeRelationSensitiveText, "it contains a forbidden word")
	case friends && (listed || !how.both) && c.by.IsREST():
		return addNothing, nil
	case friends && (listed || !how.both):
		return 0, refuse(restapi.CodeRelationAlreadyFriends, "they are friends")
	case forbid == profile.ForbidSendOut && !how.force:
		return 0, refuse(restapi.CodeRelationAddDenied, "the user may not ask for friends")
	case mine.blocked.has(r.ToAccount):
		return 0, refuse(restapi.CodeRelationPeerInOwnBlocklist, "the user has blocked the other")
	case theirs.blocked.has(owner):
		return 0, refuse(restapi.CodeRelationInPeerBlocklist, "the other has blocked the user")
	case asks && allow == profile.DenyAny:
		return 0, refuse(restapi.CodeRelationPeerDeniesAll, "the other lets nobody add them")
	case !friends && mine.friends.len() >= maxFriends:
		return 0, refuse(restapi.CodeRelationFriendLimit, "the user has 3000 friends")
	case how.both && !listed && theirs.friends.len() >= maxFriends:
		return 0, refuse(restapi.CodeRelationPeerFriendLimit, "the other has 3000 friends")
	}
	if err := mine.checkGroupRoom(groupsOf(r)); err != nil {
		return 0, err
	}
	if !asks || allow != profile.NeedConfirm {
		return addNow, nil
	}
	if full := a.set.MaxFriendRequests; full > 0 && theirs.requests.len() >= full && !theirs.requests.has(owner) {
		return 0, refuse(restapi.CodeRelationPendingLimit, "the other has too many requests to answer")
	}
	return addAsked, nil
}

func groupsOf(r friend.Request) []string {
	if r.GroupName == "" {
		return nil
	}
	return []string{r.GroupName}
}

// addFriend adds a user, or asks them. It adds to pairs whose lists grew by whom.
func (a *App) addFriend(
	c *call, owner string, r friend.Request, how adding, pairs *[]callback.SnsPair,
) (pending bool, err error) {
	what, err := a.mayAdd(c, owner, r, how)
	switch {
	case err != nil:
		return false, err
	case what == addNow:
		a.join(c, owner, r, how.both, pairs)
	case what == addAsked:
		theirs := a.relations.of(r.ToAccount)
		theirs.requests.remove(owner) // the newest is the last
		theirs.requests.add(owner, request{r, c.now})
		a.relations.noteListed(r.ToAccount, owner)
		c.notify(r.ToAccount, Notice{Kind: NoticeFriendRequest, From: owner, Text: r.AddWording})
	}
	return what == addAsked, nil
}

// join makes a user a friend of owner, with both owner a friend of theirs too. What they asked each other is over.
func (a *App) join(c *call, owner string, r friend.Request, both bool, pairs *[]callback.SnsPair) {
	a.listFriend(owner, r.ToAccount, owner, pairs, added(r.AddSource, r.AddWording, r.Remark, groupsOf(r), c.now))
	if both {
		a.listFriend(r.ToAccount, owner, owner, pairs, added(r.AddSource, r.AddWording, "", nil, c.now))
		a.relations.of(owner).requests.remove(r.ToAccount)
		a.relations.of(r.ToAccount).requests.remove(owner)
	}
}

// listFriend puts a user on a list, and adds it to pairs, unless the user is on it.
func (a *App) listFriend(owner, userID, initiator string, pairs *[]callback.SnsPair, items []profile.Item) {
	if a.relations.of(owner).friends.has(userID) {
		return
	}
	a.relations.befriend(owner, userID, items...)
	*pairs = append(*pairs, callback.SnsPair{FromAccount: owner, ToAccount: userID, InitiatorAccount: initiator})
}
