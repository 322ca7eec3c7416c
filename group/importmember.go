package group

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// MaxImportMembers is the number of members that one call of [Import.Members] can name.
const MaxImportMembers = 300

// An ImportMember is a member of another system's group.
type ImportMember struct {
	MemberAccount string
	Role          Role // [RoleAdmin], or empty for a member
	// JoinTime is when the member came, cut to seconds: after the group was made, and the zero Time is now.
	JoinTime time.Time
	// UnreadMsgNum is how many messages the member has not read. One that is over the number of messages is that number.
	UnreadMsgNum int
}

type importMemberRow struct {
	MemberAccount string `json:"Member_Account"`
	Role          Role   `json:"Role,omitempty"`
	JoinTime      int64  `json:"JoinTime,omitempty"`
	UnreadMsgNum  int    `json:"UnreadMsgNum"`
}

type importMembersRequest struct {
	GroupID    string            `json:"GroupId"`
	MemberList []importMemberRow `json:"MemberList"`
}

// Members imports 1 to 300 members of a group, each named once. The result has one AddResult for each member, in the
// order given: look at the Err of each, a member who could not be imported, such as for a JoinTime before the group was
// made, does not fail the call.
//
// [restapi.CodeGroupNotFound]: there is no such group. 200 calls a second and app. Repeated after a failure that leaves
// its outcome open, so that [AlreadyMember] can also mean that the attempt before imported the member.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34969
func (i Import) Members(ctx context.Context, groupID string, members []ImportMember) ([]AddResult, error) {
	cmd := CommandImportGroupMember
	if err := checkGroupID(cmd, groupID); err != nil {
		return nil, err
	}
	if err := check.Count(cmd, "MemberList", len(members), MaxImportMembers); err != nil {
		return nil, err
	}
	req := importMembersRequest{GroupID: groupID}
	userIDs := make([]string, len(members))
	named := make(map[string]bool, len(members))
	for i, m := range members {
		if err := m.check(cmd, "MemberList["+strconv.Itoa(i)+"].", named); err != nil {
			return nil, err
		}
		userIDs[i] = m.MemberAccount
		req.MemberList = append(req.MemberList,
			importMemberRow{m.MemberAccount, m.Role, wire.Seconds(m.JoinTime), m.UnreadMsgNum})
	}
	resp, err := restapi.Do[addAnswer](ctx, i.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	return resp.results(cmd, userIDs), nil
}

func (m *ImportMember) check(cmd restapi.Command, at string, named map[string]bool) error {
	return cmp.Or(
		checkNewMember(cmd, at, m.MemberAccount, m.Role, named),
		checkPast(cmd, at+"JoinTime", m.JoinTime),
		checkUnread(cmd, at+"UnreadMsgNum", m.UnreadMsgNum),
	)
}

func checkUnread(cmd restapi.Command, field string, n int) error {
	if n < 0 {
		return check.Argument(cmd, field, "is %d, must not be negative", n)
	}
	return nil
}

type unreadRequest struct {
	GroupID       string `json:"GroupId"`
	MemberAccount string `json:"Member_Account"`
	UnreadMsgNum  int    `json:"UnreadMsgNum"`
}

// UnreadMsgNum sets how many messages of a group a member has not read; over the number of messages it is that number.
// A ChatRoom and an AVChatRoom do not count unread messages: they say that it went well, and nothing changes.
//
// [restapi.CodeGroupNotFound]: there is no such group. 200 calls a second and app. Repeated after a failure that leaves
// its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34909
func (i Import) UnreadMsgNum(ctx context.Context, groupID, userID string, n int) error {
	cmd := CommandSetUnreadMsgNum
	if err := cmp.Or(
		checkGroupID(cmd, groupID),
		check.UserID(cmd, "Member_Account", userID),
		checkUnread(cmd, "UnreadMsgNum", n),
	); err != nil {
		return err
	}
	return i.caller.Call(ctx, cmd, unreadRequest{groupID, userID, n}, nil)
}
