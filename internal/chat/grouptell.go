package chat

import (
	"maps"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/group"
)

// shown is a message as devices have it. It shares its body with the state: see own.
func (p place) shown(m *groupMsg) Message {
	return Message{
		From: m.from, To: p.chatID(), MsgID: msgKey{random: m.random, time: m.time}.id(m.from),
		MsgSeq: uint64(m.seq), MsgRandom: m.random, Time: time.Unix(m.time, 0), Body: m.body, CloudCustomData: m.cloud,
		NeedReceipt: m.receipts != nil, Recalled: m.recalled, Extensions: m.ext.list(0), Mentions: m.mentions,
	}
}

// present are the members to whom devices can show something, in the order of their IDs. What it costs to find them
// grows with those who are signed in, not with the members.
func (p place) present() []string { return slices.Sorted(maps.Keys(p.online)) }

// notifyGroup tells the devices of members who have a message that something became of it.
func (a *App) notifyGroup(c *call, t place, m *groupMsg, n Notice) {
	if len(t.online) == 0 {
		return
	}
	n.Chat, n.Message = t.chatID(), t.shown(m)
	for _, userID := range t.present() {
		if m.has(userID) && m.seq > t.log().cleared {
			c.notify(userID, n)
		}
	}
}

// tellGroup shows a message on the devices of members.
func (a *App) tellGroup(c *call, s *groupSending, t place, m *groupMsg) {
	if len(t.online) == 0 {
		return
	}
	n := Notice{Kind: NoticeMessage, Chat: t.chatID(), From: m.from, Text: m.body.Text(), Message: t.shown(m)}
	p, pushes := a.pushOf(m.from, m.body, s.push)
	for _, userID := range t.present() {
		one := t.online[userID]
		if !m.has(userID) || one.flag == group.Discard || userID == m.from && !s.sync {
			continue
		}
		c.notify(userID, n)
		if pushes && !s.online && t.kind != live && userID != m.from && one.alerts(m) {
			a.push(c, p, n, userID)
		}
	}
}

// alerts says whether a member is alerted of a message.
func (m *member) alerts(of *groupMsg) bool {
	switch m.flag {
	case group.AcceptNotNotify, group.Discard:
		return false
	case group.AcceptNotNotifyExceptAt:
		return slices.ContainsFunc(of.mentions, func(at group.AtInfo) bool {
			return at.GroupAtAllFlag == 1 || at.GroupAtAccount == m.userID
		})
	}
	return true
}
