package callback

const (
	cmdC2CAfterC2CMsgExtension = "C2C.CallbackAfterC2CMsgExtension"
	cmdC2CAfterMsgReadAll      = "C2C.CallbackAfterMsgReadAll"
	cmdC2CAfterMsgReadReceipt  = "C2C.CallbackAfterMsgReadReceipt"
	cmdC2CAfterMsgReport       = "C2C.CallbackAfterMsgReport"
	cmdC2CAfterMsgWithDraw     = "C2C.CallbackAfterMsgWithDraw"
)

// C2CAfterMsgReport is sent after a user has read a conversation with another one, up to a moment. For single messages
// see C2CAfterMsgReadReceipt.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/43465
type C2CAfterMsgReport struct {
	Meta

	ReportAccount string        `json:"Report_Account"`        // who has read
	PeerAccount   string        `json:"Peer_Account"`          // the other side of the conversation
	LastReadTime  UnixTime      `json:"LastReadTime"`          // what was sent until then is read; seconds since the epoch
	UnreadMsgNum  Optional[int] `json:"UnreadMsgNum,omitzero"` // what the reader has left in all; older apps only
	EventTime     EventTime     `json:"EventTime,omitempty"`   // milliseconds since the epoch; newer apps only
}

// C2CAfterMsgReadAll is sent after a user marked all conversations read, those of groups too, on a client. For a single
// conversation see C2CAfterMsgReport; whether that is sent as well, for each, the vendor does not say.
//
// Vendor page: https://cloud.tencent.com/document/product/269/128225
type C2CAfterMsgReadAll struct {
	Meta

	ReportAccount string          `json:"Report_Account"`         // who has read
	EventTime     EventTime       `json:"EventTime,omitempty"`    // milliseconds since the epoch
	GroupReadInfo []GroupReadInfo `json:"GroupReadInfo,omitzero"` // the groups that had something unread
}

// GroupReadInfo says how far a C2CAfterMsgReadAll has read a group.
type GroupReadInfo struct {
	GroupID string `json:"GroupId"`
	MsgSeq  uint32 `json:"MsgSeq"` // the last message that is read
}

// C2CAfterMsgReadReceipt is sent after a user sent a receipt for single messages.
//
// Vendor page: https://cloud.tencent.com/document/product/269/128223
type C2CAfterMsgReadReceipt struct {
	Meta

	OperatorAccount string       `json:"Operator_Account"`    // who sent the receipt
	PeerAccount     string       `json:"Peer_Account"`        // the other side of the conversation
	C2CMsgInfo      []C2CMsgInfo `json:"C2CMsgInfo,omitzero"` // the messages
	EventTime       EventTime    `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// C2CMsgInfo is one message that a C2CAfterMsgReadReceipt is for.
type C2CMsgInfo struct {
	FromAccount string `json:"From_Account"` // the sender
	ToAccount   string `json:"To_Account"`   // the receiver
	MsgKey      string `json:"MsgKey"`       // the message's ID
	MsgID       string `json:"MsgId"`        // the message's ID on the client
}

// C2CAfterMsgWithDraw is sent after a one-to-one message was recalled. The vendor writes the D of WithDraw as a
// capital.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/43466
type C2CAfterMsgWithDraw struct {
	Meta

	FromAccount  string        `json:"From_Account"`          // the sender
	ToAccount    string        `json:"To_Account"`            // the receiver
	MsgKey       string        `json:"MsgKey"`                // the message's ID
	UnreadMsgNum Optional[int] `json:"UnreadMsgNum,omitzero"` // what the receiver has left in all; older apps only
	EventTime    EventTime     `json:"EventTime,omitempty"`   // milliseconds since the epoch; newer apps only
}

// C2CAfterC2CMsgExtension is sent after the extension of a one-to-one message changed.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/76006
type C2CAfterC2CMsgExtension struct {
	Meta

	FromAccount   string                `json:"From_Account"`           // the sender
	ToAccount     string                `json:"To_Account"`             // the receiver
	MsgKey        string                `json:"MsgKey"`                 // the message's ID
	OperateType   MsgExtensionOperation `json:"OperateType"`            // what was done
	ExtensionList []MsgExtension        `json:"ExtensionList,omitzero"` // what was set or deleted; empty when all was
	Seq           int64                 `json:"Seq"`                    // the newest version of the extension
	EventTime     EventTime             `json:"EventTime,omitempty"`    // milliseconds since the epoch
}

// Command returns "C2C.CallbackAfterMsgReport".
func (*C2CAfterMsgReport) Command() string { return cmdC2CAfterMsgReport }

// Command returns "C2C.CallbackAfterMsgReadAll".
func (*C2CAfterMsgReadAll) Command() string { return cmdC2CAfterMsgReadAll }

// Command returns "C2C.CallbackAfterMsgReadReceipt".
func (*C2CAfterMsgReadReceipt) Command() string { return cmdC2CAfterMsgReadReceipt }

// Command returns "C2C.CallbackAfterMsgWithDraw".
func (*C2CAfterMsgWithDraw) Command() string { return cmdC2CAfterMsgWithDraw }

// Command returns "C2C.CallbackAfterC2CMsgExtension".
func (*C2CAfterC2CMsgExtension) Command() string { return cmdC2CAfterC2CMsgExtension }

func (*C2CAfterMsgReport) after()       {}
func (*C2CAfterMsgReadAll) after()      {}
func (*C2CAfterMsgReadReceipt) after()  {}
func (*C2CAfterMsgWithDraw) after()     {}
func (*C2CAfterC2CMsgExtension) after() {}
