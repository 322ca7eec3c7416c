package chat

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/push"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Refusals of the commands of this file are not documented: their codes are by analogy.

type span struct{ StartTime, EndTime int64 }

func (s span) has(at int64) bool { return s.StartTime <= at && at <= s.EndTime }

type tasksAsked struct {
	span

	TaskID []string
}

// ofTasks goes through the pushes of a time that are asked about. A list of none asks for all of them together.
func (a *App) ofTasks(req *tasksAsked, each func(id string, tasks []*pushTask)) error {
	if len(req.TaskID) > push.MaxTasks {
		return refuse(restapi.CodeMessageInvalidJSON, "there are over 5 tasks")
	}
	if len(req.TaskID) == 0 {
		each("", slices.DeleteFunc(slices.Clone(a.pushes.tasks), func(t *pushTask) bool { return !req.has(t.at.Unix()) }))
		return nil
	}
	for _, id := range req.TaskID {
		if t := a.pushes.byID[id]; t != nil && req.has(t.at.Unix()) {
			each(id, []*pushTask{t})
		}
	}
	return nil
}

// counts are how far pushes have come.
type counts struct{ TotalCount, SentCount, DeliveredCount, ClickCount int }

func (n *counts) add(d *delivery) {
	n.TotalCount++
	n.SentCount++
	if d.delivered != 0 {
		n.DeliveredCount++
	}
	if d.clicked != 0 {
		n.ClickCount++
	}
}

// pushWay is a way on which pushes go.
type pushWay struct {
	EventType    callback.PushType `json:",omitempty"` // of pushes to several users
	PushPlatform callback.PushPlatform
}

type channelCounts struct {
	pushWay
	counts
}

type pushCounts struct {
	TaskID string `json:",omitempty"`
	counts
	PlatformStatistics []channelCounts
}

// countsOf counts pushes, in all and by channels.
func countsOf(id string, all []*delivery) pushCounts {
	result := pushCounts{TaskID: id, PlatformStatistics: []channelCounts{}}
	by := map[pushWay]*counts{}
	for _, d := range all {
		if !d.token {
			continue
		}
		on := d.way()
		if by[on] == nil {
			by[on] = new(counts)
		}
		by[on].add(d)
		result.add(d)
	}
	for on, n := range by {
		result.PlatformStatistics = append(result.PlatformStatistics, channelCounts{on, *n})
	}
	slices.SortFunc(result.PlatformStatistics, func(a, b channelCounts) int {
		return cmp.Or(cmp.Compare(a.EventType, b.EventType), cmp.Compare(a.PushPlatform, b.PushPlatform))
	})
	return result
}

func (d *delivery) way() pushWay {
	if d.task == nil {
		return pushWay{PushPlatform: d.platform}
	}
	return pushWay{d.kind, d.platform}
}

func pushStatistics(a *App, _ *call, req *tasksAsked) (any, error) {
	result := struct{ Results []pushCounts }{[]pushCounts{}}
	err := a.ofTasks(req, func(id string, tasks []*pushTask) {
		var all []*delivery
		for _, t := range tasks {
			all = append(all, t.reached...)
		}
		result.Results = append(result.Results, countsOf(id, all))
	})
	return result, err
}

func normalStatistics(a *App, _ *call, req *span) (any, error) {
	all := slices.DeleteFunc(slices.Clone(a.pushes.messages), func(d *delivery) bool { return !req.has(d.at) })
	return countsOf("", all), nil
}

type loss struct {
	ErrCode  string
	ErrCount int
	ErrInfo  string
}

type channelLoss struct {
	pushWay
	loss
}

// losses are why pushes got lost. None is lost that was sent.
type losses struct {
	TaskID                        string `json:",omitempty"`
	ReadyToSendLoss               []loss
	PostSendDeliveredLoss         []loss
	PlatformReadyToSendLoss       []channelLoss
	PlatformPostSendDeliveredLoss []channelLoss
}

