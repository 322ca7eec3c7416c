package group

import (
	"context"
	"iter"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// What one call of [Live] can name at most.
const (
	MaxMarkMembers = 500 // members of one [Live.Mark] or [Live.Unmark]
	MaxLiveAdmins  = 5   // admins of a live room, and so users of one [Live.AddAdmins]
)

// Live keeps live rooms, which are groups of the type AVChatRoom: who listens, who is marked, and who may keep order.
// All but [Live.OnlineMemberNum] and [Live.Broadcast] need the top plans, with the list of members on line of live
// rooms switched on in the console. Who is in a room the service knows about 10 to 40 seconds late.
type Live struct{ caller restapi.Caller }

// A LiveUser is a member or an admin of a live room.
type LiveUser struct {
	UserID   string
	NickName string
	Avatar   string    // the address of a picture
	JoinTime time.Time // zero for an admin: they need not be in the room
}

type roomUsersRequest struct {
	GroupID       string   `json:"GroupId"`
	MemberAccount []string `json:"Member_Account"`
}

// roomUsers refuses what is not a room with users, of whom how many one call can name is not documented.
func roomUsers(cmd restapi.Command, groupID string, userIDs []string) (roomUsersRequest, error) {
	if err := checkGroupID(cmd, groupID); err != nil {
		return roomUsersRequest{}, err
	}
	if err := check.UserIDs(cmd, "Member_Account", userIDs, len(userIDs)); err != nil {
		return roomUsersRequest{}, err
	}
	return roomUsersRequest{groupID, check.Unique(userIDs)}, nil
}

// OnlineMemberNum returns how many members of a live room are on line. The service counts about every 10 seconds, so
// that a change can show 20 seconds late.
//
// [restapi.CodeGroupNotFound]: there is no such group. [restapi.CodeGroupPermissionDenied]: it is not an AVChatRoom.
// 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/38521
func (l Live) OnlineMemberNum(ctx context.Context, groupID string) (int, error) {
	cmd := CommandGetOnlineMemberNum
	if err := checkGroupID(cmd, groupID); err != nil {
		return 0, err
	}
	resp, err := restapi.Do[struct{ OnlineMemberNum int }](ctx, l.caller, cmd, ofGroup{groupID})
	if err != nil {
		return 0, err
	}
	return resp.OnlineMemberNum, nil
}

// A LiveOption changes which members [Live.Members] and [Live.MemberPage] read.
type LiveOption func(*liveMembersRequest)

// WithMark reads only the members with the mark n, those with [MarkHidden] too. It stands in a sample of the vendor's
// and not in the table of fields.
func WithMark(n int) LiveOption { return func(r *liveMembersRequest) { r.Mark = n } }

type liveMembersRequest struct {
	GroupID   string `json:"GroupId"`
	Timestamp uint64 `json:"Timestamp"` // 0 too
	Mark      int    `json:"Mark,omitempty"`
}

type liveMembersAnswer struct {
	MemberList []struct {
		MemberAccount string `json:"Member_Account"`
		JoinTime      int64
		NickName      string
		Avatar        string
	}
	NextTimestamp uint64
}

// Members goes through the members of a live room who are on line, page by page as [Live.MemberPage] reads them. An
// error is yielded once, as the last thing. Each page, of up to 500, is a call: 200 calls a second and app, repeated
// after a failure on the way. Those who come and go meanwhile can be missed or be seen twice.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/50293
func (l Live) Members(ctx context.Context, groupID string, opts ...LiveOption) iter.Seq2[LiveUser, error] {
	return batch.Pages(ctx, CommandGetMembers,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[LiveUser], error) {
			return l.MemberPage(ctx, groupID, at, opts...)
		})
}

// MemberPage reads one page of the members of a live room who are on line, the latest to join first: at most 1000 in
// all pages, and on other plans at most 30. How long a page is the service decides, up to 500; it can be empty and have
// a Next. Who is marked [MarkHidden] is there only with [WithMark]. The service looks about every 10 seconds.
//
// [restapi.CodeGroupNotFound]: there is no such group. [restapi.CodeGroupPermissionDenied]: it is not an AVChatRoom.
// 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/50293
func (l Live) MemberPage(
	ctx context.Context, groupID string, cursor restapi.Cursor, opts ...LiveOption,
) (restapi.Page[LiveUser], error) {
	cmd := CommandGetMembers
	var page restapi.Page[LiveUser]
	if err := checkGroupID(cmd, groupID); err != nil {
		return page, err
	}
	req := liveMembersRequest{GroupID: groupID}
	if err := batch.ReadCursor(cmd, "Timestamp", cursor, &req.Timestamp); err != nil {
		return page, err
	}
	for _, opt := range opts {
		opt(&req)
	}
	resp, err := restapi.Do[liveMembersAnswer](ctx, l.caller, cmd, req)
	if err != nil {
		return page, err
	}
	for _, r := range resp.MemberList {
		page.Items = append(page.Items, LiveUser{r.MemberAccount, r.NickName, r.Avatar, wire.Moment(r.JoinTime)})
	}
	if resp.NextTimestamp != 0 {
		page.Next = batch.CursorOf(resp.NextTimestamp)
	}
	return page, nil
}

// CheckMembers returns those of the users who are in a live room, each once, in the order given. It knows more than the
// 1000 that [Live.Members] reads. How many one call can name is not documented. The service looks about every 40
// seconds.
//
// [restapi.CodeGroupPermissionDenied]: the group is not an AVChatRoom. No limit is documented: 200 calls a second and
// app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60523
func (l Live) CheckMembers(ctx context.Context, groupID string, userIDs []string) ([]string, error) {
	req, err := roomUsers(CommandCheckMembers, groupID, userIDs)
	if err != nil {
		return nil, err
	}
	resp, err := restapi.Do[struct {
		MemberAccount []string `json:"Member_Account"`
	}](ctx, l.caller, CommandCheckMembers, req)
	if err != nil {
		return nil, err
	}
	in := make(map[string]bool, len(resp.MemberAccount))
	for _, userID := range resp.MemberAccount {
		in[userID] = true
	}
	var found []string
	for _, userID := range req.MemberAccount {
		if in[userID] {
			found = append(found, userID)
		}
	}
	return found, nil
}
