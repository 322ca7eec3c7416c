package jetstream_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
	webhooks "github.com/go-tencentchat/tencentchat/callback/jetstream"
	"github.com/go-tencentchat/tencentchat/profile"
)

// connected returns a JetStream to play with, on a server in this process.
func connected() (js jetstream.JetStream, stop func()) {
	dir, err := os.MkdirTemp("", "jetstream")
	must(err)
	s, err := server.NewServer(serverOptions(dir, server.RANDOM_PORT))
	must(err)
	go s.Start()
	s.ReadyForConnections(20 * time.Second)
	conn, err := nats.Connect(s.ClientURL(), nats.MaxReconnects(-1), nats.RetryOnFailedConnect(true))
	must(err)
	js, err = jetstream.New(conn)
	must(err)
	return js, func() {
		conn.Close()
		stopServer(s)
		must(os.RemoveAll(dir))
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// One program that receives webhooks, keeps them, and handles them. In production these are two programs.
func Example() {
	ctx, cancel := context.WithCancel(context.Background())
	js, stop := connected()
	defer stop()
	must(webhooks.EnsureStream(ctx, js, webhooks.StreamConfig{})) // Replicas: 3 in production

	sink, err := webhooks.NewSink(js)
	must(err)
	h, err := callback.NewHandler(callbacktest.SDKAppID, callback.WithToken(callbacktest.Token), callback.WithSink(sink))
	must(err)
	callback.On(h, func(ctx context.Context, e *callback.ProfilePortraitSet) error {
		defer cancel() // enough for an example
		nick, _ := profile.Nick.Of(e.ProfileItem)
		d, _ := webhooks.DeliveryFrom(ctx)
		fmt.Println(e.FromAccount, "is", nick, "by delivery", d.Try, "of message", d.Sequence)
		return nil
	})

	w := httptest.NewRecorder() // what the vendor sends, and is answered
	h.ServeHTTP(w, callbacktest.NewRequest(&callback.ProfilePortraitSet{
		FromAccount: "u-1",
		ProfileItem: profile.Items{profile.Nick.To("Robin")},
	}))
	fmt.Println(w.Code == http.StatusOK)

	fmt.Println(webhooks.Consume(ctx, js, h))
	// Output:
	// true
	// u-1 is Robin by delivery 1 of message 1
	// <nil>
}

// Webhooks that were set aside are read, with the reason, and stored anew once the reason is gone. Their window of
// duplicates must be over by then.
func ExampleSink_Put() {
	ctx := context.Background()
	js, stop := connected()
	defer stop()
	must(webhooks.EnsureStream(ctx, js, webhooks.StreamConfig{}))
	sink, err := webhooks.NewSink(js)
	must(err)
	setAsideOne(ctx, js)

	dead, err := js.CreateOrUpdateConsumer(ctx, webhooks.DefaultStream+"_DEAD", jetstream.ConsumerConfig{Durable: "put-back"})
	must(err)
	batch, err := dead.FetchNoWait(100)
	must(err)
	for msg := range batch.Messages() {
		fmt.Println(msg.Headers().Get(webhooks.HeaderTries), msg.Headers().Get(webhooks.HeaderReason))
		var e callback.Envelope
		must(json.Unmarshal(msg.Data(), &e))
		must(sink.Put(ctx, e))
		must(msg.DoubleAck(ctx))
	}
	main, err := js.Stream(ctx, webhooks.DefaultStream)
	must(err)
	fmt.Println("waiting to be handled:", main.CachedInfo().State.Msgs)
	// Output:
	// 1 callback: Profile.CallbackPortraitSet: the store is down
	// waiting to be handled: 1
}

// setAsideOne leaves a webhook with the dead, as Consume does.
func setAsideOne(ctx context.Context, js jetstream.JetStream) {
	data, err := json.Marshal(envelope("id-1", portraitSet, `{}`))
	must(err)
	_, err = js.PublishMsg(ctx, &nats.Msg{
		Subject: webhooks.Subject(webhooks.DefaultPrefix+"-dead", app, portraitSet),
		Data:    data,
		Header: nats.Header{
			webhooks.HeaderTries:  {"1"},
			webhooks.HeaderReason: {"callback: Profile.CallbackPortraitSet: the store is down"},
		},
	})
	must(err)
}
