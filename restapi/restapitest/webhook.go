package restapitest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
)

const (
	// maxIdle is how many connections to the backend are kept, as many as the model uses at a time.
	maxIdle = 64
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

// hooks sends webhooks.
type hooks struct {
	cfg  *config
	http *http.Transport // for URLs
}

func newHooks(cfg *config) *hooks {
	return &hooks{cfg: cfg, http: &http.Transport{
		MaxIdleConnsPerHost: maxIdle,
		TLSClientConfig:     cfg.webhookTLS,
		ForceAttemptHTTP2:   true, // as without a configuration
	}}
}

// setTarget makes the model send its webhooks to t.
func (s *Server) setTarget(t target) error {
	client := &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     s.hooks.http,
	}
	switch {
	case t.handler != nil:
		t.url = inMemoryURL
		client.Transport = handlerTransport{t.handler}
	case t.url == "":
		s.app.SetPost(nil)
		return nil
	default:
		u, err := url.Parse(t.url)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
			return errors.New("the callback URL must begin with http:// or https:// and have no query")
		}
		u.ForceQuery = false // the query is ours
		t.url = u.String()
	}
	s.app.SetPost(func(ctx context.Context, e callback.Envelope) (int, []byte, error) {
		return post(client, request(ctx, e, t))
	})
	return nil
}

// SetCallback changes where webhooks go, see WithCallback. An empty url ends them. It serves where the backend needs
// the server's address before the server can be told the backend's.
func (s *Server) SetCallback(url, token string) error {
	if err := s.setTarget(target{url: url, token: hide(token)}); err != nil {
		return fmt.Errorf("restapitest: SetCallback: %w", err)
	}
	return nil
}

// Wait blocks until every webhook that is due is answered or has failed. When a call to the server has returned, its
// webhook is due.
func (s *Server) Wait() { s.app.Wait() }

// SendCallback sends any webhook, for events that the server does not cause by itself, and returns the answer: a JSON
// object, or an error after at most 2 seconds. The event's ClientIP and OptPlatform go into the URL.
func (s *Server) SendCallback(ctx context.Context, event callback.Event) (json.RawMessage, error) {
	if event == nil || reflect.ValueOf(event).IsNil() {
		return nil, errors.New("restapitest: SendCallback: the event is nil")
	}
	d := s.app.Fire(ctx, event)
	if d.Err != nil {
		return nil, fmt.Errorf("restapitest: SendCallback: %w", d.Err)
	}
	return d.Answer, nil
}

// request is the request of a webhook.
func request(ctx context.Context, e callback.Envelope, to target) *http.Request {
	r := callbacktest.NewRequest(callback.NewUnknown(e.Command, e.Body), //nolint:contextcheck // it is given below
		callbacktest.WithTarget(to.url+"?RequestId="+e.RequestID),
		callbacktest.WithApp(e.SDKAppID),
		callbacktest.WithToken(to.token.reveal()),
		callbacktest.WithTime(e.ReceivedAt),
		callbacktest.WithClientIP(e.ClientIP),
		callbacktest.WithPlatform(callback.Platform(e.OptPlatform)),
		callbacktest.WithBody(e.Body))
	r.Header.Set("Content-Type", "application/json")
	return r.WithContext(ctx)
}

// post sends a webhook and reads what it is answered with.
func post(client *http.Client, req *http.Request) (status int, answer []byte, err error) {
	res, err := client.Do(req)
	if err != nil {
		return 0, nil, withoutURL(err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err = io.ReadAll(io.LimitReader(res.Body, maxCallbackAnswer))
	if err != nil {
		return res.StatusCode, nil, withoutURL(err)
	}
	return res.StatusCode, answer, nil
}

// withoutURL takes the URL, and with it the signature, out of an error of net/http.
func withoutURL(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}
