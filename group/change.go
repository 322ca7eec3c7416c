package group

import (
	"cmp"
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Change is what [Client.Modify] changes of a group. What is absent, 0 or empty stays as it is; a text that is
// present and empty takes away what was there. Texts are limited in bytes of UTF-8.
type Change struct {
	Name         restapi.Optional[string] // 1 to 30 bytes
	Introduction restapi.Optional[string] // at most 240 bytes
	Notification restapi.Optional[string] // at most 300 bytes
	FaceURL      restapi.Optional[string] // at most 100 bytes
	MaxMemberNum int                      // an AVChatRoom has no limit, and ignores it
	// ApplyJoinOption is what becomes of those who ask to join, InviteJoinOption of those who are invited.
	ApplyJoinOption, InviteJoinOption JoinOption
	MuteAllMember                     Switch // On: only the owner and admins may speak
	// HistoryMsgBeforeJoin lets new members read what was sent before. It is seen in a client library only.
	HistoryMsgBeforeJoin Switch
	// EnablePermission has permission groups say what members of a Community with topics may do, DefaultPermission what
	// each of them may. They are seen in client libraries only.
	EnablePermission  restapi.Optional[bool]
	DefaultPermission restapi.Optional[Permission]
	// AppDefinedData are custom fields, with values of at most 512 bytes. An empty value takes a field away.
	AppDefinedData CustomFields
	FromAccount    string // has the change shown as made by this user; empty: by the administrator who calls
}

type changeRequest struct {
	GroupID              string                         `json:"GroupId"`
	Name                 restapi.Optional[string]       `json:"Name,omitzero"`
	Introduction         restapi.Optional[string]       `json:"Introduction,omitzero"`
	Notification         restapi.Optional[string]       `json:"Notification,omitzero"`
	FaceURL              restapi.Optional[string]       `json:"FaceUrl,omitzero"`
	MaxMemberNum         int                            `json:"MaxMemberNum,omitempty"`
	ApplyJoinOption      JoinOption                     `json:"ApplyJoinOption,omitempty"`
	InviteJoinOption     JoinOption                     `json:"InviteJoinOption,omitempty"`
	MuteAllMember        Switch                         `json:"MuteAllMember,omitempty"`
	HistoryMsgBeforeJoin Switch                         `json:"HistoryMsgBeforeJoin,omitempty"`
	EnablePermission     restapi.Optional[message.Flag] `json:"EnablePermission,omitzero"`
	DefaultPermission    restapi.Optional[Permission]   `json:"DefaultPermission,omitzero"`
	AppDefinedData       CustomFields                   `json:"AppDefinedData,omitempty"`
	FromAccount          string                         `json:"From_Account,omitempty"`
}

// request returns the change of a group as it is sent.
func (c *Change) request(groupID string) changeRequest {
	return changeRequest{
		groupID, c.Name, c.Introduction, c.Notification, c.FaceURL, c.MaxMemberNum, c.ApplyJoinOption, c.InviteJoinOption,
		c.MuteAllMember, c.HistoryMsgBeforeJoin, flag(c.EnablePermission), c.DefaultPermission, c.AppDefinedData,
		c.FromAccount,
	}
}

// flag returns a bool that can be absent as 1 or 0 that can be.
func flag(b restapi.Optional[bool]) restapi.Optional[message.Flag] {
	if value, given := b.Get(); given {
		return restapi.Some(message.Flag(value))
	}
	return restapi.Optional[message.Flag]{}
}

// isEmpty says that nothing is to be changed.
func (c *Change) isEmpty() bool {
	return c.Name.IsZero() && c.Introduction.IsZero() && c.Notification.IsZero() && c.FaceURL.IsZero() &&
		c.MaxMemberNum == 0 && cmp.Or(c.ApplyJoinOption, c.InviteJoinOption) == "" &&
		cmp.Or(c.MuteAllMember, c.HistoryMsgBeforeJoin) == "" &&
		c.EnablePermission.IsZero() && c.DefaultPermission.IsZero() && len(c.AppDefinedData) == 0
}

func (c *Change) check(cmd restapi.Command) error {
	switch {
	case c.isEmpty():
		return check.Argument(cmd, "Change", "changes nothing")
	case c.MaxMemberNum < 0:
		return check.Argument(cmd, "MaxMemberNum", "is %d, must not be negative", c.MaxMemberNum)
	case !c.Name.IsZero() && c.Name.Or("") == "":
		return check.Argument(cmd, "Name", "is empty")
	case c.FromAccount != "":
		if err := check.UserID(cmd, "From_Account", c.FromAccount); err != nil {
			return err
		}
	}
	texts := texts{"Name", c.Name.Or(""), c.Introduction.Or(""), c.Notification.Or(""), c.FaceURL.Or("")}
	return cmp.Or(texts.check(cmd), c.AppDefinedData.check(cmd, "AppDefinedData", maxGroupValue))
}

// Modify changes what is present in change of a group, and leaves the rest as it is. An after-webhook tells of the four
// texts alone.
//
// [restapi.CodeGroupNotFound]: there is no such group. [restapi.CodeGroupPermissionDenied]: the type of the group does
// not have what is to be changed. [restapi.CodeSensitiveText]: the content filter stopped a text. 200 calls a second
// and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34962
func (c *Client) Modify(ctx context.Context, groupID string, change Change) error {
	cmd := CommandModifyGroupBaseInfo
	if err := cmp.Or(checkGroupID(cmd, groupID), change.check(cmd)); err != nil {
		return err
	}
	return c.caller.Call(ctx, cmd, change.request(groupID), nil)
}
