package push

import (
	"context"
	"iter"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// taskPage is how many tasks are asked for where the program does not say: the most is not documented.
const taskPage = 20

// TaskInfo is a scheduled task as the service has it.
type TaskInfo struct {
	TaskID      uint64
	SDKAppID    uint64
	CreateAt    time.Time // when it was made
	Type        TaskType
	SchedAt     time.Time
	Content     TaskContent
	Title, Desc string // those of the OfflinePushInfo
	Status      TaskStatus
	// DispatchSuccess is 0 in the vendor's sample; what it says is not documented.
	DispatchSuccess int
	DispatchErr     string // why it could not go out
	// PushTaskID is the TaskID of the push once it went out, for [Client.Revoke] and [Client.Statistics].
	PushTaskID string
}

// A TaskStatus says how far a scheduled task has come. The words for one that is going out, or has, are not documented.
type TaskStatus string

// TaskPending is the status of a task that waits.
const TaskPending TaskStatus = "pending"

// A TaskQuery says which scheduled tasks a list has. Both times must be there; how far apart they can be is limited, by
// what the page does not say.
type TaskQuery struct {
	OrderBy TaskOrder // empty: OrderBySchedAt
	Asc     bool      // the earliest first; otherwise it is the last
	// BeginTime and EndTime are cut to seconds. Which time of a task they are about, presumably that of OrderBy, is not
	// documented.
	BeginTime, EndTime time.Time
	Keyword            string // a part of the title or of the text
}

// A TaskOrder is what scheduled tasks are sorted by.
type TaskOrder string

// The documented orders. The vendor's international page has them in lower case.
const (
	OrderByCreateAt TaskOrder = "createAt"
	OrderBySchedAt  TaskOrder = "schedAt"
)

// utcText is a time as scheduled tasks have it, "" for none.
func utcText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateTime)
}

// utcTime reads what utcText writes.
type utcTime time.Time

// UnmarshalJSON reads the text.
func (t *utcTime) UnmarshalJSON(data []byte) error {
	text, err := wire.Text(data)
	if err != nil || text == "" {
		return err
	}
	at, err := time.Parse(time.DateTime, text)
	*t = utcTime(at)
	return err
}

// accountText is the ID of an account, which one sample of the vendor's has as a number.
type accountText string

// UnmarshalJSON reads a text or the digits of a number.
func (a *accountText) UnmarshalJSON(data []byte) error {
	text, err := wire.Text(data)
	*a = accountText(text)
	return err
}

// tagCondition is what the condition of a scheduled task is documented to have.
type tagCondition struct {
	TagsOr  []string `json:"TagsOr,omitempty"`
	TagsAnd []string `json:"TagsAnd,omitempty"`
	TagsNot []string `json:"TagsNot,omitempty"`
}

// taskContent is a TaskContent as it stands on the wire.
type taskContent struct {
	FromAccount     accountText              `json:"From_Account,omitempty"`
	ToAccount       []string                 `json:"To_Account,omitempty"`
	Condition       *tagCondition            `json:"Condition,omitempty"`
	MsgRandom       uint32                   `json:"MsgRandom,omitempty"`
	OfflinePushInfo *message.OfflinePushInfo `json:"OfflinePushInfo,omitempty"`
}

type taskRow struct {
	TaskID          uint64
	SDKAppID        uint64 `json:"Sdkappid"`
	CreateAt        utcTime
	Type            TaskType
	SchedAt         utcTime
	Content         taskContent
	Title, Desc     string
	Status          TaskStatus
	DispatchSuccess int
	DispatchErr     string
	PushTaskID      string
}

func (r *taskRow) info() TaskInfo {
	content := TaskContent{
		FromAccount: string(r.Content.FromAccount), ToAccount: r.Content.ToAccount, MsgRandom: r.Content.MsgRandom,
		OfflinePushInfo: r.Content.OfflinePushInfo,
	}
	if on := r.Content.Condition; on != nil {
		content.Condition = Condition{TagsOr: on.TagsOr, TagsAnd: on.TagsAnd, TagsNot: on.TagsNot}
	} else if r.Type == TaskAll {
		content.Condition = Everybody()
	}
	return TaskInfo{
		TaskID: r.TaskID, SDKAppID: r.SDKAppID, CreateAt: time.Time(r.CreateAt), Type: r.Type,
		SchedAt: time.Time(r.SchedAt), Content: content, Title: r.Title, Desc: r.Desc, Status: r.Status,
		DispatchSuccess: r.DispatchSuccess, DispatchErr: r.DispatchErr, PushTaskID: r.PushTaskID,
	}
}

