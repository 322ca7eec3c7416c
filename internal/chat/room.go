package chat

import (
	"cmp"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
)

// A room is one group.
type room struct {
	id   string
	kind kinds
	lane string // of its webhooks

	groupTexts
	owner         string // "": none
	apply, invite group.JoinOption
	maxMembers    int
	muteAll       bool
	history       bool // new members may read what was sent before
	hasTopics     bool
	permission    bool // permission groups say what members may do
	rights        group.Permission
	custom        group.CustomFields

	created, lastInfo int64
	infoSeq           uint32

	members roster[*member]
	online  map[string]*member // members with devices that are signed in: whom a message is shown to
	mutes   mutes
	bans    roster[ban] // outlive that a member leaves
	asking  roster[asking]

	log    groupLog
	topics roster[*topic] // by ID

	attributes  map[string]string // replaced as a whole
	pace        pace              // of their changes
	counters    map[string]int64
	permissions roster[*permissionGroup] // by ID
	stage       stage                    // of a live room
}

// A member is a user who is in a group.
type member struct {
	userID   string
	role     group.Role // RoleAdmin or RoleMember; the owner is in the room
	joined   int64
	lastSend int64
	read     uint32            // what has come until then is read
	topics   map[string]uint32 // the same of topics, by ID
	flag     group.MsgFlag
	nameCard string
	custom   group.CustomFields
	implied  bool // from a snapshot that has not had the member's own line so far
}

// asking is a user who waits for the owner or an admin to agree.
type asking struct {
	by    string // who has invited the user; empty: they ask themselves
	words string
	at    int64
}

// A ban keeps a user out of a group.
type ban struct {
	until  int64
	reason string
}

// mutes are until when users may not send, in seconds since the epoch. They outlive that a member leaves.
type mutes map[string]int64

// until returns 0 for a user who may send.
func (m mutes) until(userID string, now time.Time) int64 {
	if until := m[userID]; until > now.Unix() {
		return until
	}
	return 0
}

// set mutes a user until then; 0 lifts it.
func (m *mutes) set(userID string, until int64) {
	if until == 0 {
		delete(*m, userID)
		return
	}
	put((*map[string]int64)(m), userID, until)
}

// A topic is one topic of a community.
type topic struct {
	id string

	groupTexts
	custom  string
	created int64
	muteAll bool
	mutes   mutes
	log     groupLog
}

// banned says whether a user is kept out.
func (r *room) banned(userID string, now time.Time) bool {
	b := r.bans.get(userID)
	return b != nil && b.value.until > now.Unix()
}

// role is the role of a user, RoleNotMember for one who is not in the group.
func (r *room) role(userID string) group.Role {
	m := r.members.get(userID)
	switch {
	case m == nil:
		return group.RoleNotMember
	case userID == r.owner:
		return group.RoleOwner
	case r.stage.admins.has(userID):
		return group.RoleAdmin
	}
	return m.value.role
}

// full says whether there is no place for another member.
func (r *room) full() bool { return r.maxMembers > 0 && r.members.len() >= r.maxMembers }

// joinRoom puts a user into the group, who was not in it.
func (s *state) joinRoom(r *room, userID string, role group.Role, at int64) *member {
	m := &member{userID: userID, role: cmp.Or(role, group.RoleMember), joined: at, flag: group.AcceptAndNotify}
	m.read = r.log.last // what came before is not unread
	m.readTopics(r)
	r.members.add(userID, m)
	r.asking.remove(userID)
	own := s.groups.joined[userID]
	if own == nil {
		own = new(roster[*room])
		put(&s.groups.joined, userID, own)
	}
	own.add(r.id, r)
	if u := s.users.byID[userID]; u != nil && len(u.devices) > 0 {
		put(&r.online, userID, m)
	}
	return m
}

// remove takes a user out of the group. See App.leave.
func (r *room) remove(s *groups, userID string) {
	if !r.members.remove(userID) {
		return
	}
	delete(r.online, userID)
	r.unpermit(userID)
	r.expel(userID)
	s.part(userID, r)
	if r.owner == userID {
		r.owner = ""
	}
}

// part takes a group off those that a user is in.
func (s *groups) part(userID string, r *room) {
	own := s.joined[userID]
	if own == nil {
		return
	}
	own.remove(r.id)
	if own.len() == 0 {
		delete(s.joined, userID)
	}
}

// leave takes a user out of the group, and the group off the user's list of conversations.
func (a *App) leave(r *room, userID string) {
	r.remove(&a.groups, userID)
	a.talks.forgetRoom(userID, r.id)
}

// dissolve takes all members out at once.
func (a *App) dissolve(r *room) {
	for _, one := range r.members.all {
		a.groups.part(one.userID, r)
		r.expel(one.userID)
		a.talks.forgetRoom(one.userID, r.id)
	}
	r.members, r.online, r.owner = roster[*member]{}, nil, ""
}

// forget takes away what the group keeps of a user who is not in it.
func (r *room) forget(userID string) {
	if r.owner == userID { // of a live room, whose owner need not be in it
		r.owner = ""
	}
	delete(r.mutes, userID)
	r.bans.remove(userID)
	r.stage.admins.remove(userID)
	r.stage.robots.remove(userID)
	r.asking.remove(userID)
	for _, one := range slices.Clone(r.asking.all) {
		if one.value.by == userID {
			r.asking.remove(one.userID)
		}
	}
	if r.owner == userID { // who need not be a member of a live room
		r.owner = ""
	}
	r.log.forget(userID)
	for _, t := range r.topics.all {
		delete(t.value.mutes, userID)
		t.value.log.forget(userID)
	}
}

// changed takes note that the profile of the group is another.
func (r *room) changed(now time.Time) {
	r.infoSeq++
	r.lastInfo = now.Unix()
}

// everybody are the members as webhooks name them.
func (r *room) everybody() []callback.GroupMember {
	all := make([]callback.GroupMember, r.members.len())
	for i, m := range r.members.all {
		all[i].MemberAccount = m.userID
	}
	return all
}

// groupMembersOf are users as webhooks name them.
func groupMembersOf(userIDs []string) []callback.GroupMember {
	all := make([]callback.GroupMember, len(userIDs))
	for i, userID := range userIDs {
		all[i].MemberAccount = userID
	}
	return all
}

// notifyRoom tells the devices of all members that are connected, but for the one that acts. What it costs grows with
// those who are signed in, not with the members.
func (c *call) notifyRoom(r *room, n Notice) {
	for userID := range r.online {
		c.notify(userID, n)
	}
}

// attend keeps the groups of a user right when the user's first device signs in or the last one signs out.
func (s *groups) attend(u *user, userID string) {
	for _, one := range s.of(userID) {
		r := one.value
		if len(u.devices) == 0 {
			delete(r.online, userID)
		} else if m := r.members.get(userID); m != nil {
			put(&r.online, userID, m.value)
		}
	}
}
