package chat

import (
	"fmt"
	"slices"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func groupLife() area {
	a := groupArea([]command{
		asks(group.CommandCreateGroup, restapi.CodeGroupRejectedByWebhook, askCreateGroup, createGroup),
		does(group.CommandGetGroupInfo, getGroupInfo),
		does(group.CommandModifyGroupBaseInfo, modifyGroupBaseInfo).aka("ShutUpAllMember", "MuteAllMember"),
		does(group.CommandChangeGroupOwner, changeGroupOwner),
		does(group.CommandDestroyGroup, destroyGroup),
		does(group.CommandGetAppidGroupList, getAppidGroupList),
		does(group.CommandGetJoinedGroupList, getJoinedGroupList),
	}, keeps("group", roomLines, func([]roomLine) {}, loadRoom))
	a.forget = func(s *state, userID string) { s.groups.forget(userID) }
	return a
}

func groupMembers() area {
	return groupArea([]command{
		asks(group.CommandAddGroupMember, restapi.CodeGroupRejectedByWebhook, askAddGroupMember, addGroupMember),
		does(group.CommandDeleteGroupMember, deleteGroupMember),
		does(group.CommandGetGroupMemberInfo, getGroupMemberInfo),
		does(group.CommandGetSpecifiedGroupMemberInfo, getSpecifiedGroupMemberInfo),
		does(group.CommandGetRoleInGroup, getRoleInGroup),
		does(group.CommandModifyGroupMemberInfo, modifyGroupMemberInfo).aka("ShutUpTime", "MuteTime"),
	},
		keeps("groupmember", memberLines, func([]memberLine) {}, loadMember),
		keeps("joinrequest", joinRequestLines, func([]joinRequestLine) {}, loadJoinRequest),
	)
}

// groupRestrictions are the commands about those who may not send, and those who are kept out. They come behind all
// that a mute or a ban can be about.
func groupRestrictions() area {
	return groupArea([]command{
		does(group.CommandForbidSendMsg, forbidSendMsg).aka("ShutUpTime", "MuteTime"),
		does(group.CommandGetGroupMutedAccount, getGroupMutedAccount),
		does(group.CommandGetGroupShuttedUin, getGroupShuttedUin),
		does(group.CommandBanGroupMember, banGroupMember),
		does(group.CommandUnbanGroupMember, unbanGroupMember),
		does(group.CommandGetGroupBanMember, getGroupBanMember),
	},
		keeps("groupmute", muteLines, sortMuteLines, loadMute),
		keeps("groupban", banLines, func([]banLine) {}, loadBan),
	)
}

// groups are the groups of the app.
type groups struct {
	all    roster[*room]             // by ID, in the order in which they were made
	joined map[string]*roster[*room] // user -> the groups that the user is in, in the order of joining
	made   uint64                    // how many got an ID from the service
	msgs   groupMsgs
}

// of returns the groups that a user is in, nil where there is none.
func (s *groups) of(userID string) []*listed[*room] {
	if r := s.joined[userID]; r != nil {
		return r.all
	}
	return nil
}

// find returns a group, nil where there is none.
func (s *groups) find(id string) *room {
	if one := s.all.get(id); one != nil {
		return one.value
	}
	return nil
}

// newID makes up an ID that looks as those of the service do, and is the same in each run.
func (s *groups) newID(kind kinds) string {
	for {
		s.made++
		id := fmt.Sprintf("@TGS#1%07dL", s.made)
		switch kind {
		case live:
			id = fmt.Sprintf("@TGS#a%07dL", s.made)
		case community:
			id = fmt.Sprintf("@TGS#_@TGS#c%07dL", s.made)
		}
		if !s.all.has(id) {
			return id
		}
	}
}

// forget takes a user out of all groups, with what groups keep of those who left. A group that was the user's has no
// owner from then on (a guess).
func (s *groups) forget(userID string) {
	for _, one := range s.all.all {
		r := one.value
		r.remove(s, userID)
		r.forget(userID)
	}
	delete(s.joined, userID)
	s.msgs.forget(userID)
}

// kinds are types of groups, each by a bit.
type kinds uint8

const (
	work kinds = 1 << iota // Private is its older name
	public
	meeting // ChatRoom
	live    // AVChatRoom
	community

	anyKind = work | public | meeting | live | community
	notLive = anyKind &^ live
)

// kindNames are the names that calls and their answers have, and those that webhooks have.
var kindNames = map[kinds]struct{ older, newer group.Type }{
	work:      {group.Private, "Work"},
	public:    {group.Public, group.Public},
	meeting:   {group.ChatRoom, "Meeting"},
	live:      {group.AVChatRoom, group.AVChatRoom},
	community: {group.Community, group.Community},
}

// kindOf reads the type of a group by either name, 0 where there is none.
func kindOf(t group.Type) kinds {
	for kind, names := range kindNames {
		if t == names.older || t == names.newer {
			return kind
		}
	}
	return 0
}

// older is the type by the name that calls and their answers have.
func (k kinds) older() group.Type { return kindNames[k].older }

// newer is the type by the name that webhooks have.
func (k kinds) newer() group.Type { return kindNames[k].newer }

func badGroup(info string) error { return refuse(restapi.CodeGroupInvalidParameter, info) }

// room returns the group of a command that is for groups of these kinds.
func (a *App) room(id string, of kinds) (*room, error) {
	if err := check.GroupID(restapi.Command{}, "GroupId", id); err != nil {
		return nil, refuse(restapi.CodeGroupInvalidID, "GroupId is not the ID of a group")
	}
	r := a.groups.find(id)
	switch {
	case r == nil:
		return nil, refuse(restapi.CodeGroupNotFound, "there is no such group")
	case r.kind&of == 0:
		return nil, denied("a group of the type " + string(r.kind.older()) + " does not have that")
	}
	return r, nil
}

// A place is where messages are: a group, or one of its topics.
type place struct {
	*room

	topic *topic // nil: the group itself
}

// placeOf returns the group or the topic of a command that is for groups of these kinds.
func (a *App) placeOf(groupID, topicID string, of kinds) (place, error) {
	r, err := a.room(groupID, of)
	if err != nil || topicID == "" {
		return place{room: r}, err
	}
	t := r.topics.get(topicID)
	if t == nil {
		return place{}, refuse(restapi.CodeGroupNotFound, "there is no such topic") // which code is a guess
	}
	return place{r, t.value}, nil
}

// log returns the messages of the place.
func (p place) log() *groupLog {
	if p.topic != nil {
		return &p.topic.log
	}
	return &p.room.log
}

// checkFields refuses custom fields that cannot be. Which of them the console knows is not looked at.
func checkFields(fields group.CustomFields, limit int) error {
	for key, value := range fields {
		if key == "" || len(key) > 16 || len(value) > limit {
			return badGroup(fmt.Sprintf("a custom field has a key over 16 bytes, or a value over %d", limit))
		}
	}
	return nil
}

// The most bytes of a custom field.
const (
	maxGroupField  = 512
	maxMemberField = 64
)

// putFields changes custom fields as a command says: an empty value takes one away.
func putFields(fields *group.CustomFields, change group.CustomFields) {
	for key, value := range change {
		if value == "" {
			delete(*fields, key)
			continue
		}
		put((*map[string]string)(fields), key, value)
	}
}

// filtered says which fields an answer has: those that are named, or all where none is.
func filtered(filter []string, field string) bool {
	return len(filter) == 0 || slices.Contains(filter, field)
}
