package chat

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/push"
)

// pushKinds are what a snapshot has of pushes, but for those that are scheduled. Pushes of messages are not kept.
func pushKinds() []kind {
	return []kind{
		keeps("pushattr", attrLines, func([]attrLine) {}, loadAttr),
		keeps("pushuser", taggedLines, sortTaggedLines, loadTagged),
		keeps("push", pushLines, func([]pushLine) {}, loadPush),
	}
}

// attrLine is an attribute that users can have.
type attrLine struct {
	Number int
	Name   string
	Type   push.AttrType `json:",omitempty"`
}

func attrLines(s *state) (lines []attrLine) {
	for n, one := range s.pushes.names {
		if one.name != "" {
			lines = append(lines, attrLine{n, one.name, one.kind})
		}
	}
	return lines
}

func loadAttr(s *state, line *attrLine) error {
	switch {
	case line.Number < 0 || line.Number >= push.MaxAttrs || s.pushes.names[max(line.Number, 0)].name != "":
		return errors.New("the Number is not 0 to 9, or is there twice")
	case line.Name == "" || len(line.Name) > maxPushText || s.pushes.number(line.Name) >= 0:
		return errors.New("the Name is empty, over 50 bytes, or there twice")
	case line.Type != push.AttrTypeUserID && line.Type != push.AttrTypeRegistrationID:
		return errors.New("the Type is not 0 or 1")
	}
	s.pushes.names[line.Number] = attrName{line.Name, line.Type}
	return nil
}

// taggedLine are the tags and attributes of a user.
type taggedLine struct {
	ToAccount string            `json:"To_Account"`
	Tags      []string          `json:",omitempty"`
	Attrs     map[string]string `json:",omitempty"`
}

func taggedLines(s *state) (lines []taggedLine) {
	for userID, u := range s.pushes.tagged {
		if len(u.tags)+len(u.attrs) > 0 {
			lines = append(lines, taggedLine{userID, slices.Clone(u.tags), s.pushes.named(userID)})
		}
	}
	return lines
}

func sortTaggedLines(lines []taggedLine) {
	slices.SortFunc(lines, func(a, b taggedLine) int { return cmp.Compare(a.ToAccount, b.ToAccount) })
}

func loadTagged(s *state, line *taggedLine) error {
	if s.users.byID[line.ToAccount] == nil || s.pushes.tagged[line.ToAccount] != nil {
		return errors.New("To_Account is not a user of a line above, or is there twice")
	}
	u := s.pushes.of(line.ToAccount)
	for i, tag := range line.Tags {
		if tag == "" || len(tag) > maxPushText || i >= maxUserTags || slices.Contains(line.Tags[:i], tag) {
			return errors.New("a tag is empty, over 50 bytes or there twice, or there are over 100")
		}
	}
	u.tags = line.Tags
	for _, name := range slices.Sorted(maps.Keys(line.Attrs)) {
		n := s.pushes.number(name)
		if n < 0 || len(line.Attrs[name]) > maxPushText {
			return errors.New("an attribute has a name that is not of a line above, or a value over 50 bytes")
		}
		u.attrs[n] = line.Attrs[name]
	}
	return nil
}

// pushLine is a push to several users.
type pushLine struct {
	TaskID      string `json:"TaskId"`
	DataID      string `json:"DataId,omitempty"`
	FromAccount string `json:"From_Account,omitempty"`
	TaskTime    int64
	Listed      bool        `json:",omitempty"`
	MsgKey      string      `json:",omitempty"`
	RevokeTime  int64       `json:",omitempty"`
	NoToken     int         `json:",omitempty"`
	Reached     []reachLine `json:",omitempty"`
}

// reachLine is a push to one device.
type reachLine struct {
	ToAccount    string `json:"To_Account"`
	InstanceID   string `json:"InstanceId"`
	EventType    callback.PushType
	PushPlatform callback.PushPlatform `json:",omitempty"`
	EventTime    int64
	DeliverTime  int64 `json:",omitempty"`
	ClickTime    int64 `json:",omitempty"`
}

