package chat

import "github.com/go-tencentchat/tencentchat/message"

// A OneToOne is what a device does in the conversation with another user, as a [GroupTalk] is in a group.
type OneToOne struct {
	d    *Device
	peer string
}

// With returns what the device can do in the conversation with a user.
func (d *Device) With(userID string) *OneToOne { return &OneToOne{d, userID} }

// Send sends a message.
func (o *OneToOne) Send(body message.Body, opts SendOptions) (Message, error) {
	return o.d.Send(o.peer, body, opts)
}

// Edit changes the body of a message.
func (o *OneToOne) Edit(m Message, body message.Body) error { return o.d.Edit(o.peer, m.MsgKey, body) }

// Recall takes messages back.
func (o *OneToOne) Recall(ms []Message) error { return o.d.Recall(o.peer, keysOf(ms)) }

// Delete takes the conversation off the user's list.
func (o *OneToOne) Delete() error { return o.d.DeleteTalk(o.peer) }

// MarkRead takes note that the user has read all.
func (o *OneToOne) MarkRead() error { return o.d.MarkRead(o.peer) }

// Receipt sends receipts.
func (o *OneToOne) Receipt(ms []Message) error { return o.d.Receipt(o.peer, keysOf(ms)) }

// Messages returns what the user has of the messages, the oldest first.
func (o *OneToOne) Messages() []Message { return o.d.Messages(o.peer) }

// Unread returns how many messages the user has not read.
func (o *OneToOne) Unread() int { return o.d.Unread(o.peer) }

// SetExtensions sets pairs of the extension of a message.
func (o *OneToOne) SetExtensions(m Message, pairs []message.Extension) error {
	return o.d.SetExtensions(o.peer, m.MsgKey, pairs)
}

// DeleteExtensions deletes keys of the extension of a message, all where there are none.
func (o *OneToOne) DeleteExtensions(m Message, keys []string) error {
	return o.d.DeleteExtensions(o.peer, m.MsgKey, keys)
}

// Signal sends data to a bot, which no chat shows.
func (o *OneToOne) Signal(data string) error { return o.d.Signal(o.peer, data) }

func keysOf(ms []Message) []string {
	keys := make([]string, len(ms))
	for i, m := range ms {
		keys[i] = m.MsgKey
	}
	return keys
}
