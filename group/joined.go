package group

import (
	"cmp"
	"context"
	"iter"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// MaxJoinedPage is the number of groups that one page of [Client.JoinedGroupPage] can have.
const MaxJoinedPage = 5000

// A JoinedQuery says which groups of a user [Client.JoinedGroups] goes through. Its zero value is all, but for those
// that have to be asked for by name.
type JoinedQuery struct {
	GroupType          Type // of this type alone
	WithHugeGroups     bool // also those of the type AVChatRoom, of which the list may have a part
	WithNoActiveGroups bool // also those of the type Private that have no message yet
	// SupportTopic lists communities with topics (true), which are left out otherwise, or those without (false).
	SupportTopic restapi.Optional[bool]
	// Filter says which fields the groups come with, by GroupBaseInfoFilter, and which the user in each, by
	// SelfInfoFilter; no other list can be sent. Without it they have their GroupID alone.
	Filter Filter
}

type joinedRequest struct {
	MemberAccount      string                         `json:"Member_Account"`
	WithHugeGroups     message.Flag                   `json:"WithHugeGroups,omitempty"`
	WithNoActiveGroups message.Flag                   `json:"WithNoActiveGroups,omitempty"`
	Limit              int                            `json:"Limit"`
	Offset             uint64                         `json:"Offset"`
	GroupType          Type                           `json:"GroupType,omitempty"`
	SupportTopic       restapi.Optional[message.Flag] `json:"SupportTopic,omitzero"`
	ResponseFilter     joinedFilter                   `json:"ResponseFilter,omitzero"`
}

type joinedFilter struct {
	GroupBaseInfoFilter []string `json:"GroupBaseInfoFilter,omitempty"`
	SelfInfoFilter      []string `json:"SelfInfoFilter,omitempty"`
}

// IsZero says that no field is asked for.
func (f joinedFilter) IsZero() bool { return len(f.GroupBaseInfoFilter)+len(f.SelfInfoFilter) == 0 }

// request returns the query as it is sent, for the beginning of the list, or refuses it.
func (q *JoinedQuery) request(userID string, limit int) (joinedRequest, error) {
	cmd := CommandGetJoinedGroupList
	size, err := pageSize(cmd, "Limit", limit, MaxJoinedPage)
	if err != nil {
		return joinedRequest{}, err
	}
	filter := joinedFilter{q.Filter.GroupBaseInfoFilter, q.Filter.SelfInfoFilter}
	req := joinedRequest{
		userID, message.Flag(q.WithHugeGroups), message.Flag(q.WithNoActiveGroups), size, 0, q.GroupType.older(),
		flag(q.SupportTopic), filter,
	}
	return req, cmp.Or(
		check.UserID(cmd, "Member_Account", userID),
		q.Filter.refuse(cmd, "MemberInfoFilter", "MemberRoleFilter",
			"AppDefinedDataFilter_Group", "AppDefinedDataFilter_GroupMember"),
	)
}

// JoinedGroups goes through the groups that userID is in, page by page as [Client.JoinedGroupPage] reads them. One that
// the user joins or leaves meanwhile can be missed, or come twice. An error is yielded once, as the last thing. Each
// page, of up to 5000 groups, is a call: 200 calls a second and app, repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34925
func (c *Client) JoinedGroups(ctx context.Context, userID string, q JoinedQuery) iter.Seq2[Info, error] {
	return batch.Pages(ctx, CommandGetJoinedGroupList,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[Info], error) {
			return c.JoinedGroupPage(ctx, userID, q, at, 0)
		})
}

// JoinedGroupPage reads one page of the groups that userID is in, of at most limit groups: 1 to 5000, and 0 for 5000.
// Its Total is how many groups there are. They have what q.Filter names, and their Err is nil.
//
// [restapi.CodeGroupResponseTooLarge]: the page would have over 1 MB. 200 calls a second and app. Repeated after a
// failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34925
func (c *Client) JoinedGroupPage(
	ctx context.Context, userID string, q JoinedQuery, cursor restapi.Cursor, limit int,
) (restapi.Page[Info], error) {
	cmd := CommandGetJoinedGroupList
	var page restapi.Page[Info]
	req, err := q.request(userID, limit)
	if err != nil {
		return page, err
	}
	if err := batch.ReadCursor(cmd, "Offset", cursor, &req.Offset); err != nil {
		return page, err
	}
	resp, err := restapi.Do[struct {
		TotalCount  int
		GroupIDList []joinedRow `json:"GroupIdList"`
	}](ctx, c.caller, cmd, req)
	if err != nil {
		return page, err
	}
	page.Total = resp.TotalCount
	for i := range resp.GroupIDList {
		page.Items = append(page.Items, resp.GroupIDList[i].info())
	}
	next := req.Offset + uint64(len(page.Items))
	if len(page.Items) > 0 && next < uint64(max(0, resp.TotalCount)) {
		page.Next = batch.CursorOf(next)
	}
	return page, nil
}
