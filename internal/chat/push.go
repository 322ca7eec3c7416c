package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/message"
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
func (a *App) pushOf(from string, body message.Body, info pushInfo) (p Push, ok bool) {
	if info.PushFlag == noPush {
		return p, false
	}
	p = info.push()
	if p.Desc == "" {
		if p.Desc, ok = pushText(body); !ok {
			return p, false
		}
	}
	if p.Title == "" {
		nick, _ := profile.Nick.Of(a.users.byID[from].items)
		if p.Title = nick; nick == "" {
			p.Title = from
		}
	}
	return p, true
}

// push pushes what a notice tells of to the devices of a user that are in the background or have lost their
// connection.
func (a *App) push(c *call, p Push, n Notice, to string) {
	if a.users.byID[to].quiet.holds(c.now) {
		return
	}
	n.Kind, n.Time, n.Text = NoticePush, c.now, p.Desc
	var e callback.PushOfflinePush
	for _, d := range a.users.byID[to].devices {
		token := d.push != callback.PushPlatformUnknown
		if d.conn == foreground || d.conn == background && !token || c.now.Sub(d.since) >= pushable {
			continue
		}
		one := &delivery{
			message: n.Message.MsgID, user: to, device: d, instance: d.instance(), kind: callback.PushTypeOffline,
			platform: d.push, token: token, at: c.now.Unix(),
		}
		a.pushes.count(one)
		if !token {
			continue
		}
		a.track(one)
		p.ID = one.shownUnder
		n.Push = p
		d.inbox.put(n)
		e.Events = append(e.Events, pushed(c, d, n, callback.PushStageSent))
	}
	if len(e.Events) > 0 {
		c.after(to, &e)
	}
}

// pushed tells how far a push has come.
func pushed(c *call, d *Device, n Notice, stage callback.PushStage) callback.OfflinePushResult {
	m, kind := &n.Message, callback.OfflinePushTypeC2C
	if n.Chat != "" {
		kind = callback.OfflinePushTypeGroup
	}
	return callback.OfflinePushResult{
		CallbackCommand: "Push.OfflinePush", EventType: kind, GroupID: n.Chat,
		EventTime: callback.UnixTimeOf(c.now), FromAccount: m.From, ToAccount: d.by.UserID,
		PushPlatform: d.push, PushStage: stage, MsgKey: m.MsgKey, MsgSeq: m.MsgSeq, MsgRandom: m.MsgRandom,
		MsgTime: callback.UnixTimeOf(m.Time), PushID: n.Push.ID, ErrInfo: "OK",
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
		if n := d.inbox.notices[i]; one.task == nil {
			c.after(d.by.UserID, &callback.PushOfflinePush{Events: []callback.OfflinePushResult{
				pushed(c, d, n, callback.PushStageDelivered), pushed(c, d, n, callback.PushStageClicked),
			}})
		}
		one.click(c)
		return nil, nil
	})
	return d.finish(c, "ClickPush", err)
}
