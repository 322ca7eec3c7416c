package chat

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/message"
)

// groupMsgKinds are what a snapshot has of the messages of groups. The lines of messages stay in the order in which
// they came.
func groupMsgKinds() []kind {
	return []kind{
		keeps("groupmessage", groupMsgLines, func([]groupMsgLine) {}, loadGroupMsg),
		keeps("grouplog", groupLogLines, func([]groupLogLine) {}, loadGroupLog),
	}
}

// groupMsgLine is a message of a group in a snapshot.
type groupMsgLine struct {
	GroupID         string `json:"GroupId"`
	TopicID         string `json:"TopicId,omitempty"`
	MsgSeq          uint32
	FromAccount     string `json:"From_Account"`
	Random          uint64 `json:",omitempty"`
	MsgTimeStamp    int64
	MsgPriority     group.Priority `json:",omitempty"` // empty: Normal
	MsgBody         json.RawMessage
	CloudCustomData string         `json:",omitempty"`
	GroupAtInfo     []group.AtInfo `json:",omitempty"`
	ToAccount       []string       `json:"To_Account,omitempty"` // the only members who have it

	NoUnread           bool           `json:",omitempty"`
	IsPlaceMsg         group.PlaceMsg `json:",omitempty"`
	NeedReadReceipt    int            `json:",omitempty"`
	ReadReceiptMembers []string       `json:",omitempty"`
	extensionLine

	StoreTime int64 `json:",omitempty"` // when it came; 0: when the snapshot is restored

	body message.Body // of which MsgBody is made when the line is written
}

// MarshalJSON writes the line, and the body only now, when the state is not locked any more.
func (l *groupMsgLine) MarshalJSON() (_ []byte, err error) {
	type plain groupMsgLine
	if l.MsgBody, err = l.body.MarshalJSON(); err != nil {
		return nil, err
	}
	return wire.Marshal((*plain)(l))
}

func groupMsgLines(s *state) []groupMsgLine {
	lines := make([]groupMsgLine, 0, s.groups.msgs.kept)
	places := s.groups.places()
	for _, m := range s.groups.msgs.queue {
		if m.gone {
			continue
		}
		p := places[m.log]
		line := groupMsgLine{
			GroupID: p.id, TopicID: p.topicID(), MsgSeq: m.seq, FromAccount: m.from, Random: m.random,
			MsgTimeStamp: m.time, body: m.body, CloudCustomData: m.cloud, GroupAtInfo: m.mentions,
			ToAccount: slices.Clone(m.to), NoUnread: m.noUnread, NeedReadReceipt: flag(m.receipts != nil, 1),
			extensionLine: m.line(), StoreTime: m.came,
		}
		if m.priority != group.Normal {
			line.MsgPriority = m.priority
		}
		if m.recalled {
			line.IsPlaceMsg = group.PlaceRecalled
		}
		if m.receipts != nil {
			line.ReadReceiptMembers = slices.Clone(m.receipts.readers)
		}
		lines = append(lines, line)
	}
	return lines
}

// places are all groups and topics by what they have of messages.
func (s *groups) places() map[*groupLog]place {
	all := make(map[*groupLog]place)
	for _, one := range s.all.all {
		r := one.value
		all[&r.log] = place{room: r}
		for _, t := range r.topics.all {
			all[&t.value.log] = place{r, t.value}
		}
	}
	return all
}

// logOf returns the messages of a group or a topic that a line names.
func (s *groups) logOf(groupID, topicID string) (*groupLog, error) {
	r := s.find(groupID)
	if r == nil {
		return nil, errors.New("GroupId is not a group of a line above")
	}
	p := place{room: r}
	if topicID != "" {
		t := r.topics.get(topicID)
		if t == nil {
			return nil, errors.New("TopicId is not a topic of a line above")
		}
		p.topic = t.value
	}
	return p.log(), nil
}

// maxGap is how far apart the numbers of two messages of a log may be.
const maxGap = 1_000_000

