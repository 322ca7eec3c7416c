package chat

import (
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// MarkRead takes note that the user has read all that another has sent.
func (d *Device) MarkRead(peer string) error {
	_, err := d.act("MarkRead", func(a *App, c *call) (any, error) {
		if _, err := a.refuseUnknown(peer, restapi.CodeMessageAccountNotFound); err != nil {
			return nil, err
		}
		a.markRead(c, d.by.UserID, peer, c.now.Unix())
		return nil, nil
	})
	return err
}

// MarkAllRead takes note that the user has read everything.
func (d *Device) MarkAllRead() error {
	_, err := d.act("MarkAllRead", func(a *App, c *call) (any, error) {
		now := c.now.Unix()
		a.talks.expire(now)
		for _, end := range a.talks.of(d.by.UserID).named(func(one *contact) bool { return one.unread > 0 }) {
			a.talks.byPair[pairOf(d.by.UserID, end.id.ToAccount)].read(end, now)
			end.readAt = max(end.readAt, now)
			c.notify(end.id.ToAccount, Notice{Kind: NoticeRead, From: d.by.UserID})
		}
		a.groups.markAllRead(d.by.UserID)
		c.after(d.by.UserID, &callback.C2CAfterMsgReadAll{
			ReportAccount: d.by.UserID, EventTime: callback.EventTimeOf(c.now),
		})
		return nil, nil
	})
	return err
}

// DeleteTalk takes the conversation with another user off the list, and takes away the user's copies of the messages.
func (d *Device) DeleteTalk(peer string) error {
	_, err := d.act("Delete", func(a *App, c *call) (any, error) {
		a.talks.expire(c.now.Unix())
		a.talks.deleteContact(a.talks.of(d.by.UserID), conversation.C2C(peer), true)
		return nil, nil
	})
	return err
}

// Messages returns what the user has of the messages with another one, the oldest first.
func (d *Device) Messages(peer string) []Message {
	all := d.messages(peer)
	for i := range all {
		all[i] = all[i].own()
	}
	return all
}

func (d *Device) messages(peer string) (all []Message) {
	defer d.look()()
	t := d.app.talks.byPair[pairOf(d.by.UserID, peer)]
	if t == nil {
		return nil
	}
	for m := range t.visible(len(t.log), d.by.UserID) {
		all = append(all, m.shown())
	}
	slices.Reverse(all)
	return all
}

// look locks the state to look at it, until what it returns is called.
func (d *Device) look() (unlock func()) {
	d.app.mu.Lock()
	now := d.app.cfg.Now()
	d.app.sendDue(now)
	d.app.talks.expire(now.Unix())
	d.app.groups.msgs.expire(now.Unix())
	return d.app.mu.Unlock
}

// Unread returns how many messages of another user are unread.
func (d *Device) Unread(peer string) int {
	defer d.look()()
	if c := d.app.talks.of(d.by.UserID).byID[conversation.C2C(peer)]; c != nil {
		return c.unread
	}
	return 0
}

// AllUnread returns how many messages are unread in all.
func (d *Device) AllUnread() int {
	defer d.look()()
	n := d.app.talks.of(d.by.UserID).unread
	for _, one := range d.app.groups.of(d.by.UserID) {
		n += one.value.unread(d.by.UserID)
	}
	return n
}

// A Conversation is an entry of the list of conversations, as the user sees it.
type Conversation struct {
	ID     conversation.ID
	Time   time.Time // of the last message
	Unread int
	Pinned bool
}

// Conversations returns the list of conversations: the pinned ones first, each with the newest first.
func (d *Device) Conversations() []Conversation {
	defer d.look()()
	all := d.app.listOf(d.app.talks.of(d.by.UserID))
	var list []Conversation
	for _, top := range []bool{true, false} {
		for _, c := range filter(all, func(one *contact) bool { return one.listed && one.top == top }) {
			list = append(list, Conversation{c.id, time.Unix(c.time, 0), c.unread, c.top})
		}
	}
	return list
}
