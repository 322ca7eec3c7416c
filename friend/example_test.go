package friend_test

import (
	"context"
	"fmt"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func Example() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	srv.AddAccount("ann", "bob")
	cat := srv.User("cat") // has a device, on which cat wants to be asked
	if err := cat.SetProfile(profile.AllowType.To(profile.NeedConfirm)); err != nil {
		fmt.Println(err)
	}
	ctx := context.Background()

	friends := friend.NewClient(srv.Client())
	added, err := friends.Add(ctx, "ann", []friend.Request{
		{ToAccount: "bob", Remark: "Bob from work", AddSource: "AddSource_Type_Card"},
		{ToAccount: "cat", AddWording: "Hi, Ann here", AddSource: "AddSource_Type_Search"},
		{ToAccount: "nobody", AddSource: "AddSource_Type_Search"},
	}, friend.Both)
	if err != nil {
		fmt.Println(err)
	}
	for _, a := range added {
		fmt.Println(a.UserID, a.Pending, a.Err() != nil)
	}
	for f, err := range friends.Friends(ctx, "ann") {
		if err != nil {
			fmt.Println(err)
			return
		}
		remark, _ := friend.Remark.Of(f.Items)
		fmt.Println("ann has", f.UserID, "as", remark)
	}
	for _, r := range cat.FriendRequests() {
		fmt.Println("cat is asked by", r.From+":", r.Words)
	}
	// Output:
	// bob false false
	// cat true false
	// nobody false true
	// ann has bob as Bob from work
	// cat is asked by ann: Hi, Ann here
}
