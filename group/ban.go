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

const (
	maxBanDescription = 1000 // bytes
	maxBanPage        = 100
)

type banRequest struct {
	GroupID        string   `json:"GroupId"`
	MembersAccount []string `json:"Members_Account"`
	Duration       uint32   `json:"Duration"`
	Description    string   `json:"Description,omitempty"`
}

// Ban takes 1 to 20 users out of a group and keeps them out for d, whole seconds from 1 up to [Forever]. description,
// at most 1000 bytes, is what they are shown; it can be empty.
//
// [restapi.CodeGroupPermissionDenied]: the plan or the type of the group does not allow it; the pages disagree about
// communities. 200 calls a second and app. Repeated after a failure that leaves its outcome open; the ban then lasts
// from the repeat on.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/50296
func (m Members) Ban(
	ctx context.Context, groupID string, userIDs []string, d time.Duration, description string,
) error {
	cmd := CommandBanGroupMember
	if err := checkBan(cmd, groupID, userIDs); err != nil {
		return err
	}
	n, err := seconds(cmd, "Duration", d, time.Second)
	if err != nil {
		return err
	}
	if err := check.Text(cmd, "Description", description, maxBanDescription); err != nil {
		return err
	}
	return m.caller.Call(ctx, cmd, banRequest{groupID, check.Unique(userIDs), n, description}, nil)
}

type unbanRequest struct {
	GroupID        string   `json:"GroupId"`
	MembersAccount []string `json:"Members_Account"`
}

// Unban ends the bans of 1 to 20 users: they can come back, and are not put back.
//
// [restapi.CodeGroupPermissionDenied] as of [Members.Ban]. 200 calls a second and app. Repeated after a failure that
// leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/50297
func (m Members) Unban(ctx context.Context, groupID string, userIDs []string) error {
	cmd := CommandUnbanGroupMember
	if err := checkBan(cmd, groupID, userIDs); err != nil {
		return err
	}
	return m.caller.Call(ctx, cmd, unbanRequest{groupID, check.Unique(userIDs)}, nil)
}

func checkBan(cmd restapi.Command, groupID string, userIDs []string) error {
	if err := checkGroupID(cmd, groupID); err != nil {
		return err
	}
	return check.UserIDs(cmd, "Members_Account", userIDs, MaxBan)
}

type bannedRequest struct {
	GroupID string `json:"GroupId"`
	Limit   int    `json:"Limit"`
	Offset  uint64 `json:"Offset"` // always: the service asks for 0 too
}

type bannedAnswer struct {
	BannedAccountList []struct {
		MemberAccount string `json:"Member_Account"`
		BannedUntil   int64
	}
	NextOffset uint64
}

// Banned goes through the users who are banned from a group, 100 to a page. An error is yielded once, as the last
// thing. Each page is a call: 200 calls a second and app, repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/50295
func (m Members) Banned(ctx context.Context, groupID string) iter.Seq2[Restricted, error] {
	return batch.Pages(ctx, CommandGetGroupBanMember,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[Restricted], error) {
			return m.BannedPage(ctx, groupID, at, 0)
		})
}

// BannedPage reads one page of the users who are banned from a group, of at most limit: 1 to 100, and 0 for 100.
//
// [restapi.CodeGroupPermissionDenied] as of [Members.Ban]. 200 calls a second and app. Repeated after a failure on the
// way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/50295
func (m Members) BannedPage(
	ctx context.Context, groupID string, cursor restapi.Cursor, limit int,
) (restapi.Page[Restricted], error) {
	var page restapi.Page[Restricted]
	cmd := CommandGetGroupBanMember
	if err := checkGroupID(cmd, groupID); err != nil {
		return page, err
	}
	size, err := pageSize(cmd, "Limit", limit, maxBanPage)
	if err != nil {
		return page, err
	}
	req := bannedRequest{GroupID: groupID, Limit: size}
	if err := batch.ReadCursor(cmd, "Offset", cursor, &req.Offset); err != nil {
		return page, err
	}
	resp, err := restapi.Do[bannedAnswer](ctx, m.caller, cmd, req)
	if err != nil {
		return page, err
	}
	for _, row := range resp.BannedAccountList {
		page.Items = append(page.Items, Restricted{row.MemberAccount, wire.Moment(row.BannedUntil)})
	}
	if resp.NextOffset != 0 {
		page.Next = batch.CursorOf(resp.NextOffset)
	}
	return page, nil
}
