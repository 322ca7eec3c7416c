package callback

import "github.com/go-tencentchat/tencentchat/profile"

const cmdProfilePortraitSet = "Profile.CallbackPortraitSet"

// ProfilePortraitSet is sent after a user's profile was changed, by the user or over REST. ProfileItem has the changed
// fields and only those; read them with the names of package profile:
//
//	nick, ok := profile.Nick.Of(e.ProfileItem)
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/48733
type ProfilePortraitSet struct {
	Meta

	OperatorAccount string        `json:"Operator_Account"`    // who made the change: the user, or an administrator
	FromAccount     string        `json:"From_Account"`        // whose profile changed
	EventTime       EventTime     `json:"EventTime,omitempty"` // milliseconds since the epoch
	ProfileItem     profile.Items `json:"ProfileItem,omitzero"`
}

// Command returns "Profile.CallbackPortraitSet".
func (*ProfilePortraitSet) Command() string { return cmdProfilePortraitSet }

func (*ProfilePortraitSet) after() {}
