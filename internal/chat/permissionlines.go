package chat

import (
	"cmp"
	"errors"
	"slices"

	"github.com/go-tencentchat/tencentchat/group"
)

// permissionLine is a permission group in a snapshot.
type permissionLine struct {
	permissionRequest

	PermissionGroupName string
	CustomString        string           `json:",omitempty"`
	Permission          group.Permission `json:",omitempty"`
	MemberAccount       []string         `json:"Member_Account,omitempty"`
	TopicPermissionList []topicRights    `json:",omitempty"`
}

func permissionLines(s *state) (lines []permissionLine) {
	for _, r := range s.groups.all.all {
		for _, one := range r.value.permissions.all {
			p := one.value
			line := permissionLine{
				permissionRequest:   permissionRequest{r.userID, one.userID},
				PermissionGroupName: p.name, CustomString: p.custom, Permission: p.rights,
			}
			for _, m := range p.members.all {
				line.MemberAccount = append(line.MemberAccount, m.userID)
			}
			for _, t := range p.topics.all {
				line.TopicPermissionList = append(line.TopicPermissionList, topicRights{t.userID, t.value})
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// sortPermissionLines leaves those of one community in the order in which they were made.
func sortPermissionLines(lines []permissionLine) {
	slices.SortStableFunc(lines, func(a, b permissionLine) int { return cmp.Compare(a.GroupID, b.GroupID) })
}

func loadPermission(s *state, line *permissionLine) error {
	r := s.groups.find(line.GroupID)
	switch {
	case r == nil || !r.permission:
		return errors.New("GroupId is not a community with permission groups of a line above")
	case !isPermissionID(line.PermissionGroupID) || r.permissions.has(line.PermissionGroupID):
		return errors.New("PermissionGroupId is not one, or is there twice")
	}
	if err := checkPermissionGroup(line.PermissionGroupName, line.CustomString, new(state)); err != nil {
		return err
	}
	p := &permissionGroup{name: line.PermissionGroupName, custom: line.CustomString, rights: line.Permission}
	for _, userID := range line.MemberAccount {
		if !r.members.has(userID) || p.members.has(userID) {
			return errors.New("Member_Account has one who is not a member of the community, or one twice")
		}
		p.members.add(userID, struct{}{})
	}
	for _, one := range line.TopicPermissionList {
		if !r.topics.has(one.TopicID) || p.topics.has(one.TopicID) {
			return errors.New("TopicPermissionList has a topic that is not there, or one twice")
		}
		p.topics.add(one.TopicID, one.Permission)
	}
	r.permissions.add(line.PermissionGroupID, p)
	return nil
}
