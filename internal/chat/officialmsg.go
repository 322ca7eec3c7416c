package chat

import (
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/official"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	officialRepeatWindow = 5 * time.Minute
	officialHistoryPage  = 20
	maxOfficialReason    = 100 // bytes
	broadcastsAnHour     = 2   // and one a second
)

// officialMessages are the commands about messages, which have codes of groups. Only those of recall are documented.
func officialMessages() area {
	return area{
		admin:   restapi.CodeGroupPermissionDenied,
		syntax:  restapi.CodeGroupInvalidParameter,
		invalid: restapi.CodeGroupInvalidParameter,
		commands: []command{
			asks(official.CommandSendOfficialAccountMsg, restapi.CodeGroupRejectedByWebhook, askSendOfficial, sendOfficial),
			does(official.CommandOfficialAccountMsgRecall, recallOfficial),
			does(official.CommandOfficialAccountMsgGetSimple, getOfficialMsgs),
		},
	}
}

// An officialMsg is a message of an official account.
type officialMsg struct {
	seq    uint32
	random uint64
	time   int64
	body   message.Body // none where it was not kept, or was taken back
	cloud  string
	place  official.PlaceMsg
}

func (m *officialMsg) key() string {
	return strconv.Itoa(int(m.seq)) + "_1_" + strconv.FormatInt(m.time, 10)
}

// shown is the message as the devices of a subscriber have it.
func (m *officialMsg) shown(ch *channel, to string) Message {
	return Message{
		From: ch.OfficialAccountUserID, To: to, MsgKey: m.key(), MsgSeq: uint64(m.seq), MsgRandom: m.random,
		Time: time.Unix(m.time, 0), Body: m.body, CloudCustomData: m.cloud, Recalled: m.place == official.PlaceMsgRecalled,
	}
}

// publisher returns the account whose messages a command is about.
func (a *App) publisher(c *call, id string) (*channel, error) {
	if err := a.officialsOn(); err != nil {
		return nil, err
	}
	ch := a.officials.byID[id]
	if ch == nil {
		return nil, refuse(restapi.CodeGroupNotFound, "there is no such official account")
	}
	ch.trim(c.now, a.cfg.History.Talk)
	return ch, nil
}

// trim takes away messages that are too old, and those that are too many.
func (ch *channel) trim(now time.Time, most int) {
	n := max(len(ch.log)-most, 0)
	for n < len(ch.log) && now.Unix()-ch.log[n].time >= keptFor {
		n++
	}
	ch.log = slices.Delete(ch.log, 0, n)
}

func badPublishing(info string) error { return refuse(restapi.CodeGroupInvalidParameter, info) }

type sendOfficialRequest struct {
	namesOfficial

	Random                uint64
	MsgBody               content
	ForbidCallbackControl []message.ForbidCallback
	OnlineOnlyFlag        int
	SendMsgControl        []message.SendControl
	CloudCustomData       string
}

// A publishing is a message of an official account on its way.
type publishing struct {
	official string
	officialMsg
	content

	online        bool
	before, after bool // the webhooks that are sent
}

// publishing refuses a message that no official account can send.
func (r *sendOfficialRequest) publishing(c *call) (*publishing, error) {
	isOther := func(control message.SendControl) bool { return control != message.NoLastMsg }
	switch {
	case r.Random > math.MaxUint32 && !c.Tolerate("Random is over 32 bits"):
		return nil, badPublishing("Random is over 32 bits")
	case slices.ContainsFunc(r.SendMsgControl, isOther):
		return nil, badPublishing("SendMsgControl has another word than NoLastMsg")
	case len(r.SendMsgControl) > 0 && r.OnlineOnlyFlag == 1:
		return nil, badPublishing("SendMsgControl is given together with OnlineOnlyFlag")
	}
	forbids := func(one message.ForbidCallback) bool { return slices.Contains(r.ForbidCallbackControl, one) }
	return &publishing{
		official: r.OfficialAccount, content: r.MsgBody, online: r.OnlineOnlyFlag == 1,
		officialMsg: officialMsg{random: r.Random, cloud: r.CloudCustomData},
		before:      !forbids(message.ForbidBeforeSendMsgCallback), after: !forbids(message.ForbidAfterSendMsgCallback),
	}, nil
}

func (p *publishing) repeat() repeatKey { return repeatKey{from: p.official, sum: p.sum} }

// officialSent is the answer to what was sent.
type officialSent struct {
	MsgTime int64
	MsgKey  string
}

