package restapitest

import "github.com/go-tencentchat/tencentchat/internal/chat"

// Settings are what the console sets for an app. The zero value is what a new server has.
type Settings struct {
	// Webhooks are the commands of the webhooks that are switched on, such as "Profile.CallbackPortraitSet". nil, not an
	// empty list, is all of them.
	Webhooks []string
	// BeforeFailed is what happens when a before-webhook is not answered within 2 seconds, or not as documented.
	BeforeFailed BeforeFailed
	// ForbidWords are words that moderation stops, besides those of the lists of package moderation: profile values with
	// one of them are refused with restapi.CodeProfileSensitiveText, what is said of friends with
	// restapi.CodeRelationSensitiveText, and messages with restapi.CodeSensitiveText.
	ForbidWords []string
	// CustomFields are the custom fields of profiles by their keywords, with the rights that administrators lack: "Vip",
	// 1 to 8 letters, is Tag_Profile_Custom_Vip. nil is every field with a proper keyword; otherwise all others are
	// refused with restapi.CodeProfileTagNotFound.
	CustomFields map[string]FieldRight
	// Off are features that are switched off, such as FeatureFollow. All others are on.
	Off []Feature
	// KeepBlockedFriends leaves users friends when one blocks the other. By default that ends their friendship.
	KeepBlockedFriends bool
	// MaxFriendRequests is how many friend requests can wait for one user's answer; more are refused with
	// restapi.CodeRelationPendingLimit. MaxFollowing, MaxFollowers and MaxMutualFollowers are how many users one can
	// follow, be followed by, and both; more are refused with codes such as restapi.CodeFollowLimit. The vendor has such
	// limits and does not say them. 0 is no limit.
	MaxFriendRequests, MaxFollowing, MaxFollowers, MaxMutualFollowers int
	// MaxSubscribers is how many subscribers an official account can have, whatever it says itself. 0: what that says.
	MaxSubscribers int
	// MaxTopics is how many topics all communities can have, and MaxPermissionMembers how many members a permission group;
	// more are refused with restapi.CodeGroupCountLimit and restapi.CodePermissionMemberLimit. 0 is no limit.
	MaxTopics, MaxPermissionMembers int
	// Plan is what has been bought for the app. PlanTrial limits groups and their members, with codes such as
	// restapi.CodeGroupTrialLimit.
	Plan Plan
	// DailyGroups is how many groups a day is meant to have: Group.CallbackOnDailyGroupQuotaAlarm is sent for each that
	// is made when over 70 % of them are there. More are not refused. 0 is any number.
	DailyGroups int
}

// A Plan is what has been bought for an app.
type Plan = chat.Plan

// The plans. The empty one is PlanTop.
const (
	PlanTop = chat.PlanTop // no limits
	// PlanTrial lets an app have 100 groups, as is documented, and 10 of the type AVChatRoom, 20 members in those of the
	// types Private, Public and ChatRoom, and a user be in 50 groups: these three are guesses.
	PlanTrial = chat.PlanTrial
)

// A Feature is something that the console switches on and off.
type Feature = chat.Feature

// The features.
const (
	// FeatureFollow are the commands of package follow, refused with restapi.CodeRelationFollowNotEnabled where it is off.
	FeatureFollow = chat.FeatureFollow
	// FeatureMsgExtension are the extensions of messages, refused with restapi.CodeGroupInvalidRequest where it is off.
	FeatureMsgExtension = chat.FeatureMsgExtension
	// FeatureContactGroup are conversation groups and standard marks, refused with restapi.CodeContactPlanUnsupported
	// where it is off.
	FeatureContactGroup = chat.FeatureContactGroup
	// FeatureOfficialAccount are the commands of package official, refused with restapi.CodeOfficialAccountNotEnabled
	// where it is off.
	FeatureOfficialAccount = chat.FeatureOfficialAccount
	// FeatureModeration are the commands of package moderation, refused with restapi.CodeModerationNotEnabled where it is
	// off. The words that are there act all the same.
	FeatureModeration = chat.FeatureModeration
	// FeaturePush are the commands of package push that push, refused with restapi.CodePushNotEnabled where it is off.
	FeaturePush = chat.FeaturePush
	// FeatureGroupCounter are the counters of groups, refused with restapi.CodeGroupPlanRequired where it is off.
	FeatureGroupCounter = chat.FeatureGroupCounter
	// FeatureCommunity are groups of the type Community: to make one is refused with restapi.CodeGroupInvalidRequest where
	// it is off.
	FeatureCommunity = chat.FeatureCommunity
	// FeatureGroupSearch are the searches of groups and of their members, refused with restapi.CodeServiceUnavailable
	// where it is off.
	FeatureGroupSearch = chat.FeatureGroupSearch
	// FeatureGroupRecall is that messages of groups are taken back, refused with restapi.CodeGroupRecallDisabled where it
	// is off. Devices take theirs back all the same.
	FeatureGroupRecall = chat.FeatureGroupRecall
)

// BeforeFailed is what a before-webhook without a proper answer means.
type BeforeFailed = chat.BeforeFailed

// The values of BeforeFailed. The empty one is DeliverUnanswered.
const (
	DeliverUnanswered = chat.DeliverUnanswered // what was asked about happens
	RefuseUnanswered  = chat.RefuseUnanswered  // it is refused, as by the answer 1
)

// A FieldRight is a right that administrators lack for a custom field. Several are joined by |.
type FieldRight = chat.FieldRight

// The rights that can be taken away.
const (
	DenyRead  = chat.DenyRead  // reading is refused with restapi.CodeProfileReadDenied
	DenyWrite = chat.DenyWrite // writing is refused with restapi.CodeProfileWriteDenied
)

// Settings returns a copy of the server's settings.
func (s *Server) Settings() Settings { return Settings(s.app.Settings()) }

// SetSettings replaces the server's settings. It panics on a keyword that is not 1 to 8 letters, on an empty word and
// on values that are not those of this package.
func (s *Server) SetSettings(set Settings) {
	must("SetSettings", s.app.SetSettings(chat.Settings(set)))
}

// Reset puts the server back as it was when NewServer returned: the accounts of the administrators, no settings,
// nothing of FailNext, Delay and Handle, no calls and deliveries. Devices are kicked. What SetCallback has set stays.
func (s *Server) Reset() {
	s.handlers.clear()
	s.app.Reset()
}
