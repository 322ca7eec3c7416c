package chat

import (
	"encoding/json"
	"errors"

	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/message"
)

// talkKinds are what a snapshot has of messages. The lines stay in the order in which the messages came.
func talkKinds() []kind {
	return []kind{keeps("message", messageLines, func([]messageLine) {}, loadMessage)}
}

// messageLine is a message in a snapshot.
type messageLine struct {
	FromAccount     string `json:"From_Account"`
	ToAccount       string `json:"To_Account"`
	MsgSeq          uint64
	MsgRandom       uint64
	MsgTimeStamp    int64
	MsgBody         json.RawMessage
	CloudCustomData string `json:",omitempty"`

	Unread            bool     `json:",omitempty"`
	DeletedBy         []string `json:",omitempty"` // who has no copy
	MsgFlagBits       int      `json:",omitempty"`
	IsNeedReadReceipt int      `json:",omitempty"`
	IsPeerRead        int      `json:",omitempty"`
	extensionLine

	StoreTime  int64 `json:",omitempty"` // when it came; 0: when the snapshot is restored
	ExpireTime int64 `json:",omitempty"` // when the receiver's copy goes; 0: 7 days after StoreTime

	body message.Body // of which MsgBody is made when the line is written
}

// MarshalJSON writes the line, and the body only now, when the state is not locked any more.
func (l *messageLine) MarshalJSON() ([]byte, error) {
	type plain messageLine
	body, err := l.body.MarshalJSON()
	if err != nil {
		return nil, err
	}
	l.MsgBody = body
	return wire.Marshal((*plain)(l))
}

func flag(set bool, n int) int {
	if set {
		return n
	}
	return 0
}

func messageLines(s *state) []messageLine {
	lines := make([]messageLine, 0, s.talks.kept)
	for m := s.talks.oldest; m != nil; m = m.newer {
		line := messageLine{
			FromAccount: m.sender(), ToAccount: m.receiver(),
			MsgSeq: m.key.seq, MsgRandom: m.key.random, MsgTimeStamp: m.key.time,
			body: m.body, CloudCustomData: m.cloud, Unread: m.unread,
			MsgFlagBits: flag(m.recalled, recalledBit), IsNeedReadReceipt: flag(m.asked, 1),
			IsPeerRead: flag(m.receipt, 1), extensionLine: m.line(), StoreTime: m.came, ExpireTime: m.lapses,
		}
		for who, has := range m.copies {
			if !has && (who == 0 || m.talk.pair[0] != m.talk.pair[1]) {
				line.DeletedBy = append(line.DeletedBy, m.talk.pair[who])
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func loadMessage(s *state, line *messageLine) error {
	if s.users.byID[line.FromAccount] == nil || s.users.byID[line.ToAccount] == nil {
		return errors.New("From_Account or To_Account is not a user of a line above")
	}
	var c content
	if err := c.UnmarshalJSON(line.MsgBody); err != nil || len(c.body) == 0 {
		return errors.New("MsgBody is not a list of elements")
	}
	if last := s.talks.newest; line.StoreTime != 0 && last != nil && (last.came == 0 || line.StoreTime < last.came) {
		return errors.New("StoreTime is before that of the message above, or that one has none")
	}
	t := s.talks.with(line.FromAccount, line.ToAccount)
	m := &msg{
		key: msgKey{line.MsgSeq, line.MsgRandom, line.MsgTimeStamp}, talk: t, from: t.pair.side(line.FromAccount),
		content: c, cloud: line.CloudCustomData, recalled: line.MsgFlagBits == recalledBit,
		asked: line.IsNeedReadReceipt == 1, receipt: line.IsPeerRead == 1,
		came: line.StoreTime, lapses: line.ExpireTime,
	}
	m.copies = [2]bool{true, t.pair[0] != t.pair[1]}
	for _, userID := range line.DeletedBy {
		if userID != t.pair[0] && userID != t.pair[1] {
			return errors.New("DeletedBy has one who is not of the two")
		}
		m.copies[t.pair.side(userID)] = false
	}
	if m.copies == [2]bool{} {
		return errors.New("the message is deleted by both")
	}
	m.unread = line.Unread && m.copies[1-m.from]
	if line.Unread && !m.unread {
		return errors.New("the message is unread by one who has no copy")
	}
	var err error
	if m.extensible, err = line.extensible(); err != nil {
		return err
	}
	s.talks.keep(m, true)
	return nil
}
