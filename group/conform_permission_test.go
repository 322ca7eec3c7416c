package group_test

import (
	"context"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const night = "@PMG#_night" // a permission group

func permissionRows() []conform.Row {
	users := []string{"ana", "ben"}
	ends := map[string]any{"Next": ""}
	rows := []conform.Row{
		row(group.CommandCreatePermissionGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Permissions.Create(ctx, people, group.PermissionGroup{
				PermissionGroupID: night, PermissionGroupName: "PermissionGroupName", CustomString: "CustomString",
				Permission: group.SendInTopics,
			})
		}),
		row(group.CommandModifyPermissionGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Permissions.Modify(ctx, people, night, group.PermissionChange{
				PermissionGroupName: restapi.Some("PermissionGroupName"), CustomString: restapi.Some("CustomString"),
				Permission: restapi.Some(group.ManageTopics),
			})
		}),
		hinted(row(group.CommandDestroyPermissionGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Permissions.Destroy(ctx, people, []string{night, "@PMG#_day"})
		}), map[string]any{"PermissionGroupResultList[].PermissionGroupId": conform.Asked("PermissionGroupIdList")}),
		hinted(row(group.CommandGetPermissionGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Permissions.Get(ctx, people, []string{night, "@PMG#_day"})
		}), map[string]any{"PermissionGroupInfoList[].PermissionGroupId": conform.Asked("PermissionGroupIdList")}),
		row(group.CommandGetPermissionGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Permissions.Page(ctx, people, "page2", 10)
		}),
		hinted(row(group.CommandGetPermissionGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return conform.Drain(c.Permissions.All(ctx, people))
		}), ends),
		row(group.CommandAddPermissionGroupMember, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Permissions.AddMembers(ctx, people, night, users)
		}),
		row(group.CommandDeletePermissionGroupMember, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Permissions.DeleteMembers(ctx, people, night, users)
		}),
		row(group.CommandGetPermissionGroupMemberList, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Permissions.MemberPage(ctx, people, night, "page2", 10)
		}),
		hinted(row(group.CommandGetPermissionGroupMemberList, func(ctx context.Context, c *group.Client) (any, error) {
			return conform.Drain(c.Permissions.Members(ctx, people, night))
		}), ends),
	}
	return append(rows, topicPermissionRows()...)
}

func topicPermissionRows() []conform.Row {
	named := map[string]any{"TopicPermissionResultList[].TopicId": conform.Asked("TopicIdList")}
	rights := []group.TopicPermission{{TopicID: dyes, Permission: 3}, {TopicID: looms, Permission: 5}}
	return []conform.Row{
		row(group.CommandAddTopicPermissionGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Permissions.AddTopics(ctx, people, night, rights)
		}),
		row(group.CommandSetTopicPermissionGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Permissions.SetTopics(ctx, people, night, rights)
		}),
		hinted(row(group.CommandDeleteTopicPermissionGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Permissions.DeleteTopics(ctx, people, night, []string{dyes, looms})
		}), named),
		hinted(row(group.CommandGetTopicPermissionGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Permissions.Topics(ctx, people, night, dyes, looms)
		}), named),
	}
}

func permissionExceptions() []conform.Exception {
	exceptions := []conform.Exception{
		{
			Command: group.CommandDeletePermissionGroupMember, Answer: "MemberList",
			Reason: "the documented answer is cut off; likely there, as in that of add_permission_group_member",
		},
		{
			Command: group.CommandSetTopicPermissionGroup, Answer: "TopicPermissionResultList",
			Reason: "the documented answer is cut off; likely there, as in that of add_topic_permission_group",
		},
	}
	for _, name := range []string{
		"Role", "JoinTime", "LastSendMsgTime", "MuteUntil", "ShutUpUntil", "MsgSeq", "MsgFlag",
		"NameCard", "OnlineStatus", "AppMemberDefinedData",
	} {
		exceptions = append(exceptions, conform.Exception{
			Command: group.CommandGetPermissionGroupMemberList, Answer: "MemberList[]." + name,
			Reason: "the documented answer is cut off, and its text promises what other lists of members have",
		})
	}
	return exceptions
}
