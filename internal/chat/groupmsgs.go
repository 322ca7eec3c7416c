package chat

import (
	"cmp"
	"slices"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func groupMessages() area {
	return groupArea([]command{
		asks(group.CommandSendGroupMsg, restapi.CodeGroupRejectedByWebhook, askSendGroupMsg, sendGroupMsg),
		does(group.CommandSendGroupStreamMsg, sendGroupStreamMsg),
		does(group.CommandSendBroadcastMsg, sendBroadcastMsg),
		does(group.CommandSendGroupSystemNotification, sendGroupSystemNotification),
		does(group.CommandGroupMsgRecall, groupMsgRecall),
		does(group.CommandDeleteGroupMsgBySender, deleteGroupMsgBySender),
		does(group.CommandClearGroupMsg, clearGroupMsg),
		does(group.CommandGroupMsgGetSimple, groupMsgGetSimple),
		does(group.CommandGroupMsgReceipt, groupMsgReceipt),
		does(group.CommandGetGroupMsgReceipt, getGroupMsgReceipt),
		does(group.CommandGetGroupMsgReceiptDetail, getGroupMsgReceiptDetail),
		does(group.CommandPinMessage, pinMessage),
		does(group.CommandUnpinMessage, unpinMessage),
		does(group.CommandGetPinnedMessages, getPinnedMessages),
	}, groupMsgKinds()...)
}

// groupMsgs are the messages of all groups.
type groupMsgs struct {
	queue      []*groupMsg // the oldest first; those that are gone may still be there
	kept       int
	repeats    repeats
	streams    map[string]*groupStream
	broadcasts uint32 // how many there were
}

// keep keeps a message, which is the newest one of a log.
func (s *groupMsgs) keep(l *groupLog, m *groupMsg) {
	l.push(m)
	s.kept++
	if len(s.queue) == cap(s.queue) { // the room of those that are gone may be enough
		s.queue = slices.DeleteFunc(s.queue, func(m *groupMsg) bool { return m.gone })
		s.queue = slices.Grow(s.queue, s.kept)
	}
	s.queue = append(s.queue, m)
}

// remove takes a message out of its log.
func (s *groupMsgs) remove(m *groupMsg) {
	if !m.gone {
		m.gone = true
		s.kept--
		m.log.cut(m)
	}
}

// drop takes away all that a log has.
func (s *groupMsgs) drop(l *groupLog) {
	for len(l.messages) > 0 {
		s.remove(l.messages[0])
	}
}

// oldest returns the message that came first, nil where there is none.
func (s *groupMsgs) oldest() *groupMsg {
	for len(s.queue) > 0 && s.queue[0].gone {
		s.queue[0] = nil
		s.queue = s.queue[1:]
	}
	if len(s.queue) == 0 {
		return nil
	}
	return s.queue[0]
}

// expire takes away what is too old at a moment. Whatever reads messages or counts them must call it before.
func (s *groupMsgs) expire(now int64) {
	for m := s.oldest(); m != nil && now-m.came >= keptFor; m = s.oldest() {
		s.remove(m)
	}
}

// stamp says of messages for which that is not known that they came now.
func (s *groupMsgs) stamp(now int64) {
	for _, m := range s.queue {
		m.came = cmp.Or(m.came, now)
	}
}

// trim takes away the oldest messages of a log where there are too many.
func (s *groupMsgs) trim(l *groupLog, most int) {
	for len(l.messages) > most {
		s.remove(l.messages[0])
	}
}

// forget takes away what a user has sent, and where messages name the user.
func (s *groupMsgs) forget(userID string) {
	for _, m := range slices.Clone(s.queue) {
		switch {
		case m.gone:
		case m.from == userID, len(m.to) == 1 && m.to[0] == userID:
			s.remove(m)
		default:
			m.forget(userID)
		}
	}
	s.repeats.forget(userID)
	for id, one := range s.streams {
		if one.msg.from == userID {
			delete(s.streams, id)
		}
	}
}

// forget takes a user out of what a message has of members.
func (m *groupMsg) forget(userID string) {
	is := func(other string) bool { return other == userID }
	if m.to != nil {
		m.to = slices.DeleteFunc(slices.Clone(m.to), is)
	}
	if m.receipts != nil {
		m.receipts.readers = slices.DeleteFunc(m.receipts.readers, is)
	}
	m.mentions = slices.DeleteFunc(slices.Clone(m.mentions), func(at group.AtInfo) bool { return is(at.GroupAtAccount) })
}
