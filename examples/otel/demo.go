package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

const webhookToken = "a-token-of-your-choice" // set in the vendor's console next to the webhook URL

// demo imports an account, renames it, waits for the webhook of that, and makes a call that is refused. Then it reads
// the profile where calls come too fast, and where the first host of the region is down.
func demo(ctx context.Context, out io.Writer, chat *restapitest.Server, t telemetry) error {
	logger := slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	changes := make(chan string, 16)
	h, err := webhooks(chat.SDKAppID(), t, logger, changes)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/im", h)
	address, stop, err := serve(ctx, mux)
	if err != nil {
		return err
	}
	defer stop()
	if err := chat.SetCallback(address+"/im", webhookToken); err != nil {
		return err
	}

	opts, err := traceCalls(t)
	if err != nil {
		return err
	}
	// At ten calls a second every call but the first waits for its turn: the load of a busy program, in small.
	limits := map[string]int{profile.CommandPortraitGet.String(): 10}
	limiter := restapi.NewLimiter(restapi.LimiterConfig{PerSecond: limits})
	opts = append(opts, restapi.WithLogger(logger), restapi.WithLimiter(limiter))
	client := chat.Client(opts...) // restapi.NewClient takes the same options
	defer client.CloseIdleConnections()

	if err := account.NewClient(client).Import(ctx, account.Account{UserID: "leckie"}); err != nil {
		return err
	}
	fmt.Fprintln(out, "account   imported leckie")
	users := profile.NewClient(client)
	if err := users.SetProfile(ctx, "leckie", profile.Nick.To("Leckie")); err != nil {
		return err
	}
	fmt.Fprintln(out, "profile   set the nickname of leckie")
	select {
	case change := <-changes:
		fmt.Fprintln(out, "webhook  ", change)
	case <-ctx.Done():
		return fmt.Errorf("no webhook came: %w", ctx.Err())
	}
	err = users.SetProfile(ctx, "nobody", profile.Nick.To("Nobody"))
	if !errors.Is(err, restapi.ErrAccountNotFound) {
		return fmt.Errorf("an unknown account should be refused with 40003, not: %w", err)
	}
	fmt.Fprintln(out, "error    ", err)

	chat.FailNext(profile.CommandPortraitGet, restapi.CodeCommandRateLimited, 1)
	if _, err := users.GetProfiles(ctx, []string{"leckie"}); err != nil {
		return err
	}
	fmt.Fprintln(out, "limiter   told to slow down, and the call tried again")
	return outage(ctx, out, chat, opts)
}

// outage makes a call while the first host of the region cannot be connected to and the standby is chat.
func outage(ctx context.Context, out io.Writer, chat *restapitest.Server, opts []restapi.Option) error {
	transport := &http.Transport{DialTLSContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		if strings.HasSuffix(address, ".im.qcloud.com:443") {
			return nil, errors.New("the first host is down")
		}
		var d net.Dialer
		return d.DialContext(ctx, network, strings.TrimPrefix(chat.URL, "http://"))
	}}
	defer transport.CloseIdleConnections()
	client, err := restapi.NewClient(restapi.Singapore, chat.SDKAppID(), chat.SecretKey(),
		append(opts, restapi.WithHTTPClient(&http.Client{Transport: transport}))...)
	if err != nil {
		return err
	}
	if _, err := profile.NewClient(client).GetProfiles(ctx, []string{"leckie"}); err != nil {
		return err
	}
	fmt.Fprintln(out, "failover  answered by the standby host")
	return nil
}

// webhooks returns the traced handler of webhooks. It tells changes of every user that changed.
func webhooks(sdkAppID uint64, t telemetry, logger *slog.Logger, changes chan<- string) (http.Handler, error) {
	opts := append(traceEvents(t), callback.WithToken(webhookToken), callback.WithLogger(logger))
	h, err := callback.NewHandler(sdkAppID, opts...)
	if err != nil {
		return nil, err
	}
	callback.On(h, func(_ context.Context, e *callback.ProfilePortraitSet) error {
		nick, _ := profile.Nick.Of(e.ProfileItem)
		changes <- fmt.Sprintf("%s: %s is now called %q", e.Command(), e.FromAccount, nick)
		return nil
	})
	return traceRequests(h, t), nil
}

// serve serves h until stop is called, which waits for the requests under way and so for the end of their spans.
func serve(ctx context.Context, h http.Handler) (address string, stop func(), err error) {
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	var served sync.WaitGroup
	served.Go(func() { _ = server.Serve(listener) })
	stop = func() {
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		_ = server.Shutdown(grace)
		served.Wait()
	}
	return "http://" + listener.Addr().String(), stop, nil
}
