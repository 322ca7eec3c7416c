package callback

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/wire"
)

const (
	cmdGroupAfterMemberExit         = "Group.CallbackAfterMemberExit"
	cmdGroupAfterMemberFieldChanged = "Group.CallbackAfterMemberFieldChanged"
	cmdGroupAfterNewMemberJoin      = "Group.CallbackAfterNewMemberJoin"
	cmdGroupBeforeApplyJoinGroup    = "Group.CallbackBeforeApplyJoinGroup"
	cmdGroupBeforeInviteJoinGroup   = "Group.CallbackBeforeInviteJoinGroup"
	cmdGroupOnMemberStateChange     = "Group.CallbackOnMemberStateChange"
)

// GroupMember is a user in a list of members.
type GroupMember struct {
	MemberAccount string `json:"Member_Account"`
}

// GroupBeforeApplyJoinGroup asks whether a user may apply to join a group. Where joining needs approval it is sent
// before anyone is asked for that. Its methods make the answers: Allow, Reject and RejectCode.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34370
type GroupBeforeApplyJoinGroup struct {
	Meta

	GroupID          string    `json:"GroupId"`
	Type             GroupType `json:"Type"`
	RequestorAccount string    `json:"Requestor_Account"`   // who wants to join
	EventTime        EventTime `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// GroupBeforeApplyJoinGroupAnswer answers a GroupBeforeApplyJoinGroup. The zero value allows the application. Make one
// with the methods of the event; a code that the vendor does not document is refused with an error, and the webhook
// answered 500.
type GroupBeforeApplyJoinGroupAnswer struct{ Reply }

// Allow lets the application go on.
func (*GroupBeforeApplyJoinGroup) Allow() GroupBeforeApplyJoinGroupAnswer {
	return GroupBeforeApplyJoinGroupAnswer{Reply: allow()}
}

// Reject refuses the application. The user gets code 10016; info is for the vendor's logs.
func (*GroupBeforeApplyJoinGroup) Reject(info string) GroupBeforeApplyJoinGroupAnswer {
	return GroupBeforeApplyJoinGroupAnswer{Reply: reply(codeReject, info)}
}

// RejectCode refuses the application with a code from 10100 to 10200, which reaches the user's client together with
// info. Any other code is an error of the handler, answered 500.
func (*GroupBeforeApplyJoinGroup) RejectCode(code int, info string) GroupBeforeApplyJoinGroupAnswer {
	return GroupBeforeApplyJoinGroupAnswer{Reply: custom(code, info, groupCodes)}
}

// Command returns "Group.CallbackBeforeApplyJoinGroup".
func (*GroupBeforeApplyJoinGroup) Command() string { return cmdGroupBeforeApplyJoinGroup }

func (e *GroupBeforeApplyJoinGroup) refusal() GroupBeforeApplyJoinGroupAnswer { return e.Reject("") }

func (a GroupBeforeApplyJoinGroupAnswer) check() error { return a.checkCode(codeReject, groupCodes) }

// GroupBeforeInviteJoinGroup asks whether users may be added to a group. Its methods make the answers: Allow,
// RejectUsers, Reject and RejectCode.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34371
type GroupBeforeInviteJoinGroup struct {
	Meta

	GroupID            string        `json:"GroupId"`
	Type               GroupType     `json:"Type"`
	OperatorAccount    string        `json:"Operator_Account"`            // who adds them
	DestinationMembers []GroupMember `json:"DestinationMembers,omitzero"` // whom
	EventTime          EventTime     `json:"EventTime,omitempty"`         // milliseconds since the epoch
}

// GroupBeforeInviteJoinGroupAnswer answers a GroupBeforeInviteJoinGroup. The zero value allows all users. Make one with
// the methods of the event; a code that the vendor does not document is refused with an error, and the webhook answered
// 500.
type GroupBeforeInviteJoinGroupAnswer struct {
	Reply

	RefusedMembersAccount []string `json:"RefusedMembers_Account,omitempty"` // kept out; the others are added
}

// Allow adds all of the users.
func (*GroupBeforeInviteJoinGroup) Allow() GroupBeforeInviteJoinGroupAnswer {
	return GroupBeforeInviteJoinGroupAnswer{Reply: allow()}
}

// RejectUsers keeps those of userIDs out that the webhook asks about, and adds the others: it can be given all that are
// banned.
func (e *GroupBeforeInviteJoinGroup) RejectUsers(userIDs ...string) GroupBeforeInviteJoinGroupAnswer {
	a := GroupBeforeInviteJoinGroupAnswer{Reply: allow()}
	for _, member := range e.DestinationMembers {
		if slices.Contains(userIDs, member.MemberAccount) {
			a.RefusedMembersAccount = append(a.RefusedMembersAccount, member.MemberAccount)
		}
	}
	return a
}

// Reject adds none of the users. info is for the vendor's logs.
func (*GroupBeforeInviteJoinGroup) Reject(info string) GroupBeforeInviteJoinGroupAnswer {
	return GroupBeforeInviteJoinGroupAnswer{Reply: reply(codeReject, info)}
}

// RejectCode adds none of the users, with a code from 10100 to 10200, which reaches the client together with info. Any
// other code is an error of the handler, answered 500.
func (*GroupBeforeInviteJoinGroup) RejectCode(code int, info string) GroupBeforeInviteJoinGroupAnswer {
	return GroupBeforeInviteJoinGroupAnswer{Reply: custom(code, info, groupCodes)}
}

// Command returns "Group.CallbackBeforeInviteJoinGroup".
func (*GroupBeforeInviteJoinGroup) Command() string { return cmdGroupBeforeInviteJoinGroup }

func (e *GroupBeforeInviteJoinGroup) refusal() GroupBeforeInviteJoinGroupAnswer { return e.Reject("") }

func (a GroupBeforeInviteJoinGroupAnswer) check() error {
	return a.checkCode(codeReject, groupCodes)
}

// GroupAfterNewMemberJoin is sent after users joined a group.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34372
type GroupAfterNewMemberJoin struct {
	Meta

	GroupID         string        `json:"GroupId"`
	Type            GroupType     `json:"Type"`
	JoinType        GroupJoinType `json:"JoinType"`
	OperatorAccount string        `json:"Operator_Account"` // who did it: the user who applied, or the one who invited
	NewMemberList   []GroupMember `json:"NewMemberList,omitzero"`
	EventTime       EventTime     `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// GroupJoinType is how users came into a group. Words newer than this package are kept as they are.
type GroupJoinType string

// The documented ways into a group.
const (
	GroupJoinApply   GroupJoinType = "Apply"
	GroupJoinInvited GroupJoinType = "Invited"
)

// Command returns "Group.CallbackAfterNewMemberJoin".
func (*GroupAfterNewMemberJoin) Command() string { return cmdGroupAfterNewMemberJoin }

func (*GroupAfterNewMemberJoin) after() {}

// GroupAfterMemberExit is sent after users left a group or were removed from it.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34373
type GroupAfterMemberExit struct {
	Meta

	GroupID         string        `json:"GroupId"`
	Type            GroupType     `json:"Type"`
	ExitType        GroupExitType `json:"ExitType"`
	OperatorAccount string        `json:"Operator_Account"` // who did it: the user who left, or the one who removed them
	ExitMemberList  []GroupMember `json:"ExitMemberList,omitzero"`
	EventTime       EventTime     `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// GroupExitType is how users came out of a group. Words newer than this package are kept as they are.
type GroupExitType string

// The documented ways out of a group.
const (
	GroupExitKicked GroupExitType = "Kicked"
	GroupExitQuit   GroupExitType = "Quit"
)

// Command returns "Group.CallbackAfterMemberExit".
func (*GroupAfterMemberExit) Command() string { return cmdGroupAfterMemberExit }

func (*GroupAfterMemberExit) after() {}

// GroupAfterMemberFieldChanged is sent after the role or the name card of a group's member was changed. Only what
// changed is present.
//
// The vendor's pages disagree on the name of the field for the member: Member_Account on the international one,
// Modified_Account on the Chinese one. MemberAccount is read from either, and written as the former.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60393
type GroupAfterMemberFieldChanged struct {
	Meta

	GroupID         string           `json:"GroupId"`
	Type            GroupType        `json:"Type"`
	OperatorAccount string           `json:"Operator_Account"`         // who made the change: the member, or an admin
	MemberAccount   string           `json:"Member_Account,omitempty"` // whose fields were changed
	Role            GroupRole        `json:"Role,omitempty"`           // the new role; empty if it did not change
	NameCard        Optional[string] `json:"NameCard,omitzero"`        // the new name card
	EventTime       EventTime        `json:"EventTime,omitempty"`      // milliseconds since the epoch
}

// UnmarshalJSON reads the event, with the member under either name.
func (e *GroupAfterMemberFieldChanged) UnmarshalJSON(data []byte) error {
	type event GroupAfterMemberFieldChanged // without this method
	both := struct {
		*event
		ModifiedAccount string `json:"Modified_Account"`
	}{event: (*event)(e)}
	if err := wire.Unmarshal(data, &both); err != nil {
		return err
	}
	if e.MemberAccount == "" {
		e.MemberAccount = both.ModifiedAccount
	}
	return nil
}

// GroupRole is [group.Role]: the role of a member in a group. Words newer than the SDK are kept as they are.
type GroupRole = group.Role

// The documented roles.
const (
	GroupRoleOwner  GroupRole = group.RoleOwner
	GroupRoleAdmin  GroupRole = group.RoleAdmin
	GroupRoleMember GroupRole = group.RoleMember
)

// Command returns "Group.CallbackAfterMemberFieldChanged".
func (*GroupAfterMemberFieldChanged) Command() string { return cmdGroupAfterMemberFieldChanged }

func (*GroupAfterMemberFieldChanged) after() {}

// GroupOnMemberStateChange is sent after members of an audio-video group went on or off line. It needs the list of
// online members, which not every plan has. The vendor looks every 20 seconds, and takes a member who was silent for 30
// seconds as off line. The first device that joins counts, and the last that leaves.
//
// ClientIP and OptPlatform are empty here.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/48734
type GroupOnMemberStateChange struct {
	Meta

	GroupID    string                `json:"GroupId"`
	Type       GroupType             `json:"Type,omitempty"` // GroupTypeAVChatRoom; on no page of the vendor's
	EventType  GroupMemberState      `json:"EventType"`
	EventCause GroupMemberStateCause `json:"EventCause,omitempty"` // empty in older apps
	MemberList []GroupMember         `json:"MemberList,omitzero"`
	EventTime  EventTime             `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// GroupMemberState says whether members are on line. Words newer than this package are kept as they are.
type GroupMemberState string

// The documented states.
const (
	GroupMemberOnline  GroupMemberState = "Online"
	GroupMemberOffline GroupMemberState = "Offline"
)

// GroupMemberStateCause is why members went on or off line. Words newer than this package are kept as they are.
type GroupMemberStateCause string

// The documented causes.
const (
	GroupMemberJoin               GroupMemberStateCause = "Join"               // joined
	GroupMemberQuit               GroupMemberStateCause = "Quit"               // left
	GroupMemberHeartbeatInterrupt GroupMemberStateCause = "HeartbeatInterrupt" // no heartbeat came
	GroupMemberHeartbeatRecover   GroupMemberStateCause = "HeartbeatRecover"   // heartbeats came again
)

// Command returns "Group.CallbackOnMemberStateChange".
func (*GroupOnMemberStateChange) Command() string { return cmdGroupOnMemberStateChange }

func (*GroupOnMemberStateChange) after() {}
