// Command backend is a server to copy: an existing HTTP service that receives Tencent Cloud Chat's webhooks, besides
// what it serves anyway, and sets profiles over the REST API.
//
//	PUT /users/{id}/profile   {"nick": "Leckie", "avatar": "https://…", "vip": "1"}
//	GET /healthz
//	POST /im                  the webhook address to enter in the console
//
// Settings come from flags, whose defaults come from the environment; secrets come from the environment alone, since
// flags are visible to every user of a machine:
//
//	TENCENT_CHAT_SECRET_KEY   the app's secret key
//	TENCENT_CHAT_TOKEN        the webhook's authentication token
//
// It runs against the emulator next door; the README shows how.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi"
)

type config struct {
	listen   string
	sdkAppID uint64
	region   string
	baseURL  string
	admin    string
	key      string
	token    string
}

func parse(args []string, getenv func(string) string, out io.Writer) (config, error) {
	cfg := config{key: getenv("TENCENT_CHAT_SECRET_KEY"), token: getenv("TENCENT_CHAT_TOKEN")}
	sdkAppID, err := strconv.ParseUint(fallback(getenv("TENCENT_CHAT_SDKAPPID"), "0"), 10, 64)
	if err != nil {
		return config{}, errors.New("TENCENT_CHAT_SDKAPPID is not a number")
	}
	flags := flag.NewFlagSet("backend", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.StringVar(&cfg.listen, "listen", fallback(getenv("LISTEN"), "127.0.0.1:8080"), "address to serve on (LISTEN)")
	flags.Uint64Var(&cfg.sdkAppID, "sdkappid", sdkAppID, "ID of the app (TENCENT_CHAT_SDKAPPID)")
	flags.StringVar(&cfg.region, "region", getenv("TENCENT_CHAT_REGION"), "region of the app: cn, sgp, kr, jpn, ger, usa, idn, ksa or ind (TENCENT_CHAT_REGION)")
	flags.StringVar(&cfg.baseURL, "base-url", getenv("TENCENT_CHAT_BASE_URL"), "address of the emulator, in place of the region's (TENCENT_CHAT_BASE_URL)")
	flags.StringVar(&cfg.admin, "admin", fallback(getenv("TENCENT_CHAT_ADMIN"), "administrator"), "administrator to make calls as (TENCENT_CHAT_ADMIN)")
	return cfg, flags.Parse(args)
}

func fallback(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

func main() {
	logger := slog.New(slog.NewTextHandler(os.Stderr, nil))
	if err := start(logger); err != nil && !errors.Is(err, flag.ErrHelp) {
		logger.Error("backend stopped", "error", err)
		os.Exit(1)
	}
}

func start(logger *slog.Logger) error {
	cfg, err := parse(os.Args[1:], os.Getenv, os.Stderr)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, cfg, logger, func(net.Addr) {})
}

// run serves until ctx ends, then lets the requests under way finish. It calls ready when it can be reached.
func run(ctx context.Context, cfg config, logger *slog.Logger, ready func(net.Addr)) error {
	opts := []restapi.Option{restapi.WithAdmin(cfg.admin), restapi.WithLogger(logger)}
	if cfg.baseURL != "" {
		opts = append(opts, restapi.WithBaseURL(cfg.baseURL))
	}
	client, err := restapi.NewClient(restapi.Region(cfg.region), cfg.sdkAppID, cfg.key, opts...)
	if err != nil {
		return err
	}
	defer client.CloseIdleConnections()
	routes, err := newRoutes(client, cfg.sdkAppID, cfg.token, logger)
	if err != nil {
		return err
	}

	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", cfg.listen)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: routes, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	logger.Info("backend is up", "address", listener.Addr().String(), "webhooks", "/im")
	ready(listener.Addr())

	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	logger.Info("backend is going down")
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return fmt.Errorf("requests were still under way: %w", err)
	}
	return nil
}
