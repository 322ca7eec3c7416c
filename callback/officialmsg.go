package callback

import "github.com/go-tencentchat/tencentchat/message"

const (
	cmdOfficialAccountAfterMsgWithDraw = "OfficialAccount.CallbackAfterMsgWithDraw"
	cmdOfficialAccountAfterSendMsg     = "OfficialAccount.CallbackAfterSendMsg"
	cmdOfficialAccountBeforeSendMsg    = "OfficialAccount.CallbackBeforeSendMsg"
)

// OfficialAccountBeforeSendMsg asks whether an official account's message may be sent. It waits for the answer for 2
// seconds. Its methods make the answers: Allow, Reject, RejectCode, Drop and Rewrite.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60803
type OfficialAccountBeforeSendMsg struct {
	Meta

	OfficialAccount string       `json:"Official_Account"` // the account's user ID
	OnlineOnlyFlag  int          `json:"OnlineOnlyFlag"`   // 1: only for those on line
	MsgBody         message.Body `json:"MsgBody,omitzero"`
	CloudCustomData string       `json:"CloudCustomData,omitempty"` // custom data that is stored with the message
	EventTime       EventTime    `json:"EventTime,omitempty"`       // milliseconds since the epoch
}

// OfficialAccountBeforeSendMsgAnswer answers an OfficialAccountBeforeSendMsg. The zero value allows the message. Make
// one with the methods of the event; a code that the vendor does not document is refused with an error, and the webhook
// answered 500.
type OfficialAccountBeforeSendMsgAnswer struct {
	Reply

	MsgBody         message.Body     `json:"MsgBody,omitempty"`        // sent in place of the account's
	CloudCustomData Optional[string] `json:"CloudCustomData,omitzero"` // stored in place of the account's
}

// Allow sends the message.
func (*OfficialAccountBeforeSendMsg) Allow() OfficialAccountBeforeSendMsgAnswer {
	return OfficialAccountBeforeSendMsgAnswer{Reply: allow()}
}

// Reject refuses the message. The sender gets code 10016; info is for the vendor's logs.
func (*OfficialAccountBeforeSendMsg) Reject(info string) OfficialAccountBeforeSendMsgAnswer {
	return OfficialAccountBeforeSendMsgAnswer{Reply: reply(codeReject, info)}
}

// RejectCode refuses the message with a code from 120001 to 130000, which reaches the sender together with info. Any
// other code is an error of the handler, answered 500.
func (*OfficialAccountBeforeSendMsg) RejectCode(code int, info string) OfficialAccountBeforeSendMsgAnswer {
	return OfficialAccountBeforeSendMsgAnswer{Reply: custom(code, info, messageCodes)}
}

// Drop keeps the message from being sent, and tells the sender that it was.
func (*OfficialAccountBeforeSendMsg) Drop() OfficialAccountBeforeSendMsgAnswer {
	return OfficialAccountBeforeSendMsgAnswer{Reply: reply(codeDrop, "")}
}

// Rewrite sends body in place of the account's message. A body without elements is an error of the handler, answered
// 500: it would let the account's own message through. At most one element may be a CustomElem.
func (*OfficialAccountBeforeSendMsg) Rewrite(body message.Body) OfficialAccountBeforeSendMsgAnswer {
	return OfficialAccountBeforeSendMsgAnswer{Reply: allow(), MsgBody: rewritten(body)}
}

// WithCloudCustomData returns the answer with data to store in place of the message's own.
func (a OfficialAccountBeforeSendMsgAnswer) WithCloudCustomData(data string) OfficialAccountBeforeSendMsgAnswer {
	a.CloudCustomData = Some(data)
	return a
}

func (a OfficialAccountBeforeSendMsgAnswer) check() error {
	if err := checkRewrite(a.MsgBody); err != nil {
		return err
	}
	return a.checkCode(codeDrop, messageCodes)
}

// OfficialAccountAfterSendMsg is sent after an official account's message was sent.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60804
type OfficialAccountAfterSendMsg struct {
	Meta

	OfficialAccount string       `json:"Official_Account"` // the account's user ID
	MsgKey          string       `json:"MsgKey"`           // the message's ID, for recalling it
	MsgTime         UnixTime     `json:"MsgTime"`          // when it was sent, in seconds since the epoch
	OnlineOnlyFlag  int          `json:"OnlineOnlyFlag"`   // 1: only for those on line
	MsgBody         message.Body `json:"MsgBody,omitzero"`
	CloudCustomData string       `json:"CloudCustomData,omitempty"` // custom data that is stored with the message
	EventTime       EventTime    `json:"EventTime,omitempty"`       // milliseconds since the epoch
}

// OfficialAccountAfterMsgWithDraw is sent after messages of an official account were recalled. The vendor writes the D
// of WithDraw as a capital.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60805
type OfficialAccountAfterMsgWithDraw struct {
	Meta

	OfficialAccount string                        `json:"Official_Account"`         // the account's user ID
	WithdrawMsgList []OfficialAccountWithdrawnMsg `json:"WithdrawMsgList,omitzero"` // the recalled messages
	EventTime       EventTime                     `json:"EventTime,omitempty"`      // milliseconds since the epoch
}

// OfficialAccountWithdrawnMsg is one recalled message of an official account.
type OfficialAccountWithdrawnMsg struct {
	MsgKey string `json:"MsgKey"` // the message's ID
}

// Command returns "OfficialAccount.CallbackBeforeSendMsg".
func (*OfficialAccountBeforeSendMsg) Command() string { return cmdOfficialAccountBeforeSendMsg }

// Command returns "OfficialAccount.CallbackAfterSendMsg".
func (*OfficialAccountAfterSendMsg) Command() string { return cmdOfficialAccountAfterSendMsg }

// Command returns "OfficialAccount.CallbackAfterMsgWithDraw".
func (*OfficialAccountAfterMsgWithDraw) Command() string { return cmdOfficialAccountAfterMsgWithDraw }

func (e *OfficialAccountBeforeSendMsg) refusal() OfficialAccountBeforeSendMsgAnswer {
	return e.Reject("")
}

func (*OfficialAccountAfterSendMsg) after()     {}
func (*OfficialAccountAfterMsgWithDraw) after() {}

func (e *OfficialAccountBeforeSendMsg) msgBody() *message.Body { return &e.MsgBody }
func (e *OfficialAccountAfterSendMsg) msgBody() *message.Body  { return &e.MsgBody }
