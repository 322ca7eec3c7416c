package chat

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/moderation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// groupRepeatWindow is how long the service drops a message to groups that it has seen.
const groupRepeatWindow = 5 * time.Minute

type groupSendRequest struct {
	GroupID                 string                   `json:"GroupId"`
	TopicID                 string                   `json:"TopicId"`
	FromAccount             restapi.Optional[string] `json:"From_Account"`
	Random                  uint64
	MsgPriority             group.Priority
	MsgBody                 content
	CloudCustomData         string
	OnlineOnlyFlag          int
	SendMsgControl          []message.SendControl
	ForbidCallbackControl   []message.ForbidCallback
	SupportMessageExtension int
	NeedReadReceipt         int
	ToAccount               []string `json:"To_Account"`
	GroupAtInfo             []group.AtInfo
	OfflinePushInfo         pushInfo

	sending *groupSending // what ask has made of it
}

// A groupSending is a message on its way to a group, or to a topic.
type groupSending struct {
	groupMsg // but for its number and its log

	groupID, topicID string
	online           bool // only for devices that are connected, kept nowhere
	noLast           bool
	asked            bool // for receipts
	sync             bool // the sender's other devices get it
	before, after    bool // the webhooks that are sent
	push             pushInfo
	unchecked        bool    // not held against words
	found            finding // what they say of it
}

// to is the ID of the group or of the topic.
func (s *groupSending) chatID() string { return cmp.Or(s.topicID, s.groupID) }

func (s *groupSending) onlineOnly() restapi.Optional[int] { return restapi.Some(flag(s.online, 1)) }

func (s *groupSending) msgID() string { return msgKey{random: s.random, time: s.time}.id(s.from) }

// repeat is what the message is known by when it comes again.
func (s *groupSending) repeat() repeatKey {
	return repeatKey{from: s.from, random: s.random, sum: s.sum ^ sumOf([]string{s.chatID()})}
}

// compose makes a message of what a command or a device says. What is wrong with it is refused by check.
func (r *groupSendRequest) compose(c *call) *groupSending {
	return &groupSending{
		groupMsg: groupMsg{
			from: r.FromAccount.Or(c.by.UserID), random: r.Random, time: c.now.Unix(), content: r.MsgBody,
			extensible: extensible{extendable: r.SupportMessageExtension == 1}, cloud: r.CloudCustomData,
			priority: cmp.Or(r.MsgPriority, group.Normal), mentions: r.GroupAtInfo, to: r.ToAccount,
			noUnread: slices.Contains(r.SendMsgControl, message.NoUnread), came: c.now.Unix(),
		},
		groupID: r.GroupID, topicID: r.TopicID,
		online: r.OnlineOnlyFlag == 1,
		noLast: slices.Contains(r.SendMsgControl, message.NoLastMsg),
		asked:  r.NeedReadReceipt == 1,
		sync:   !c.by.IsREST(),
		before: !slices.Contains(r.ForbidCallbackControl, message.ForbidBeforeSendMsgCallback),
		after:  !slices.Contains(r.ForbidCallbackControl, message.ForbidAfterSendMsgCallback),
		push:   r.OfflinePushInfo,

		unchecked: slices.Contains(r.SendMsgControl, message.NoMsgCheck),
	}
}

// check refuses what cannot be sent to any group.
func (r *groupSendRequest) check(a *App, c *call) error {
	_, one := r.FromAccount.Get()
	switch {
	case r.Random > math.MaxUint32 && !c.Tolerate("Random is over 32 bits"):
		return badGroup("Random is over 32 bits")
	case one && a.users.byID[r.FromAccount.Or("")] == nil:
		return badGroup("From_Account is not imported")
	case r.OnlineOnlyFlag == 1 && len(r.SendMsgControl) > 0:
		return badGroup("SendMsgControl cannot be sent together with OnlineOnlyFlag")
	case len(r.ToAccount) > group.MaxReceivers:
		return badGroup("To_Account has over 50 accounts")
	case len(r.GroupAtInfo) > group.MaxMentions:
		return badGroup("GroupAtInfo has over 30 mentions")
	}
	switch r.MsgPriority {
	case "", group.High, group.Normal, group.Low, group.Lowest:
	default:
		return badGroup("MsgPriority is not High, Normal or Low")
	}
	return r.MsgBody.checkInGroup(c)
}

// filter stops a message with a word in it that moderation stops, of which the backend is told, and replaces the words
// that it replaces.
func (s *groupSending) filter(a *App, c *call) error {
	if s.unchecked {
		return nil
	}
	s.body, s.found = a.screen(s.body)
	if s.found.blocks() {
		s.report(a, c)
		return refuse(restapi.CodeSensitiveText, "the text contains a forbidden word")
	}
	return nil
}

// report tells the backend of a word of a library in the message.
func (s *groupSending) report(a *App, c *call) {
	a.report(c, groupLane(s.groupID), &s.found, moderation.Group, s.from, func(e *callback.ContentResultNotify) {
		e.ContactItem = callback.ContentContact{ContactType: conversation.TypeGroup, ToGroupID: s.groupID}
		e.MsgID, e.CloudCustomData = s.msgID(), s.cloud
	})
}

