package chat

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/push"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// sentStatus is the status of a scheduled push that went out. The word is a guess.
const sentStatus push.TaskStatus = "dispatched"

// pushesLater are the commands of scheduled pushes. Their codes are documented in part: for what is wrong there is one.
func pushesLater() area {
	return area{
		admin:   restapi.CodeMessageAdminRequired,
		syntax:  restapi.CodePushScheduleInvalidParameter,
		invalid: restapi.CodePushScheduleInvalidParameter,
		commands: []command{
			does(push.CommandAddSchedTask, addSchedTask),
			does(push.CommandModifySchedTask, modifySchedTask),
			does(push.CommandDeleteSchedTask, deleteSchedTask),
			does(push.CommandGetSchedTask, getSchedTask),
			does(push.CommandListSchedTask, listSchedTask),
		},
		kinds: []kind{keeps("schedtask", laterLines, func([]laterLine) {}, loadLater)},
	}
}

// A laterPush is a push that is to go out, or went out, by the clock.
type laterPush struct {
	id          uint64
	created, at int64 // seconds
	kind        push.TaskType
	content     laterContent
	status      push.TaskStatus
	task        string // the push once it went out
}

// laterContent is what is pushed, as it was given.
type laterContent struct {
	FromAccount     string          `json:"From_Account,omitempty"`
	ToAccount       []string        `json:"To_Account,omitempty"`
	Condition       *conditions     `json:",omitempty"`
	MsgRandom       uint64          `json:",omitempty"`
	OfflinePushInfo json.RawMessage `json:",omitempty"`
}

func (l *laterContent) info() (info pushInfo) {
	_ = json.Unmarshal(l.OfflinePushInfo, &info) // checked when it came
	return info
}

// A laterRequest is what the commands that make and change scheduled pushes have.
type laterRequest struct {
	Sdkappid uint64
	TaskID   uint64
	Type     push.TaskType
	SchedAt  string
	Content  *laterContent
}

func badLater(info string) error { return refuse(restapi.CodePushScheduleInvalidParameter, info) }

// utc reads a time as scheduled pushes have it.
func utc(text string) (int64, error) {
	at, err := time.Parse(time.DateTime, text)
	if err != nil {
		return 0, badLater("a time is not YYYY-MM-DD HH:MM:SS")
	}
	return at.Unix(), nil
}

func utcText(at int64) string { return time.Unix(at, 0).UTC().Format(time.DateTime) }

// checkApp refuses a request that names another app than its URL.
func (a *App) checkApp(id uint64) error {
	if id != a.cfg.SDKAppID {
		return badLater("Sdkappid is that of another app")
	}
	return nil
}

// check refuses what cannot be a scheduled push.
func (p *laterPush) check(s *pushes) error {
	listed, limited := len(p.content.ToAccount), p.content.Condition != nil
	switch {
	case p.kind != push.TaskAll && p.kind != push.TaskTag && p.kind != push.TaskUser:
		return badLater("Type is not All, Tag or User")
	case (p.kind == push.TaskUser) != (listed > 0), (p.kind == push.TaskTag) != limited:
		return badLater("Content is not for the Type")
	case listed > push.MaxReceivers:
		return badLater("To_Account has over 500 accounts")
	case len(p.content.OfflinePushInfo) == 0 || bytes.Equal(p.content.OfflinePushInfo, []byte("null")):
		return badLater("OfflinePushInfo is missing")
	case limited && p.content.Condition.check(s) != nil:
		return badLater("Condition is not one that a push can have")
	}
	if err := json.Unmarshal(p.content.OfflinePushInfo, new(pushInfo)); err != nil {
		return badLater("OfflinePushInfo is not as documented")
	}
	return nil
}

type taskNumber struct{ TaskID uint64 }

func addSchedTask(a *App, c *call, req *laterRequest) (any, error) {
	at, err := utc(req.SchedAt)
	switch {
	case err != nil:
		return nil, err
	case at < c.now.Unix():
		return nil, badLater("SchedAt is over")
	case req.Content == nil:
		return nil, badLater("Content is missing")
	}
	p := &laterPush{created: c.now.Unix(), at: at, kind: req.Type, content: *req.Content, status: push.TaskPending}
	p.content.FromAccount = cmp.Or(p.content.FromAccount, c.by.UserID)
	if err := cmp.Or(a.checkApp(req.Sdkappid), p.check(&a.pushes)); err != nil {
		return nil, err
	}
	a.pushes.lastTask++
	p.id = a.pushes.lastTask
	a.pushes.later = append(a.pushes.later, p)
	a.pushes.setNext()
	return taskNumber{p.id}, nil
}

// pending returns a scheduled push that has not gone out, and refuses any other.
func (a *App) pending(req *laterRequest) (*laterPush, error) {
	if err := a.checkApp(req.Sdkappid); err != nil {
		return nil, err
	}
	p := a.pushes.scheduled(req.TaskID)
	switch {
	case p == nil || p.kind != req.Type:
		return nil, badLater("there is no such task of the Type")
	case p.status != push.TaskPending:
		return nil, refuse(restapi.CodePushScheduleDispatching, "the task went out")
	}
	return p, nil
}

func (s *pushes) scheduled(id uint64) *laterPush {
	for _, p := range s.later {
		if p.id == id {
			return p
		}
	}
	return nil
}

// modifySchedTask leaves what Content does not have as it is. That is a guess.
func modifySchedTask(a *App, c *call, req *laterRequest) (any, error) {
	p, err := a.pending(req)
	if err != nil {
		return nil, err
	}
	changed := *p
	switch {
	case req.SchedAt == "" && req.Content == nil:
		return nil, badLater("neither SchedAt nor Content is there")
	case req.SchedAt != "":
		if changed.at, err = utc(req.SchedAt); err != nil {
			return nil, err
		}
		if changed.at < c.now.Unix() {
			return nil, badLater("SchedAt is over")
		}
	}
	if more := req.Content; more != nil {
		own := &changed.content
		own.FromAccount = cmp.Or(more.FromAccount, own.FromAccount)
		own.MsgRandom = cmp.Or(more.MsgRandom, own.MsgRandom)
		own.Condition = cmp.Or(more.Condition, own.Condition)
		if len(more.ToAccount) > 0 {
			own.ToAccount = more.ToAccount
		}
		if len(more.OfflinePushInfo) > 0 {
			own.OfflinePushInfo = more.OfflinePushInfo
		}
	}
	if err := changed.check(&a.pushes); err != nil {
		return nil, err
	}
	*p = changed
	a.pushes.setNext()
	return taskNumber{p.id}, nil
}

func deleteSchedTask(a *App, _ *call, req *laterRequest) (any, error) {
	p, err := a.pending(req)
	if err != nil {
		return nil, err
	}
	a.pushes.later = slices.DeleteFunc(a.pushes.later, func(other *laterPush) bool { return other == p })
	a.pushes.setNext()
	return taskNumber{p.id}, nil
}
