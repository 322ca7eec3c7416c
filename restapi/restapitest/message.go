package restapitest

import (
	"maps"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/message"
)

// A Message is a message as a device has it.
type Message struct {
	From, To          string       // To is the receiver, or the group or topic
	MsgKey, MsgID     string       // its names, for calls and on clients; one in a group has no MsgKey
	MsgSeq, MsgRandom uint64       // in a group, MsgSeq is its name for calls
	Time              time.Time    // when it was sent, whole seconds
	Body              message.Body // a copy: what is changed of it changes nothing else
	CloudCustomData   string
	NeedReceipt       bool // the sender asks for a receipt
	PeerRead          bool // the receiver has sent one
	Recalled          bool
	Extensions        []message.Extension // by Seq
	Mentions          []group.AtInfo      // in a group
}

// A Push is what a push service shows: of a message, or of a push by the commands of package push.
type Push struct {
	ID               string
	Title, Desc, Ext string
	TaskID           string // of a push by the commands of package push
}

// A SendOption changes a message in Device.Send and Chat.Send.
type SendOption func(*chat.SendOptions)

// OnlineOnly sends the message to devices that are connected, and keeps it nowhere.
func OnlineOnly() SendOption { return func(o *chat.SendOptions) { o.OnlineOnly = true } }

// NeedReceipt asks for a receipt, which Chat.Receipt sends.
func NeedReceipt() SendOption { return func(o *chat.SendOptions) { o.NeedReceipt = true } }

// Extendable lets the message have an extension.
func Extendable() SendOption { return func(o *chat.SendOptions) { o.Extendable = true } }

// CloudCustomData sets data that is kept with the message.
func CloudCustomData(data string) SendOption {
	return func(o *chat.SendOptions) { o.CloudCustomData = data }
}

// Mention mentions members in a message to a group, in the order of the @ marks of its text.
func Mention(userIDs ...string) SendOption {
	return func(o *chat.SendOptions) {
		for _, userID := range userIDs {
			o.Mentions = append(o.Mentions, group.At(userID))
		}
	}
}

// MentionAll mentions everyone in a message to a group.
func MentionAll() SendOption {
	return func(o *chat.SendOptions) { o.Mentions = append(o.Mentions, group.AtAll()) }
}

// A Chat is the conversation of a device's user with another user, in a group or in a topic. Its methods are those of
// Device, of which it is a part. In a group, which the user must be a member of, messages are known by their MsgSeq.
type Chat struct{ talk talk }

// A talk is what a Chat stands for.
type talk interface {
	Send(body message.Body, o chat.SendOptions) (chat.Message, error)
	Edit(m chat.Message, body message.Body) error
	Recall(ms []chat.Message) error
	Delete() error
	MarkRead() error
	Receipt(ms []chat.Message) error
	Messages() []chat.Message
	Unread() int
	SetExtensions(m chat.Message, pairs []message.Extension) error
	DeleteExtensions(m chat.Message, keys []string) error
	Signal(data string) error
}

// With returns the conversation with a user.
func (d *Device) With(userID string) *Chat { return &Chat{d.model.With(userID)} }

// In returns the conversation in a group or, by the ID of a topic, in a topic.
func (d *Device) In(groupOrTopicID string) *Chat { return &Chat{d.model.In(groupOrTopicID)} }

// Send sends a message to a user, as With(userID).Send does.
func (d *Device) Send(userID string, body message.Body, opts ...SendOption) (Message, error) {
	return d.With(userID).Send(body, opts...)
}

// Send sends a message. The backend is asked first, by C2C.CallbackBeforeSendMsg or, in a group,
// Group.CallbackBeforeSendMsg: it can refuse the message, with restapi.CodeMessageRejectedByWebhook,
// restapi.CodeGroupRejectedByWebhook or a code of its own, and change it. C2C.CallbackAfterSendMsg or
// Group.CallbackAfterSendMsg is sent after it, Group.CallbackSendMsgException where a group refuses it, and
// Group.CallbackAfterReadReceipt after one in a group that asks for receipts.
func (c *Chat) Send(body message.Body, opts ...SendOption) (Message, error) {
	var o chat.SendOptions
	for _, opt := range opts {
		opt(&o)
	}
	m, err := c.talk.Send(body, o)
	return Message(m), failed("Send", err)
}

