package chat

import (
	"cmp"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// roomChange is what is to change of a group, by a command or by a device. What is absent stays as it is.
type roomChange struct {
	GroupID              string `json:"GroupId"`
	Name                 restapi.Optional[string]
	Introduction         restapi.Optional[string]
	Notification         restapi.Optional[string]
	FaceURL              restapi.Optional[string] `json:"FaceUrl"`
	MaxMemberNum         int
	ApplyJoinOption      group.JoinOption
	InviteJoinOption     group.JoinOption
	MuteAllMember        group.Switch
	HistoryMsgBeforeJoin group.Switch
	FromAccount          string `json:"From_Account"`
	EnablePermission     restapi.Optional[int]
	DefaultPermission    restapi.Optional[group.Permission]
	AppDefinedData       group.CustomFields
}

func modifyGroupBaseInfo(a *App, c *call, req *roomChange) (any, error) {
	r, err := a.room(req.GroupID, anyKind)
	if err != nil {
		return nil, err
	}
	if err := req.check(a, c, r); err != nil {
		return nil, err
	}
	a.changeRoom(c, r, req)
	return nil, nil
}

// check refuses what a group cannot become.
func (q *roomChange) check(a *App, c *call, r *room) error {
	permits := !q.EnablePermission.IsZero() || !q.DefaultPermission.IsZero()
	name, renames := q.Name.Get()
	switch {
	case renames && name == "":
		return badGroup("Name is empty")
	case q.InviteJoinOption != "" && r.kind == live:
		return refuse(restapi.CodeGroupPermissionDenied, "an AVChatRoom has no invitations")
	case permits && !r.hasTopics:
		return badGroup("EnablePermission and DefaultPermission are for a Community with topics")
	case q.HistoryMsgBeforeJoin != "" && r.kind&(work|public|meeting) == 0:
		return badGroup("HistoryMsgBeforeJoin is not for a group of this type")
	case r.kind != live && q.MaxMemberNum != 0 && q.MaxMemberNum < r.members.len():
		return badGroup("MaxMemberNum is below the number of members") // which code is a guess
	case r.kind != live && a.set.Plan.tooMany(r.kind, q.MaxMemberNum):
		return badGroup("MaxMemberNum is over what the plan allows")
	case q.FromAccount != "" && a.users.byID[q.FromAccount] == nil:
		return badGroup("From_Account is not imported") // which code is a guess
	}
	texts := groupTexts{name, q.Introduction.Or(""), q.Notification.Or(""), q.FaceURL.Or("")}
	texts.report(a, c, r, cmp.Or(q.FromAccount, c.by.UserID))
	return cmp.Or(
		texts.check(&a.state), checkFields(q.AppDefinedData, maxGroupField),
		checkOptions(q.ApplyJoinOption, q.InviteJoinOption),
		checkSwitch("MuteAllMember", q.MuteAllMember), checkSwitch("HistoryMsgBeforeJoin", q.HistoryMsgBeforeJoin),
	)
}

// checkOptions refuses words that are not those of how users come into a group.
func checkOptions(apply, invite group.JoinOption) error {
	switch apply {
	case "", group.FreeAccess, group.NeedPermission, group.DisableApply:
	default:
		return badGroup("ApplyJoinOption is not one of the options")
	}
	switch invite {
	case "", group.FreeAccess, group.NeedPermission, group.DisableInvite:
		return nil
	}
	return badGroup("InviteJoinOption is not one of the options")
}

func checkSwitch(field string, s group.Switch) error {
	if s != "" && s != group.On && s != group.Off {
		return badGroup(field + " is neither On nor Off")
	}
	return nil
}

// changeRoom changes a group and tells the backend of the four texts.
func (a *App) changeRoom(c *call, r *room, q *roomChange) {
	r.Name, r.Introduction = q.Name.Or(r.Name), q.Introduction.Or(r.Introduction)
	r.Notification, r.FaceURL = q.Notification.Or(r.Notification), q.FaceURL.Or(r.FaceURL)
	if r.kind != live {
		r.maxMembers = cmp.Or(q.MaxMemberNum, r.maxMembers)
	}
	r.setApply(q.ApplyJoinOption)
	r.invite = cmp.Or(q.InviteJoinOption, r.invite)
	r.muteAll = cmp.Or(q.MuteAllMember, switchOf(r.muteAll)) == group.On
	r.history = cmp.Or(q.HistoryMsgBeforeJoin, switchOf(r.history)) == group.On
	r.permission = q.EnablePermission.Or(bit(r.permission)) != 0
	r.rights = q.DefaultPermission.Or(r.rights)
	putFields(&r.custom, q.AppDefinedData)
	r.changed(c.now)

	by := cmp.Or(q.FromAccount, c.by.UserID)
	if !q.Name.IsZero() || !q.Introduction.IsZero() || !q.Notification.IsZero() || !q.FaceURL.IsZero() {
		c.after(r.lane, &callback.GroupAfterGroupInfoChanged{
			GroupID: r.id, Type: r.kind.newer(), OperatorAccount: by, Name: q.Name, Introduction: q.Introduction,
			Notification: q.Notification, FaceURL: q.FaceURL, EventTime: callback.EventTimeOf(c.now),
		})
	}
	c.tip(r, by, TipGroupChanged)
}

// setApply sets what becomes of those who ask to join, where the type of the group leaves a choice.
func (r *room) setApply(option group.JoinOption) {
	switch r.kind {
	case work:
		r.apply = group.DisableApply
	case live:
		r.apply = group.FreeAccess
	default:
		r.apply = cmp.Or(option, r.apply, group.NeedPermission)
	}
}
