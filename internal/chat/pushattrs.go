package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/push"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// attrNames are the names of attributes by number, and their types.
type attrNames struct {
	AttrNames map[int]string
	AttrTypes map[int]push.AttrType `json:",omitempty"`
}

// setAttrName keeps the names that are not in the request. That is a guess.
func setAttrName(a *App, _ *call, req *struct {
	AttrNames map[string]string
	AttrTypes map[string]push.AttrType
},
) (any, error) {
	names := a.pushes.names
	for key, name := range req.AttrNames {
		if len(key) != 1 || key < "0" || key > "9" {
			return nil, refuse(restapi.CodeMessageInvalidJSON, "a key of AttrNames is not a number from 0 to 9")
		}
		kind, given := req.AttrTypes[key]
		n := key[0] - '0'
		switch was := names[n]; {
		case name == "" || len(name) > maxPushText:
			return nil, refuse(restapi.CodePushInvalidAttribute, "a name is empty, or over 50 bytes")
		case kind != push.AttrTypeUserID && kind != push.AttrTypeRegistrationID:
			return nil, refuse(restapi.CodeMessageInvalidJSON, "a type is not 0 or 1")
		case was.name != "" && given && was.kind != kind:
			return nil, refuse(restapi.CodePushInvalidAttribute, "the type of an attribute cannot be changed")
		case was.name == "":
			names[n].kind = kind
		}
		names[n].name = name
	}
	for n, one := range names {
		if slices.ContainsFunc(names[:n], func(other attrName) bool { return one.name != "" && other.name == one.name }) {
			return nil, refuse(restapi.CodePushInvalidAttribute, "attrName:"+one.name+" already exists at another index")
		}
	}
	a.pushes.names = names
	return nil, nil
}

func getAttrName(a *App, _ *call, _ *struct{}) (any, error) {
	result := attrNames{AttrNames: map[int]string{}}
	for n, one := range a.pushes.names {
		if one.name == "" {
			continue
		}
		result.AttrNames[n] = one.name
		if one.kind != push.AttrTypeUserID {
			put(&result.AttrTypes, n, one.kind)
		}
	}
	return result, nil
}

var errNoAttr = refuse(restapi.CodePushInvalidAttribute, "there is no attribute of that name")

func setAttr(a *App, _ *call, req *struct{ UserAttrs []userAttrs }) (any, error) {
	byUser := map[string]map[string]string{}
	for _, one := range req.UserAttrs {
		for name, value := range one.Attrs {
			if a.pushes.number(name) < 0 {
				return nil, errNoAttr
			}
			if len(value) > maxPushText {
				return nil, refuse(restapi.CodePushInvalidAttribute, "a value is over 50 bytes")
			}
		}
		byUser[one.ToAccount] = one.Attrs
	}
	userIDs := usersOf(req.UserAttrs, func(u userAttrs) string { return u.ToAccount })
	if err := checkPushed(userIDs); err != nil {
		return nil, err
	}
	return a.members(userIDs, func(userID string) error {
		for name := range byUser[userID] {
			if a.pushes.names[a.pushes.number(name)].kind != push.AttrTypeUserID {
				return refuse(restapi.CodePushAttributeAccountType, "the attribute is for RegistrationIDs")
			}
		}
		for name, value := range byUser[userID] {
			a.pushes.of(userID).attrs[a.pushes.number(name)] = value
		}
		return nil
	}), nil
}

func getAttr(a *App, _ *call, req *listedUsers) (any, error) {
	if err := checkPushed(req.ToAccount); err != nil {
		return nil, err
	}
	found := []userAttrs{}
	list := a.members(req.ToAccount, func(userID string) error {
		found = append(found, userAttrs{userID, a.pushes.named(userID)})
		return nil
	})
	list.UserAttrs = found
	return list, nil
}

// named are the attributes of a user by their names.
func (s *pushes) named(userID string) map[string]string {
	attrs := map[string]string{}
	if u := s.tagged[userID]; u != nil {
		for n, value := range u.attrs {
			attrs[s.names[n].name] = value
		}
	}
	return attrs
}

func removeAttr(a *App, _ *call, req *struct {
	UserAttrs []struct {
		ToAccount string `json:"To_Account"`
		Attrs     []string
	}
},
) (any, error) {
	byUser := map[string][]string{}
	var userIDs []string
	for _, one := range req.UserAttrs {
		if slices.ContainsFunc(one.Attrs, func(name string) bool { return a.pushes.number(name) < 0 }) {
			return nil, errNoAttr
		}
		byUser[one.ToAccount] = one.Attrs
		userIDs = append(userIDs, one.ToAccount)
	}
	if err := checkPushed(userIDs); err != nil {
		return nil, err
	}
	return a.members(userIDs, func(userID string) error {
		for _, name := range byUser[userID] {
			delete(a.pushes.of(userID).attrs, a.pushes.number(name))
		}
		return nil
	}), nil
}
