package group_test

import (
	"context"
	"errors"
	"time"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	team   = "@TGS#2KQ7MZ3EN"
	people = "@TGS#_@TGS#cK8WEAVER1" // a community
	dyes   = "@TGS#_@TGS#cK8WEAVER1@TOPIC#_dyes"
)

var (
	two        = []string{"ozan", "priya"}
	allMembers = group.Filter{
		MemberInfoFilter: []string{"Role", "JoinTime"}, MemberRoleFilter: []group.Role{"Owner", "Member"},
		AppDefinedDataFilterGroupMember: []string{"Shift", "Badge"},
	}
)

var memberSearch = group.MemberSearchQuery{
	Keywords: []string{"mi", "ra"}, KeywordMatchType: group.MatchAll,
	GroupType: []group.Type{group.Public, "Work"}, GroupIDList: []string{team, people},
}

func memberRows() []conform.Row {
	return []conform.Row{
		row(group.CommandAddGroupMember, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Members.Add(ctx, team, two, group.Silently())
		}),
		row(group.CommandDeleteGroupMember, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Members.Delete(ctx, team, two, group.Silently(), group.WithReason("Reason"))
		}),
		hinted(row(group.CommandGetGroupMemberInfo, func(ctx context.Context, c *group.Client) (any, error) {
			return conform.Drain(c.Members.All(ctx, team, allMembers))
		}), map[string]any{"MemberNum": 2}),
		row(group.CommandGetGroupMemberInfo, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Members.Page(ctx, team, allMembers, "100", 50)
		}),
		row(group.CommandGetGroupMemberInfo, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Members.Page(ctx, people, allMembers, "144115262295492787", 50)
		}),
		hinted(row(group.CommandGetSpecifiedGroupMemberInfo, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Members.Get(ctx, team, two, allMembers)
		}), map[string]any{"MemberList[].Member_Account": conform.Asked("Member_List_Account")}),
		hinted(row(group.CommandGetRoleInGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Members.Roles(ctx, team, two)
		}), map[string]any{"UserIdList[].Member_Account": conform.Asked("User_Account")}),
		row(group.CommandModifyGroupMemberInfo, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Members.Modify(ctx, team, "ozan", group.MemberChange{
				Role: group.RoleAdmin, MsgFlag: group.AcceptNotNotify, NameCard: restapi.Some("NameCard"),
				AppMemberDefinedData: group.CustomFields{"Key": "Value"}, MuteTime: restapi.Some(time.Hour),
			})
		}),
		row(group.CommandForbidSendMsg, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Members.Mute(ctx, dyes, two, time.Hour)
		}),
		row(group.CommandForbidSendMsg, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Members.Unmute(ctx, team, two)
		}),
		row(group.CommandGetGroupMutedAccount, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Members.Muted(ctx, dyes)
		}),
		row(group.CommandGetGroupShuttedUin, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Members.ShuttedUin(ctx, team)
		}),
		row(group.CommandBanGroupMember, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Members.Ban(ctx, team, two, time.Hour, "Description")
		}),
		row(group.CommandUnbanGroupMember, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Members.Unban(ctx, team, two)
		}),
		hinted(row(group.CommandGetGroupBanMember, func(ctx context.Context, c *group.Client) (any, error) {
			return conform.Drain(c.Members.Banned(ctx, team))
		}), map[string]any{"NextOffset": 0}),
		row(group.CommandGetGroupBanMember, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Members.BannedPage(ctx, team, "20", 20)
		}),
		hinted(row(group.CommandGroupMemberSearch, func(ctx context.Context, c *group.Client) (any, error) {
			return conform.Drain(c.Members.Search(ctx, memberSearch))
		}), map[string]any{"IsFinish": true}),
		hinted(row(group.CommandGroupMemberSearch, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Members.SearchPage(ctx, memberSearch, "Cursor", 20)
		}), map[string]any{"Cursor": "more"}),
		hinted(row(group.CommandGroupMemberSearch, func(ctx context.Context, c *group.Client) (any, error) {
			page, err := c.Members.SearchPage(ctx, memberSearch, "Cursor", 20)
			if errors.Is(err, restapi.ErrBadResponse) {
				err = nil // not finished and without a cursor, which answers that are made up can be
			}
			return page, err
		}), map[string]any{"IsFinish": false}),
	}
}

func memberExceptions() []conform.Exception {
	const older, asked = "the older name of MuteTime", "as asked"
	return []conform.Exception{
		{Command: group.CommandForbidSendMsg, Request: "ShutUpTime", Reason: older},
		{Command: group.CommandModifyGroupMemberInfo, Request: "ShutUpTime", Reason: older},
		{Command: group.CommandGetGroupMutedAccount, Answer: "GroupId", Reason: asked},
		{Command: group.CommandGetGroupShuttedUin, Answer: "GroupId", Reason: asked},
		{Command: group.CommandGetSpecifiedGroupMemberInfo, Answer: "GroupId", Reason: asked},
	}
}
