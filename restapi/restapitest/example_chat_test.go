package restapitest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// A support is a backend that answers what customers ask, and lets no links through.
type support struct {
	messages *message.Client
	lookUp   time.Duration // how long it takes to find an answer
}

func (s *support) before(
	_ context.Context, e *callback.C2CBeforeSendMsg,
) (callback.C2CBeforeSendMsgAnswer, error) {
	if strings.Contains(e.MsgBody.Text(), "://") {
		return e.RejectCode(120001, "no links please"), nil
	}
	return e.Allow(), nil
}

func (s *support) after(_ context.Context, e *callback.C2CAfterSendMsg) error {
	if e.ToAccount != "support" {
		return nil
	}
	go func() { // the webhook is answered at once
		time.Sleep(s.lookUp)
		answer := message.Message{FromAccount: "support", MsgBody: message.Text("your order is on its way")}
		if _, err := s.messages.Send(context.Background(), e.FromAccount, answer); err != nil {
			fmt.Println(err)
		}
	}()
	return nil
}

// chat plays both sides of a conversation with the support.
func chat(ctx context.Context, lookUp time.Duration) error {
	backend := &support{lookUp: lookUp}
	h, err := callback.NewHandler(1400000001, callback.WithToken("token"))
	if err != nil {
		return err
	}
	callback.Answer(h, backend.before)
	callback.On(h, backend.after)
	srv := restapitest.NewServer(restapitest.WithoutListener(), restapitest.WithCallbackHandler(h, "token"))
	defer srv.Close()
	srv.AddAccount("support")
	backend.messages = message.NewClient(srv.Client())

	ann := srv.User("ann")
	_, err = ann.Send("support", message.Text("have a look at https://example.com"))
	fmt.Println("no links:", errors.Is(err, restapi.Code(120001)))

	if _, err := ann.Send("support", message.Text("where is my order?")); err != nil {
		return err
	}
	notice, err := ann.Next(ctx) // what ann's phone shows
	if err != nil {
		return err
	}
	fmt.Printf("%s: %s\n", notice.From, notice.Text)
	fmt.Println("unread:", ann.Unread())
	for _, m := range ann.With("support").Messages() {
		fmt.Printf("- %s: %s\n", m.From, m.Body.Text())
	}
	return nil
}

// Both sides of a support chat. The same in a bubble of testing/synctest may wait for hours without taking any time, as
// WithoutListener and WithCallbackHandler touch no network:
//
//	synctest.Test(t, func(t *testing.T) { err := chat(t.Context(), time.Hour); ... })
func Example_supportChat() {
	if err := chat(context.Background(), time.Second); err != nil {
		fmt.Println(err)
	}
	// Output:
	// no links: true
	// support: your order is on its way
	// unread: 1
	// - ann: where is my order?
	// - support: your order is on its way
}
