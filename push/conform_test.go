package push_test

import (
	"context"
	"testing"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/push"
	"github.com/go-tencentchat/tencentchat/restapi"
)

var (
	day   = time.Unix(1700000000, 0)
	users = []string{"ana", "ben"}
	attrs = map[string]string{"city": "Bern", "level": "gold"}
	tags  = []string{"skiing", "alps"}
)

// news has all that a push without a message can have.
func news() message.Message {
	return message.Message{
		FromAccount: "news", MsgRandom: 4012345678,
		OfflinePushInfo: conform.PushInfo(),
	}
}

// withBody is news as a message.
func withBody() message.Message {
	m := news()
	m.MsgBody = message.Text("30 cm")
	return m
}

func scheduled() push.ScheduledTask {
	return push.ScheduledTask{SchedAt: day, Content: push.TaskContent{
		FromAccount: "news", MsgRandom: 4012345678, OfflinePushInfo: news().OfflinePushInfo,
		Condition: push.Condition{TagsOr: tags, TagsAnd: []string{"bern", "zug"}, TagsNot: []string{"chess", "go"}},
	}}
}

func toUsers() push.ScheduledTask {
	t := scheduled()
	t.Content.Condition, t.Content.ToAccount = push.Condition{}, users
	return t
}

var query = push.TaskQuery{
	OrderBy: push.OrderByCreateAt, Asc: true, BeginTime: day, EndTime: day.Add(time.Hour), Keyword: "Keyword",
}

func row(cmd restapi.Command, call func(context.Context, *push.Client) (any, error)) conform.Row {
	return conform.Row{Command: cmd, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
		return call(ctx, push.NewClient(c))
	}}
}

func older(cmd restapi.Command, call func(context.Context, *push.AllMemberClient) (any, error)) conform.Row {
	return conform.Row{Command: cmd, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
		return call(ctx, push.NewAllMemberClient(c))
	}}
}

func hinted(r conform.Row, hints map[string]any) conform.Row {
	r.Hints = hints
	return r
}

var (
	userAttrs = []push.UserAttrs{{ToAccount: "ana", Attrs: attrs}, {ToAccount: "ben", Attrs: attrs}}
	userNames = []push.UserAttrNames{{ToAccount: "ana", Attrs: tags}, {ToAccount: "ben", Attrs: tags}}
	userTags  = []push.UserTags{{ToAccount: "ana", Tags: tags}, {ToAccount: "ben", Tags: tags}}
	attrNames = push.AttrNames{0: {Name: "city"}, 1: {Name: "level", Type: push.AttrTypeRegistrationID}}
)

func TestCommandsAreAsDocumented(t *testing.T) {
	t.Parallel()
	conform.Area(t, "push", append(pushRows(), userRows()...), exceptions()...)
}

