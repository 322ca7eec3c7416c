package restapitest

import (
	"encoding/json"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/internal/profilefields"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func accountRoutes() []route {
	var routes []route
	for _, r := range []struct {
		cmd    restapi.Command
		handle func(*state, *request) (any, error)
	}{
		{account.CommandAccountImport, (*state).accountImport},
		{account.CommandMultiAccountImport, (*state).multiAccountImport},
		{account.CommandAccountDelete, (*state).accountDelete},
		{account.CommandAccountCheck, (*state).accountCheck},
		{account.CommandKick, (*state).kick},
	} {
		routes = append(routes, route{
			cmd:     r.cmd,
			admin:   restapi.CodeAccountAdminRequired,
			syntax:  restapi.CodeInvalidRequestJSON,
			invalid: restapi.CodeAccountInvalidParameter,
			handle:  r.handle,
		})
	}
	return routes
}

func (s *state) accountImport(r *request) (any, error) {
	return nil, s.importOne(userField(r), r.body)
}

// userField is the user that a call is about. The field was once called Identifier, and many programs still say so.
func userField(r *request) json.RawMessage {
	older, ok := r.body["Identifier"]
	if ok && r.body["UserID"] == nil && r.tolerate("the user is in Identifier, not in UserID") {
		return older
	}
	return r.body["UserID"]
}

// importOne imports a user with what Nick and FaceUrl say. An account that is there gets the new nickname and avatar.
func (s *state) importOne(user json.RawMessage, o object) error {
	who, err := userID(user, restapi.CodeAccountInvalidParameter)
	if err != nil {
		return err
	}
	var items profile.Items
	for _, field := range []struct {
		key string
		as  profile.Field[string]
	}{{"Nick", profile.Nick}, {"FaceUrl", profile.AvatarURL}} {
		text, ok := o.text(field.key)
		switch {
		case !ok:
			return refuse(restapi.CodeAccountInvalidParameter, field.key+" is not a string")
		case len(text) > profilefields.MaxBytes:
			return refuse(restapi.CodeProfileValueTooLong, field.key+" is over 500 bytes")
		case s.isForbidden(text):
			return refuse(restapi.CodeProfileSensitiveText, field.key+" contains a forbidden word")
		case text != "":
			items = append(items, field.as.To(text))
		}
	}
	s.imported(who).set(items)
	return nil
}

func (s *state) multiAccountImport(r *request) (any, error) {
	_, newer := r.body["AccountList"]
	_, older := r.body["Accounts"]
	if newer == older {
		return nil, refuse(restapi.CodeAccountInvalidParameter, "either AccountList or Accounts must be given")
	}
	key := "Accounts"
	if newer {
		key = "AccountList"
	}
	list, err := batch(r.body, key)
	if err != nil {
		return nil, err
	}
	accounts := make([]object, len(list))
	for i, raw := range list {
		accounts[i] = object{"UserID": raw}
		if newer {
			var ok bool
			if accounts[i], ok = parseObject(raw); !ok {
				return nil, refuse(restapi.CodeAccountInvalidParameter, "an item of AccountList is not an object")
			}
		}
		if _, ok := accounts[i].text("UserID"); !ok {
			return nil, refuse(restapi.CodeInvalidUserIDType, "a user must be given as a string")
		}
	}
	var result struct {
		FailAccounts []string `json:",omitempty"`
	}
	for _, one := range accounts {
		if err := s.importOne(one["UserID"], one); err != nil {
			who, _ := one.text("UserID")
			result.FailAccounts = append(result.FailAccounts, who)
		}
	}
	return result, nil
}

type accountResult struct {
	UserID        string
	ResultCode    restapi.Code
	ResultInfo    string
	AccountStatus account.Status `json:",omitempty"`
}

type accountResults struct {
	ResultItem []accountResult
}

func (s *state) accountDelete(r *request) (any, error) {
	users, err := batchUsers(r.body, "DeleteItem")
	if err != nil {
		return nil, err
	}
	var results accountResults
	for _, who := range users {
		one := accountResult{UserID: who}
		if s.users[who] == nil {
			one.ResultCode, one.ResultInfo = restapi.CodeAccountNotFound, infoAccountNotFound
		}
		delete(s.users, who)
		results.ResultItem = append(results.ResultItem, one)
	}
	return results, nil
}

func (s *state) accountCheck(r *request) (any, error) {
	users, err := batchUsers(r.body, "CheckItem")
	if err != nil {
		return nil, err
	}
	var results accountResults
	for _, who := range users {
		one := accountResult{UserID: who, AccountStatus: account.NotImported}
		if s.users[who] != nil {
			one.AccountStatus = account.Imported
		}
		results.ResultItem = append(results.ResultItem, one)
	}
	return results, nil
}

func (s *state) kick(r *request) (any, error) {
	who, err := userID(userField(r), restapi.CodeAccountInvalidParameter)
	if err != nil {
		return nil, err
	}
	u := s.users[who]
	if u == nil {
		return nil, refuse(restapi.CodeAccountNotFound, "the account is not imported")
	}
	u.kicked = r.now
	u.status = nil
	return nil, nil
}

// batch returns the items under key, 1 to 100.
func batch(body object, key string) ([]json.RawMessage, error) {
	list, ok := body.list(key)
	switch {
	case !ok:
		return nil, refuse(restapi.CodeAccountInvalidParameter, key+" is missing or empty")
	case len(list) > account.MaxAccounts:
		return nil, refuse(restapi.CodeAccountInvalidParameter, key+" has over 100 accounts")
	}
	return list, nil
}

func batchUsers(body object, key string) ([]string, error) {
	list, err := batch(body, key)
	if err != nil {
		return nil, err
	}
	users := make([]string, len(list))
	for i, raw := range list {
		item, ok := parseObject(raw)
		if !ok {
			return nil, refuse(restapi.CodeAccountInvalidParameter, "an item of "+key+" is not an object")
		}
		if users[i], err = userID(item["UserID"], restapi.CodeAccountInvalidParameter); err != nil {
			return nil, err
		}
	}
	return users, nil
}
