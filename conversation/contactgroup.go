package conversation

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const maxNameBytes = 32

// A ContactGroup is one conversation group: conversations that a user keeps under a name which only this user sees. It
// has nothing to do with the groups that conversations are with.
type ContactGroup struct {
	GroupName string
	GroupID   int `json:"GroupId"` // its number among the user's
}

// A ContactGroupResult is a conversation group with the outcome of each conversation that was to be put in or taken
// out. Where one failed the others are done, and its Result says why.
type ContactGroupResult struct {
	ContactGroup

	Results []Result
}

// checkName refuses what no conversation group can be called.
func checkName(cmd restapi.Command, field, name string) error {
	if name == "" {
		return check.Argument(cmd, field, "is empty")
	}
	return check.Text(cmd, field, name, maxNameBytes)
}

type createRequest struct {
	FromAccount      string       `json:"From_Account"`
	GroupContactItem []newContact `json:"GroupContactItem"` // one, as the page says
}

type newContact struct {
	GroupName   string `json:"GroupName"`
	ContactItem []ID   `json:"ContactItem"`
}

type createAnswer struct {
	GroupResultItem []struct {
		GroupItem  ContactGroup
		ResultItem []row
	}
}

// CreateContactGroup makes a conversation group for userID with a name of 1 to 32 bytes, and puts 1 to 1000
// conversations into it. The result has one Result for each conversation, in the order given: look at the Err of each,
// a conversation that failed does not fail the call. A user can have 20 conversation groups, and 1000 conversations in
// them or with marks.
//
// Of a Result: [restapi.CodeContactAccountNotFound], the other user is not imported;
// [restapi.CodeContactGroupCheckFailed], userID is not in the group, or it could not be told;
// [restapi.CodeContactMarkLimit], there are 1000. Of the call: [restapi.CodeContactGroupLimit], userID has 20
// conversation groups; [restapi.CodeContactPlanUnsupported], the plan has none. 200 calls a second and app. Not
// repeated after a failure that leaves its outcome open, as what the service does with a name that is there is not
// documented.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/53437
func (c *Client) CreateContactGroup(
	ctx context.Context, userID, name string, ids []ID,
) (ContactGroupResult, error) {
	const list = "GroupContactItem[0]."
	if err := checkUser(CommandCreateContactGroup, userID); err != nil {
		return ContactGroupResult{}, err
	}
	if err := checkName(CommandCreateContactGroup, list+"GroupName", name); err != nil {
		return ContactGroupResult{}, err
	}
	if err := checkIDs(CommandCreateContactGroup, list+"ContactItem", keyToGroupID, ids, maxContacts); err != nil {
		return ContactGroupResult{}, err
	}
	req := createRequest{userID, []newContact{{name, check.Unique(ids)}}}
	resp, err := restapi.Do[createAnswer](ctx, c.caller, CommandCreateContactGroup, req)
	if err != nil {
		return ContactGroupResult{}, err
	}
	if len(resp.GroupResultItem) == 0 {
		return ContactGroupResult{}, check.Missing(CommandCreateContactGroup)
	}
	made := resp.GroupResultItem[0]
	return ContactGroupResult{made.GroupItem, results(CommandCreateContactGroup, ids, made.ResultItem)}, nil
}

// DeleteContactGroup takes the conversation group of userID with that name away. The conversations in it stay.
//
// [restapi.CodeContactGroupNotFound]: there is no conversation group of that name. 200 calls a second and app. Repeated
// after a failure that leaves its outcome open, so that CodeContactGroupNotFound can also mean that the attempt before
// took it away.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/53441
func (c *Client) DeleteContactGroup(ctx context.Context, userID, name string) (ContactGroup, error) {
	if err := checkUser(CommandDelContactGroup, userID); err != nil {
		return ContactGroup{}, err
	}
	if err := checkName(CommandDelContactGroup, "GroupName[0]", name); err != nil {
		return ContactGroup{}, err
	}
	req := struct {
		FromAccount string   `json:"From_Account"`
		GroupName   []string `json:"GroupName"` // one, as the page says
	}{userID, []string{name}}
	resp, err := restapi.Do[struct{ GroupItem []ContactGroup }](ctx, c.caller, CommandDelContactGroup, req)
	switch {
	case err != nil:
		return ContactGroup{}, err
	case len(resp.GroupItem) == 0:
		return ContactGroup{}, check.Missing(CommandDelContactGroup)
	}
	return resp.GroupItem[0], nil
}
