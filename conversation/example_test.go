package conversation_test

import (
	"context"
	"fmt"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func Example() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	ann := srv.User("ann")
	for _, peer := range []string{"ben", "support"} {
		srv.AddAccount(peer)
		if _, err := ann.Send(peer, message.Text("hello")); err != nil {
			fmt.Println(err)
		}
	}

	ctx := context.Background()
	conversations := conversation.NewClient(srv.Client())
	if err := conversations.Pin(ctx, "ann", []conversation.ID{conversation.C2C("ben")}); err != nil {
		fmt.Println(err)
	}
	for c, err := range conversations.Conversations(ctx, "ann") {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(c.ToAccount, "pinned:", c.TopFlag)
	}
	// Output:
	// ben pinned: true
	// support pinned: false
}
