package callback

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"time"
)

// The answers that never change. ErrorInfo is a fixed text: what went wrong inside is for the log.
const (
	okBody = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}`

	failHead = `{"ActionStatus":"FAIL","ErrorInfo":"`
	failTail = `","ErrorCode":1}`
)

func respond(w http.ResponseWriter, status int, body string) {
	w.Header()["Content-Type"] = []string{"application/json"} // Set would bring the name into the form that it has
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
	ctx := r.Context()
	status := statusOf(err)
	cause := err
	if refused, ok := errors.AsType[*RefusedError](err); ok {
		cause = refused.Err
	}
	h.conf.log.WarnContext(ctx, "webhook refused", of.attrs("status", status, "error", cause)...)
	for _, fn := range h.conf.refused {
		fn(ctx, err)
	}
	fail(w, status)
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

// bodyReader reads a body that may be too long or trickle in.
type bodyReader struct {
	w *http.ResponseController
	r *http.Request
}

// limit sets when reading ends. It is best effort: a ResponseWriter of another package may not know how. It also holds
// for what net/http reads of a refused request before it answers. net/http lifts it when the body has ended, so that it
// does not end the context of a handler that works on.
func (b *bodyReader) limit(deadline time.Time) { _ = b.w.SetReadDeadline(deadline) }

func (b *bodyReader) read(limit int64) ([]byte, error) {
	if b.r.Body == nil {
		return nil, nil
	}
	raw, err := b.readAll(limit)
	switch {
	case err == nil:
		return raw, nil
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, errReadDeadline
	case errors.Is(err, ErrTooLarge):
		return nil, err
	}
	return nil, errTruncated
}

func (b *bodyReader) readAll(limit int64) ([]byte, error) {
	if n := b.r.ContentLength; n > 0 {
		raw := make([]byte, n)
		_, err := io.ReadFull(b.r.Body, raw)
		return raw, err
	}
	var buf bytes.Buffer
	n, err := buf.ReadFrom(io.LimitReader(b.r.Body, limit+1))
	if err == nil && n > limit {
		err = errLength
	}
	return buf.Bytes(), err
}
