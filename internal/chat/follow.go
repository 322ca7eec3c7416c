package chat

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/follow"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// followPage is how many users a page has that does not say.
const followPage = 100

func follows() area {
	return area{
		admin:   restapi.CodeRelationAdminRequired,
		syntax:  restapi.CodeRelationInvalidParameter,
		invalid: restapi.CodeRelationInvalidParameter,
		display: true,
		commands: []command{
			does(follow.CommandFollowAdd, followAdd),
			does(follow.CommandFollowDelete, followDelete),
			does(follow.CommandFollowCheck, followCheck),
			does(follow.CommandFollowGet, followGet),
			does(follow.CommandFollowGetInfo, followGetInfo),
		},
		kinds: []kind{keeps("follow", followLines, sortFollowLines, loadFollow)},
	}
}

// followParties is parties for a command that is refused where the console has following off.
func (a *App) followParties(owner string, others []string, most int) (*ties, error) {
	if slices.Contains(a.set.Off, FeatureFollow) {
		return nil, refuse(restapi.CodeRelationFollowNotEnabled, "Err_Follow_Not_Open")
	}
	return a.parties(owner, others, most)
}

func followAdd(a *App, c *call, req *struct {
	FromAccount string `json:"From_Account"`
	FollowItem  []callback.FollowItem
},
) (any, error) {
	others := make([]string, len(req.FollowItem))
	for i, one := range req.FollowItem {
		others[i] = one.ToAccount
	}
	results, err := a.follow(c, req.FromAccount, others)
	return struct{ ResultItem []outcome }{results.ResultItem}, err
}

// follow makes owner follow others. Who is followed already is not told of again.
func (a *App) follow(c *call, owner string, others []string) (results outcomes, err error) {
	t, err := a.followParties(owner, others, follow.MaxUsers)
	if err != nil {
		return results, err
	}
	var added []callback.FollowItem
	for _, other := range others {
		err := a.checkOther(owner, other)
		if err == nil && !t.following.has(other) {
			if err = a.checkFollowRoom(t, a.relations.of(other), t.followers.has(other)); err == nil {
				a.relations.follow(owner, other, c.now)
				added = append(added, callback.FollowItem{ToAccount: other})
			}
		}
		results.add(other, err)
	}
	if len(added) > 0 {
		c.after(owner, &callback.FollowAfterFollowAdd{
			FromAccount: owner, FollowList: added, EventTime: callback.EventTimeOf(c.now),
		})
	}
	return results, nil
}

// checkFollowRoom holds two users against limits that are documented without a number: 0 is none.
func (a *App) checkFollowRoom(mine, theirs *ties, mutual bool) error {
	full := func(n, most int) bool { return most > 0 && n >= most }
	switch {
	case full(mine.following.len(), a.set.MaxFollowing):
		return refuse(restapi.CodeFollowLimit, "the user follows too many")
	case full(theirs.followers.len(), a.set.MaxFollowers):
		return refuse(restapi.CodeFollowPeerFollowersLimit, "the other has too many followers")
	case mutual && full(mine.mutual, a.set.MaxMutualFollowers):
		return refuse(restapi.CodeFollowMutualLimit, "the user has too many mutual followers")
	case mutual && full(theirs.mutual, a.set.MaxMutualFollowers):
		return refuse(restapi.CodeFollowPeerMutualLimit, "the other has too many mutual followers")
	}
	return nil
}

// follow notes that a user who does not follow another does.
func (r *relations) follow(userID, other string, since time.Time) {
	mine, theirs := r.of(userID), r.of(other)
	r.follows++
	mine.following.add(other, following{since, r.follows})
	theirs.followers.add(userID, following{since, r.follows})
	if mine.followers.has(other) {
		mine.mutual++
		theirs.mutual++
	}
}

// unfollow is false where the user does not follow the other.
func (r *relations) unfollow(userID, other string) bool {
	mine, theirs := r.of(userID), r.of(other)
	if !mine.following.remove(other) {
		return false
	}
	theirs.followers.remove(userID)
	if mine.followers.has(other) {
		mine.mutual--
		theirs.mutual--
	}
	return true
}

func followDelete(a *App, c *call, req *toUsers) (any, error) {
	results, err := a.unfollow(c, req.FromAccount, req.ToAccount)
	return struct{ ResultItem []outcome }{results.ResultItem}, err
}

