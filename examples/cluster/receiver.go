package main

import (
	"context"
	"net"
	"net/http"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	webhooks "github.com/go-tencentchat/tencentchat/callback/jetstream"
)

// receive is a receiver: it answers webhooks as soon as they are safe in the stream, and does nothing else.
func (p *player) receive(ctx context.Context) error {
	conn, js, err := p.connect()
	if err != nil {
		return err
	}
	defer conn.Close()
	sink, err := webhooks.NewSink(js, webhooks.WithPrefix(subjects(p.Run)),
		webhooks.WithStored(func(_ context.Context, e callback.Envelope, duplicate bool) {
			p.report(report{Stored: e.ID, Repeated: duplicate})
		}))
	if err != nil {
		return err
	}
	h, err := callback.NewHandler(p.SDKAppID,
		callback.WithToken(p.Token), callback.WithSink(sink), callback.WithLogger(p.logger))
	if err != nil {
		return err
	}

	mux := http.NewServeMux()
	mux.Handle(webhookPath, h)
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	p.report(report{Ready: true, URL: "http://" + listener.Addr().String()})

	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	// A connection that was opened and not used yet holds it up for five seconds.
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 8*time.Second)
	defer cancel()
	return server.Shutdown(grace)
}
