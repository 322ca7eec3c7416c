package group_test

import (
	"context"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const looms = people + "@TOPIC#_looms"

func topicRows() []conform.Row {
	return []conform.Row{
		row(group.CommandCreateTopic, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Topics.Create(ctx, group.Topic{
				GroupID: people, TopicID: dyes, TopicName: "TopicName", FromAccount: "ana", CustomString: "CustomString",
				FaceURL: "FaceUrl", Notification: "Notification", Introduction: "Introduction",
			})
		}),
		row(group.CommandModifyTopic, func(ctx context.Context, c *group.Client) (any, error) {
			return nil, c.Topics.Modify(ctx, dyes, group.TopicChange{
				TopicName: restapi.Some("TopicName"), CustomString: restapi.Some("CustomString"),
				FaceURL: restapi.Some("FaceUrl"), Notification: restapi.Some("Notification"),
				Introduction: restapi.Some("Introduction"), MuteAllMember: group.On, FromAccount: "ana",
			})
		}),
		hinted(row(group.CommandDestroyTopic, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Topics.Destroy(ctx, []string{dyes, looms})
		}), map[string]any{"DestroyResultItem[].TopicId": conform.Asked("TopicIdList")}),
		row(group.CommandGetTopic, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Topics.All(ctx, people, "ana", "TopicName", "FaceUrl")
		}),
		hinted(row(group.CommandGetTopic, func(ctx context.Context, c *group.Client) (any, error) {
			return c.Topics.Get(ctx, "ana", []string{dyes, looms}, "TopicName", "FaceUrl")
		}), map[string]any{"TopicAndSelfInfo[].TopicInfo.TopicId": conform.Asked("TopicIdList")}),
	}
}

func topicExceptions() []conform.Exception {
	return []conform.Exception{{
		Command: group.CommandGetTopic, Answer: "TopicAndSelfInfo[].SelfInfo.MuteTime",
		Reason: "what newer commands call ShutUpTime",
	}}
}
