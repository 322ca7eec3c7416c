package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type friendGroupsQuery struct {
	FromAccount string `json:"From_Account"`
	GroupName   []string
}

// friendGroupOwner looks at whose groups a command is about, and at the 1 to 32 names in it.
func (a *App) friendGroupOwner(req *friendGroupsQuery) (*ties, error) {
	if err := checkMany("friend groups", len(req.GroupName), friend.MaxGroups); err != nil {
		return nil, err
	}
	if err := checkGroupNames(req.GroupName); err != nil {
		return nil, err
	}
	return a.party(req.FromAccount)
}

// friendGroupAdd makes friend groups and puts friends into every one. One that is there is no error.
func friendGroupAdd(a *App, _ *call, req *struct {
	friendGroupsQuery

	ToAccount []string `json:"To_Account"`
},
) (any, error) {
	t, err := a.friendGroupOwner(&req.friendGroupsQuery)
	if err != nil {
		return nil, err
	}
	if len(req.ToAccount) > 0 {
		if _, err := a.parties(req.FromAccount, req.ToAccount, friend.MaxUsers); err != nil {
			return nil, err
		}
	}
	if slices.ContainsFunc(req.GroupName, a.forbids) {
		return nil, refuse(restapi.CodeRelationSensitiveText, "GroupName contains a forbidden word")
	}
	if err := t.checkGroupRoom(req.GroupName); err != nil {
		return nil, err
	}
	t.makeGroups(req.GroupName)
	var result struct {
		outcomes

		CurrentSequence uint64
	}
	for _, userID := range req.ToAccount {
		_, err := a.refuseUnknown(userID, restapi.CodeRelationAccountNotFound)
		one := t.friends.get(userID)
		switch {
		case err != nil:
		case one == nil:
			err = refuse(restapi.CodeRelationGroupMemberNotFriend, "Err_SNS_GroupAdd_ToTinyId_Not_Friend")
		default:
			groups := slices.Clone(one.value.groups)
			for _, name := range req.GroupName {
				if !slices.Contains(groups, name) {
					groups = append(groups, name)
				}
			}
			t.regroup(one, groups)
		}
		result.add(userID, err)
	}
	result.CurrentSequence = t.grouped
	return result, nil
}

// regroup sets the groups of a friend, all of which are there.
func (t *ties) regroup(one *listed[friendship], groups []string) {
	one.value.set(friend.Groups.To(groups))
	t.standard++
}

// friendGroupDelete takes friend groups away. Who was in them stays a friend.
func friendGroupDelete(a *App, _ *call, req *friendGroupsQuery) (any, error) {
	t, err := a.friendGroupOwner(req)
	if err != nil {
		return nil, err
	}
	gone := func(name string) bool { return slices.Contains(req.GroupName, name) }
	before := len(t.groups)
	t.groups = slices.DeleteFunc(t.groups, gone)
	if len(t.groups) < before {
		t.grouped++
	}
	for _, one := range t.friends.all {
		if slices.ContainsFunc(one.value.groups, gone) {
			t.regroup(one, slices.DeleteFunc(slices.Clone(one.value.groups), gone))
		}
	}
	return struct{ CurrentSequence uint64 }{t.grouped}, nil
}

type friendGroup struct {
	GroupName    string
	FriendNumber int
	ToAccount    []string `json:"To_Account,omitempty"`
}

// friendGroupGet reads friend groups, in the order in which they were made.
func friendGroupGet(a *App, _ *call, req *struct {
	friendGroupsQuery

	NeedFriend string
},
) (any, error) {
	t, err := a.party(req.FromAccount)
	if err != nil {
		return nil, err
	}
	result := struct {
		ResultItem      []friendGroup
		CurrentSequence uint64
	}{[]friendGroup{}, t.grouped}
	for _, name := range t.groups {
		if len(req.GroupName) > 0 && !slices.Contains(req.GroupName, name) {
			continue
		}
		group := friendGroup{GroupName: name}
		for _, one := range t.friends.all {
			if slices.Contains(one.value.groups, name) {
				group.ToAccount = append(group.ToAccount, one.userID)
			}
		}
		group.FriendNumber = len(group.ToAccount)
		if req.NeedFriend != "Need_Friend_Type_Yes" {
			group.ToAccount = nil
		}
		result.ResultItem = append(result.ResultItem, group)
	}
	return result, nil
}
