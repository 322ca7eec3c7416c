package restapitest

import "github.com/go-tencentchat/tencentchat/message"

// Subscribe subscribes the user to an official account, whose messages it is told from then on. The backend is asked
// first, by OfficialAccount.CallbackBeforeAddSubscriber. OfficialAccount.CallbackAfterAddSubscriber is sent, and
// OfficialAccount.CallbackAfterOfficialAccountFull where it was the last place.
func (d *Device) Subscribe(officialAccount string) error {
	return failed("Subscribe", d.model.Subscribe(officialAccount))
}

// Unsubscribe ends the user's subscription to an official account. OfficialAccount.CallbackAfterDeleteSubscriber is
// sent.
func (d *Device) Unsubscribe(officialAccount string) error {
	return failed("Unsubscribe", d.model.Unsubscribe(officialAccount))
}

// PublishAs sends a message of an official account that the user owns to all subscribers, by the rules of
// send_official_account_msg. The backend is asked first, by OfficialAccount.CallbackBeforeSendMsg.
// OfficialAccount.CallbackAfterSendMsg is sent after it. The To of the message is empty.
func (d *Device) PublishAs(officialAccount string, body message.Body) (Message, error) {
	m, err := d.model.PublishAs(officialAccount, body)
	return Message(m), failed("PublishAs", err)
}

// RecallAs takes messages back of an official account that the user owns. Of several some may be refused: the error is
// that of the first. OfficialAccount.CallbackAfterMsgWithDraw is sent.
func (d *Device) RecallAs(officialAccount string, ms ...Message) error {
	return failed("RecallAs", d.model.RecallAs(officialAccount, modelsOf(ms)))
}

// Signal sends data to a bot, which no chat shows. Chatbot.OnC2CSignalMessage is sent.
func (c *Chat) Signal(data string) error {
	return failed("Signal", c.talk.Signal(data))
}
