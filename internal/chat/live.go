package chat

import (
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
)

// robotTime is how long a robot counts as on line.
const robotTime = 3 * 24 * time.Hour

// A stage is what a live room has besides other groups. Who listens depends on devices alone: nothing of that is in a
// snapshot.
type stage struct {
	audience roster[*listener] // in the order in which they entered
	admins   roster[struct{}]
	robots   roster[robot]
}

// A listener is a user with devices in a live room.
type listener struct {
	since   time.Time
	devices []*Device // those that have entered, also those that are cut off
	marks   []int     // are lost with the last connection
	online  bool
}

// A robot is on line without being in the room.
type robot struct{ since, until time.Time }

func groupLive() area {
	return groupArea([]command{
		does(group.CommandGetOnlineMemberNum, getOnlineMemberNum),
		does(group.CommandGetMembers, getMembers),
		does(group.CommandCheckMembers, checkMembers),
		does(group.CommandModifyUserInfo, modifyUserInfo),
		does(group.CommandModifyAdmin, modifyAdmin),
		does(group.CommandGetAdminList, getAdminList),
		does(group.CommandAddRobots, addRobots),
		does(group.CommandDelRobots, delRobots),
	}, keeps("stage", stageLines, sortStageLines, loadStage))
}

// look takes note of whether one of the listener's devices has a connection, and says whether that has changed.
func (l *listener) look() bool {
	was := l.online
	l.online = slices.ContainsFunc(l.devices, func(d *Device) bool { return d.conn >= background })
	if !l.online {
		l.marks = nil
	}
	return l.online != was
}

// listener returns whose device it is, nil where the device is not in the room.
func (s *stage) listener(d *Device) *listener {
	if one := s.audience.get(d.by.UserID); one != nil && slices.Contains(one.value.devices, d) {
		return one.value
	}
	return nil
}

// enter puts a device into a live room, where its user is a member from then on. Only the first device of a user that
// is connected tells the backend.
func (c *call) enter(r *room, d *Device) {
	if r.stage.listener(d) != nil {
		return
	}
	userID := d.by.UserID
	one := r.stage.audience.get(userID)
	if one == nil {
		one = r.stage.audience.add(userID, &listener{since: c.now})
	}
	if !r.members.has(userID) {
		c.app.joinRoom(r, userID, group.RoleMember, c.now.Unix())
	}
	l := one.value
	l.devices = append(l.devices, d)
	d.stages = append(d.stages, r.id)
	if l.look() {
		c.heard(r, userID, callback.GroupMemberOnline, callback.GroupMemberJoin)
	}
}

// quit takes a device out of a live room, and is false where it was not in it. Only the last device of a user that is
// connected tells the backend.
func (c *call) quit(r *room, d *Device) bool {
	l := r.stage.listener(d)
	if l == nil {
		return false
	}
	was := l.online
	r.part(&c.app.groups, d)
	if was && !l.online {
		c.heard(r, d.by.UserID, callback.GroupMemberOffline, callback.GroupMemberQuit)
	}
	return true
}

// part takes a device out of the audience. With the last one of a user the user is no member any more.
func (r *room) part(s *groups, d *Device) {
	l := r.stage.listener(d)
	if l == nil {
		return
	}
	d.stages = slices.DeleteFunc(d.stages, func(id string) bool { return id == r.id })
	l.devices = slices.DeleteFunc(l.devices, func(other *Device) bool { return other == d })
	l.look()
	if len(l.devices) > 0 {
		return
	}
	r.stage.audience.remove(d.by.UserID)
	owner := r.owner
	r.remove(s, d.by.UserID)
	r.owner = owner // who stays that without being in the room
}

// expel takes all devices of a user out of the audience, and tells the backend nothing.
func (r *room) expel(userID string) {
	one := r.stage.audience.get(userID)
	if one == nil {
		return
	}
	r.stage.audience.remove(userID)
	for _, d := range one.value.devices {
		d.stages = slices.DeleteFunc(d.stages, func(id string) bool { return id == r.id })
	}
}

