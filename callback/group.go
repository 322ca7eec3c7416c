package callback

import "github.com/go-tencentchat/tencentchat/group"

const (
	cmdGroupAfterChangeGroupOwner = "Group.CallbackAfterChangeGroupOwner"
	cmdGroupAfterGroupAttrChanged = "Group.CallbackAfterGroupAttrChanged"
	cmdGroupAfterGroupFull        = "Group.CallbackAfterGroupFull"
	cmdGroupAfterGroupInfoChanged = "Group.CallbackAfterGroupInfoChanged"
)

// groupCodes are the codes of the application that before-events of groups and topics pass on to the client.
var groupCodes = codeRange{10100, 10200}

// GroupType is [group.Type]: the type of a group. Words newer than the SDK are kept as they are. Two types have an
// older name as well, which calls take: compare with Is.
type GroupType = group.Type

// The documented types of groups, by the names that webhooks have.
const (
	GroupTypePublic     GroupType = group.Public
	GroupTypeWork       GroupType = "Work"    // group.Private by its newer name
	GroupTypeMeeting    GroupType = "Meeting" // group.ChatRoom by its newer name
	GroupTypeAVChatRoom GroupType = group.AVChatRoom
	GroupTypeCommunity  GroupType = group.Community
	GroupTypeLive       GroupType = "Live" // a room of the live-streaming product
)

// GroupAfterGroupInfoChanged is sent after the name, the introduction, the announcement or the picture of a group was
// changed. Only what changed is present:
//
//	if name, ok := e.Name.Get(); ok { ... }
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34378
type GroupAfterGroupInfoChanged struct {
	Meta

	GroupID         string           `json:"GroupId"`
	Type            GroupType        `json:"Type"`
	OperatorAccount string           `json:"Operator_Account"`      // who made the change
	Name            Optional[string] `json:"Name,omitzero"`         // the new name
	Introduction    Optional[string] `json:"Introduction,omitzero"` // the new introduction
	Notification    Optional[string] `json:"Notification,omitzero"` // the new announcement
	FaceURL         Optional[string] `json:"FaceUrl,omitzero"`      // address of the new picture
	EventTime       EventTime        `json:"EventTime,omitempty"`   // milliseconds since the epoch; older apps send none
}

// Command returns "Group.CallbackAfterGroupInfoChanged".
func (*GroupAfterGroupInfoChanged) Command() string { return cmdGroupAfterGroupInfoChanged }

func (*GroupAfterGroupInfoChanged) after() {}

// GroupAfterGroupAttrChanged is sent after the attributes of a group were changed. What GroupAttr lists after
// GroupAttrClear and GroupAttrDelete is not documented.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60394
type GroupAfterGroupAttrChanged struct {
	Meta

	GroupID         string          `json:"GroupId"`
	Type            GroupType       `json:"Type"`
	OperatorAccount string          `json:"Operator_Account"` // who made the change
	OptionType      GroupAttrOption `json:"OptionType"`       // what was done
	GroupAttr       []GroupAttr     `json:"GroupAttr,omitzero"`
	EventTime       EventTime       `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// GroupAttr is one attribute of a group. It is the one pair whose names have no capital letter on the wire.
type GroupAttr struct {
	Key   string `json:"key"`
	Value string `json:"value,omitempty"`
}

// GroupAttrOption is what was done to a group's attributes. Words newer than this package are kept as they are.
type GroupAttrOption string

// The documented changes of attributes.
const (
	GroupAttrSet    GroupAttrOption = "set"    // all attributes were replaced by those listed
	GroupAttrModify GroupAttrOption = "modify" // those listed were changed or added
	GroupAttrClear  GroupAttrOption = "clear"  // all were deleted
	GroupAttrDelete GroupAttrOption = "delete" // some were deleted
)

// Command returns "Group.CallbackAfterGroupAttrChanged".
func (*GroupAfterGroupAttrChanged) Command() string { return cmdGroupAfterGroupAttrChanged }

func (*GroupAfterGroupAttrChanged) after() {}

// GroupAfterChangeGroupOwner is sent after a group was handed over to another owner.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60396
type GroupAfterChangeGroupOwner struct {
	Meta

	GroupID         string    `json:"GroupId"`
	Type            GroupType `json:"Type"`
	OperatorAccount string    `json:"Operator_Account"`    // who made the change: the old owner, or an administrator
	OldOwnerAccount string    `json:"OldOwner_Account"`    // the owner before
	NewOwnerAccount string    `json:"NewOwner_Account"`    // the owner now
	EventTime       EventTime `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// Command returns "Group.CallbackAfterChangeGroupOwner".
func (*GroupAfterChangeGroupOwner) Command() string { return cmdGroupAfterChangeGroupOwner }

func (*GroupAfterChangeGroupOwner) after() {}

// GroupAfterGroupFull is sent when a group has as many members as it may have, and again whenever someone fails to join
// for that reason.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34376
type GroupAfterGroupFull struct {
	Meta

	GroupID   string    `json:"GroupId"`
	EventTime EventTime `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// Command returns "Group.CallbackAfterGroupFull".
func (*GroupAfterGroupFull) Command() string { return cmdGroupAfterGroupFull }

func (*GroupAfterGroupFull) after() {}
