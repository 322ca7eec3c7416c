package chat

import (
	"math"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A GroupTalk is what a device does in a group, or in a topic.
type GroupTalk struct {
	d                *Device
	groupID, topicID string
}

// In returns what the device can do in a group, or in a topic.
func (d *Device) In(chatID string) *GroupTalk {
	if groupID, isTopic := group.SplitTopicID(chatID); isTopic {
		return &GroupTalk{d, groupID, chatID}
	}
	return &GroupTalk{d, chatID, ""}
}

// in returns the place with the member who acts, and refuses one who is not a member.
func (g *GroupTalk) in(c *call) (place, *member, error) {
	t, err := c.app.talkIn(c, g.groupID, g.topicID, anyKind)
	if err != nil {
		return t, nil, err
	}
	m := t.members.get(g.d.by.UserID)
	if m == nil {
		return t, nil, errNotMember
	}
	return t, m.value, nil
}

var errNotMember = refuse(restapi.CodeGroupPermissionDenied, "the user is not a member of the group")

// act is Device.act for something that is done as a member.
func (g *GroupTalk) act(name string, do func(*App, *call, place, *member) error) error {
	_, err := g.d.act(name, func(a *App, c *call) (any, error) {
		t, m, err := g.in(c)
		if err == nil {
			err = do(a, c, t, m)
		}
		return nil, err
	})
	return err
}

// Send sends a message.
func (g *GroupTalk) Send(body message.Body, o SendOptions) (Message, error) {
	content, bad := contentOf(body)
	req := groupSendRequest{
		GroupID: g.groupID, TopicID: g.topicID, MsgBody: content, CloudCustomData: o.CloudCustomData,
		OnlineOnlyFlag: flag(o.OnlineOnly, 1), SupportMessageExtension: flag(o.Extendable, 1),
		NeedReadReceipt: flag(o.NeedReceipt, 1), GroupAtInfo: o.Mentions,
	}
	result, err := actAsked(g.d, "Send", restapi.CodeGroupRejectedByWebhook,
		func(a *App, c *call) (*callback.GroupBeforeSendMsg, error) {
			if bad != nil {
				return nil, bad
			}
			a.talks.drawn++
			req.Random = a.talks.drawn * 2654435761 % math.MaxUint32
			return askSendGroupMsg(a, c, &req)
		},
		func(a *App, c *call, answer callback.GroupBeforeSendMsgAnswer) (any, error) {
			t, m, _, err := req.send(a, c, answer)
			if err != nil {
				return nil, err
			}
			return t.shown(m), nil
		})
	m, _ := result.(Message)
	return m.own(), err
}

// the returns the message that a member has, and refuses one that the member has not.
func (t place) the(by *member, of Message) (*groupMsg, error) {
	l, seq := t.log(), uint32(of.MsgSeq)
	if m := l.find(seq); m != nil && m.has(by.userID) && seq > max(l.cleared, l.hidden[by.userID]) {
		return m, nil
	}
	return nil, refuse(restapi.CodeGroupMessageNotFound, "there is no such message")
}

// Edit changes the body of a message, for all members. Every member may (a guess).
func (g *GroupTalk) Edit(of Message, body message.Body) error {
	content, bad := contentOf(body)
	return g.act("Edit", func(a *App, c *call, t place, by *member) error {
		if bad != nil {
			return bad
		}
		if err := content.checkInGroup(c); err != nil {
			return err
		}
		m, err := t.the(by, of)
		switch {
		case err != nil:
			return err
		case m.recalled:
			return refuse(restapi.CodeGroupMessageNotFound, "the message is recalled")
		}
		if content, err = a.screened(content); err != nil {
			return err
		}
		a.modifyInGroup(c, t, m, edit{MsgBody: restapi.Some(content)})
		return nil
	})
}

// Recall takes messages back: those that the user has sent for two minutes, and, for the owner and the admins of the
// group, any. The error is that of the first that could not be.
func (g *GroupTalk) Recall(ms []Message) error {
	var first error
	err := g.act("Recall", func(a *App, c *call, t place, by *member) error {
		if t.kind == live {
			return refuse(restapi.CodeGroupTypeRecallUnsupported, "an AVChatRoom takes nothing back")
		}
		var all []*groupMsg
		for _, one := range ms {
			m, err := t.recallable(c, by, one)
			if err == nil {
				m.recalled = true
				t.log().silence(m)
				all = append(all, m)
			}
			if first == nil {
				first = err
			}
		}
		a.tellRecalled(c, t, all)
		return nil
	})
	if err == nil {
		err = first
	}
	return err
}

// recallable returns a message that a member may take back.
func (t place) recallable(c *call, by *member, of Message) (*groupMsg, error) {
	m, err := t.the(by, of)
	switch {
	case err != nil:
		return nil, err
	case m.recalled:
		return nil, refuse(restapi.CodeGroupMessageNotFound, "the message is recalled")
	case t.role(by.userID) != group.RoleMember:
		return m, nil
	case m.from != by.userID:
		return nil, refuse(restapi.CodeGroupPermissionDenied, "the message is not one that the user has sent")
	case c.now.Sub(time.Unix(m.time, 0)) > recallWindow+time.Second:
		return nil, refuse(restapi.CodeGroupRecallTooLate, "the message is over two minutes old")
	}
	return m, nil
}

// Delete takes the conversation off the user's list, and hides what has come so far from the user.
func (g *GroupTalk) Delete() error {
	return g.act("Delete", func(a *App, _ *call, t place, by *member) error {
		if t.topic == nil {
			own, id := a.talks.of(by.userID), conversation.Group(t.id)
			a.deleteRoomContact(own, id)
			a.talks.deleteContact(own, id, true)
		}
		t.hide(by.userID)
		return nil
	})
}

// MarkRead takes note that the user has read all.
func (g *GroupTalk) MarkRead() error {
	return g.act("MarkRead", func(_ *App, _ *call, t place, by *member) error {
		t.markRead(by)
		return nil
	})
}

// Receipt sends receipts for messages of others. For one that does not ask for a receipt none is sent.
func (g *GroupTalk) Receipt(ms []Message) error {
	return g.act("Receipt", func(a *App, c *call, t place, by *member) error {
		var all []*groupMsg
		for _, one := range ms {
			m, err := t.the(by, one)
			if err != nil {
				return err
			}
			if m.receipts != nil {
				all = append(all, m)
			}
		}
		return a.readInGroup(c, t, all, by.userID)
	})
}

// Messages returns what the user has of the messages, the oldest first.
func (g *GroupTalk) Messages() []Message {
	all := g.messages()
	for i := range all {
		all[i] = all[i].own()
	}
	return all
}

func (g *GroupTalk) messages() (all []Message) {
	t, by, unlock := g.look()
	defer unlock()
	if by == nil {
		return nil
	}
	l := t.log()
	for m := range l.above(l.hidden[by.userID], by.userID) {
		if m.time < by.joined && !t.history && t.kind&(meeting|community) == 0 {
			break // to new members of these types the group does not show what was sent before
		}
		all = append(all, t.shown(m))
	}
	slices.Reverse(all)
	return all
}

// look locks the state to look at it, until unlock is called. There is no member where the user is not in the group.
func (g *GroupTalk) look() (t place, by *member, unlock func()) {
	unlock = g.d.look()
	t, err := g.d.app.placeOf(g.groupID, g.topicID, anyKind)
	if err != nil {
		return t, nil, unlock
	}
	if m := t.members.get(g.d.by.UserID); m != nil {
		by = m.value
	}
	return t, by, unlock
}

// Unread returns how many messages the user has not read.
func (g *GroupTalk) Unread() int {
	t, by, unlock := g.look()
	defer unlock()
	if by == nil {
		return 0
	}
	return t.unreadIn(by)
}

// SetExtensions sets pairs of the extension of a message.
func (g *GroupTalk) SetExtensions(of Message, pairs []message.Extension) error {
	return g.extend("SetExtensions", of, message.ExtensionSet, pairs)
}

// DeleteExtensions deletes keys of the extension of a message, or all of it where there are no keys.
func (g *GroupTalk) DeleteExtensions(of Message, keys []string) error {
	op, pairs := deletion(keys)
	return g.extend("DeleteExtensions", of, op, pairs)
}

func (g *GroupTalk) extend(
	name string, of Message, op message.ExtensionOperation, pairs []message.Extension,
) error {
	return g.act(name, func(a *App, c *call, t place, by *member) error {
		if slices.Contains(a.set.Off, FeatureMsgExtension) {
			return errNoExtensions
		}
		m, err := t.the(by, of)
		if err == nil {
			_, err = a.extendInGroup(c, t, m, op, pairs)
		}
		return err
	})
}

// Signal is refused: a bot is not a group.
func (*GroupTalk) Signal(string) error { return badGroup("a signal is for a bot") }