// Edit changes the body of a message for both sides, or for all members of a group. C2C.CallbackAfterModifyMsg or
// Group.CallbackAfterModifyMsg is sent.
func (c *Chat) Edit(m Message, body message.Body) error {
	return failed("Edit", c.talk.Edit(chat.Message(m), body))
}

// Recall takes messages back that the user has sent, for two minutes, and in a group of which the user is the owner or
// an admin any message. Of several some may be refused: the error is that of the first. C2C.CallbackAfterMsgWithDraw is
// sent for each, or Group.CallbackAfterRecallMsg once.
func (c *Chat) Recall(ms ...Message) error { return failed("Recall", c.talk.Recall(modelsOf(ms))) }

// Delete takes the conversation off the user's list, and takes away the user's copies of its messages.
func (c *Chat) Delete() error { return failed("Delete", c.talk.Delete()) }

// MarkRead says that the user has read all that has come so far. C2C.CallbackAfterMsgReport is sent; of a group the
// backend is not told.
func (c *Chat) MarkRead() error { return failed("MarkRead", c.talk.MarkRead()) }

// Receipt sends receipts for messages that ask for one. C2C.CallbackAfterMsgReadReceipt or
// Group.CallbackAfterReadReceipt is sent.
func (c *Chat) Receipt(ms ...Message) error { return failed("Receipt", c.talk.Receipt(modelsOf(ms))) }

// Messages returns what the user has of the messages, the oldest first.
func (c *Chat) Messages() []Message {
	var ms []Message
	for _, m := range c.talk.Messages() {
		ms = append(ms, Message(m))
	}
	return ms
}

// Unread returns how many messages the user has not read.
func (c *Chat) Unread() int { return c.talk.Unread() }

// SetExtensions sets pairs of the extension of a message that was sent with Extendable.
// C2C.CallbackAfterC2CMsgExtension or Group.CallbackAfterGroupMsgExtension is sent.
func (c *Chat) SetExtensions(m Message, pairs map[string]string) error {
	var list []message.Extension
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		list = append(list, message.Extension{Key: key, Value: pairs[key]})
	}
	return failed("SetExtensions", c.talk.SetExtensions(chat.Message(m), list))
}

// DeleteExtensions deletes keys of the extension of a message, all of it where none is named.
// C2C.CallbackAfterC2CMsgExtension or Group.CallbackAfterGroupMsgExtension is sent.
func (c *Chat) DeleteExtensions(m Message, keys ...string) error {
	return failed("DeleteExtensions", c.talk.DeleteExtensions(chat.Message(m), keys))
}

func modelsOf(ms []Message) []chat.Message {
	models := make([]chat.Message, len(ms))
	for i, m := range ms {
		models[i] = chat.Message(m)
	}
	return models
}

// MarkAllRead says that the user has read everything. C2C.CallbackAfterMsgReadAll is sent, once.
func (d *Device) MarkAllRead() error { return failed("MarkAllRead", d.model.MarkAllRead()) }

// Unread returns how many messages the user has not read, in all conversations.
func (d *Device) Unread() int { return d.model.AllUnread() }

// A Conversation is an entry of a user's list of conversations.
type Conversation struct {
	ID     conversation.ID
	Time   time.Time // of the last message, whole seconds
	Unread int
	Pinned bool
}

// Conversations returns the user's list of conversations, the pinned ones first, and each with the newest first.
func (d *Device) Conversations() []Conversation {
	var list []Conversation
	for _, c := range d.model.Conversations() {
		list = append(list, Conversation(c))
	}
	return list
}

// ClickPush opens a push that the device has shown. Push.OfflinePush, or for one with a TaskID Push.AllMemberPush, is
// sent, with what comes after the push was sent: that it was delivered, where that was not told before, and that it was
// clicked.
func (d *Device) ClickPush(p Push) error { return failed("ClickPush", d.model.ClickPush(p.ID)) }
