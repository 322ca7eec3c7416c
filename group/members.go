package group

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// What one call of [Members] can name at most.
const (
	MaxAddMembers    = 300 // users that one [Members.Add] can put into a group
	MaxDeleteMembers = 100 // members that one [Members.Delete] can take out
	MaxGetMembers    = 50  // users that one [Members.Get] can look up
	MaxRoles         = 500 // users whose roles one [Members.Roles] can look up
	MaxMute          = 500 // members that one [Members.Mute] or [Members.Unmute] can name
	MaxBan           = 20  // users that one [Members.Ban] or [Members.Unban] can name
)

// Members keeps the members of groups: puts them in and takes them out, reads and changes them, mutes and bans.
type Members struct{ caller restapi.Caller }

// A MemberOption changes what [Members.Add] and [Members.Delete] do.
type MemberOption func(*memberOptions)

type memberOptions struct {
	silence int
	reason  restapi.Optional[string]
}

// Silently tells nobody in the group. Of one who is taken out the vendor's page says both that they are told and that
// they are not.
func Silently() MemberOption { return func(o *memberOptions) { o.silence = 1 } }

// WithReason gives the reason that is shown to those who are told of it. Only [Members.Delete] has one: [Members.Add]
// refuses it.
func WithReason(text string) MemberOption {
	return func(o *memberOptions) { o.reason = restapi.Some(text) }
}

func memberOptionsOf(opts []MemberOption) (o memberOptions) {
	for _, opt := range opts {
		opt(&o)
	}
	return o
}

// ofGroup is all that some requests have.
type ofGroup struct {
	GroupID string `json:"GroupId"`
}

type memberName struct {
	MemberAccount string `json:"Member_Account"`
}

type addRequest struct {
	GroupID    string       `json:"GroupId"`
	Silence    int          `json:"Silence,omitempty"`
	MemberList []memberName `json:"MemberList"`
}

// Add puts 1 to 300 users into a group. The result has one AddResult for each user ID, in the order given: look at the
// Err of each, a user who could not be added does not fail the call, and one whose Result is [Pending] is not in yet.
//
// An AVChatRoom takes none: [restapi.CodeGroupPermissionDenied]. [restapi.CodeGroupNotFound]: there is no such group.
// [restapi.CodeGroupAccountNotFound]: one of the users is not imported. [restapi.CodeGroupFull]: the group has as many
// members as it may have. [restapi.CodeGroupCountLimit]: a user is in as many groups as one can be.
// [restapi.CodeGroupRejectedByWebhook]: the app's own webhook refused it.
//
// 200 calls a second and app. Repeated after a failure that leaves its outcome open, so that [AlreadyMember] can also
// mean that the attempt before added the user.
//
// Vendor page: https://cloud.tencent.com/document/product/269/1621
func (m Members) Add(
	ctx context.Context, groupID string, userIDs []string, opts ...MemberOption,
) ([]AddResult, error) {
	cmd := CommandAddGroupMember
	if err := checkGroupID(cmd, groupID); err != nil {
		return nil, err
	}
	if err := check.UserIDs(cmd, "MemberList", userIDs, MaxAddMembers); err != nil {
		return nil, err
	}
	o := memberOptionsOf(opts)
	if !o.reason.IsZero() {
		return nil, check.Argument(cmd, "Reason", "cannot be sent with this command")
	}
	req := addRequest{GroupID: groupID, Silence: o.silence}
	for _, userID := range check.Unique(userIDs) {
		req.MemberList = append(req.MemberList, memberName{userID})
	}
	resp, err := restapi.Do[addAnswer](ctx, m.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	return resp.results(cmd, userIDs), nil
}

type deleteRequest struct {
	GroupID            string   `json:"GroupId"`
	Silence            int      `json:"Silence,omitempty"`
	Reason             string   `json:"Reason,omitempty"`
	MemberToDelAccount []string `json:"MemberToDel_Account"`
}

// Delete takes 1 to 100 members out of a group. One who is not a member is no failure.
//
// An AVChatRoom lets nobody be taken out: [restapi.CodeGroupInvalidParameter]; see [Members.Ban].
// [restapi.CodeGroupNotFound]: there is no such group. 200 calls a second and app. Repeated after a failure that leaves
// its outcome open: one who came back in between is taken out again.
//
// Vendor page: https://cloud.tencent.com/document/product/269/1622
func (m Members) Delete(ctx context.Context, groupID string, userIDs []string, opts ...MemberOption) error {
	cmd := CommandDeleteGroupMember
	if err := checkGroupID(cmd, groupID); err != nil {
		return err
	}
	if err := check.UserIDs(cmd, "MemberToDel_Account", userIDs, MaxDeleteMembers); err != nil {
		return err
	}
	o := memberOptionsOf(opts)
	reason := o.reason.Or("")
	if err := check.Text(cmd, "Reason", reason, len(reason)); err != nil { // how long it can be is not documented
		return err
	}
	return m.caller.Call(ctx, cmd, deleteRequest{groupID, o.silence, reason, check.Unique(userIDs)}, nil)
}
