package group_test

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// One group of another system: what it is, what was said, oldest first, and who was in it since when. Members come
// after the messages, so that what a member has not read can be set.
func ExampleImport() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	srv.AddAccount("mira", "ozan")

	ctx := context.Background()
	groups := group.NewClient(srv.Client())
	made := time.Now().Add(-48 * time.Hour).Truncate(time.Second)
	id, err := groups.Import.Group(ctx, group.Group{
		GroupID: "old_harbor", Type: group.Public, Name: "Old harbor", OwnerAccount: "mira", CreateTime: made,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	var said []group.ImportMessage
	for i, text := range []string{"anchor up", "fog", "harbor in sight"} {
		said = append(said, group.ImportMessage{
			SendTime: made.Add(time.Duration(i+1) * time.Hour),
			Message:  message.Message{FromAccount: "mira", MsgBody: message.Text(text)},
		})
	}
	for some := range slices.Chunk(said, group.MaxImportMessages) {
		if err := restapi.Join(groups.Import.Messages(ctx, id, some)); err != nil {
			fmt.Println(err)
		}
	}
	members := []group.ImportMember{{MemberAccount: "ozan", JoinTime: made.Add(time.Minute), UnreadMsgNum: 1}}
	if err := restapi.Join(groups.Import.Members(ctx, id, members)); err != nil {
		fmt.Println(err)
	}

	for m, err := range groups.Messages(ctx, id) { // the newest first
		fmt.Println(m.MsgSeq, m.FromAccount, m.MsgBody.Text(), err)
	}
	fmt.Println("ozan has not read", srv.User("ozan").In(id).Unread())
	// Output:
	// 3 mira harbor in sight <nil>
	// 2 mira fog <nil>
	// 1 mira anchor up <nil>
	// ozan has not read 1
}