// lossesOf are those of n pushes that had no device to go to.
func lossesOf(id string, on pushWay, n int) losses {
	result := losses{id, []loss{}, []loss{}, []channelLoss{}, []channelLoss{}}
	if n > 0 {
		one := loss{strconv.Itoa(noToken), n, infoNoToken}
		result.ReadyToSendLoss = append(result.ReadyToSendLoss, one)
		result.PlatformReadyToSendLoss = append(result.PlatformReadyToSendLoss, channelLoss{on, one})
	}
	return result
}

func pushLoss(a *App, _ *call, req *tasksAsked) (any, error) {
	result := struct{ Results []losses }{[]losses{}}
	err := a.ofTasks(req, func(id string, tasks []*pushTask) {
		n := 0
		for _, t := range tasks {
			n += t.lost
		}
		result.Results = append(result.Results, lossesOf(id, pushWay{EventType: callback.PushTypeOffline}, n))
	})
	return result, err
}

func normalLoss(a *App, _ *call, req *span) (any, error) {
	n := 0
	for _, d := range a.pushes.messages {
		if !d.token && req.has(d.at) {
			n++
		}
	}
	return lossesOf("", pushWay{}, n), nil
}

// step is a step on the way of a push.
type step struct {
	PushStatus int
	ErrorCode  int
	ErrorInfo  string
	EventTime  string
}

// clock is a time of a trace, in the zone of their samples.
func clock(at int64) string {
	if at == 0 {
		return ""
	}
	return time.Unix(at, 0).In(beijing).Format(time.DateTime)
}

func stepAt(at int64) step {
	if at == 0 {
		return step{}
	}
	return step{PushStatus: 1, ErrorInfo: "success", EventTime: clock(at)}
}

type instanceTrace struct {
	InstanceID string `json:"InstanceId"`
	PushTime   string
	System     string
	pushWay
	NotificationStatus int
	LastActiveTerminal int `json:"last_active_terminal"`
	IMCommitStat       struct{ IMStat step }
	OfflinePushStat    offlineSteps `json:",omitzero"`
}

type offlineSteps struct{ OfflineStat, ChannelStat, DeviceStat, ClickStat step }

type traces struct{ InstanceTrace []instanceTrace }

// tracesOf tell the way of each push. What is in that of a push to a device on line is not documented.
func tracesOf(all []*delivery) traces {
	result := traces{[]instanceTrace{}}
	for _, d := range all {
		if !d.token {
			continue
		}
		one := instanceTrace{
			InstanceID: d.instance, PushTime: clock(d.at), System: "Android", pushWay: d.way(), NotificationStatus: 1,
			LastActiveTerminal: 1,
		}
		online := d.kind == callback.PushTypeOnline // by no push service, which would tell
		if d.platform == callback.PushPlatformAPNs || online && d.instance == d.user+"/"+string(callback.PlatformIOS) {
			one.System = "APNS"
		}
		one.IMCommitStat.IMStat = stepAt(d.at)
		if d.kind == callback.PushTypeOffline {
			one.OfflinePushStat = offlineSteps{stepAt(d.at), stepAt(d.at), stepAt(d.delivered), stepAt(d.clicked)}
		}
		result.InstanceTrace = append(result.InstanceTrace, one)
	}
	return result
}

func pushTrace(a *App, _ *call, req *struct{ TaskID, UserID string }) (any, error) {
	t := a.pushes.byID[req.TaskID]
	if t == nil {
		return nil, refuse(restapi.CodePushTaskNotFound, "taskid not found")
	}
	others := func(d *delivery) bool { return d.user != req.UserID }
	return tracesOf(slices.DeleteFunc(slices.Clone(t.reached), others)), nil
}

// normalTrace takes the MsgID of the message, and the PushID that the webhook of the push has.
func normalTrace(a *App, _ *call, req *struct{ PushID string }) (any, error) {
	return tracesOf(slices.DeleteFunc(slices.Clone(a.pushes.messages), func(d *delivery) bool {
		return d.message != req.PushID && d.shownUnder != req.PushID
	})), nil
}
