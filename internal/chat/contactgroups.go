package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Documented for conversation groups.
const (
	maxContactGroups    = 20
	maxContactGroupName = 32 // bytes

	renameGroup = 1 // of UpdateGroupType
	changeGroup = 2

	putInGroup  = 1 // of ContactOptType
	takeOfGroup = 2
)

// groupList are the conversation groups, in the order in which they were made.
func (c *chats) groupList() []conversation.ContactGroup {
	return append([]conversation.ContactGroup{}, c.groups...)
}

// group returns the place of a conversation group, below 0 where there is none.
func (c *chats) group(name string) int {
	return slices.IndexFunc(c.groups, func(g conversation.ContactGroup) bool { return g.GroupName == name })
}

func (c *chats) refuseNoGroup(name string) (int, error) {
	at := c.group(name)
	if at < 0 {
		return at, refuse(restapi.CodeContactGroupNotFound, "there is no conversation group of that name")
	}
	return at, nil
}

// grouped returns the conversations of a user, for a command about conversation groups.
func (a *App) grouped(c *call, userID string) (*chats, error) {
	if slices.Contains(a.set.Off, FeatureContactGroup) {
		return nil, refuse(restapi.CodeContactPlanUnsupported, "conversation groups are switched off")
	}
	return a.contacts(c, userID)
}

// checkNewName refuses a name that a conversation group cannot be given.
func (c *chats) checkNewName(name string) error {
	switch {
	case name == "":
		return badContact("the name of a conversation group is empty")
	case len(name) > maxContactGroupName:
		return refuse(restapi.CodeContactGroupNameTooLong, "the name of a conversation group is over 32 bytes")
	case c.group(name) >= 0:
		return badContact("there is a conversation group of that name")
	}
	return nil
}

type newContactGroup struct {
	GroupName   string
	ContactItem []conversation.ID
}

type groupResult struct {
	GroupItem  conversation.ContactGroup
	ResultItem []contactResult
}

func createContactGroup(a *App, c *call, req *struct {
	FromAccount      string `json:"From_Account"`
	GroupContactItem []newContactGroup
},
) (any, error) {
	if len(req.GroupContactItem) != 1 {
		return nil, badContact("GroupContactItem does not have one group")
	}
	made := req.GroupContactItem[0]
	own, err := a.grouped(c, req.FromAccount)
	if err != nil {
		return nil, err
	}
	if err := own.checkNewName(made.GroupName); err != nil {
		return nil, err
	}
	if len(own.groups) >= maxContactGroups {
		return nil, refuse(restapi.CodeContactGroupLimit, "there are 20 conversation groups")
	}
	for _, id := range made.ContactItem {
		if err := checkContact(id); err != nil {
			return nil, err
		}
	}
	own.lastGroup++
	group := conversation.ContactGroup{GroupName: made.GroupName, GroupID: own.lastGroup}
	own.groups = append(own.groups, group)
	result := groupResult{GroupItem: group, ResultItem: []contactResult{}}
	marked := own.marked()
	for _, id := range made.ContactItem {
		err := a.putInGroup(c, own, id, group.GroupID, &marked)
		result.ResultItem = append(result.ResultItem, contactResultOf(id, err))
	}
	return struct{ GroupResultItem []groupResult }{[]groupResult{result}}, nil
}

// putInGroup puts a conversation into a conversation group, by its number.
func (a *App) putInGroup(c *call, own *chats, id conversation.ID, group int, marked *int) error {
	one, err := a.markable(own, id, marked)
	if err == nil && !slices.Contains(one.groups, group) {
		one.groups = append(one.groups, group)
		slices.Sort(one.groups)
		one.changed = c.now.Unix()
	}
	return err
}

// takeOut takes the conversation out of a conversation group.
func (c *contact) takeOut(group int, now int64) {
	if at := slices.Index(c.groups, group); at >= 0 {
		c.groups = slices.Delete(c.groups, at, at+1)
		c.changed = now
	}
}

type contactUpdate struct {
	ContactOptType int
	ContactItem    conversation.ID
}

type groupUpdate struct {
	UpdateGroupType            int
	OldGroupName, NewGroupName string
	ContactUpdateItem          []contactUpdate
}

type updateResult struct {
	ContactOptType int
	contactResult
}

type updatedGroup struct {
	UpdateGroupType int
	conversation.ContactGroup
	OldGroupName      string
	ContactResultItem []updateResult `json:",omitempty"`
}

func updateContactGroup(a *App, c *call, req *struct {
	FromAccount string `json:"From_Account"`
	UpdateType  int
	UpdateGroup groupUpdate
},
) (any, error) {
	if req.UpdateType != 1 {
		return nil, badContact("UpdateType is not 1")
	}
	own, err := a.grouped(c, req.FromAccount)
	if err != nil {
		return nil, err
	}
	u := &req.UpdateGroup
	at, err := own.refuseNoGroup(u.OldGroupName)
	if err != nil {
		return nil, err
	}
	result := updatedGroup{UpdateGroupType: u.UpdateGroupType, OldGroupName: u.OldGroupName}
	switch u.UpdateGroupType {
	case renameGroup:
		if u.NewGroupName != u.OldGroupName {
			if err := own.checkNewName(u.NewGroupName); err != nil {
				return nil, err
			}
			own.groups[at].GroupName = u.NewGroupName
		}
	case changeGroup:
		if result.ContactResultItem, err = a.changeGroup(c, own, own.groups[at].GroupID, u.ContactUpdateItem); err != nil {
			return nil, err
		}
	default:
		return nil, badContact("UpdateGroupType is not 1 or 2")
	}
	result.ContactGroup = own.groups[at]
	return struct {
		UpdateType        int
		UpdateGroupResult updatedGroup
	}{req.UpdateType, result}, nil
}

// changeGroup puts conversations into a conversation group and takes others out.
func (a *App) changeGroup(c *call, own *chats, group int, updates []contactUpdate) (results []updateResult, err error) {
	if len(updates) == 0 {
		return nil, badContact("ContactUpdateItem is empty")
	}
	for _, u := range updates {
		if u.ContactOptType != putInGroup && u.ContactOptType != takeOfGroup {
			return nil, badContact("ContactOptType is not 1 or 2")
		}
		if err := checkContact(u.ContactItem); err != nil {
			return nil, err
		}
	}
	marked := own.marked()
	for _, u := range updates {
		var err error
		if u.ContactOptType == putInGroup {
			err = a.putInGroup(c, own, u.ContactItem, group, &marked)
		} else if one := own.byID[u.ContactItem]; one != nil {
			one.takeOut(group, c.now.Unix())
		}
		results = append(results, updateResult{u.ContactOptType, contactResultOf(u.ContactItem, err)})
	}
	return results, nil
}

func delContactGroup(a *App, c *call, req *struct {
	FromAccount string `json:"From_Account"`
	GroupName   []string
},
) (any, error) {
	if len(req.GroupName) != 1 {
		return nil, badContact("GroupName does not have one name")
	}
	own, err := a.grouped(c, req.FromAccount)
	if err != nil {
		return nil, err
	}
	at, err := own.refuseNoGroup(req.GroupName[0])
	if err != nil {
		return nil, err
	}
	gone := own.groups[at]
	own.groups = slices.Delete(own.groups, at, at+1)
	for _, one := range own.byID {
		one.takeOut(gone.GroupID, c.now.Unix())
	}
	return struct{ GroupItem []conversation.ContactGroup }{[]conversation.ContactGroup{gone}}, nil
}
