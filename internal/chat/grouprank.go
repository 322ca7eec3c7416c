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

func (r *room) rank(userID string) rank {
	switch r.role(userID) {
	case group.RoleOwner:
		return rankOwner
	case group.RoleAdmin:
		return rankAdmin
	case group.RoleMember:
		return rankMember
	}
	return rankOutside
}

// memberAt returns the group of an action of a member who has at least a rank.
func (a *App) memberAt(c *call, groupID string, of kinds, least rank) (*room, error) {
	r, err := a.room(groupID, of)
	switch {
	case err != nil:
		return nil, err
	case r.rank(c.by.UserID) == rankOutside:
		return nil, denied("the user is not in the group")
	case r.rank(c.by.UserID) < least:
		return nil, denied("the user has no right to that")
	}
	return r, nil
}

func denied(info string) error { return refuse(restapi.CodeGroupPermissionDenied, info) }

// refuseAbove refuses what is done to members who are not below the one who does it.
func (r *room) refuseAbove(c *call, userIDs ...string) error {
	for _, userID := range userIDs {
		if r.rank(c.by.UserID) < rankAdmin || r.rank(userID) >= r.rank(c.by.UserID) {
			return denied("the user has no right to do that to " + userID)
		}
	}
	return nil
}
