package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

const (
	startLimit = 20 * time.Second // for all processes to be ready
	drainLimit = 15 * time.Second // for what is under way at the end
)

// A cluster is all that runs.
type cluster struct {
	out       io.Writer
	chat      *restapitest.Server
	ledger    *ledger
	receivers []*process
	workers   []*process
}

// run runs a cluster for the period, or until ctx ends, lets what is under way finish, and prints what happened. It
// returns an error when a webhook that was taken was not handled and, where it kills processes, when anything was lost.
func run(ctx context.Context, cfg config, out io.Writer) (err error) {
	c := &cluster{out: &lockedWriter{w: out}, ledger: newLedger()}
	admins := names("worker", cfg.workers) // an administrator for each, so that the service can tell their calls apart
	c.chat = restapitest.NewServer(restapitest.WithAdmins(admins...))
	defer c.chat.Close()
	// The workers go as fast as they may, of which Alert.RequestOverLimit would tell.
	c.chat.SetSettings(restapitest.Settings{Webhooks: []string{"Profile.CallbackPortraitSet"}})
	c.say("chat", "local Tencent Chat for app %d at %s", c.chat.SDKAppID(), c.chat.URL)

	backing, err := startBacking(ctx, cfg)
	if err != nil {
		return err
	}
	defer backing.close()
	c.say("redis", "%s", backing.redis)
	c.say("nats", "%s", backing.nats)

	defer func() { // reached early only when something failed
		if stopErr := c.stop(slices.Concat(c.receivers, c.workers)); err == nil {
			err = stopErr
		}
	}()
	s := settings{
		SDKAppID: c.chat.SDKAppID(), Key: c.chat.SecretKey(), Token: webhookToken, Chat: c.chat.URL,
		Redis: backing.redisAddr, NATS: backing.natsURL, Run: backing.id, Workers: cfg.workers, Share: cfg.share,
	}
	if err := c.startProcesses(ctx, cfg, s); err != nil {
		return err
	}
	front, err := startFront(ctx, c.receivers, cfg.again)
	if err != nil {
		return err
	}
	defer front.close()
	if err := c.chat.SetCallback(front.url, webhookToken); err != nil {
		return err
	}
	c.say("front", "%s, to the receivers in turn", front.url)

	c.say("running", "for %v", cfg.period)
	from := time.Now()
	tell(c.workers, commandCall)
	var did string
	if cfg.kill {
		did, err = c.disrupt(ctx, cfg.period, backing.server)
	} else {
		pause(ctx, cfg.period)
	}
	to := time.Now()
	c.drain(context.WithoutCancel(ctx))
	front.close() // or the receivers would wait for its connections
	err = errors.Join(err, c.stop(slices.Concat(c.receivers, c.workers)))
	c.receivers, c.workers = nil, nil
	sum := c.report(admins, names("receiver", cfg.receivers), from, to)
	if cfg.kill {
		fmt.Fprintf(c.out, "%s; %s\n", sum.verdict(), did)
	}
	switch {
	case sum.unhandled > 0:
		return fmt.Errorf("%d webhooks were received and not handled", sum.unhandled)
	case cfg.kill && sum.lost() > 0:
		return fmt.Errorf("%d webhooks or calls were lost", sum.lost())
	}
	return err
}

func (c *cluster) startProcesses(ctx context.Context, cfg config, s settings) error {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	for _, kind := range []struct {
		role  string
		count int
		all   *[]*process
	}{{roleReceiver, cfg.receivers, &c.receivers}, {roleWorker, cfg.workers, &c.workers}} {
		for _, name := range names(kind.role, kind.count) {
			s.Name = name
			p, err := startProcess(ctx, kind.role, s, c.ledger)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			*kind.all = append(*kind.all, p)
		}
	}
	for _, p := range slices.Concat(c.receivers, c.workers) {
		if err := p.waitReady(ctx); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		c.say(p.name, "process %d", p.cmd.Process.Pid)
		p.onGone(func() { c.say(p.name, "is gone: %v", p.cmd.ProcessState) })
	}
	return nil
}

// drain lets the calls under way end, then the webhooks that they caused, then the work that those make.
func (c *cluster) drain(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, drainLimit)
	defer cancel()
	tell(c.workers, commandRest)
	for _, p := range c.workers {
		p.waitRested(ctx)
	}
	c.chat.Wait()
	for ctx.Err() == nil {
		if t := c.ledger.tally(); t.handled == t.received {
			return
		}
		pause(ctx, 20*time.Millisecond)
	}
}

// stop ends processes, which all get to know at once, and returns the first error of one that did not end well.
func (c *cluster) stop(all []*process) (err error) {
	for _, p := range all {
		p.end()
	}
	for _, p := range all {
		if one := p.waitEnd(); one != nil && err == nil {
			err = fmt.Errorf("%s: %w", p.name, one)
		}
	}
	return err
}

func (c *cluster) say(what, format string, args ...any) {
	fmt.Fprintf(c.out, "%-12s"+format+"\n", append([]any{what}, args...)...)
}

func names(kind string, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("%s-%d", kind, i+1)
	}
	return all
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
