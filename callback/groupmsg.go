package callback

import "github.com/go-tencentchat/tencentchat/message"

const cmdGroupBeforeSendMsg = "Group.CallbackBeforeSendMsg"

// groupCodes are the codes of the application that before-events of groups and topics pass on to the client.
var groupCodes = codeRange{10100, 10200}

// GroupBeforeSendMsg asks whether a group message may be sent. It waits for the answer for 2 seconds, and then the
// message is sent unless the console says otherwise. Its methods make the answers: Allow, Reject, RejectCode, Drop and
// Rewrite.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34374
type GroupBeforeSendMsg struct {
	Meta

	GroupID         string       `json:"GroupId"`
	TopicID         string       `json:"TopicId,omitempty"` // the topic, in a community with topics
	Type            string       `json:"Type"`              // Public, Work, Meeting, AVChatRoom, Community, Live, ...
	FromAccount     string       `json:"From_Account"`      // the sender
	OperatorAccount string       `json:"Operator_Account"`  // who made the call: the sender, or an administrator
	Random          uint32       `json:"Random"`            // the message's random number
	MsgID           string       `json:"MsgId,omitempty"`   // the message's ID on the client; newer apps only
	OnlineOnlyFlag  int          `json:"OnlineOnlyFlag"`    // 1: only for those on line; always 0 in audio-video groups
	MsgBody         message.Body `json:"MsgBody"`
	CloudCustomData string       `json:"CloudCustomData,omitempty"` // custom data that is stored with the message
	EventTime       EventTime    `json:"EventTime,omitempty"`       // milliseconds since the epoch; older apps send none
}

// GroupBeforeSendMsgAnswer answers a GroupBeforeSendMsg. The zero value allows the message. Make one with the methods
// of the event; a code that the vendor does not document is refused with an error, and the webhook answered 500.
type GroupBeforeSendMsgAnswer struct {
	Reply

	MsgBody         message.Body     `json:"MsgBody,omitempty"`        // sent in place of the user's
	CloudCustomData Optional[string] `json:"CloudCustomData,omitzero"` // stored in place of the user's
}

// Allow sends the message.
func (*GroupBeforeSendMsg) Allow() GroupBeforeSendMsgAnswer {
	return GroupBeforeSendMsgAnswer{Reply: allow()}
}

// Reject refuses the message. The sender gets code 10016; info is for the vendor's logs.
func (*GroupBeforeSendMsg) Reject(info string) GroupBeforeSendMsgAnswer {
	return GroupBeforeSendMsgAnswer{Reply: reply(codeReject, info)}
}

// RejectCode refuses the message with a code from 10100 to 10200, which reaches the sender's client together with info.
// Any other code is an error of the handler, answered 500.
func (*GroupBeforeSendMsg) RejectCode(code int, info string) GroupBeforeSendMsgAnswer {
	return GroupBeforeSendMsgAnswer{Reply: custom(code, info, groupCodes)}
}

// Drop keeps the message from being sent, and tells the sender that it was.
func (*GroupBeforeSendMsg) Drop() GroupBeforeSendMsgAnswer {
	return GroupBeforeSendMsgAnswer{Reply: reply(codeDrop, "")}
}

// Rewrite sends body in place of the user's message. A body without elements is an error of the handler, answered 500:
// it would let the user's own message through. At most one element may be a CustomElem.
func (*GroupBeforeSendMsg) Rewrite(body message.Body) GroupBeforeSendMsgAnswer {
	return GroupBeforeSendMsgAnswer{Reply: allow(), MsgBody: rewritten(body)}
}

// WithCloudCustomData returns the answer with data to store in place of the message's own.
func (a GroupBeforeSendMsgAnswer) WithCloudCustomData(data string) GroupBeforeSendMsgAnswer {
	a.CloudCustomData = Some(data)
	return a
}

// Command returns "Group.CallbackBeforeSendMsg".
func (*GroupBeforeSendMsg) Command() string { return cmdGroupBeforeSendMsg }

func (e *GroupBeforeSendMsg) refusal() GroupBeforeSendMsgAnswer { return e.Reject("") }

func (a GroupBeforeSendMsgAnswer) check() error {
	if err := checkRewrite(a.MsgBody); err != nil {
		return err
	}
	return a.checkCode(codeDrop, groupCodes)
}
