// Command emulator is the local Tencent Chat of package restapitest as a program, to run a backend against it:
//
//	go run ./examples/emulator -listen 127.0.0.1:9080 -sdkappid 1400000001 -key local-key -token local-token \
//		-callback http://127.0.0.1:8080/im
//
// It is modelled on the vendor's public documentation. Its key and token are for this machine: never give it those of a
// real app. For a backend on https whose certificate is not from a public authority, -callback-ca names the file of the
// authority.
//
// It keeps everything in memory. With -state it begins with what the file holds and writes the file when it is stopped,
// with -save-every also in between. A file can be written by hand: see restapitest.Server.Restore.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

type config struct {
	listen   string
	sdkAppID uint64
	key      string
	token    string
	callback string
	ca       string
	accounts string
	state    string
	every    time.Duration
}

func parse(args []string, out io.Writer) (config, error) {
	var cfg config
	flags := flag.NewFlagSet("emulator", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.StringVar(&cfg.listen, "listen", "127.0.0.1:9080", "address to serve on")
	flags.Uint64Var(&cfg.sdkAppID, "sdkappid", 1400000001, "ID of the app")
	flags.StringVar(&cfg.key, "key", "local-key", "secret key of the app")
	flags.StringVar(&cfg.token, "token", "", "token that webhooks are signed with; empty: unsigned")
	flags.StringVar(&cfg.callback, "callback", "", "URL that webhooks are sent to; empty: none are sent")
	flags.StringVar(&cfg.ca, "callback-ca", "",
		"PEM file of the authorities that an https -callback is trusted by; empty: this machine's")
	flags.StringVar(&cfg.accounts, "accounts", "", "user IDs to import at the start, with commas between them")
	flags.StringVar(&cfg.state, "state", "", "file that is read at the start and written at the end; empty: none")
	flags.DurationVar(&cfg.every, "save-every", 0, "how often -state is written in between; 0: never")
	err := flags.Parse(args)
	return cfg, err
}

func main() {
	logger := slog.New(slog.NewTextHandler(os.Stderr, nil))
	if err := start(logger); err != nil && !errors.Is(err, flag.ErrHelp) {
		logger.Error("emulator stopped", "error", err)
		os.Exit(1)
	}
}

func start(logger *slog.Logger) error {
	cfg, err := parse(os.Args[1:], os.Stderr)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, cfg, logger, func(net.Addr) {})
}

// run serves until ctx ends. It calls ready when the emulator can be reached.
func run(ctx context.Context, cfg config, logger *slog.Logger, ready func(net.Addr)) error {
	if cfg.sdkAppID == 0 || cfg.key == "" {
		return errors.New("-sdkappid and -key must not be empty")
	}
	opts := []restapitest.Option{
		restapitest.WithoutListener(), restapitest.WithApp(cfg.sdkAppID, cfg.key), restapitest.WithLogger(logger),
	}
	if cfg.ca != "" {
		roots, err := authorities(cfg.ca)
		if err != nil {
			return err
		}
		opts = append(opts, restapitest.WithCallbackTLS(&tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}))
	}
	chat := restapitest.NewServer(opts...)
	defer chat.Close()
	if cfg.callback != "" {
		if err := chat.SetCallback(cfg.callback, cfg.token); err != nil {
			return err
		}
	}
	if cfg.state != "" {
		if err := load(chat, cfg.state); err != nil {
			return err
		}
	}
	if cfg.accounts != "" {
		chat.AddAccount(strings.Split(cfg.accounts, ",")...)
	}

	return serve(ctx, cfg, chat, logger, ready)
}

// serve serves until ctx ends, and saves the state.
func serve(
	ctx context.Context, cfg config, chat *restapitest.Server, logger *slog.Logger, ready func(net.Addr),
) error {
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", cfg.listen)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: chat.Handler(), ReadHeaderTimeout: 5 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	logger.Info("emulator is up", "base_url", "http://"+listener.Addr().String(), "sdkappid", cfg.sdkAppID,
		"admin", chat.Admin(), "webhooks", cfg.callback)
	ready(listener.Addr())
	var tick <-chan time.Time
	if cfg.state != "" && cfg.every > 0 {
		ticker := time.NewTicker(cfg.every)
		defer ticker.Stop()
		tick = ticker.C
	}
	for {
		select {
		case <-tick:
			if err := save(chat, cfg.state); err != nil {
				logger.Error("state not saved", "error", err)
			}
		case err := <-served:
			return errors.Join(err, finish(chat, cfg.state))
		case <-ctx.Done():
			return errors.Join(server.Close(), finish(chat, cfg.state))
		}
	}
}

// finish waits for what is under way and saves the state, where there is a file for it.
func finish(chat *restapitest.Server, name string) error {
	chat.Close()
	if name == "" {
		return nil
	}
	return save(chat, name)
}

// authorities reads the certificates of a PEM file.
func authorities(name string) (*x509.CertPool, error) {
	data, err := os.ReadFile(name) //nolint:gosec // the flag is there to name it
	if err != nil {
		return nil, fmt.Errorf("-callback-ca: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(data) {
		return nil, fmt.Errorf("-callback-ca: %s holds no certificate in PEM form", name)
	}
	return pool, nil
}
