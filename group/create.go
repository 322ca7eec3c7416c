package group

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// MaxNewMembers is the number of first members that [Client.Create] can give a group.
const MaxNewMembers = 100

type createRequest struct {
	groupRequest

	InviteJoinOption  JoinOption   `json:"InviteJoinOption,omitempty"`
	MemberList        []newMember  `json:"MemberList,omitempty"`
	EnablePermission  message.Flag `json:"EnablePermission,omitempty"`
	DefaultPermission Permission   `json:"DefaultPermission,omitempty"`
}

// Create makes a group and returns its ID. The before-webhook of new groups can refuse it.
//
// [restapi.CodeGroupIDTakenByOwner] and [restapi.CodeGroupIDTaken]: there is a group with that ID, of the same owner or
// of another. [restapi.CodeGroupRejectedByWebhook]: the app's own webhook refused it; so do codes from 10100 to 10200,
// which the webhook chose. [restapi.CodeGroupInvalidParameter]: a value is wrong, of which one can be an owner who is
// not imported. [restapi.CodeGroupMemberLimit], [restapi.CodeGroupCountLimit], [restapi.CodeGroupAVChatRoomLimit] and
// [restapi.CodeGroupTrialLimit]: more members or groups than the plan has. [restapi.CodeSensitiveText]: the content
// filter stopped a text. 200 calls a second and app.
//
// Not repeated after a failure that leaves its outcome open: without a GroupID that can be a second group. With one, a
// program can call again, and [restapi.CodeGroupIDTakenByOwner] then says that the group is there.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34895
func (c *Client) Create(ctx context.Context, g Group) (string, error) {
	cmd := CommandCreateGroup
	shared, err := g.request(cmd)
	if err != nil {
		return "", err
	}
	members, err := g.newMembers(cmd)
	if err != nil {
		return "", err
	}
	if !g.CreateTime.IsZero() {
		return "", check.Argument(cmd, "CreateTime", "cannot be sent with this command")
	}
	req := createRequest{
		shared, g.InviteJoinOption, members, message.Flag(g.EnablePermission), g.DefaultPermission,
	}
	return g.send(ctx, c.caller, cmd, req)
}

// send sends what makes the group, a groupRequest or what has one, and returns its ID.
func (g *Group) send(ctx context.Context, c restapi.Caller, cmd restapi.Command, req any) (string, error) {
	resp, err := restapi.Do[struct {
		GroupID string `json:"GroupId"`
	}](ctx, c, cmd, req)
	if err != nil {
		return "", err
	}
	return madeID(cmd, resp.GroupID, g.GroupID)
}
