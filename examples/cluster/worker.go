package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/redis/go-redis/v9"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/callback"
	webhooks "github.com/go-tencentchat/tencentchat/callback/jetstream"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/redislimit"
)

const (
	callers     = 16               // goroutines of a worker that call
	callTimeout = 10 * time.Second // for one call, with the wait for its turn

	// On one machine, where everything competes for its cores, Redis is not to blame for being slow. Where it has a machine of
	// its own leave the default, 50 ms.
	redisTimeout = 300 * time.Millisecond
)

// work is a worker: it calls the REST API within the budget that all share, and handles webhooks from the stream.
func (p *player) work(ctx context.Context) error {
	conn, js, err := p.connect()
	if err != nil {
		return err
	}
	defer conn.Close()
	client, stop, err := p.client()
	if err != nil {
		return err
	}
	defer stop()
	users, err := p.users(ctx, client)
	if err != nil {
		return err
	}

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	consumed := make(chan error, 1)
	go func() {
		defer cancel() // without it the worker is of no use
		consumed <- p.consume(ctx, js)
	}()
	p.report(report{Ready: true})
	p.obey(ctx, profile.NewClient(client), users)
	return <-consumed
}

// client returns a client whose calls wait for their turn among those of all processes.
func (p *player) client() (client *restapi.Client, stop func(), err error) {
	rdb := redis.NewClient(&redis.Options{Addr: p.Redis})
	limiter, err := redislimit.New(rdb, p.SDKAppID,
		redislimit.WithPrefix(redisPrefix(p.Run)),
		redislimit.WithShare(p.Share),
		redislimit.WithFallbackShare(1/float64(p.Workers)),
		redislimit.WithTimeout(redisTimeout),
		redislimit.WithLogger(p.logger))
	if err == nil {
		client, err = restapi.NewClient(restapi.Singapore, p.SDKAppID, p.Key, restapi.WithBaseURL(p.Chat),
			restapi.WithAdmin(p.Name), restapi.WithLimiter(limiter), restapi.WithLogger(p.logger))
	}
	if err != nil {
		return nil, nil, errors.Join(err, rdb.Close())
	}
	return client, func() {
		client.CloseIdleConnections()
		_ = rdb.Close()
	}, nil
}

// users imports a user for each caller, all at once: the connections are open then.
func (p *player) users(ctx context.Context, client *restapi.Client) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	accounts := account.NewClient(client)
	users, errs := make([]string, callers), make([]error, callers)
	var importing sync.WaitGroup
	for i := range users {
		users[i] = fmt.Sprintf("%s-user-%d", p.Name, i+1)
		importing.Go(func() { errs[i] = accounts.Import(ctx, account.Account{UserID: users[i]}) })
	}
	importing.Wait()
	return users, errors.Join(errs...)
}

// consume handles the webhooks that come to this worker, whichever worker caused them.
func (p *player) consume(ctx context.Context, js jetstream.JetStream) error {
	h, err := callback.NewHandler(p.SDKAppID, callback.WithToken(p.Token))
	if err != nil {
		return err
	}
	callback.On(h, func(ctx context.Context, _ *callback.ProfilePortraitSet) error {
		d, _ := webhooks.DeliveryFrom(ctx)
		p.report(report{Handled: d.ID})
		return nil
	})
	return webhooks.Consume(ctx, js, h,
		webhooks.WithStream(streamName(p.Run), subjects(p.Run)),
		webhooks.WithAckWait(2*time.Second), // 30 s if nobody watches
		webhooks.WithLogger(p.logger))
}

// obey calls from one command to the next, until ctx ends.
func (p *player) obey(ctx context.Context, profiles *profile.Client, users []string) {
	var calls sync.WaitGroup
	defer calls.Wait()
	calling, rest := context.WithCancel(ctx)
	defer rest()
	for {
		var command string
		select {
		case <-ctx.Done():
			return
		case command = <-p.commands:
		}
		switch command {
		case commandCall:
			for _, user := range users {
				calls.Go(func() { p.rename(calling, profiles, user) })
			}
		case commandRest:
			rest()
			calls.Wait()
			p.report(report{Rested: true})
		}
	}
}

// rename gives a user one nickname after the other. Its end leaves the call under way alone.
func (p *player) rename(ctx context.Context, profiles *profile.Client, user string) {
	for n := 1; ctx.Err() == nil; n++ {
		call, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTimeout)
		// No two alike: webhooks that nothing tells apart are one to the stream.
		err := profiles.SetProfile(call, user, profile.Nick.To(fmt.Sprintf("%s, name %d", user, n)))
		cancel()
		if err != nil {
			p.report(report{Failed: err.Error()})
		}
	}
}
