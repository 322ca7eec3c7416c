package chat

import (
	"fmt"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// AddFriend adds a user to the friends of the device's user, with both also the other way round, which the other may
// have to agree to first: pending is true then.
func (d *Device) AddFriend(r friend.Request, both bool) (pending bool, err error) {
	owner, how := d.by.UserID, adding{both: both, cause: callback.SnsCmdFriendAdd}
	_, err = actAsked(d, "AddFriend", restapi.CodeRelationTimeout,
		func(a *App, c *call) (*callback.SnsPrevFriendAdd, error) {
			if err := checkRequest(r); err != nil {
				return nil, err
			}
			if _, err := a.mayAdd(c, owner, r, how); err != nil {
				return nil, err
			}
			e := &callback.SnsPrevFriendAdd{
				RequesterAccount: owner, FromAccount: owner, FriendItem: []friend.Request{r},
				AddType: callback.SnsAddSingle, EventTime: callback.EventTimeOf(c.now),
			}
			if both {
				e.AddType = callback.SnsAddBoth
			}
			return e, nil
		},
		func(a *App, c *call, answer callback.SnsPrevFriendAnswer) (any, error) {
			if err := a.obey(c, "Sns.CallbackPrevFriendAdd", answer, r.ToAccount); err != nil {
				return nil, err
			}
			var pairs []callback.SnsPair
			var err error
			pending, err = a.addFriend(c, owner, r, how, &pairs)
			c.befriended(owner, pairs, how)
			return nil, err
		})
	return pending, err
}

// obey refuses what the backend has refused for one user. Codes that are not documented refuse nothing.
func (a *App) obey(c *call, webhook string, answer callback.SnsPrevFriendAnswer, userID string) error {
	for _, one := range answer.ResultItem {
		switch {
		case one.ToAccount != userID || one.ResultCode == 0:
		case a.answers(webhook).has(one.ResultCode):
			return refuse(restapi.Code(one.ResultCode), one.ResultInfo)
		default:
			c.Tolerate(fmt.Sprintf("%s is answered with the code %d for a user", webhook, one.ResultCode))
		}
	}
	return nil
}

// AnswerFriend answers the request of a user who asked to be a friend.
func (d *Device) AnswerFriend(userID string, action callback.SnsResponseAction) error {
	owner := d.by.UserID
	_, err := actAsked(d, "AnswerFriend", restapi.CodeRelationTimeout,
		func(a *App, c *call) (*callback.SnsPrevFriendResponse, error) {
			if _, err := a.mayAnswer(owner, userID, action); err != nil {
				return nil, err
			}
			return &callback.SnsPrevFriendResponse{
				RequesterAccount: owner, FromAccount: owner, EventTime: callback.EventTimeOf(c.now),
				ResponseFriendItem: []callback.SnsResponseFriendItem{{ToAccount: userID, ResponseAction: action}},
			}, nil
		},
		func(a *App, c *call, answer callback.SnsPrevFriendAnswer) (any, error) {
			if err := a.obey(c, "Sns.CallbackPrevFriendResponse", answer, userID); err != nil {
				return nil, err
			}
			asked, err := a.mayAnswer(owner, userID, action)
			if err != nil {
				return nil, err
			}
			a.relations.of(owner).requests.remove(userID)
			if action != callback.SnsRefuse {
				a.agree(c, owner, userID, asked, action == callback.SnsAgreeAndAdd)
			}
			return nil, nil
		})
	return err
}

// mayAnswer returns the request that a user answers. It changes nothing.
func (a *App) mayAnswer(owner, userID string, action callback.SnsResponseAction) (friend.Request, error) {
	asked := a.relations.of(owner).requests.get(userID)
	if asked == nil {
		return friend.Request{}, refuse(restapi.CodeRelationPendingNotFound, "the user has not asked")
	}
	mine, theirs := &a.relations.of(owner).friends, &a.relations.of(userID).friends
	r := asked.value.Request
	switch action {
	case callback.SnsRefuse:
		return r, nil
	case callback.SnsAgree, callback.SnsAgreeAndAdd:
	default:
		return r, badRelation("there is no such answer")
	}
	switch {
	case action == callback.SnsAgreeAndAdd && !mine.has(userID) && mine.len() >= maxFriends:
		return r, refuse(restapi.CodeRelationFriendLimit, "the user has 3000 friends")
	case !theirs.has(owner) && theirs.len() >= maxFriends:
		return r, refuse(restapi.CodeRelationPeerFriendLimit, "the other has 3000 friends")
	}
	return r, nil
}

// agree makes a user a friend of the one who asked, with both also the other way round. A friend group for which there
// is no room any more is left out.
func (a *App) agree(c *call, owner, asker string, r friend.Request, both bool) {
	r.ToAccount = owner
	if a.relations.of(asker).checkGroupRoom(groupsOf(r)) != nil {
		r.GroupName = ""
	}
	var pairs []callback.SnsPair
	a.join(c, asker, r, both, &pairs)
	c.befriended(owner, pairs, adding{cause: callback.SnsCmdFriendResponse})
}

// A FriendRequest is a request that waits for the user's answer.
type FriendRequest struct {
	From   string
	Words  string
	Source string
	Time   time.Time
}

// FriendRequests returns the requests that wait for the user's answer, the oldest first.
func (d *Device) FriendRequests() []FriendRequest {
	d.app.mu.Lock()
	defer d.app.mu.Unlock()
	var requests []FriendRequest
	for _, one := range d.app.relations.of(d.by.UserID).requests.all {
		requests = append(requests, FriendRequest{one.userID, one.value.AddWording, one.value.AddSource, one.value.since})
	}
	return requests
}

// Friends returns the user's friends, in the order in which they were added.
func (d *Device) Friends() []string {
	d.app.mu.Lock()
	defer d.app.mu.Unlock()
	var userIDs []string
	for _, one := range d.app.relations.of(d.by.UserID).friends.all {
		userIDs = append(userIDs, one.userID)
	}
	return userIDs
}

// DeleteFriends ends friendships on both sides.
func (d *Device) DeleteFriends(userIDs []string) error {
	return d.each("DeleteFriends", func(a *App, c *call) (outcomes, error) {
		return a.unfriend(c, d.by.UserID, userIDs, true)
	})
}

// Block puts users on the user's blocklist.
func (d *Device) Block(userIDs []string) error {
	return d.each("Block", func(a *App, c *call) (outcomes, error) { return a.block(c, d.by.UserID, userIDs) })
}

// Unblock takes users off the user's blocklist.
func (d *Device) Unblock(userIDs []string) error {
	return d.each("Unblock", func(a *App, c *call) (outcomes, error) { return a.unblock(c, d.by.UserID, userIDs) })
}
