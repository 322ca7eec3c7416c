package operation_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/operation"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func Example() {
	now := time.Date(2026, 3, 1, 12, 30, 0, 0, time.UTC)
	srv := restapitest.NewServer(restapitest.WithClock(func() time.Time { return now })) // stands in for Tencent Chat
	defer srv.Close()
	srv.AddAccount("ann", "ben")
	if _, err := srv.User("ann").Send("ben", message.Text("hello")); err != nil {
		fmt.Println(err)
		return
	}
	hour := now
	now = now.Add(2 * time.Hour) // until the log of that hour is made

	ctx := context.Background()
	ops := operation.NewClient(srv.Client())
	files, err := ops.GetHistory(ctx, operation.C2C, hour)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range files {
		var log bytes.Buffer // a file on the disk, where logs are large
		if err := f.Download(ctx, &http.Client{Transport: srv.Transport()}, &log); err != nil {
			fmt.Println(err)
			return
		}
		for m, err := range operation.ReadHistory(&log) {
			if err != nil {
				fmt.Println(err)
				return
			}
			fmt.Println(m.FromAccount, "to", m.ToAccount+":", m.MsgBody.Text())
		}
	}

	err = ops.SetNoSpeaking(ctx, "ann", operation.WithC2CMsg(time.Hour))
	mute, _ := ops.GetNoSpeaking(ctx, "ann")
	fmt.Println("muted for", mute.C2CMsg, err)
	// Output:
	// ann to ben: hello
	// muted for 1h0m0s <nil>
}