// listen takes note in all live rooms of a device that its connection has ended or is there again.
func (d *Device) listen(c *call) {
	for _, id := range d.stages {
		r := c.app.groups.find(id)
		if r == nil {
			continue
		}
		l := r.stage.listener(d)
		if l == nil || !l.look() {
			continue
		}
		if l.online {
			c.heard(r, d.by.UserID, callback.GroupMemberOnline, callback.GroupMemberHeartbeatRecover)
		} else {
			c.heard(r, d.by.UserID, callback.GroupMemberOffline, callback.GroupMemberHeartbeatInterrupt)
		}
	}
}

// walkOut takes a device that is signed in no more out of all live rooms.
func (d *Device) walkOut() {
	for _, id := range slices.Clone(d.stages) {
		if r := d.app.groups.find(id); r != nil {
			r.part(&d.app.groups, d)
		}
	}
	d.stages = nil
}

// heard tells the backend who came or went.
func (c *call) heard(
	r *room, userID string, state callback.GroupMemberState, cause callback.GroupMemberStateCause,
) {
	c.after(r.lane, &callback.GroupOnMemberStateChange{
		GroupID: r.id, EventType: state, EventCause: cause, MemberList: []callback.GroupMember{{MemberAccount: userID}},
		EventTime: callback.EventTimeOf(c.now),
	})
}

// A presence is who is on line in a room, in the list of its members.
type presence struct {
	userID string
	since  time.Time
	marks  []int
}

// present are those who are on line, robots too, in the order in which they came.
func (s *stage) present(now time.Time) (all []presence) {
	for _, one := range s.audience.all {
		if l := one.value; l.online {
			marks := l.marks
			if s.isRobot(one.userID, now) {
				marks = append(slices.Clone(marks), group.MarkRobot)
			}
			all = append(all, presence{one.userID, l.since, marks})
		}
	}
	for _, one := range s.robots.all {
		if s.isRobot(one.userID, now) && !s.hears(one.userID) {
			all = append(all, presence{one.userID, one.value.since, []int{group.MarkRobot}})
		}
	}
	slices.SortStableFunc(all, func(a, b presence) int { return a.since.Compare(b.since) })
	return all
}

// count is how many are on line, robots too.
func (s *stage) count(now time.Time) (n int) {
	for _, one := range s.audience.all {
		if one.value.online {
			n++
		}
	}
	for _, one := range s.robots.all {
		if now.Before(one.value.until) && !s.hears(one.userID) {
			n++
		}
	}
	return n
}

// hears says whether a user is on line in the room.
func (s *stage) hears(userID string) bool {
	there := s.audience.get(userID)
	return there != nil && there.value.online
}

func (s *stage) isRobot(userID string, now time.Time) bool {
	one := s.robots.get(userID)
	return one != nil && now.Before(one.value.until)
}

type roomRequest struct {
	GroupID string `json:"GroupId"`
}

func getOnlineMemberNum(a *App, c *call, req *roomRequest) (any, error) {
	r, err := a.room(req.GroupID, live)
	if err != nil {
		return nil, err
	}
	return struct{ OnlineMemberNum int }{r.stage.count(c.now)}, nil
}

type roomUsers struct {
	roomRequest

	MemberAccount []string `json:"Member_Account"`
}

func (q *roomUsers) of(a *App) (*room, error) {
	r, err := a.room(q.GroupID, live)
	if err != nil {
		return nil, err
	}
	return r, checkItems("users", len(q.MemberAccount), len(q.MemberAccount))
}

func checkMembers(a *App, c *call, req *roomUsers) (any, error) {
	r, err := req.of(a)
	if err != nil {
		return nil, err
	}
	in := []string{}
	for _, userID := range req.MemberAccount {
		if r.stage.hears(userID) || r.stage.isRobot(userID, c.now) {
			in = append(in, userID)
		}
	}
	return struct {
		MemberAccount []string `json:"Member_Account"`
	}{in}, nil
}
