package chat

import (
	"cmp"
	"slices"
	"strings"

	"github.com/go-tencentchat/tencentchat/push"
)

// taskInfo is a scheduled push in an answer.
type taskInfo struct {
	TaskID          uint64
	Sdkappid        uint64
	CreateAt        string
	Type            push.TaskType
	SchedAt         string
	Content         laterContent
	Title, Desc     string
	Status          push.TaskStatus
	DispatchSuccess int
	DispatchErr     string
	PushTaskID      string
}

func (a *App) infoOf(p *laterPush) taskInfo {
	info := p.content.info()
	return taskInfo{
		p.id, a.cfg.SDKAppID, utcText(p.created), p.kind, utcText(p.at), p.content, info.Title, info.Desc, p.status,
		flag(p.status == sentStatus, 1), "", p.task,
	}
}

func getSchedTask(a *App, _ *call, req *laterRequest) (any, error) {
	if err := a.checkApp(req.Sdkappid); err != nil {
		return nil, err
	}
	p := a.pushes.scheduled(req.TaskID)
	if p == nil {
		return nil, badLater("there is no such task")
	}
	return struct{ TaskInfo taskInfo }{a.infoOf(p)}, nil
}

// listSchedTask holds BeginTime and EndTime against the time of OrderBy, which is a guess.
func listSchedTask(a *App, _ *call, req *struct {
	Sdkappid           uint64
	Offset, Want       int
	OrderBy            string
	Asc                bool
	BeginTime, EndTime string
	Keyword            string
},
) (any, error) {
	at := func(p *laterPush) int64 { return p.at }
	switch {
	case strings.EqualFold(req.OrderBy, string(push.OrderByCreateAt)):
		at = func(p *laterPush) int64 { return p.created }
	case !strings.EqualFold(req.OrderBy, string(push.OrderBySchedAt)):
		return nil, badLater("OrderBy is not createAt or schedAt")
	}
	begin, err := utc(req.BeginTime)
	end, err2 := utc(req.EndTime)
	if err := cmp.Or(a.checkApp(req.Sdkappid), err, err2); err != nil {
		return nil, err
	}
	if req.Want <= 0 || req.Offset < 0 || end < begin {
		return nil, badLater("Want is not over 0, Offset is below 0, or EndTime is before BeginTime")
	}
	result := struct {
		Total int
		Tasks []taskInfo
	}{Tasks: []taskInfo{}}
	found := slices.DeleteFunc(slices.Clone(a.pushes.later), func(p *laterPush) bool {
		info := p.content.info()
		named := strings.Contains(info.Title, req.Keyword) || strings.Contains(info.Desc, req.Keyword)
		return at(p) < begin || at(p) > end || !named
	})
	slices.SortStableFunc(found, func(a, b *laterPush) int {
		if req.Asc {
			return cmp.Compare(at(a), at(b))
		}
		return cmp.Compare(at(b), at(a))
	})
	result.Total = len(found)
	from := min(req.Offset, len(found))
	for _, p := range found[from:min(from+req.Want, len(found))] {
		result.Tasks = append(result.Tasks, a.infoOf(p))
	}
	return result, nil
}
