package group

import (
	"context"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const maxNameCard = 50 // bytes

// A MemberChange is what is changed of a member. What is zero stays as it is.
type MemberChange struct {
	Role                 Role // RoleAdmin or RoleMember
	MsgFlag              MsgFlag
	NameCard             restapi.Optional[string] // at most 50 bytes
	AppMemberDefinedData CustomFields             // values of at most 64 bytes; those that are not named stay as they are
	// MuteTime mutes the member for whole seconds up to [Forever]; 0 ends a mute.
	MuteTime restapi.Optional[time.Duration]
}

type memberChangeRequest struct {
	GroupID              string                   `json:"GroupId"`
	MemberAccount        string                   `json:"Member_Account"`
	Role                 Role                     `json:"Role,omitempty"`
	MsgFlag              MsgFlag                  `json:"MsgFlag,omitempty"`
	NameCard             restapi.Optional[string] `json:"NameCard,omitzero"`
	AppMemberDefinedData CustomFields             `json:"AppMemberDefinedData,omitempty"`
	MuteTime             restapi.Optional[uint32] `json:"MuteTime,omitzero"`
}

// Modify changes what change has of a member. A group has one owner, which [Client.ChangeOwner] changes.
//
// [restapi.CodeGroupPermissionDenied]: a Private group has no mutes, an AVChatRoom no list of its members.
// [restapi.CodeGroupNotFound]: there is no such group. [restapi.CodeSensitiveText]: the name card has a forbidden word.
// 200 calls a second and app. Repeated after a failure that leaves its outcome open; a mute then lasts from the repeat
// on.
//
// Vendor page: https://cloud.tencent.com/document/product/269/1623
func (m Members) Modify(ctx context.Context, groupID, userID string, change MemberChange) error {
	req, err := change.request(groupID, userID)
	if err != nil {
		return err
	}
	return m.caller.Call(ctx, CommandModifyGroupMemberInfo, req, nil)
}

func (c *MemberChange) request(groupID, userID string) (memberChangeRequest, error) {
	cmd := CommandModifyGroupMemberInfo
	req := memberChangeRequest{
		GroupID: groupID, MemberAccount: userID,
		Role: c.Role, MsgFlag: c.MsgFlag, NameCard: c.NameCard, AppMemberDefinedData: c.AppMemberDefinedData,
	}
	if err := checkGroupID(cmd, groupID); err != nil {
		return req, err
	}
	if err := check.UserID(cmd, "Member_Account", userID); err != nil {
		return req, err
	}
	if c.Role == RoleOwner || c.Role == RoleNotMember {
		return req, check.Argument(cmd, "Role", "is %s, which cannot be given", c.Role)
	}
	if err := check.Text(cmd, "NameCard", c.NameCard.Or(""), maxNameCard); err != nil {
		return req, err
	}
	if err := c.AppMemberDefinedData.check(cmd, "AppMemberDefinedData", maxMemberValue); err != nil {
		return req, err
	}
	mute, muted := c.MuteTime.Get()
	if muted {
		n, err := seconds(cmd, "MuteTime", mute, 0)
		if err != nil {
			return req, err
		}
		req.MuteTime = restapi.Some(n)
	}
	if c.Role == "" && c.MsgFlag == "" && c.NameCard.IsZero() && len(c.AppMemberDefinedData) == 0 && !muted {
		return req, check.Argument(cmd, "Role", "is empty, and nothing else is to change")
	}
	return req, nil
}
