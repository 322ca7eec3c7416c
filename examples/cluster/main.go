// Command cluster runs a whole cluster on one machine: a local Tencent Chat, Redis, NATS, and several receiver and worker
// processes. The workers call the REST API as fast as the limits of the app let them together; the webhooks of those calls
// come to the receivers, which leave them to JetStream, and the workers handle them from there.
//
//	go run .
//	go run . -kill    # a worker and Redis are killed in the middle
//
// What to copy is in receiver.go and worker.go; everything else is what a real deployment has already.
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
	"time"
)

const (
	mostProcesses = 20               // of a kind
	longest       = 50 * time.Second // the local Tencent Chat remembers 10,000 calls
)

type config struct {
	period    time.Duration
	receivers int
	workers   int
	again     int
	share     float64
	kill      bool
	redis     string
	nats      string
	role      string
}

func parse(args []string, out io.Writer) (config, error) {
	var cfg config
	flags := flag.NewFlagSet("cluster", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.DurationVar(&cfg.period, "for", 5*time.Second, "how long the workers call, at most 50s")
	flags.IntVar(&cfg.receivers, "receivers", 3, "number of receiver processes")
	flags.IntVar(&cfg.workers, "workers", 4, "number of worker processes")
	flags.IntVar(&cfg.again, "again", 50, "send every so many webhooks a second time, to another receiver; 0: none")
	flags.Float64Var(&cfg.share, "share", 0.95, "part of the documented limits to use; the rest is for calls that are late and meet the next ones")
	flags.BoolVar(&cfg.kill, "kill", false, "kill a worker and Redis in the middle and say what was lost; needs redis-server")
	flags.StringVar(&cfg.redis, "redis", "", "host:port of a Redis; empty: an embedded one")
	flags.StringVar(&cfg.nats, "nats", "", "URL of a NATS server with JetStream; empty: an embedded one")
	flags.StringVar(&cfg.role, "role", "", "what the program starts itself with: receiver or worker")
	if err := flags.Parse(args); err != nil {
		return config{}, err
	}
	switch {
	case flags.NArg() > 0:
		return config{}, fmt.Errorf("unknown argument %q", flags.Arg(0))
	case cfg.period <= 0 || cfg.period > longest:
		return config{}, fmt.Errorf("-for must be above 0 and at most %v", longest)
	case min(cfg.receivers, cfg.workers) < 1 || max(cfg.receivers, cfg.workers) > mostProcesses:
		return config{}, fmt.Errorf("-receivers and -workers must be 1 to %d", mostProcesses)
	case !(cfg.share > 0 && cfg.share <= 1): // which NaN is not either
		return config{}, errors.New("-share must be above 0 and at most 1")
	case cfg.kill && cfg.redis != "":
		return config{}, errors.New("-kill kills a Redis of its own: it goes without -redis")
	case cfg.kill && cfg.workers < 2:
		return config{}, errors.New("-kill kills a worker: -workers must be 2 or more")
	case cfg.again < 0:
		return config{}, errors.New("-again must not be negative")
	}
	return cfg, nil
}

func main() {
	if err := start(); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(1)
	}
}

func start() error {
	cfg, err := parse(os.Args[1:], os.Stderr)
	if err != nil {
		return err
	}
	if cfg.role != "" {
		// An interrupt from a terminal goes to all processes at once. Workers must live on to handle what is left: their end
		// is that of their input.
		signal.Ignore(os.Interrupt)
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
		defer stop()
		return play(ctx, cfg.role, os.Stdin, os.Stdout, os.Stderr)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // the second signal ends the program at once, as without NotifyContext
	err = run(ctx, cfg, os.Stdout)
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil // interrupted before it ran
	}
	return err
}
