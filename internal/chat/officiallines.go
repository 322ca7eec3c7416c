package chat

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/official"
)

// officialKinds are what a snapshot has of official accounts. Their subscribers stay as they came, their messages too.
func officialKinds() []kind {
	return []kind{
		keeps("official", ofChannels(officialLines), func([]officialLine) {}, loadOfficial),
		keeps("subscriber", ofChannels(subscriberLines), func([]subscriberLine) {}, loadSubscriber),
		keeps("officialmessage", ofChannels(officialMsgLines), func([]officialMsgLine) {}, loadOfficialMsg),
	}
}

// ofChannels are lines of all accounts, in the order of their IDs.
func ofChannels[R any](lines func(*channel) []R) func(*state) []R {
	return func(s *state) (all []R) {
		for _, id := range slices.Sorted(maps.Keys(s.officials.byID)) {
			all = append(all, lines(s.officials.byID[id])...)
		}
		return all
	}
}

// officialLine is an official account in a snapshot.
type officialLine struct {
	official.Account

	CreateTime  int64
	LastMsgTime int64  `json:",omitempty"`
	LatestSeq   uint32 `json:",omitempty"` // of its last message
}

func officialLines(ch *channel) []officialLine {
	return []officialLine{{ch.Account, ch.created, ch.lastMsg, ch.seq}}
}

func loadOfficial(s *state, line *officialLine) error {
	id := line.OfficialAccountUserID
	if err := checkOfficialID(id); err != nil {
		return err
	}
	switch {
	case s.officials.byID[id] != nil:
		return errors.New("the official account is there twice")
	case s.users.byID[line.OwnerAccount] == nil:
		return errors.New("Owner_Account is not a user of a line above")
	case line.Name == "" || len(line.Name) > officialNameBytes || line.MaxSubscriberNum < 0:
		return errors.New("the name does not have 1 to 150 bytes, or MaxSubscriberNum is below 0")
	}
	put(&s.officials.byID, id, &channel{
		Account: line.Account, created: line.CreateTime, lastMsg: line.LastMsgTime, seq: line.LatestSeq,
	})
	return nil
}

var errNoOfficial = errors.New("Official_Account is not one of a line above")

// subscriberLine is a subscription in a snapshot.
type subscriberLine struct {
	OfficialAccount   string `json:"Official_Account"`
	SubscriberAccount string `json:"Subscriber_Account"`
	SubscribeTime     int64
	CustomString      string `json:",omitempty"`
}

func subscriberLines(ch *channel) (lines []subscriberLine) {
	for _, one := range ch.subscribers.all {
		lines = append(lines, subscriberLine{ch.OfficialAccountUserID, one.userID, one.value.since, one.value.custom})
	}
	return lines
}

func loadSubscriber(s *state, line *subscriberLine) error {
	ch := s.officials.byID[line.OfficialAccount]
	switch {
	case ch == nil:
		return errNoOfficial
	case s.users.byID[line.SubscriberAccount] == nil:
		return errors.New("Subscriber_Account is not a user of a line above")
	case ch.subscribers.has(line.SubscriberAccount):
		return errors.New("the subscriber is there twice")
	}
	s.officials.subscribe(ch, line.SubscriberAccount, subscriber{line.SubscribeTime, line.CustomString})
	return nil
}

// officialMsgLine is a message of an official account in a snapshot.
type officialMsgLine struct {
	OfficialAccount string `json:"Official_Account"`
	MsgSeq          uint32
	MsgRandom       uint64
	MsgTimeStamp    int64
	MsgBody         json.RawMessage   `json:",omitempty"`
	CloudCustomData string            `json:",omitempty"`
	IsPlaceMsg      official.PlaceMsg `json:",omitempty"`

	body message.Body // of which MsgBody is made when the line is written
}

// MarshalJSON writes the line, and the body only now, when the state is not locked any more.
func (l *officialMsgLine) MarshalJSON() (line []byte, err error) {
	type plain officialMsgLine
	if l.body != nil {
		if l.MsgBody, err = l.body.MarshalJSON(); err != nil {
			return nil, err
		}
	}
	return wire.Marshal((*plain)(l))
}

func officialMsgLines(ch *channel) (lines []officialMsgLine) {
	for _, m := range ch.log {
		lines = append(lines, officialMsgLine{
			OfficialAccount: ch.OfficialAccountUserID, MsgSeq: m.seq, MsgRandom: m.random, MsgTimeStamp: m.time,
			CloudCustomData: m.cloud, IsPlaceMsg: m.place, body: m.body,
		})
	}
	return lines
}

func loadOfficialMsg(s *state, line *officialMsgLine) error {
	ch := s.officials.byID[line.OfficialAccount]
	if ch == nil {
		return errNoOfficial
	}
	last := &officialMsg{}
	if n := len(ch.log); n > 0 {
		last = ch.log[n-1]
	}
	if line.MsgSeq <= last.seq || line.MsgTimeStamp < last.time {
		return errors.New("MsgSeq does not grow from 1, or MsgTimeStamp is before that of the message above")
	}
	m := &officialMsg{line.MsgSeq, line.MsgRandom, line.MsgTimeStamp, nil, line.CloudCustomData, line.IsPlaceMsg}
	var c content
	switch {
	case m.place < official.PlaceMsgNone || m.place > official.PlaceMsgRecalled:
		return errors.New("IsPlaceMsg is not 0, 1 or 2")
	case (m.place == official.PlaceMsgNone) == (line.MsgBody == nil):
		return errors.New("MsgBody is given where IsPlaceMsg is, or neither is")
	case line.MsgBody == nil:
	case c.UnmarshalJSON(line.MsgBody) != nil || len(c.body) == 0:
		return errors.New("MsgBody is not a list of elements")
	}
	m.body = c.body
	ch.log = append(ch.log, m)
	ch.seq, ch.lastMsg = max(ch.seq, m.seq), max(ch.lastMsg, m.time)
	return nil
}

func botLines(s *state) (lines []named) {
	for _, id := range slices.Sorted(maps.Keys(s.bots.ids)) {
		lines = append(lines, named{id})
	}
	return lines
}

func loadBot(s *state, line *named) error {
	if err := checkBotID(line.UserID); err != nil {
		return err
	}
	if s.users.byID[line.UserID] == nil || s.bots.ids[line.UserID] {
		return errors.New("UserID is not a user of a line above, or is there twice")
	}
	put(&s.bots.ids, line.UserID, true)
	return nil
}
