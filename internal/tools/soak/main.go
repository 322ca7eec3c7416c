// Command soak runs clients and webhooks against a local Tencent Chat that misbehaves now and then, and fails when
// memory or goroutines grow, when a call fails that should not, or when a webhook is lost:
//
//	go run ./internal/tools/soak -for 30m
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

func main() {
	length := flag.Duration("for", 10*time.Second, "how long to run")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout, *length)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

// run soaks for so long and reports what it saw.
func run(ctx context.Context, out io.Writer, length time.Duration) error {
	s, err := newSoak()
	if err != nil {
		return err
	}
	watch := newWatch(s)
	s.work(ctx, out, length, watch)
	s.close()
	return watch.verdict(out)
}
