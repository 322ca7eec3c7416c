package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func Example() {
	chat := restapitest.NewServer() // stands in for Tencent Chat
	defer chat.Close()
	env := map[string]string{
		"TENCENT_CHAT_SDKAPPID":   strconv.FormatUint(chat.SDKAppID(), 10),
		"TENCENT_CHAT_SECRET_KEY": chat.SecretKey(),
	}
	folder, _ := os.MkdirTemp("", "old-chat")
	defer func() { _ = os.RemoveAll(folder) }()
	_ = os.WriteFile(filepath.Join(folder, "users.jsonl"), []byte(`{"kind":"user","UserID":"mira"}
{"kind":"user","UserID":"ozan"}
{"kind":"friend","From_Account":"mira","To_Account":"zoe"}
`), 0o600)

	// migrate -region sgp -base-url http://127.0.0.1:9080 old-chat
	for _, args := range []string{"-dry-run", "-region sgp -base-url " + chat.URL} {
		cfg, err := parse(append(strings.Fields(args), folder), func(name string) string { return env[name] }, os.Stdout)
		if err != nil {
			fmt.Println(err)
		}
		var out, log strings.Builder
		err = run(context.Background(), cfg, streams{out: &out, err: &log})
		said, _, _ := strings.Cut(out.String(), "\ntook")
		fmt.Println(said)
		fmt.Println("exit status", status(err))
	}
	_ = os.Remove(folder + ".failures.jsonl")
	_ = os.Remove(folder + ".failures.jsonl.done")
	// Output:
	// good: 2 accounts
	// users.jsonl:3: To_Account "zoe" is not the user of any line
	// bad lines: 1
	//
	// exit status 1
	// imported: 2 accounts
	// exit status 1
}
