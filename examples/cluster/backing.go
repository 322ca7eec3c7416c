package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/redis/go-redis/v9"

	webhooks "github.com/go-tencentchat/tencentchat/callback/jetstream"
)

const reachLimit = 5 * time.Second // for Redis and NATS to answer

// A backing is the Redis and the NATS of a run. What the run keeps in them has its id in the name, so that it meets nothing
// else that is there.
type backing struct {
	id        string
	redisAddr string
	natsURL   string
	redis     string // to print
	nats      string
	server    *redisServer // with -kill
	closers   []func()
}

func startBacking(ctx context.Context, cfg config) (*backing, error) {
	b := &backing{id: strings.ToLower(rand.Text()[:10]), redisAddr: cfg.redis, natsURL: cfg.nats, redis: cfg.redis, nats: "as given"}
	startRedis := b.startRedis
	if cfg.kill {
		startRedis = b.startRedisServer
	}
	for _, start := range []func(context.Context) error{startRedis, b.startNATS, b.makeStream} {
		if err := start(ctx); err != nil {
			b.close()
			return nil, err
		}
	}
	return b, nil
}

// close undoes what was done, the last first.
func (b *backing) close() {
	for i := range b.closers {
		b.closers[len(b.closers)-1-i]()
	}
}

func (b *backing) later(fn func()) { b.closers = append(b.closers, fn) }

func (b *backing) startRedis(ctx context.Context) error {
	if b.redisAddr == "" {
		embedded, err := miniredis.Run()
		if err != nil {
			return fmt.Errorf("embedded redis: %w", err)
		}
		b.later(embedded.Close)
		b.redisAddr, b.redis = embedded.Addr(), embedded.Addr()+" (embedded)"
	}
	ctx, cancel := context.WithTimeout(ctx, reachLimit)
	defer cancel()
	client := redis.NewClient(&redis.Options{Addr: b.redisAddr})
	defer func() { _ = client.Close() }()
	if err := client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("redis: %w", err)
	}
	return nil
}

// startRedisServer starts a Redis that can be killed, which the embedded one cannot.
func (b *backing) startRedisServer(ctx context.Context) (err error) {
	if b.server, err = startRedisServer(ctx); err != nil {
		return fmt.Errorf("redis: %w", err)
	}
	b.later(b.server.close)
	b.redisAddr, b.redis = b.server.addr, b.server.addr+" (a redis-server of its own)"
	return nil
}

func (b *backing) startNATS(context.Context) error {
	if b.natsURL != "" {
		return nil
	}
	dir, err := os.MkdirTemp("", "cluster")
	if err != nil {
		return err
	}
	b.later(func() { _ = os.RemoveAll(dir) })
	embedded, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: dir,
		NoLog: true, NoSigs: true, DisableJetStreamBanner: true,
	})
	if err != nil {
		return fmt.Errorf("embedded nats: %w", err)
	}
	go embedded.Start()
	b.later(func() {
		embedded.Shutdown()
		embedded.WaitForShutdown()
	})
	if !embedded.ReadyForConnections(reachLimit) {
		return errors.New("embedded nats: does not start")
	}
	b.natsURL, b.nats = embedded.ClientURL(), embedded.ClientURL()+" (embedded)"
	return nil
}

// makeStream makes the stream of webhooks, which is deleted at the end. In a real deployment it is made once, with Replicas
// of 3, and stays.
func (b *backing) makeStream(ctx context.Context) error {
	conn, err := nats.Connect(b.natsURL, nats.Timeout(reachLimit))
	if err != nil {
		return fmt.Errorf("nats: %w", err)
	}
	b.later(conn.Close)
	js, err := jetstream.New(conn)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, reachLimit)
	defer cancel()
	b.later(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), reachLimit)
		defer cancel()
		_ = js.DeleteStream(ctx, streamName(b.id))
		_ = js.DeleteStream(ctx, streamName(b.id)+"_DEAD")
	})
	return webhooks.EnsureStream(ctx, js, webhooks.StreamConfig{
		Name: streamName(b.id), Prefix: subjects(b.id), MaxAge: time.Hour, DeadMaxAge: time.Hour,
	})
}

// The names of what a run keeps in NATS and in Redis.
func streamName(run string) string  { return "CLUSTER_" + run }
func subjects(run string) string    { return "cluster." + run }
func redisPrefix(run string) string { return "cluster:" + run + ":" }
