package message

import "time"

// A Message is what is sent, whoever it is for. MsgBody is all that most need:
//
//	message.Message{FromAccount: "support", MsgBody: message.Text("your order is on its way")}
//
// Not every command carries every field; [Message.CheckFor] tells, and the methods that send refuse what theirs cannot
// carry.
type Message struct {
	FromAccount     string `json:"From_Account,omitempty"` // the sender; empty: the administrator who calls
	MsgBody         Body   `json:"MsgBody,omitempty"`
	CloudCustomData string `json:"CloudCustomData,omitempty"` // the app's own data, kept with the message
	// OfflinePushInfo is how the message is pushed to those who are off line. nil: as the app's settings have it.
	OfflinePushInfo       *OfflinePushInfo `json:"OfflinePushInfo,omitempty"`
	SendMsgControl        []SendControl    `json:"SendMsgControl,omitempty"`
	ForbidCallbackControl []ForbidCallback `json:"ForbidCallbackControl,omitempty"`
	// OnlineOnlyFlag sends only to those who are on line: the message is not counted as unread and kept nowhere.
	OnlineOnlyFlag Flag `json:"OnlineOnlyFlag,omitempty"`
	// SupportMessageExtension lets the message have extensions, see [Extension].
	SupportMessageExtension Flag `json:"SupportMessageExtension,omitempty"`
	// NeedReadReceipt asks those who read the message to say so.
	NeedReadReceipt Flag `json:"-"`
	// MsgRandom is what the service knows a repeat of the message by, together with MsgSeq where there is one. 0: drawn at
	// random.
	MsgRandom uint32 `json:"-"`
}

// Text returns the body that is one text.
func Text(text string) Body { return Body{&TextElem{Text: text}} }

// A SendControl is something that is otherwise for one message. Words newer than this SDK can be sent too.
type SendControl string

// The values of SendControl.
const (
	NoUnread              SendControl = "NoUnread"              // the message is not counted as unread
	NoLastMsg             SendControl = "NoLastMsg"             // the conversation does not show it as its last one
	WithMuteNotifications SendControl = "WithMuteNotifications" // a receiver who muted the sender gets no push
	NoMsgCheck            SendControl = "NoMsgCheck"            // not moderated; seen in client libraries only
)

// A ForbidCallback is a webhook that a message does not fire.
type ForbidCallback string

// The values of ForbidCallback.
const (
	ForbidBeforeSendMsgCallback ForbidCallback = "ForbidBeforeSendMsgCallback"
	ForbidAfterSendMsgCallback  ForbidCallback = "ForbidAfterSendMsgCallback"
)

// Sent is what became of a message that was sent. Where sending failed, it has the MsgSeq and MsgRandom that were tried
// and nothing else; where the message was refused before the network it is empty.
type Sent struct {
	MsgKey  string    // the key of the message, for [Client.Recall], [Client.Modify] and others
	MsgID   string    // its ID on the devices; answers before 2024-12 had none
	MsgTime time.Time // when the service took it
	// MsgSeq and MsgRandom are what the service knows a repeat by.
	MsgSeq, MsgRandom uint32
	StreamMsgID       string // of a stream, for what follows: see [StreamElem]
}
