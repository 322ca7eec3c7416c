package restapitest_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func ExampleNewServer() {
	srv := restapitest.NewServer()
	defer srv.Close()
	srv.AddAccount("leckie")

	users := profile.NewClient(srv.Client())
	if err := users.SetProfile(context.Background(), "leckie", profile.Nick.To("Leckie")); err != nil {
		fmt.Println(err)
	}
	items, _ := srv.Profile("leckie")
	nick, _ := profile.Nick.Of(items)
	fmt.Println("leckie is now", nick)

	err := users.SetProfile(context.Background(), "nobody", profile.Nick.To("Nobody"))
	fmt.Println(errors.Is(err, restapi.CodeProfileAccountNotFound))
	// Output:
	// leckie is now Leckie
	// true
}

func ExampleServer_FailNext() {
	srv := restapitest.NewServer()
	defer srv.Close()
	srv.AddAccount("leckie")
	users := profile.NewClient(srv.Client())

	srv.FailNext(profile.CommandPortraitSet, restapi.CodeProfileInternalError, 1)
	err := users.SetProfile(context.Background(), "leckie", profile.Nick.To("Leckie"))
	fmt.Println(err) // the client tried again
	for _, call := range srv.Calls() {
		fmt.Println(call.Command, int(call.Code))
	}
	// Output:
	// <nil>
	// profile/portrait_set 40006
	// profile/portrait_set 0
}
