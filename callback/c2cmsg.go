package callback

import (
	"encoding/json"

	"github.com/go-tencentchat/tencentchat/message"
)

const (
	cmdC2CAfterModifyMsg = "C2C.CallbackAfterModifyMsg"
	cmdC2CAfterSendMsg   = "C2C.CallbackAfterSendMsg"
	cmdC2CBeforeSendMsg  = "C2C.CallbackBeforeSendMsg"
)

// messageCodes are the codes of the application that before-events of one-to-one messages and of official accounts pass
// on to the client.
var messageCodes = codeRange{120001, 130000}

// C2CBeforeSendMsg asks whether a one-to-one message may be sent, by a client or over REST. It waits for the answer for
// 2 seconds, and then the message is sent unless the console says otherwise. Its methods make the answers: Allow,
// Reject, RejectCode and Rewrite. To drop a message in silence is documented for groups and official accounts, not
// here.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34364
type C2CBeforeSendMsg struct {
	Meta

	FromAccount     string       `json:"From_Account"`    // the sender
	ToAccount       string       `json:"To_Account"`      // the receiver
	MsgSeq          uint64       `json:"MsgSeq"`          // sequence number: chosen by the sender, not unique
	MsgRandom       uint64       `json:"MsgRandom"`       // the message's random number
	MsgTime         UnixTime     `json:"MsgTime"`         // when it was sent, in seconds since the epoch
	MsgKey          string       `json:"MsgKey"`          // the message's ID, MsgSeq_MsgRandom_MsgTime
	MsgID           string       `json:"MsgId,omitempty"` // the message's ID on the client; newer apps only
	OnlineOnlyFlag  int          `json:"OnlineOnlyFlag"`  // 1: only for those on line
	MsgBody         message.Body `json:"MsgBody,omitzero"`
	CloudCustomData string       `json:"CloudCustomData,omitempty"` // custom data that is stored with the message
	// FriendShip is on no page of the vendor's: bodies that were recorded from old apps have it. What it can be is not
	// known, so that it is raw JSON.
	FriendShip json.RawMessage `json:"FriendShip,omitzero"`
	EventTime  EventTime       `json:"EventTime,omitempty"` // milliseconds since the epoch; not documented here
}

// C2CBeforeSendMsgAnswer answers a C2CBeforeSendMsg. The zero value allows the message. Make one with the methods of
// the event; a code that the vendor does not document is refused with an error, and the webhook answered 500.
type C2CBeforeSendMsgAnswer struct {
	Reply

	MsgBody         message.Body     `json:"MsgBody,omitempty"`        // sent in place of the user's
	CloudCustomData Optional[string] `json:"CloudCustomData,omitzero"` // stored in place of the user's
}

// Allow sends the message.
func (*C2CBeforeSendMsg) Allow() C2CBeforeSendMsgAnswer {
	return C2CBeforeSendMsgAnswer{Reply: allow()}
}

// Reject refuses the message. The sender gets code 20006; info is for the vendor's logs.
func (*C2CBeforeSendMsg) Reject(info string) C2CBeforeSendMsgAnswer {
	return C2CBeforeSendMsgAnswer{Reply: reply(codeReject, info)}
}

// RejectCode refuses the message with a code from 120001 to 130000, which reaches the sender's client together with
// info. Any other code is an error of the handler, answered 500.
func (*C2CBeforeSendMsg) RejectCode(code int, info string) C2CBeforeSendMsgAnswer {
	return C2CBeforeSendMsgAnswer{Reply: custom(code, info, messageCodes)}
}

// Rewrite sends body in place of the user's message. A body without elements is an error of the handler, answered 500:
// it would let the user's own message through. At most one element may be a CustomElem. Voice, images, files and videos
// can be replaced by text or custom elements, but not by others of their kind.
func (*C2CBeforeSendMsg) Rewrite(body message.Body) C2CBeforeSendMsgAnswer {
	return C2CBeforeSendMsgAnswer{Reply: allow(), MsgBody: rewritten(body)}
}

// WithCloudCustomData returns the answer with data to store in place of the message's own.
func (a C2CBeforeSendMsgAnswer) WithCloudCustomData(data string) C2CBeforeSendMsgAnswer {
	a.CloudCustomData = Some(data)
	return a
}

