package group

import (
	"context"
	"encoding/json"
	"iter"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// maxMemberPage is how many members a page has: the vendor's pages say 200, and 6000 elsewhere.
const maxMemberPage = 200

// otherFilters are the lists of a Filter that the commands about members do not have.
var otherFilters = [...]string{"GroupBaseInfoFilter", "SelfInfoFilter", "AppDefinedDataFilter_Group"}

// memberFilter is a Filter as the commands about members have it.
type memberFilter struct {
	MemberInfoFilter                []string `json:"MemberInfoFilter,omitempty"`
	MemberRoleFilter                []Role   `json:"MemberRoleFilter,omitempty"`
	AppDefinedDataFilterGroupMember []string `json:"AppDefinedDataFilter_GroupMember,omitempty"`
}

func memberFilterOf(cmd restapi.Command, f *Filter) (memberFilter, error) {
	if err := f.refuse(cmd, otherFilters[:]...); err != nil {
		return memberFilter{}, err
	}
	return memberFilter{f.MemberInfoFilter, f.MemberRoleFilter, f.AppDefinedDataFilterGroupMember}, nil
}

// membersRequest has the place of the page by a number, or for a community by a mark.
type membersRequest struct {
	GroupID string `json:"GroupId"`
	Limit   int    `json:"Limit"`
	memberFilter
	Offset restapi.Optional[uint64]         `json:"Offset,omitzero"`
	Next   restapi.Optional[restapi.Cursor] `json:"Next,omitzero"`
}

type membersAnswer struct {
	MemberNum  int
	MemberList []memberRow
	Next       json.RawMessage
}

// All goes through the members of a group, 200 to a page, with the fields that f names or all. Whoever comes or goes
// meanwhile can be missed or seen twice; of a community, whose list goes by marks, the pages do not say. An error is
// yielded once, as the last thing. Each page is a call: 200 calls a second and app, repeated after a failure on the
// way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34948
func (m Members) All(ctx context.Context, groupID string, f Filter) iter.Seq2[Member, error] {
	return batch.Pages(ctx, CommandGetGroupMemberInfo,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[Member], error) {
			return m.Page(ctx, groupID, f, at, 0)
		})
}

// Page reads one page of the members of a group, with the fields that f names or all, of at most limit members: 1 to
// 200, and 0 for 200. With a MemberRoleFilter a page can be empty and have a Next. Total is how many members the group
// has.
//
// An AVChatRoom has no list of its members, see [Live.Members]: [restapi.CodeGroupPermissionDenied].
// [restapi.CodeGroupNotFound]: there is no such group. [restapi.CodeGroupResponseTooLarge]: an answer cannot exceed
// 1 MB; ask for less. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34948
func (m Members) Page(
	ctx context.Context, groupID string, f Filter, cursor restapi.Cursor, limit int,
) (restapi.Page[Member], error) {
	var page restapi.Page[Member]
	req, err := membersRequestOf(groupID, &f, cursor, limit)
	if err != nil {
		return page, err
	}
	resp, err := restapi.Do[membersAnswer](ctx, m.caller, CommandGetGroupMemberInfo, req)
	if err != nil {
		return page, err
	}
	page.Total = resp.MemberNum
	if page.Next, err = resp.next(&req); err != nil {
		return page, err
	}
	for i := range resp.MemberList {
		page.Items = append(page.Items, resp.MemberList[i].member())
	}
	return page, nil
}

func membersRequestOf(groupID string, f *Filter, cursor restapi.Cursor, limit int) (membersRequest, error) {
	cmd := CommandGetGroupMemberInfo
	if err := checkGroupID(cmd, groupID); err != nil {
		return membersRequest{}, err
	}
	filter, err := memberFilterOf(cmd, f)
	if err != nil {
		return membersRequest{}, err
	}
	size, err := pageSize(cmd, "Limit", limit, maxMemberPage)
	if err != nil {
		return membersRequest{}, err
	}
	req := membersRequest{GroupID: groupID, Limit: size, memberFilter: filter}
	if strings.HasPrefix(groupID, communityPrefix) {
		req.Next = restapi.Some(cursor)
		return req, nil
	}
	var offset uint64
	if err := batch.ReadCursor(cmd, "Offset", cursor, &offset); err != nil {
		return membersRequest{}, err
	}
	req.Offset = restapi.Some(offset)
	return req, nil
}

// next is the place of the page after this one. Without a filter by roles the list goes on behind those that came, and
// ends with all of them or with none. With one it is not documented which members are counted: the list goes on behind
// as many as were asked for, past pages that have none of the roles, until all members were passed.
func (a *membersAnswer) next(req *membersRequest) (restapi.Cursor, error) {
	offset, byNumber := req.Offset.Get()
	if !byNumber {
		if len(a.Next) == 0 {
			return "", nil
		}
		mark, err := wire.Text(a.Next)
		if mark == "0" { // the older pages have a number, of which 0 is the first page
			mark = ""
		}
		return restapi.Cursor(mark), err
	}
	got, total := uint64(len(a.MemberList)), uint64(max(0, a.MemberNum))
	passed := got
	if len(req.MemberRoleFilter) > 0 {
		passed = uint64(req.Limit)
	}
	offset += passed
	if passed == 0 || total > 0 && offset >= total || total == 0 && got < uint64(req.Limit) {
		return "", nil
	}
	return batch.CursorOf(offset), nil
}
