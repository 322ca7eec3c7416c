package chat

import (
	"math"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A NewGroup is a group that a device makes, for its user.
type NewGroup struct {
	Type         group.Type
	ID, Name     string
	Members      []string
	SupportTopic bool
}

// CreateGroup makes a group that is the user's. The backend is asked first.
func (d *Device) CreateGroup(g NewGroup) (groupID string, err error) {
	n := newRoom{
		GroupID: g.ID, OwnerAccount: d.by.UserID, Type: g.Type, Name: g.Name, SupportTopic: bit(g.SupportTopic),
	}
	if kindOf(g.Type)&(meeting|community) != 0 {
		n.ApplyJoinOption = group.FreeAccess // as the types are described; NeedPermission is the default of create_group
	}
	for _, userID := range g.Members {
		n.MemberList = append(n.MemberList, newRoomMember{MemberAccount: userID})
	}
	result, err := actAsked(d, "CreateGroup", restapi.CodeGroupRejectedByWebhook,
		func(a *App, c *call) (*callback.GroupBeforeCreateGroup, error) { return askCreateGroup(a, c, &n) },
		func(a *App, c *call, _ callback.GroupBeforeCreateGroupAnswer) (any, error) {
			r, err := a.createRoom(c, &n)
			if err != nil {
				return nil, err
			}
			return r.id, nil
		})
	groupID, _ = result.(string)
	return groupID, err
}

// LeaveGroup takes the user out of a group. The owner of most cannot leave them.
func (d *Device) LeaveGroup(groupID string) error {
	_, err := d.act("LeaveGroup", func(a *App, c *call) (any, error) {
		r, err := a.memberAt(c, groupID, anyKind, rankMember, 0)
		switch {
		case err != nil:
			return nil, err
		case r.kind == live:
			if !c.quit(r, d) {
				return nil, denied("the device is not in the room")
			}
			return nil, nil
		case r.kind&quitting == 0 && r.owner == d.by.UserID:
			return nil, refuse(restapi.CodeGroupOwnerCannotQuit, "the owner cannot leave a group of this type")
		}
		a.takeOut(c, r, []string{d.by.UserID}, leaving{quit: true})
		return nil, nil
	})
	return err
}

// DismissGroup takes a group away, for its owner.
func (d *Device) DismissGroup(groupID string) error {
	_, err := d.act("DismissGroup", func(a *App, c *call) (any, error) {
		r, err := a.room(groupID, bound)
		switch {
		case err != nil:
			return nil, err
		case r.owner != d.by.UserID: // who need not be in a live room
			return nil, denied("the group is not the user's")
		}
		a.destroyRoom(c, r)
		return nil, nil
	})
	return err
}

// TransferGroup gives a group that is the user's to another member.
func (d *Device) TransferGroup(groupID, to string) error {
	_, err := d.act("TransferGroup", func(a *App, c *call) (any, error) {
		r, err := a.memberAt(c, groupID, notLive, rankOwner, 0)
		if err != nil {
			return nil, err
		}
		return nil, a.changeOwner(c, r, to, d.by.UserID)
	})
	return err
}

// RemoveMembers takes members out of a group who are below the user, all or none. Of a group of the type Private only
// its owner can.
func (d *Device) RemoveMembers(groupID string, userIDs []string) error {
	_, err := d.act("RemoveMembers", func(a *App, c *call) (any, error) {
		if _, err := a.aboutMembers(groupID, notLive, userIDs, group.MaxDeleteMembers); err != nil {
			return nil, err
		}
		r, err := a.memberAt(c, groupID, notLive, rankAdmin, group.ManageMembers)
		if err != nil {
			return nil, err
		}
		if err := r.refuseAbove(c, userIDs...); err != nil {
			return nil, err
		}
		a.takeOut(c, r, userIDs, leaving{})
		return nil, nil
	})
	return err
}

// MuteMember mutes a member who is below the user, for whole seconds; 0 ends that.
func (d *Device) MuteMember(groupID, userID string, t time.Duration) error {
	_, err := d.act("MuteMember", func(a *App, c *call) (any, error) {
		r, err := a.memberAt(c, groupID, muting, rankAdmin, group.ManageMembers)
		switch {
		case err != nil:
			return nil, err
		case t < 0 || t%time.Second != 0 || t/time.Second > math.MaxUint32:
			return nil, badGroup("the time is not one of whole seconds, or too long")
		case !r.members.has(userID):
			return nil, badGroup("the user is not a member") // which code is a guess
		}
		if err := r.refuseAbove(c, userID); err != nil {
			return nil, err
		}
		r.mutes.set(userID, until(c.now, uint32(t/time.Second)))
		c.tip(r, d.by.UserID, TipMuted, userID)
		return nil, nil
	})
	return err
}

// SetGroup changes what a group says of itself, for its owner and admins, and for all members of one of the type
// Private.
func (d *Device) SetGroup(groupID string, change GroupChange) error {
	_, err := d.act("SetGroup", func(a *App, c *call) (any, error) {
		r, err := a.memberAt(c, groupID, anyKind, rankMember, 0)
		switch {
		case err != nil:
			return nil, err
		case r.kind != work && r.rank(d.by.UserID, group.ManageGroupInfo) < rankAdmin:
			return nil, denied("the user has no right to that")
		}
		q := roomChange{
			Name: change.Name, Introduction: change.Introduction, Notification: change.Notification, FaceURL: change.FaceURL,
		}
		if err := q.check(a, c, r); err != nil {
			return nil, err
		}
		a.changeRoom(c, r, &q)
		return nil, nil
	})
	return err
}

// A MemberChange is what a device changes of a member. What is absent stays as it is.
type MemberChange struct{ Role, NameCard, MsgFlag restapi.Optional[string] }

// SetMember changes a member. Name card and flag of oneself everyone can change; the name card of others who is above
// them; and roles the owner alone.
func (d *Device) SetMember(groupID, userID string, change MemberChange) error {
	_, err := d.act("SetMember", func(a *App, c *call) (any, error) {
		r, err := a.memberAt(c, groupID, notLive, rankMember, 0)
		switch {
		case err != nil:
			return nil, err
		case !change.Role.IsZero() && (r.owner != d.by.UserID || r.kind&ranked == 0):
			return nil, denied("the owner alone gives roles, and not in a group of the type Private")
		case userID != d.by.UserID && !change.MsgFlag.IsZero():
			return nil, denied("what a member wants to be told the member alone decides")
		case userID != d.by.UserID && !change.NameCard.IsZero():
			err = r.refuseAbove(c, userID)
		}
		if err != nil {
			return nil, err
		}
		return nil, a.changeMember(c, r, &memberChange{
			MemberAccount: userID, Role: group.Role(change.Role.Or("")), MsgFlag: group.MsgFlag(change.MsgFlag.Or("")),
			NameCard: change.NameCard,
		})
	})
	return err
}
