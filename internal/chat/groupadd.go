package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type addMembersRequest struct {
	GroupID    string `json:"GroupId"`
	Silence    int
	MemberList []struct {
		MemberAccount string `json:"Member_Account"`
	}
}

func (r *addMembersRequest) userIDs() []string {
	userIDs := make([]string, len(r.MemberList))
	for i, m := range r.MemberList {
		userIDs[i] = m.MemberAccount
	}
	return userIDs
}

// addable returns the group to which users can be added, and those of them who are not in it and may be.
func (a *App) addable(c *call, groupID string, userIDs []string) (r *room, news []string, err error) {
	r, err = a.room(groupID, notLive)
	switch {
	case err != nil:
		return nil, nil, err
	case len(userIDs) == 0:
		return nil, nil, badGroup("MemberList is empty")
	case len(userIDs) > group.MaxAddMembers:
		return nil, nil, refuse(restapi.CodeGroupTooManyAccounts, "over 300 users")
	}
	for _, userID := range check.Unique(userIDs) {
		if err := a.refuseNoMember(userID); err != nil {
			return nil, nil, err // none is added (a guess)
		}
		if r.members.has(userID) || r.banned(userID, c.now) {
			continue
		}
		if a.inAll(userID) {
			return nil, nil, errManyGroups
		}
		news = append(news, userID)
	}
	if r.maxMembers > 0 && r.members.len()+len(news) > r.maxMembers {
		return r, nil, refuse(restapi.CodeGroupFull, "the group would have more members than it may")
	}
	return r, news, nil
}

func askAddGroupMember(a *App, c *call, req *addMembersRequest) (*callback.GroupBeforeInviteJoinGroup, error) {
	return a.askInvite(c, req.GroupID, req.userIDs())
}

// askInvite asks the backend whether users may be added.
func (a *App) askInvite(c *call, groupID string, userIDs []string) (*callback.GroupBeforeInviteJoinGroup, error) {
	a.tellNoRoom(c, groupID)
	r, news, err := a.addable(c, groupID, userIDs)
	if err != nil || len(news) == 0 {
		return nil, err
	}
	return &callback.GroupBeforeInviteJoinGroup{
		GroupID: r.id, Type: r.kind.newer(), OperatorAccount: c.by.UserID, DestinationMembers: groupMembersOf(news),
		EventTime: callback.EventTimeOf(c.now),
	}, nil
}

// tellNoRoom has the backend told if the call is refused as there is no place left in a group.
func (a *App) tellNoRoom(c *call, groupID string) {
	c.refused = func(r *Refusal) {
		if r.Code == restapi.CodeGroupFull {
			c.after(groupLane(groupID), &callback.GroupAfterGroupFull{
				GroupID: groupID, EventTime: callback.EventTimeOf(c.now),
			})
		}
	}
}

// addResult is what became of one user.
type addResult struct {
	MemberAccount string `json:"Member_Account"`
	Result        group.AddStatus
}

func addGroupMember(
	a *App, c *call, req *addMembersRequest, answer callback.GroupBeforeInviteJoinGroupAnswer,
) (any, error) {
	results, err := a.addMembers(c, req.GroupID, req.userIDs(), answer.RefusedMembersAccount, req.Silence == 1)
	return struct{ MemberList []addResult }{results}, err
}

// addMembers adds users to a group but for those whom the backend has refused, and tells it.
func (a *App) addMembers(
	c *call, groupID string, userIDs, refused []string, silent bool,
) (results []addResult, err error) {
	r, news, err := a.addable(c, groupID, userIDs)
	if err != nil {
		return nil, err
	}
	became := make(map[string]group.AddStatus, len(userIDs)) // 0: refused by the backend, or banned (a guess)
	for _, userID := range userIDs {
		if r.members.has(userID) {
			became[userID] = group.AlreadyMember
		}
	}
	var added []string
	for _, userID := range news {
		if !slices.Contains(refused, userID) {
			a.joinRoom(r, userID, "", c.now.Unix())
			added, became[userID] = append(added, userID), group.Added
		}
	}
	for _, userID := range userIDs {
		results = append(results, addResult{userID, became[userID]})
	}
	a.tellJoined(c, r, callback.GroupJoinInvited, c.by.UserID, added, silent)
	return results, nil
}

// tellJoined tells the backend, and the members unless it is to be silent, who is new in the group by whom. The members
// of a group of the type Private are told only after its first message.
func (a *App) tellJoined(
	c *call, r *room, how callback.GroupJoinType, by string, userIDs []string, silent bool,
) {
	if len(userIDs) == 0 {
		return
	}
	c.after(r.lane, &callback.GroupAfterNewMemberJoin{
		GroupID: r.id, Type: r.kind.newer(), JoinType: how, OperatorAccount: by, NewMemberList: groupMembersOf(userIDs),
		EventTime: callback.EventTimeOf(c.now),
	})
	a.tellFull(c, r)
	if !silent && (r.kind != work || r.log.last > 0) {
		c.tip(r, by, TipJoined, userIDs...)
	}
}
