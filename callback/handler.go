package callback

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// A Handler receives the webhooks of one app. Make it with NewHandler, register with On, Answer and Handle, and then
// mount it in any mux. It is safe for concurrent use once it serves, and takes no lock.
type Handler struct {
	// A pointer, so that printing a Handler prints an address.
	conf *config

	mu      sync.Mutex // of registration
	serving atomic.Bool
	entries map[string]*entry
	said    seenStrings // commands without a handler that were logged

	// Of WithUnknown, for after-events and for before-events; nil without.
	unknown, unknownBefore *entry
}

// NewHandler returns a Handler of the app. WithToken or WithoutVerification is required. An option with an argument
// that it does not take is an error.
func NewHandler(sdkAppID uint64, opts ...Option) (*Handler, error) {
	conf, err := newConfig(sdkAppID, opts)
	if err != nil {
		return nil, err
	}
	h := &Handler{conf: conf, entries: make(map[string]*entry)}
	if conf.unknown != nil {
		h.unknown, h.unknownBefore = rawEntry("", h.callUnknown), rawEntry("", h.callUnknown)
		h.unknownBefore.before = true
		for _, e := range [...]*entry{h.unknown, h.unknownBefore} {
			e.unknown = true
			h.wrap(e)
		}
	}
	return h, nil
}

// String returns the handler's app, and nothing of its tokens.
func (h *Handler) String() string {
	return "callback.Handler(" + strconv.FormatUint(h.conf.sdkAppID, 10) + ")"
}

// GoString returns the same as String.
func (h *Handler) GoString() string { return h.String() }

// ServeHTTP answers one webhook. See the package's documentation for the order in which it looks at a request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	deadline := start.Add(h.conf.timeout)
	h.seal()
	q := parseQuery(r.URL.RawQuery)
	of := label{requestID: q.requestID}
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		h.refuse(w, r, of, errNotPost)
		return
	}
	body := bodyReader{w: http.NewResponseController(w), r: r}
	body.endBy(deadline)
	meta, refused := h.admit(&q, h.conf.now(start))
	if refused == nil {
		of.command = q.command.value
	}
	// The length is refused before the query, which is read first all the same: only what is signed may be answered by
	// fallback, and of.command is empty where it is not.
	if r.ContentLength > h.conf.maxBody {
		h.refuseEvent(w, r, of, h.entries[of.command], nil, errLength)
		return
	}
	if refused != nil {
		h.refuse(w, r, of, refused)
		return
	}
	sinks := h.conf.sink.takes(of.command)
	var e *entry
	if !sinks {
		e = h.lookup(of)
	}
	if e == nil && !sinks {
		respond(w, http.StatusOK, okBody)
		return
	}
	raw, err := body.read(h.conf.maxBody)
	if err != nil {
		h.refuseEvent(w, r, of, e, nil, err)
		return
	}
	ctx := newDeadline(r.Context(), deadline)
	defer ctx.end()
	if sinks {
		if err := checkBody(of.command, raw); err != nil {
			h.refuse(w, r, of, &RefusedError{Command: of.command, Body: raw, Err: err})
			return
		}
		h.store(ctx, w, of, envelope(of.command, &meta, raw))
		return
	}
	event := e.newEvent(of.command)
	if err := h.decode(of, event, raw); err != nil {
		h.refuseEvent(w, r, of, e, event, &RefusedError{Command: of.command, Body: raw, Err: err})
		return
	}
	m := event.Metadata()
	meta.CallbackCommand, meta.Raw = m.CallbackCommand, m.Raw
	*m = meta
	h.serve(ctx, w, of, e, event)
}

// admit looks at the query, in the order in which it may be believed, and returns what it says of the request. now is
// the time by the handler's clock.
func (h *Handler) admit(q *query, now time.Time) (Meta, error) {
	c := h.conf
	switch {
	case q.app.bad:
		return Meta{}, errUnreadableApp
	case !q.app.seen:
		return Meta{}, errNoApp
	}
	app, err := strconv.ParseUint(q.app.value, 10, 64)
	if err != nil || app != c.sdkAppID {
		return Meta{}, errOtherApp
	}
	requestTime, refused := c.verify(q, now)
	switch {
	case refused != nil:
		return Meta{}, refused
	case q.unusable():
		return Meta{}, errQuery
	case q.command.value == "":
		return Meta{}, errNoCommand
	}
	return Meta{
		SDKAppID:    app,
		ClientIP:    q.clientIP.value,
		OptPlatform: Platform(q.platform.value),
		RequestTime: requestTime,
		ReceivedAt:  now,
		RequestID:   q.requestID,
	}, nil
}

// lookup returns what is registered for a command, and nil if nothing is and nobody wants to know of it.
func (h *Handler) lookup(of label) *entry {
	if e := h.entries[of.command]; e != nil {
		return e
	}
	if h.said.add(of.command) {
		h.conf.log.Warn("webhook without a handler", of.attrs("typed", newEvent(of.command) != nil)...)
	}
	if h.unknownBefore != nil && isBefore(of.command) {
		return h.unknownBefore
	}
	return h.unknown
}

// seal ends registration. A load is enough for every request but the first.
func (h *Handler) seal() {
	if h.serving.Load() {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.serving.Store(true)
}

var _ fmt.GoStringer = (*Handler)(nil)
