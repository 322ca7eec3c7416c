package chat

import (
	"slices"
	"strconv"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/push"
)

// maxDeliveries is how many pushes of messages are counted, and maxTasks how many others: the oldest go.
const (
	maxDeliveries = 100_000
	maxTasks      = 10_000
)

// pushes are the tags and attributes of users, and what was pushed.
type pushes struct {
	names  [push.MaxAttrs]attrName
	tagged map[string]*tagged // by user

	tasks   []*pushTask // the oldest first
	byID    map[string]*pushTask
	last    int // number of the last task
	revoked time.Time
	repeats repeats

	messages []*delivery          // pushes of messages, the oldest first
	shown    map[string]*delivery // by the ID that it has on the device

	later    []*laterPush // by number
	lastTask uint64
	next     int64 // when the first of those goes out that wait; 0: none waits
}

// An attrName is an attribute that users can have, without a name where there is none of the number.
type attrName struct {
	name string
	kind push.AttrType
}

// tagged are the tags and attributes of a user.
type tagged struct {
	tags  []string       // in the order in which they were added
	attrs map[int]string // by the number of the attribute
}

// of returns what a user has, which is there from then on.
func (s *pushes) of(userID string) *tagged {
	u := s.tagged[userID]
	if u == nil {
		u = &tagged{attrs: map[int]string{}}
		put(&s.tagged, userID, u)
	}
	return u
}

// number is that of an attribute, -1 where there is no such name.
func (s *pushes) number(name string) int {
	return slices.IndexFunc(s.names[:], func(a attrName) bool { return a.name == name && name != "" })
}

// A pushTask is a push to several users.
type pushTask struct {
	id, dataID string
	at         time.Time
	listed     bool // to listed users, or scheduled: it does not count for the limits of pushes to all
	from       string
	key        msgKey // of its message; the zero one where none was kept
	revoked    time.Time
	reached    []*delivery
	lost       int // users who have neither a device on line nor one that can be pushed to
}

// A delivery is a push to one device.
type delivery struct {
	task       *pushTask
	message    string // its MsgID, where it is the push of a message
	user       string
	device     *Device // nil after Restore
	instance   string
	kind       callback.PushType
	platform   callback.PushPlatform
	token      bool  // it could be sent
	at         int64 // seconds, as what follows; 0: not yet
	delivered  int64
	clicked    int64
	shownUnder string
}

// add makes a task and drops those that nobody can ask about any more.
func (s *pushes) add(t *pushTask, prefix string) {
	for {
		s.last++
		t.id = prefix + strconv.Itoa(s.last)
		if s.byID[t.id] == nil {
			break
		}
	}
	s.keep(t)
	for len(s.tasks) > maxTasks || t.at.Sub(s.tasks[0].at) > 31*24*time.Hour {
		s.drop(s.tasks[0])
	}
}

func (s *pushes) keep(t *pushTask) {
	put(&s.byID, t.id, t)
	s.tasks = append(s.tasks, t)
	if t.revoked.After(s.revoked) {
		s.revoked = t.revoked
	}
}

// drop takes away the oldest task.
func (s *pushes) drop(t *pushTask) {
	for _, d := range t.reached {
		delete(s.shown, d.shownUnder)
	}
	delete(s.byID, t.id)
	s.tasks[0] = nil
	s.tasks = s.tasks[1:]
}

// count keeps what became of the push of a message.
func (s *pushes) count(d *delivery) {
	if len(s.messages) == maxDeliveries {
		delete(s.shown, s.messages[0].shownUnder)
		s.messages[0] = nil
		s.messages = s.messages[1:]
	}
	s.messages = append(s.messages, d)
}

// forget takes away all traces of an account.
func (s *pushes) forget(userID string) {
	delete(s.tagged, userID)
	s.repeats.forget(userID)
	theirs := func(d *delivery) bool {
		if d.user == userID {
			delete(s.shown, d.shownUnder)
		}
		return d.user == userID
	}
	s.messages = slices.DeleteFunc(s.messages, theirs)
	for _, t := range s.tasks {
		t.reached = slices.DeleteFunc(t.reached, theirs)
		if t.from == userID {
			t.from, t.key = "", msgKey{}
		}
	}
	s.later = slices.DeleteFunc(s.later, func(p *laterPush) bool {
		own := p.content.ToAccount
		p.content.ToAccount = slices.DeleteFunc(own, func(to string) bool { return to == userID })
		return p.content.FromAccount == userID || len(own) > 0 && len(p.content.ToAccount) == 0
	})
	s.setNext()
}
