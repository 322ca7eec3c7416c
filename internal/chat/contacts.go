package chat

import (
	"cmp"
	"maps"
	"slices"

	"github.com/go-tencentchat/tencentchat/conversation"
)

// chats are the conversations of one user.
type chats struct {
	userID    string
	byID      map[conversation.ID]*contact
	unread    int // in all
	groups    []conversation.ContactGroup
	lastGroup int
}

// A contact is a conversation as one user has it. It is there for the other user of a talk too, on a list or not.
type contact struct {
	owner *chats
	id    conversation.ID

	listed   bool
	time     int64  // that the list has of it
	number   uint64 // grows with each conversation that moves to the top
	top      bool
	unread   int
	readAt   int64 // what came until then is read
	messages int   // of which the user has a copy

	cleared uint32 // of a group: what has a number up to it was taken off the list

	marks   uint64
	custom  string
	groups  []int
	changed int64 // when its marks or groups changed last

	loaded bool // from a snapshot
}

// of returns the conversations of a user.
func (s *talks) of(userID string) *chats {
	c := s.byUser[userID]
	if c == nil {
		c = &chats{userID: userID, byID: make(map[conversation.ID]*contact)}
		put(&s.byUser, userID, c)
	}
	return c
}

// contact returns the conversation of a user with another one.
func (s *talks) contact(owner, other string) *contact {
	return s.conversation(owner, conversation.C2C(other))
}

// conversation returns one of the conversations of a user, which is there from then on. For the other user of it, if
// it has one, it is there as well, so that all who have something of a user are found by that user.
func (s *talks) conversation(owner string, id conversation.ID) *contact {
	own := s.of(owner)
	c := own.byID[id]
	if c == nil {
		c = &contact{owner: own, id: id}
		own.byID[id] = c
		if id.Type == conversation.TypeC2C {
			s.contact(id.ToAccount, owner)
		}
	}
	return c
}

// gain counts messages that are unread from now on, or no more.
func (c *contact) gain(n int) {
	c.unread += n
	c.owner.unread += n
}

// touch puts the conversation on the list, at the place of a message of that time.
func (s *talks) touch(c *contact, time int64) {
	c.listed = true
	if time >= c.time { // what is imported may be older
		s.touched++
		c.time, c.number = time, s.touched
	}
}

// isEmpty says whether the user has nothing of the conversation.
func (c *contact) isEmpty() bool {
	return !c.listed && !c.top && c.readAt == 0 && !c.isMarked() && c.changed == 0 && c.cleared == 0
}

// isMarked says whether it counts among those with marks or in groups.
func (c *contact) isMarked() bool { return c.marks != 0 || c.custom != "" || len(c.groups) > 0 }

func (c *chats) marked() (n int) {
	for _, one := range c.byID {
		if one.isMarked() {
			n++
		}
	}
	return n
}

func (c *chats) forget(userID string) {
	id := conversation.C2C(userID)
	if one := c.byID[id]; one != nil {
		one.gain(-one.unread)
		delete(c.byID, id)
	}
}

// named are the conversations that are of a kind, in the order of their names.
func (c *chats) named(is func(*contact) bool) []*contact {
	all := slices.DeleteFunc(slices.Collect(maps.Values(c.byID)), func(one *contact) bool { return !is(one) })
	slices.SortFunc(all, func(a, b *contact) int { return compareIDs(a.id, b.id) })
	return all
}

func compareIDs(a, b conversation.ID) int {
	return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.ToAccount, b.ToAccount),
		cmp.Compare(a.ToGroupID, b.ToGroupID))
}

func compareContacts(a, b *contact) int {
	return cmp.Or(cmp.Compare(b.time, a.time), cmp.Compare(b.number, a.number), compareIDs(a.id, b.id))
}
