package restapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/ctxerr"
)

// Call carries out cmd: it sends req as JSON (nil: an empty object) and decodes the answer into resp (nil: not wanted).
//
// It waits for the command's turn at the limiter, signs, sends, and tries again where that is safe: up to three
// attempts within ctx, after a failure that proves that nothing was done or, for idempotent commands and within
// Command.RepeatWithin, that leaves it open. A UserSig that the server refuses is made anew once. Methods of req may
// ask for more, see "Requests" in the package's documentation.
//
// A refusal by the client itself is an *ArgumentError or a *RateLimitError, with nothing sent. Any other failure is an
// *Error; errors.Is matches it with codes and classes, with context.Canceled and context.DeadlineExceeded, and with
// ErrBadResponse.
func (c *Client) Call(ctx context.Context, cmd Command, req, resp any) error {
	if !pathPart(cmd.Service) || !pathPart(cmd.Name) {
		return &ArgumentError{
			Command: cmd, Field: "command",
			Reason: "must be named by a service and a name of letters, digits and underscores",
		}
	}
	if ctx == nil {
		return &ArgumentError{Command: cmd, Field: "context", Reason: "is nil"}
	}
	return c.invoke(ctx, cmd, req, resp)
}

func (c *Client) call(ctx context.Context, cmd Command, req, resp any) error {
	send, err := c.request(cmd, req)
	if err != nil {
		return err
	}
	start := time.Now()
	attempts, err := c.attempts(ctx, cmd, send, resp)
	if c.cfg.logger.Enabled(ctx, slog.LevelDebug) {
		c.cfg.logger.LogAttrs(ctx, slog.LevelDebug, "tencent chat call", slog.String("command", cmd.String()),
			slog.Duration("took", time.Since(start)), slog.Int("attempts", attempts), slog.Any("error", err))
	}
	return err
}

// attempts makes the attempts of one call and returns how many there were.
func (c *Client) attempts(ctx context.Context, cmd Command, send request, resp any) (int, error) {
	var last *Error
	var repeats window
	signedAnew, open := false, false
	for n := 1; ; n++ {
		err := c.admit(ctx, cmd, send.cost, repeats)
		now := time.Now()
		if err != nil || !repeats.allow(now) {
			if last != nil {
				return n - 1, last // says more than that there was no time for another attempt
			}
			return 0, err
		}
		if n == 1 {
			repeats.start = now
		}
		r := c.try(ctx, cmd, send, repeats, resp)
		if r.err == nil {
			c.tokens.accept(r.token)
			c.budget.success()
			return n, nil
		}
		last = r.err
		last.Attempts = n
		if leavesOpen(last, r.sent) {
			repeats.close(cmd)
			open = true
		}
		last.Open = open
		if slowsDown(last.Code) {
			if s, ok := c.cfg.limiter.(SlowDowner); ok {
				s.SlowDown(cmd, last.Code)
				c.observe(ctx, Event{Kind: SlowedDown, Command: cmd, Err: last})
			}
			c.log(ctx, "refused for the rate of calls: slowing down", cmd, slog.Int("code", int(last.Code)))
		}
		if signAgain(last.Code) && !signedAnew && r.token != nil && c.tokens.again(r.token) {
			signedAnew = true
			c.log(ctx, "usersig refused: signing again", cmd, slog.Int("code", int(last.Code)))
			c.observe(ctx, Event{Kind: SignedAgain, Command: cmd, Err: last})
			continue
		}
		if !c.again(ctx, cmd, n, signedAnew, r, repeats) {
			return n, last
		}
	}
}

// admit waits for the turn of an attempt, which must come in time for a repeat.
func (c *Client) admit(ctx context.Context, cmd Command, cost int, repeats window) error {
	if !repeats.end.IsZero() {
		within, cancel := context.WithDeadline(ctx, repeats.end)
		defer cancel()
		ctx = within
	}
	if ctx.Err() != nil {
		return &Error{Command: cmd, Err: ctxerr.With(ctx, context.Cause(ctx))}
	}
	if c.cfg.limiter == nil {
		return nil
	}
	start := c.waiting()
	err := turn(ctx, c.cfg.limiter, cmd, cost)
	c.waited(ctx, cmd, start, err)
	if err == nil {
		return nil
	}
	if _, refused := errors.AsType[*RateLimitError](err); refused {
		return err
	}
	if _, refused := errors.AsType[*ArgumentError](err); refused {
		return err
	}
	return &Error{Command: cmd, Err: fmt.Errorf("waiting for the rate limit: %w", err)}
}

func (c *Client) log(ctx context.Context, text string, cmd Command, attrs ...slog.Attr) {
	if c.cfg.logger.Enabled(ctx, slog.LevelWarn) {
		attrs = append([]slog.Attr{slog.String("command", cmd.String())}, attrs...)
		c.cfg.logger.LogAttrs(ctx, slog.LevelWarn, text, attrs...)
	}
}

// encode returns the body of a request. It is an object and never empty.
func encode(cmd Command, req any) ([]byte, error) {
	if req == nil {
		return []byte("{}"), nil
	}
	data, err := marshal(req)
	switch {
	case err != nil:
		return nil, &ArgumentError{Command: cmd, Field: "request", Reason: "does not encode to JSON: " + err.Error()}
	case bytes.Equal(data, []byte("null")):
		return []byte("{}"), nil
	case len(data) == 0 || data[0] != '{':
		return nil, &ArgumentError{Command: cmd, Field: "request", Reason: "does not encode to a JSON object"}
	}
	return data, nil
}

// usual is what most bodies have room in.
const usual = 512 // bytes

func marshal(req any) ([]byte, error) {
	if a, ok := can[appender](req); ok {
		return a.AppendJSON(make([]byte, 0, usual))
	}
	return json.Marshal(req)
}
