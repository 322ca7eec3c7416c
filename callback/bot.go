package callback

import "github.com/go-tencentchat/tencentchat/message"

const (
	cmdBotOnC2CMessage           = "Bot.OnC2CMessage"
	cmdBotOnGroupMessage         = "Bot.OnGroupMessage"
	cmdChatbotOnC2CSignalMessage = "Chatbot.OnC2CSignalMessage"
)

// BotOnC2CMessage is sent after a one-to-one message to a chatbot, from a client or over REST. It is not sent for a
// message that a before-event refused, and carries the one that a before-event rewrote.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/68952
type BotOnC2CMessage struct {
	Meta

	FromAccount    string   `json:"From_Account"`    // the sender
	ToAccount      string   `json:"To_Account"`      // the chatbot
	MsgSeq         uint64   `json:"MsgSeq"`          // the message's sequence number
	MsgRandom      uint64   `json:"MsgRandom"`       // the message's random number
	MsgTime        UnixTime `json:"MsgTime"`         // when it was sent, in seconds; messages sort by it, then by MsgSeq
	MsgKey         string   `json:"MsgKey"`          // the message's ID, for recalling it
	MsgID          string   `json:"MsgId,omitempty"` // the message's ID on the client; newer apps only
	OnlineOnlyFlag int      `json:"OnlineOnlyFlag"`  // 1: only for those on line
	SendMsgResult  int      `json:"SendMsgResult"`   // 0 if it was delivered, or an error code
	ErrorInfo      string   `json:"ErrorInfo"`       // "send msg succeed", or why it was not delivered
	// UnreadMsgNum is how many one-to-one messages the receiver has not read, and -1 if this one was not delivered. It is
	// not on the vendor's page, and absent in most apps.
	UnreadMsgNum    Optional[int] `json:"UnreadMsgNum,omitzero"`
	MsgBody         message.Body  `json:"MsgBody,omitzero"`
	CloudCustomData string        `json:"CloudCustomData,omitempty"` // custom data that is stored with the message
	EventTime       EventTime     `json:"EventTime,omitempty"`       // milliseconds since the epoch; older apps send none
}

// BotOnGroupMessage is sent after a group message that mentions a chatbot. It is not sent for one that mentions
// everybody.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/68953
type BotOnGroupMessage struct {
	Meta

	GroupID         string       `json:"GroupId"`
	TopicID         string       `json:"TopicId,omitempty"` // the topic, in a community with topics
	Type            GroupType    `json:"Type"`
	FromAccount     string       `json:"From_Account"`     // the sender
	OperatorAccount string       `json:"Operator_Account"` // who made the call: the sender, or an administrator
	Random          uint64       `json:"Random"`           // the message's random number
	MsgSeq          uint32       `json:"MsgSeq"`           // the message's sequence number in the group
	MsgTime         UnixTime     `json:"MsgTime"`          // when it was sent, in seconds
	OnlineOnlyFlag  int          `json:"OnlineOnlyFlag"`   // 1: only for those on line; always 0 in audio-video groups
	MsgBody         message.Body `json:"MsgBody,omitzero"`
	AtRobotsAccount []string     `json:"AtRobots_Account,omitzero"` // the chatbots that are mentioned
	CloudCustomData string       `json:"CloudCustomData,omitempty"` // custom data that is stored with the message
	EventTime       EventTime    `json:"EventTime,omitempty"`       // milliseconds since the epoch; older apps send none
}

// ChatbotOnC2CSignalMessage is sent after a pass-through message, which no chat shows, to a chatbot. What it carries is
// in Data, as the sender's client made it.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/59057
type ChatbotOnC2CSignalMessage struct {
	Meta

	FromAccount string    `json:"From_Account"`        // the sender
	ToAccount   string    `json:"To_Account"`          // the chatbot
	MsgSeq      uint64    `json:"MsgSeq"`              // the message's sequence number
	MsgRandom   uint64    `json:"MsgRandom"`           // the message's random number
	MsgKey      string    `json:"MsgKey"`              // the message's ID, for recalling it
	EventTime   EventTime `json:"EventTime,omitempty"` // milliseconds since the epoch
	Data        string    `json:"Data"`
}

// Command returns "Bot.OnC2CMessage".
func (*BotOnC2CMessage) Command() string { return cmdBotOnC2CMessage }

// Command returns "Bot.OnGroupMessage".
func (*BotOnGroupMessage) Command() string { return cmdBotOnGroupMessage }

// Command returns "Chatbot.OnC2CSignalMessage".
func (*ChatbotOnC2CSignalMessage) Command() string { return cmdChatbotOnC2CSignalMessage }

func (*BotOnC2CMessage) after() {}

func (*BotOnGroupMessage) after() {}

func (*ChatbotOnC2CSignalMessage) after() {}

func (e *BotOnC2CMessage) msgBody() *message.Body   { return &e.MsgBody }
func (e *BotOnGroupMessage) msgBody() *message.Body { return &e.MsgBody }
