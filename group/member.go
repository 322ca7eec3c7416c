package group

import "github.com/go-tencentchat/tencentchat/message"

// A Role is the place of a member in a group. Words newer than this package are kept as they are.
type Role string

// The documented roles.
const (
	RoleOwner     Role = "Owner"     // a group has one at most
	RoleAdmin     Role = "Admin"     // the only role that can be given
	RoleMember    Role = "Member"    // any other member
	RoleNotMember Role = "NotMember" // not in the group: only where a call asks for the roles of users
)

// MsgFlag is [message.MsgFlag]: what a member wants of the group's messages.
type MsgFlag = message.MsgFlag

// The documented flags.
const (
	AcceptAndNotify         MsgFlag = message.AcceptAndNotify         // receive messages and be alerted
	AcceptNotNotify         MsgFlag = message.AcceptNotNotify         // receive them without an alert
	AcceptNotNotifyExceptAt MsgFlag = message.AcceptNotNotifyExceptAt // be alerted only where mentioned; newer apps only
	Discard                 MsgFlag = message.Discard                 // receive none
)
