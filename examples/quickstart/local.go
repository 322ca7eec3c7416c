package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

const webhookToken = "a-token-of-your-choice" // set in the vendor's console beside the webhook URL

// local runs everything in this process: the local Tencent Chat, and a backend of the kind that users write.
func local(ctx context.Context, out io.Writer) error {
	out = &lockedWriter{w: out} // webhooks come in while the calls go on
	chat := restapitest.NewServer()
	defer chat.Close()
	fmt.Fprintf(out, "chat      local Tencent Chat for app %d at %s\n", chat.SDKAppID(), chat.URL)

	told := make(chan string, 16)
	address, stop, err := startBackend(ctx, out, chat.SDKAppID(), told)
	if err != nil {
		return err
	}
	defer stop()
	if err := chat.SetCallback(address+"/im", webhookToken); err != nil {
		return err
	}

	client := chat.Client()
	defer client.CloseIdleConnections()
	a := app{
		id: chat.SDKAppID(), key: chat.SecretKey(), user: "leckie", sender: "support", client: client,
		custom: []profile.Item{profile.Custom("Vip").To("1")},
	}
	if err := talk(ctx, out, a, told); err != nil {
		return err
	}
	if err := rename(ctx, out, a); err != nil {
		return err
	}
	if err := wait(ctx, told); err != nil {
		return err
	}
	if err := readBack(ctx, out, a); err != nil {
		return err
	}
	if err := typedError(ctx, out, a); err != nil {
		return err
	}
	if err := userSig(out, a); err != nil {
		return err
	}
	if err := burst(ctx, out, a); err != nil {
		return err
	}
	fmt.Fprintln(out, "next      copy examples/backend, try it against go run ./examples/emulator, and read go doc ./message")
	return nil
}

// talk is a message with its two webhooks, and one that the backend refuses.
func talk(ctx context.Context, out io.Writer, a app, told <-chan string) error {
	if err := imported(ctx, out, a, a.user, a.sender); err != nil {
		return err
	}
	msgKey, err := write(ctx, out, a)
	if err != nil {
		return err
	}
	if err := wait(ctx, told); err != nil {
		return err
	}
	if err := advertise(ctx, out, a); err != nil {
		return err
	}
	return lookBack(ctx, out, a, msgKey)
}

// wait waits until an after-webhook has come.
func wait(ctx context.Context, told <-chan string) error {
	select {
	case <-told:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("no webhook came: %w", ctx.Err())
	}
}

// startBackend serves a mux with the webhook handler and a route of its own, and tells told of every after-webhook.
func startBackend(
	ctx context.Context, out io.Writer, sdkAppID uint64, told chan<- string,
) (address string, stop func(), err error) {
	h, err := callback.NewHandler(sdkAppID, callback.WithToken(webhookToken))
	if err != nil {
		return "", nil, err
	}
	callback.On(h, func(_ context.Context, e *callback.ProfilePortraitSet) error {
		nick, _ := profile.Nick.Of(e.ProfileItem)
		vip, _ := profile.Custom("Vip").Of(e.ProfileItem)
		fmt.Fprintf(out, "webhook   %s: %s changed %d fields of %s: nickname %q, Vip %q\n",
			e.Command(), e.OperatorAccount, len(e.ProfileItem), e.FromAccount, nick, vip)
		told <- e.Command()
		return nil
	})
	callback.Answer(h, func(_ context.Context, e *callback.C2CBeforeSendMsg) (callback.C2CBeforeSendMsgAnswer, error) {
		if text := e.MsgBody.Text(); strings.Contains(text, "cheap") {
			fmt.Fprintf(out, "webhook   %s: %q is refused\n", e.Command(), text)
			return e.RejectCode(spamCode, "no advertising"), nil
		}
		fmt.Fprintf(out, "webhook   %s: %q may pass\n", e.Command(), e.MsgBody.Text())
		return e.Allow(), nil
	})
	callback.On(h, func(_ context.Context, e *callback.C2CAfterSendMsg) error {
		fmt.Fprintf(out, "webhook   %s: %s has %d unread\n", e.Command(), e.ToAccount, e.UnreadMsgNum.Or(0))
		told <- e.Command()
		return nil
	})

	mux := http.NewServeMux()
	mux.Handle("/im", h)
	mux.HandleFunc("GET /healthz", func(http.ResponseWriter, *http.Request) {})

	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	var served sync.WaitGroup
	served.Go(func() { _ = server.Serve(listener) })
	address = "http://" + listener.Addr().String()
	fmt.Fprintf(out, "backend   webhooks at %s/im, besides other routes\n", address)
	return address, func() { _ = server.Close(); served.Wait() }, nil
}

// burst calls as fast as 64 workers can for one second.
func burst(ctx context.Context, out io.Writer, a app) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	users := profile.NewClient(a.client)
	var through, refused atomic.Int32
	var workers sync.WaitGroup
	for range 64 {
		workers.Go(func() {
			for ctx.Err() == nil {
				_, err := users.GetProfiles(ctx, []string{a.user}, profile.Nick)
				switch {
				case err == nil:
					through.Add(1)
				case errors.Is(err, restapi.CodeCommandRateLimited):
					refused.Add(1)
				case errors.Is(err, restapi.ErrRateLimited): // the limiter: no turn before the second is over
					return
				}
			}
		})
	}
	workers.Wait()
	if through.Load() == 0 {
		return errors.New("the limiter let no call through")
	}
	fmt.Fprintf(out, "limiter   let %d calls of 64 workers through in one second (documented: 200); the service refused %d\n",
		through.Load(), refused.Load())
	return nil
}

type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}
