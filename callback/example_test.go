package callback_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/profile"
)

// receive plays the vendor: it sends an event to the handler and prints what it is answered.
func receive(h http.Handler, event callback.Event) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, callbacktest.NewRequest(event))
	fmt.Println(w.Code, w.Body)
}

// A copy of every user's nickname, kept up to date.
func Example() {
	nicks := map[string]string{}
	h, err := callback.NewHandler(callbacktest.SDKAppID, callback.WithToken(callbacktest.Token))
	if err != nil {
		fmt.Println(err)
		return
	}
	callback.On(h, func(_ context.Context, e *callback.ProfilePortraitSet) error {
		if nick, ok := profile.Nick.Of(e.ProfileItem); ok {
			nicks[e.FromAccount] = nick
		}
		return nil
	})
	mux := http.NewServeMux()
	mux.Handle("/", h) // next to the routes of the backend

	receive(mux, &callback.ProfilePortraitSet{FromAccount: "u-1", ProfileItem: profile.Items{profile.Nick.To("Robin")}})
	fmt.Println(nicks)
	// Output:
	// 200 {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}
	// map[u-1:Robin]
}

// Messages with links are refused, bad words are starred out, and what the program does not know is looked at by a person.
func ExampleAnswer() {
	h, err := callback.NewHandler(callbacktest.SDKAppID,
		callback.WithToken(callbacktest.Token),
		callback.WithFallback(callback.FallbackReject), callback.WithFailClosed()) // nothing goes out unread
	if err != nil {
		fmt.Println(err)
		return
	}
	callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		if strings.Contains(e.MsgBody.Text(), "http://") {
			return e.RejectCode(10101, "links are not allowed"), nil
		}
		for _, elem := range e.MsgBody {
			switch elem := elem.(type) {
			case *message.TextElem:
				elem.Text = strings.ReplaceAll(elem.Text, "damn", "****")
			case *message.UnknownElem:
				return e.Drop(), nil
			}
		}
		return e.Rewrite(e.MsgBody), nil
	})
	receive(h, &callback.GroupBeforeSendMsg{MsgBody: message.Body{&message.TextElem{Text: "see http://example.com"}}})
	receive(h, &callback.GroupBeforeSendMsg{MsgBody: message.Body{&message.TextElem{Text: "damn"}}})
	// Output:
	// 200 {"ActionStatus":"OK","ErrorInfo":"links are not allowed","ErrorCode":10101}
	// 200 {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"****"}}]}
}

// Commands that are newer than the package: one is handled, the others are noted.
func ExampleHandler_Handle() {
	h, err := callback.NewHandler(callbacktest.SDKAppID,
		callback.WithToken(callbacktest.Token),
		callback.WithUnknown(func(_ context.Context, u *callback.Unknown) {
			fmt.Println("nobody handles", u.Command())
		}))
	if err != nil {
		fmt.Println(err)
		return
	}
	h.Handle("Group.CallbackAfterSomethingNew", func(_ context.Context, u *callback.Unknown) (any, error) {
		fmt.Printf("%s\n", u.Raw)
		return nil, nil
	})
	receive(h, callback.NewUnknown("Group.CallbackAfterSomethingNew", []byte(`{"GroupId":"g-1"}`)))
	receive(h, callback.NewUnknown("Group.CallbackAfterSomethingElse", []byte(`{}`)))
	// Output:
	// {"GroupId":"g-1"}
	// 200 {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}
	// nobody handles Group.CallbackAfterSomethingElse
	// 200 {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}
}

// channel is a Sink. A real one returns nil once the envelope is on disk.
type channel chan callback.Envelope

func (c channel) Put(ctx context.Context, e callback.Envelope) error {
	select {
	case c <- e:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Webhooks are answered as soon as they are stored, and handled by a worker.
func ExampleWithSink() {
	queue := make(channel, 100)
	h, err := callback.NewHandler(callbacktest.SDKAppID, callback.WithToken(callbacktest.Token), callback.WithSink(queue))
	if err != nil {
		fmt.Println(err)
		return
	}
	callback.On(h, func(_ context.Context, e *callback.StateChange) error {
		fmt.Println(e.Info.ToAccount, e.Info.Action)
		return nil
	})
	receive(h, &callback.StateChange{Info: callback.StateInfo{Action: callback.StateLogin, ToAccount: "u-1"}})

	// In the worker:
	envelope := <-queue
	if err := h.Dispatch(context.Background(), envelope); errors.Is(err, callback.ErrMalformed) {
		fmt.Println("do not try again:", err)
	}
	// Output:
	// 200 {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}
	// u-1 Login
}

// One middleware for all events.
func ExampleWithMiddleware() {
	log := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))
	h, err := callback.NewHandler(callbacktest.SDKAppID, callback.WithToken(callbacktest.Token),
		callback.WithMiddleware(func(next callback.Next) callback.Next {
			return func(ctx context.Context, e callback.Event) (any, error) {
				answer, err := next(ctx, e)
				log.InfoContext(ctx, "webhook", "command", e.Command(), "ok", err == nil)
				return answer, err
			}
		}))
	if err != nil {
		fmt.Println(err)
		return
	}
	callback.On(h, func(context.Context, *callback.StateChange) error { return nil })
	receive(h, &callback.StateChange{})
	// Output:
	// level=INFO msg=webhook command=State.StateChange ok=true
	// 200 {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}
}
