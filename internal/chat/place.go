package chat

import (
	"cmp"
	"time"

	"github.com/go-tencentchat/tencentchat/group"
)

// talkIn returns the group or the topic of a command that is about messages.
func (a *App) talkIn(c *call, groupID, topicID string, of kinds) (place, error) {
	a.groups.msgs.expire(c.now.Unix())
	return a.placeOf(groupID, topicID, of)
}

// chatID is the ID of the group or of the topic.
func (p place) chatID() string { return cmp.Or(p.topicID(), p.id) }

// topicID is empty where the place is a group.
func (p place) topicID() string {
	if p.topic == nil {
		return ""
	}
	return p.topic.id
}

// muted says whether a user may not send here: alone, or with all members but the owner and the admins.
func (p place) muted(userID string, now time.Time) bool {
	of, all := p.mutes, p.muteAll
	if p.topic != nil {
		of, all = p.topic.mutes, p.topic.muteAll
	}
	return of.until(userID, now) != 0 || all && p.role(userID) == group.RoleMember
}

// readBy is the number up to which a member has read what is here.
func (p place) readBy(m *member) uint32 {
	if p.topic != nil {
		return m.topics[p.topic.id]
	}
	return m.read
}

// unreadIn is how many messages of what is here a member has not read.
func (p place) unreadIn(m *member) int {
	l := p.log()
	return l.unread(m.userID, max(p.readBy(m), l.hidden[m.userID]))
}

// hide hides from a user what is here so far.
func (p place) hide(userID string) { put(&p.log().hidden, userID, p.log().last) }

// markRead takes note that a member has read all that is here.
func (p place) markRead(m *member) {
	if p.topic != nil {
		put(&m.topics, p.topic.id, p.topic.log.last)
		return
	}
	m.read = p.room.log.last
}
