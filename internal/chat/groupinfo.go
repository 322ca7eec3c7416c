package chat

import (
	"cmp"
	"errors"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// roomInfo is what answers have of a group. Fields that are not asked for are left out.
type roomInfo struct {
	GroupID           string             `json:"GroupId"`
	ErrorCode         *restapi.Code      `json:",omitempty"`
	ErrorInfo         *string            `json:",omitempty"`
	Type              group.Type         `json:",omitempty"`
	Name              *string            `json:",omitempty"`
	Appid             *uint64            `json:",omitempty"`
	Introduction      *string            `json:",omitempty"`
	Notification      *string            `json:",omitempty"`
	FaceURL           *string            `json:"FaceUrl,omitempty"`
	OwnerAccount      *string            `json:"Owner_Account,omitempty"`
	CreateTime        *int64             `json:",omitempty"`
	InfoSeq           *uint32            `json:",omitempty"`
	LastInfoTime      *int64             `json:",omitempty"`
	LastMsgTime       *int64             `json:",omitempty"`
	NextMsgSeq        *uint32            `json:",omitempty"`
	MemberNum         *int               `json:",omitempty"`
	MaxMemberNum      *int               `json:",omitempty"`
	ApplyJoinOption   *group.JoinOption  `json:",omitempty"`
	InviteJoinOption  *group.JoinOption  `json:",omitempty"`
	MuteAllMember     *group.Switch      `json:",omitempty"`
	EnablePermission  *int               `json:",omitempty"`
	DefaultPermission *group.Permission  `json:",omitempty"`
	AppDefinedData    group.CustomFields `json:",omitempty"`
	MemberList        []memberInfo       `json:",omitempty"`
}

// show gives a field of an answer its value, where it is asked for.
func show[T any](to **T, filter []string, field string, value T) {
	if filtered(filter, field) {
		*to = &value
	}
}

func switchOf(on bool) group.Switch {
	if on {
		return group.On
	}
	return group.Off
}

func bit(on bool) int {
	if on {
		return 1
	}
	return 0
}

// anyMembers is how many members a group can have that has no limit, in answers (a guess).
const anyMembers = 1_000_000

// info is what an answer has of a group.
func (r *room) info(a *App, filter, fields []string) (i roomInfo) {
	i.GroupID = r.id
	if filtered(filter, "Type") {
		i.Type = r.kind.older()
	}
	show(&i.Name, filter, "Name", r.Name)
	show(&i.Appid, filter, "Appid", a.cfg.SDKAppID)
	show(&i.Introduction, filter, "Introduction", r.Introduction)
	show(&i.Notification, filter, "Notification", r.Notification)
	show(&i.FaceURL, filter, "FaceUrl", r.FaceURL)
	show(&i.OwnerAccount, filter, "Owner_Account", r.owner)
	show(&i.CreateTime, filter, "CreateTime", r.created)
	show(&i.InfoSeq, filter, "InfoSeq", r.infoSeq)
	show(&i.LastInfoTime, filter, "LastInfoTime", r.lastInfo)
	show(&i.LastMsgTime, filter, "LastMsgTime", r.log.lastTime)
	show(&i.NextMsgSeq, filter, "NextMsgSeq", r.log.last+1)
	show(&i.MemberNum, filter, "MemberNum", r.members.len())
	show(&i.MaxMemberNum, filter, "MaxMemberNum", cmp.Or(r.maxMembers, anyMembers))
	show(&i.ApplyJoinOption, filter, "ApplyJoinOption", r.apply)
	show(&i.InviteJoinOption, filter, "InviteJoinOption", cmp.Or(r.invite, group.FreeAccess))
	show(&i.MuteAllMember, filter, "MuteAllMember", switchOf(r.muteAll))
	if r.permission {
		show(&i.EnablePermission, filter, "EnablePermission", bit(r.permission))
		show(&i.DefaultPermission, filter, "DefaultPermission", r.rights)
	}
	i.AppDefinedData = shownFields(r.custom, fields)
	return i
}

// shownFields are the custom fields that are asked for.
func shownFields(fields group.CustomFields, filter []string) (shown group.CustomFields) {
	for key, value := range fields {
		if filtered(filter, key) {
			put((*map[string]string)(&shown), key, value)
		}
	}
	return shown
}

// memberInfo is what answers have of a member. Fields that are not asked for are left out.
type memberInfo struct {
	MemberAccount        string             `json:"Member_Account"`
	Role                 *group.Role        `json:",omitempty"`
	JoinTime             *int64             `json:",omitempty"`
	MsgSeq               *uint32            `json:",omitempty"`
	MsgFlag              *group.MsgFlag     `json:",omitempty"`
	LastSendMsgTime      *int64             `json:",omitempty"`
	MuteUntil            *int64             `json:",omitempty"`
	OnlineStatus         string             `json:",omitempty"`
	NameCard             *string            `json:",omitempty"`
	AppMemberDefinedData group.CustomFields `json:",omitempty"`
}

// memberInfo is what an answer has of a member.
func (r *room) memberInfo(c *call, m *member, filter, fields []string) (i memberInfo) {
	i.MemberAccount = m.userID
	show(&i.Role, filter, "Role", r.role(m.userID))
	show(&i.JoinTime, filter, "JoinTime", m.joined)
	show(&i.MsgSeq, filter, "MsgSeq", m.read)
	show(&i.MsgFlag, filter, "MsgFlag", m.flag)
	show(&i.LastSendMsgTime, filter, "LastSendMsgTime", m.lastSend)
	until := r.mutes.until(m.userID, c.now)
	show(&i.MuteUntil, filter, "MuteUntil", until)
	if i.MuteUntil == nil {
		show(&i.MuteUntil, filter, "ShutUpUntil", until)
	}
	show(&i.NameCard, filter, "NameCard", m.nameCard)
	i.AppMemberDefinedData = shownFields(m.custom, fields)
	return i
}

// A roomFilter says what an answer is to have.
type roomFilter struct {
	GroupBaseInfoFilter             []string
	MemberInfoFilter                []string
	AppDefinedDataFilterGroup       []string `json:"AppDefinedDataFilter_Group"`
	AppDefinedDataFilterGroupMember []string `json:"AppDefinedDataFilter_GroupMember"`
}

// names says whether the filter names anything. Then an answer has no lists that it does not name (a guess).
func (f *roomFilter) names() bool {
	return len(f.GroupBaseInfoFilter)+len(f.MemberInfoFilter)+
		len(f.AppDefinedDataFilterGroup)+len(f.AppDefinedDataFilterGroupMember) > 0
}

func getGroupInfo(a *App, c *call, req *struct {
	GroupIDList    []string `json:"GroupIdList"`
	ResponseFilter roomFilter
},
) (any, error) {
	if len(req.GroupIDList) == 0 || len(req.GroupIDList) > group.MaxGet {
		return nil, badGroup("GroupIdList has no groups, or over 50")
	}
	filter := &req.ResponseFilter
	infos := make([]roomInfo, len(req.GroupIDList))
	size := 0
	for i, id := range req.GroupIDList {
		r, err := a.room(id, anyKind)
		if err != nil {
			infos[i].GroupID = id
		} else {
			infos[i] = r.info(a, filter.GroupBaseInfoFilter, filter.AppDefinedDataFilterGroup)
			if r.kind != live && (!filter.names() || len(filter.MemberInfoFilter) > 0) {
				infos[i].MemberList = r.memberInfos(c, filter)
			}
		}
		code, info := codeOf(err)
		infos[i].ErrorCode, infos[i].ErrorInfo = &code, &info
		size += sizeOf(&infos[i])
	}
	return struct{ GroupInfo []roomInfo }{infos}, refuseLarge(size)
}

func (r *room) memberInfos(c *call, f *roomFilter) []memberInfo {
	all := make([]memberInfo, r.members.len())
	for i, m := range r.members.all {
		all[i] = r.memberInfo(c, m.value, f.MemberInfoFilter, f.AppDefinedDataFilterGroupMember)
	}
	return all
}

// codeOf is a refusal as the row of an answer has it.
func codeOf(err error) (restapi.Code, string) {
	if refused, ok := errors.AsType[*Refusal](err); ok {
		return refused.Code, refused.Info
	}
	return 0, ""
}
