package group

import (
	"context"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// MaxGet is the number of groups that one call of [Client.Get] can read.
const MaxGet = 50

type getRequest struct {
	GroupIDList    []string  `json:"GroupIdList"`
	ResponseFilter getFilter `json:"ResponseFilter,omitzero"`
}

type getFilter struct {
	GroupBaseInfoFilter             []string `json:"GroupBaseInfoFilter,omitempty"`
	MemberInfoFilter                []string `json:"MemberInfoFilter,omitempty"`
	AppDefinedDataFilterGroup       []string `json:"AppDefinedDataFilter_Group,omitempty"`
	AppDefinedDataFilterGroupMember []string `json:"AppDefinedDataFilter_GroupMember,omitempty"`
}

// IsZero says that nothing is filtered.
func (f getFilter) IsZero() bool {
	return len(f.GroupBaseInfoFilter)+len(f.MemberInfoFilter)+
		len(f.AppDefinedDataFilterGroup)+len(f.AppDefinedDataFilterGroupMember) == 0
}

// account is what this command calls the ID of a member in its filter; its answer, and other commands, have another
// name.
const account = "Account"

// memberFields returns the fields of members that are asked for, and the ID of each: an answer without would say of
// nobody what it says.
func memberFields(asked []string) []string {
	if len(asked) == 0 {
		return nil
	}
	fields := []string{account}
	for _, field := range asked {
		if field != account && field != "Member_Account" {
			fields = append(fields, field)
		}
	}
	return fields
}

// Get reads 1 to 50 groups. The result has one Info for each ID, in the order given: look at the Err of each, a group
// that is not there does not fail the call. A topic is read by [Topics.Get].
//
// Without a filter a group comes with all of its fields and all of its members, save those of an AVChatRoom, and an
// answer over 1 MB is refused: [restapi.CodeGroupResponseTooLarge]. Where members are not wanted, name the fields that
// are in GroupBaseInfoFilter: what a filter does not name is left out. f cannot have a SelfInfoFilter or a
// MemberRoleFilter.
//
// Of an Info: [restapi.CodeGroupNotFound], there is no such group. 200 calls a second and app. Repeated after a failure
// on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34961
func (c *Client) Get(ctx context.Context, groupIDs []string, f Filter) ([]Info, error) {
	cmd := CommandGetGroupInfo
	if err := check.Count(cmd, "GroupIdList", len(groupIDs), MaxGet); err != nil {
		return nil, err
	}
	for i, groupID := range groupIDs {
		if err := checkGroupIDOf(cmd, "GroupIdList["+strconv.Itoa(i)+"]", groupID); err != nil {
			return nil, err
		}
	}
	if err := f.refuse(cmd, "SelfInfoFilter", "MemberRoleFilter"); err != nil {
		return nil, err
	}
	req := getRequest{check.Unique(groupIDs), getFilter{
		f.GroupBaseInfoFilter, memberFields(f.MemberInfoFilter),
		f.AppDefinedDataFilterGroup, f.AppDefinedDataFilterGroupMember,
	}}
	resp, err := restapi.Do[struct{ GroupInfo []foundRow }](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	answered := batch.Rows(resp.GroupInfo, func(r *foundRow) (string, Info) { return r.GroupID, r.info(cmd) })
	return batch.Collate(groupIDs, answered, func(groupID string) Info {
		return Info{GroupID: groupID, Outcome: restapi.Failed(check.Missing(cmd))}
	}), nil
}
