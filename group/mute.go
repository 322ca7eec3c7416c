package group

import (
	"context"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Restricted is a user who is muted or banned until then.
type Restricted struct {
	UserID string
	Until  time.Time
}

// muteRequest has MuteTime always: 0 is what ends a mute.
type muteRequest struct {
	chat
	MembersAccount []string `json:"Members_Account"`
	MuteTime       uint32   `json:"MuteTime"`
}

// Mute keeps 1 to 500 members of a group or a topic from sending messages for d, whole seconds from 1 up to [Forever].
// It outlives leaving and joining again. A mute for no time is refused, see [Members.Unmute].
//
// A Private group has no mutes: [restapi.CodeGroupPermissionDenied]. [restapi.CodeGroupNotFound]: there is no such
// group. 200 calls a second and app. Repeated after a failure that leaves its outcome open; the mute then lasts from
// the repeat on.
//
// Vendor page: https://cloud.tencent.com/document/product/269/1627
func (m Members) Mute(ctx context.Context, chatID string, userIDs []string, d time.Duration) error {
	n, err := seconds(CommandForbidSendMsg, "MuteTime", d, time.Second)
	if err != nil {
		return err
	}
	return m.mute(ctx, chatID, userIDs, n)
}

// Unmute ends the mutes of 1 to 500 members of a group or a topic. One who is not muted is no failure.
//
// A Private group has no mutes: [restapi.CodeGroupPermissionDenied]. [restapi.CodeGroupNotFound]: there is no such
// group. 200 calls a second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://cloud.tencent.com/document/product/269/1627
func (m Members) Unmute(ctx context.Context, chatID string, userIDs []string) error {
	return m.mute(ctx, chatID, userIDs, 0)
}

func (m Members) mute(ctx context.Context, chatID string, userIDs []string, n uint32) error {
	cmd := CommandForbidSendMsg
	at, err := chatOf(cmd, chatID)
	if err != nil {
		return err
	}
	if err := check.UserIDs(cmd, "Members_Account", userIDs, MaxMute); err != nil {
		return err
	}
	return m.caller.Call(ctx, cmd, muteRequest{at, check.Unique(userIDs), n}, nil)
}

type mutedAnswer struct {
	MutedAccountList []struct {
		MemberAccount string `json:"Member_Account"`
		MutedUntil    int64
	}
}

// Muted returns the members of a group or a topic who are muted. What Until is for one who is muted [Forever] is not
// documented.
//
// [restapi.CodeGroupNotFound]: there is no such group. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34964
func (m Members) Muted(ctx context.Context, chatID string) ([]Restricted, error) {
	at, err := chatOf(CommandGetGroupMutedAccount, chatID)
	if err != nil {
		return nil, err
	}
	resp, err := restapi.Do[mutedAnswer](ctx, m.caller, CommandGetGroupMutedAccount, at)
	if err != nil {
		return nil, err
	}
	var muted []Restricted
	for _, row := range resp.MutedAccountList {
		muted = append(muted, Restricted{row.MemberAccount, wire.Moment(row.MutedUntil)})
	}
	return muted, nil
}

type shuttedAnswer struct {
	ShuttedUinList []struct {
		MemberAccount string `json:"Member_Account"`
		ShuttedUntil  int64
	}
}

// ShuttedUin returns the members of a group who are muted, by the older command.
//
// [restapi.CodeGroupNotFound]: there is no such group. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/2925
//
// Deprecated: the vendor has replaced this command. Use [Members.Muted], which takes topics too.
func (m Members) ShuttedUin(ctx context.Context, groupID string) ([]Restricted, error) {
	cmd := CommandGetGroupShuttedUin
	if err := checkGroupID(cmd, groupID); err != nil {
		return nil, err
	}
	resp, err := restapi.Do[shuttedAnswer](ctx, m.caller, cmd, ofGroup{groupID})
	if err != nil {
		return nil, err
	}
	var muted []Restricted
	for _, row := range resp.ShuttedUinList {
		muted = append(muted, Restricted{row.MemberAccount, wire.Moment(row.ShuttedUntil)})
	}
	return muted, nil
}
