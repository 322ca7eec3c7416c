package chat

import (
	"strconv"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// maxPushEvents is how many results one webhook has.
const maxPushEvents = 100

// What a push is told to have failed with that reaches no device. It is a guess, by the samples of losses.
const (
	noToken     = -2
	infoNoToken = "no token uploaded"
)

// push is what a device shows.
func (i pushInfo) push() Push { return Push{Title: i.Title, Desc: i.Desc, Ext: i.Ext} }

// startPush sends a push to those whom it is for, and tells the backend.
func (a *App) startPush(c *call, p *pushing) *pushTask {
	t := &pushTask{dataID: p.dataID, at: c.now, listed: p.listed, from: p.from}
	a.pushes.add(t, p.prefix)
	shown := p.info.push()
	if shown.Desc == "" {
		shown.Desc, _ = pushText(p.content.body)
	}
	if u := a.users.byID[p.from]; shown.Title == "" && u != nil {
		if shown.Title, _ = profile.Nick.Of(u.items); shown.Title == "" {
			shown.Title = p.from
		}
	}
	shown.TaskID = t.id
	var s *sending
	if len(p.content.body) > 0 {
		s = a.messageOf(c, p)
		if !s.online {
			t.key = s.key
		}
	}
	var events []callback.AllMemberPushResult
	for _, to := range p.to {
		if s != nil && to != p.from {
			m := a.place(c, s, to)
			c.notify(to, Notice{Kind: NoticeMessage, From: p.from, Text: m.body.Text(), Message: m.shown()})
		}
		if e, ok := a.pushTo(c, t, to, shown, s != nil, p.info.PushFlag == noPush); ok {
			events = append(events, e)
		}
	}
	t.tell(c, events)
	return t
}

// messageOf is the message of a push. Its sender has no copy, so that a push to all does not fill their list.
func (a *App) messageOf(c *call, p *pushing) *sending {
	return &sending{
		from: p.from, content: p.content, online: p.online, lapses: p.lapses, silent: true,
		key: msgKey{a.talks.draw(restapi.Optional[uint64]{}), p.random, c.now.Unix()},
	}
}

// tell tells the backend, of a hundred results at a time.
func (t *pushTask) tell(c *call, events []callback.AllMemberPushResult) {
	for len(events) > 0 {
		n := min(len(events), maxPushEvents)
		c.after(t.id, &callback.PushAllMemberPush{Events: events[:n:n]})
		events = events[n:]
	}
}

// pushTo pushes to the devices of a user, and returns the one result that the backend is told of, false for none.
func (a *App) pushTo(
	c *call, t *pushTask, to string, shown Push, message, onlineOnly bool,
) (e callback.AllMemberPushResult, ok bool) {
	var best *delivery
	for _, device := range a.users.byID[to].devices {
		d := &delivery{task: t, user: to, device: device, instance: device.instance(), token: true, at: c.now.Unix()}
		switch {
		case device.conn == foreground || device.conn == background && device.push == callback.PushPlatformUnknown:
			d.kind, d.delivered = callback.PushTypeOnline, d.at
		case onlineOnly || device.push == callback.PushPlatformUnknown || c.now.Sub(device.since) >= pushable:
			continue
		default:
			d.kind, d.platform = callback.PushTypeOffline, device.push
		}
		t.reached = append(t.reached, d)
		if d.kind == callback.PushTypeOffline || !message {
			a.track(d)
			d.show(c, t.from, shown)
		}
		if best == nil || d.kind == callback.PushTypeOnline && best.kind == callback.PushTypeOffline {
			best = d
		}
	}
	switch {
	case best != nil:
		return best.result(c, callback.PushStageSent), true
	case onlineOnly:
		return e, false
	}
	t.lost++
	lost := delivery{task: t, user: to, kind: callback.PushTypeOffline}
	e = lost.result(c, callback.PushStageSent)
	e.ErrCode, e.ErrInfo = noToken, infoNoToken
	return e, true
}

// instance names the device: there is one of a user on a platform.
func (d *Device) instance() string { return d.by.UserID + "/" + string(d.by.Platform) }

// track gives a delivery the ID under which its device shows it.
func (a *App) track(d *delivery) {
	a.talks.lastPush++
	d.shownUnder = "push-" + strconv.Itoa(a.talks.lastPush)
	put(&a.pushes.shown, d.shownUnder, d)
}

// show shows a push on its device.
func (d *delivery) show(c *call, from string, p Push) {
	if d.shownUnder == "" {
		return
	}
	p.ID, p.TaskID = d.shownUnder, d.task.id
	d.device.inbox.put(Notice{Kind: NoticePush, Time: c.now, From: from, Text: p.Desc, Push: p})
}

// result tells how far the push has come.
func (d *delivery) result(c *call, stage callback.PushStage) callback.AllMemberPushResult {
	e := callback.AllMemberPushResult{
		CallbackCommand: "Push.AllMemberPush", EventType: d.kind, TaskID: d.task.id, DataID: d.task.dataID,
		TaskTime: callback.UnixTimeOf(d.task.at), EventTime: callback.UnixTimeOf(c.now), ToAccount: d.user,
		PushPlatform: d.platform, PushStage: stage, ErrInfo: "OK",
	}
	if d.kind == callback.PushTypeOnline {
		e.DeviceType = restapi.Some(d.device.push)
	}
	return e
}

// click takes note that a push was clicked, which an offline push is told to have reached the device only then.
func (d *delivery) click(c *call) {
	var events []callback.AllMemberPushResult
	if d.task != nil && d.delivered == 0 {
		events = append(events, d.result(c, callback.PushStageDelivered))
	}
	now := c.now.Unix()
	if d.delivered == 0 {
		d.delivered = now
	}
	if d.clicked == 0 {
		d.clicked = now
	}
	if d.task != nil {
		d.task.tell(c, append(events, d.result(c, callback.PushStageClicked)))
	}
}
