package callback

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"time"
)

// bodyReader reads a body that may be too long or trickle in.
type bodyReader struct {
	w *http.ResponseController
	r *http.Request
}

// endBy sets when reading ends. It is best effort: a ResponseWriter of another package may not know how. It also holds
// for what net/http reads of a refused request before it answers. net/http lifts it when the body has ended, so that it
// does not end the context of a handler that works on.
func (b *bodyReader) endBy(deadline time.Time) { _ = b.w.SetReadDeadline(deadline) }

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