func pushRows() []conform.Row {
	tasks := []string{"task1", "task2"}
	at := "2026-12-01 08:30:00"
	task := func(prefix string) map[string]any {
		return map[string]any{
			prefix + "CreateAt": at, prefix + "SchedAt": at,
			prefix + "Content": map[string]any{
				"From_Account": 700, "To_Account": users, "Condition": map[string]any{"TagsOr": tags}, "MsgRandom": 3,
				"OfflinePushInfo": map[string]any{"Title": "Snow"},
			},
		}
	}
	end := task("Tasks[].")
	end["Total"] = 2
	return []conform.Row{
		row(push.CommandPush, func(ctx context.Context, c *push.Client) (any, error) {
			m := withBody()
			m.OnlineOnlyFlag = true
			return c.Push(ctx, push.Condition{TagsOr: tags, TagsAnd: []string{"a", "b"}, TagsNot: []string{"c", "d"}}, m)
		}),
		row(push.CommandPush, func(ctx context.Context, c *push.Client) (any, error) {
			return c.Push(ctx, push.Condition{AttrsOr: attrs, AttrsAnd: attrs}, news())
		}),
		row(push.CommandBatch, func(ctx context.Context, c *push.Client) (any, error) {
			pushed, results, err := c.PushTo(ctx, users, news(), push.WithDataID("DataId"))
			return []any{pushed, results}, err
		}),
		row(push.CommandRevoke, func(ctx context.Context, c *push.Client) (any, error) {
			return nil, c.Revoke(ctx, "TaskId", push.WithOfflinePushInfo(*news().OfflinePushInfo))
		}),
		older(push.CommandIMPush, func(ctx context.Context, c *push.AllMemberClient) (any, error) {
			return c.Push(ctx, push.Condition{TagsOr: tags, TagsAnd: []string{"a", "b"}}, withBody(), push.WithLifeTime(time.Hour))
		}),
		older(push.CommandIMPush, func(ctx context.Context, c *push.AllMemberClient) (any, error) {
			return c.Push(ctx, push.Condition{AttrsOr: attrs, AttrsAnd: attrs}, withBody())
		}),
		row(push.CommandAllMemberPushStatistics, func(ctx context.Context, c *push.Client) (any, error) {
			return c.Statistics(ctx, tasks, day, day.Add(time.Hour))
		}),
		row(push.CommandAllMemberPushLoss, func(ctx context.Context, c *push.Client) (any, error) {
			return c.Losses(ctx, tasks, day, day.Add(time.Hour))
		}),
		row(push.CommandAllMemberPushTrace, func(ctx context.Context, c *push.Client) (any, error) {
			return c.Trace(ctx, "task1", "ana")
		}),
		row(push.CommandNormalPushStatistics, func(ctx context.Context, c *push.Client) (any, error) {
			return c.NormalStatistics(ctx, day, day.Add(time.Hour))
		}),
		row(push.CommandNormalPushLoss, func(ctx context.Context, c *push.Client) (any, error) {
			return c.NormalLosses(ctx, day, day.Add(time.Hour))
		}),
		row(push.CommandNormalPushTrace, func(ctx context.Context, c *push.Client) (any, error) {
			return c.NormalTrace(ctx, "push1")
		}),
		row(push.CommandAddSchedTask, func(ctx context.Context, c *push.Client) (any, error) {
			return c.AddScheduledTask(ctx, scheduled())
		}),
		row(push.CommandAddSchedTask, func(ctx context.Context, c *push.Client) (any, error) {
			return c.AddScheduledTask(ctx, toUsers())
		}),
		row(push.CommandModifySchedTask, func(ctx context.Context, c *push.Client) (any, error) {
			return nil, c.ModifyScheduledTask(ctx, 7, scheduled())
		}),
		row(push.CommandModifySchedTask, func(ctx context.Context, c *push.Client) (any, error) {
			return nil, c.ModifyScheduledTask(ctx, 7, toUsers())
		}),
		row(push.CommandDeleteSchedTask, func(ctx context.Context, c *push.Client) (any, error) {
			return nil, c.DeleteScheduledTask(ctx, 7, push.TaskAll)
		}),
		hinted(row(push.CommandGetSchedTask, func(ctx context.Context, c *push.Client) (any, error) {
			return c.ScheduledTask(ctx, 7)
		}), task("TaskInfo.")),
		hinted(row(push.CommandListSchedTask, func(ctx context.Context, c *push.Client) (any, error) {
			return conform.Drain(c.ScheduledTasks(ctx, query))
		}), end),
		hinted(row(push.CommandListSchedTask, func(ctx context.Context, c *push.Client) (any, error) {
			return c.ScheduledTaskPage(ctx, query, "20", 7)
		}), task("Tasks[].")),
	}
}

