package chat

// A GroupTip is what a notice of the kind NoticeGroupTip tells of.
type GroupTip string

// The tips.
const (
	TipJoined        GroupTip = "Joined"        // Users are members now
	TipLeft          GroupTip = "Left"          // Users have left
	TipRemoved       GroupTip = "Removed"       // Users were taken out
	TipOwner         GroupTip = "Owner"         // Users, of whom there is one, own the group now
	TipMuted         GroupTip = "Muted"         // Users may not send for a time, or may again
	TipMemberChanged GroupTip = "MemberChanged" // Users have another role or name card
	TipGroupChanged  GroupTip = "GroupChanged"  // what the group says of itself is another
	TipDismissed     GroupTip = "Dismissed"     // the group is gone
)

// tip tells the members of a group what somebody has done.
func (c *call) tip(r *room, by string, tip GroupTip, userIDs ...string) {
	c.notifyRoom(r, Notice{Kind: NoticeGroupTip, From: by, Chat: r.id, Users: userIDs, Tip: tip})
}
