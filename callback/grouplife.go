package callback

import (
	"encoding/json"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

const (
	cmdGroupAfterCreateGroup       = "Group.CallbackAfterCreateGroup"
	cmdGroupAfterGroupDestroyed    = "Group.CallbackAfterGroupDestroyed"
	cmdGroupBeforeCreateGroup      = "Group.CallbackBeforeCreateGroup"
	cmdGroupOnDailyGroupQuotaAlarm = "Group.CallbackOnDailyGroupQuotaAlarm"
)

// GroupBeforeCreateGroup asks whether a group may be created. The group has no ID yet. Its methods make the answers:
// Allow, Reject and RejectCode.
//
// Three fields need not come: CreateGroupNum is gone from the newest page, and CreatedGroupNum and InviteOption are on
// none; they are read in case they are sent.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34368
type GroupBeforeCreateGroup struct {
	Meta

	OperatorAccount string            `json:"Operator_Account"`         // who creates it; an administrator over REST
	OwnerAccount    string            `json:"Owner_Account"`            // the owner to be
	Type            GroupType         `json:"Type"`                     // the type to be
	Name            string            `json:"Name"`                     // the name to be
	CreateGroupNum  Optional[int]     `json:"CreateGroupNum,omitzero"`  // the user's groups of this type so far
	CreatedGroupNum map[GroupType]int `json:"CreatedGroupNum,omitzero"` // the user's groups of each type so far
	InviteOption    string            `json:"InviteOption,omitempty"`   // who may invite, such as DisableInvite
	MemberList      []GroupMember     `json:"MemberList,omitzero"`      // the first members
	EventTime       EventTime         `json:"EventTime,omitempty"`      // milliseconds since the epoch
}

// GroupBeforeCreateGroupAnswer answers a GroupBeforeCreateGroup. The zero value allows the group. Make one with the
// methods of the event; a code that the vendor does not document is refused with an error, and the webhook answered
// 500.
type GroupBeforeCreateGroupAnswer struct{ Reply }

// Allow creates the group.
func (*GroupBeforeCreateGroup) Allow() GroupBeforeCreateGroupAnswer {
	return GroupBeforeCreateGroupAnswer{Reply: allow()}
}

// Reject refuses the group. The caller gets code 10016; info is for the vendor's logs.
func (*GroupBeforeCreateGroup) Reject(info string) GroupBeforeCreateGroupAnswer {
	return GroupBeforeCreateGroupAnswer{Reply: reply(codeReject, info)}
}

// RejectCode refuses the group with a code from 10100 to 10200, which reaches the client together with info. Any other
// code is an error of the handler, answered 500.
func (*GroupBeforeCreateGroup) RejectCode(code int, info string) GroupBeforeCreateGroupAnswer {
	return GroupBeforeCreateGroupAnswer{Reply: custom(code, info, groupCodes)}
}

// Command returns "Group.CallbackBeforeCreateGroup".
func (*GroupBeforeCreateGroup) Command() string { return cmdGroupBeforeCreateGroup }

func (e *GroupBeforeCreateGroup) refusal() GroupBeforeCreateGroupAnswer { return e.Reject("") }

func (a GroupBeforeCreateGroupAnswer) check() error { return a.checkCode(codeReject, groupCodes) }

// GroupAfterCreateGroup is sent after a group was created.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34369
type GroupAfterCreateGroup struct {
	Meta

	GroupID             string             `json:"GroupId"`
	OperatorAccount     string             `json:"Operator_Account"` // who created it; an administrator over REST
	OwnerAccount        string             `json:"Owner_Account"`
	Type                GroupType          `json:"Type"`
	Name                string             `json:"Name"`
	InviteOption        string             `json:"InviteOption,omitempty"`       // who may invite; recorded, on no page
	MemberList          []GroupMember      `json:"MemberList,omitzero"`          // the first members
	UserDefinedDataList []GroupCustomField `json:"UserDefinedDataList,omitzero"` // custom fields; off by default
	EventTime           EventTime          `json:"EventTime,omitempty"`          // milliseconds since the epoch
}

// Command returns "Group.CallbackAfterCreateGroup".
func (*GroupAfterCreateGroup) Command() string { return cmdGroupAfterCreateGroup }

func (*GroupAfterCreateGroup) after() {}

// GroupCustomField is a custom field of a group or a topic. Value is raw JSON, a string in the vendor's samples; Text
// reads it.
type GroupCustomField struct {
	Key   string          `json:"Key"`
	Value json.RawMessage `json:"Value,omitempty"`
}

// Text returns the value if it is a string, the digits of a number, and the JSON of anything else.
func (f GroupCustomField) Text() string {
	text, err := wire.Text(f.Value)
	if err != nil {
		return string(f.Value)
	}
	return text
}

// GroupAfterGroupDestroyed is sent after a group was dissolved. It does not tell by whom.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34377
type GroupAfterGroupDestroyed struct {
	Meta

	GroupID      string        `json:"GroupId"`
	Type         GroupType     `json:"Type"`
	OwnerAccount string        `json:"Owner_Account"`
	Name         string        `json:"Name"`
	MemberList   []GroupMember `json:"MemberList,omitzero"` // who was in it; absent for a community
	EventTime    EventTime     `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// Command returns "Group.CallbackAfterGroupDestroyed".
func (*GroupAfterGroupDestroyed) Command() string { return cmdGroupAfterGroupDestroyed }

func (*GroupAfterGroupDestroyed) after() {}

// GroupOnDailyGroupQuotaAlarm is sent after a group was created while the app's groups of the day, created less
// dissolved, are above 70 % of what they may be.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/57455
type GroupOnDailyGroupQuotaAlarm struct {
	Meta

	QuotaUsed int       `json:"QuotaUsed"`           // groups created today, less those dissolved
	Quota     int       `json:"Quota"`               // how many they may be in a day
	EventTime EventTime `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// Command returns "Group.CallbackOnDailyGroupQuotaAlarm".
func (*GroupOnDailyGroupQuotaAlarm) Command() string { return cmdGroupOnDailyGroupQuotaAlarm }

func (*GroupOnDailyGroupQuotaAlarm) after() {}
