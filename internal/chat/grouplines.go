package chat

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// roomLine is a group in a snapshot.
type roomLine struct {
	GroupID              string             `json:"GroupId"`
	Type                 group.Type         // by its older name
	Name                 string             `json:",omitempty"`
	OwnerAccount         string             `json:"Owner_Account,omitempty"`
	Introduction         string             `json:",omitempty"`
	Notification         string             `json:",omitempty"`
	FaceURL              string             `json:"FaceUrl,omitempty"`
	MaxMemberNum         int                `json:",omitempty"`
	ApplyJoinOption      group.JoinOption   `json:",omitempty"`
	InviteJoinOption     group.JoinOption   `json:",omitempty"`
	MuteAllMember        group.Switch       `json:",omitempty"` // On, or absent
	HistoryMsgBeforeJoin group.Switch       `json:",omitempty"`
	SupportTopic         int                `json:",omitempty"`
	EnablePermission     int                `json:",omitempty"`
	DefaultPermission    group.Permission   `json:",omitempty"`
	AppDefinedData       group.CustomFields `json:",omitempty"`
	CreateTime           int64              `json:",omitempty"`
	LastInfoTime         int64              `json:",omitempty"`
	InfoSeq              uint32             `json:",omitempty"`
}

// onOrNot is On, or nothing.
func onOrNot(on bool) group.Switch {
	if on {
		return group.On
	}
	return ""
}

// roomLines are in the order in which the groups were made.
func roomLines(s *state) []roomLine {
	lines := make([]roomLine, 0, s.groups.all.len())
	for _, one := range s.groups.all.all {
		r := one.value
		lines = append(lines, roomLine{
			GroupID: r.id, Type: r.kind.older(), Name: r.Name, OwnerAccount: r.owner, Introduction: r.Introduction,
			Notification: r.Notification, FaceURL: r.FaceURL, MaxMemberNum: r.maxMembers, ApplyJoinOption: r.apply,
			InviteJoinOption: r.invite, MuteAllMember: onOrNot(r.muteAll), HistoryMsgBeforeJoin: onOrNot(r.history),
			SupportTopic: bit(r.hasTopics), EnablePermission: bit(r.permission), DefaultPermission: r.rights,
			AppDefinedData: maps.Clone(r.custom), CreateTime: r.created, LastInfoTime: r.lastInfo, InfoSeq: r.infoSeq,
		})
	}
	return lines
}

func loadRoom(s *state, line *roomLine) error {
	kind := kindOf(line.Type)
	_, isTopic := group.SplitTopicID(line.GroupID)
	switch {
	case kind == 0 || line.Type != kind.older():
		return errors.New("the Type is not one of Private, Public, ChatRoom, AVChatRoom, Community")
	case check.GroupID(restapi.Command{}, "GroupId", line.GroupID) != nil || isTopic:
		return errors.New("GroupId is not the ID of a group")
	case s.groups.all.has(line.GroupID):
		return errors.New("the group is there twice")
	case line.OwnerAccount != "" && s.users.byID[line.OwnerAccount] == nil:
		return errors.New("Owner_Account is not a user of a line above")
	case line.MaxMemberNum < 0:
		return errors.New("MaxMemberNum is below 0")
	case kind != community && line.SupportTopic+line.EnablePermission != 0:
		return errors.New("SupportTopic and EnablePermission are for a Community")
	}
	if err := cmp.Or(
		groupTexts{line.Name, line.Introduction, line.Notification, line.FaceURL}.check(new(state)),
		checkFields(line.AppDefinedData, maxGroupField), checkOptions(line.ApplyJoinOption, line.InviteJoinOption),
		checkSwitch("MuteAllMember", line.MuteAllMember), checkSwitch("HistoryMsgBeforeJoin", line.HistoryMsgBeforeJoin),
	); err != nil {
		return err
	}
	r := s.addRoom(&newRoom{
		GroupID: line.GroupID, OwnerAccount: line.OwnerAccount, Name: line.Name, Introduction: line.Introduction,
		Notification: line.Notification, FaceURL: line.FaceURL,
		ApplyJoinOption: line.ApplyJoinOption, InviteJoinOption: line.InviteJoinOption,
		AppDefinedData: line.AppDefinedData, SupportTopic: line.SupportTopic, EnablePermission: line.EnablePermission,
		DefaultPermission: line.DefaultPermission,
	}, kind, line.CreateTime)
	r.maxMembers, r.lastInfo, r.infoSeq = line.MaxMemberNum, cmp.Or(line.LastInfoTime, r.created), line.InfoSeq
	r.muteAll, r.history = line.MuteAllMember == group.On, line.HistoryMsgBeforeJoin == group.On
	if m := r.members.get(r.owner); m != nil {
		m.value.implied = true
	}
	return nil
}

