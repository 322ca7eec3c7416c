package callback

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// outcome is what came of a handler.
type outcome struct {
	answer any
	err    error
	abort  bool // it panicked with http.ErrAbortHandler
}

var (
	errPanicked        = errors.New("handler panicked")
	errUnknownPanicked = errors.New("function of WithUnknown panicked")
	errExited          = errors.New("handler ended its goroutine")
)

// label is what log lines say of the webhook that they are about.
type label struct{ command, requestID string }

// attrs returns the attributes of a line: the command and the request's ID, where they are known, around those given.
func (l label) attrs(own ...any) []any {
	attrs := make([]any, 0, len(own)+4)
	if l.command != "" {
		attrs = append(attrs, "command", l.command)
	}
	attrs = append(attrs, own...)
	if l.requestID != "" {
		attrs = append(attrs, "request_id", l.requestID)
	}
	return attrs
}

// call runs the handler of an event, and makes an error of its panic.
func (h *Handler) call(ctx context.Context, of label, e *entry, event Event) (out outcome) {
	defer func() {
		if v := recover(); v != nil {
			out = outcome{err: errPanicked, abort: aborts(v)}
			if !out.abort {
				h.panicked(ctx, of, v)
			}
		}
	}()
	out.answer, out.err = e.call(ctx, event)
	return out
}

// aborts says whether a panic is the one by which a handler asks net/http to cut the connection.
func aborts(v any) bool {
	err, _ := v.(error)
	return errors.Is(err, http.ErrAbortHandler)
}

// callUnknown is the handler that WithUnknown makes. A panic is an error, so that it can be told from one of
// middleware.
func (h *Handler) callUnknown(ctx context.Context, u *Unknown) (_ any, err error) {
	of := label{u.Command(), u.RequestID}
	defer func() {
		if v := recover(); v != nil {
			if aborts(v) {
				panic(v)
			}
			h.panicked(ctx, of, v)
			err = errUnknownPanicked
		}
	}()
	h.conf.unknown(ctx, u)
	return nil, nil
}

// encode writes an answer, which may be of anyone's type and panic.
func (h *Handler) encode(ctx context.Context, of label, answer any) (body string, err error) {
	defer func() {
		if v := recover(); v != nil {
			h.panicked(ctx, of, v)
			err = errPanicked
		}
	}()
	return encodeAnswer(answer)
}

// decode is decodeInto with the handler's decoder, which may be someone else's and panic.
func (h *Handler) decode(of label, event Event, body []byte) (err error) {
	defer func() {
		if v := recover(); v != nil {
			h.panicked(context.Background(), of, v)
			err = fmt.Errorf("callback: %.64q: %w", of.command, errDecoder)
		}
	}()
	return decodeInto(event, body, h.conf.decode)
}

func (h *Handler) panicked(ctx context.Context, of label, v any) {
	h.conf.log.ErrorContext(ctx, "webhook handler panicked",
		of.attrs("panic", fmt.Sprint(v), "stack", string(debug.Stack()))...)
}

// serve calls the handler of an event and writes what it answers.
func (h *Handler) serve(ctx *deadline, w http.ResponseWriter, of label, e *entry, event Event) {
	var out outcome
	var fallback any
	if e.before {
		fallback = h.fallback(of, e, event) // made now: the event is then the handler's to change
		out = h.callBefore(ctx, of, e, event, fallback)
	} else {
		out = h.call(ctx, of, e, event)
		out.answer = nil // it has none, whatever middleware returned
	}
	if out.abort {
		panic(http.ErrAbortHandler)
	}
	if e.unknown && (errors.Is(out.err, errUnknownPanicked) || errors.Is(out.err, errExited)) {
		out = outcome{}
	}
	var body string
	if out.err == nil {
		body, out.err = h.encode(ctx, of, out.answer)
	}
	if out.err == nil {
		respond(w, http.StatusOK, body)
		return
	}
	if h.failsClosed(of, e) {
		h.conf.log.ErrorContext(ctx, "webhook handler failed, answered by fallback", of.attrs("error", out.err)...)
		h.respondAnswer(ctx, w, of, fallback)
		return
	}
	h.conf.log.ErrorContext(ctx, "webhook handler failed", of.attrs("error", out.err)...)
	if failure, ok := errors.AsType[*FailureError](out.err); ok && failure != nil && !e.before {
		h.respondAnswer(ctx, w, of, Reply{ActionStatus: ActionFail, ErrorInfo: failure.Info, ErrorCode: codeFailure})
		return
	}
	fail(w, http.StatusInternalServerError)
}

// callBefore lets a before-handler run on a goroutine of its own, so that the vendor gets an answer in time even from a
// handler that ignores its context. The goroutine ends when the handler does.
func (h *Handler) callBefore(ctx *deadline, of label, e *entry, event Event, fallback any) outcome {
	late := outcome{answer: fallback}
	running := struct {
		outcomes chan outcome
		decided  atomic.Bool // whoever sets it decides the answer
	}{outcomes: make(chan outcome, 1)}
	go func() {
		out := outcome{err: errExited}
		defer func() {
			if running.decided.CompareAndSwap(false, true) {
				running.outcomes <- out
				return
			}
			h.conf.log.WarnContext(ctx, "webhook handler was late, its answer is dropped", of.attrs("error", out.err)...)
		}()
		out = h.call(ctx, of, e, event)
	}()
	// The context's own timer is left to the handler: most have no use for it, and it costs more than this one.
	timer := time.NewTimer(time.Until(ctx.at))
	defer timer.Stop()
	var out outcome
	over := false
	select {
	case out = <-running.outcomes:
	case <-timer.C:
		over = true
	case <-ctx.Context.Done(): // the request is gone
		over = true
	}
	if over {
		if running.decided.CompareAndSwap(false, true) {
			h.conf.log.WarnContext(ctx, "webhook handler out of time, answered by fallback", of.attrs()...)
			return late
		}
		out = <-running.outcomes
	}
	// A handler that honours its context gives up with an error when time is over. That is not a failure of its own.
	if out.err != nil && !out.abort && ctx.Err() != nil {
		h.conf.log.WarnContext(ctx, "webhook handler out of time, answered by fallback", of.attrs("error", out.err)...)
		return late
	}
	return out
}
