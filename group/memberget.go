package group

import (
	"context"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type getMembersRequest struct {
	GroupID           string   `json:"GroupId"`
	MemberListAccount []string `json:"Member_List_Account"`
	memberFilter
}

// Get looks up 1 to 50 users in a group, with the fields that f names or all. The result has those who are members, and
// have one of the roles where f names some, in the order given: who is missing from it is not a member, which is no
// error.
//
// An AVChatRoom has no list of its members: [restapi.CodeGroupPermissionDenied]. [restapi.CodeGroupNotFound]: there is
// no such group. [restapi.CodeGroupResponseTooLarge]: an answer cannot exceed 1 MB; ask for less. 200 calls a second
// and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/64897
func (m Members) Get(ctx context.Context, groupID string, userIDs []string, f Filter) ([]Member, error) {
	cmd := CommandGetSpecifiedGroupMemberInfo
	if err := checkGroupID(cmd, groupID); err != nil {
		return nil, err
	}
	if err := check.UserIDs(cmd, "Member_List_Account", userIDs, MaxGetMembers); err != nil {
		return nil, err
	}
	filter, err := memberFilterOf(cmd, &f)
	if err != nil {
		return nil, err
	}
	req := getMembersRequest{groupID, check.Unique(userIDs), filter}
	resp, err := restapi.Do[struct{ MemberList []memberRow }](ctx, m.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	found := make(map[string]*memberRow, len(resp.MemberList))
	for i := range resp.MemberList {
		found[resp.MemberList[i].MemberAccount] = &resp.MemberList[i]
	}
	var members []Member
	for _, userID := range userIDs {
		if row, ok := found[userID]; ok {
			members = append(members, row.member())
		}
	}
	return members, nil
}

// A RoleResult is the place of one user in a group: [RoleNotMember] for one who is not in it. Its Err is why it could
// not be looked up, a [*restapi.Error], and nil if it was. A fake makes a failed one with [restapi.Failed].
type RoleResult struct {
	UserID          string
	Role            Role
	restapi.Outcome `json:"-"`
}

type rolesRequest struct {
	GroupID     string   `json:"GroupId"`
	UserAccount []string `json:"User_Account"`
}

type rolesAnswer struct {
	UserIDList []struct {
		MemberAccount string `json:"Member_Account"`
		Role          Role
	} `json:"UserIdList"`
}

// Roles looks up the roles of 1 to 500 users in a group. The result has one RoleResult for each user ID, in the order
// given: look at the Err of each.
//
// An AVChatRoom has no list of its members: [restapi.CodeGroupPermissionDenied]. [restapi.CodeGroupNotFound]: there is
// no such group. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34963
func (m Members) Roles(ctx context.Context, groupID string, userIDs []string) ([]RoleResult, error) {
	cmd := CommandGetRoleInGroup
	if err := checkGroupID(cmd, groupID); err != nil {
		return nil, err
	}
	if err := check.UserIDs(cmd, "User_Account", userIDs, MaxRoles); err != nil {
		return nil, err
	}
	resp, err := restapi.Do[rolesAnswer](ctx, m.caller, cmd, rolesRequest{groupID, check.Unique(userIDs)})
	if err != nil {
		return nil, err
	}
	answered := func(yield func(string, RoleResult) bool) {
		for _, row := range resp.UserIDList {
			role := Role(strings.TrimSpace(string(row.Role)))
			if !yield(row.MemberAccount, RoleResult{UserID: row.MemberAccount, Role: role}) {
				return
			}
		}
	}
	return batch.Collate(userIDs, answered, func(userID string) RoleResult {
		return RoleResult{UserID: userID, Outcome: restapi.Failed(check.Missing(cmd))}
	}), nil
}
