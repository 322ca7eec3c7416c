package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func Example() {
	chat := restapitest.NewServer() // stands in for Tencent Chat
	defer chat.Close()
	env := map[string]string{
		"TENCENT_CHAT_SDKAPPID":   strconv.FormatUint(chat.SDKAppID(), 10),
		"TENCENT_CHAT_SECRET_KEY": chat.SecretKey(),
	}
	input := strings.NewReader("user_id,nick,gender,custom:Vip\nleckie,Leckie,female,1\n")

	// bulkprofile -import -region sgp -base-url http://127.0.0.1:9080 - < users.csv
	args := []string{"-import", "-region", "sgp", "-base-url", chat.URL, "-failures", os.TempDir() + "/example.failures.csv", "-"}
	cfg, err := parse(args, func(name string) string { return env[name] }, os.Stdout)
	if err != nil {
		fmt.Println(err)
	}
	var log strings.Builder
	err = run(context.Background(), cfg, streams{in: input, out: os.Stdout, err: &log})
	items, _ := chat.Profile("leckie")
	nick, _ := profile.Nick.Of(items)
	fmt.Println(nick, "exit status", status(err))
	// Output: Leckie exit status 0
}
