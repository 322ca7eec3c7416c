package chat

import (
	"cmp"
	"strings"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// newRoom are the fields of a group that is to be made, by a command or by a device.
type newRoom struct {
	GroupID           string `json:"GroupId"`
	OwnerAccount      string `json:"Owner_Account"`
	Type              group.Type
	Name              string
	Introduction      string
	Notification      string
	FaceURL           string `json:"FaceUrl"`
	MaxMemberCount    int
	ApplyJoinOption   group.JoinOption
	InviteJoinOption  group.JoinOption
	AppDefinedData    group.CustomFields
	SupportTopic      int
	EnablePermission  int
	DefaultPermission group.Permission
	MemberList        []newRoomMember
}

type newRoomMember struct {
	MemberAccount        string `json:"Member_Account"`
	Role                 group.Role
	AppMemberDefinedData group.CustomFields
}

// check refuses a group that cannot be made, and returns its kind.
func (n *newRoom) check(a *App) (kinds, error) {
	kind := kindOf(n.Type)
	switch {
	case kind == 0:
		return 0, badGroup("Type is not one of a group")
	case n.Name == "":
		return 0, badGroup("Name is empty")
	case kind == live && (len(n.MemberList) > 0 || n.InviteJoinOption != ""):
		return 0, refuse(restapi.CodeGroupPermissionDenied, "an AVChatRoom has no first members and no invitations")
	case kind != community && n.SupportTopic+n.EnablePermission != 0:
		return 0, badGroup("SupportTopic and EnablePermission are for a Community")
	case len(n.MemberList) > group.MaxNewMembers:
		return 0, refuse(restapi.CodeGroupTooManyAccounts, "over 100 first members")
	}
	if err := cmp.Or(
		n.texts().check(&a.state), checkFields(n.AppDefinedData, maxGroupField), n.checkID(a, kind),
		checkOptions(n.ApplyJoinOption, n.InviteJoinOption), n.refusePlan(a, kind),
	); err != nil {
		return 0, err
	}
	for _, m := range n.MemberList {
		if m.Role != "" && m.Role != group.RoleAdmin && m.Role != group.RoleMember {
			return 0, badGroup("the Role of a first member is not Admin")
		}
		if err := cmp.Or(checkFields(m.AppMemberDefinedData, maxMemberField), a.refuseNoMember(m.MemberAccount)); err != nil {
			return 0, err
		}
	}
	if n.OwnerAccount != "" && a.users.byID[n.OwnerAccount] == nil {
		return 0, badGroup("the owner is not imported") // which code is a guess
	}
	return kind, nil
}

// refuseNoMember refuses one who cannot be a member, as the account is not there.
func (a *App) refuseNoMember(userID string) error {
	_, err := a.refuseUnknown(userID, restapi.CodeGroupAccountNotFound)
	return err
}

func (n *newRoom) texts() groupTexts {
	return groupTexts{n.Name, n.Introduction, n.Notification, n.FaceURL}
}

// checkID refuses an ID that a group cannot be given.
func (n *newRoom) checkID(a *App, kind kinds) error {
	id := n.GroupID
	_, isTopic := group.SplitTopicID(id)
	unprintable := func(r rune) bool { return r < 0x20 || r > 0x7e }
	switch {
	case id == "":
		return nil
	case len(id) > 48 || strings.ContainsFunc(id, unprintable), isTopic,
		kind == community && !strings.HasPrefix(id, "@TGS#_"), kind != community && strings.HasPrefix(id, "@TGS#"):
		return badGroup("GroupId is not one that an app can choose")
	}
	switch r := a.groups.find(id); {
	case r == nil:
		return nil
	case r.owner != "" && r.owner == n.OwnerAccount:
		return refuse(restapi.CodeGroupIDTakenByOwner, "the owner has a group with that ID")
	}
	return refuse(restapi.CodeGroupIDTaken, "there is a group with that ID")
}

func (n *newRoom) members() []callback.GroupMember {
	if len(n.MemberList) == 0 {
		return nil
	}
	all := make([]callback.GroupMember, len(n.MemberList))
	for i, m := range n.MemberList {
		all[i].MemberAccount = m.MemberAccount
	}
	return all
}

func askCreateGroup(a *App, c *call, req *newRoom) (*callback.GroupBeforeCreateGroup, error) {
	kind, err := req.check(a)
	if err != nil {
		return nil, err
	}
	return &callback.GroupBeforeCreateGroup{
		OperatorAccount: c.by.UserID, OwnerAccount: req.OwnerAccount, Type: kind.newer(), Name: req.Name,
		MemberList: req.members(), EventTime: callback.EventTimeOf(c.now),
	}, nil
}

func createGroup(a *App, c *call, req *newRoom, _ callback.GroupBeforeCreateGroupAnswer) (any, error) {
	r, err := a.createRoom(c, req)
	if err != nil {
		return nil, err
	}
	return struct {
		GroupID string `json:"GroupId"`
		Type    group.Type
	}{r.id, r.kind.older()}, nil
}

// createRoom makes a group, or refuses it, and tells the backend.
func (a *App) createRoom(c *call, n *newRoom) (*room, error) {
	kind, err := n.check(a)
	if err != nil {
		return nil, err
	}
	r := a.addRoom(n, kind, c.now.Unix())
	for _, m := range n.MemberList {
		if !r.members.has(m.MemberAccount) {
			a.joinRoom(r, m.MemberAccount, m.Role, c.now.Unix()).custom = m.AppMemberDefinedData
		}
	}
	c.after(r.lane, &callback.GroupAfterCreateGroup{
		GroupID: r.id, OperatorAccount: c.by.UserID, OwnerAccount: r.owner, Type: kind.newer(), Name: r.Name,
		MemberList: n.members(), EventTime: callback.EventTimeOf(c.now),
	})
	a.tellFull(c, r)
	a.tellQuota(c, r)
	return r, nil
}

// addRoom makes a group that has its owner alone.
func (s *state) addRoom(n *newRoom, kind kinds, at int64) *room {
	id := n.GroupID
	if id == "" {
		id = s.groups.newID(kind)
	}
	r := &room{
		id: id, kind: kind, groupTexts: n.texts(), owner: n.OwnerAccount,
		invite: n.InviteJoinOption, maxMembers: s.set.Plan.membersOf(kind, n.MaxMemberCount),
		hasTopics: n.SupportTopic != 0, permission: n.EnablePermission != 0, rights: n.DefaultPermission,
		created: at, lastInfo: at,
	}
	r.lane = groupLane(r.id)
	r.setApply(n.ApplyJoinOption)
	putFields(&r.custom, n.AppDefinedData)
	s.groups.all.add(r.id, r)
	if r.owner != "" && kind != live { // of a live room the owner becomes a member by a client
		s.joinRoom(r, r.owner, "", at)
	}
	return r
}

// groupLane is the lane of the webhooks of a group.
func groupLane(id string) string { return "group\x00" + id }

// tellFull tells the backend where a group has no place left.
func (a *App) tellFull(c *call, r *room) {
	if r.full() {
		c.after(r.lane, &callback.GroupAfterGroupFull{GroupID: r.id, EventTime: callback.EventTimeOf(c.now)})
	}
}

func destroyGroup(a *App, c *call, req *struct {
	GroupID string `json:"GroupId"`
},
) (any, error) {
	r, err := a.room(req.GroupID, anyKind)
	if err != nil {
		return nil, err
	}
	a.destroyRoom(c, r)
	return nil, nil
}

// destroyRoom takes a group away for good and tells the backend. Its ID is free again (a guess).
func (a *App) destroyRoom(c *call, r *room) {
	e := &callback.GroupAfterGroupDestroyed{
		GroupID: r.id, Type: r.kind.newer(), OwnerAccount: r.owner, Name: r.Name, EventTime: callback.EventTimeOf(c.now),
	}
	if r.kind != community {
		e.MemberList = r.everybody()
	}
	c.tip(r, c.by.UserID, TipDismissed)
	a.dissolve(r)
	a.groups.msgs.drop(&r.log)
	for _, t := range r.topics.all {
		a.groups.msgs.drop(&t.value.log)
	}
	a.groups.all.remove(r.id)
	c.after(r.lane, e)
}
