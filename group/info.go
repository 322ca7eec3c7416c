package group

import (
	"cmp"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An Info is what is known of a group. What was not asked for, or the answer does not have, is zero. Its Err is why
// [Client.Get] could not read the group, a [*restapi.Error], and nil if it could. A fake makes a failed one with
// [restapi.Failed].
type Info struct {
	GroupID                           string
	Type                              Type
	Name                              string
	AppID                             uint64 // the SDKAppID
	Introduction                      string
	Notification                      string
	FaceURL                           string
	OwnerAccount                      string // empty where there is none
	CreateTime                        time.Time
	LastInfoTime                      time.Time // of the last change of these fields
	LastMsgTime                       time.Time // of the last message; zero where there is none
	InfoSeq                           uint32    // counts the changes of these fields
	NextMsgSeq                        uint32    // the MsgSeq of the message to come
	GrossTopicNextMsgSeq              uint32    // the same of all topics of a Community
	MemberNum                         int
	MaxMemberNum                      int
	ApplyJoinOption, InviteJoinOption JoinOption
	MuteAllMember                     Switch
	SupportTopic                      bool // a Community with topics
	EnablePermission                  bool // permission groups say what members may do
	DefaultPermission                 Permission
	AppDefinedData                    CustomFields
	MemberList                        []Member // of Client.Get
	SelfInfo                          Member   // of Client.JoinedGroups: the user who was asked about, without the UserID
	restapi.Outcome                   `json:"-"`
}

// infoRow is of a group what the answers of both commands have.
type infoRow struct {
	GroupID                        string `json:"GroupId"`
	Type                           Type
	Name                           string
	Introduction                   string
	Notification                   string
	FaceURL                        string `json:"FaceUrl"`
	OwnerAccount                   string `json:"Owner_Account"`
	CreateTime                     int64
	LastInfoTime                   int64
	LastMsgTime                    int64
	NextMsgSeq                     uint32
	MemberNum                      int
	MaxMemberNum                   int
	ApplyJoinOption                JoinOption
	MuteAllMember, ShutUpAllMember Switch // the newer name and the older one
}

func (r *infoRow) info() Info {
	return Info{
		GroupID: r.GroupID, Type: r.Type, Name: r.Name, Introduction: r.Introduction, Notification: r.Notification,
		FaceURL: r.FaceURL, OwnerAccount: r.OwnerAccount, CreateTime: wire.Moment(r.CreateTime),
		LastInfoTime: wire.Moment(r.LastInfoTime), LastMsgTime: wire.Moment(r.LastMsgTime), NextMsgSeq: r.NextMsgSeq,
		MemberNum: r.MemberNum, MaxMemberNum: r.MaxMemberNum, ApplyJoinOption: r.ApplyJoinOption,
		MuteAllMember: cmp.Or(r.MuteAllMember, r.ShutUpAllMember),
	}
}

// foundRow is a group in the answer of [Client.Get].
type foundRow struct {
	infoRow
	batch.Status

	AppID             uint64 `json:"Appid"`
	InfoSeq           uint32
	InviteJoinOption  JoinOption
	EnablePermission  message.Flag
	DefaultPermission Permission
	AppDefinedData    CustomFields
	MemberList        []memberRow
}

func (r *foundRow) info(cmd restapi.Command) Info {
	info := r.infoRow.info()
	info.AppID, info.InfoSeq, info.InviteJoinOption = r.AppID, r.InfoSeq, r.InviteJoinOption
	info.EnablePermission, info.DefaultPermission = bool(r.EnablePermission), r.DefaultPermission
	info.AppDefinedData = r.AppDefinedData
	for i := range r.MemberList {
		info.MemberList = append(info.MemberList, r.MemberList[i].member())
	}
	info.Outcome = r.Outcome(cmd)
	return info
}

// joinedRow is a group in the answer of [Client.JoinedGroupPage].
type joinedRow struct {
	infoRow

	SupportTopic         message.Flag
	GrossTopicNextMsgSeq uint32
	SelfInfo             struct {
		Role              Role
		JoinTime          int64
		MsgFlag           MsgFlag
		MsgSeq            uint32
		GrossTopicReadSeq uint32
	}
}

func (r *joinedRow) info() Info {
	info := r.infoRow.info()
	info.SupportTopic, info.GrossTopicNextMsgSeq = bool(r.SupportTopic), r.GrossTopicNextMsgSeq
	info.SelfInfo = Member{
		Role: r.SelfInfo.Role, JoinTime: wire.Moment(r.SelfInfo.JoinTime), MsgFlag: r.SelfInfo.MsgFlag,
		MsgSeq: r.SelfInfo.MsgSeq, GrossTopicReadSeq: r.SelfInfo.GrossTopicReadSeq,
	}
	return info
}
