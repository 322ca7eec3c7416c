package account_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func Example() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	ctx := context.Background()

	accounts := account.NewClient(srv.Client())
	if err := accounts.Import(ctx, account.Account{UserID: "leckie", Nick: "Leckie"}); err != nil {
		fmt.Println(err)
	}
	checked, err := accounts.Check(ctx, []string{"leckie", "jane"})
	if err != nil {
		fmt.Println(err)
	}
	for _, c := range checked {
		fmt.Println(c.UserID, c.Status, c.Err())
	}
	// Output:
	// leckie Imported <nil>
	// jane NotImported <nil>
}

func ExampleClient_QueryOnlineStatus() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	_ = srv.User("leckie").Background(true)

	accounts := account.NewClient(srv.Client())
	status, err := accounts.QueryOnlineStatus(context.Background(), []string{"leckie", "nobody"}, account.WithDetail())
	if err != nil {
		fmt.Println(err)
	}
	for _, s := range status {
		if s.Err() != nil {
			fmt.Println(s.Err())
			continue
		}
		fmt.Println(s.UserID, s.Status, s.On(account.IPhone), s.On(account.Web))
	}
	// Output:
	// leckie PushOnline PushOnline Offline
	// openim/query_online_status: 70107 AccountNotFound: account is not imported
}

// importer is what a program needs of [account.Client]. A fake of it makes failed results with [restapi.Failed].
type importer interface {
	MultiImport(ctx context.Context, accounts []account.Account) ([]account.Result, error)
}

type fullPlan struct{}

func (fullPlan) MultiImport(_ context.Context, accounts []account.Account) ([]account.Result, error) {
	results := make([]account.Result, len(accounts))
	for i, a := range accounts {
		results[i] = account.Result{UserID: a.UserID, Outcome: restapi.Failed(restapi.CodeAccountLimit)}
	}
	return results, nil
}

func ExampleResult() {
	var accounts importer = fullPlan{} // in place of account.NewClient(client)
	results, err := accounts.MultiImport(context.Background(), []account.Account{{UserID: "leckie"}})
	if err != nil {
		fmt.Println(err)
	}
	for _, r := range results {
		fmt.Println(r.UserID, errors.Is(r.Err(), restapi.CodeAccountLimit))
	}
	// Output:
	// leckie true
}
