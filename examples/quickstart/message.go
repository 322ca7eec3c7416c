package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// spamCode is what the backend refuses advertising with; the sender's client gets it. The vendor leaves 120001 to 130000
// to apps.
const spamCode = 120001

// write sends the user a message and returns its key.
func write(ctx context.Context, out io.Writer, a app) (msgKey string, err error) {
	sent, err := message.NewClient(a.client).Send(ctx, a.user, message.Message{
		FromAccount: a.sender, MsgBody: message.Text("your order is on its way"),
	})
	if err != nil {
		return "", err
	}
	fmt.Fprintf(out, "message   %s wrote to %s\n", a.sender, a.user)
	return sent.MsgKey, nil
}

// advertise sends what the backend does not let through.
func advertise(ctx context.Context, out io.Writer, a app) error {
	_, err := message.NewClient(a.client).Send(ctx, a.user, message.Message{
		FromAccount: a.sender, MsgBody: message.Text("cheap watches"),
	})
	if !errors.Is(err, restapi.Code(spamCode)) {
		return fmt.Errorf("advertising should be refused with %d, not: %w", spamCode, err)
	}
	fmt.Fprintf(out, "message   the sender of another one got code %d\n", restapi.CodeOf(err))
	return nil
}

// lookBack reads the conversation and takes the message back.
func lookBack(ctx context.Context, out io.Writer, a app, msgKey string) error {
	messages := message.NewClient(a.client)
	for m, err := range messages.Messages(ctx, a.user, a.sender, time.Now().Add(-time.Hour), time.Time{}) {
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "history   %s: %q\n", m.FromAccount, m.MsgBody.Text())
	}
	if err := messages.Recall(ctx, a.sender, a.user, msgKey); err != nil {
		return err
	}
	fmt.Fprintf(out, "message   taken back\n")
	return nil
}
