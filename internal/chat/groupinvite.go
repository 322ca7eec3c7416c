package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An Invited is what became of a user who was invited.
type Invited struct {
	UserID string
	Waits  bool  // the owner or an admin has to agree first
	Err    error // a *Refusal
}

// Invite makes users members of a group that the device's user is in, or asks its owner and admins for that. The
// backend is asked first.
func (d *Device) Invite(groupID string, userIDs []string) ([]Invited, error) {
	result, err := actAsked(d, "Invite", restapi.CodeGroupRejectedByWebhook,
		func(a *App, c *call) (*callback.GroupBeforeInviteJoinGroup, error) {
			if _, err := a.mayInvite(c, groupID); err != nil {
				return nil, err
			}
			return a.askInvite(c, groupID, userIDs)
		},
		func(a *App, c *call, answer callback.GroupBeforeInviteJoinGroupAnswer) (any, error) {
			r, err := a.mayInvite(c, groupID)
			if err != nil {
				return nil, err
			}
			if r.invite == group.NeedPermission && r.rank(d.by.UserID, group.ManageMembers) < rankAdmin {
				return a.propose(c, r, userIDs, answer.RefusedMembersAccount)
			}
			results, err := a.addMembers(c, groupID, userIDs, answer.RefusedMembersAccount, false)
			invited := make([]Invited, len(results))
			for i, one := range results {
				invited[i] = r.invited(c, one)
			}
			return invited, err
		})
	invited, _ := result.([]Invited)
	return invited, err
}

// mayInvite returns the group to which a member can invite others.
func (a *App) mayInvite(c *call, groupID string) (*room, error) {
	r, err := a.memberAt(c, groupID, notLive, rankMember, 0)
	if err == nil && r.invite == group.DisableInvite {
		err = denied("the group takes nobody who is invited")
	}
	return r, err
}

// propose has those who can agree told whom a member wants in the group.
func (a *App) propose(c *call, r *room, userIDs, refused []string) ([]Invited, error) {
	_, news, err := a.addable(c, r.id, userIDs)
	if err != nil {
		return nil, err
	}
	invited := make([]Invited, len(userIDs))
	for i, userID := range userIDs {
		became := addResult{MemberAccount: userID}
		switch {
		case r.members.has(userID):
			became.Result = group.AlreadyMember
		case slices.Contains(news, userID) && !slices.Contains(refused, userID):
			became.Result = group.Pending
			a.wait(c, r, userID, asking{by: c.by.UserID, at: c.now.Unix()})
		}
		invited[i] = r.invited(c, became)
	}
	return invited, nil
}

// invited is a result as the one who invites has it.
func (r *room) invited(c *call, became addResult) Invited {
	one := Invited{UserID: became.MemberAccount}
	switch {
	case became.Result == group.Pending:
		one.Waits = true
	case became.Result == group.AlreadyMember:
		one.Err = refuse(restapi.CodeGroupAlreadyMember, "the user is in the group")
	case became.Result == group.Added:
	case r.banned(one.UserID, c.now):
		one.Err = denied("the user is banned") // which code is a guess
	default:
		one.Err = refuse(restapi.CodeGroupRejectedByWebhook, "refused by the webhook")
	}
	return one
}
