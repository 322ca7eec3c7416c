package main

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"time"
)

// A redisServer is a Redis in a process of its own, which keeps nothing: it can be killed and started again.
type redisServer struct {
	path string
	addr string
	dir  string
	kill func() // and waits for the end
}

// startRedisServer starts a redis-server on a free port.
func startRedisServer(ctx context.Context) (*redisServer, error) {
	path, err := exec.LookPath("redis-server")
	if err != nil {
		return nil, fmt.Errorf("-kill needs a redis-server: %w", err)
	}
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &redisServer{path: path, addr: listener.Addr().String()}
	if err := listener.Close(); err != nil {
		return nil, err
	}
	if r.dir, err = os.MkdirTemp("", "cluster"); err != nil {
		return nil, err
	}
	if err := r.start(ctx); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

// start starts the server and waits until it can be reached.
func (r *redisServer) start(ctx context.Context) error {
	host, port, err := net.SplitHostPort(r.addr)
	if err != nil {
		return err
	}
	life, kill := context.WithCancel(context.WithoutCancel(ctx))
	cmd := exec.CommandContext(life, r.path, //nolint:gosec // the redis-server of this machine
		"--bind", host, "--port", port, "--dir", r.dir, "--save", "", "--appendonly", "no")
	if err := cmd.Start(); err != nil {
		kill()
		return err
	}
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		_ = cmd.Wait()
	}()
	r.kill = func() {
		kill()
		<-gone
	}
	ctx, cancel := context.WithTimeout(ctx, reachLimit)
	defer cancel()
	var dialer net.Dialer
	for {
		conn, err := dialer.DialContext(ctx, "tcp", r.addr)
		if err == nil {
			return conn.Close()
		}
		if pause(ctx, 10*time.Millisecond); ctx.Err() != nil {
			return err
		}
	}
}

func (r *redisServer) close() {
	r.kill()
	_ = os.RemoveAll(r.dir)
}

// disrupt lets the period pass, and meanwhile kills a worker and Redis, which comes back before the end. It returns
// what it did and when. It ends with ctx.
func (c *cluster) disrupt(ctx context.Context, period time.Duration, redis *redisServer) (did string, err error) {
	start := time.Now()
	reach := func(part float64) bool {
		pause(ctx, time.Until(start.Add(time.Duration(part*float64(period)))))
		return ctx.Err() == nil
	}
	var events []string
	for _, event := range []struct {
		part float64 // of the period, that passes before
		what string
		do   func() error
	}{
		{0.3, "one worker killed", func() error { c.workers[0].killNow(); return nil }},
		{0.5, "redis killed", func() error { redis.kill(); return nil }},
		{0.7, "back", func() error { return redis.start(context.WithoutCancel(ctx)) }},
	} {
		if !reach(event.part) {
			break
		}
		if err = event.do(); err != nil {
			err = fmt.Errorf("redis: %w", err)
			break
		}
		events = append(events, fmt.Sprintf("%s at %.1fs", event.what, time.Since(start).Seconds()))
	}
	reach(1)
	return cmp.Or(strings.Join(events, ", "), "nothing killed"), err
}
