package restapitest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
)

const (
	// callbackTimeout is how long the service waits for the answer to a webhook.
	callbackTimeout = 2 * time.Second
	// maxCallbackAnswer bounds what is read of an answer. No limit is documented.
	maxCallbackAnswer = 1 << 20
	// inMemoryURL is where webhooks for a handler seem to go.
	inMemoryURL = "http://callback.invalid/"
)

// target is where webhooks go: a URL or a handler.
type target struct {
	url     string
	handler http.Handler
	token   secret
}

// A Delivery is one webhook that the server has sent, with its outcome.
type Delivery struct {
	// Command is the webhook's command, such as "Profile.CallbackPortraitSet".
	Command string
	// Body is what was sent.
	Body json.RawMessage
	// Time is when it was sent, by the server's clock.
	Time time.Time
	// Status is the HTTP status of the answer, 0 where none came.
	Status int
	// Answer is the body of the answer where it was JSON with status 200.
	Answer json.RawMessage
	// Err is why the webhook counts as failed: no connection, no answer within 2 seconds, a status other than 200, an
	// answer that is not a JSON object. nil if it did not fail.
	Err error
}

// hooks sends webhooks.
type hooks struct {
	cfg   *config
	lanes *lanes
	sent  *recent[Delivery]
	http  *http.Transport // for URLs
	late  atomic.Bool     // the server is closed, and the time for what is in the lanes is over

	mu     sync.Mutex
	target target
	client *http.Client // nil: no webhooks
}

func newHooks(cfg *config) *hooks {
	h := &hooks{cfg: cfg, sent: newRecent[Delivery](), http: &http.Transport{
		MaxIdleConnsPerHost: maxSending,
		TLSClientConfig:     cfg.webhookTLS,
		ForceAttemptHTTP2:   true, // as without a configuration
	}}
	h.lanes = newLanes(h.deliver)
	return h
}

func (h *hooks) set(t target) error {
	client := &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     h.http,
	}
	switch {
	case t.handler != nil:
		t.url = inMemoryURL
		client.Transport = handlerTransport{t.handler}
	case t.url == "":
		client = nil
	default:
		u, err := url.Parse(t.url)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
			return errors.New("the callback URL must begin with http:// or https:// and have no query")
		}
		u.ForceQuery = false // the query is ours
		t.url = u.String()
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.target, h.client = t, client
	return nil
}

// SetCallback changes where webhooks go, see WithCallback. An empty url ends them. It serves where the backend needs
// the server's address before the server can be told the backend's.
func (s *Server) SetCallback(url, token string) error {
	if err := s.hooks.set(target{url: url, token: hide(token)}); err != nil {
		return fmt.Errorf("restapitest: SetCallback: %w", err)
	}
	return nil
}

// Wait blocks until every webhook that is due is answered or has failed. When a call to the server has returned, its
// webhook is due.
func (s *Server) Wait() { s.hooks.lanes.wait() }

// Deliveries returns the webhooks that are answered or have failed, in that order, the last 10,000 if there were more,
// and fewer where those hold over 64 MiB.
func (s *Server) Deliveries() []Delivery { return s.hooks.sent.all() }

// SendCallback sends any webhook, for events that the server does not cause by itself, and returns the answer: a JSON
// object, or an error after at most 2 seconds. The event's ClientIP and OptPlatform go into the URL.
func (s *Server) SendCallback(ctx context.Context, event callback.Event) (json.RawMessage, error) {
	if event == nil || reflect.ValueOf(event).IsNil() {
		return nil, errors.New("restapitest: SendCallback: the event is nil")
	}
	s.hooks.lanes.add(1)
	defer s.hooks.lanes.add(-1)
	d, ok := s.hooks.send(ctx, event)
	if !ok {
		return nil, errors.New("restapitest: SendCallback: there is no callback URL")
	}
	return d.Answer, d.Err
}

func (h *hooks) close() {
	timer := time.AfterFunc(callbackTimeout, func() { h.late.Store(true) })
	defer timer.Stop()
	h.lanes.wait()
	h.http.CloseIdleConnections()
}

// current is where webhooks go now.
func (h *hooks) current() (target, *http.Client) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.target, h.client
}

// deliver sends a webhook whose turn has come.
func (h *hooks) deliver(event callback.Event) { h.send(background, event) }

// send delivers one webhook and records it. It is false where none are to be sent.
func (h *hooks) send(ctx context.Context, event callback.Event) (Delivery, bool) {
	to, client := h.current()
	if client == nil {
		return Delivery{}, false
	}
	d := Delivery{Command: event.Command(), Time: h.cfg.now()}
	d.Body, d.Err = callback.Encode(event)
	switch {
	case d.Err != nil:
	case h.late.Load():
		d.Err = errors.New("the server was closed before its turn")
	default:
		d.Err = d.post(client, h.request(event, to, &d).WithContext(ctx))
	}
	if d.Err != nil {
		d.Err = fmt.Errorf("restapitest: webhook %s: %w", d.Command, d.Err)
	}
	h.sent.add(d, len(d.Body)+len(d.Answer))
	h.cfg.logger.LogAttrs(ctx, slog.LevelInfo, "webhook", slog.String("command", d.Command),
		slog.Int("status", d.Status), slog.Any("error", d.Err))
	return d, true
}

// request is the request of a webhook. Each has a RequestId of its own.
func (h *hooks) request(event callback.Event, to target, d *Delivery) *http.Request {
	meta := event.Metadata()
	r := callbacktest.NewRequest(event,
		callbacktest.WithTarget(to.url+"?RequestId="+strconv.FormatUint(rand.Uint64(), 10)),
		callbacktest.WithApp(h.cfg.sdkAppID),
		callbacktest.WithToken(to.token.reveal()),
		callbacktest.WithTime(d.Time),
		callbacktest.WithClientIP(meta.ClientIP),
		callbacktest.WithPlatform(meta.OptPlatform),
		callbacktest.WithBody(d.Body))
	r.Header.Set("Content-Type", "application/json")
	return r
}

func (d *Delivery) post(client *http.Client, req *http.Request) error {
	ctx, cancel := context.WithTimeout(req.Context(), callbackTimeout)
	defer cancel()
	res, err := client.Do(req.WithContext(ctx))
	if err != nil {
		return withoutURL(err)
	}
	defer func() { _ = res.Body.Close() }()
	d.Status = res.StatusCode
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxCallbackAnswer))
	switch {
	case err != nil:
		return withoutURL(err)
	case res.StatusCode != http.StatusOK:
		return fmt.Errorf("http status %d", res.StatusCode)
	}
	if _, ok := parseObject(answer); !ok {
		return errors.New("the answer is not a JSON object")
	}
	d.Answer = answer
	return nil
}

// withoutURL takes the URL, and with it the signature, out of an error of net/http.
func withoutURL(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}