type taskRequest struct {
	app

	TaskID uint64
}

// ForApp is the request for the app that is called for.
func (r taskRequest) ForApp(sdkAppID uint64) any { r.SDKAppID = sdkAppID; return r }

// ScheduledTask reads one scheduled task, whether it went out or not.
//
// [restapi.CodePushScheduleInvalidParameter]: a parameter is not as it should be; other errors are documented in part
// only. 5 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/130280
func (c *Client) ScheduledTask(ctx context.Context, taskID uint64) (TaskInfo, error) {
	if err := checkTask(CommandGetSchedTask, taskID); err != nil {
		return TaskInfo{}, err
	}
	req := taskRequest{TaskID: taskID}
	resp, err := restapi.Do[struct{ TaskInfo taskRow }](ctx, c.caller, CommandGetSchedTask, req)
	if err != nil {
		return TaskInfo{}, err
	}
	return resp.TaskInfo.info(), nil
}

// ScheduledTasks goes through scheduled tasks, page by page as [Client.ScheduledTaskPage] reads them. An error is
// yielded once, as the last thing. Each page is a call: 5 calls a second and app, repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/130281
func (c *Client) ScheduledTasks(ctx context.Context, q TaskQuery) iter.Seq2[TaskInfo, error] {
	return batch.Pages(ctx, CommandListSchedTask,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[TaskInfo], error) {
			return c.ScheduledTaskPage(ctx, q, at, 0)
		})
}

type tasksListRequest struct {
	app

	Offset    uint64
	Want      int
	OrderBy   TaskOrder
	Asc       bool
	BeginTime string
	EndTime   string
	Keyword   string `json:"Keyword,omitempty"`
}

// ForApp is the request for the app that is called for.
func (r tasksListRequest) ForApp(sdkAppID uint64) any { r.SDKAppID = sdkAppID; return r }

// ScheduledTaskPage reads one page of scheduled tasks, of at most limit; 0 is 20. How many a page can have is not
// documented. Total is how many there are.
//
// [restapi.CodePushScheduleInvalidParameter]: a parameter is not as it should be; other errors are documented in part
// only. 5 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/130281
func (c *Client) ScheduledTaskPage(
	ctx context.Context, q TaskQuery, cursor restapi.Cursor, limit int,
) (restapi.Page[TaskInfo], error) {
	var page restapi.Page[TaskInfo]
	cmd := CommandListSchedTask
	if err := q.check(cmd); err != nil {
		return page, err
	}
	req := tasksListRequest{
		Want: limit, OrderBy: q.OrderBy, Asc: q.Asc, BeginTime: utcText(q.BeginTime), EndTime: utcText(q.EndTime),
		Keyword: q.Keyword,
	}
	switch {
	case limit < 0:
		return page, check.Argument(cmd, "Want", "is %d, not above 0", limit)
	case limit == 0:
		req.Want = taskPage
	}
	if req.OrderBy == "" {
		req.OrderBy = OrderBySchedAt
	}
	if err := batch.ReadCursor(cmd, "Offset", cursor, &req.Offset); err != nil {
		return page, err
	}
	resp, err := restapi.Do[struct {
		Total int
		Tasks []taskRow
	}](ctx, c.caller, cmd, req)
	if err != nil {
		return page, err
	}
	for i := range resp.Tasks {
		page.Items = append(page.Items, resp.Tasks[i].info())
	}
	page.Total = resp.Total
	if next := req.Offset + uint64(len(page.Items)); len(page.Items) > 0 && next < uint64(max(resp.Total, 0)) {
		page.Next = batch.CursorOf(next)
	}
	return page, nil
}

func (q *TaskQuery) check(cmd restapi.Command) error {
	if err := period(cmd, "BeginTime", q.BeginTime, "EndTime", q.EndTime); err != nil {
		return err
	}
	return check.Text(cmd, "Keyword", q.Keyword, len(q.Keyword))
}
