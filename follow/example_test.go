package follow_test

import (
	"context"
	"fmt"

	"github.com/go-tencentchat/tencentchat/follow"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func Example() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	srv.AddAccount("ann", "bob", "cat")
	ctx := context.Background()

	follows := follow.NewClient(srv.Client())
	for _, fan := range []string{"ann", "cat"} {
		results, err := follows.Add(ctx, fan, []string{"bob", "nobody"})
		if err != nil {
			fmt.Println(err)
		}
		for _, r := range results {
			fmt.Println(fan, "follows", r.UserID, r.Err() == nil)
		}
	}
	for user, err := range follows.Followers(ctx, "bob") {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(user.UserID)
	}
	info, err := follows.Info(ctx, "bob", []string{"bob"})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(info[0].FollowerCount, "followers")
	// Output:
	// ann follows bob true
	// ann follows nobody false
	// cat follows bob true
	// cat follows nobody false
	// cat
	// ann
	// 2 followers
}
