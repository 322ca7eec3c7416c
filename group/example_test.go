package group_test

import (
	"context"
	"fmt"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// An announcement to a community of people, and who has still to read it.
func Example() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	srv.AddAccount("mira", "ozan", "priya", "tomas")

	ctx := context.Background()
	groups := group.NewClient(srv.Client())
	id, err := groups.Create(ctx, group.Group{
		Type: group.Public, Name: "Harbor watch", OwnerAccount: "mira",
		MemberList: []group.NewMember{
			{MemberAccount: "ozan", Role: group.RoleAdmin}, {MemberAccount: "priya"}, {MemberAccount: "tomas"},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	sent, err := groups.Send(ctx, id, message.Message{
		FromAccount: "mira", MsgBody: message.Text("The east gate is closed tonight @All"), NeedReadReceipt: true,
	}, group.WithPriority(group.High), group.WithAt(group.AtAll()))
	if err != nil {
		fmt.Println(err)
		return
	}
	// Apps say so by themselves; for users without one the backend does.
	for _, userID := range []string{"ozan", "tomas"} {
		if err := groups.MarkRead(ctx, id, userID, []uint32{sent.MsgSeq}); err != nil {
			fmt.Println(err)
		}
	}
	readers, err := groups.Readers(ctx, id, sent.MsgSeq)
	if err != nil {
		fmt.Println(err)
		return
	}
	silent, err := groups.NonReaders(ctx, id, sent.MsgSeq)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("read by", readers)
	fmt.Println("to be called:", silent)
	// Output:
	// read by [ozan tomas]
	// to be called: [priya]
}
