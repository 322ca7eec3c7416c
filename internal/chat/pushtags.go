package chat

import (
	"errors"
	"slices"

	"github.com/go-tencentchat/tencentchat/push"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Documented for names, values and tags, in bytes and in number.
const (
	maxPushText = 50
	maxUserTags = 100
)

// pushTags are the commands for attributes and tags. Both generations have the same.
func pushTags() area {
	return area{
		admin:   restapi.CodeMessageAdminRequired,
		syntax:  restapi.CodeMessageInvalidJSON,
		invalid: restapi.CodeMessageInvalidJSON,
		commands: []command{
			does(push.CommandSetAttrName, setAttrName), does(push.CommandIMSetAttrName, setAttrName),
			does(push.CommandGetAttrName, getAttrName), does(push.CommandIMGetAttrName, getAttrName),
			does(push.CommandSetAttr, setAttr), does(push.CommandIMSetAttr, older(setAttr)),
			does(push.CommandGetAttr, getAttr), does(push.CommandIMGetAttr, older(getAttr)),
			does(push.CommandRemoveAttr, removeAttr), does(push.CommandIMRemoveAttr, older(removeAttr)),
			does(push.CommandAddTag, addTag), does(push.CommandIMAddTag, older(addTag)),
			does(push.CommandGetTag, getTag), does(push.CommandIMGetTag, older(getTag)),
			does(push.CommandRemoveTag, removeTag), does(push.CommandIMRemoveTag, older(removeTag)),
			does(push.CommandClearAllTags, clearAllTags), does(push.CommandIMRemoveAllTags, older(clearAllTags)),
		},
		kinds:  pushKinds(),
		forget: func(s *state, userID string) { s.pushes.forget(userID) },
	}
}

// A userList is the answer of a command about several users.
type userList struct {
	UserAttrs []userAttrs  `json:",omitzero"`
	UserTags  []userTags   `json:",omitzero"`
	ErrorList []notReached `json:",omitempty"`
}

type userAttrs struct {
	ToAccount string `json:"To_Account"`
	Attrs     map[string]string
}

type userTags struct {
	ToAccount string `json:"To_Account"`
	Tags      []string
}

// older makes the command of the older generation of one of the push service: it does not say for whom it has failed.
func older[Req any](do func(*App, *call, *Req) (any, error)) func(*App, *call, *Req) (any, error) {
	return func(a *App, c *call, req *Req) (any, error) {
		result, err := do(a, c, req)
		if list, ok := result.(userList); ok {
			list.ErrorList = nil
			result = list
		}
		return result, err
	}
}

// checkPushed refuses a list of users that is empty, too long, or has an ID that nobody can have.
func checkPushed(userIDs []string) error {
	switch {
	case len(userIDs) == 0:
		return refuse(restapi.CodeMessageInvalidJSON, "there are no users")
	case len(userIDs) > push.MaxUsers:
		return refuse(restapi.CodeMessageTooManyAccounts, "there are over 100 users")
	case slices.Contains(userIDs, ""):
		return refuse(restapi.CodeMessageInvalidJSON, "a user has no name")
	}
	return nil
}

// members goes through users who are there, and notes the others.
func (a *App) members(userIDs []string, each func(userID string) error) (list userList) {
	for _, userID := range userIDs {
		code := restapi.CodeAccountNotFound
		if a.users.byID[userID] != nil {
			refused, _ := errors.AsType[*Refusal](each(userID))
			if refused == nil {
				continue
			}
			code = refused.Code
		}
		list.ErrorList = append(list.ErrorList, notReached{userID, code})
	}
	return list
}

func usersOf[T any](list []T, userID func(T) string) []string {
	userIDs := make([]string, len(list))
	for i, one := range list {
		userIDs[i] = userID(one)
	}
	return userIDs
}

// listedUsers are the users of a command that has nothing else.
type listedUsers struct {
	ToAccount []string `json:"To_Account"`
}

// addTag refuses the whole call where a user would have too many tags. That is a guess.
func addTag(a *App, _ *call, req *struct {
	Replace  int
	UserTags []userTags
},
) (any, error) {
	most := push.MaxTags
	if req.Replace == 1 {
		most = push.MaxReplacedTags
	}
	after := map[string][]string{}
	for _, one := range req.UserTags {
		if len(one.Tags) > most {
			return nil, refuse(restapi.CodePushTooManyTags, "a user would get too many tags at once")
		}
		if err := checkTags(one.Tags, restapi.CodePushTagTooLong); err != nil {
			return nil, err
		}
		var tags []string
		if u := a.pushes.tagged[one.ToAccount]; u != nil && req.Replace != 1 {
			tags = slices.Clone(u.tags)
		}
		for _, tag := range one.Tags {
			if !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
		}
		if len(tags) > maxUserTags {
			return nil, refuse(restapi.CodePushTooManyTags, "a user would have over 100 tags")
		}
		after[one.ToAccount] = tags
	}
	return a.changeTags(req.UserTags, func(userID string, u *tagged) { u.tags = after[userID] })
}

// checkTags refuses, with long, a tag of over 50 bytes, and an empty one.
func checkTags(tags []string, long restapi.Code) error {
	for _, tag := range tags {
		switch {
		case tag == "":
			return refuse(restapi.CodePushEmptyTag, "a tag is empty")
		case len(tag) > maxPushText:
			return refuse(long, "a tag is over 50 bytes")
		}
	}
	return nil
}

// changeTags changes the tags of users who are there.
func (a *App) changeTags(list []userTags, change func(userID string, u *tagged)) (any, error) {
	userIDs := usersOf(list, func(u userTags) string { return u.ToAccount })
	if err := checkPushed(userIDs); err != nil {
		return nil, err
	}
	return a.members(userIDs, func(userID string) error {
		change(userID, a.pushes.of(userID))
		return nil
	}), nil
}

func getTag(a *App, _ *call, req *listedUsers) (any, error) {
	if err := checkPushed(req.ToAccount); err != nil {
		return nil, err
	}
	found := []userTags{}
	list := a.members(req.ToAccount, func(userID string) error {
		one := userTags{userID, []string{}}
		if u := a.pushes.tagged[userID]; u != nil {
			one.Tags = append(one.Tags, u.tags...)
		}
		found = append(found, one)
		return nil
	})
	list.UserTags = found
	return list, nil
}

func removeTag(a *App, _ *call, req *struct{ UserTags []userTags }) (any, error) {
	gone := map[string][]string{}
	for _, one := range req.UserTags {
		gone[one.ToAccount] = one.Tags
	}
	return a.changeTags(req.UserTags, func(userID string, u *tagged) {
		u.tags = slices.DeleteFunc(u.tags, func(tag string) bool { return slices.Contains(gone[userID], tag) })
	})
}

func clearAllTags(a *App, _ *call, req *listedUsers) (any, error) {
	list := make([]userTags, len(req.ToAccount))
	for i, userID := range req.ToAccount {
		list[i].ToAccount = userID
	}
	return a.changeTags(list, func(_ string, u *tagged) { u.tags = nil })
}