// memberLine is a member in a snapshot.
type memberLine struct {
	GroupID              string             `json:"GroupId"`
	MemberAccount        string             `json:"Member_Account"`
	Role                 group.Role         `json:",omitempty"` // Admin, or absent; the owner is in the line of the group
	JoinTime             int64              `json:",omitempty"`
	LastSendMsgTime      int64              `json:",omitempty"`
	MsgSeq               uint32             `json:",omitempty"` // that is read
	TopicReadList        []topicRead        `json:",omitempty"`
	MsgFlag              group.MsgFlag      `json:",omitempty"` // absent: AcceptAndNotify
	NameCard             string             `json:",omitempty"`
	AppMemberDefinedData group.CustomFields `json:",omitempty"`
}

// topicRead is what a member has read of a topic.
type topicRead struct {
	TopicID string `json:"TopicId"`
	MsgSeq  uint32
}

// memberLines are in the order of the groups, and of joining. Who is in a live room depends on devices.
func memberLines(s *state) (lines []memberLine) {
	for _, one := range s.groups.all.all {
		r := one.value
		if r.kind == live {
			continue
		}
		for _, m := range r.members.all {
			lines = append(lines, m.value.line(r))
		}
	}
	return lines
}

func (m *member) line(r *room) memberLine {
	line := memberLine{
		GroupID: r.id, MemberAccount: m.userID, JoinTime: m.joined, LastSendMsgTime: m.lastSend, MsgSeq: m.read,
		NameCard: m.nameCard, AppMemberDefinedData: maps.Clone(m.custom),
	}
	if m.role == group.RoleAdmin {
		line.Role = group.RoleAdmin
	}
	if m.flag != group.AcceptAndNotify {
		line.MsgFlag = m.flag
	}
	for _, id := range slices.Sorted(maps.Keys(m.topics)) {
		line.TopicReadList = append(line.TopicReadList, topicRead{id, m.topics[id]})
	}
	return line
}

func loadMember(s *state, line *memberLine) error {
	r := s.groups.find(line.GroupID)
	switch {
	case r == nil || r.kind == live:
		return errors.New("GroupId is not a group of a line above, or is an AVChatRoom")
	case s.users.byID[line.MemberAccount] == nil:
		return errors.New("Member_Account is not a user of a line above")
	case line.Role != "" && (line.Role != group.RoleAdmin || r.owner == line.MemberAccount):
		return errors.New("the Role is not Admin, or is that of the owner")
	case len(line.NameCard) > maxNameCard:
		return errors.New("NameCard is over 50 bytes")
	}
	if old := r.members.get(line.MemberAccount); old != nil {
		if !old.value.implied {
			return errors.New("the member is there twice")
		}
		r.members.remove(line.MemberAccount) // the member's place is that of the line
	}
	if err := checkFields(line.AppMemberDefinedData, maxMemberField); err != nil {
		return err
	}
	m := s.joinRoom(r, line.MemberAccount, line.Role, cmp.Or(line.JoinTime, r.created))
	m.lastSend, m.read, m.flag = line.LastSendMsgTime, line.MsgSeq, cmp.Or(line.MsgFlag, m.flag)
	m.nameCard, m.custom = line.NameCard, line.AppMemberDefinedData
	for _, one := range line.TopicReadList {
		if of, isTopic := group.SplitTopicID(one.TopicID); !isTopic || of != r.id {
			return errors.New("TopicReadList has a topic that is not of the group")
		}
		put(&m.topics, one.TopicID, one.MsgSeq)
	}
	return nil
}