func (a C2CBeforeSendMsgAnswer) check() error {
	if err := checkRewrite(a.MsgBody); err != nil {
		return err
	}
	return a.checkCode(codeReject, messageCodes)
}

// C2CAfterSendMsg is sent after a one-to-one message was sent, with the message as C2CBeforeSendMsg left it. It is sent
// for a message that could not be delivered as well, but not for one that C2CBeforeSendMsg refused: look at
// SendMsgResult. Messages of a conversation sort by MsgTime, then by MsgSeq.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34365
type C2CAfterSendMsg struct {
	Meta

	FromAccount     string        `json:"From_Account"`          // the sender
	ToAccount       string        `json:"To_Account"`            // the receiver
	MsgSeq          uint64        `json:"MsgSeq"`                // sequence number: chosen by the sender, not unique
	MsgRandom       uint64        `json:"MsgRandom"`             // the message's random number
	MsgTime         UnixTime      `json:"MsgTime"`               // when it was sent, in seconds since the epoch
	MsgKey          string        `json:"MsgKey"`                // the message's ID, for recalling it
	MsgID           string        `json:"MsgId,omitempty"`       // the message's ID on the client; newer apps only
	OnlineOnlyFlag  int           `json:"OnlineOnlyFlag"`        // 1: only for those on line
	SendMsgResult   int           `json:"SendMsgResult"`         // 0, or the code of why it was not delivered
	ErrorInfo       string        `json:"ErrorInfo"`             // why, or "send msg succeed"
	UnreadMsgNum    Optional[int] `json:"UnreadMsgNum,omitzero"` // the receiver's unread, or -1; older apps only
	MsgBody         message.Body  `json:"MsgBody,omitzero"`
	CloudCustomData string        `json:"CloudCustomData,omitempty"` // custom data that is stored with the message
	EventTime       EventTime     `json:"EventTime,omitempty"`       // milliseconds since the epoch; not documented here
}

// C2CAfterModifyMsg is sent after a one-to-one message was edited. It carries the whole message as it now is.
//
// Vendor page: https://cloud.tencent.com/document/product/269/128224
type C2CAfterModifyMsg struct {
	Meta

	OperatorAccount string       `json:"Operator_Account"` // who edited it
	FromAccount     string       `json:"From_Account"`     // the sender
	ToAccount       string       `json:"To_Account"`       // the receiver
	MsgSeq          uint64       `json:"MsgSeq"`           // sequence number: chosen by the sender, not unique
	MsgRandom       uint64       `json:"MsgRandom"`        // the message's random number
	MsgTime         UnixTime     `json:"MsgTime"`          // when it was sent, in seconds since the epoch
	MsgKey          string       `json:"MsgKey"`           // the message's ID, MsgSeq_MsgRandom_MsgTime
	MsgBody         message.Body `json:"MsgBody,omitzero"`
	CloudCustomData string       `json:"CloudCustomData,omitempty"` // custom data that is stored with the message
	EventTime       EventTime    `json:"EventTime,omitempty"`       // milliseconds since the epoch
}

// Command returns "C2C.CallbackBeforeSendMsg".
func (*C2CBeforeSendMsg) Command() string { return cmdC2CBeforeSendMsg }

// Command returns "C2C.CallbackAfterSendMsg".
func (*C2CAfterSendMsg) Command() string { return cmdC2CAfterSendMsg }

// Command returns "C2C.CallbackAfterModifyMsg".
func (*C2CAfterModifyMsg) Command() string { return cmdC2CAfterModifyMsg }

func (e *C2CBeforeSendMsg) refusal() C2CBeforeSendMsgAnswer { return e.Reject("") }

func (*C2CAfterSendMsg) after()   {}
func (*C2CAfterModifyMsg) after() {}

func (e *C2CBeforeSendMsg) msgBody() *message.Body  { return &e.MsgBody }
func (e *C2CAfterSendMsg) msgBody() *message.Body   { return &e.MsgBody }
func (e *C2CAfterModifyMsg) msgBody() *message.Body { return &e.MsgBody }
