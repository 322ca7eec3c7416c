package account_test

import (
	"context"
	"testing"
	"time"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestCommandsAreAsDocumented(t *testing.T) {
	t.Parallel()
	users := []string{"ann", "bob"}
	full := account.Account{UserID: "UserID", Nick: "Nick", FaceURL: "FaceUrl"}
	conform.Area(t, "account", []conform.Row{
		{Command: account.CommandAccountImport, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return nil, account.NewClient(c).Import(ctx, full)
		}},
		{Command: account.CommandMultiAccountImport, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return account.NewClient(c).MultiImport(ctx, []account.Account{full, {UserID: "bob"}})
		}, Hints: map[string]any{"FailAccounts": conform.Asked("AccountList[].UserID")}},
		{Command: account.CommandAccountDelete, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return account.NewClient(c).Delete(ctx, users)
		}},
		{Command: account.CommandAccountCheck, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return account.NewClient(c).Check(ctx, users)
		}},
		{Command: account.CommandKick, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return nil, account.NewClient(c).Kick(ctx, "ann")
		}},
		{Command: account.CommandQueryOnlineStatus, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return account.NewClient(c).QueryOnlineStatus(ctx, users, account.WithDetail())
		}},
		{Command: account.CommandQueryState, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return account.NewClient(c).QueryState(ctx, users, account.WithDetail())
		}},
		{Command: account.CommandAdminSetDoNotDisturb, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return nil, account.NewClient(c).SetDoNotDisturb(ctx, "ann", account.DoNotDisturb{
				StartTime: time.Unix(1790805600, 0), EndTime: time.Unix(1790827200, 0), IsRepeated: true, Level: 1,
			})
		}},
	}, conform.Exception{
		Command: account.CommandMultiAccountImport, Request: "Accounts",
		Reason: "the older form, which cannot set a nickname",
	}, conform.Exception{
		Command: account.CommandAccountDelete, Answer: "ResultItem[].AccountStatus",
		Reason: "the answer is read as that of Check",
	}, conform.Exception{
		Command: account.CommandQueryState, Answer: "QueryResult[].Status",
		Reason: "the answer is read as that of QueryOnlineStatus",
	}, conform.Exception{
		Command: account.CommandQueryState, Answer: "ErrorList",
		Reason: "the answer is read as that of QueryOnlineStatus",
	})
}
