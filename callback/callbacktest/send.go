package callbacktest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/spec"
)

// Send gives h the webhook of an event and fails the test unless it is answered as handled: status 200 with ErrorCode
// 0.
func Send(tb testing.TB, h http.Handler, event callback.Event, opts ...Option) {
	tb.Helper()
	var reply callback.Reply
	if body := do(tb, h, event, opts, &reply); reply.ErrorCode != 0 {
		tb.Fatalf("callbacktest: %s: answered ErrorCode %d: %s", event.Command(), reply.ErrorCode, body)
	}
}

// Ask gives h the webhook of a before-event and returns what it answered, whether it allows or refuses. It fails the
// test unless the status is 200 and the body is an answer.
func Ask[A any](tb testing.TB, h http.Handler, event callback.BeforeEvent[A], opts ...Option) A {
	tb.Helper()
	var answer A
	do(tb, h, event, opts, &answer)
	return answer
}

// do sends the event and reads the answer into v.
func do(tb testing.TB, h http.Handler, event callback.Event, opts []Option, v any) []byte {
	tb.Helper()
	var own []Option
	if handler, ok := h.(*callback.Handler); ok {
		// Before the options given: each that says how to sign takes its place.
		own = append(own, func(s *settings) { s.handler = handler })
	}
	r := newSettings(append(own, opts...)).request(event).WithContext(tb.Context())
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	body := w.Body.Bytes()
	if w.Code != http.StatusOK {
		tb.Fatalf("callbacktest: %s: answered status %d: %s", event.Command(), w.Code, body)
	}
	var reply struct {
		ErrorCode *int `json:"ErrorCode"`
	}
	if err := json.Unmarshal(body, &reply); err != nil || reply.ErrorCode == nil {
		tb.Fatalf("callbacktest: %s: answered something else than a reply: %s", event.Command(), body)
	}
	if err := json.Unmarshal(body, v); err != nil {
		tb.Fatalf("callbacktest: %s: answer does not decode: %v: %s", event.Command(), err, body)
	}
	return body
}

// Samples returns bodies of every webhook that the vendor documents, by command, with values of this project's own.
// Each call returns a copy. To send one:
//
//	callbacktest.Send(t, h, callback.NewUnknown(command, body))
func Samples() map[string][]json.RawMessage {
	webhooks, err := spec.Webhooks()
	if err != nil {
		panic(err) // the files are part of the program
	}
	samples := make(map[string][]json.RawMessage, len(webhooks))
	for _, w := range webhooks {
		samples[w.Command] = w.RequestExamples
	}
	return samples
}
