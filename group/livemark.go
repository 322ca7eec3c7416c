package group

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// The marks of members of live rooms that the service gives a meaning. Those of the app's own are 1000 and above, at
// most 10 different ones in a room.
const (
	MarkRobot  = 500 // counts as on line for up to 3 days, see [Live.AddRobots]
	MarkHidden = 600 // is in the list of members only where it is asked for by mark, see [WithMark]

	minOwnMark = 1000
)

// ErrNotOnline is why a member of a live room could not be marked.
var ErrNotOnline = errors.New("member is not on line")

// Marked are the marks that one member of a live room is to get or to lose.
type Marked struct {
	MemberAccount string `json:"Member_Account"`
	Marks         []int  `json:"Marks"` // at least one
}

// A MarkResult is what became of one member: the marks that the service says it has set or deleted. Its Err is
// [ErrNotOnline] where the answer leaves the member out, which it does with those who are not on line. A fake makes a
// failed one with [restapi.Failed].
type MarkResult struct {
	UserID          string
	Marks           []int
	restapi.Outcome `json:"-"`
}

// Mark sets marks of 1 to 500 members of a live room who are on line, which they keep until they leave it or their
// connection is lost: the webhook of the type callback.GroupOnMemberStateChange says when to set them again. The result
// has one MarkResult for each member, in the order given: look at the Err of each, one who is not on line does not fail
// the call. A mark can be that of 1000 members.
//
// [restapi.CodeGroupInvalidParameter]: none of them is on line, or there would be too many marks.
// [restapi.CodeGroupNotFound]: there is no such group. [restapi.CodeGroupPermissionDenied]: it is not an AVChatRoom.
// 200 calls a second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://github.com/tencentyun/qcloud-documents (product/移动与通信/即时通信/9服务端 API/服务端API/群组管理/设置直播群成员标记.md).
func (l Live) Mark(ctx context.Context, groupID string, members ...Marked) ([]MarkResult, error) {
	return l.mark(ctx, groupID, commandSet, members)
}

// Unmark deletes marks of 1 to 500 members of a live room who are on line. The result has one MarkResult for each
// member, in the order given: look at the Err of each, one who is not on line does not fail the call.
//
// [restapi.CodeGroupInvalidParameter]: none of them is on line. [restapi.CodeGroupNotFound]: there is no such group.
// [restapi.CodeGroupPermissionDenied]: it is not an AVChatRoom. 200 calls a second and app. Repeated after a failure
// that leaves its outcome open.
//
// Vendor page: https://github.com/tencentyun/qcloud-documents (product/移动与通信/即时通信/9服务端 API/服务端API/群组管理/设置直播群成员标记.md).
func (l Live) Unmark(ctx context.Context, groupID string, members ...Marked) ([]MarkResult, error) {
	return l.mark(ctx, groupID, commandRemove, members)
}

func (l Live) mark(ctx context.Context, groupID string, command int, members []Marked) ([]MarkResult, error) {
	cmd := CommandModifyUserInfo
	if err := checkGroupID(cmd, groupID); err != nil {
		return nil, err
	}
	asked, err := checkMarked(cmd, members)
	if err != nil {
		return nil, err
	}
	req := struct {
		GroupID     string   `json:"GroupId"`
		CommandType int      `json:"CommandType"`
		MemberList  []Marked `json:"MemberList"`
	}{groupID, command, members}
	resp, err := restapi.Do[struct{ MemberList []Marked }](ctx, l.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	answered := make(map[string]MarkResult, len(resp.MemberList))
	for _, m := range resp.MemberList {
		answered[m.MemberAccount] = MarkResult{UserID: m.MemberAccount, Marks: m.Marks}
	}
	return batch.Collate(asked, maps.All(answered), func(userID string) MarkResult {
		err := &restapi.Error{Command: cmd, HTTPStatus: http.StatusOK, Err: ErrNotOnline}
		return MarkResult{UserID: userID, Outcome: restapi.Failed(err)}
	}), nil
}

// checkMarked refuses members that cannot be marked so, and returns who they are.
func checkMarked(cmd restapi.Command, members []Marked) ([]string, error) {
	if err := check.Count(cmd, "MemberList", len(members), MaxMarkMembers); err != nil {
		return nil, err
	}
	asked := make([]string, len(members))
	named := make(map[string]bool, len(members))
	for i, m := range members {
		at := "MemberList[" + strconv.Itoa(i) + "]."
		if err := check.UserID(cmd, at+"Member_Account", m.MemberAccount); err != nil {
			return nil, err
		}
		switch {
		case named[m.MemberAccount]:
			return nil, check.Argument(cmd, at+"Member_Account", "is named twice")
		case len(m.Marks) == 0:
			return nil, check.Argument(cmd, at+"Marks", "is empty")
		}
		for j, mark := range m.Marks {
			if mark < minOwnMark && mark != MarkRobot && mark != MarkHidden {
				return nil, check.Argument(cmd, at+"Marks["+strconv.Itoa(j)+"]",
					"is %d, not %d, %d, or %d and above", mark, MarkRobot, MarkHidden, minOwnMark)
			}
		}
		named[m.MemberAccount] = true
		asked[i] = m.MemberAccount
	}
	return asked, nil
}
