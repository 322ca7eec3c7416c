package chat

import (
	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Subscribe subscribes the user to an official account.
func (d *Device) Subscribe(id string) error {
	own := []string{d.by.UserID}
	_, err := actAsked(d, "Subscribe", restapi.CodeOfficialAccountPermissionDenied,
		func(a *App, c *call) (*callback.OfficialAccountBeforeAddSubscriber, error) {
			return a.askSubscribe(c, id, own)
		},
		func(a *App, c *call, answer callback.OfficialAccountBeforeAddSubscriberAnswer) (any, error) {
			each, err := a.subscribe(c, id, own, answer.RefusedSubscribersAccount)
			if err == nil {
				err = each[0]
			}
			return nil, err
		})
	return err
}

// Unsubscribe ends the user's subscription to an official account.
func (d *Device) Unsubscribe(id string) error {
	_, err := d.act("Unsubscribe", func(a *App, c *call) (any, error) {
		each, err := a.unsubscribe(c, id, []string{d.by.UserID})
		if err == nil && !each[0] {
			err = refuse(restapi.CodeOfficialAccountNotSubscribed, "the user has not subscribed")
		}
		return nil, err
	})
	return err
}

// owned returns an official account of the user's own. Nobody else may speak for it.
func (d *Device) owned(a *App, c *call, id string) (*channel, error) {
	ch, err := a.publisher(c, id)
	if err == nil && ch.OwnerAccount != d.by.UserID {
		return nil, refuse(restapi.CodeGroupPermissionDenied, "the official account is not the user's own")
	}
	return ch, err
}

// PublishAs sends a message of an official account that the user owns.
func (d *Device) PublishAs(id string, body message.Body) (Message, error) {
	content, bad := contentOf(body)
	p := &publishing{official: id, content: content, before: true, after: true}
	result, err := actAsked(d, "PublishAs", restapi.CodeGroupRejectedByWebhook,
		func(a *App, c *call) (*callback.OfficialAccountBeforeSendMsg, error) {
			if bad != nil {
				return nil, badPublishing(bad.Error())
			}
			if _, err := d.owned(a, c, id); err != nil {
				return nil, err
			}
			p.random = a.talks.ownKey(c.now).random
			return a.askPublish(c, p)
		},
		func(a *App, c *call, answer callback.OfficialAccountBeforeSendMsgAnswer) (any, error) {
			if _, err := d.owned(a, c, id); err != nil {
				return nil, err
			}
			ch, m, err := a.publish(c, p, answer)
			if err != nil {
				return nil, err
			}
			return m.shown(ch, ""), nil
		})
	m, _ := result.(Message)
	return m.own(), err
}

// RecallAs takes back messages of an official account that the user owns. The error is that of the first that could not
// be.
func (d *Device) RecallAs(id string, ms []Message) error {
	c := d.begin()
	var first error
	_, err := run(d.app, c, d.connected(func(a *App, c *call) (any, error) {
		ch, err := d.owned(a, c, id)
		if err != nil {
			return nil, err
		}
		for _, code := range a.recallAll(c, ch, keysOf(ms)) {
			if first == nil && code != 0 {
				first = refuse(code, "there is no such message, or it was taken back before")
			}
		}
		return nil, nil
	}))
	if err == nil {
		err = first
	}
	return d.finish(c, "RecallAs", err)
}
