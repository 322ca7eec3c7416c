package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"
)

// The outcomes that have an exit status of their own; any other error is 2.
var (
	errFailed  = errors.New("some lines failed")
	errStopped = errors.New("go on with -resume")
)

// streams are the program's outputs.
type streams struct {
	out      io.Writer // what was asked for: the findings of a dry run, the summary
	err      io.Writer // progress and what goes wrong
	terminal bool      // err is one
}

func main() {
	std := streams{os.Stdout, os.Stderr, term.IsTerminal(int(os.Stderr.Fd()))}
	err := start(std)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "migrate:", err)
	}
	os.Exit(status(err))
}

func start(std streams) error {
	cfg, err := parse(os.Args[1:], os.Getenv, os.Stderr)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // the second signal ends the program at once, as without NotifyContext
	return run(ctx, cfg, std)
}

// status is the exit status for an outcome.
func status(err error) int {
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errStopped):
		return 3
	case errors.Is(err, errFailed):
		return 1
	default:
		return 2
	}
}
