package group_test

import (
	"context"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
)

const room = "@TGS#aroom" // an AVChatRoom

func liveRows() []conform.Row {
	users := []string{"ana", "ben"}
	marked := []group.Marked{{"ana", []int{1000, 1001}}, {"ben", []int{group.MarkHidden, 1001}}}
	return []conform.Row{
		row(group.CommandGetOnlineMemberNum, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Live.OnlineMemberNum(ctx, room)
		}),
		row(group.CommandGetMembers, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Live.MemberPage(ctx, room, "1700000000", group.WithMark(1000))
		}),
		hinted(row(group.CommandGetMembers, func(ctx context.Context, c *group.Client) (any, error) {
			return conform.Drain(c.Live.Members(ctx, room, group.WithMark(1000)))
		}), map[string]any{"NextTimestamp": 0}),
		row(group.CommandCheckMembers, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Live.CheckMembers(ctx, room, users)
		}),
		row(group.CommandModifyUserInfo, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Live.Mark(ctx, room, marked...)
		}),
		row(group.CommandModifyUserInfo, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Live.Unmark(ctx, room, marked...)
		}),
		row(group.CommandModifyAdmin, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Live.AddAdmins(ctx, room, users)
		}),
		row(group.CommandModifyAdmin, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Live.DeleteAdmins(ctx, room, users)
		}),
		row(group.CommandGetAdminList, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Live.Admins(ctx, room)
		}),
		row(group.CommandAddRobots, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Live.AddRobots(ctx, room, users)
		}),
		row(group.CommandDelRobots, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Live.DeleteRobots(ctx, room, users)
		}),
	}
}

func liveExceptions() []conform.Exception {
	return []conform.Exception{{Command: group.CommandModifyUserInfo, Answer: "CommandType", Reason: "as asked"}}
}
