package chat

import (
	"hash/fnv"
	"strconv"
	"time"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
)

// A Message is a message as devices have it.
type Message struct {
	From, To          string // To is the receiver, or the group or topic
	MsgKey, MsgID     string
	MsgSeq, MsgRandom uint64
	Time              time.Time // whole seconds
	Body              message.Body
	CloudCustomData   string
	NeedReceipt       bool // the sender asks for a receipt
	PeerRead          bool // the receiver has sent one
	Recalled          bool
	Extensions        []message.Extension // by Seq
	Mentions          []group.AtInfo      // in a group
}

// shown is the message as devices have it. It shares its body with the state: see own.
func (m *msg) shown() Message {
	return Message{
		From: m.sender(), To: m.receiver(), MsgKey: m.key.String(), MsgID: m.key.id(m.sender()),
		MsgSeq: m.key.seq, MsgRandom: m.key.random, Time: time.Unix(m.key.time, 0),
		Body: m.body, CloudCustomData: m.cloud,
		NeedReceipt: m.asked, PeerRead: m.receipt, Recalled: m.recalled, Extensions: m.ext.list(0),
	}
}

// own is the message with a body that whoever gets it may change. It must be called outside of the lock.
func (m Message) own() Message {
	if m.Body != nil {
		m.Body = copied(m.Body)
	}
	return m
}

// id is the message's ID on clients, MsgId: a number for the sender, the time and the random number.
func (k msgKey) id(sender string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(sender))
	b := make([]byte, 0, 48)
	b = append(strconv.AppendUint(b, 1<<57+uint64(h.Sum32()), 10), '-')
	b = append(strconv.AppendInt(b, k.time, 10), '-')
	return string(strconv.AppendUint(b, k.random, 10))
}

// tell shows a message on the devices of both users.
func (a *App) tell(c *call, s *sending, m *msg, to string) {
	n := Notice{Kind: NoticeMessage, From: s.from}
	theirs := len(a.users.byID[to].devices) > 0
	mine := s.sync && len(a.users.byID[s.from].devices) > 0
	if theirs || mine {
		n.Text, n.Message = m.body.Text(), m.shown()
	}
	if theirs {
		c.notify(to, n)
		if p, ok := a.pushOf(s.from, s.body, s.push); ok && !s.online {
			a.push(c, p, n, to)
		}
	}
	if mine && s.from != to {
		c.notify(s.from, n)
	}
}

// notifyBoth tells the devices of both users of a talk that are connected, but for the one that acts.
func (c *call) notifyBoth(t *talk, n Notice) {
	c.notify(t.pair[0], n)
	if t.pair[1] != t.pair[0] {
		c.notify(t.pair[1], n)
	}
}
