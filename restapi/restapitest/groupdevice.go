package restapitest

import (
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A NewGroup is a group that Device.CreateGroup makes.
type NewGroup struct {
	Type         callback.GroupType
	ID           string // empty: one is made up
	Name         string
	Members      []string // the first ones, besides the user
	SupportTopic bool     // of a Community
}

// CreateGroup makes a group of the user's, which anyone can join if it is a ChatRoom or a Community. The backend is
// asked first, by Group.CallbackBeforeCreateGroup. Group.CallbackAfterCreateGroup is sent, and
// Group.CallbackOnDailyGroupQuotaAlarm by Settings.DailyGroups.
func (d *Device) CreateGroup(g NewGroup) (groupID string, err error) {
	groupID, err = d.model.CreateGroup(chat.NewGroup(g))
	return groupID, failed("CreateGroup", err)
}

// Groups returns the groups that the user is in, in the order in which the user came into them.
func (d *Device) Groups() []string { return d.model.Groups() }

// A JoinState is what Device.JoinGroup or Device.Invite has come to.
type JoinState string

// The values of JoinState.
const (
	JoinDone    JoinState = "Done"
	JoinWaiting JoinState = "Waiting" // the owner or an admin has to agree first, by Device.AnswerJoin
)

func joinState(waits bool) JoinState {
	if waits {
		return JoinWaiting
	}
	return JoinDone
}

// JoinGroup makes the user a member of a group, or asks its owner and admins where the group says so: JoinWaiting is
// not an error. The backend is asked first, by Group.CallbackBeforeApplyJoinGroup. Group.CallbackAfterNewMemberJoin is
// sent when the user is in it, and Group.CallbackAfterGroupFull when the user takes the last place or finds none.
//
// Into a live room each device comes by itself, and with the first one its user, of which
// Group.CallbackOnMemberStateChange tells. With the last device that leaves, signs out or loses its connection the user
// is on line there no more.
func (d *Device) JoinGroup(groupID, words string) (JoinState, error) {
	waits, err := d.model.JoinGroup(groupID, words)
	if err != nil {
		return "", failed("JoinGroup", err)
	}
	return joinState(waits), nil
}

// AnswerJoin lets a user into a group who waits for that, or does not. Its owner and admins can.
// Group.CallbackAfterNewMemberJoin is sent.
func (d *Device) AnswerJoin(groupID, userID string, agree bool) error {
	return failed("AnswerJoin", d.model.AnswerJoin(groupID, userID, agree))
}

// An InviteResult is what became of a user whom Device.Invite names. Its Err is why the user is not in the group, a
// *restapi.Error, and nil for one who is in it or has to wait.
type InviteResult struct {
	UserID string
	State  JoinState
	restapi.Outcome
}

// Invite makes users members of a group that the user is in, or asks its owner and admins where the group says so. The
// backend is asked first, by Group.CallbackBeforeInviteJoinGroup, and may refuse some of them: look at the Err of each.
// Group.CallbackAfterNewMemberJoin is sent, and Group.CallbackAfterGroupFull when the last place is taken or there are
// too few.
func (d *Device) Invite(groupID string, userIDs ...string) ([]InviteResult, error) {
	invited, err := d.model.Invite(groupID, userIDs)
	var results []InviteResult
	for _, one := range invited {
		result := InviteResult{UserID: one.UserID, Outcome: restapi.Failed(failed("Invite", one.Err))}
		if one.Err == nil {
			result.State = joinState(one.Waits)
		}
		results = append(results, result)
	}
	return results, failed("Invite", err)
}

// LeaveGroup takes the user out of a group. Its owner can leave one of the type Private, which has none then; elsewhere
// that is refused with restapi.CodeGroupOwnerCannotQuit. Group.CallbackAfterMemberExit is sent.
func (d *Device) LeaveGroup(groupID string) error {
	return failed("LeaveGroup", d.model.LeaveGroup(groupID))
}

// DismissGroup takes a group of the user's away for good, which is not of the type Private.
// Group.CallbackAfterGroupDestroyed is sent.
func (d *Device) DismissGroup(groupID string) error {
	return failed("DismissGroup", d.model.DismissGroup(groupID))
}

// TransferGroup gives a group of the user's to another member. Group.CallbackAfterChangeGroupOwner is sent.
func (d *Device) TransferGroup(groupID, to string) error {
	return failed("TransferGroup", d.model.TransferGroup(groupID, to))
}

// RemoveMembers takes members out of a group, all of those named or none: the owner anyone, an admin those who are
// neither. Group.CallbackAfterMemberExit is sent.
func (d *Device) RemoveMembers(groupID string, userIDs ...string) error {
	return failed("RemoveMembers", d.model.RemoveMembers(groupID, userIDs))
}

// MuteMember lets a member send nothing for whole seconds, or again where t is 0, by the rules of RemoveMembers. In a
// group of the type Private nobody is muted.
func (d *Device) MuteMember(groupID, userID string, t time.Duration) error {
	return failed("MuteMember", d.model.MuteMember(groupID, userID, t))
}

// A GroupChange is what a device changes of a group or of a topic. What is absent stays as it is.
type GroupChange struct{ Name, Introduction, Notification, FaceURL restapi.Optional[string] }

// SetGroup changes what a group says of itself. Its owner and admins can, and all members of one of the type Private.
// Group.CallbackAfterGroupInfoChanged is sent.
func (d *Device) SetGroup(groupID string, change GroupChange) error {
	return failed("SetGroup", d.model.SetGroup(groupID, chat.GroupChange(change)))
}

// A MemberChange is what Device.SetMember changes. What is absent stays as it is.
type MemberChange struct {
	Role     restapi.Optional[string] // "Admin" or "Member": the owner alone, and not in a group of the type Private
	NameCard restapi.Optional[string] // one's own, or that of somebody below
	MsgFlag  restapi.Optional[string] // one's own: a group.MsgFlag
}

// SetMember changes a member of a group that the user is in, who can be the user. Group.CallbackAfterMemberFieldChanged
// is sent where the role or the name card is another one.
func (d *Device) SetMember(groupID, userID string, change MemberChange) error {
	return failed("SetMember", d.model.SetMember(groupID, userID, chat.MemberChange(change)))
}
