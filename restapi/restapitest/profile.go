package restapitest

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/profilefields"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func profileRoutes() []route {
	area := route{
		admin:   restapi.CodeProfileAdminRequired,
		syntax:  restapi.CodeProfileInvalidParameter,
		invalid: restapi.CodeProfileInvalidParameter,
		display: true,
	}
	set, get := area, area
	set.cmd, set.handle = profile.CommandPortraitSet, (*state).portraitSet
	get.cmd, get.handle = profile.CommandPortraitGet, (*state).portraitGet
	return []route{set, get}
}

func (s *state) portraitSet(r *request) (any, error) {
	who, err := userID(r.body["From_Account"], restapi.CodeProfileInvalidParameter)
	if err != nil {
		return nil, err
	}
	list, ok := r.body.list("ProfileItem")
	if !ok {
		return nil, refuse(restapi.CodeProfileInvalidParameter, "ProfileItem is missing or empty")
	}
	items := make(profile.Items, len(list))
	for i, raw := range list {
		item, ok := parseObject(raw)
		if !ok {
			return nil, refuse(restapi.CodeProfileInvalidParameter, "an item of ProfileItem is not an object")
		}
		tag, ok := item.text("Tag")
		if !ok {
			return nil, refuse(restapi.CodeProfileInvalidParameter, "Tag is not a string")
		}
		items[i] = profile.Item{Tag: tag, Value: item["Value"]}
	}
	change := profileChange{operator: r.admin, platform: callback.PlatformRESTAPI, clientIP: r.clientIP, at: r.now}
	event, err := s.changeProfile(who, items, change)
	if err != nil {
		return nil, err
	}
	r.after(who, event)
	return nil, nil
}

// profileChange is who changes a profile, from where and when.
type profileChange struct {
	operator string
	platform callback.Platform
	clientIP string
	at       time.Time
}

// changeProfile sets all items or none and returns the webhook that tells of it. The webhook has the fields that the
// change named, also those that had the value before.
func (s *state) changeProfile(who string, items profile.Items, by profileChange) (callback.Event, error) {
	u := s.users[who]
	if u == nil {
		return nil, refuse(restapi.CodeProfileAccountNotFound, "the account is not imported")
	}
	seen := make(map[string]bool, len(items))
	for _, item := range items {
		if seen[item.Tag] {
			return nil, refuse(restapi.CodeProfileInvalidParameter, item.Tag+" is set twice")
		}
		seen[item.Tag] = true
		if err := s.checkItem(item); err != nil {
			return nil, err
		}
	}
	u.set(items)
	return &callback.ProfilePortraitSet{
		Meta:            callback.Meta{OptPlatform: by.platform, ClientIP: by.clientIP},
		OperatorAccount: by.operator,
		FromAccount:     who,
		EventTime:       callback.EventTimeOf(by.at),
		ProfileItem:     slices.Clone(items),
	}, nil
}

func (s *state) checkItem(item profile.Item) error {
	if err := s.checkTag(item.Tag); err != nil {
		return err
	}
	if s.custom[item.Tag]&DenyWrite != 0 {
		return refuse(restapi.CodeProfileWriteDenied, "no right to write "+item.Tag)
	}
	if item.Value == nil {
		return refuse(restapi.CodeProfileInvalidParameter, item.Tag+" has no Value")
	}
	fault, reason := profilefields.CheckValue(item.Tag, item.Value)
	switch fault {
	case profilefields.WrongType:
		return refuse(restapi.CodeProfileInvalidValueType, item.Tag+" "+reason)
	case profilefields.TooLong:
		return refuse(restapi.CodeProfileValueTooLong, item.Tag+" "+reason)
	case profilefields.NotAllowed:
		return refuse(restapi.CodeProfileInvalidValue, item.Tag+" "+reason)
	}
	if text, ok := unquote(item.Value); ok && s.isForbidden(text) {
		return refuse(restapi.CodeProfileSensitiveText, item.Tag+" contains a forbidden word")
	}
	return nil
}

// checkTag refuses fields that the app does not have.
func (s *state) checkTag(tag string) error {
	if tag == "" {
		return refuse(restapi.CodeProfileInvalidParameter, "Tag is missing or empty")
	}
	if _, standard := profilefields.Lookup(tag); standard {
		return nil
	}
	fault, _ := profilefields.CheckTag(tag)
	_, declared := s.custom[tag]
	if fault != profilefields.None || !strings.HasPrefix(tag, profilefields.CustomPrefix) || s.custom != nil && !declared {
		return refuse(restapi.CodeProfileTagNotFound, "there is no field "+tag)
	}
	return nil
}