func (a *App) unfollow(c *call, owner string, others []string) (results outcomes, err error) {
	if _, err := a.followParties(owner, others, follow.MaxUsers); err != nil {
		return results, err
	}
	var gone []string
	for _, other := range others {
		_, err := a.refuseUnknown(other, restapi.CodeRelationAccountNotFound)
		if err == nil && a.relations.unfollow(owner, other) {
			gone = append(gone, other)
		}
		results.add(other, err)
	}
	if len(gone) > 0 {
		c.after(owner, &callback.FollowAfterFollowDelete{
			FromAccount: owner, ToAccount: gone, EventTime: callback.EventTimeOf(c.now),
		})
	}
	return results, nil
}

type followRelation struct {
	outcome

	FollowType follow.FollowType
}

func followCheck(a *App, _ *call, req *toUsers) (any, error) {
	t, err := a.followParties(req.FromAccount, req.ToAccount, follow.MaxCheck)
	if err != nil {
		return nil, err
	}
	var result struct{ ResultItem []followRelation }
	for _, other := range req.ToAccount {
		_, err := a.refuseUnknown(other, restapi.CodeRelationAccountNotFound)
		one := followRelation{outcomeOf(other, err), follow.NoFollow}
		if t.followers.has(other) {
			one.FollowType |= follow.Follower
		}
		if t.following.has(other) {
			one.FollowType |= follow.Following
		}
		result.ResultItem = append(result.ResultItem, one)
	}
	return result, nil
}

type followed struct {
	ToAccount   string `json:"To_Account"`
	FollowTime  int64
	ProfileItem profile.Items `json:",omitempty"`
}

// followGet reads a page, the newest first. The cursor is the number of the oldest place on the page.
func followGet(a *App, _ *call, req *struct {
	FromAccount string `json:"From_Account"`
	FollowType  follow.FollowType
	StartCursor string
	WantNum     int
},
) (any, error) {
	t, err := a.followParties(req.FromAccount, []string{req.FromAccount}, 1)
	if err != nil {
		return nil, err
	}
	list, other := &t.following, &t.followers
	want := cmp.Or(req.WantNum, followPage)
	switch req.FollowType {
	case follow.Follower:
		list, other = other, nil
	case follow.Following:
		other = nil
	case follow.Mutual:
	default:
		return nil, badRelation("FollowType is not 1, 2 or 3")
	}
	if err := checkMany("places in a page", want, follow.MaxPage); err != nil {
		return nil, err
	}
	at := list.len()
	if req.StartCursor != "" {
		number, err := strconv.ParseUint(req.StartCursor, 36, 64)
		if err != nil || number == 0 {
			return nil, badRelation("StartCursor is not a cursor of this list")
		}
		at = list.after(number - 1)
	}
	result := struct {
		FollowItem []followed
		NextCursor string
	}{FollowItem: []followed{}}
	for at--; at >= 0; at-- {
		one := list.all[at]
		if other != nil && !other.has(one.userID) {
			continue
		}
		if len(result.FollowItem) == want {
			result.NextCursor = strconv.FormatUint(one.number+1, 36)
			break
		}
		items := slices.DeleteFunc(a.users.byID[one.userID].copied(), func(item profile.Item) bool {
			denied, _ := a.set.right(item.Tag)
			return denied&DenyRead != 0
		})
		result.FollowItem = append(result.FollowItem, followed{one.userID, one.value.since.Unix(), items})
	}
	return result, nil
}

type followCounts struct {
	outcome

	FollowerCount, FollowingCount, MutualFollowingCount int
}

func followGetInfo(a *App, _ *call, req *toUsers) (any, error) {
	if _, err := a.followParties(req.FromAccount, req.ToAccount, follow.MaxUsers); err != nil {
		return nil, err
	}
	var result struct{ FollowInfo []followCounts }
	for _, other := range req.ToAccount {
		_, err := a.refuseUnknown(other, restapi.CodeRelationAccountNotFound)
		one := followCounts{outcome: outcomeOf(other, err)}
		if t := a.relations.byID[other]; t != nil {
			one.FollowerCount, one.FollowingCount, one.MutualFollowingCount = t.followers.len(), t.following.len(), t.mutual
		}
		result.FollowInfo = append(result.FollowInfo, one)
	}
	return result, nil
}

// Follow makes the user follow others.
func (d *Device) Follow(userIDs []string) error {
	return d.each("Follow", func(a *App, c *call) (outcomes, error) { return a.follow(c, d.by.UserID, userIDs) })
}

// Unfollow makes the user follow others no more.
func (d *Device) Unfollow(userIDs []string) error {
	return d.each("Unfollow", func(a *App, c *call) (outcomes, error) { return a.unfollow(c, d.by.UserID, userIDs) })
}
