package official_test

import (
	"context"
	"fmt"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/official"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func Example() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	srv.AddAccount("ana")
	ctx := context.Background()
	ben, cleo := srv.User("ben"), srv.User("cleo")

	accounts := official.NewClient(srv.Client())
	daily, err := accounts.Create(ctx, official.Account{OwnerAccount: "ana", Name: "Daily news"})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := restapi.Join(accounts.AddSubscribers(ctx, daily, []string{"ben"})); err != nil {
		fmt.Println(err)
	}
	if err := cleo.Subscribe(daily); err != nil {
		fmt.Println(err)
	}
	sent, err := accounts.Send(ctx, daily, message.Message{MsgBody: message.Text("Good morning!")})
	if err != nil {
		fmt.Println(err)
	}
	notice, err := ben.Next(ctx) // what ben's phone shows
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(notice.Text)
	if err := restapi.Join(accounts.Recall(ctx, daily, []string{sent.MsgKey}, official.WithReason("typo"))); err != nil {
		fmt.Println(err)
	}
	for s, err := range accounts.Subscribers(ctx, daily) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(s.SubscriberAccount, s.MsgFlag)
	}
	// Output:
	// Good morning!
	// ben AcceptAndNotify
	// cleo AcceptAndNotify
}