func customTag(keyword string) (string, error) {
	tag := profilefields.CustomPrefix + keyword
	if fault, reason := profilefields.CheckTag(tag); fault != profilefields.None {
		return "", errors.New(tag + " " + reason)
	}
	return tag, nil
}

type portrait struct {
	ToAccount   string        `json:"To_Account"`
	ProfileItem profile.Items `json:"ProfileItem,omitempty"`
	ResultCode  restapi.Code
	ResultInfo  string
}

type portraits struct {
	UserProfileItem []portrait
	FailAccount     []string `json:"Fail_Account,omitempty"`
}

func (s *state) portraitGet(r *request) (any, error) {
	users, ok := r.body.list("To_Account")
	if !ok {
		return nil, refuse(restapi.CodeProfileAccountMissing, "To_Account is missing or empty")
	}
	if len(users) > profile.MaxUsers {
		return nil, refuse(restapi.CodeProfileInvalidParameter, "To_Account has over 100 users")
	}
	tags, err := s.tagList(r.body)
	if err != nil {
		return nil, err
	}
	var result portraits
	for _, raw := range users {
		who, err := userID(raw, restapi.CodeProfileInvalidParameter)
		if err != nil {
			return nil, err
		}
		one := portrait{ToAccount: who}
		if u := s.users[who]; u != nil {
			one.ProfileItem = u.read(tags)
		} else {
			one.ResultCode, one.ResultInfo = restapi.CodeProfileAccountNotFound, "the account is not imported"
			result.FailAccount = append(result.FailAccount, who)
		}
		result.UserProfileItem = append(result.UserProfileItem, one)
	}
	// Whether an unknown account fails the call or only itself is not documented. Both are met here: the call fails when
	// there is no user left that could be read.
	if len(result.FailAccount) == len(users) {
		return nil, refuse(restapi.CodeProfileAccountNotFound, "the account is not imported")
	}
	return result, nil
}

func (s *state) tagList(body object) ([]string, error) {
	list, ok := body.list("TagList")
	if !ok {
		return nil, refuse(restapi.CodeProfileInvalidParameter, "TagList is missing or empty")
	}
	tags := make([]string, len(list))
	for i, raw := range list {
		if json.Unmarshal(raw, &tags[i]) != nil {
			return nil, refuse(restapi.CodeProfileInvalidParameter, "TagList has an item that is not a string")
		}
		if err := s.checkTag(tags[i]); err != nil {
			return nil, err
		}
		if s.custom[tags[i]]&DenyRead != 0 {
			return nil, refuse(restapi.CodeProfileReadDenied, "no right to read "+tags[i])
		}
	}
	return tags, nil
}

// read returns the fields of tags that have a value.
func (u *user) read(tags []string) profile.Items {
	var items profile.Items
	for _, tag := range tags {
		for _, item := range u.items {
			if item.Tag == tag {
				items = append(items, item)
			}
		}
	}
	return items
}

// ChangeProfile changes a profile as the user's own client on that platform does, by the same rules as portrait_set,
// and sends the webhook: Operator_Account is the user, OptPlatform the platform. The error is a *restapi.Error.
func (s *Server) ChangeProfile(userID string, platform callback.Platform, items ...profile.Item) error {
	turns, err := s.changeProfile(userID, platform, items)
	if refused, ok := errors.AsType[*refusal](err); ok {
		return &restapi.Error{Code: refused.code, Info: refused.info, Command: profile.CommandPortraitSet}
	}
	s.hooks.lanes.release(turns)
	return nil
}

func (s *Server) changeProfile(userID string, platform callback.Platform, items profile.Items) ([]*turn, error) {
	if len(items) == 0 {
		return nil, refuse(restapi.CodeProfileInvalidParameter, "there are no items")
	}
	change := profileChange{operator: userID, platform: platform, clientIP: "127.0.0.1", at: s.cfg.now()}
	s.mu.Lock()
	defer s.mu.Unlock()
	event, err := s.state.changeProfile(userID, items, change)
	if err != nil {
		return nil, err
	}
	turns := []*turn{{user: userID, event: event}}
	s.hooks.lanes.reserve(turns)
	return turns, nil
}
