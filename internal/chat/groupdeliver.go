package chat

import (
	"github.com/go-tencentchat/tencentchat/callback"
)

// tooManySent is why a message to a live room is dropped.
const tooManySent = "MsgFreqCtrl"

// sendToGroup sends a message, or drops it where the backend said so or a live room has had too many: then it has a
// number all the same.
func (a *App) sendToGroup(c *call, s *groupSending, t place) (*groupMsg, groupSent) {
	l := t.log()
	s.seq = l.next()
	result := groupSent{MsgTime: s.time, MsgSeq: s.seq}
	rank := 0
	if t.kind == live {
		rank = ranks[s.priority]
	}
	switch {
	case c.dropped:
		return &s.groupMsg, result
	case !a.fits(l, rank, c.now):
		result.MsgDropReason = tooManySent
		return &s.groupMsg, result
	}
	if a.cfg.GroupPerSecond >= 0 {
		l.pace = append(l.pace, paced{c.now, rank})
	}
	s.report(a, c)
	m := s.groupMsg // one of its own for each room of a broadcast
	a.placeInGroup(c, s, t, &m)
	if s.after {
		c.after(t.lane, &callback.GroupAfterSendMsg{
			GroupID: s.groupID, TopicID: s.topicID, Type: t.kind.newer(), FromAccount: s.from, OperatorAccount: c.by.UserID,
			Random: s.random, MsgSeq: s.seq, MsgID: s.msgID(), MsgTime: callback.UnixTime(s.time),
			OnlineOnlyFlag: s.onlineOnly(), MsgBody: s.body, CloudCustomData: s.cloud, GroupAtInfo: s.mentions,
			EventTime: callback.EventTimeOf(c.now),
		})
	}
	a.tellBots(c, s, t)
	if m.receipts != nil {
		a.tellReceipts(c, t, []*groupMsg{&m}, "")
	}
	return &m, result
}

// placeInGroup keeps a message, unless it is only for those who are there now, and shows it on the devices of members.
func (a *App) placeInGroup(c *call, s *groupSending, t place, m *groupMsg) {
	if one := t.members.get(s.from); one != nil {
		one.value.lastSend = m.time
	}
	if t.kind != live && !s.online {
		if s.asked && t.kind&withReceipts != 0 && t.members.len() <= maxReceiptMembers {
			m.receipts = new(receipts)
		}
		l := t.log()
		a.groups.msgs.keep(l, m)
		if !s.noLast {
			a.talks.list(l, m.time)
		}
		a.groups.msgs.trim(l, a.cfg.History.Talk)
		a.trim()
	}
	a.tellGroup(c, s, t, m)
}
