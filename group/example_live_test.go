package group_test

import (
	"context"
	"fmt"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// A live room: who listens, and how many.
func ExampleLive() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	srv.AddAccount("host")

	ctx := context.Background()
	groups := group.NewClient(srv.Client())
	room, err := groups.Create(ctx, group.Group{Type: group.AVChatRoom, Name: "Launch", OwnerAccount: "host"})
	if err != nil {
		fmt.Println(err)
		return
	}
	listeners := []*restapitest.Device{srv.User("mira"), srv.User("ozan"), srv.User("priya")}
	for _, device := range listeners {
		if _, err := device.JoinGroup(room, ""); err != nil {
			fmt.Println(err)
		}
	}
	marked, err := groups.Live.Mark(ctx, room, group.Marked{MemberAccount: "mira", Marks: []int{1000}})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(marked[0].UserID, "has the marks", marked[0].Marks)
	if err := listeners[1].Drop(callback.StateTimeOut); err != nil { // ozan's phone is in a tunnel
		fmt.Println(err)
	}

	n, err := groups.Live.OnlineMemberNum(ctx, room)
	fmt.Println(n, "on line", err)
	for user, err := range groups.Live.Members(ctx, room) { // the last to join first
		fmt.Println("-", user.UserID, err)
	}

	_, err = groups.Live.Broadcast(ctx, message.Message{FromAccount: "host", MsgBody: message.Text("the last minute")})
	inbox := listeners[2].Inbox()
	fmt.Println("priya sees:", inbox[len(inbox)-1].Text, err)
	// Output:
	// mira has the marks [1000]
	// 2 on line <nil>
	// - priya <nil>
	// - mira <nil>
	// priya sees: the last minute <nil>
}
