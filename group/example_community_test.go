package group_test

import (
	"context"
	"fmt"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// A community with topics, and some of its members with the right to keep them.
func ExampleTopics() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	srv.AddAccount("mira", "ozan", "priya")

	ctx := context.Background()
	groups := group.NewClient(srv.Client())
	weavers, err := groups.Create(ctx, group.Group{
		Type: group.Community, Name: "Weavers", OwnerAccount: "mira", SupportTopic: true, EnablePermission: true,
		MemberList: []group.NewMember{{MemberAccount: "ozan"}, {MemberAccount: "priya"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	dyes, err := groups.Topics.Create(ctx, group.Topic{
		GroupID: weavers, TopicID: group.TopicID(weavers, "dyes"), TopicName: "Dyes",
	})
	if err != nil {
		fmt.Println(err)
		return
	}

	ozan := srv.User("ozan")
	_, err = ozan.CreateTopic(weavers, "Looms")
	fmt.Println("ozan may make topics:", err == nil)
	keepers, err := groups.Permissions.Create(ctx, weavers, group.PermissionGroup{
		PermissionGroupName: "Keepers", Permission: group.ManageTopics | group.SendInTopics,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := restapi.Join(groups.Permissions.AddMembers(ctx, weavers, keepers, []string{"ozan"})); err != nil {
		fmt.Println(err)
	}
	_, err = ozan.CreateTopic(weavers, "Looms")
	fmt.Println("and as a keeper:", err == nil)

	err = groups.Topics.Modify(ctx, dyes, group.TopicChange{Notification: restapi.Some("wear gloves")})
	if err != nil {
		fmt.Println(err)
	}
	topics, err := groups.Topics.All(ctx, weavers, "priya") // as priya has them
	if err := restapi.Join(topics, err); err != nil {
		fmt.Println(err)
	}
	for _, topic := range topics {
		fmt.Printf("%s %q\n", topic.TopicName, topic.Notification)
	}
	// Output:
	// ozan may make topics: false
	// and as a keeper: true
	// Dyes "wear gloves"
	// Looms ""
}
