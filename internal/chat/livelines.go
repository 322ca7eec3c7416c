package chat

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/group"
)

// stageLine is what a snapshot has of a live room besides the group.
type stageLine struct {
	roomRequest

	AdminAccount []string    `json:"Admin_Account,omitempty"`
	RobotList    []robotLine `json:",omitempty"`
}

type robotLine struct {
	MemberAccount string `json:"Member_Account"`
	JoinTime      int64
	ExpireTime    int64
}

func stageLines(s *state) (lines []stageLine) {
	for _, one := range s.groups.all.all {
		r := one.value
		line := stageLine{roomRequest: roomRequest{r.id}}
		for _, one := range r.stage.admins.all {
			line.AdminAccount = append(line.AdminAccount, one.userID)
		}
		for _, one := range r.stage.robots.all {
			line.RobotList = append(line.RobotList, robotLine{one.userID, one.value.since.Unix(), one.value.until.Unix()})
		}
		if len(line.AdminAccount)+len(line.RobotList) > 0 {
			lines = append(lines, line)
		}
	}
	return lines
}

func sortStageLines(lines []stageLine) {
	slices.SortFunc(lines, func(a, b stageLine) int { return cmp.Compare(a.GroupID, b.GroupID) })
}

func loadStage(s *state, line *stageLine) error {
	r := s.groups.find(line.GroupID)
	switch {
	case r == nil || r.kind != live:
		return errors.New("GroupId is not a live room of a line above")
	case r.stage.admins.len()+r.stage.robots.len() > 0:
		return errors.New("the live room is there twice")
	case len(line.AdminAccount) > group.MaxLiveAdmins:
		return errors.New("there are over 5 admins")
	}
	for _, userID := range line.AdminAccount {
		if s.users.byID[userID] == nil || r.stage.admins.has(userID) {
			return errors.New("Admin_Account has one who is not a user of a line above, or one twice")
		}
		r.stage.admins.add(userID, struct{}{})
	}
	for _, one := range line.RobotList {
		if s.users.byID[one.MemberAccount] == nil || r.stage.robots.has(one.MemberAccount) {
			return errors.New("RobotList has one who is not a user of a line above, or one twice")
		}
		r.stage.robots.add(one.MemberAccount, robot{time.Unix(one.JoinTime, 0), time.Unix(one.ExpireTime, 0)})
	}
	return nil
}