func pushLines(s *state) (lines []pushLine) {
	for _, t := range s.pushes.tasks {
		line := pushLine{
			TaskID: t.id, DataID: t.dataID, FromAccount: t.from, TaskTime: t.at.Unix(), Listed: t.listed, NoToken: t.lost,
		}
		if t.key != (msgKey{}) {
			line.MsgKey = t.key.String()
		}
		if !t.revoked.IsZero() {
			line.RevokeTime = t.revoked.Unix()
		}
		for _, d := range t.reached {
			line.Reached = append(line.Reached, reachLine{
				d.user, d.instance, d.kind, d.platform, d.at, d.delivered, d.clicked,
			})
		}
		lines = append(lines, line)
	}
	return lines
}

func loadPush(s *state, line *pushLine) error {
	t := &pushTask{
		id: line.TaskID, dataID: line.DataID, from: line.FromAccount, at: time.Unix(line.TaskTime, 0),
		listed: line.Listed, lost: line.NoToken,
	}
	switch {
	case t.id == "" || s.pushes.byID[t.id] != nil:
		return errors.New("TaskId is empty, or there twice")
	case t.lost < 0 || line.TaskTime < 0 || line.RevokeTime < 0 || len(s.pushes.tasks) == maxTasks:
		return errors.New("a number is below 0, or there are over 10000 pushes")
	}
	if line.MsgKey != "" {
		var err error
		if t.key, err = parseKey(line.MsgKey); err != nil || t.key.String() != line.MsgKey || s.users.byID[t.from] == nil {
			return errors.New("MsgKey is not the key of a message, or From_Account is not a user of a line above")
		}
	}
	if line.RevokeTime > 0 {
		t.revoked = time.Unix(line.RevokeTime, 0)
	}
	for _, one := range line.Reached {
		if s.users.byID[one.ToAccount] == nil {
			return errors.New("a push has a To_Account that is not a user of a line above")
		}
		t.reached = append(t.reached, &delivery{
			task: t, user: one.ToAccount, instance: one.InstanceID, kind: one.EventType, platform: one.PushPlatform,
			token: true, at: one.EventTime, delivered: one.DeliverTime, clicked: one.ClickTime,
		})
	}
	s.pushes.keep(t)
	if n, err := strconv.Atoi(t.id[strings.LastIndexByte(t.id, '-')+1:]); err == nil {
		s.pushes.last = max(s.pushes.last, n)
	}
	return nil
}

// laterLine is a scheduled push.
type laterLine struct {
	TaskID     uint64
	CreateAt   int64
	SchedAt    int64
	Type       push.TaskType
	Content    laterContent
	Status     push.TaskStatus
	PushTaskID string `json:",omitempty"`
}

func laterLines(s *state) (lines []laterLine) {
	for _, p := range s.pushes.later {
		content := p.content
		content.ToAccount = slices.Clone(content.ToAccount)
		lines = append(lines, laterLine{p.id, p.created, p.at, p.kind, content, p.status, p.task})
	}
	return lines
}

func loadLater(s *state, line *laterLine) error {
	p := &laterPush{
		line.TaskID, line.CreateAt, line.SchedAt, line.Type, line.Content, line.Status, line.PushTaskID,
	}
	switch {
	case p.id <= s.pushes.lastTask:
		return errors.New("TaskID is 0, or does not grow")
	case p.created < 0 || p.at < 0 || max(p.created, p.at) > maxMoment:
		return errors.New("a time is not one of the years 1970 to 9999")
	case p.status != push.TaskPending && p.status != sentStatus:
		return errors.New("the Status is not pending or dispatched")
	}
	if err := p.check(&s.pushes); err != nil {
		return err
	}
	s.pushes.lastTask = p.id
	s.pushes.later = append(s.pushes.later, p)
	s.pushes.setNext()
	return nil
}

// maxMoment is the last second of the year 9999.
var maxMoment = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC).Unix()
