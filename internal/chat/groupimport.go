package chat

import (
	"cmp"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// groupImports are the commands that bring the groups of another system along. None of them fires a webhook, and no
// device is told.
func groupImports() area {
	return groupArea([]command{
		does(group.CommandImportGroup, importGroup),
		does(group.CommandImportGroupMsg, importGroupMsg),
		does(group.CommandImportGroupMember, importGroupMember),
		does(group.CommandSetUnreadMsgNum, setUnreadMsgNum),
	})
}

type importGroupRequest struct {
	newRoom

	CreateTime int64
}

func importGroup(a *App, c *call, req *importGroupRequest) (any, error) {
	kind, err := req.check(a)
	switch {
	case err != nil:
		return nil, err
	case kind == live:
		return nil, refuse(restapi.CodeGroupPermissionDenied, "an AVChatRoom cannot be imported")
	case req.CreateTime > c.now.Unix():
		return nil, badGroup("CreateTime is still to come") // a guess: no page says what becomes of it
	}
	r := a.addRoom(&req.newRoom, kind, cmp.Or(req.CreateTime, c.now.Unix()))
	return struct {
		GroupID string `json:"GroupId"`
	}{r.id}, nil
}

type importMember struct {
	MemberAccount string `json:"Member_Account"`
	Role          group.Role
	JoinTime      int64
	UnreadMsgNum  int
}

// result says what becomes of a member: a user who is not imported, is banned or finds no place is not taken (a guess),
// nor is one who joined before the group was made or is still to come.
func (m *importMember) result(a *App, c *call, r *room) group.AddStatus {
	switch {
	case r.members.has(m.MemberAccount):
		return group.AlreadyMember
	case a.users.byID[m.MemberAccount] == nil, r.banned(m.MemberAccount, c.now), r.full(),
		m.JoinTime != 0 && (m.JoinTime < r.created || m.JoinTime > c.now.Unix()):
		return 0
	}
	return group.Added
}

type importedMember struct {
	MemberAccount string `json:"Member_Account"`
	Result        group.AddStatus
}

func importGroupMember(a *App, c *call, req *struct {
	GroupID    string `json:"GroupId"`
	MemberList []importMember
},
) (any, error) {
	r, err := a.room(req.GroupID, notLive)
	switch {
	case err != nil:
		return nil, err
	case len(req.MemberList) > group.MaxImportMembers:
		return nil, refuse(restapi.CodeGroupTooManyAccounts, "over 300 members")
	}
	results := make([]importedMember, len(req.MemberList))
	for i, m := range req.MemberList {
		results[i] = importedMember{m.MemberAccount, m.result(a, c, r)}
		if results[i].Result != group.Added {
			continue
		}
		role := group.RoleMember // whatever else is given
		if m.Role == group.RoleAdmin {
			role = group.RoleAdmin
		}
		one := a.joinRoom(r, m.MemberAccount, role, cmp.Or(m.JoinTime, c.now.Unix()))
		r.setUnread(one, m.UnreadMsgNum)
	}
	return struct{ MemberList []importedMember }{results}, nil
}

// setUnread lets the last n messages that count for a member be unread, or all where there are fewer.
func (r *room) setUnread(m *member, n int) {
	l := &r.log
	m.read = l.last
	for len(l.messages) > 0 && m.read >= l.first && l.unread(m.userID, m.read) < n {
		m.read--
	}
}

func setUnreadMsgNum(a *App, _ *call, req *struct {
	GroupID       string `json:"GroupId"`
	MemberAccount string `json:"Member_Account"`
	UnreadMsgNum  int
},
) (any, error) {
	r, err := a.room(req.GroupID, anyKind)
	switch {
	case err != nil:
		return nil, err
	case req.UnreadMsgNum < 0:
		return nil, badGroup("UnreadMsgNum is below 0")
	case r.kind&(meeting|live) != 0:
		return nil, nil // they do not count unread messages
	}
	m := r.members.get(req.MemberAccount)
	if m == nil {
		return nil, badGroup("Member_Account is not a member") // which code is a guess
	}
	r.setUnread(m.value, req.UnreadMsgNum)
	return nil, nil
}
