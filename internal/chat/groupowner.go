package chat

import (
	"cmp"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
)

func changeGroupOwner(a *App, c *call, req *struct {
	GroupID         string `json:"GroupId"`
	NewOwnerAccount string `json:"NewOwner_Account"`
	FromAccount     string `json:"From_Account"`
},
) (any, error) {
	r, err := a.room(req.GroupID, notLive)
	if err != nil {
		return nil, err
	}
	if req.FromAccount != "" && a.users.byID[req.FromAccount] == nil {
		return nil, badGroup("From_Account is not imported") // which code is a guess
	}
	return nil, a.changeOwner(c, r, req.NewOwnerAccount, cmp.Or(req.FromAccount, c.by.UserID))
}

// changeOwner gives a group to one of its members and tells the backend. The owner before is a member from then on.
func (a *App) changeOwner(c *call, r *room, userID, by string) error {
	m := r.members.get(userID)
	switch {
	case m == nil:
		return badGroup("the new owner is not a member") // which code is a guess
	case r.owner == userID:
		return nil
	}
	m.value.role = group.RoleMember
	c.after(r.lane, &callback.GroupAfterChangeGroupOwner{
		GroupID: r.id, Type: r.kind.newer(), OperatorAccount: by, OldOwnerAccount: r.owner, NewOwnerAccount: userID,
		EventTime: callback.EventTimeOf(c.now),
	})
	r.owner = userID
	r.changed(c.now)
	c.tip(r, by, TipOwner, userID)
	return nil
}
