package group_test

import (
	"context"
	"time"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// everyFilter has all lists but those that only some commands have.
func everyFilter() group.Filter {
	return group.Filter{
		GroupBaseInfoFilter: []string{"Type", "Name"}, MemberInfoFilter: []string{"Role", "JoinTime"},
		AppDefinedDataFilterGroup:       []string{"Region", "Blob_1"},
		AppDefinedDataFilterGroupMember: []string{"Shift", "Badge"},
	}
}

// whole is a group with everything that both commands which make one have.
func whole() group.Group {
	return group.Group{
		GroupID: "GroupId", Type: group.Public, Name: "Name", OwnerAccount: "Owner_Account",
		Introduction: "Introduction", Notification: "Notification", FaceURL: "FaceUrl", MaxMemberCount: 300,
		ApplyJoinOption: group.FreeAccess, AppDefinedData: group.CustomFields{"Key1": "Value", "Key2": "Value"},
	}
}

func clientRows() []conform.Row {
	made, community := whole(), whole()
	made.InviteJoinOption = group.NeedPermission
	fields := group.CustomFields{"Key1": "Value", "Key2": "Value"}
	made.MemberList = []group.NewMember{
		{MemberAccount: "ozan", Role: group.RoleAdmin, AppMemberDefinedData: fields},
		{MemberAccount: "priya", Role: group.RoleAdmin, AppMemberDefinedData: fields},
	}
	community.Type, community.GroupID, community.SupportTopic = group.Community, "", true
	community.EnablePermission, community.DefaultPermission = true, group.SendInTopics|group.AtAllInTopics
	change := group.Change{
		Name: restapi.Some("Name"), Introduction: restapi.Some("Introduction"), Notification: restapi.Some("Notification"),
		FaceURL: restapi.Some("FaceUrl"), MaxMemberNum: 400, ApplyJoinOption: group.NeedPermission,
		InviteJoinOption: group.FreeAccess, MuteAllMember: group.On, HistoryMsgBeforeJoin: group.On,
		EnablePermission: restapi.Some(true), DefaultPermission: restapi.Some(group.ManageTopics), AppDefinedData: fields,
		FromAccount: "From_Account",
	}
	query := group.JoinedQuery{
		GroupType: "GroupType", WithHugeGroups: true, WithNoActiveGroups: true, SupportTopic: restapi.Some(true),
		Filter: group.Filter{
			GroupBaseInfoFilter: []string{"Type", "Name"}, SelfInfoFilter: []string{"Role", "MsgSeq"},
		},
	}
	return []conform.Row{
		row(group.CommandCreateGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Create(ctx, made)
		}),
		row(group.CommandCreateGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Create(ctx, community)
		}),
		hinted(row(group.CommandGetGroupInfo, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Get(ctx, []string{"harbor_watch", "old_harbor"}, everyFilter())
		}), map[string]any{"GroupInfo[].GroupId": conform.Asked("GroupIdList")}),
		row(group.CommandModifyGroupBaseInfo, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Modify(ctx, "GroupId", change)
		}),
		row(group.CommandDestroyGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Destroy(ctx, "GroupId")
		}),
		row(group.CommandChangeGroupOwner, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.ChangeOwner(ctx, "GroupId", "NewOwner_Account", group.WithFromAccount("From_Account"))
		}),
		hinted(row(group.CommandGetAppidGroupList, func(ctx context.Context, c *group.Client) (any, error) {
			return conform.Drain(c.IDs(ctx, "GroupType"))
		}), map[string]any{"Next": 0}),
		row(group.CommandGetAppidGroupList, func(ctx context.Context, c *group.Client) (any, error) {
			return c.IDPage(ctx, "GroupType", "4611686018427391904", 500)
		}),
		hinted(row(group.CommandGetJoinedGroupList, func(ctx context.Context, c *group.Client) (any, error) {
			return conform.Drain(c.JoinedGroups(ctx, "Member_Account", query))
		}), map[string]any{"TotalCount": 2}),
		row(group.CommandGetJoinedGroupList, func(ctx context.Context, c *group.Client) (any, error) {
			return c.JoinedGroupPage(ctx, "Member_Account", query, "40", 20)
		}),
	}
}

// clientExceptions are what is meant to be otherwise.
func clientExceptions() []conform.Exception {
	return []conform.Exception{
		{Command: group.CommandCreateGroup, Answer: "Type", Reason: "as asked"},
		{Command: group.CommandCreateGroup, Answer: "HugeGroupFlag", Reason: "no page says what it means"},
		{
			Command: group.CommandModifyGroupBaseInfo, Request: "ShutUpAllMember",
			Reason: "the older name of MuteAllMember",
		},
		{
			Command: group.CommandGetGroupInfo, Answer: "GroupInfo[].MemberList[].OnlineStatus",
			Reason: "a field of members that other commands have",
		},
	}
}

// made is when the groups of another system were made.
var made = time.Unix(1448357837, 0)
