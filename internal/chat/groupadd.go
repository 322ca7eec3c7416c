package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
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
	for _, userID := range userIDs {
		if err := a.refuseNoMember(userID); err != nil {
			return nil, nil, err // none is added (a guess)
		}
		if !r.members.has(userID) && !r.banned(userID, c.now) {
			news = append(news, userID)
		}
	}
	slices.Sort(news)
	news = slices.Compact(news)
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
	r, news, err := a.addable(c, groupID, userIDs)
	if err != nil || len(news) == 0 {
		return nil, nil // addMembers refuses it
	}
	return &callback.GroupBeforeInviteJoinGroup{
		GroupID: r.id, Type: r.kind.newer(), OperatorAccount: c.by.UserID, DestinationMembers: groupMembersOf(news),
		EventTime: callback.EventTimeOf(c.now),
	}, nil
}

// addResult is what became of one user.
type addResult struct {
	MemberAccount string `json:"Member_Account"`
	Result        group.AddStatus
}

func addGroupMember(
	a *App, c *call, req *addMembersRequest, answer callback.GroupBeforeInviteJoinGroupAnswer,
) (any, error) {
	results, err := a.addMembers(c, req.GroupID, req.userIDs(), answer.RefusedMembersAccount, req.Silence != 0)
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
	news = slices.DeleteFunc(news, func(userID string) bool { return slices.Contains(refused, userID) })
	added := make([]string, 0, len(news))
	for _, userID := range userIDs {
		result := group.AddStatus(0) // refused by the backend, or banned (a guess)
		switch _, isNew := slices.BinarySearch(news, userID); {
		case r.members.has(userID):
			result = group.AlreadyMember
		case isNew:
			a.joinRoom(r, userID, "", c.now.Unix())
			added = append(added, userID)
			result = group.Added
		}
		results = append(results, addResult{userID, result})
	}
	a.tellJoined(c, r, callback.GroupJoinInvited, added, silent)
	return results, nil
}

// tellJoined tells the backend, and the members unless it is to be silent, who is new in the group.
func (a *App) tellJoined(c *call, r *room, how callback.GroupJoinType, userIDs []string, silent bool) {
	if len(userIDs) == 0 {
		return
	}
	c.after(r.lane, &callback.GroupAfterNewMemberJoin{
		GroupID: r.id, Type: r.kind.newer(), JoinType: how, OperatorAccount: c.by.UserID, NewMemberList: groupMembersOf(userIDs),
		EventTime: callback.EventTimeOf(c.now),
	})
	a.tellFull(c, r)
	if !silent {
		c.notifyRoom(r, Notice{Kind: NoticeGroupTip, From: c.by.UserID, Chat: r.id, Users: userIDs})
	}
}
