package chat

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/profilefields"
)

// BeforeFailed is what a before-webhook without an answer means.
type BeforeFailed string

// The values of BeforeFailed. The empty one is DeliverUnanswered.
const (
	DeliverUnanswered BeforeFailed = "deliver" // what was asked about happens
	RefuseUnanswered  BeforeFailed = "refuse"  // it does not
)

// A FieldRight is a right that administrators lack for a custom field.
type FieldRight uint8

// The rights that can be taken away.
const (
	DenyRead FieldRight = 1 << iota
	DenyWrite
)

// Settings are what the console sets.
type Settings struct {
	// Webhooks are the commands of the webhooks that are switched on; nil: all.
	Webhooks []string `json:"Webhooks,omitzero"`
	// BeforeFailed is what a before-webhook without an answer means.
	BeforeFailed BeforeFailed `json:"BeforeFailed,omitempty"`
	// ForbidWords are words that moderation stops, besides those of its lists.
	ForbidWords []string `json:"ForbidWords,omitempty"`
	// CustomFields are the custom fields of profiles, by keyword, with what is denied; nil: every field is there.
	CustomFields map[string]FieldRight `json:"CustomFields,omitzero"`
	// Off are the features that are switched off.
	Off []Feature `json:"Off,omitempty"`
	// KeepBlockedFriends leaves friends who block each other friends.
	KeepBlockedFriends bool `json:"KeepBlockedFriends,omitempty"`
	// What follows are limits without a number in the documentation; 0: none. MaxFriendRequests is how many can wait for
	// a user's answer.
	MaxFriendRequests  int `json:"MaxFriendRequests,omitempty"`
	MaxFollowing       int `json:"MaxFollowing,omitempty"`
	MaxFollowers       int `json:"MaxFollowers,omitempty"`
	MaxMutualFollowers int `json:"MaxMutualFollowers,omitempty"`
	// MaxSubscribers is how many subscribers an official account can have, whatever it says itself; 0: what that says.
	MaxSubscribers int `json:"MaxSubscribers,omitempty"`
	// MaxTopics is how many topics there can be in all, MaxPermissionMembers how many members a permission group can have.
	MaxTopics            int `json:"MaxTopics,omitempty"`
	MaxPermissionMembers int `json:"MaxPermissionMembers,omitempty"`
	// Plan is what has been bought.
	Plan Plan `json:"Plan,omitempty"`
	// DailyGroups is how many groups a day is meant to have; 0: any number.
	DailyGroups int `json:"DailyGroups,omitempty"`
}

// A Feature is something that the console switches on and off.
type Feature string

// The features.
const (
	FeatureFollow          Feature = "follow"       // the commands of package follow
	FeatureMsgExtension    Feature = "msgextension" // extensions of messages
	FeatureContactGroup    Feature = "contactgroup" // conversation groups and standard marks
	FeatureOfficialAccount Feature = "official"     // official accounts
	FeatureModeration      Feature = "moderation"   // the commands of package moderation
	FeaturePush            Feature = "push"         // pushes to all users, by conditions, and to listed users
	FeatureGroupCounter    Feature = "groupcounter" // counters of groups
	FeatureCommunity       Feature = "community"    // groups of the type Community
	FeatureGroupSearch     Feature = "groupsearch"  // the searches of groups and of their members
	FeatureGroupRecall     Feature = "grouprecall"  // group_msg_recall
)

// features are all of them.
var features = []Feature{
	FeatureFollow,
	FeatureMsgExtension,
	FeatureContactGroup,
	FeatureOfficialAccount,
	FeatureModeration,
	FeaturePush,
	FeatureGroupCounter,
	FeatureCommunity,
	FeatureGroupSearch,
	FeatureGroupRecall,
}

// Settings returns a copy of what is set.
func (a *App) Settings() Settings {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.set.clone()
}

// SetSettings replaces what is set.
func (a *App) SetSettings(s Settings) error {
	if err := s.check(); err != nil {
		return err
	}
	s = s.clone()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.set = s
	return nil
}

func (s Settings) clone() Settings {
	s.Webhooks = slices.Clone(s.Webhooks)
	s.ForbidWords = slices.Clone(s.ForbidWords)
	s.CustomFields = maps.Clone(s.CustomFields)
	s.Off = slices.Clone(s.Off)
	return s
}

func (s Settings) check() error {
	switch s.BeforeFailed {
	case "", DeliverUnanswered, RefuseUnanswered:
	default:
		return errors.New("BeforeFailed is neither deliver nor refuse")
	}
	if slices.Contains(s.ForbidWords, "") {
		return errors.New("ForbidWords has an empty word")
	}
	for _, feature := range s.Off {
		if !slices.Contains(features, feature) {
			return errors.New("Off: there is no feature " + string(feature))
		}
	}
	if s.Plan != "" && s.Plan != PlanTop && s.Plan != PlanTrial {
		return errors.New("Plan is neither top nor trial")
	}
	if min(s.MaxFriendRequests, s.MaxFollowing, s.MaxFollowers, s.MaxMutualFollowers, s.MaxSubscribers,
		s.MaxTopics, s.MaxPermissionMembers, s.DailyGroups) < 0 {
		return errors.New("a limit is below 0")
	}
	for _, keyword := range slices.Sorted(maps.Keys(s.CustomFields)) {
		tag := profilefields.CustomPrefix + keyword
		if fault, reason := profilefields.CheckTag(tag); fault != profilefields.None {
			return errors.New("CustomFields: " + tag + " " + reason)
		}
		if s.CustomFields[keyword] > DenyRead|DenyWrite {
			return errors.New("CustomFields: " + keyword + " has a right that is not known")
		}
	}
	return nil
}

// sends says whether a webhook is switched on.
func (s *Settings) sends(webhook string) bool {
	return s.Webhooks == nil || slices.Contains(s.Webhooks, webhook)
}

// right returns what is denied of a custom field, and false where the app has no such field.
func (s *Settings) right(tag string) (FieldRight, bool) {
	denied, ok := s.CustomFields[strings.TrimPrefix(tag, profilefields.CustomPrefix)]
	return denied, ok || s.CustomFields == nil
}

// settingsKind keeps the settings, in one line if anything is set.
func settingsKind() kind {
	return keeps("settings",
		func(s *state) []Settings {
			if reflect.ValueOf(s.set).IsZero() {
				return nil
			}
			return []Settings{s.set.clone()}
		},
		func([]Settings) {},
		func(s *state, line *Settings) error {
			if !reflect.ValueOf(s.set).IsZero() {
				return errors.New("they are there twice")
			}
			s.set = *line
			return line.check()
		})
}

// rights are the words for the rights in a snapshot.
var rights = map[string]FieldRight{
	"": 0, "deny-read": DenyRead, "deny-write": DenyWrite, "deny-read-write": DenyRead | DenyWrite,
}

// MarshalText writes the word for the rights.
func (r FieldRight) MarshalText() ([]byte, error) {
	for word, these := range rights {
		if these == r {
			return []byte(word), nil
		}
	}
	return nil, errors.New("there is no word for the right")
}

// UnmarshalText reads the word.
func (r *FieldRight) UnmarshalText(word []byte) error {
	these, ok := rights[string(word)]
	if !ok {
		return errors.New("a right of a custom field is not known")
	}
	*r = these
	return nil
}
