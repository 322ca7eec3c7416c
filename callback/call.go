package callback

import (
	"cmp"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

const (
	cmdCallAfterEndCall       = "Call.CallbackAfterEndCall"
	cmdCallAfterMemberChanged = "Call.CallbackAfterMemberChanged"
	cmdCallAfterStartCall     = "Call.CallbackAfterStartCall"
)

// CallAfterStartCall is sent after a voice or video call began. The webhooks of calls belong to the vendor's call
// product and are set up with REST commands of its own, not in the console of the chat.
//
// User IDs come as text and, in one of the vendor's samples, as 64-bit numbers; both are read as text, digit by digit.
//
// Vendor page: https://www.tencentcloud.com/document/product/647/68941
type CallAfterStartCall struct {
	Meta

	CallInfo  CallInfo   `json:"CallInfo"`
	UserList  []CallUser `json:"UserList,omitzero"`   // who is in the call
	EventTime EventTime  `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// CallInfo is a call that began. The kind of the call is CallMediaType in the vendor's sample and MediaType in its
// table; both are read, and the first is written. The room's ID may lack its quotes where it is a number.
type CallInfo struct {
	CallID        string        `json:"CallId"`
	CallMediaType CallMediaType `json:"CallMediaType"`
	ChatGroupID   string        `json:"ChatGroupId"` // the group that the call is in; can be empty
	RoomID        string        `json:"RoomId"`      // can be empty
	RoomIDType    RoomIDType    `json:"RoomIdType"`
}

// CallAfterMemberChanged is sent after someone answered, refused, left or was asked into a call. User IDs are read as
// in CallAfterStartCall.
//
// Vendor page: https://www.tencentcloud.com/document/product/647/69215
type CallAfterMemberChanged struct {
	Meta

	CallID          string           `json:"CallId"`
	UserList        []CallUser       `json:"UserList,omitzero"`        // who is in the call
	ChangedUserList []CallUserChange `json:"ChangedUserList,omitzero"` // who changed, and how
	EventTime       EventTime        `json:"EventTime,omitempty"`      // milliseconds since the epoch
}

// CallUser is a user in a call.
type CallUser struct {
	UserAccount string     `json:"User_Account"`
	Status      CallStatus `json:"Status"`
}

// CallUserChange is what a user did, or what was done with a user.
type CallUserChange struct {
	UserAccount string     `json:"User_Account"`
	ActionType  CallAction `json:"ActionType"`
}

// CallAfterEndCall is sent after a call ended, whether it was answered or not.
//
// Vendor page: https://www.tencentcloud.com/document/product/647/68940
type CallAfterEndCall struct {
	Meta

	CallRecord CallRecord `json:"CallRecord"`
	EventTime  EventTime  `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// CallRecord is a call that ended. The room's ID may lack its quotes where it is a number.
type CallRecord struct {
	CallID            string        `json:"CallId"`
	CallerAccount     string        `json:"Caller_Account"` // who called
	MediaType         CallMediaType `json:"MediaType"`
	CallType          CallType      `json:"CallType"`
	StartTime         UnixTime      `json:"StartTime"`  // seconds since the epoch
	EndTime           UnixTime      `json:"EndTime"`    // seconds since the epoch
	AcceptTime        UnixTime      `json:"AcceptTime"` // seconds since the epoch; 0 if nobody answered
	CallResult        CallResult    `json:"CallResult"`
	CalleeListAccount []string      `json:"CalleeList_Account,omitzero"` // who was in the call, the caller too
	RoomID            string        `json:"RoomId"`
	RoomIDType        RoomIDType    `json:"RoomIdType"`
}

// CallMediaType is what a call carries.
type CallMediaType string

// The documented kinds.
const (
	CallMediaTypeVideo CallMediaType = "Video"
	CallMediaTypeAudio CallMediaType = "Audio"
)

// CallType is whether a call is of two users or of more.
type CallType string

// The documented types.
const (
	CallTypeSingle CallType = "SingleCall"
	CallTypeMulti  CallType = "MultiCall"
)

// RoomIDType is what the ID of a call's room is. Here it is in quotes either way.
type RoomIDType int

// The documented types.
const (
	RoomIDTypeNumber RoomIDType = 1
	RoomIDTypeString RoomIDType = 2
)

// CallStatus is how far a user in a call has come.
type CallStatus string

// The documented states.
const (
	CallStatusCalling CallStatus = "Calling" // in the call
	CallStatusWaiting CallStatus = "Waiting" // has not answered yet
)

// CallResult is how a call ended. Words newer than this package are kept as they are.
type CallResult string

// The documented results.
const (
	CallResultCancel    CallResult = "Cancel"
	CallResultReject    CallResult = "Reject"
	CallResultNotAnswer CallResult = "NotAnswer"
	CallResultNormalEnd CallResult = "NormalEnd"
	CallResultCallBusy  CallResult = "CallBusy"
	CallResultInterrupt CallResult = "Interrupt"
	CallResultOffline   CallResult = "Offline"
)

// CallAction is what happened with a user of a call. The set is open, and the vendor spells some of them in more than
// one way: compare with Is.
type CallAction string

// The documented actions.
const (
	CallActionAnswer       CallAction = "Answer" // Accept in the vendor's table
	CallActionReject       CallAction = "Reject"
	CallActionNotAnswer    CallAction = "NotAnswer"
	CallActionHangup       CallAction = "Hangup"
	CallActionJoin         CallAction = "Join"
	CallActionOffline      CallAction = "Offline"
	CallActionInvite       CallAction = "Invite" // Invited in the vendor's table
	CallActionCancelInvite CallAction = "Cancel_Invite"
)

// Is says whether a and b name the same action: Accept is Answer, and Invited is Invite.
func (a CallAction) Is(b CallAction) bool {
	return strings.EqualFold(a.sample(), b.sample())
}

// sample returns the action as the vendor's sample spells it.
func (a CallAction) sample() string {
	switch strings.ToLower(string(a)) {
	case "accept":
		return string(CallActionAnswer)
	case "invited":
		return string(CallActionInvite)
	}
	return string(a)
}

// UnmarshalJSON reads the call with both names of its kind, and the room's ID as text or as a number.
func (c *CallInfo) UnmarshalJSON(data []byte) error {
	type plain CallInfo
	body := struct {
		*plain

		MediaType CallMediaType
		RoomID    looseText `json:"RoomId"`
	}{plain: (*plain)(c)}
	if err := wire.Unmarshal(data, &body); err != nil {
		return err
	}
	c.CallMediaType = cmp.Or(c.CallMediaType, body.MediaType)
	c.RoomID = string(body.RoomID)
	return nil
}

// UnmarshalJSON reads the call with the room's ID as text or as a number.
func (c *CallRecord) UnmarshalJSON(data []byte) error {
	type plain CallRecord
	body := struct {
		*plain

		RoomID looseText `json:"RoomId"`
	}{plain: (*plain)(c)}
	err := wire.Unmarshal(data, &body)
	c.RoomID = string(body.RoomID)
	return err
}

// UnmarshalJSON reads the user's ID as text or as a number.
func (u *CallUser) UnmarshalJSON(data []byte) error {
	type plain CallUser
	body := struct {
		*plain

		UserAccount looseText `json:"User_Account"`
	}{plain: (*plain)(u)}
	err := wire.Unmarshal(data, &body)
	u.UserAccount = string(body.UserAccount)
	return err
}

// UnmarshalJSON reads the user's ID as text or as a number.
func (u *CallUserChange) UnmarshalJSON(data []byte) error {
	type plain CallUserChange
	body := struct {
		*plain

		UserAccount looseText `json:"User_Account"`
	}{plain: (*plain)(u)}
	err := wire.Unmarshal(data, &body)
	u.UserAccount = string(body.UserAccount)
	return err
}

// Command returns "Call.CallbackAfterStartCall".
func (*CallAfterStartCall) Command() string { return cmdCallAfterStartCall }

// Command returns "Call.CallbackAfterMemberChanged".
func (*CallAfterMemberChanged) Command() string { return cmdCallAfterMemberChanged }

// Command returns "Call.CallbackAfterEndCall".
func (*CallAfterEndCall) Command() string { return cmdCallAfterEndCall }

func (*CallAfterStartCall) after() {}

func (*CallAfterMemberChanged) after() {}

func (*CallAfterEndCall) after() {}
