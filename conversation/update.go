package conversation

import (
	"context"
	"slices"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	updateGroup = 1 // the only UpdateType

	updateName    = 1 // of UpdateGroupType
	updateMembers = 2

	putIn   = 1 // of ContactOptType
	takeOut = 2
)

type updateRequest struct {
	FromAccount string `json:"From_Account"`
	UpdateType  int    `json:"UpdateType"`
	UpdateGroup update `json:"UpdateGroup"`
}

type update struct {
	UpdateGroupType   int            `json:"UpdateGroupType"`
	OldGroupName      string         `json:"OldGroupName"` // with both types
	NewGroupName      string         `json:"NewGroupName,omitempty"`
	ContactUpdateItem []memberUpdate `json:"ContactUpdateItem,omitempty"`
}

type memberUpdate struct {
	ContactOptType int `json:"ContactOptType"`
	ContactItem    ID  `json:"ContactItem"`
}

type updated struct {
	ContactGroup

	ContactResultItem []row
}

func (c *Client) update(ctx context.Context, userID string, u update) (updated, error) {
	req := updateRequest{userID, updateGroup, u}
	resp, err := restapi.Do[struct{ UpdateGroupResult *updated }](ctx, c.caller, CommandUpdateContactGroup, req)
	switch {
	case err != nil:
		return updated{}, err
	case resp.UpdateGroupResult == nil:
		return updated{}, check.Missing(CommandUpdateContactGroup)
	}
	return *resp.UpdateGroupResult, nil
}

// UpdateContactGroup puts conversations into the conversation group of userID with that name and takes others out. One
// of the lists can be empty, and no conversation can be in both. The result has one Result for each conversation, those
// of add before those of remove, in the order given: look at the Err of each, a conversation that failed does not fail
// the call. At most 1000 conversations of a user can be in conversation groups or have marks.
//
// Of a Result: [restapi.CodeContactAccountNotFound], the other user is not imported;
// [restapi.CodeContactGroupCheckFailed], userID is not in the group, or it could not be told;
// [restapi.CodeContactMarkLimit], there are 1000. Of the call: [restapi.CodeContactGroupNotFound], there is no
// conversation group of that name; [restapi.CodeContactPlanUnsupported], the plan has none. 200 calls a second and app.
// Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/53439
func (c *Client) UpdateContactGroup(
	ctx context.Context, userID, name string, add, remove []ID,
) (ContactGroupResult, error) {
	const list = "UpdateGroup.ContactUpdateItem"
	if err := checkUser(CommandUpdateContactGroup, userID); err != nil {
		return ContactGroupResult{}, err
	}
	if err := checkName(CommandUpdateContactGroup, "UpdateGroup.OldGroupName", name); err != nil {
		return ContactGroupResult{}, err
	}
	ids := slices.Concat(add, remove)
	if err := check.Count(CommandUpdateContactGroup, list, len(ids), len(ids)); err != nil {
		return ContactGroupResult{}, err
	}
	added := make(map[ID]bool, len(add))
	for i, id := range ids {
		at := list + "[" + strconv.Itoa(i) + "].ContactItem"
		if err := id.check(CommandUpdateContactGroup, at+".", keyToGroupID); err != nil {
			return ContactGroupResult{}, err
		}
		switch {
		case i < len(add):
			added[id] = true
		case added[id]:
			return ContactGroupResult{}, check.Argument(CommandUpdateContactGroup, at, "is to be put in and taken out")
		}
	}
	u := update{UpdateGroupType: updateMembers, OldGroupName: name}
	for _, id := range check.Unique(ids) {
		opt := takeOut
		if added[id] {
			opt = putIn
		}
		u.ContactUpdateItem = append(u.ContactUpdateItem, memberUpdate{opt, id})
	}
	group, err := c.update(ctx, userID, u)
	if err != nil {
		return ContactGroupResult{}, err
	}
	return ContactGroupResult{
		group.ContactGroup, results(CommandUpdateContactGroup, ids, group.ContactResultItem),
	}, nil
}

// RenameContactGroup gives the conversation group of userID with the name oldName another one of 1 to 32 bytes.
//
// [restapi.CodeContactGroupNotFound]: there is no conversation group of that name. 200 calls a second and app. Repeated
// after a failure that leaves its outcome open, so that CodeContactGroupNotFound can also mean that the attempt before
// renamed it.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/53439
func (c *Client) RenameContactGroup(ctx context.Context, userID, oldName, newName string) (ContactGroup, error) {
	if err := checkUser(CommandUpdateContactGroup, userID); err != nil {
		return ContactGroup{}, err
	}
	if err := checkName(CommandUpdateContactGroup, "UpdateGroup.OldGroupName", oldName); err != nil {
		return ContactGroup{}, err
	}
	if err := checkName(CommandUpdateContactGroup, "UpdateGroup.NewGroupName", newName); err != nil {
		return ContactGroup{}, err
	}
	group, err := c.update(ctx, userID, update{
		UpdateGroupType: updateName, OldGroupName: oldName, NewGroupName: newName,
	})
	return group.ContactGroup, err
}
