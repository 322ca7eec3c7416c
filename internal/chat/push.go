package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// pushInfo is what is read of OfflinePushInfo.
type pushInfo struct {
	PushFlag int    `json:"PushFlag"`
	Title    string `json:"Title"`
	Desc     string `json:"Desc"`
	Ext      string `json:"Ext"`
}

const noPush = 1 // PushFlag

// A Push is what a push service shows: of a message, or of a push to several users.
type Push struct {
	ID               string
	Title, Desc, Ext string
	TaskID           string // of a push to several users
}

// pushOf is the push of a message, false where it has none.
func (a *App) pushOf(s *sending) (p Push, ok bool) {
	if s.online || s.push.PushFlag == noPush {
		return p, false
	}
	p = s.push.push()
	if p.Desc == "" {
		if p.Desc, ok = pushText(s.body); !ok {
			return p, false
		}
	}
	if p.Title == "" {
		nick, _ := profile.Nick.Of(a.users.byID[s.from].items)
		if p.Title = nick; nick == "" {
			p.Title = s.from
		}
	}
	return p, true
}

// push pushes a message to the devices of a user that are in the background or have lost their connection.
func (a *App) push(c *call, s *sending, m *msg, to string) {
	p, ok := a.pushOf(s)
	if !ok || a.users.byID[to].quiet.holds(c.now) {
		return
	}
	var e callback.PushOfflinePush
	for _, d := range a.users.byID[to].devices {
		token := d.push != callback.PushPlatformUnknown
		if d.conn == foreground || d.conn == background && !token || c.now.Sub(d.since) >= pushable {
			continue
		}
		one := &delivery{
			message: m.key.id(m.sender()), user: to, device: d, instance: d.instance(), kind: callback.PushTypeOffline,
			platform: d.push, token: token, at: c.now.Unix(),
		}
		a.pushes.count(one)
		if !token {
			continue
		}
		a.track(one)
		p.ID = one.shownUnder
		d.inbox.put(Notice{Kind: NoticePush, Time: c.now, From: s.from, Text: p.Desc, Message: m.shown(), Push: p})
		e.Events = append(e.Events, pushed(c, d, m.shown(), p.ID, callback.PushStageSent))
	}
	if len(e.Events) > 0 {
		c.after(to, &e)
	}
}

// pushed tells how far a push has come.
func pushed(c *call, d *Device, m Message, id string, stage callback.PushStage) callback.OfflinePushResult {
	return callback.OfflinePushResult{
		CallbackCommand: "Push.OfflinePush", EventType: callback.OfflinePushTypeC2C,
		EventTime: callback.UnixTimeOf(c.now), FromAccount: m.From, ToAccount: d.by.UserID,
		PushPlatform: d.push, PushStage: stage, MsgKey: m.MsgKey, MsgSeq: m.MsgSeq, MsgRandom: m.MsgRandom,
		MsgTime: callback.UnixTimeOf(m.Time), PushID: id, ErrInfo: "OK",
	}
}

// ClickPush opens a push that the device has shown.
func (d *Device) ClickPush(id string) error {
	c := d.begin()
	_, err := run(d.app, c, func(a *App, c *call) (any, error) {
		one := a.pushes.shown[id]
		i := slices.IndexFunc(d.inbox.notices, func(n Notice) bool { return n.Kind == NoticePush && n.Push.ID == id })
		if i < 0 || one == nil {
			return nil, refuse(restapi.CodeMessageNotFound, "the device has shown no such push")
		}
		if m := d.inbox.notices[i].Message; one.task == nil {
			c.after(d.by.UserID, &callback.PushOfflinePush{Events: []callback.OfflinePushResult{
				pushed(c, d, m, id, callback.PushStageDelivered), pushed(c, d, m, id, callback.PushStageClicked),
			}})
		}
		one.click(c)
		return nil, nil
	})
	return d.finish(c, "ClickPush", err)
}