// checkInGroup is check with the codes of groups.
func (c *content) checkInGroup(by *call) error { return codesOfGroups(c.check(by)) }

// codesOfGroups is a refusal of what a message is made of, with the code that groups have for it.
func codesOfGroups(err error) error {
	refused, ok := errors.AsType[*Refusal](err)
	switch {
	case !ok:
		return err
	case refused.Code == restapi.CodeMessageTooLong:
		return refuse(restapi.CodeBodyTooLong, refused.Info)
	}
	return badGroup(refused.Info)
}

// checkIn refuses a message that this group does not take now.
func (s *groupSending) checkIn(a *App, c *call, t place) error {
	switch {
	case !c.by.IsREST() && !t.members.has(s.from):
		return errNotMember
	case len(s.to) > 0 && t.kind&(community|live) != 0:
		return refuse(restapi.CodeGroupPermissionDenied, "the group has no messages for some of its members")
	case t.muted(s.from, c.now), a.mutedInGroups(s.from, c.now):
		return refuse(restapi.CodeGroupSenderMuted, "the sender is muted")
	case t.kind != live && !a.fits(t.log(), 0, c.now):
		return refuse(restapi.CodeGroupMessageRateLimited, "the group has had 40 messages in this second")
	}
	return nil
}

// askSendGroupMsg looks whether a message can be sent, and describes it to the backend.
func askSendGroupMsg(a *App, c *call, req *groupSendRequest) (*callback.GroupBeforeSendMsg, error) {
	s := req.compose(c)
	req.sending = s
	c.refused = func(r *Refusal) { a.tellException(c, s, r) }
	t, err := a.talkIn(c, s.groupID, s.topicID, anyKind)
	if err != nil {
		return nil, err
	}
	if err := req.check(a, c); err != nil {
		return nil, err
	}
	if a.groups.msgs.repeats.find(s.repeat(), c.now) != nil {
		return nil, nil
	}
	if err := cmp.Or(s.checkIn(a, c, t), s.filter(a, c)); err != nil {
		return nil, err
	}
	return s.question(a, c, t), nil
}

// question asks the backend, nil where it is not to be asked.
func (s *groupSending) question(a *App, c *call, t place) *callback.GroupBeforeSendMsg {
	if !s.before || !a.tells("Group.CallbackBeforeSendMsg") {
		return nil
	}
	return &callback.GroupBeforeSendMsg{
		GroupID: s.groupID, TopicID: s.topicID, Type: t.kind.newer(), FromAccount: s.from, OperatorAccount: c.by.UserID,
		Random: s.random, MsgID: s.msgID(), OnlineOnlyFlag: s.onlineOnly(), MsgBody: s.body, CloudCustomData: s.cloud,
		EventTime: callback.EventTimeOf(c.now),
	}
}

// tellException tells the backend that a message was refused. What a group that is not there is has no word.
func (a *App) tellException(c *call, s *groupSending, r *Refusal) {
	e := &callback.GroupSendMsgException{
		GroupID: s.groupID, FromAccount: s.from, OperatorAccount: c.by.UserID, Random: s.random,
		OnlineOnlyFlag: s.onlineOnly(), MsgBody: s.body, CloudCustomData: s.cloud,
		ErrorCode: int(r.Code), ErrorInfo: r.Words(), EventTime: callback.EventTimeOf(c.now),
	}
	if t, err := a.talkIn(c, s.groupID, s.topicID, anyKind); err == nil {
		e.Type = t.kind.newer()
	}
	c.after(s.groupID, e)
}

// groupSent is the answer to what was sent to a group.
type groupSent struct {
	MsgTime       int64
	MsgSeq        uint32
	MsgDropReason string `json:",omitempty"`
}

func sendGroupMsg(a *App, c *call, req *groupSendRequest, answer callback.GroupBeforeSendMsgAnswer) (any, error) {
	_, _, result, err := req.send(a, c, answer)
	if err != nil {
		return nil, err
	}
	return result, nil
}

// send sends the message, once the backend has been asked, or answers as it did where the message comes again.
func (r *groupSendRequest) send(
	a *App, c *call, answer callback.GroupBeforeSendMsgAnswer,
) (t place, m *groupMsg, result groupSent, err error) {
	s := r.sending
	t, err = a.talkIn(c, s.groupID, s.topicID, anyKind)
	if err != nil {
		return t, nil, result, err
	}
	name := s.repeat()
	if first := a.groups.msgs.repeats.find(name, c.now); first != nil {
		return t, &s.groupMsg, first.sent.(groupSent), nil
	}
	if err := s.checkIn(a, c, t); err != nil {
		return t, nil, result, err
	}
	if len(answer.MsgBody) > 0 {
		s.body = answer.MsgBody
	}
	s.cloud = answer.CloudCustomData.Or(s.cloud)
	m, result = a.sendToGroup(c, s, t)
	a.groups.msgs.repeats.add(repeated{name, result, s.chatID(), c.now.Add(groupRepeatWindow)})
	return t, m, result, nil
}
