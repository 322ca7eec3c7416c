package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/conversation"
)

// A message in a group touches no conversation of a member, however many there are: what the list of a user has of
// groups is looked up when it is read.

// listOf are all conversations of a user, in the order of the list: the newest first. Those of groups are copies.
func (a *App) listOf(own *chats) []*contact {
	var all []*contact
	for _, one := range own.byID {
		if one.id.Type != conversation.TypeGroup || a.roomOf(one) == nil {
			all = append(all, one)
		}
	}
	for _, joined := range a.groups.of(own.userID) {
		id := conversation.Group(joined.value.id)
		one := own.byID[id]
		if one == nil {
			one = &contact{owner: own, id: id}
		}
		all = append(all, a.asListed(one))
	}
	slices.SortFunc(all, compareContacts)
	return all
}

// filter are those of some conversations that are of a kind.
func filter(all []*contact, is func(*contact) bool) (some []*contact) {
	for _, one := range all {
		if is(one) {
			some = append(some, one)
		}
	}
	return some
}

// roomOf is the group of a conversation, nil where the user is not in it.
func (a *App) roomOf(c *contact) *room {
	if r := a.groups.find(c.id.ToGroupID); r != nil && r.members.has(c.owner.userID) {
		return r
	}
	return nil
}

// asListed is a conversation as the list has it. That of a group is there as soon as the group has a message, unless
// the user has taken it off the list after that. A live room is on no list.
func (a *App) asListed(c *contact) *contact {
	if c.id.Type != conversation.TypeGroup {
		return c
	}
	r := a.roomOf(c)
	if r == nil || r.kind == live || r.log.lastTime == 0 || r.log.last <= c.cleared {
		return c
	}
	it := *c
	it.listed, it.time, it.number = true, r.log.lastTime, r.log.listed
	it.messages, it.unread = int(r.log.last-c.cleared), r.unread(c.owner.userID)
	return &it
}

// deleteRoomContact takes a group off the list of a user until there is a message that comes later.
func (a *App) deleteRoomContact(own *chats, id conversation.ID) {
	r := a.groups.find(id.ToGroupID)
	if r == nil || r.log.last == 0 || !r.members.has(own.userID) {
		return
	}
	a.talks.conversation(own.userID, id).cleared = r.log.last
	r.members.get(own.userID).value.read = r.log.last
}

// forgetRoom takes away the conversation of a user with a group.
func (s *talks) forgetRoom(userID, groupID string) {
	if own := s.byUser[userID]; own != nil {
		delete(own.byID, conversation.Group(groupID))
	}
}

// unread is how many messages of the group a user has not read. Live rooms and meetings do not count them.
func (r *room) unread(userID string) int {
	m := r.members.get(userID)
	if m == nil || r.kind&(live|meeting) != 0 {
		return 0
	}
	return place{room: r}.unreadIn(m.value)
}

// markAllRead takes note that a user has read all in all groups.
func (s *groups) markAllRead(userID string) {
	for _, joined := range s.of(userID) {
		r := joined.value
		m := r.members.get(userID).value
		m.read = r.log.last
		m.readTopics(r)
	}
}

// readTopics takes note that a member has read all in all topics. Of those without messages nothing is kept: there may
// be many, and many members.
func (m *member) readTopics(r *room) {
	for _, t := range r.topics.all {
		if last := t.value.log.last; last > 0 {
			put(&m.topics, t.userID, last)
		}
	}
}

// list puts a group on the lists of its members, at the place of a message of that time.
func (s *talks) list(l *groupLog, time int64) {
	s.touched++
	l.lastTime, l.listed = time, s.touched
}
