package chat

import (
	"math"
	"slices"
	"strings"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/friendfields"
	"github.com/go-tencentchat/tencentchat/internal/profilefields"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func friends() area {
	return area{
		admin:   restapi.CodeRelationAdminRequired,
		syntax:  restapi.CodeRelationInvalidParameter,
		invalid: restapi.CodeRelationInvalidParameter,
		display: true,
		commands: []command{
			does(friend.CommandFriendAdd, friendAdd),
			does(friend.CommandFriendImport, friendImport),
			does(friend.CommandFriendUpdate, friendUpdate),
			does(friend.CommandFriendDelete, friendDelete),
			does(friend.CommandFriendDeleteAll, friendDeleteAll),
			does(friend.CommandFriendCheck, friendCheck),
			does(friend.CommandFriendGet, friendGet),
			does(friend.CommandFriendGetList, friendGetList),
			does(friend.CommandBlackListAdd, blackListAdd),
			does(friend.CommandBlackListDelete, blackListDelete),
			does(friend.CommandBlackListCheck, blackListCheck),
			does(friend.CommandBlackListGet, blackListGet),
			does(friend.CommandGroupAdd, friendGroupAdd),
			does(friend.CommandGroupDelete, friendGroupDelete),
			does(friend.CommandGroupGet, friendGroupGet),
		},
		kinds:  relationKinds(),
		forget: func(s *state, userID string) { s.relations.forget(userID) },
	}
}

// isBoth reads a word that says whether a command is about the lists of both users. Without one it is about absent.
func isBoth(word, prefix string, absent bool) (bool, error) {
	switch word {
	case "":
		return absent, nil
	case prefix + string(friend.Single), prefix + string(friend.Both):
		return word == prefix+string(friend.Both), nil
	}
	return false, badRelation("it is neither " + prefix + "Single nor " + prefix + "Both")
}

func friendDelete(a *App, c *call, req *struct {
	toUsers

	DeleteType string
},
) (any, error) {
	both, err := isBoth(req.DeleteType, "Delete_Type_", false)
	if err != nil {
		return nil, err
	}
	results, err := a.unfriend(c, req.FromAccount, req.ToAccount, both)
	return struct{ ResultItem []outcome }{results.ResultItem}, err // there is no Fail_Account
}

// unfriend takes users off the list of owner, and with both owner off theirs.
func (a *App) unfriend(c *call, owner string, others []string, both bool) (results outcomes, err error) {
	if _, err := a.parties(owner, others, friend.MaxUsers); err != nil {
		return results, err
	}
	var gone []callback.SnsPair
	for _, other := range others {
		_, err := a.refuseUnknown(other, restapi.CodeRelationAccountNotFound)
		if err == nil {
			before := len(gone)
			gone = a.relations.part(gone, owner, other, both)
			if len(gone) == before {
				err = refuse(restapi.CodeRelationNotFriends, "the user is not a friend")
			}
		}
		results.add(other, err)
	}
	c.parted(owner, gone)
	return results, nil
}

// part ends a friendship, and adds to gone what ended.
func (r *relations) part(gone []callback.SnsPair, owner, other string, both bool) []callback.SnsPair {
	if r.of(owner).unfriend(other) {
		gone = append(gone, callback.SnsPair{FromAccount: owner, ToAccount: other})
	}
	if both && r.of(other).unfriend(owner) {
		gone = append(gone, callback.SnsPair{FromAccount: other, ToAccount: owner})
	}
	return gone
}

// parted tells the backend of friendships that ended.
func (c *call) parted(owner string, gone []callback.SnsPair) {
	if len(gone) > 0 {
		c.after(owner, &callback.SnsFriendDelete{PairList: gone})
	}
}

func friendDeleteAll(a *App, c *call, req *struct {
	FromAccount string `json:"From_Account"`
	DeleteType  string
},
) (any, error) {
	both, err := isBoth(req.DeleteType, "Delete_Type_", false)
	if err != nil {
		return nil, err
	}
	t, err := a.party(req.FromAccount)
	if err != nil {
		return nil, err
	}
	var gone []callback.SnsPair
	for t.friends.len() > 0 {
		last := t.friends.all[t.friends.len()-1]
		gone = a.relations.part(gone, req.FromAccount, last.userID, both)
	}
	c.parted(req.FromAccount, gone)
	return nil, nil
}

type checkQuery struct {
	toUsers

	CheckType string
}

type relation struct {
	outcome

	Relation string
}

func friendCheck(a *App, _ *call, req *checkQuery) (any, error) {
	var result struct {
		InfoItem    []relation
		FailAccount []string `json:"Fail_Account,omitempty"`
	}
	var err error
	result.InfoItem, result.FailAccount, err = a.compare(req, "CheckResult_Type_", "NoRelation",
		func(t *ties, userID string) bool { return t.friends.has(userID) })
	return result, err
}

// compare says of each user whether the owner has them on a list, and with Both whether they have the owner.
func (a *App) compare(
	req *checkQuery, prefix, neither string, has func(t *ties, userID string) bool,
) (all []relation, failed []string, err error) {
	both, err := isBoth(req.CheckType, prefix, false)
	if err != nil {
		return nil, nil, err
	}
	mine, err := a.parties(req.FromAccount, req.ToAccount, friend.MaxUsers)
	if err != nil {
		return nil, nil, err
	}
	for _, other := range req.ToAccount {
		_, err := a.refuseUnknown(other, restapi.CodeRelationAccountNotFound)
		one := relation{outcomeOf(other, err), prefix + neither}
		if err != nil {
			failed = append(failed, other)
			all = append(all, one)
			continue
		}
		has1, has2 := has(mine, other), both && has(a.relations.of(other), req.FromAccount)
		switch {
		case has1 && has2:
			one.Relation = prefix + "BothWay"
		case has1:
			one.Relation = prefix + "AWithB"
		case has2:
			one.Relation = prefix + "BWithA"
		}
		all = append(all, one)
	}
	return all, failed, nil
}

type friendPortrait struct {
	outcome

	SnsProfileItem profile.Items `json:",omitempty"`
}

func friendGetList(a *App, _ *call, req *struct {
	toUsers

	TagList []string
},
) (any, error) {
	if len(req.TagList) == 0 {
		return nil, badRelation("TagList is empty")
	}
	for _, tag := range req.TagList {
		if !isFriendTag(tag) && a.checkTags([]string{tag}) != nil {
			return nil, badRelation("there is no field " + tag + " to read")
		}
	}
	t, err := a.parties(req.FromAccount, req.ToAccount, math.MaxInt)
	if err != nil {
		return nil, err
	}
	var result struct {
		InfoItem    []friendPortrait
		FailAccount []string `json:"Fail_Account,omitempty"`
	}
	for _, other := range req.ToAccount {
		var items profile.Items
		u, err := a.refuseUnknown(other, restapi.CodeRelationAccountNotFound)
		if one := t.friends.get(other); one != nil {
			items = readItems(slices.Concat(one.value.items, u.items), req.TagList)
		} else if err == nil {
			err = badRelation("Err_SNS_FriendGetList_Friend_Not_Exist")
		}
		if err != nil {
			result.FailAccount = append(result.FailAccount, other)
		}
		result.InfoItem = append(result.InfoItem, friendPortrait{outcomeOf(other, err), items})
	}
	return result, nil
}

// isFriendTag says whether a friend can have a field of that name.
func isFriendTag(tag string) bool {
	keyword, custom := strings.CutPrefix(tag, friendfields.CustomPrefix)
	return isStandard(tag) || custom && profilefields.IsKeyword(keyword)
}