func userRows() []conform.Row {
	return []conform.Row{
		row(push.CommandSetAttrName, func(ctx context.Context, c *push.Client) (any, error) {
			return nil, c.SetAttrNames(ctx, attrNames)
		}),
		hinted(row(push.CommandGetAttrName, func(ctx context.Context, c *push.Client) (any, error) {
			return c.GetAttrNames(ctx)
		}), map[string]any{"AttrNames": conform.Key("7"), "AttrTypes": conform.Key("7")}),
		row(push.CommandSetAttr, func(ctx context.Context, c *push.Client) (any, error) { return c.SetAttrs(ctx, userAttrs) }),
		row(push.CommandGetAttr, func(ctx context.Context, c *push.Client) (any, error) { return c.GetAttrs(ctx, users) }),
		row(push.CommandRemoveAttr, func(ctx context.Context, c *push.Client) (any, error) {
			return c.RemoveAttrs(ctx, userNames)
		}),
		row(push.CommandAddTag, func(ctx context.Context, c *push.Client) (any, error) {
			return c.AddTags(ctx, userTags, push.WithReplace())
		}),
		row(push.CommandGetTag, func(ctx context.Context, c *push.Client) (any, error) { return c.GetTags(ctx, users) }),
		row(push.CommandRemoveTag, func(ctx context.Context, c *push.Client) (any, error) {
			return c.RemoveTags(ctx, userTags)
		}),
		row(push.CommandClearAllTags, func(ctx context.Context, c *push.Client) (any, error) {
			return c.ClearAllTags(ctx, users)
		}),
		older(push.CommandIMSetAttrName, func(ctx context.Context, c *push.AllMemberClient) (any, error) {
			return nil, c.SetAttrNames(ctx, push.AttrNames{0: {Name: "city"}, 1: {Name: "level"}})
		}),
		hinted(older(push.CommandIMGetAttrName, func(ctx context.Context, c *push.AllMemberClient) (any, error) {
			return c.GetAttrNames(ctx)
		}), map[string]any{"AttrNames": conform.Key("7")}),
		older(push.CommandIMSetAttr, func(ctx context.Context, c *push.AllMemberClient) (any, error) {
			return nil, c.SetAttrs(ctx, userAttrs)
		}),
		older(push.CommandIMGetAttr, func(ctx context.Context, c *push.AllMemberClient) (any, error) {
			return c.GetAttrs(ctx, users)
		}),
		older(push.CommandIMRemoveAttr, func(ctx context.Context, c *push.AllMemberClient) (any, error) {
			return nil, c.RemoveAttrs(ctx, userNames)
		}),
		older(push.CommandIMAddTag, func(ctx context.Context, c *push.AllMemberClient) (any, error) {
			return nil, c.AddTags(ctx, userTags)
		}),
		older(push.CommandIMGetTag, func(ctx context.Context, c *push.AllMemberClient) (any, error) {
			return c.GetTags(ctx, users)
		}),
		older(push.CommandIMRemoveTag, func(ctx context.Context, c *push.AllMemberClient) (any, error) {
			return nil, c.RemoveTags(ctx, userTags)
		}),
		older(push.CommandIMRemoveAllTags, func(ctx context.Context, c *push.AllMemberClient) (any, error) {
			return nil, c.ClearAllTags(ctx, users)
		}),
	}
}

func exceptions() []conform.Exception {
	const newer, shared, asked = "of the newer generation", "a type that several answers share", "as asked"
	return []conform.Exception{
		{Command: push.CommandIMPush, Request: "Condition.TagsNot", Reason: newer + ": it is refused"},
		{Command: push.CommandIMSetAttrName, Request: "AttrTypes", Reason: newer + ": it is refused"},
		{Command: push.CommandIMGetAttrName, Answer: "AttrTypes", Reason: newer},
		{Command: push.CommandIMGetAttr, Answer: "ErrorList", Reason: newer},
		{Command: push.CommandIMGetTag, Answer: "ErrorList", Reason: newer},
		{Command: push.CommandModifySchedTask, Answer: "TaskID", Reason: asked},
		{Command: push.CommandDeleteSchedTask, Answer: "TaskID", Reason: asked},
		{Command: push.CommandNormalPushStatistics, Answer: "TaskID", Reason: shared},
		{Command: push.CommandNormalPushStatistics, Answer: "PlatformStatistics[].EventType", Reason: shared},
		{Command: push.CommandNormalPushLoss, Answer: "TaskID", Reason: shared},
		{Command: push.CommandNormalPushLoss, Answer: "PlatformReadyToSendLoss[].EventType", Reason: shared},
		{Command: push.CommandNormalPushLoss, Answer: "PlatformPostSendDeliveredLoss[].EventType", Reason: shared},
		{Command: push.CommandNormalPushLoss, Answer: "Results", Reason: "where the lists are the page does not say"},
		{Command: push.CommandNormalPushTrace, Answer: "InstanceTrace[].EventType", Reason: shared},
		{Command: push.CommandNormalPushTrace, Answer: "InstanceTrace[].OnlinePushStat", Reason: shared},
	}
}
