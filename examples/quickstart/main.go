// Command quickstart goes through the main job of the SDK in a few seconds, with no account at the vendor: it starts a
// local Tencent Chat and a backend that receives its webhooks, sends a user a message, renames the user, and prints a
// line for each thing that happens.
//
//	go run ./examples/quickstart
//
// With TENCENT_CHAT_SDKAPPID, TENCENT_CHAT_SECRET_KEY, TENCENT_CHAT_REGION and TENCENT_CHAT_USER set it makes the REST
// calls against the real service instead, for that user; webhooks and the burst are left out then.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"
)

const usage = `usage: quickstart

Runs against a local Tencent Chat that it starts itself.

To make the REST calls against the real service instead, set all of
  TENCENT_CHAT_SDKAPPID     the app's ID
  TENCENT_CHAT_SECRET_KEY   the app's secret key
  TENCENT_CHAT_REGION       where the app was created: cn, sgp, kr, jpn, ger, usa, idn, ksa or ind
  TENCENT_CHAT_USER         the user to import, write to and rename
Webhooks and the burst are then left out.
`

func main() {
	flag.Usage = func() { fmt.Fprint(flag.CommandLine.Output(), usage) }
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := start(); err != nil {
		fmt.Fprintln(os.Stderr, "quickstart:", err)
		os.Exit(1)
	}
}

func start() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return run(ctx, os.Stdout, os.Getenv)
}

func run(ctx context.Context, out io.Writer, getenv func(string) string) error {
	app, real, err := appFromEnv(getenv)
	if err != nil {
		return err
	}
	if real {
		return restHalf(ctx, out, app)
	}
	return local(ctx, out)
}
