package chat

import (
	"cmp"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const maxNameCard = 50 // bytes

// memberChange is what is to change of a member, by a command or by a device. What is absent stays as it is.
type memberChange struct {
	GroupID              string `json:"GroupId"`
	MemberAccount        string `json:"Member_Account"`
	Role                 group.Role
	MsgFlag              group.MsgFlag
	NameCard             restapi.Optional[string]
	AppMemberDefinedData group.CustomFields
	MuteTime             restapi.Optional[uint32]
}

func modifyGroupMemberInfo(a *App, c *call, req *memberChange) (any, error) {
	r, err := a.room(req.GroupID, notLive)
	if err != nil {
		return nil, err
	}
	return nil, a.changeMember(c, r, req)
}

// check refuses what a member cannot become.
func (q *memberChange) check(a *App, r *room) error {
	switch {
	case !r.members.has(q.MemberAccount):
		return badGroup("Member_Account is not a member") // which code is a guess
	case q.Role != "" && q.Role != group.RoleAdmin && q.Role != group.RoleMember:
		return badGroup("Role is neither Admin nor Member")
	case q.Role != "" && r.owner == q.MemberAccount:
		return badGroup("the role of the owner cannot change")
	case len(q.NameCard.Or("")) > maxNameCard:
		return badGroup("NameCard is over 50 bytes")
	case a.forbids(q.NameCard.Or("")):
		return refuse(restapi.CodeSensitiveText, "NameCard contains a forbidden word")
	case !q.MuteTime.IsZero() && r.kind == work:
		return refuse(restapi.CodeGroupPermissionDenied, "a group of the type Private mutes nobody") // which code is a guess
	}
	switch q.MsgFlag {
	case "", group.AcceptAndNotify, group.AcceptNotNotify, group.AcceptNotNotifyExceptAt, group.Discard:
		return checkFields(q.AppMemberDefinedData, maxMemberField)
	}
	return badGroup("MsgFlag is not one of the options")
}

// changeMember changes a member, and tells the backend of a role or a name card that is another one.
func (a *App) changeMember(c *call, r *room, q *memberChange) error {
	if err := q.check(a, r); err != nil {
		return err
	}
	m := r.members.get(q.MemberAccount).value
	e := &callback.GroupAfterMemberFieldChanged{
		GroupID: r.id, Type: r.kind.newer(), OperatorAccount: c.by.UserID, MemberAccount: m.userID,
		EventTime: callback.EventTimeOf(c.now),
	}
	if q.Role != "" && q.Role != m.role {
		m.role, e.Role = q.Role, q.Role
	}
	if card, given := q.NameCard.Get(); given && card != m.nameCard {
		m.nameCard, e.NameCard = card, q.NameCard
	}
	m.flag = cmp.Or(q.MsgFlag, m.flag)
	putFields(&m.custom, q.AppMemberDefinedData)
	if seconds, given := q.MuteTime.Get(); given {
		r.mutes.set(m.userID, until(c.now, seconds))
		c.tip(r, c.by.UserID, TipMuted, m.userID)
	}
	if e.Role != "" || !e.NameCard.IsZero() {
		c.after(r.lane, e)
		c.tip(r, c.by.UserID, TipMemberChanged, m.userID)
	}
	return nil
}
