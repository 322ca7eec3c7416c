package restapitest

import (
	"maps"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/message"
)

// A Message is a message as a device has it.
type Message struct {
	From, To          string
	MsgKey, MsgID     string // its names, for calls and on clients
	MsgSeq, MsgRandom uint64
	Time              time.Time    // when it was sent, whole seconds
	Body              message.Body // a copy: what is changed of it changes nothing else
	CloudCustomData   string
	NeedReceipt       bool // the sender asks for a receipt
	PeerRead          bool // the receiver has sent one
	Recalled          bool
	Extensions        []message.Extension // by Seq
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

// A Chat is the conversation of a device's user with another user. Its methods are those of Device, of which it is a
// part.
type Chat struct {
	device *Device
	peer   string
}

// With returns the conversation with a user.
func (d *Device) With(userID string) *Chat { return &Chat{d, userID} }

// Send sends a message to a user, as With(userID).Send does.
func (d *Device) Send(userID string, body message.Body, opts ...SendOption) (Message, error) {
	return d.With(userID).Send(body, opts...)
}

// Send sends a message. The backend is asked first, by C2C.CallbackBeforeSendMsg: it can refuse the message, with
// restapi.CodeMessageRejectedByWebhook or a code of its own, and change it. C2C.CallbackAfterSendMsg is sent after it.
func (c *Chat) Send(body message.Body, opts ...SendOption) (Message, error) {
	var o chat.SendOptions
	for _, opt := range opts {
		opt(&o)
	}
	m, err := c.device.model.Send(c.peer, body, o)
	return Message(m), failed("Send", err)
}

// Edit changes the body of a message for both sides. C2C.CallbackAfterModifyMsg is sent.
func (c *Chat) Edit(m Message, body message.Body) error {
	return failed("Edit", c.device.model.Edit(c.peer, m.MsgKey, body))
}

// Recall takes messages back that the user has sent, for two minutes. Of several some may be refused: the error is that
// of the first. C2C.CallbackAfterMsgWithDraw is sent for each.
func (c *Chat) Recall(ms ...Message) error {
	return failed("Recall", c.device.model.Recall(c.peer, keysOf(ms)))
}

// Delete takes the conversation off the user's list, and takes away the user's copies of its messages.
func (c *Chat) Delete() error { return failed("Delete", c.device.model.DeleteTalk(c.peer)) }

// MarkRead says that the user has read all that has come so far. C2C.CallbackAfterMsgReport is sent.
func (c *Chat) MarkRead() error { return failed("MarkRead", c.device.model.MarkRead(c.peer)) }

// Receipt sends receipts for messages that ask for one. C2C.CallbackAfterMsgReadReceipt is sent.
func (c *Chat) Receipt(ms ...Message) error {
	return failed("Receipt", c.device.model.Receipt(c.peer, keysOf(ms)))
}

// Messages returns what the user has of the messages, the oldest first.
func (c *Chat) Messages() []Message {
	var ms []Message
	for _, m := range c.device.model.Messages(c.peer) {
		ms = append(ms, Message(m))
	}
	return ms
}

// Unread returns how many messages the user has not read.
func (c *Chat) Unread() int { return c.device.model.Unread(c.peer) }

// SetExtensions sets pairs of the extension of a message that was sent with Extendable.
// C2C.CallbackAfterC2CMsgExtension is sent.
func (c *Chat) SetExtensions(m Message, pairs map[string]string) error {
	var list []message.Extension
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		list = append(list, message.Extension{Key: key, Value: pairs[key]})
	}
	return failed("SetExtensions", c.device.model.SetExtensions(c.peer, m.MsgKey, list))
}

// DeleteExtensions deletes keys of the extension of a message, all of it where none is named.
// C2C.CallbackAfterC2CMsgExtension is sent.
func (c *Chat) DeleteExtensions(m Message, keys ...string) error {
	return failed("DeleteExtensions", c.device.model.DeleteExtensions(c.peer, m.MsgKey, keys))
}

func keysOf(ms []Message) []string {
	keys := make([]string, len(ms))
	for i, m := range ms {
		keys[i] = m.MsgKey
	}
	return keys
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
