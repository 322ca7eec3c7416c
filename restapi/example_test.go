package restapi_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// A client is made once. Errors are matched by code or by class.
func Example() {
	chat := restapitest.NewServer() // a program names its region, app and key: restapi.NewClient(restapi.Singapore, …)
	defer chat.Close()
	client := chat.Client()
	defer client.CloseIdleConnections()

	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	users := profile.NewClient(client)
	err := users.SetProfile(ctx, "leckie", profile.Nick.To("Leckie"))
	fmt.Println(err)
	if errors.Is(err, restapi.ErrAccountNotFound) {
		err = account.NewClient(client).Import(ctx, account.Account{UserID: "leckie", Nick: "Leckie"})
	}
	fmt.Println(err)
	// Output:
	// profile/portrait_set: 40003 ProfileAccountNotFound: account is not imported: "the account is not imported"
	// <nil>
}

// A command that no area has yet is called by its name, with types of one's own.
func ExampleDo() {
	chat := restapitest.NewServer()
	defer chat.Close()
	chat.Handle("v4/ConfigSvc/GetIPList", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","IPList":["203.0.113.7"]}`)
	})
	client := chat.Client()
	defer client.CloseIdleConnections()

	type ipList struct{ IPList []string }
	getIPList := restapi.Command{Service: "ConfigSvc", Name: "GetIPList", Idempotent: true}
	list, err := restapi.Do[ipList](context.Background(), client, getIPList, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(list.IPList)
	// Output: [203.0.113.7]
}

// Middleware sees every call once, retries included, with its values and its error.
func ExampleWithMiddleware() {
	chat := restapitest.NewServer()
	defer chat.Close()
	chat.AddAccount("leckie")
	count := func(next restapi.Invoke) restapi.Invoke {
		return func(ctx context.Context, cmd restapi.Command, req, resp any) error {
			err := next(ctx, cmd, req, resp)
			fmt.Println("call", cmd, "code", int(restapi.CodeOf(err)))
			return err
		}
	}
	client := chat.Client(restapi.WithMiddleware(count))
	defer client.CloseIdleConnections()

	users := profile.NewClient(client)
	_ = users.SetProfile(context.Background(), "leckie", profile.Nick.To("Leckie"))
	_ = users.SetProfile(context.Background(), "nobody", profile.Nick.To("Nobody"))
	// Output:
	// call profile/portrait_set code 0
	// call profile/portrait_set code 40003
}

// An observer is told what the outcome of a call does not show.
func ExampleWithObserver() {
	chat := restapitest.NewServer()
	defer chat.Close()
	chat.AddAccount("leckie")
	chat.FailNext(profile.CommandPortraitSet, restapi.CodeCommandRateLimited, 1)
	client := chat.Client(restapi.WithObserver(func(_ context.Context, e restapi.Event) {
		switch e.Kind {
		case restapi.Waited:
			fmt.Println("waited less than a second:", e.Duration < time.Second)
		case restapi.SlowedDown, restapi.Retried:
			fmt.Println(e.Kind, "for code", int(restapi.CodeOf(e.Err)))
		}
	}))
	defer client.CloseIdleConnections()

	fmt.Println(profile.NewClient(client).SetProfile(context.Background(), "leckie", profile.Nick.To("Leckie")))
	// Output:
	// waited less than a second: true
	// slowed_down for code 60007
	// retried for code 60007
	// waited less than a second: true
	// <nil>
}

// Four processes that call for one app take a quarter of each documented limit.
func ExampleNewLimiter() {
	limiter := restapi.NewLimiter(restapi.LimiterConfig{Share: 0.25, FailFast: true})
	client, err := restapi.NewClient(restapi.Frankfurt, 1400000001, "the-secret-key", restapi.WithLimiter(limiter))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(client)
	// Output: restapi.Client(sdkappid 1400000001, region ger)
}

// Calls as another administrator share everything but the UserSig.
func ExampleClient_With() {
	chat := restapitest.NewServer(restapitest.WithAdmins("administrator", "support"))
	defer chat.Close()
	client := chat.Client()
	defer client.CloseIdleConnections()
	support, err := client.With(restapi.WithAdmin("support"), restapi.WithTimeout(8*time.Second))
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = account.NewClient(support).Import(context.Background(), account.Account{UserID: "leckie"})
	fmt.Println(chat.Calls()[0].Query.Get("identifier"))
	// Output: support
}
