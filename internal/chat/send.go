package chat

import (
	"math"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Values of SyncOtherMachine.
const (
	syncOther   = 1
	syncNowhere = 2
)

// sendFields are the fields that the two commands that send have in common.
type sendFields struct {
	FromAccount             restapi.Optional[string] `json:"From_Account"`
	SyncOtherMachine        int
	OnlineOnlyFlag          int
	MsgLifeTime             restapi.Optional[uint64]
	MsgSeq                  restapi.Optional[uint64]
	MsgRandom               uint64
	SendMsgControl          []message.SendControl
	MsgBody                 content
	CloudCustomData         string
	SupportMessageExtension int
	IsNeedReadReceipt       int
	OfflinePushInfo         pushInfo
}

type sendRequest struct {
	sendFields

	ToAccount             string `json:"To_Account"`
	ForbidCallbackControl []message.ForbidCallback

	sending *sending // what ask has made of it
}

// A sending is a message on its way, to one user or to each of several.
type sending struct {
	from string
	key  msgKey
	sent // what its key comes to
	content
	cloud string

	online           bool  // only for devices that are connected, kept nowhere
	lapses           int64 // when the receiver's copy goes; 0: with all others
	noUnread, noLast bool
	keep, sync       bool // the sender has a copy, the sender's other devices get it
	asked            bool // for a receipt
	extendable       bool
	before, after    bool // the webhooks that are sent
	silent           bool // no device is told
	push             pushInfo
	unchecked        bool    // not held against words
	found            finding // what they say of it
}

func (s *sending) onlineOnly() int {
	if s.online {
		return 1
	}
	return 0
}

// compose makes a message of what a command says, or refuses it.
func (f *sendFields) compose(a *App, c *call) (*sending, error) {
	life, limited := f.MsgLifeTime.Get()
	switch {
	case f.SyncOtherMachine < 0 || f.SyncOtherMachine > syncNowhere:
		return nil, refuse(restapi.CodeMessageInvalidSyncOtherMachine, "SyncOtherMachine is not 1 or 2")
	case life > uint64(message.MaxLifeTime/time.Second):
		return nil, refuse(restapi.CodeMessageLifetimeTooLong, "MsgLifeTime is over 7 days")
	case f.MsgRandom > math.MaxUint32 && !c.Tolerate("MsgRandom is over 32 bits"):
		return nil, refuse(restapi.CodeMessageInvalidRandom, "MsgRandom is over 32 bits")
	}
	if err := f.MsgBody.check(c); err != nil {
		return nil, err
	}
	s := &sending{
		from:    f.FromAccount.Or(c.by.UserID),
		content: f.MsgBody, cloud: f.CloudCustomData,
		key:        msgKey{random: f.MsgRandom, time: c.now.Unix()},
		online:     f.OnlineOnlyFlag == 1 || limited && life == 0,
		noUnread:   slices.Contains(f.SendMsgControl, message.NoUnread),
		noLast:     slices.Contains(f.SendMsgControl, message.NoLastMsg),
		keep:       f.SyncOtherMachine != syncNowhere,
		sync:       f.SyncOtherMachine == syncOther,
		asked:      f.IsNeedReadReceipt == 1,
		extendable: f.SupportMessageExtension == 1,
		push:       f.OfflinePushInfo,
		unchecked:  slices.Contains(f.SendMsgControl, message.NoMsgCheck),
	}
	if limited {
		s.lapses = s.key.time + int64(life)
	}
	s.key.seq = a.talks.draw(f.MsgSeq)
	s.sent = sent{s.key.time, s.key.String(), s.key.id(s.from)}
	return s, nil
}

// draw returns a sequence number that is given, or else the next one.
func (s *talks) draw(given restapi.Optional[uint64]) uint64 {
	seq, ok := given.Get()
	if !ok {
		s.drawn++
		seq = s.drawn
	}
	return seq
}

// ownKey is the key of a message of which nothing is given.
func (s *talks) ownKey(now time.Time) msgKey {
	s.drawn++
	return msgKey{seq: s.drawn, random: s.drawn * 2654435761 % math.MaxUint32, time: now.Unix()}
}

// askSendMsg looks whether a message can be sent, and describes it to the backend.
func askSendMsg(a *App, c *call, req *sendRequest) (*callback.C2CBeforeSendMsg, error) {
	s, err := req.compose(a, c)
	if err != nil {
		return nil, err
	}
	s.before = !slices.Contains(req.ForbidCallbackControl, message.ForbidBeforeSendMsgCallback)
	s.after = !slices.Contains(req.ForbidCallbackControl, message.ForbidAfterSendMsgCallback)
	req.sending = s
	if a.talks.repeats.find(s.repeat(), c.now) != nil {
		return nil, nil
	}
	if err := a.checkSendMsg(c, s, req.ToAccount); err != nil {
		return nil, err
	}
	if err := a.filterTo(c, s, req.ToAccount); err != nil {
		return nil, err
	}
	return s.question(a, req.ToAccount), nil
}

// checkSendMsg is checkSend for a message of which it matters whether its sender is muted.
func (a *App) checkSendMsg(c *call, s *sending, to string) error {
	if err := a.checkSend(s, to); err != nil {
		return err
	}
	if muted, _ := a.mutes.of(s.from, c.now); muted > 0 {
		return refuse(restapi.CodeMessageSenderMuted, "the sender is muted in the whole app")
	}
	return nil
}

// filter stops a message with a word in it that moderation stops, and replaces the words that it replaces.
func (a *App) filter(s *sending) error {
	if s.unchecked {
		return nil
	}
	s.body, s.found = a.screen(s.body)
	if s.found.blocks() {
		return refuse(restapi.CodeSensitiveText, "the text contains a forbidden word")
	}
	return nil
}

// filterTo is filter for a message to one user, and tells the backend of one that is stopped.
func (a *App) filterTo(c *call, s *sending, to string) error {
	err := a.filter(s)
	if err != nil {
		a.reportMsg(c, s, to)
	}
	return err
}

// checkSend refuses what goes from or to an account that is not there.
func (a *App) checkSend(s *sending, to string) error {
	if _, err := a.refuseUnknown(to, restapi.CodeMessageReceiverNotFound); err != nil {
		return err
	}
	_, err := a.refuseUnknown(s.from, restapi.CodeMessageAccountNotFound)
	return err
}

// question asks the backend, nil where it is not to be asked.
func (s *sending) question(a *App, to string) *callback.C2CBeforeSendMsg {
	if !s.before || !a.tells("C2C.CallbackBeforeSendMsg") {
		return nil
	}
	return &callback.C2CBeforeSendMsg{
		FromAccount: s.from, ToAccount: to, MsgSeq: s.key.seq, MsgRandom: s.key.random,
		MsgTime: callback.UnixTime(s.key.time), MsgKey: s.MsgKey, MsgID: s.MsgID,
		OnlineOnlyFlag: s.onlineOnly(), MsgBody: s.body, CloudCustomData: s.cloud,
	}
}

// obey changes the message as the backend says.
func (s *sending) obey(answer callback.C2CBeforeSendMsgAnswer) {
	if len(answer.MsgBody) > 0 {
		s.body = answer.MsgBody
	}
	s.cloud = answer.CloudCustomData.Or(s.cloud)
}

// A sent is the answer to what was sent.
type sent struct {
	MsgTime int64 `json:",omitempty"`
	MsgKey  string
	MsgID   string `json:"MsgId"`
}

func sendMsg(a *App, c *call, req *sendRequest, answer callback.C2CBeforeSendMsgAnswer) (any, error) {
	s := req.sending
	name := s.repeat()
	if first := a.talks.repeats.find(name, c.now); first != nil {
		if first.to != req.ToAccount {
			c.Tolerate("MsgSeq, MsgRandom and content are those of a message to " + first.to + ", so that it is dropped")
		}
		return first.sent, nil
	}
	if err := a.checkSendMsg(c, s, req.ToAccount); err != nil {
		return nil, err
	}
	s.obey(answer)
	a.sendTo(c, s, req.ToAccount)
	var result any = s.sent
	if _, given := req.MsgSeq.Get(); given { // nothing can be a repeat of what has a number of ours
		a.talks.repeats.add(repeated{name, result, req.ToAccount, c.now.Add(repeatWindow)})
	}
	return result, nil
}

// sendTo sends a message to one user and tells the backend.
func (a *App) sendTo(c *call, s *sending, to string) *msg {
	m := a.place(c, s, to)
	a.tellBot(c, s, m)
	a.reportMsg(c, s, to)
	a.count(c.now, func(d *day) { d.send(s.from) })
	if !s.after || !a.tells("C2C.CallbackAfterSendMsg") {
		return m
	}
	c.after(m.talk.lane, &callback.C2CAfterSendMsg{
		FromAccount: s.from, ToAccount: to, MsgSeq: s.key.seq, MsgRandom: s.key.random,
		MsgTime: callback.UnixTime(s.key.time), MsgKey: s.MsgKey, MsgID: s.MsgID,
		OnlineOnlyFlag: s.onlineOnly(), ErrorInfo: "send msg succeed",
		UnreadMsgNum: restapi.Some(a.talks.of(to).unread), MsgBody: s.body, CloudCustomData: s.cloud,
	})
	return m
}

// place puts a message where it belongs: into the talk, on the lists of both users, onto their devices.
func (a *App) place(c *call, s *sending, to string) *msg {
	a.talks.expire(c.now.Unix())
	t := a.talks.with(s.from, to)
	m := &msg{
		key: s.key, talk: t, from: t.pair.side(s.from), content: s.content, cloud: s.cloud, asked: s.asked,
		extensible: extensible{extendable: s.extendable}, lapses: s.lapses, came: c.now.Unix(),
	}
	if !s.online {
		m.copies[m.from] = s.keep
		m.copies[1-m.from] = t.pair[0] != t.pair[1]
		m.unread = m.copies[1-m.from] && !s.noUnread
		a.talks.keep(m, !s.noLast)
		a.talks.trim(t, a.cfg.History.Talk)
		a.trim()
	}
	if !s.silent {
		a.tell(c, s, m, to)
	}
	return m
}

// keep keeps a message for those who have a copy, and may put the conversation on top of their lists.
func (s *talks) keep(m *msg, lists bool) {
	if m.copies == [2]bool{} {
		return
	}
	s.insert(m)
	for who, has := range m.copies {
		if has && lists {
			s.touch(m.talk.ends[who], m.key.time)
		}
	}
}
