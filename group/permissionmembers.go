package group

import (
	"context"
	"iter"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const maxPermissionMemberPage = 50

type permissionMembersRequest struct {
	inCommunity

	MemberList []memberName `json:"MemberList"`
}

type permissionMembersAnswer struct {
	MemberList []struct {
		MemberAccount string `json:"Member_Account"`
		Result        int    // 0 went well, unlike that of add_group_member
	}
}

// changeMembers sends the users and returns the outcome of each that the answer names.
func (p Permissions) changeMembers(
	ctx context.Context, cmd restapi.Command, groupID, permissionGroupID string, userIDs []string,
) (map[string]AddResult, error) {
	at, err := permissionGroupOf(cmd, groupID, permissionGroupID)
	if err != nil {
		return nil, err
	}
	if err := check.UserIDs(cmd, "MemberList", userIDs, MaxPermissionMembers); err != nil {
		return nil, err
	}
	req := permissionMembersRequest{inCommunity: at}
	for _, userID := range check.Unique(userIDs) {
		req.MemberList = append(req.MemberList, memberName{userID})
	}
	resp, err := restapi.Do[permissionMembersAnswer](ctx, p.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	answered := make(map[string]AddResult, len(resp.MemberList))
	for _, r := range resp.MemberList {
		result := AddResult{UserID: r.MemberAccount, Outcome: restapi.Failed(check.Item(cmd, r.Result, ""))}
		switch restapi.Code(r.Result) {
		case 0:
			result.Result = Added
		case restapi.CodeGroupAlreadyMember:
			result.Result, result.Outcome = AlreadyMember, restapi.Outcome{}
		}
		answered[r.MemberAccount] = result
	}
	return answered, nil
}

// AddMembers puts 1 to 100 members of a community into one of its permission groups. The result has one AddResult for
// each user ID, in the order given: look at the Err of each, a user who could not be put in does not fail the call.
//
// Of an AddResult: the code that the service gives, such as [restapi.CodePermissionMemberLimit], the permission group
// is full. Of the call: [restapi.CodePermissionGroupNotFound], there is no such permission group. 200 calls a second
// and app. Repeated after a failure that leaves its outcome open, so that [AlreadyMember] can also mean that the
// attempt before put the user in.
//
// Vendor page: https://cloud.tencent.com/document/product/269/103974
func (p Permissions) AddMembers(
	ctx context.Context, groupID, permissionGroupID string, userIDs []string,
) ([]AddResult, error) {
	cmd := CommandAddPermissionGroupMember
	answered, err := p.changeMembers(ctx, cmd, groupID, permissionGroupID, userIDs)
	if err != nil {
		return nil, err
	}
	return addResults(cmd, userIDs, answered), nil
}

// DeleteMembers takes 1 to 100 users out of a permission group; they stay in the community, whose members are all told.
// One who is not in it is no failure. What the service says of the single users is not documented: where it names some
// who stayed in, the error is that of all of them, as [restapi.Join] has it, and the others are out.
//
// [restapi.CodePermissionGroupNotFound]: there is no such permission group. 200 calls a second and app. Repeated after
// a failure that leaves its outcome open.
//
// Vendor page: https://cloud.tencent.com/document/product/269/103975
func (p Permissions) DeleteMembers(ctx context.Context, groupID, permissionGroupID string, userIDs []string) error {
	cmd := CommandDeletePermissionGroupMember
	answered, err := p.changeMembers(ctx, cmd, groupID, permissionGroupID, userIDs)
	if err != nil {
		return err
	}
	results := make([]AddResult, len(userIDs))
	for i, userID := range userIDs {
		results[i] = answered[userID]
	}
	return restapi.Join(results, nil)
}

type permissionMemberListRequest struct {
	inCommunity

	Limit int            `json:"Limit"`
	Next  restapi.Cursor `json:"Next"`
}

type permissionMemberListAnswer struct {
	MemberList []memberRow
	Next       mark
}

// Members goes through the members of a permission group, page by page as [Permissions.MemberPage] reads them. An error
// is yielded once, as the last thing. Each page, of up to 50, is a call: 200 calls a second and app, repeated after a
// failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/103976
func (p Permissions) Members(ctx context.Context, groupID, permissionGroupID string) iter.Seq2[Member, error] {
	return batch.Pages(ctx, CommandGetPermissionGroupMemberList,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[Member], error) {
			return p.MemberPage(ctx, groupID, permissionGroupID, at, 0)
		})
}

// MemberPage reads one page of the members of a permission group, of at most limit: 0 stands for 50, the most. Of a
// Member the UserID alone is sure to be there.
//
// [restapi.CodePermissionGroupNotFound]: there is no such permission group. 200 calls a second and app. Repeated after
// a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/103976
func (p Permissions) MemberPage(
	ctx context.Context, groupID, permissionGroupID string, cursor restapi.Cursor, limit int,
) (restapi.Page[Member], error) {
	cmd := CommandGetPermissionGroupMemberList
	at, err := permissionGroupOf(cmd, groupID, permissionGroupID)
	if err != nil {
		return restapi.Page[Member]{}, err
	}
	size, err := pageSize(cmd, "Limit", limit, maxPermissionMemberPage)
	if err != nil {
		return restapi.Page[Member]{}, err
	}
	req := permissionMemberListRequest{at, size, cursor}
	resp, err := restapi.Do[permissionMemberListAnswer](ctx, p.caller, cmd, req)
	if err != nil {
		return restapi.Page[Member]{}, err
	}
	page := restapi.Page[Member]{Next: restapi.Cursor(resp.Next)}
	for i := range resp.MemberList {
		page.Items = append(page.Items, resp.MemberList[i].member())
	}
	return page, nil
}
