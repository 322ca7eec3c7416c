package group

import (
	"cmp"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/message"
)

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

// A Member is a member of a group. What was not asked for, or the answer does not have, is zero.
type Member struct {
	UserID               string
	Role                 Role
	JoinTime             time.Time
	LastSendMsgTime      time.Time
	MuteUntil            time.Time // zero for one who is not muted
	MsgSeq               uint32    // of the last message that the member has read
	GrossTopicReadSeq    uint32    // the same of all topics of a community
	MsgFlag              MsgFlag
	NameCard             string
	OnlineStatus         string
	AppMemberDefinedData CustomFields
}

// memberRow is a member as answers have it.
type memberRow struct {
	MemberAccount          string `json:"Member_Account"`
	Role                   Role
	JoinTime               int64
	LastSendMsgTime        int64
	MuteUntil, ShutUpUntil int64 // the newer name and the older one
	MsgSeq                 uint32
	MsgFlag                MsgFlag
	NameCard               string
	OnlineStatus           string
	AppMemberDefinedData   CustomFields
}

func (r *memberRow) member() Member {
	return Member{
		UserID: r.MemberAccount, Role: Role(strings.TrimSpace(string(r.Role))), JoinTime: wire.Moment(r.JoinTime),
		LastSendMsgTime: wire.Moment(r.LastSendMsgTime), MuteUntil: wire.Moment(cmp.Or(r.MuteUntil, r.ShutUpUntil)),
		MsgSeq: r.MsgSeq, MsgFlag: r.MsgFlag, NameCard: r.NameCard, OnlineStatus: r.OnlineStatus,
		AppMemberDefinedData: r.AppMemberDefinedData,
	}
}
