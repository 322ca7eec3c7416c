package redislimit_test

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/redislimit"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// Each process makes its client with a limiter on the same Redis. Here both the service and Redis are local.
func Example() {
	chat := restapitest.NewServer()
	defer chat.Close()
	server, err := miniredis.Run()
	if err != nil {
		panic(err)
	}
	defer server.Close()

	client := redis.NewClient(&redis.Options{Addr: server.Addr()})
	defer client.Close()
	limiter, err := redislimit.New(client, chat.SDKAppID(),
		redislimit.WithFallbackShare(1.0/4), // there are four processes
		redislimit.WithLogger(slog.Default()))
	if err != nil {
		panic(err)
	}

	calls := chat.Client(restapi.WithLimiter(limiter))
	defer calls.CloseIdleConnections()
	err = account.NewClient(calls).Import(context.Background(), account.Account{UserID: "leckie"})
	fmt.Println("imported:", err == nil)
	// Output: imported: true
}
