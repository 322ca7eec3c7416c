package chat

import (
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A rank says who of the members of a group may do something to whom. Calls over REST are above all.
type rank int8

const (
	rankOutside rank = iota - 1
	rankMember
	rankAdmin
	rankOwner
)

// What the types of groups leave to whom.
const (
	joinable = public | meeting | live | community // users can ask to join
	muting   = anyKind &^ work                     // members can be muted
	ranked   = public | meeting | community        // the owner has admins
	quitting = work | live                         // the owner can leave
	bound    = anyKind &^ work                     // the owner can dismiss it
)

// rank is that of a user where it takes a right. In a community with permission groups those who have the right are as
// admins are elsewhere, and admins are not (a guess).
func (r *room) rank(userID string, right group.Permission) rank {
	role := r.role(userID)
	switch {
	case role == group.RoleOwner:
		return rankOwner
	case role == group.RoleNotMember:
		return rankOutside
	case r.permission && r.rightsOf(userID)&right != 0,
		!r.permission && role == group.RoleAdmin:
		return rankAdmin
	}
	return rankMember
}

// memberAt returns the group of an action of a member who has at least a rank.
func (a *App) memberAt(c *call, groupID string, of kinds, least rank, right group.Permission) (*room, error) {
	r, err := a.room(groupID, of)
	if err != nil {
		return nil, err
	}
	switch own := r.rank(c.by.UserID, right); {
	case own == rankOutside:
		return nil, denied("the user is not in the group")
	case own < least:
		return nil, denied("the user has no right to that")
	}
	return r, nil
}

func denied(info string) error { return refuse(restapi.CodeGroupPermissionDenied, info) }

// refuseAbove refuses what is done to members who are not below the one who does it.
func (r *room) refuseAbove(c *call, userIDs ...string) error {
	own := r.rank(c.by.UserID, group.ManageMembers)
	for _, userID := range userIDs {
		if own < rankAdmin || r.rank(userID, group.ManageMembers) >= own {
			return denied("the user has no right to do that to " + userID)
		}
	}
	return nil
}
