package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	maxBanReason = 1000 // bytes
	maxBanPage   = 100
)

type banRequest struct {
	GroupID        string   `json:"GroupId"`
	MembersAccount []string `json:"Members_Account"`
	Duration       uint32
	Description    string
}

// room returns the group of the request. All types have bans; of communities the pages disagree.
func (q *banRequest) room(a *App) (*room, error) {
	r, err := a.room(q.GroupID, anyKind)
	switch {
	case err != nil:
		return nil, err
	case len(q.MembersAccount) == 0:
		return nil, badGroup("Members_Account is empty")
	case len(q.MembersAccount) > group.MaxBan:
		return nil, refuse(restapi.CodeGroupTooManyAccounts, "over 20 users")
	}
	return r, nil
}

// banGroupMember keeps users out of a group. Those who are in it are taken out, of which the backend is told as of
// others who are (a guess).
func banGroupMember(a *App, c *call, req *banRequest) (any, error) {
	r, err := req.room(a)
	if err != nil {
		return nil, err
	}
	switch {
	case req.Duration == 0:
		return nil, badGroup("Duration is 0")
	case len(req.Description) > maxBanReason:
		return nil, badGroup("Description is over 1000 bytes")
	case r.owner != "" && slices.Contains(req.MembersAccount, r.owner):
		return nil, badGroup("the owner cannot be banned") // which code is a guess
	}
	if err := a.refuseStrangers(req.MembersAccount); err != nil {
		return nil, err
	}
	for _, userID := range req.MembersAccount {
		r.bans.remove(userID) // one who is banned again is the last one on the list
		r.bans.add(userID, ban{until(c.now, req.Duration), req.Description})
		r.asking.remove(userID)
	}
	a.takeOut(c, r, req.MembersAccount, leaving{words: req.Description})
	return nil, nil
}

func unbanGroupMember(a *App, _ *call, req *banRequest) (any, error) {
	r, err := req.room(a)
	if err != nil {
		return nil, err
	}
	for _, userID := range req.MembersAccount {
		r.bans.remove(userID)
	}
	return nil, nil
}

type bannedAccount struct {
	MemberAccount string `json:"Member_Account"`
	BannedUntil   int64
}

// getGroupBanMember reads a page of those who are banned, in the order in which they were. A cursor is the place of the
// last one on the page, and right whoever comes or goes. Behind the last one there is one more page, which is empty.
func getGroupBanMember(a *App, c *call, req *struct {
	GroupID string `json:"GroupId"`
	Limit   int
	Offset  uint64
},
) (any, error) {
	r, err := a.room(req.GroupID, anyKind)
	switch {
	case err != nil:
		return nil, err
	case req.Limit < 0 || req.Limit > maxBanPage:
		return nil, badGroup("Limit is not 1 to 100")
	case req.Limit == 0:
		req.Limit = maxBanPage
	}
	answer := struct {
		BannedAccountList []bannedAccount
		NextOffset        uint64
	}{BannedAccountList: []bannedAccount{}}
	for _, one := range r.bans.all[r.bans.after(req.Offset):] {
		if !r.banned(one.userID, c.now) {
			continue
		}
		if len(answer.BannedAccountList) == req.Limit {
			break
		}
		answer.BannedAccountList = append(answer.BannedAccountList, bannedAccount{one.userID, one.value.until})
		answer.NextOffset = one.number
	}
	return answer, nil
}