func loadGroupMsg(s *state, line *groupMsgLine) error {
	l, err := s.groups.logOf(line.GroupID, line.TopicID)
	if err != nil {
		return err
	}
	m := &groupMsg{
		seq: line.MsgSeq, random: line.Random, from: line.FromAccount, time: line.MsgTimeStamp, cloud: line.CloudCustomData,
		priority: group.Normal, mentions: line.GroupAtInfo, to: line.ToAccount, noUnread: line.NoUnread,
		recalled: line.IsPlaceMsg == group.PlaceRecalled, came: line.StoreTime,
	}
	if line.MsgPriority != "" {
		m.priority = line.MsgPriority
	}
	if _, known := ranks[m.priority]; !known {
		return errors.New("MsgPriority is not High, Low or Lowest")
	}
	if line.NeedReadReceipt == 1 {
		m.receipts = &receipts{line.ReadReceiptMembers}
	}
	if m.extensible, err = line.extensible(); err != nil {
		return err
	}
	if err := m.UnmarshalJSON(line.MsgBody); err != nil || len(m.body) == 0 {
		return errors.New("MsgBody is not a list of elements")
	}
	queue := s.groups.msgs.queue
	switch {
	case s.users.byID[m.from] == nil:
		return errors.New("From_Account is not a user of a line above")
	case m.seq <= l.last || len(l.messages) > 0 && m.seq-l.last > maxGap:
		return errors.New("MsgSeq is not above that of the message before, or a million above it")
	case m.came != 0 && len(queue) > 0 && (queue[len(queue)-1].came == 0 || m.came < queue[len(queue)-1].came):
		return errors.New("StoreTime is before that of the message above, or that one has none")
	}
	l.last = m.seq
	s.groups.msgs.keep(l, m)
	s.talks.list(l, m.time)
	return nil
}

// groupLogLine is what a snapshot has of the messages of a group together. A seed can leave it out.
type groupLogLine struct {
	GroupID       string `json:"GroupId"`
	TopicID       string `json:"TopicId,omitempty"`
	MsgSeq        uint32 // the number of the newest one, kept or not
	LastMsgTime   int64  `json:",omitempty"` // of the newest one that lists of conversations show
	ClearedMsgSeq uint32 `json:",omitempty"`
	PinnedMsgList []pin  `json:",omitempty"`
	// DeletedBy are the members who have deleted the conversation, with the number up to which they see nothing.
	DeletedBy map[string]uint32 `json:",omitempty"`
}

func groupLogLines(s *state) (lines []groupLogLine) {
	add := func(p place) {
		if l := p.log(); l.last > 0 {
			lines = append(lines, groupLogLine{
				p.id, p.topicID(), l.last, l.lastTime, l.cleared, slices.Clone(l.pins), maps.Clone(l.hidden),
			})
		}
	}
	for _, one := range s.groups.all.all {
		add(place{room: one.value})
		for _, t := range one.value.topics.all {
			add(place{one.value, t.value})
		}
	}
	return lines
}

func loadGroupLog(s *state, line *groupLogLine) error {
	l, err := s.groups.logOf(line.GroupID, line.TopicID)
	switch {
	case err != nil:
		return err
	case line.MsgSeq < l.last || line.ClearedMsgSeq > line.MsgSeq:
		return errors.New("MsgSeq is below that of a message above, or below ClearedMsgSeq")
	case len(line.PinnedMsgList) > maxPins:
		return errors.New("PinnedMsgList has over 10 messages")
	}
	for _, p := range line.PinnedMsgList {
		if l.find(p.MsgSeq) == nil {
			return errors.New("PinnedMsgList has a message that is not one of a line above")
		}
	}
	for userID, seq := range line.DeletedBy {
		if s.users.byID[userID] == nil || seq > line.MsgSeq {
			return errors.New("DeletedBy has one who is not a user of a line above, or a number above MsgSeq")
		}
	}
	l.last, l.lastTime, l.cleared, l.pins = line.MsgSeq, line.LastMsgTime, line.ClearedMsgSeq, line.PinnedMsgList
	l.hidden = line.DeletedBy
	if l.lastTime == 0 {
		l.listed = 0
	}
	return nil
}
