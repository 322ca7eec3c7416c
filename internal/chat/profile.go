package chat

import (
	"bytes"
	"slices"
	"strings"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/profilefields"
	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/moderation"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func profiles() area {
	return area{
		admin:   restapi.CodeProfileAdminRequired,
		syntax:  restapi.CodeProfileInvalidParameter,
		invalid: restapi.CodeProfileInvalidParameter,
		display: true,
		commands: []command{
			does(profile.CommandPortraitSet, portraitSet).refusing(map[fault]restapi.Code{
				{"ProfileItem[].Value", shape.WrongType}: 0, // the type is the field's, and so is the code
			}),
			does(profile.CommandPortraitGet, portraitGet).refusing(map[fault]restapi.Code{
				{path: "To_Account"}: restapi.CodeProfileAccountMissing,
			}),
		},
	}
}

func portraitSet(a *App, c *call, req *struct {
	FromAccount string `json:"From_Account"`
	ProfileItem profile.Items
},
) (any, error) {
	if err := checkUser(req.FromAccount, restapi.CodeProfileInvalidParameter); err != nil {
		return nil, err
	}
	return nil, a.setProfile(c, req.FromAccount, req.ProfileItem)
}

// setProfile sets all items or none. The webhook has the fields that were named, also those that had the value before.
func (a *App) setProfile(c *call, who string, items profile.Items) error {
	if len(items) == 0 {
		return refuse(restapi.CodeProfileInvalidParameter, "ProfileItem is empty")
	}
	u, err := a.refuseUnknown(who, restapi.CodeProfileAccountNotFound)
	if err != nil {
		return err
	}
	for i, item := range items {
		if slices.ContainsFunc(items[:i], func(before profile.Item) bool { return before.Tag == item.Tag }) {
			return refuse(restapi.CodeProfileInvalidParameter, item.Tag+" is set twice")
		}
		if err := a.checkItem(item); err != nil {
			return err
		}
		if err := a.screenItem(c, who, item); err != nil {
			return err
		}
	}
	u.set(items)
	c.after(who, &callback.ProfilePortraitSet{
		OperatorAccount: c.by.UserID,
		FromAccount:     who,
		EventTime:       callback.EventTimeOf(c.now),
		ProfileItem:     slices.Clone(items),
	})
	return nil
}

func (a *App) checkItem(item profile.Item) error {
	if err := a.checkTag(item.Tag); err != nil {
		return err
	}
	if denied, _ := a.set.right(item.Tag); denied&DenyWrite != 0 {
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
	return nil
}

// screenItem refuses a text with a word that moderation stops, and tells the backend of it.
func (a *App) screenItem(c *call, who string, item profile.Item) error {
	text, ok := wire.Unquote(bytes.TrimSpace(item.Value))
	if !ok {
		return nil
	}
	found := a.inspect(text)
	a.report(c, who, &found, moderation.UserInfo, who, nil)
	if found.blocks() {
		return refuse(restapi.CodeProfileSensitiveText, item.Tag+" contains a forbidden word")
	}
	return nil
}

// checkTag refuses fields that the app does not have.
func (a *App) checkTag(tag string) error {
	if tag == "" {
		return refuse(restapi.CodeProfileInvalidParameter, "Tag is empty")
	}
	if _, standard := profilefields.Lookup(tag); standard {
		return nil
	}
	fault, _ := profilefields.CheckTag(tag)
	_, declared := a.set.right(tag)
	if fault != profilefields.None || !strings.HasPrefix(tag, profilefields.CustomPrefix) || !declared {
		return refuse(restapi.CodeProfileTagNotFound, "there is no field "+tag)
	}
	return nil
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

func portraitGet(a *App, _ *call, req *struct {
	ToAccount []string `json:"To_Account"`
	TagList   []string
},
) (any, error) {
	switch {
	case len(req.ToAccount) == 0:
		return nil, refuse(restapi.CodeProfileAccountMissing, "To_Account is empty")
	case len(req.ToAccount) > profile.MaxUsers:
		return nil, refuse(restapi.CodeProfileInvalidParameter, "To_Account has over 100 users")
	}
	if err := a.checkTags(req.TagList); err != nil {
		return nil, err
	}
	if err := checkUsers(req.ToAccount, restapi.CodeProfileInvalidParameter); err != nil {
		return nil, err
	}
	var result portraits
	for _, who := range req.ToAccount {
		one := portrait{ToAccount: who}
		if u := a.users.byID[who]; u != nil {
			one.ProfileItem = readItems(u.items, req.TagList)
		} else {
			one.ResultCode, one.ResultInfo = restapi.CodeProfileAccountNotFound, "the account is not imported"
			result.FailAccount = append(result.FailAccount, who)
		}
		result.UserProfileItem = append(result.UserProfileItem, one)
	}
	// Whether an unknown account fails the call or only itself is not documented. Both are met here: the call fails when
	// there is no user left that could be read.
	if len(result.FailAccount) == len(req.ToAccount) {
		return nil, refuse(restapi.CodeProfileAccountNotFound, "the account is not imported")
	}
	return result, nil
}

func (a *App) checkTags(tags []string) error {
	if len(tags) == 0 {
		return refuse(restapi.CodeProfileInvalidParameter, "TagList is empty")
	}
	for _, tag := range tags {
		if err := a.checkTag(tag); err != nil {
			return err
		}
		if denied, _ := a.set.right(tag); denied&DenyRead != 0 {
			return refuse(restapi.CodeProfileReadDenied, "no right to read "+tag)
		}
	}
	return nil
}

// readItems returns the fields of tags that have a value.
func readItems(items profile.Items, tags []string) profile.Items {
	var found profile.Items
	for _, tag := range tags {
		for _, item := range items {
			if item.Tag == tag {
				found = append(found, item)
			}
		}
	}
	return found
}
