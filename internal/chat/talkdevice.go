package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// SendOptions are what a device says of a message besides its body.
type SendOptions struct {
	OnlineOnly      bool // only for devices that are connected, kept nowhere
	NeedReceipt     bool
	Extendable      bool
	CloudCustomData string
	Mentions        []group.AtInfo // in a group
}

// Send sends a message to a user.
func (d *Device) Send(to string, body message.Body, o SendOptions) (Message, error) {
	content, bad := contentOf(body)
	var s *sending
	result, err := actAsked(d, "Send", restapi.CodeMessageRejectedByWebhook,
		func(a *App, c *call) (*callback.C2CBeforeSendMsg, error) {
			var err error
			if s, err = a.composeOn(c, content, bad, o); err != nil {
				return nil, err
			}
			if err := a.checkDeviceSend(c, s, to); err != nil {
				return nil, err
			}
			if err := a.filterTo(c, s, to); err != nil {
				return nil, err
			}
			return s.question(a, to), nil
		},
		func(a *App, c *call, answer callback.C2CBeforeSendMsgAnswer) (any, error) {
			if err := a.checkDeviceSend(c, s, to); err != nil {
				return nil, err
			}
			s.obey(answer)
			return a.sendTo(c, s, to).shown(), nil
		})
	m, _ := result.(Message)
	return m.own(), err
}

// composeOn makes a message of what a device sends.
func (a *App) composeOn(c *call, body content, bad error, o SendOptions) (*sending, error) {
	if bad != nil {
		return nil, bad
	}
	key := a.talks.ownKey(c.now)
	f := sendFields{
		SyncOtherMachine: syncOther, MsgBody: body, CloudCustomData: o.CloudCustomData,
		MsgSeq: restapi.Some(key.seq), MsgRandom: key.random,
		OnlineOnlyFlag: flag(o.OnlineOnly, 1), IsNeedReadReceipt: flag(o.NeedReceipt, 1),
		SupportMessageExtension: flag(o.Extendable, 1),
	}
	s, err := f.compose(a, c)
	if err == nil {
		s.before, s.after = true, true
	}
	return s, err
}

// checkDeviceSend is checkSendMsg for a device, whose messages do not reach those who have blocked its user.
func (a *App) checkDeviceSend(c *call, s *sending, to string) error {
	if err := a.checkSendMsg(c, s, to); err != nil {
		return err
	}
	if a.relations.of(to).blocked.has(s.from) {
		return refuse(restapi.CodeMessageBlockedByPeer, "the receiver has blocked the sender")
	}
	return nil
}

// the returns the message that a device has, and refuses one that it has not.
func (d *Device) the(c *call, peer, msgKey string) (*msg, error) {
	c.app.talks.expire(c.now.Unix())
	key, err := parseKey(msgKey)
	if t := c.app.talks.byPair[pairOf(d.by.UserID, peer)]; err == nil && t != nil {
		for m := range t.named(key) {
			if m.copies[t.pair.side(d.by.UserID)] {
				return m, nil
			}
		}
	}
	return nil, refuse(restapi.CodeMessageNotFound, "there is no such message")
}

// Edit changes the body of a message, for both sides.
func (d *Device) Edit(peer, msgKey string, body message.Body) error {
	content, bad := contentOf(body)
	_, err := d.act("Edit", func(a *App, c *call) (any, error) {
		if bad != nil {
			return nil, bad
		}
		if err := content.check(c); err != nil {
			return nil, err
		}
		m, err := d.the(c, peer, msgKey)
		switch {
		case err != nil:
			return nil, err
		case m.recalled:
			return nil, refuse(restapi.CodeMessageAlreadyRecalled, "the message is recalled")
		}
		if content, err = a.screened(content); err != nil {
			return nil, err
		}
		a.modify(c, m, edit{MsgBody: restapi.Some(content)})
		return nil, nil
	})
	return err
}

// Recall takes messages back that the user has sent. The error is that of the first that could not be.
func (d *Device) Recall(peer string, msgKeys []string) error {
	return d.eachMsg("Recall", peer, msgKeys, func(a *App, c *call, m *msg) error {
		switch {
		case m.sender() != d.by.UserID:
			return refuse(restapi.CodeMessageNotFound, "the message is not one that the user has sent")
		case c.now.Unix()-m.key.time > int64(recallWindow.Seconds()):
			return refuse(restapi.CodeMessageRecallTooLate, "the message is over two minutes old")
		}
		return a.recall(c, m, d.by.UserID)
	})
}

// eachMsg is act for something that is done to each of several messages, to those that can be.
func (d *Device) eachMsg(name, peer string, msgKeys []string, do func(*App, *call, *msg) error) error {
	c := d.begin()
	var first error
	_, err := run(d.app, c, d.connected(func(a *App, c *call) (any, error) {
		for _, key := range msgKeys {
			m, err := d.the(c, peer, key)
			if err == nil {
				err = do(a, c, m)
			}
			if first == nil {
				first = err
			}
		}
		return nil, nil
	}))
	if err == nil {
		err = first
	}
	return d.finish(c, name, err)
}

// Receipt sends receipts for messages from another user. For one that does not ask for a receipt none is sent.
func (d *Device) Receipt(peer string, msgKeys []string) error {
	_, err := d.act("Receipt", func(a *App, c *call) (any, error) {
		var all []*msg
		for _, key := range msgKeys {
			m, err := d.the(c, peer, key)
			if err != nil {
				return nil, err
			}
			if m.receiver() == d.by.UserID {
				all = append(all, m)
			}
		}
		a.sendReceipts(c, d.by.UserID, peer, all)
		return nil, nil
	})
	return err
}

// SetExtensions sets pairs of the extension of a message.
func (d *Device) SetExtensions(peer, msgKey string, pairs []message.Extension) error {
	return d.extend("SetExtensions", peer, msgKey, message.ExtensionSet, pairs)
}

// DeleteExtensions deletes keys of the extension of a message, or all of it where there are no keys.
func (d *Device) DeleteExtensions(peer, msgKey string, keys []string) error {
	op, pairs := deletion(keys)
	return d.extend("DeleteExtensions", peer, msgKey, op, pairs)
}

// deletion is how keys are deleted: all where there are none.
func deletion(keys []string) (message.ExtensionOperation, []message.Extension) {
	if len(keys) == 0 {
		return message.ExtensionClear, nil
	}
	pairs := make([]message.Extension, len(keys))
	for i, key := range keys {
		pairs[i].Key = key
	}
	return message.ExtensionDelete, pairs
}

func (d *Device) extend(
	name, peer, msgKey string, op message.ExtensionOperation, pairs []message.Extension,
) error {
	_, err := d.act(name, func(a *App, c *call) (any, error) {
		if slices.Contains(a.set.Off, FeatureMsgExtension) {
			return nil, errNoExtensions
		}
		m, err := d.the(c, peer, msgKey)
		if err != nil {
			return nil, err
		}
		_, err = a.changeExtension(c, m, op, pairs)
		return nil, err
	})
	return err
}
