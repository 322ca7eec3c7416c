package chat

import (
	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func online() area {
	noUsers := map[fault]restapi.Code{
		{"To_Account", shape.Missing}:   restapi.CodeMessageInvalidJSON,
		{"To_Account", shape.WrongType}: restapi.CodeMessageInvalidJSON,
	}
	return area{
		admin:   restapi.CodeMessageAdminRequired,
		syntax:  restapi.CodeMessageInvalidJSON,
		invalid: restapi.CodeMessageInvalidJSON,
		commands: []command{
			does(account.CommandQueryOnlineStatus, queryOnlineStatus).refusing(noUsers),
			does(account.CommandQueryState, queryState).refusing(noUsers),
		},
	}
}

type onlineQuery struct {
	ToAccount    []string `json:"To_Account"`
	IsNeedDetail int
}

func (q *onlineQuery) check() error {
	switch {
	case len(q.ToAccount) == 0:
		return refuse(restapi.CodeMessageInvalidJSON, "To_Account is empty")
	case len(q.ToAccount) > account.MaxStatusAccounts:
		return refuse(restapi.CodeMessageTooManyReceivers, "To_Account has over 500 accounts")
	}
	return checkUsers(q.ToAccount, restapi.CodeMessageInvalidToAccount)
}

// onlineResult is the status of one user. The older command has it as State alone, the newer one under both names.
type onlineResult struct {
	ToAccount string                   `json:"To_Account"`
	Status    account.OnlineStatus     `json:",omitempty"`
	State     account.OnlineStatus     `json:",omitempty"`
	Detail    []account.PlatformStatus `json:",omitempty"`
}

type onlineFailure struct {
	ToAccount string `json:"To_Account"`
	ErrorCode restapi.Code
}

func queryOnlineStatus(a *App, c *call, req *onlineQuery) (any, error) {
	if err := req.check(); err != nil {
		return nil, err
	}
	var result struct {
		QueryResult []onlineResult  `json:",omitempty"`
		ErrorList   []onlineFailure `json:",omitempty"`
	}
	for _, who := range req.ToAccount {
		u := a.users.byID[who]
		if u == nil {
			result.ErrorList = append(result.ErrorList, onlineFailure{who, restapi.CodeAccountNotFound})
			continue
		}
		one := u.online(who, c, req)
		one.Status = one.State
		result.QueryResult = append(result.QueryResult, one)
	}
	if len(result.QueryResult) == 0 {
		return nil, refuse(restapi.CodeAccountNotFound, "none of the accounts is imported")
	}
	return result, nil
}

// queryState is the older command. It has no list of failures: in place of an account that is not imported it names one
// that stands for all of them.
func queryState(a *App, c *call, req *onlineQuery) (any, error) {
	if err := req.check(); err != nil {
		return nil, err
	}
	result := struct{ QueryResult []onlineResult }{[]onlineResult{}}
	for _, who := range req.ToAccount {
		one := onlineResult{ToAccount: userid.NotFound, State: account.Offline}
		if u := a.users.byID[who]; u != nil {
			one = u.online(who, c, req)
		}
		result.QueryResult = append(result.QueryResult, one)
	}
	return result, nil
}

// online is the status of a user as a whole, the best of any platform, and of each platform where it is asked for.
func (u *user) online(who string, c *call, req *onlineQuery) onlineResult {
	best, each := u.status(c.now)
	one := onlineResult{ToAccount: who, State: best}
	if req.IsNeedDetail == 1 {
		one.Detail = each
	}
	return one
}
