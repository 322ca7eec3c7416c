package chat

import (
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func blackListAdd(a *App, c *call, req *toUsers) (any, error) {
	return a.block(c, req.FromAccount, req.ToAccount)
}

// block puts users on the blocklist of owner. Friendships end, unless the console says that they stay, and so does what
// the users asked each other.
func (a *App) block(c *call, owner string, others []string) (results outcomes, err error) {
	t, err := a.parties(owner, others, friend.MaxUsers)
	if err != nil {
		return results, err
	}
	var blocked, gone []callback.SnsPair
	for _, other := range others {
		err := a.checkOther(owner, other)
		switch {
		case err != nil:
		case t.blocked.has(other):
			err = badRelation("Err_SNS_BlackListAdd_Already_Exist")
		case t.blocked.len() >= maxBlocked:
			err = refuse(restapi.CodeRelationBlocklistLimit, "the user has blocked 1000 others")
		default:
			a.relations.block(owner, other, c.now)
			blocked = append(blocked, callback.SnsPair{FromAccount: owner, ToAccount: other})
			t.requests.remove(other)
			a.relations.of(other).requests.remove(owner)
			if !a.set.KeepBlockedFriends {
				gone = a.relations.part(gone, owner, other, true)
			}
		}
		results.add(other, err)
	}
	if len(blocked) > 0 {
		c.after(owner, &callback.SnsBlackListAdd{PairList: blocked})
	}
	c.parted(owner, gone)
	return results, nil
}

// block puts a user who is not there on a blocklist.
func (r *relations) block(owner, userID string, since time.Time) {
	t := r.of(owner)
	t.blocked.add(userID, since)
	t.blocking++
	r.noteListed(owner, userID)
}

func blackListDelete(a *App, c *call, req *toUsers) (any, error) {
	return a.unblock(c, req.FromAccount, req.ToAccount)
}

func (a *App) unblock(c *call, owner string, others []string) (results outcomes, err error) {
	t, err := a.parties(owner, others, friend.MaxUsers)
	if err != nil {
		return results, err
	}
	var gone []callback.SnsPair
	for _, other := range others {
		_, err := a.refuseUnknown(other, restapi.CodeRelationAccountNotFound)
		if err == nil && t.unblock(other) {
			gone = append(gone, callback.SnsPair{FromAccount: owner, ToAccount: other})
		}
		results.add(other, err)
	}
	if len(gone) > 0 {
		c.after(owner, &callback.SnsBlackListDelete{PairList: gone})
	}
	return results, nil
}

// unblock takes a user off the blocklist, and is false where the user is not on it.
func (t *ties) unblock(userID string) bool {
	gone := t.blocked.remove(userID)
	if gone {
		t.blocking++
	}
	return gone
}

func blackListCheck(a *App, _ *call, req *checkQuery) (any, error) {
	var result struct {
		BlackListCheckItem []relation
		FailAccount        []string `json:"Fail_Account,omitempty"`
	}
	var err error
	result.BlackListCheckItem, result.FailAccount, err = a.compare(req, "BlackCheckResult_Type_", "NO",
		func(t *ties, userID string) bool { return t.blocked.has(userID) })
	return result, err
}

type blockedUser struct {
	ToAccount         string `json:"To_Account"`
	AddBlackTimeStamp int64
}

// blackListGet reads a page. The sequence is spelled as in the vendor's samples.
func blackListGet(a *App, _ *call, req *struct {
	FromAccount string `json:"From_Account"`
	StartIndex  uint64
	MaxLimited  int
},
) (any, error) {
	if err := checkMany("places in a page", req.MaxLimited, friend.MaxUsers); err != nil {
		return nil, err
	}
	t, err := a.party(req.FromAccount)
	if err != nil {
		return nil, err
	}
	page, next := t.blocked.page(req.StartIndex, req.MaxLimited)
	result := struct {
		BlackListItem                []blockedUser
		StartIndex, CurruentSequence uint64
	}{make([]blockedUser, len(page)), next, t.blocking}
	for i, one := range page {
		result.BlackListItem[i] = blockedUser{one.userID, one.value.Unix()}
	}
	return result, nil
}
