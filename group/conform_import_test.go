package group_test

import (
	"context"
	"time"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
)

// imported returns n messages of another system, a second apart.
func imported(n int) []group.ImportMessage {
	list := make([]group.ImportMessage, n)
	for i := range list {
		list[i] = group.ImportMessage{
			SendTime: made.Add(time.Duration(i+1) * time.Second),
			Message: message.Message{
				FromAccount: "From_Account", MsgBody: message.Text("Text"), MsgRandom: 8912345 + uint32(i),
			},
		}
	}
	return list
}

func importRows() []conform.Row {
	old, community := whole(), whole()
	old.CreateTime, community.CreateTime = made, made
	community.Type, community.GroupID, community.SupportTopic = group.Community, "", true
	const groupID = "@TGS#_@TGS#cK8WEAVER1"
	topic := group.Topic{
		GroupID: groupID, TopicID: group.TopicID(groupID, "dyes"), TopicName: "TopicName", FromAccount: "From_Account",
		CustomString: "CustomString", FaceURL: "FaceUrl", Notification: "Notification", Introduction: "Introduction",
		CreateTime: made,
	}
	members := []group.ImportMember{
		{MemberAccount: "ozan", Role: group.RoleAdmin, JoinTime: made, UnreadMsgNum: 5},
		{MemberAccount: "priya", Role: group.RoleAdmin, JoinTime: made, UnreadMsgNum: 6},
	}
	return []conform.Row{
		row(group.CommandImportGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Import.Group(ctx, old)
		}),
		row(group.CommandImportGroup, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Import.Group(ctx, community)
		}),
		row(group.CommandImportTopic, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Import.Topic(ctx, topic)
		}),
		row(group.CommandImportGroupMember, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Import.Members(ctx, "GroupId", members)
		}),
		row(group.CommandImportGroupMsg, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Import.Messages(ctx, group.TopicID(groupID, "dyes"), imported(2), group.WithRecentContact())
		}),
		row(group.CommandSetUnreadMsgNum, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Import.UnreadMsgNum(ctx, "GroupId", "Member_Account", 5)
		}),
	}
}
