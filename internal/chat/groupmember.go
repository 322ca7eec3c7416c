package chat

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
)

const maxMemberPage = 6000 // the page of the command says so, and 200 elsewhere

// aboutMembers returns the group of a command that names members of it: one to most.
func (a *App) aboutMembers(groupID string, of kinds, userIDs []string, most int) (*room, error) {
	r, err := a.room(groupID, of)
	if err == nil && (len(userIDs) == 0 || len(userIDs) > most) {
		err = badGroup("there are no users, or over " + strconv.Itoa(most))
	}
	return r, err
}

func deleteGroupMember(a *App, c *call, req *struct {
	GroupID            string `json:"GroupId"`
	Silence            int
	Reason             string
	MemberToDelAccount []string `json:"MemberToDel_Account"`
},
) (any, error) {
	r, err := a.aboutMembers(req.GroupID, anyKind, req.MemberToDelAccount, group.MaxDeleteMembers)
	switch {
	case err != nil:
		return nil, err
	case r.kind == live:
		return nil, badGroup("nobody can be taken out of an AVChatRoom")
	case r.owner != "" && slices.Contains(req.MemberToDelAccount, r.owner):
		return nil, badGroup("the owner cannot be taken out") // which code is a guess
	}
	a.takeOut(c, r, req.MemberToDelAccount, leaving{silent: req.Silence == 1, words: req.Reason})
	return nil, nil
}

// leaving is how members go out of a group.
type leaving struct {
	quit   bool // of their own will
	silent bool // those who stay are not told
	words  string
}

// takeOut takes users out of a group who are in it, and tells the backend.
func (a *App) takeOut(c *call, r *room, userIDs []string, how leaving) {
	gone := slices.DeleteFunc(check.Unique(userIDs), func(userID string) bool { return !r.members.has(userID) })
	if len(gone) == 0 {
		return
	}
	tip, exit := TipRemoved, callback.GroupExitKicked
	if how.quit {
		tip, exit = TipLeft, callback.GroupExitQuit
	}
	n := Notice{Kind: NoticeGroupTip, From: c.by.UserID, Chat: r.id, Users: gone, Tip: tip, Text: how.words}
	for userID := range r.online {
		if !how.silent || slices.Contains(gone, userID) {
			c.notify(userID, n)
		}
	}
	for _, userID := range gone {
		a.leave(r, userID)
	}
	c.after(r.lane, &callback.GroupAfterMemberExit{
		GroupID: r.id, Type: r.kind.newer(), ExitType: exit, OperatorAccount: c.by.UserID,
		ExitMemberList: groupMembersOf(gone), EventTime: callback.EventTimeOf(c.now),
	})
}

// memberFilter says which members an answer is to have, and with what.
type memberFilter struct {
	MemberInfoFilter                []string
	MemberRoleFilter                []group.Role
	AppDefinedDataFilterGroupMember []string `json:"AppDefinedDataFilter_GroupMember"`
}

// info is what an answer has of those of the members whose role is asked for.
func (f *memberFilter) info(a *App, c *call, r *room, members []*listed[*member]) ([]memberInfo, error) {
	all, size := []memberInfo{}, 0
	for _, one := range members {
		if len(f.MemberRoleFilter) > 0 && !slices.Contains(f.MemberRoleFilter, r.role(one.userID)) {
			continue
		}
		i := r.memberInfo(c, one.value, f.MemberInfoFilter, f.AppDefinedDataFilterGroupMember)
		if filtered(f.MemberInfoFilter, "OnlineStatus") {
			best, _ := a.users.byID[one.userID].status(c.now)
			i.OnlineStatus = string(best)
		}
		all, size = append(all, i), size+i.size()
	}
	return all, refuseLarge(size)
}

type membersAnswer struct {
	MemberNum  int
	MemberList []memberInfo
	Next       *string `json:",omitempty"` // of a community alone
}

// getGroupMemberInfo reads a page of members in the order in which they joined. Those of roles that are not asked for
// count for the page (a guess). The cursor of a community is the place of the last one on the page, and right whoever
// comes or goes.
func getGroupMemberInfo(a *App, c *call, req *struct {
	memberFilter

	GroupID       string `json:"GroupId"`
	Limit, Offset int
	Next          json.RawMessage
},
) (any, error) {
	r, err := a.room(req.GroupID, notLive)
	switch {
	case err != nil:
		return nil, err
	case req.Limit < 0 || req.Limit > maxMemberPage || req.Offset < 0:
		return nil, badGroup("Limit or Offset is below 0, or Limit is over 6000")
	}
	answer := membersAnswer{MemberNum: r.members.len()}
	from := min(req.Offset, r.members.len())
	if r.kind == community {
		number, err := memberCursor(req.Next)
		if err != nil {
			return nil, err
		}
		from, answer.Next = r.members.after(number), new(string)
	}
	page := r.members.all[from:]
	if req.Limit > 0 && req.Limit < len(page) {
		page = page[:req.Limit]
		if answer.Next != nil {
			*answer.Next = strconv.FormatUint(page[req.Limit-1].number, 10)
		}
	}
	answer.MemberList, err = req.info(a, c, r, page)
	return answer, err
}

// memberCursor reads a cursor, which older programs send as a number.
func memberCursor(raw json.RawMessage) (uint64, error) {
	text, isText := wire.Unquote(raw)
	if !isText {
		text = string(raw)
	}
	if text == "" {
		return 0, nil
	}
	number, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, badGroup("Next is not that of an answer")
	}
	return number, nil
}

func getSpecifiedGroupMemberInfo(a *App, c *call, req *struct {
	memberFilter

	GroupID           string   `json:"GroupId"`
	MemberListAccount []string `json:"Member_List_Account"`
},
) (any, error) {
	r, err := a.aboutMembers(req.GroupID, notLive, req.MemberListAccount, group.MaxGetMembers)
	if err != nil {
		return nil, err
	}
	var found []*listed[*member]
	for _, userID := range check.Unique(req.MemberListAccount) {
		if one := r.members.get(userID); one != nil {
			found = append(found, one)
		}
	}
	members, err := req.info(a, c, r, found)
	return struct {
		GroupID    string `json:"GroupId"`
		MemberList []memberInfo
	}{r.id, members}, err
}

type roleResult struct {
	MemberAccount string `json:"Member_Account"`
	Role          group.Role
}

func getRoleInGroup(a *App, _ *call, req *struct {
	GroupID     string   `json:"GroupId"`
	UserAccount []string `json:"User_Account"`
},
) (any, error) {
	r, err := a.aboutMembers(req.GroupID, notLive, req.UserAccount, group.MaxRoles)
	if err != nil {
		return nil, err
	}
	roles := make([]roleResult, len(req.UserAccount))
	for i, userID := range req.UserAccount {
		roles[i] = roleResult{userID, r.role(userID)}
	}
	return struct {
		UserIDList []roleResult `json:"UserIdList"`
	}{roles}, nil
}
