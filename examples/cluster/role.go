package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	roleReceiver = "receiver"
	roleWorker   = "worker"

	webhookToken = "a-token-of-your-choice" // set in the vendor's console beside the webhook URL
)

// A player is one of the other processes.
type player struct {
	settings

	commands <-chan string
	logger   *slog.Logger

	mu  sync.Mutex
	out *json.Encoder
}

// play is the program of the other processes: it reads settings, then commands, until the input ends.
func play(ctx context.Context, role string, in io.Reader, out, errOut io.Writer) error {
	roles := map[string]func(*player, context.Context) error{roleReceiver: (*player).receive, roleWorker: (*player).work}
	part, ok := roles[role]
	if !ok {
		return fmt.Errorf("no role %q", role)
	}
	dec := json.NewDecoder(in)
	commands := make(chan string, 2)
	p := &player{commands: commands, out: json.NewEncoder(out)}
	if err := dec.Decode(&p.settings); err != nil {
		return fmt.Errorf("no settings: %w", err)
	}
	p.logger = slog.New(slog.NewTextHandler(errOut, &slog.HandlerOptions{Level: slog.LevelWarn})).With("process", p.Name)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		defer cancel()
		for {
			var command string
			if dec.Decode(&command) != nil {
				return
			}
			commands <- command
		}
	}()
	err := part(p, ctx)
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil // asked to end before it was ready
	}
	return err
}

// report says what happened. It returns when that has left the process, so that it is known even if the process is killed.
func (p *player) report(r report) {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.out.Encode(r)
}

// connect returns a JetStream that waits for NATS as long as it takes.
func (p *player) connect() (*nats.Conn, jetstream.JetStream, error) {
	conn, err := nats.Connect(p.NATS, nats.Name(p.Name),
		nats.MaxReconnects(-1), nats.RetryOnFailedConnect(true), nats.ReconnectWait(250*time.Millisecond))
	if err != nil {
		return nil, nil, err
	}
	js, err := jetstream.New(conn)
	if err != nil {
		conn.Close()
		return nil, nil, err
	}
	return conn, js, nil
}
