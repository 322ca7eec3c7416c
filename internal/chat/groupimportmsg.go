package chat

import (
	"math"
	"slices"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type importGroupMsgRequest struct {
	GroupID           string `json:"GroupId"`
	TopicID           string `json:"TopicId"`
	RecentContactFlag int
	MsgList           []oldMsg
}

// An oldMsg is a message of another system.
type oldMsg struct {
	FromAccount string `json:"From_Account"`
	SendTime    int64
	Random      uint64
	MsgBody     content
}

// importedMsg is what an answer says of one message.
type importedMsg struct {
	MsgSeq  uint32
	MsgTime int64
	Result  restapi.Code
}

// importGroupMsg puts messages into the history of a group or a topic. What is unread is counted from there on.
func importGroupMsg(a *App, c *call, req *importGroupMsgRequest) (any, error) {
	p, err := a.talkIn(c, req.GroupID, req.TopicID, notLive)
	switch {
	case err != nil:
		return nil, err
	case len(req.MsgList) == 0 || len(req.MsgList) > group.MaxImportMessages:
		return nil, badGroup("MsgList has no messages, or over 7")
	}
	results := make([]importedMsg, len(req.MsgList))
	for i := range req.MsgList {
		results[i] = a.importInto(c, p, &req.MsgList[i])
	}
	if l := p.log(); req.RecentContactFlag == 1 && len(l.messages) > 0 {
		a.talks.touched++
		l.lastTime, l.listed = l.newest(), a.talks.touched
	}
	for _, m := range p.members.all {
		p.markRead(m.value)
	}
	return struct{ ImportMsgResult []importedMsg }{results}, nil
}

// importInto keeps one message, or says why not. A repeat within five minutes is answered as the first one was (a
// guess: documented is that it is dropped).
func (a *App) importInto(c *call, p place, m *oldMsg) importedMsg {
	name := repeatKey{from: m.FromAccount, random: m.Random, sum: m.MsgBody.sum ^ sumOf([]string{p.chatID()})}
	if first := a.groups.msgs.repeats.find(name, c.now); first != nil && m.Random != 0 {
		if result, ok := first.sent.(importedMsg); ok {
			return result
		}
	}
	if err := m.check(a, c, p); err != nil {
		code, _ := codeOf(err)
		return importedMsg{Result: code}
	}
	l := p.log()
	one := &groupMsg{
		seq: l.next(), random: m.Random, from: m.FromAccount, time: m.SendTime, content: m.MsgBody,
		priority: group.Normal, came: c.now.Unix(),
	}
	a.groups.msgs.keep(l, one)
	a.groups.msgs.trim(l, a.cfg.History.Talk)
	a.trim()
	result := importedMsg{MsgSeq: one.seq, MsgTime: one.time}
	a.groups.msgs.repeats.add(repeated{name, result, p.chatID(), c.now.Add(groupRepeatWindow)})
	return result
}

// check refuses a message that is not in its place in time, or cannot be one. Which code it has for anything but its
// time and its text is a guess.
func (m *oldMsg) check(a *App, c *call, p place) error {
	created := p.created
	if p.topic != nil {
		created = p.topic.created
	}
	switch {
	case m.SendTime < created || m.SendTime <= p.log().newest() || m.SendTime > c.now.Unix():
		return badGroup("SendTime is not after the newest message, before the group was made, or still to come")
	case m.Random > math.MaxUint32:
		return badGroup("Random is over 32 bits")
	case a.users.byID[m.FromAccount] == nil:
		return badGroup("From_Account is not imported")
	case a.forbids(m.MsgBody.body.Text()):
		return refuse(restapi.CodeSensitiveText, "the text contains a forbidden word")
	}
	return m.MsgBody.checkInGroup(c)
}

// newest is when the newest message was sent that is kept, 0 where there is none.
func (l *groupLog) newest() int64 {
	for _, m := range slices.Backward(l.messages) {
		if m != nil {
			return m.time
		}
	}
	return 0
}
