package group

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
)

type notifyRequest struct {
	chat

	ToMembersAccount []string `json:"ToMembers_Account,omitempty"`
	Content          string   `json:"Content"`
}

// Notify tells all members of a group, or of a topic, something in the name of the service. It is kept nowhere: who is
// off line never hears of it, and clients hear it apart from messages.
//
// [restapi.CodeGroupNotFound]: there is no such group. 200 calls a second and app. Not repeated after a failure that
// leaves its outcome open, as it would be shown twice.
//
// Vendor page: https://cloud.tencent.com/document/product/269/1630
func (c *Client) Notify(ctx context.Context, chatID, content string) error {
	return c.notify(ctx, chatID, nil, content)
}

// NotifyMembers is [Client.Notify] for some members alone, at least one. How many one call can name is not documented.
// An AVChatRoom has no such notices: [restapi.CodeGroupInvalidParameter].
//
// 200 calls a second and app. Not repeated after a failure that leaves its outcome open, as it would be shown twice.
//
// Vendor page: https://cloud.tencent.com/document/product/269/1630
func (c *Client) NotifyMembers(ctx context.Context, chatID string, userIDs []string, content string) error {
	err := check.UserIDs(CommandSendGroupSystemNotification, "ToMembers_Account", userIDs, len(userIDs))
	if err != nil {
		return err
	}
	return c.notify(ctx, chatID, check.Unique(userIDs), content)
}

func (c *Client) notify(ctx context.Context, chatID string, userIDs []string, content string) error {
	cmd := CommandSendGroupSystemNotification
	to, err := chatOf(cmd, chatID)
	if err != nil {
		return err
	}
	if content == "" {
		return check.Argument(cmd, "Content", "is empty")
	}
	if err := check.Text(cmd, "Content", content, len(content)); err != nil { // how long it can be is not documented
		return err
	}
	return c.caller.Call(ctx, cmd, notifyRequest{to, userIDs, content}, nil)
}
