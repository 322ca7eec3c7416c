package moderation_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/moderation"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func Example() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	srv.AddAccount("ann", "ben")
	phone := srv.User("ann")

	ctx := context.Background()
	checks := moderation.NewClient(srv.Client())
	for lib, err := range checks.Libraries(ctx) {
		if err != nil {
			fmt.Println(err)
			return
		}
		words := []moderation.Keyword{{Content: "buy now", Label: moderation.LabelAd}}
		if err := checks.AddCloudKeywords(ctx, lib.ID, words); err != nil {
			fmt.Println(err)
			return
		}
	}
	text := moderation.Content{ContentType: moderation.Text, Content: "come and buy now"}
	result, err := checks.Moderate(ctx, moderation.UserInfo, text)
	fmt.Println(result.Result, result.Label, result.Keywords, err)
	_, err = phone.Send("ben", message.Text("buy now!"))
	fmt.Println("stopped:", errors.Is(err, restapi.CodeSensitiveText))
	// Output:
	// Block Ad [buy now] <nil>
	// stopped: true
}
