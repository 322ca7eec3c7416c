package push_test

import (
	"context"
	"fmt"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/push"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func Example() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	ana, ben := srv.User("ana"), srv.User("ben")

	ctx := context.Background()
	pushes := push.NewClient(srv.Client())
	err := restapi.Join(pushes.AddTags(ctx, []push.UserTags{{ToAccount: "ana", Tags: []string{"skiing"}}}))
	if err != nil {
		fmt.Println(err)
		return
	}
	news := message.Message{
		FromAccount:     "news",
		OfflinePushInfo: &message.OfflinePushInfo{Title: "Snow", Desc: "30 cm since yesterday"},
	}
	if _, err := pushes.Push(ctx, push.Condition{TagsOr: []string{"skiing"}}, news); err != nil {
		fmt.Println(err)
		return
	}
	for _, notice := range ana.Inbox() {
		fmt.Println(notice.Push.Title+":", notice.Push.Desc)
	}
	fmt.Println("ben:", len(ben.Inbox()))

	var nobody []string // a list that turns out to be empty
	_, err = pushes.Push(ctx, push.Condition{TagsOr: nobody}, news)
	fmt.Println(err)
	// Output:
	// Snow: 30 cm since yesterday
	// ben: 0
	// timpush/push: invalid argument: Condition is empty: all users are Everybody()
}
