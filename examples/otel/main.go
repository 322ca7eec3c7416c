// Command otel shows OpenTelemetry around both directions of the SDK: calls of the REST API and webhooks. It runs
// against a local Tencent Chat in this process, prints what happens as it happens, and then the traces and metrics as
// lines of JSON.
//
//	go run .
//
// What to copy is in client.go, observe.go and webhook.go. No span, metric or log line ever has a UserSig, the secret
// key, the webhook token or a Sign.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func main() {
	if err := start(); err != nil {
		fmt.Fprintln(os.Stderr, "otel:", err)
		os.Exit(1)
	}
}

func start() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	chat := restapitest.NewServer()
	defer chat.Close()
	return run(ctx, os.Stdout, chat)
}

func run(ctx context.Context, out io.Writer, chat *restapitest.Server) error {
	out = &lockedWriter{w: out} // webhooks come in while the calls go on
	t, shutdown, err := toStdout(out)
	if err != nil {
		return err
	}
	err = demo(ctx, out, chat, t)
	return errors.Join(err, shutdown(context.WithoutCancel(ctx)))
}
