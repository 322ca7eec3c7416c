package restapitest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/go-tencentchat/tencentchat/callback"
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

// A user's own client: what it does causes the webhooks that the vendor sends for it.
func ExampleServer_User() {
	srv := restapitest.NewServer(restapitest.WithCallbackHandler(http.HandlerFunc(handled), "token"))
	defer srv.Close()

	leckie := srv.User("leckie", restapitest.OnPlatform(callback.PlatformAndroid))
	if err := leckie.SetProfile(profile.Nick.To("Leckie")); err != nil {
		fmt.Println(err)
	}
	srv.User("leckie", restapitest.OnPlatform(callback.PlatformAndroid)) // another telephone
	notice, _ := leckie.Next(context.Background())
	fmt.Println(notice.Kind, leckie.SetProfile(profile.Nick.To("Late")))

	srv.Wait()
	for _, d := range srv.Deliveries() {
		fmt.Println(d.Command)
	}
	// Output:
	// Kicked the device is not signed in
	// State.StateChange
	// Profile.CallbackPortraitSet
	// State.StateChange
}

// handled stands for a handler of package callback.
func handled(w http.ResponseWriter, _ *http.Request) {
	_, _ = io.WriteString(w, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`)
}

func ExampleServer_Restore() {
	srv := restapitest.NewServer(restapitest.WithApp(1400000001, "key"))
	defer srv.Close()
	err := srv.Restore(strings.NewReader(`{"format":"tencentchat-local","version":1}
{"kind":"settings","ForbidWords":["casino"]}
{"kind":"user","UserID":"leckie","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"Leckie"}]}
`))
	if err != nil {
		fmt.Println(err)
	}
	_ = srv.Snapshot(os.Stdout)
	// Output:
	// {"format":"tencentchat-local","version":1,"sdkappid":1400000001}
	// {"kind":"settings","ForbidWords":["casino"]}
	// {"kind":"user","UserID":"administrator"}
	// {"kind":"user","UserID":"leckie","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"Leckie"}]}
}
