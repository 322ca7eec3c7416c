package restapitest

import (
	"bytes"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func onlineRoutes() []route {
	area := route{
		admin:   restapi.CodeMessageAdminRequired,
		syntax:  restapi.CodeMessageInvalidJSON,
		invalid: restapi.CodeMessageInvalidJSON,
	}
	query, state := area, area
	query.cmd, query.handle = account.CommandQueryOnlineStatus, onlineStatus
	state.cmd, state.handle = account.CommandQueryState, onlineState
	return []route{query, state}
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

func onlineStatus(s *state, r *request) (any, error) {
	var result struct {
		QueryResult []onlineResult  `json:",omitempty"`
		ErrorList   []onlineFailure `json:",omitempty"`
	}
	users, detail, err := onlineUsers(r.body)
	if err != nil {
		return nil, err
	}
	for _, who := range users {
		u := s.users[who]
		if u == nil {
			result.ErrorList = append(result.ErrorList, onlineFailure{who, restapi.CodeAccountNotFound})
			continue
		}
		one := onlineResult{ToAccount: who, Status: u.online(), State: u.online()}
		if detail {
			one.Detail = u.status
		}
		result.QueryResult = append(result.QueryResult, one)
	}
	if len(result.QueryResult) == 0 {
		return nil, refuse(restapi.CodeAccountNotFound, "none of the accounts is imported")
	}
	return result, nil
}

// onlineState is the older command. It has no list of failures: in place of an account that is not imported it names
// one that stands for all of them.
func onlineState(s *state, r *request) (any, error) {
	result := struct{ QueryResult []onlineResult }{[]onlineResult{}}
	users, detail, err := onlineUsers(r.body)
	if err != nil {
		return nil, err
	}
	for _, who := range users {
		u := s.users[who]
		if u == nil {
			result.QueryResult = append(result.QueryResult, onlineResult{ToAccount: userid.NotFound, State: account.Offline})
			continue
		}
		one := onlineResult{ToAccount: who, State: u.online()}
		if detail {
			one.Detail = u.status
		}
		result.QueryResult = append(result.QueryResult, one)
	}
	return result, nil
}

func onlineUsers(body object) (users []string, detail bool, err error) {
	list, ok := body.list("To_Account")
	switch {
	case !ok:
		return nil, false, refuse(restapi.CodeMessageInvalidJSON, "To_Account is missing or empty")
	case len(list) > account.MaxStatusAccounts:
		return nil, false, refuse(restapi.CodeMessageTooManyReceivers, "To_Account has over 500 accounts")
	}
	users = make([]string, len(list))
	for i, raw := range list {
		if users[i], err = userID(raw, restapi.CodeMessageInvalidToAccount); err != nil {
			return nil, false, refuse(restapi.CodeMessageInvalidToAccount, "To_Account: "+err.Error())
		}
	}
	return users, string(bytes.TrimSpace(body["IsNeedDetail"])) == "1", nil
}

// online is the status of the user as a whole: the best of any platform.
func (u *user) online() account.OnlineStatus {
	best := account.Offline
	for _, p := range u.status {
		switch p.Status {
		case account.Online:
			return account.Online
		case account.PushOnline:
			best = account.PushOnline
		}
	}
	return best
}
