package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// groupMessage is a message of a group or a topic.
type groupMessage struct {
	GroupID      string `json:"GroupId"`
	TopicID      string `json:"TopicId"`
	MsgSeq       uint32
	FromAccount  string `json:"From_Account"`
	Random       uint64
	MsgTimeStamp int64
	MsgBody      message.Body
	ToAccount    []string       `json:"To_Account"` // the only members who have it
	IsPlaceMsg   group.PlaceMsg // 2: it was recalled
}

func (m *groupMessage) chat() string { return cmp.Or(m.TopicID, m.GroupID) }
func (m *groupMessage) key() string  { return m.chat() }
func (m *groupMessage) id() string   { return "" }

// left says why the message is left behind, "" if it is not.
func (m *groupMessage) left() string {
	switch {
	case m.IsPlaceMsg != group.PlaceMessage:
		return "groupmessage that was recalled"
	case len(m.ToAccount) > 0:
		return "groupmessage for some members alone"
	}
	return ""
}

// check also gives the message a Random where it has none, and moves it behind the one before: the service takes a
// message only when its second is after that of the newest one.
func (m *groupMessage) check(c *checker, l *line) error {
	if why := m.left(); why != "" {
		return fmt.Errorf("%s: %w", why, errLeft)
	}
	in, err := c.in(l, "the group or topic", m.chat())
	if err != nil {
		return err
	}
	if err := c.user(l, "From_Account", m.FromAccount); err != nil {
		return err
	}
	if m.Random == 0 || m.Random > math.MaxUint32 {
		m.Random = uint64(l.draw())
		l.set("Random", m.Random)
	}
	before, some := c.last[m.chat()]
	if !some {
		before = moment{in.created, in.created}
	}
	now := moment{m.MsgTimeStamp, max(m.MsgTimeStamp, before.moved+1)}
	switch {
	case now.said < in.created:
		return errors.New("MsgTimeStamp is before the CreateTime of the group")
	case now.said < before.said:
		return errors.New("MsgTimeStamp is before that of the message above: sort the messages of a group by time")
	case now.moved > now.said:
		c.shift(now.moved - now.said)
		m.MsgTimeStamp = now.moved
		l.set("MsgTimeStamp", now.moved)
	}
	c.last[m.chat()] = now
	return nil
}

// A moment is when a message was sent as its line says, and as the service is told.
type moment struct{ said, moved int64 }

func (m *groupMessage) sent() time.Time { return time.Unix(m.MsgTimeStamp, 0) }
func (m *groupMessage) strip()          { m.MsgBody = nil }

// importGroupMessages imports messages of one group. Those that are refused for their time, or whose outcome is open,
// may be there from a call whose answer was lost: then the history says.
func importGroupMessages(ctx context.Context, s *service, lines []*line) []error {
	messages := itemsOf[*groupMessage](lines)
	list := make([]group.ImportMessage, len(messages))
	for i, m := range messages {
		list[i] = group.ImportMessage{SendTime: m.sent(), Message: message.Message{
			FromAccount: m.FromAccount, MsgBody: m.MsgBody, MsgRandom: uint32(m.Random),
		}}
	}
	results, err := s.groups.Import.Messages(ctx, messages[0].chat(), list, group.WithRecentContact())
	errs := outcomes(len(lines), results, err)
	if !anyIs(errs, restapi.CodeGroupInvalidParameter) && !anyIs(errs, restapi.ErrTemporary) &&
		!anyIs(errs, restapi.ErrBadResponse) {
		return errs
	}
	missing, reached, err := missingIn(ctx, s, lines)
	if err != nil {
		return errs
	}
	for i, l := range lines {
		switch {
		case errs[i] == nil:
		case !missing[l]:
			errs[i] = nil
		case !reached && errors.Is(errs[i], restapi.CodeGroupInvalidParameter):
			errs[i] = errUnsure
		}
	}
	return errs
}

// errUnsure says that a message is there already or was refused: its history does not reach back to it.
var errUnsure = errors.New("is there already, or was refused for its time")

// missingIn returns which messages of a group its history does not have, and whether it reaches back to the oldest.
func missingIn(ctx context.Context, s *service, lines []*line) (missing map[*line]bool, reached bool, err error) {
	type identity struct {
		from   string
		random uint32
		time   int64
	}
	missing, wanted := make(map[*line]bool), make(map[identity]*line)
	oldest := int64(math.MaxInt64)
	for i, m := range itemsOf[*groupMessage](lines) {
		missing[lines[i]] = true
		wanted[identity{m.FromAccount, uint32(m.Random), m.MsgTimeStamp}] = lines[i]
		oldest = min(oldest, m.MsgTimeStamp)
	}
	for m, err := range s.groups.Messages(ctx, itemsOf[*groupMessage](lines)[0].chat()) {
		if err != nil {
			return missing, false, err
		}
		if m.IsPlaceMsg == group.PlaceGap {
			continue
		}
		if l := wanted[identity{m.FromAccount, m.MsgRandom, m.MsgTime.Unix()}]; l != nil {
			delete(missing, l)
		}
		if reached = m.MsgTime.Unix() <= oldest; reached || len(missing) == 0 {
			break
		}
	}
	return missing, reached, nil
}

func compareGroupMessages(ctx context.Context, s *service, talk []*line) []error {
	missing, _, err := missingIn(ctx, s, talk)
	errs := make([]error, len(talk))
	for i, l := range talk {
		if missing[l] {
			errs[i] = cmp.Or(err, errAbsent)
		}
	}
	return errs
}
