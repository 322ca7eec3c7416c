package callback_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
)

// topic is a Sink over a message queue. Here it is a channel; a real one returns nil when the broker has confirmed that
// the message is stored, and gives it e.ID to tell repeats by.
type topic chan []byte

func (t topic) Put(ctx context.Context, e callback.Envelope) error {
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	select {
	case t <- data:
		return nil
	case <-ctx.Done():
		return ctx.Err() // answered 503
	}
}

// consume handles what is in the queue, in a process of its own.
func consume(ctx context.Context, queue topic, worker *callback.Handler) {
	seen := map[string]bool{} // in a backend: kept for some minutes, and shared by the workers
	for data := range queue {
		var e callback.Envelope
		if err := json.Unmarshal(data, &e); err != nil || seen[e.ID] {
			continue
		}
		switch err := worker.Dispatch(ctx, e); {
		case err == nil:
			seen[e.ID] = true
		case errors.Is(err, callback.ErrMalformed), errors.Is(err, callback.ErrWrongApp), errors.Is(err, callback.ErrNoHandler):
			fmt.Println("put aside:", e.Command)
		default:
			fmt.Println("try again later:", err)
		}
	}
}

// Everything that happens goes into a queue, what is newer than this package too, and is answered as soon as it is stored.
func Example_queue() {
	queue := make(topic, 10)
	front, err := callback.NewHandler(callbacktest.SDKAppID, callback.WithToken(callbacktest.Token), callback.WithSink(queue))
	if err != nil {
		fmt.Println(err)
		return
	}
	login := &callback.StateChange{
		EventTime: 1741589712000, Info: callback.StateInfo{Action: callback.StateLogin, ToAccount: "u-1"},
	}
	for _, e := range []callback.Event{
		login,
		login, // repeated by the vendor
		&callback.PushOfflinePush{Events: []callback.OfflinePushResult{{ToAccount: "u-1", PushStage: callback.PushStageClicked}}},
		callback.NewUnknown("Group.CallbackAfterSomethingNew", []byte(`{"GroupId":"g-1"}`)),
		&callback.GroupBeforeSendMsg{}, // waits for an answer and is never put into a queue
	} {
		w := httptest.NewRecorder()
		front.ServeHTTP(w, callbacktest.NewRequest(e))
		fmt.Println(w.Code, e.Command())
	}
	close(queue)

	worker, err := callback.NewHandler(callbacktest.SDKAppID, callback.WithoutVerification(), // the front has verified
		callback.WithUnknown(func(_ context.Context, u *callback.Unknown) {
			fmt.Printf("unknown: %s\n", u.Raw)
		}))
	if err != nil {
		fmt.Println(err)
		return
	}
	callback.On(worker, func(_ context.Context, e *callback.StateChange) error {
		fmt.Println(e.EventTime.Time().UTC(), e.Info.ToAccount, e.Info.Action)
		return nil
	})
	callback.On(worker, func(_ context.Context, e *callback.PushOfflinePush) error {
		for _, push := range e.Events {
			fmt.Println(push.ToAccount, "opened a notification:", push.PushStage == callback.PushStageClicked)
		}
		return nil
	})
	consume(context.Background(), queue, worker)
	// Output:
	// 200 State.StateChange
	// 200 State.StateChange
	// 200 Push.OfflinePush
	// 200 Group.CallbackAfterSomethingNew
	// 200 Group.CallbackBeforeSendMsg
	// 2025-03-10 06:55:12 +0000 UTC u-1 Login
	// u-1 opened a notification: true
	// unknown: {"GroupId":"g-1"}
}
