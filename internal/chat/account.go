package chat

import (
	"time"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/internal/profilefields"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func accounts() area {
	return area{
		admin:   restapi.CodeAccountAdminRequired,
		syntax:  restapi.CodeInvalidRequestJSON,
		invalid: restapi.CodeAccountInvalidParameter,
		commands: []command{
			does(account.CommandAccountImport, accountImport).aka("Identifier", "UserID"),
			does(account.CommandMultiAccountImport, multiAccountImport),
			does(account.CommandAccountDelete, accountDelete),
			does(account.CommandAccountCheck, accountCheck),
			does(account.CommandKick, kick).aka("Identifier", "UserID"),
		},
		kinds: []kind{keeps("user", userLines, sortUserLines, loadUser)},
	}
}

// named is an item that names an account.
type named struct{ UserID string }

type newAccount struct {
	UserID, Nick string
	FaceURL      string `json:"FaceUrl"`
}

func accountImport(a *App, _ *call, req *newAccount) (any, error) { return nil, a.importAccount(*req) }

// importAccount imports a user with what Nick and FaceUrl say. An account that is there gets the new nickname and
// avatar.
func (a *App) importAccount(one newAccount) error {
	if err := checkUser(one.UserID, restapi.CodeAccountInvalidParameter); err != nil {
		return err
	}
	var items profile.Items
	for _, field := range [...]struct {
		name, text string
		as         profile.Field[string]
	}{{"Nick", one.Nick, profile.Nick}, {"FaceUrl", one.FaceURL, profile.AvatarURL}} {
		switch {
		case len(field.text) > profilefields.MaxBytes:
			return refuse(restapi.CodeProfileValueTooLong, field.name+" is over 500 bytes")
		case a.forbids(field.text):
			return refuse(restapi.CodeProfileSensitiveText, field.name+" contains a forbidden word")
		case field.text != "":
			items = append(items, field.as.To(field.text))
		}
	}
	if a.users.byID[one.UserID] == nil {
		a.count(a.cfg.Now(), func(d *day) { d.registered++ })
	}
	a.users.importOne(one.UserID).set(items)
	return nil
}

func multiAccountImport(a *App, _ *call, req *struct {
	AccountList []newAccount
	Accounts    []string
},
) (any, error) {
	if (req.AccountList == nil) == (req.Accounts == nil) {
		return nil, refuse(restapi.CodeAccountInvalidParameter, "either AccountList or Accounts must be given")
	}
	list := req.AccountList
	for _, userID := range req.Accounts {
		list = append(list, newAccount{UserID: userID})
	}
	if err := checkBatch(len(list)); err != nil {
		return nil, err
	}
	var result struct {
		FailAccounts []string `json:",omitempty"`
	}
	for _, one := range list {
		if a.importAccount(one) != nil {
			result.FailAccounts = append(result.FailAccounts, one.UserID)
		}
	}
	return result, nil
}

// checkBatch refuses a list that does not have 1 to 100 accounts.
func checkBatch(n int) error {
	switch {
	case n == 0:
		return refuse(restapi.CodeAccountInvalidParameter, "the list of accounts is empty")
	case n > account.MaxAccounts:
		return refuse(restapi.CodeAccountInvalidParameter, "there are over 100 accounts")
	}
	return nil
}

func checkNamed(list []named) error {
	if err := checkBatch(len(list)); err != nil {
		return err
	}
	for _, one := range list {
		if err := checkUser(one.UserID, restapi.CodeAccountInvalidParameter); err != nil {
			return err
		}
	}
	return nil
}

type accountResult struct {
	UserID        string
	ResultCode    restapi.Code
	ResultInfo    string
	AccountStatus account.Status `json:",omitempty"`
}

type accountResults struct{ ResultItem []accountResult }

func accountDelete(a *App, c *call, req *struct{ DeleteItem []named }) (any, error) {
	if err := checkNamed(req.DeleteItem); err != nil {
		return nil, err
	}
	var results accountResults
	for _, item := range req.DeleteItem {
		one := accountResult{UserID: item.UserID}
		if a.users.byID[item.UserID] == nil {
			one.ResultCode, one.ResultInfo = restapi.CodeAccountNotFound, infoAccountNotFound
		}
		a.forget(c, item.UserID)
		results.ResultItem = append(results.ResultItem, one)
	}
	return results, nil
}

// forget takes away an account and all traces of it.
func (a *App) forget(c *call, userID string) {
	u := a.users.byID[userID]
	if u == nil {
		return
	}
	u.kickAll(c.now)
	for _, area := range a.areas {
		if area.forget != nil {
			area.forget(&a.state, userID)
		}
	}
	delete(a.users.byID, userID)
}

func accountCheck(a *App, _ *call, req *struct{ CheckItem []named }) (any, error) {
	if err := checkNamed(req.CheckItem); err != nil {
		return nil, err
	}
	var results accountResults
	for _, item := range req.CheckItem {
		one := accountResult{UserID: item.UserID, AccountStatus: account.NotImported}
		if a.users.byID[item.UserID] != nil {
			one.AccountStatus = account.Imported
		}
		results.ResultItem = append(results.ResultItem, one)
	}
	return results, nil
}

func kick(a *App, c *call, req *named) (any, error) {
	if err := checkUser(req.UserID, restapi.CodeAccountInvalidParameter); err != nil {
		return nil, err
	}
	u, err := a.refuseUnknown(req.UserID, restapi.CodeAccountNotFound)
	if err != nil {
		return nil, err
	}
	u.kicked = c.now.Truncate(time.Second)
	u.kickAll(c.now)
	return nil, nil
}
