package callback

import (
	"context"
	"errors"
	"io"
	"net/http"
)

// The answers that never change. ErrorInfo is a fixed text: what went wrong inside is for the log.
const (
	okBody = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}`

	failHead = `{"ActionStatus":"FAIL","ErrorInfo":"`
	failTail = `","ErrorCode":1}`
)

func respond(w http.ResponseWriter, status int, body string) {
	w.Header()["Content-Type"] = []string{"application/json"} // as Set does, without its look at how the name is spelled
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body) // a client that is gone cannot be told
}

func fail(w http.ResponseWriter, status int) {
	respond(w, status, failHead+failText(status)+failTail)
}

func failText(status int) string {
	switch status {
	case http.StatusBadRequest:
		return "malformed webhook"
	case http.StatusUnauthorized:
		return "bad signature"
	case http.StatusForbidden:
		return "wrong app"
	case http.StatusMethodNotAllowed:
		return "method not allowed"
	case http.StatusRequestTimeout:
		return "body not received in time"
	case http.StatusRequestEntityTooLarge:
		return "body too large"
	case http.StatusServiceUnavailable:
		return "not stored"
	}
	return "handler failed"
}

// refuse answers a request that no handler will see.
func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, of label, err error) {
	status := statusOf(err)
	h.tellRefused(r.Context(), "webhook refused", of, status, err)
	fail(w, status)
}

// refuseEvent is refuse for a webhook that e would have handled, had there been an event. What there is of one, or nil,
// is in event.
func (h *Handler) refuseEvent(w http.ResponseWriter, r *http.Request, of label, e *entry, event Event, err error) {
	if !h.failsClosed(of, e) {
		h.refuse(w, r, of, err)
		return
	}
	h.tellRefused(r.Context(), "webhook refused, answered by fallback", of, http.StatusOK, err)
	if event == nil {
		event = e.newEvent(of.command)
	}
	h.respondAnswer(r.Context(), w, of, h.fallback(of, e, event))
}

// tellRefused tells whoever wants to know of a refusal.
func (h *Handler) tellRefused(ctx context.Context, what string, of label, status int, err error) {
	cause := err
	if refused, ok := errors.AsType[*RefusedError](err); ok {
		cause = refused.Err
	}
	h.conf.log.WarnContext(ctx, what, of.attrs("status", status, "error", cause)...)
	for _, fn := range h.conf.refused {
		h.callRefused(ctx, of, fn, err)
	}
}

// callRefused calls a function of WithRefused, whose panic is not a reason to leave the vendor without an answer.
func (h *Handler) callRefused(ctx context.Context, of label, fn func(context.Context, error), err error) {
	defer func() {
		if v := recover(); v != nil {
			h.panicked(ctx, of, v)
		}
	}()
	fn(ctx, err)
}

// respondAnswer answers in place of a handler.
func (h *Handler) respondAnswer(ctx context.Context, w http.ResponseWriter, of label, answer any) {
	body, err := h.encode(ctx, of, answer)
	if err != nil { // the answers are this package's own
		fail(w, http.StatusInternalServerError)
		return
	}
	respond(w, http.StatusOK, body)
}

func statusOf(err error) int {
	for _, c := range []struct {
		class  error
		status int
	}{
		{ErrMethod, http.StatusMethodNotAllowed},
		{ErrTooLarge, http.StatusRequestEntityTooLarge},
		{ErrWrongApp, http.StatusForbidden},
		{ErrBadSign, http.StatusUnauthorized},
		{ErrStale, http.StatusUnauthorized},
		{ErrMalformed, http.StatusBadRequest},
		{ErrSlowBody, http.StatusRequestTimeout},
	} {
		if errors.Is(err, c.class) {
			return c.status
		}
	}
	return http.StatusInternalServerError
}
