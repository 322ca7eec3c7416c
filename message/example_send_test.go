package message_test

import (
	"context"
	"fmt"
	"time"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func Example() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	srv.AddAccount("ben", "support")
	phone := srv.User("ben")

	ctx := context.Background()
	messages := message.NewClient(srv.Client())
	sent, err := messages.Send(ctx, "ben", message.Message{FromAccount: "support", MsgBody: message.Text("on its way")})
	if err != nil {
		fmt.Println(err)
		return
	}
	notice, _ := phone.Next(ctx)
	fmt.Printf("ben's phone shows %q from %s, %d unread\n", notice.Message.Body.Text(), notice.From, phone.Unread())

	for m, err := range messages.Messages(ctx, "ben", "support", time.Time{}, time.Time{}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println("history:", m.FromAccount, m.MsgBody.Text())
	}
	fmt.Println("taken back:", messages.Recall(ctx, "support", "ben", sent.MsgKey) == nil)
	// Output:
	// ben's phone shows "on its way" from support, 1 unread
	// history: support on its way
	// taken back: true
}