// mayPublish returns the account, and what was answered where the same body was sent not long ago: whether Random
// counts too is open. How many messages are too many is documented, with which code is a guess.
func (a *App) mayPublish(c *call, p *publishing) (*channel, *repeated, error) {
	ch, err := a.publisher(c, p.official)
	if err != nil {
		return nil, nil, err
	}
	if err := p.check(c); err != nil {
		return nil, nil, badPublishing(err.Error())
	}
	var found finding
	if p.content.body, found = a.screen(p.content.body); found.blocks() {
		return nil, nil, refuse(restapi.CodeSensitiveText, "the text contains a forbidden word")
	}
	if first := a.officials.repeats.find(p.repeat(), c.now); first != nil {
		return ch, first, nil
	}
	now := c.now.Unix()
	ch.sent = slices.DeleteFunc(ch.sent, func(at int64) bool { return now-at >= int64(time.Hour/time.Second) })
	if n := len(ch.sent); n >= broadcastsAnHour || n > 0 && ch.sent[n-1] == now {
		return nil, nil, refuse(restapi.CodeGroupMessageRateLimited, "over one message a second, or over two an hour")
	}
	return ch, nil, nil
}

func (a *App) askPublish(c *call, p *publishing) (*callback.OfficialAccountBeforeSendMsg, error) {
	_, first, err := a.mayPublish(c, p)
	if err != nil || first != nil || !p.before {
		return nil, err
	}
	return &callback.OfficialAccountBeforeSendMsg{
		OfficialAccount: p.official, OnlineOnlyFlag: flag(p.online, 1), MsgBody: p.content.body, CloudCustomData: p.cloud,
		EventTime: callback.EventTimeOf(c.now),
	}, nil
}

// publish sends a message to all subscribers. That of a webhook's drop gets a key and is nowhere. No push is sent.
func (a *App) publish(
	c *call, p *publishing, answer callback.OfficialAccountBeforeSendMsgAnswer,
) (*channel, *officialMsg, error) {
	ch, first, err := a.mayPublish(c, p)
	if err != nil {
		return nil, nil, err
	}
	if first != nil {
		m := first.sent.(officialMsg)
		return ch, &m, nil
	}
	m := p.officialMsg
	m.seq, m.time, m.body = ch.seq+1, c.now.Unix(), p.content.body
	if len(answer.MsgBody) > 0 {
		m.body = answer.MsgBody
	}
	m.cloud = answer.CloudCustomData.Or(m.cloud)
	if c.dropped {
		return ch, &m, nil
	}
	kept := m
	if p.online {
		kept.body, kept.cloud, kept.place = nil, "", official.PlaceMsgGone
	}
	ch.seq, ch.lastMsg = m.seq, m.time
	ch.log, ch.sent = append(ch.log, &kept), append(ch.sent, m.time)
	a.officials.repeats.add(repeated{p.repeat(), m, p.official, c.now.Add(officialRepeatWindow)})
	a.tellSubscribers(c, ch, &m, NoticeMessage)
	if p.after {
		c.after(p.official, &callback.OfficialAccountAfterSendMsg{
			OfficialAccount: p.official, MsgKey: m.key(), MsgTime: callback.UnixTime(m.time), OnlineOnlyFlag: flag(p.online, 1),
			MsgBody: m.body, CloudCustomData: m.cloud, EventTime: callback.EventTimeOf(c.now),
		})
	}
	return ch, &m, nil
}

// tellSubscribers shows a message on the devices of all subscribers.
func (a *App) tellSubscribers(c *call, ch *channel, m *officialMsg, kind NoticeKind) {
	for _, one := range ch.subscribers.all {
		if len(a.users.byID[one.userID].devices) > 0 {
			n := Notice{Kind: kind, From: ch.OfficialAccountUserID, Message: m.shown(ch, one.userID)}
			if kind == NoticeMessage {
				n.Text = m.body.Text()
			}
			c.notify(one.userID, n)
		}
	}
}

func askSendOfficial(a *App, c *call, req *sendOfficialRequest) (*callback.OfficialAccountBeforeSendMsg, error) {
	p, err := req.publishing(c)
	if err != nil {
		return nil, err
	}
	return a.askPublish(c, p)
}

func sendOfficial(
	a *App, c *call, req *sendOfficialRequest, answer callback.OfficialAccountBeforeSendMsgAnswer,
) (any, error) {
	p, err := req.publishing(c)
	if err != nil {
		return nil, err
	}
	_, m, err := a.publish(c, p, answer)
	if err != nil {
		return nil, err
	}
	return officialSent{m.time, m.key()}, nil
}
