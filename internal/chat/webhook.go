package chat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/wire"
)

// webhookTimeout is how long the service waits for the answer to a webhook.
const webhookTimeout = 2 * time.Second

// ErrNoPost is the error of a webhook when nothing sends any.
var ErrNoPost = errors.New("there is no callback URL")

// Fire sends any webhook at once, past the lanes, and returns what became of it.
func (a *App) Fire(ctx context.Context, event callback.Event) Delivery {
	a.lanes.add(1)
	defer a.lanes.add(-1)
	return a.send(ctx, &turn{id: a.journal.next(), event: event})
}

// deliver sends a webhook whose turn has come.
func (a *App) deliver(t *turn) { a.send(context.Background(), t) }

// lost records a webhook that is never sent.
func (a *App) lost(t *turn) {
	a.journal.deliver(Delivery{
		ID: t.id, Cause: t.cause, Command: t.event.Command(), Time: a.cfg.Now(),
		Err: fmt.Errorf("webhook %s: over %d were waiting", t.event.Command(), maxWaiting),
	})
}

// send delivers one webhook and records it, but for one that there is nothing to send with.
func (a *App) send(ctx context.Context, t *turn) Delivery {
	d := Delivery{ID: t.id, Cause: t.cause, Command: t.event.Command(), Time: a.cfg.Now()}
	post := a.post.Load()
	if post == nil {
		d.Err = ErrNoPost
		return d
	}
	d.Body, d.Err = callback.Encode(t.event)
	switch {
	case d.Err != nil:
	case a.late.Load():
		d.Err = errors.New("the server was closed before its turn")
	default:
		d.Err = a.exchange(ctx, *post, t.event.Metadata(), &d)
	}
	if d.Err != nil {
		d.Err = fmt.Errorf("webhook %s: %w", d.Command, d.Err)
	}
	a.journal.deliver(d)
	a.countWebhook(d)
	a.cfg.Log.LogAttrs(ctx, slog.LevelInfo, "webhook", slog.String("command", d.Command),
		slog.Int("status", d.Status), slog.Any("error", d.Err))
	return d
}

// exchange posts a webhook. Each has a RequestId of its own.
func (a *App) exchange(ctx context.Context, post Post, meta *callback.Meta, d *Delivery) error {
	ctx, cancel := context.WithTimeout(ctx, webhookTimeout)
	defer cancel()
	status, answer, err := post(ctx, callback.Envelope{
		Command:     d.Command,
		SDKAppID:    a.cfg.SDKAppID,
		OptPlatform: string(meta.OptPlatform),
		ClientIP:    meta.ClientIP,
		RequestID:   strconv.FormatUint(rand.Uint64(), 10),
		ReceivedAt:  d.Time,
		Body:        d.Body,
	})
	d.Status = status
	switch {
	case err != nil:
		return err
	case status != 200:
		return fmt.Errorf("http status %d", status)
	case !isObject(answer):
		return errors.New("the answer is not a JSON object")
	}
	d.Answer = answer
	return nil
}

func isObject(data []byte) bool {
	if !wire.Valid(data) {
		return false
	}
	var o map[string]json.RawMessage
	return json.Unmarshal(data, &o) == nil && o != nil
}

// answers are the codes that are documented as answers to a webhook.
func (a *App) answers(webhook string) codeRanges {
	codes, ok := a.codes.Load(webhook)
	if !ok {
		codes, _ = a.codes.LoadOrStore(webhook, readAnswers(webhook))
	}
	return codes.(codeRanges)
}

func readAnswers(webhook string) codeRanges {
	doc, err := spec.LookupWebhook(webhook)
	if err != nil {
		return codeRanges{{0, 1}} // it is newer than the documentation that we have
	}
	var codes codeRanges
	for _, one := range doc.Answers {
		if these, ok := parseCodes(one.Code); ok {
			codes = append(codes, these)
		}
	}
	return codes
}
