package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/go-tencentchat/tencentchat/message"
)

// talkMessage is a message between two users.
type talkMessage struct {
	pair

	MsgSeq, MsgRandom uint64
	MsgTimeStamp      int64
	MsgBody           message.Body
	CloudCustomData   string
	MsgFlagBits       message.FlagBits
	Unread            bool
}

// key is the same for both directions.
func (m *talkMessage) key() string {
	return min(m.FromAccount, m.ToAccount) + "\x00" + max(m.FromAccount, m.ToAccount)
}

func (m *talkMessage) id() string      { return "" }
func (m *talkMessage) sent() time.Time { return time.Unix(m.MsgTimeStamp, 0) }
func (m *talkMessage) strip()          { m.MsgBody, m.CloudCustomData = nil, "" }

// check also gives the message a MsgSeq and a MsgRandom where it has none: with its time they are what it is known by.
func (m *talkMessage) check(c *checker, l *line) error {
	if m.MsgFlagBits&message.Recalled != 0 {
		return fmt.Errorf("message that was recalled: %w", errLeft)
	}
	if err := m.pair.check(c, l); err != nil {
		return err
	}
	if m.MsgTimeStamp <= 0 {
		return errors.New("MsgTimeStamp is missing")
	}
	if m.MsgSeq == 0 || m.MsgSeq > math.MaxUint32 {
		m.MsgSeq = uint64(l.number)%math.MaxUint32 + 1
		l.set("MsgSeq", m.MsgSeq)
	}
	if m.MsgRandom == 0 || m.MsgRandom > math.MaxUint32 {
		m.MsgRandom = uint64(l.draw())
		l.set("MsgRandom", m.MsgRandom)
	}
	if m.Unread && !c.sdk.unread {
		c.leave("message Unread")
	}
	return nil
}

// importMessage imports one message. One that is there already stays, which is no error.
func importMessage(ctx context.Context, s *service, lines []*line) []error {
	m := itemsOf[*talkMessage](lines)[0]
	sync := message.ImportHistory
	if m.Unread && s.unread {
		sync = message.ImportRealTime
	}
	_, err := s.messages.Import(ctx, m.ToAccount, message.Message{
		FromAccount: m.FromAccount, MsgBody: m.MsgBody, CloudCustomData: m.CloudCustomData, MsgRandom: uint32(m.MsgRandom),
	}, m.sent(), sync, message.WithSeq(uint32(m.MsgSeq)))
	return []error{err}
}

// compareTalk looks messages of two users up in their history.
func compareTalk(ctx context.Context, s *service, talk []*line) []error {
	type identity struct {
		from        string
		seq, random uint64
		time        int64
	}
	messages := itemsOf[*talkMessage](talk)
	there := make(map[identity]bool)
	from, to := messages[0].sent(), messages[0].sent()
	for _, m := range messages {
		if m.sent().Before(from) {
			from = m.sent()
		}
		if m.sent().After(to) {
			to = m.sent()
		}
	}
	var failed error
	for m, err := range s.messages.Messages(ctx, messages[0].FromAccount, messages[0].ToAccount, from, to) {
		failed = err
		there[identity{m.FromAccount, m.MsgSeq, m.MsgRandom, m.MsgTimeStamp.Unix()}] = true
	}
	errs := make([]error, len(talk))
	for i, m := range messages {
		if !there[identity{m.FromAccount, m.MsgSeq, m.MsgRandom, m.MsgTimeStamp}] {
			errs[i] = cmp.Or(failed, errAbsent)
		}
	}
	return errs
}
