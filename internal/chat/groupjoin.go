package chat

import (
	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// refuseJoin refuses a user whom the group does not let in.
func (a *App) refuseJoin(c *call, r *room, userID string) error {
	switch {
	case r.members.has(userID) && r.kind != live: // into a live room the user's other devices can follow
		return refuse(restapi.CodeGroupAlreadyMember, "the user is in the group")
	case r.banned(userID, c.now):
		return denied("the user is banned") // which code is a guess
	case r.full():
		return refuse(restapi.CodeGroupFull, "the group has as many members as it may")
	case r.kind != live && a.inAll(userID):
		return errManyGroups
	}
	return nil
}

// JoinGroup makes the device's user a member of a group, or asks its owner and admins for that: waits is true then. The
// backend is asked first.
func (d *Device) JoinGroup(groupID, words string) (waits bool, err error) {
	userID := d.by.UserID
	may := func(a *App, c *call) (*room, error) {
		r, err := a.room(groupID, joinable)
		switch {
		case err != nil:
			return nil, err
		case r.apply == group.DisableApply:
			return nil, denied("the group takes nobody who asks")
		}
		return r, a.refuseJoin(c, r, userID)
	}
	_, err = actAsked(d, "JoinGroup", restapi.CodeGroupRejectedByWebhook,
		func(a *App, c *call) (*callback.GroupBeforeApplyJoinGroup, error) {
			a.tellNoRoom(c, groupID)
			r, err := may(a, c)
			if err != nil {
				return nil, err
			}
			return &callback.GroupBeforeApplyJoinGroup{
				GroupID: r.id, Type: r.kind.newer(), RequestorAccount: userID, EventTime: callback.EventTimeOf(c.now),
			}, nil
		},
		func(a *App, c *call, _ callback.GroupBeforeApplyJoinGroupAnswer) (any, error) {
			r, err := may(a, c)
			switch {
			case err != nil:
				return nil, err
			case r.kind == live:
				c.enter(r, d)
			case r.apply == group.NeedPermission:
				waits = true
				a.wait(c, r, userID, asking{words: words, at: c.now.Unix()})
			default:
				a.joinRoom(r, userID, "", c.now.Unix())
				a.tellJoined(c, r, callback.GroupJoinApply, userID, []string{userID}, false)
			}
			return nil, nil
		})
	return waits, err
}

// wait keeps that a user wants to be in a group, and tells those who can agree.
func (a *App) wait(c *call, r *room, userID string, q asking) {
	r.asking.remove(userID) // one who asks again is the last one
	r.asking.add(userID, q)
	n := Notice{Kind: NoticeJoinRequest, From: c.by.UserID, Chat: r.id, Users: []string{userID}, Text: q.words}
	for member := range r.online {
		if r.rank(member, group.ManageMembers) >= rankAdmin {
			c.notify(member, n)
		}
	}
}

// AnswerJoin lets a user into a group who waits for that, or does not.
func (d *Device) AnswerJoin(groupID, userID string, agree bool) error {
	_, err := d.act("AnswerJoin", func(a *App, c *call) (any, error) {
		r, err := a.memberAt(c, groupID, notLive, rankAdmin, group.ManageMembers)
		if err != nil {
			return nil, err
		}
		one := r.asking.get(userID)
		if one == nil {
			return nil, refuse(restapi.CodeGroupRequestHandled, "the user does not wait to be let in")
		}
		if !agree {
			r.asking.remove(userID)
			return nil, nil
		}
		if err := a.refuseJoin(c, r, userID); err != nil {
			return nil, err
		}
		a.joinRoom(r, userID, "", c.now.Unix())
		how, by := callback.GroupJoinApply, userID
		if one.value.by != "" {
			how, by = callback.GroupJoinInvited, one.value.by
		}
		a.tellJoined(c, r, how, by, []string{userID}, false)
		return nil, nil
	})
	return err
}
