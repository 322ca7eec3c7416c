package callback

import (
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
)

const (
	cmdGroupAfterGroupMsgExtension = "Group.CallbackAfterGroupMsgExtension"
	cmdGroupAfterModifyMsg         = "Group.CallbackAfterModifyMsg"
	cmdGroupAfterReadReceipt       = "Group.CallbackAfterReadReceipt"
	cmdGroupAfterRecallMsg         = "Group.CallbackAfterRecallMsg"
	cmdGroupAfterSendMsg           = "Group.CallbackAfterSendMsg"
	cmdGroupBeforeSendMsg          = "Group.CallbackBeforeSendMsg"
	cmdGroupSendMsgException       = "Group.CallbackSendMsgException"
)

// GroupBeforeSendMsg asks whether a group message may be sent. It waits for the answer for 2 seconds, and then the
// message is sent unless the console says otherwise. Its methods make the answers: Allow, Reject, RejectCode, Drop and
// Rewrite.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34374
type GroupBeforeSendMsg struct {
	Meta

	GroupID         string        `json:"GroupId"`
	TopicID         string        `json:"TopicId,omitempty"` // the topic, in a community with topics
	Type            GroupType     `json:"Type"`
	FromAccount     string        `json:"From_Account"`            // the sender
	OperatorAccount string        `json:"Operator_Account"`        // who made the call: the sender, or an administrator
	Random          uint64        `json:"Random"`                  // the message's random number
	MsgPriority     string        `json:"MsgPriority,omitempty"`   // High, Normal or Low; on no page, recorded only
	MsgID           string        `json:"MsgId,omitempty"`         // the message's ID on the client; newer apps only
	OnlineOnlyFlag  Optional[int] `json:"OnlineOnlyFlag,omitzero"` // 1: only for those on line; 0 in audio-video groups
	MsgBody         message.Body  `json:"MsgBody,omitzero"`
	CloudCustomData string        `json:"CloudCustomData,omitempty"` // custom data that is stored with the message
	EventTime       EventTime     `json:"EventTime,omitempty"`       // milliseconds since the epoch; older apps send none
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

// GroupAfterSendMsg is sent after a group message was sent. It has the message as it went out, with what the answer to
// GroupBeforeSendMsg changed.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34375
type GroupAfterSendMsg struct {
	Meta

	GroupID         string        `json:"GroupId"`
	TopicID         string        `json:"TopicId,omitempty"` // the topic, in a community with topics
	Type            GroupType     `json:"Type"`
	FromAccount     string        `json:"From_Account"`            // the sender
	OperatorAccount string        `json:"Operator_Account"`        // who made the call: the sender, or an administrator
	Random          uint64        `json:"Random"`                  // the message's random number
	MsgPriority     string        `json:"MsgPriority,omitempty"`   // High, Normal or Low; on no page, recorded only
	MsgSeq          uint32        `json:"MsgSeq"`                  // the message's place in the group; sort by it
	MsgID           string        `json:"MsgId,omitempty"`         // the message's ID on the client; newer apps only
	MsgTime         UnixTime      `json:"MsgTime"`                 // when it was sent, in seconds since the epoch
	OnlineOnlyFlag  Optional[int] `json:"OnlineOnlyFlag,omitzero"` // 1: only for those on line; 0 in audio-video groups
	MsgBody         message.Body  `json:"MsgBody,omitzero"`
	CloudCustomData string        `json:"CloudCustomData,omitempty"` // custom data that is stored with the message
	GroupAtInfo     []GroupAtInfo `json:"GroupAtInfo,omitzero"`      // who is mentioned; newer apps only
	EventTime       EventTime     `json:"EventTime,omitempty"`       // milliseconds since the epoch; older apps send none
}

// GroupAtInfo is [group.AtInfo]: one mention in a group message, of one user or of all.
type GroupAtInfo = group.AtInfo

// Command returns "Group.CallbackAfterSendMsg".
func (*GroupAfterSendMsg) Command() string { return cmdGroupAfterSendMsg }

func (*GroupAfterSendMsg) after() {}

// GroupSendMsgException is sent after a group message could not be sent: its parameters were bad, such as the group's
// ID, it was one too many, it was refused for its content, or the sender is muted. ErrorCode and ErrorInfo say why.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/49462
type GroupSendMsgException struct {
	Meta

	GroupID         string        `json:"GroupId"`
	Type            GroupType     `json:"Type"`
	FromAccount     string        `json:"From_Account"`            // the sender
	OperatorAccount string        `json:"Operator_Account"`        // who made the call: the sender, or an administrator
	Random          uint64        `json:"Random"`                  // the message's random number
	OnlineOnlyFlag  Optional[int] `json:"OnlineOnlyFlag,omitzero"` // 1: only for those on line; 0 in audio-video groups
	MsgBody         message.Body  `json:"MsgBody,omitzero"`
	CloudCustomData string        `json:"CloudCustomData,omitempty"` // custom data of the message
	ErrorCode       int           `json:"ErrorCode"`                 // the vendor's, such as 10023: too many messages
	ErrorInfo       string        `json:"ErrorInfo"`
	EventTime       EventTime     `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// Command returns "Group.CallbackSendMsgException".
func (*GroupSendMsgException) Command() string { return cmdGroupSendMsgException }

func (*GroupSendMsgException) after() {}

// GroupAfterModifyMsg is sent after a group message was edited.
//
// Vendor page: https://cloud.tencent.com/document/product/269/129193
type GroupAfterModifyMsg struct {
	Meta

	OperatorAccount string       `json:"Operator_Account"` // who edited it
	GroupID         string       `json:"GroupId"`
	TopicID         string       `json:"TopicId,omitempty"` // the topic, in a community with topics; else empty
	MsgSeq          uint32       `json:"MsgSeq"`            // which message
	MsgBody         message.Body `json:"MsgBody,omitzero"`
	EventTime       EventTime    `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// Command returns "Group.CallbackAfterModifyMsg".
func (*GroupAfterModifyMsg) Command() string { return cmdGroupAfterModifyMsg }

func (*GroupAfterModifyMsg) after() {}

// GroupAfterRecallMsg is sent after messages of a group were recalled.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/46979
type GroupAfterRecallMsg struct {
	Meta

	OperatorAccount string        `json:"Operator_Account"` // who recalled them
	Type            GroupType     `json:"Type"`
	GroupID         string        `json:"GroupId"`
	TopicID         string        `json:"TopicId,omitempty"` // the topic, in a community with topics
	MsgSeqList      []GroupMsgSeq `json:"MsgSeqList,omitzero"`
	EventTime       EventTime     `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// GroupMsgSeq is a message in a list of messages of a group.
type GroupMsgSeq struct {
	MsgSeq uint32 `json:"MsgSeq"`
}

// Command returns "Group.CallbackAfterRecallMsg".
func (*GroupAfterRecallMsg) Command() string { return cmdGroupAfterRecallMsg }

func (*GroupAfterRecallMsg) after() {}

// GroupAfterReadReceipt is sent after group messages that ask for receipts were sent or read. Communities have no
// receipts.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60395
type GroupAfterReadReceipt struct {
	Meta

	GroupID             string            `json:"GroupId"`
	Type                GroupType         `json:"Type"`
	GroupMsgReceiptList []GroupMsgReceipt `json:"GroupMsgReceiptList,omitzero"`
	EventTime           EventTime         `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// GroupMsgReceipt says how many have read a group message. The vendor does not say whether ReadReceiptMembers are all
// who have read it or those who have done so now.
type GroupMsgReceipt struct {
	MsgSeq             uint32        `json:"MsgSeq"`    // which message
	ReadNum            int           `json:"ReadNum"`   // members who have read it
	UnreadNum          int           `json:"UnreadNum"` // members who have not
	ReadReceiptMembers []GroupMember `json:"ReadReceiptMembers,omitzero"`
}

// Command returns "Group.CallbackAfterReadReceipt".
func (*GroupAfterReadReceipt) Command() string { return cmdGroupAfterReadReceipt }

func (*GroupAfterReadReceipt) after() {}

// GroupAfterGroupMsgExtension is sent after the extension of a group message was changed.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/76007
type GroupAfterGroupMsgExtension struct {
	Meta

	GroupID       string                `json:"GroupId"`
	MsgSeq        uint32                `json:"MsgSeq"` // which message
	OperateType   MsgExtensionOperation `json:"OperateType"`
	ExtensionList []MsgExtension        `json:"ExtensionList,omitzero"` // the pairs that were set or deleted
	Seq           int64                 `json:"Seq"`                    // the newest version of the message's extension
	EventTime     EventTime             `json:"EventTime,omitempty"`    // milliseconds since the epoch
}

// Command returns "Group.CallbackAfterGroupMsgExtension".
func (*GroupAfterGroupMsgExtension) Command() string { return cmdGroupAfterGroupMsgExtension }

func (*GroupAfterGroupMsgExtension) after() {}

func (e *GroupBeforeSendMsg) msgBody() *message.Body    { return &e.MsgBody }
func (e *GroupAfterSendMsg) msgBody() *message.Body     { return &e.MsgBody }
func (e *GroupSendMsgException) msgBody() *message.Body { return &e.MsgBody }
func (e *GroupAfterModifyMsg) msgBody() *message.Body   { return &e.MsgBody }
