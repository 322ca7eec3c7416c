package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// What CommandType says.
const (
	commandSet    = 1
	commandRemove = 2
)

// Limits of marks of the app's own.
const (
	minOwnMark     = 1000
	maxOwnMarks    = 10   // different ones in a room
	maxMarkMembers = 1000 // with one mark
)

func checkCommandType(kind int) error {
	if kind != commandSet && kind != commandRemove {
		return badGroup("CommandType is not 1 or 2")
	}
	return nil
}

type markedMember struct {
	MemberAccount string `json:"Member_Account"`
	Marks         []int
}

func modifyUserInfo(a *App, c *call, req *struct {
	roomRequest

	CommandType int
	MemberList  []markedMember
},
) (any, error) {
	r, err := a.room(req.GroupID, live)
	if err != nil {
		return nil, err
	}
	if err := checkCommandType(req.CommandType); err != nil {
		return nil, err
	}
	if err := checkItems("members", len(req.MemberList), group.MaxMarkMembers); err != nil {
		return nil, err
	}
	var there []markedMember
	for _, m := range req.MemberList {
		if slices.ContainsFunc(m.Marks, func(n int) bool {
			return n < minOwnMark && n != group.MarkRobot && n != group.MarkHidden
		}) {
			return nil, badGroup("a mark is not 500, 600, or 1000 and above")
		}
		if r.stage.hears(m.MemberAccount) {
			there = append(there, m)
		}
	}
	switch {
	case len(there) == 0:
		return nil, badGroup("none of the members is on line")
	case req.CommandType == commandSet && !r.stage.hasRoomFor(there):
		return nil, badGroup("there would be over 10 marks, or over 1000 members with one")
	}
	for _, m := range there {
		r.stage.mark(c, m, req.CommandType == commandSet)
	}
	return struct {
		CommandType int
		MemberList  []markedMember
	}{req.CommandType, there}, nil
}

// hasRoomFor says whether members can be marked so without there being too many marks, or too many with one.
func (s *stage) hasRoomFor(more []markedMember) bool {
	have := make(map[int]map[string]bool)
	note := func(userID string, marks []int) {
		for _, n := range marks {
			if n >= minOwnMark {
				of := have[n]
				put(&of, userID, true)
				have[n] = of
			}
		}
	}
	for _, one := range s.audience.all {
		note(one.userID, one.value.marks)
	}
	for _, m := range more {
		note(m.MemberAccount, m.Marks)
	}
	for _, users := range have {
		if len(users) > maxMarkMembers {
			return false
		}
	}
	return len(have) <= maxOwnMarks
}

// mark sets or deletes the marks of one who is on line. That of robots stays when they leave.
func (s *stage) mark(c *call, m markedMember, set bool) {
	l := s.audience.get(m.MemberAccount).value
	for _, n := range m.Marks {
		switch at := slices.Index(l.marks, n); {
		case n == group.MarkRobot && set:
			s.robots.add(m.MemberAccount, robot{c.now, c.now.Add(robotTime)})
		case n == group.MarkRobot:
			s.robots.remove(m.MemberAccount)
		case set && at < 0:
			l.marks = append(l.marks, n)
		case !set && at >= 0:
			l.marks = slices.Delete(l.marks, at, at+1)
		}
	}
}

// modifyAdmin refuses a sixth admin with a code that is a guess, as the page does not say.
func modifyAdmin(a *App, _ *call, req *struct {
	roomRequest

	CommandType  int
	AdminAccount []string `json:"Admin_Account"`
},
) (any, error) {
	r, err := a.room(req.GroupID, live)
	if err != nil {
		return nil, err
	}
	if err := checkCommandType(req.CommandType); err != nil {
		return nil, err
	}
	if err := checkItems("users", len(req.AdminAccount), len(req.AdminAccount)); err != nil {
		return nil, err
	}
	if req.CommandType == commandRemove {
		for _, userID := range req.AdminAccount {
			r.stage.admins.remove(userID)
		}
		return nil, nil
	}
	admins := make(map[string]bool)
	for _, one := range r.stage.admins.all {
		admins[one.userID] = true
	}
	for _, userID := range req.AdminAccount {
		if _, err := a.refuseUnknown(userID, restapi.CodeGroupInvalidParameter); err != nil {
			return nil, err
		}
		admins[userID] = true
	}
	if len(admins) > group.MaxLiveAdmins {
		return nil, badGroup("there would be over 5 admins")
	}
	for _, userID := range req.AdminAccount {
		r.stage.admins.add(userID, struct{}{})
	}
	return nil, nil
}

func getAdminList(a *App, _ *call, req *roomRequest) (any, error) {
	r, err := a.room(req.GroupID, live)
	if err != nil {
		return nil, err
	}
	type admin struct {
		AdminAccount string `json:"Admin_Account"`
		Avatar       string
		NickName     string
	}
	admins := []admin{}
	for _, one := range r.stage.admins.all {
		nick, avatar := a.face(one.userID)
		admins = append(admins, admin{one.userID, avatar, nick})
	}
	return struct {
		AdminList []admin `json:"Admin_List"`
	}{admins}, nil
}

// addRobots refuses accounts that are not imported with the code of add_group_member, which is a guess.
func addRobots(a *App, c *call, req *roomUsers) (any, error) {
	r, err := req.of(a)
	if err != nil {
		return nil, err
	}
	for _, userID := range req.MemberAccount {
		if _, err := a.refuseUnknown(userID, restapi.CodeGroupAccountNotFound); err != nil {
			return nil, err
		}
	}
	for _, userID := range req.MemberAccount {
		r.stage.robots.add(userID, robot{c.now, c.now.Add(robotTime)})
	}
	return nil, nil
}

func delRobots(a *App, _ *call, req *roomUsers) (any, error) {
	r, err := req.of(a)
	if err != nil {
		return nil, err
	}
	for _, userID := range req.MemberAccount {
		r.stage.robots.remove(userID)
	}
	return nil, nil
}
