package push

import (
	"context"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A TaskType says to whom a scheduled task pushes.
type TaskType string

// The documented types.
const (
	TaskAll  TaskType = "All"  // everybody
	TaskTag  TaskType = "Tag"  // those who meet a condition
	TaskUser TaskType = "User" // listed users
)

// A ScheduledTask is a push that is to go out later.
type ScheduledTask struct {
	Type    TaskType  // empty: what Content says
	SchedAt time.Time // when it goes out, cut to seconds
	Content TaskContent
}

// TaskContent is the push of a scheduled task: to the users of ToAccount, or to those who meet Condition, not both.
type TaskContent struct {
	FromAccount string
	ToAccount   []string // 1 to 500 users
	// Condition has tags and no attributes, or is [Everybody]. The zero Condition is refused where there is no ToAccount.
	Condition       Condition
	MsgRandom       uint32 // 0 is not sent
	OfflinePushInfo *message.OfflinePushInfo
}

// kind returns to whom the content pushes, "" where it does not say, and refuses what it cannot be.
func (t *TaskContent) kind(cmd restapi.Command) (TaskType, error) {
	const condition = "Content.Condition"
	tags, attrs := t.Condition.lists()
	switch {
	case len(t.ToAccount) > 0 && !t.Condition.isZero():
		return "", check.Argument(cmd, condition, "cannot be sent together with To_Account")
	case attrs:
		return "", check.Argument(cmd, condition, "has attributes, which cannot be sent with this command")
	case len(t.ToAccount) > 0:
		return TaskUser, device(cmd).accounts(t.ToAccount, MaxReceivers)
	case t.Condition.isZero():
		return "", nil
	}
	if err := t.Condition.check(cmd, condition); err != nil || !tags {
		return TaskAll, err
	}
	return TaskTag, nil
}

// wire is the content as it is sent, nil where it is empty, and the type of the task.
func (t ScheduledTask) wire(cmd restapi.Command) (*taskContent, TaskType, error) {
	kind, err := t.Content.kind(cmd)
	if err != nil {
		return nil, "", err
	}
	switch {
	case t.Type == "":
		t.Type = kind
	case kind != "" && kind != t.Type:
		return nil, "", check.Argument(cmd, "Type", "is %q, though Content is for %q", string(t.Type), string(kind))
	}
	sent := t.Content
	if sent.FromAccount != "" {
		if err := device(cmd).account("Content.From_Account", sent.FromAccount); err != nil {
			return nil, "", err
		}
	}
	if err := sent.OfflinePushInfo.CheckFor(cmd); err != nil {
		return nil, "", err
	}
	if err := check.Moment(cmd, "SchedAt", t.SchedAt); err != nil {
		return nil, "", err
	}
	tags, _ := sent.Condition.lists()
	if sent.FromAccount == "" && len(sent.ToAccount) == 0 && !tags && sent.MsgRandom == 0 && sent.OfflinePushInfo == nil {
		return nil, t.Type, nil
	}
	content := &taskContent{
		FromAccount: accountText(sent.FromAccount), ToAccount: check.Unique(sent.ToAccount), MsgRandom: sent.MsgRandom,
		OfflinePushInfo: sent.OfflinePushInfo,
	}
	if tags {
		content.Condition = &tagCondition{sent.Condition.TagsOr, sent.Condition.TagsAnd, sent.Condition.TagsNot}
	}
	return content, t.Type, nil
}

// app is the field of the requests of scheduled tasks that names the app.
type app struct {
	SDKAppID uint64 `json:"Sdkappid"`
}

type newTask struct {
	app

	Type    TaskType
	SchedAt string
	Content *taskContent
}

// ForApp is the request for the app that is called for.
func (r newTask) ForApp(sdkAppID uint64) any { r.SDKAppID = sdkAppID; return r }

type taskAnswer struct {
	TaskID uint64
}

// AddScheduledTask makes a push that goes out at a time to come, and returns the ID of the task, which is not that of
// the push: [TaskInfo] has that once it went out. The content must say to whom, and must have an OfflinePushInfo.
//
// [restapi.CodePushScheduleInvalidParameter]: a parameter is not as it should be. Other errors are documented in part
// only, and so is how far ahead a task can be, and how many there can be.
//
// 5 calls a second and app. Not repeated after a failure that leaves its outcome open, as a second task would push a
// second time: look for the task with [Client.ScheduledTasks] first.
//
// Vendor page: https://cloud.tencent.com/document/product/269/130277
func (c *Client) AddScheduledTask(ctx context.Context, t ScheduledTask) (taskID uint64, err error) {
	cmd := CommandAddSchedTask
	content, kind, err := t.wire(cmd)
	switch {
	case err != nil:
		return 0, err
	case t.SchedAt.IsZero():
		return 0, check.Argument(cmd, "SchedAt", "is the zero time")
	case len(t.Content.ToAccount) == 0 && t.Content.Condition.isZero():
		return 0, check.Argument(cmd, "Content.Condition", "is empty, as To_Account is: all users are Everybody()")
	case t.Content.OfflinePushInfo == nil:
		return 0, check.Argument(cmd, "Content.OfflinePushInfo", "is empty")
	}
	resp, err := restapi.Do[taskAnswer](ctx, c.caller, cmd, newTask{app{}, kind, utcText(t.SchedAt), content})
	if err != nil {
		return 0, err
	}
	return resp.TaskID, nil
}

type changedTask struct {
	app

	TaskID  uint64
	Type    TaskType
	SchedAt string       `json:"SchedAt,omitempty"`
	Content *taskContent `json:"Content,omitempty"`
}

// ForApp is the request for the app that is called for.
func (r changedTask) ForApp(sdkAppID uint64) any { r.SDKAppID = sdkAppID; return r }

// ModifyScheduledTask changes a task that has not begun to go out: when, where t has a SchedAt, and what, where it has
// a Content. Its Type is that which the task was made with, and can be left out where Content says to whom. Whether a
// field that Content leaves out stays as it was is not documented.
//
// [restapi.CodePushScheduleDispatching]: the task is going out. [restapi.CodePushScheduleInvalidParameter]: a parameter
// is not as it should be. 5 calls a second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/78840
func (c *Client) ModifyScheduledTask(ctx context.Context, taskID uint64, t ScheduledTask) error {
	cmd := CommandModifySchedTask
	if err := checkTask(cmd, taskID); err != nil {
		return err
	}
	content, kind, err := t.wire(cmd)
	if err != nil {
		return err
	}
	if content == nil && t.SchedAt.IsZero() {
		return check.Argument(cmd, "Content", "is empty, as SchedAt is")
	}
	if kind == "" {
		return check.Argument(cmd, "Type", "is empty")
	}
	return c.caller.Call(ctx, cmd, changedTask{app{}, taskID, kind, utcText(t.SchedAt), content}, nil)
}

type deletedTask struct {
	app

	TaskID uint64
	Type   TaskType
}

// ForApp is the request for the app that is called for.
func (r deletedTask) ForApp(sdkAppID uint64) any { r.SDKAppID = sdkAppID; return r }

// DeleteScheduledTask deletes a task that has not begun to go out. kind is the Type that it was made with.
//
// [restapi.CodePushScheduleDispatching]: the task is going out. [restapi.CodePushScheduleInvalidParameter]: a parameter
// is not as it should be. 5 calls a second and app. Repeated after a failure that leaves its outcome open, so that an
// error can also mean that the attempt before has deleted the task.
//
// Vendor page: https://cloud.tencent.com/document/product/269/130279
func (c *Client) DeleteScheduledTask(ctx context.Context, taskID uint64, kind TaskType) error {
	cmd := CommandDeleteSchedTask
	if err := checkTask(cmd, taskID); err != nil {
		return err
	}
	if kind == "" {
		return check.Argument(cmd, "Type", "is empty")
	}
	return c.caller.Call(ctx, cmd, deletedTask{app{}, taskID, kind}, nil)
}

func checkTask(cmd restapi.Command, taskID uint64) error {
	if taskID == 0 {
		return check.Argument(cmd, "TaskID", "is 0")
	}
	return nil
}
