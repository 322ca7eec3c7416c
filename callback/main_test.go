package callback_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/callback"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	app   = 1400000001
	token = "wh-Token_0A1b2C3d"
	okay  = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}`

	portraitSet   = "Profile.CallbackPortraitSet"
	groupChanged  = "Group.CallbackAfterGroupInfoChanged"
	beforeSendMsg = "Group.CallbackBeforeSendMsg"
	stateChange   = "State.StateChange"

	// What the documentation of WithTimeout and WithMaxBody promises.
	defaultTimeout = 1800 * time.Millisecond
	defaultMaxBody = 1 << 20
)

// at is the time of the specification's signature vectors.
var at = time.Unix(1750648027, 0)

func clock() time.Time { return at }

// handler returns a handler that verifies with token by a clock that stands.
func handler(t testing.TB, opts ...callback.Option) *callback.Handler {
	t.Helper()
	all := append([]callback.Option{callback.WithToken(token), callback.WithClock(clock)}, opts...)
	h, err := callback.NewHandler(app, all...)
	require.NoError(t, err)
	return h
}

// signed returns the query of a webhook that handler accepts.
func signed(command string) url.Values {
	return url.Values{
		"SdkAppid":        {"1400000001"},
		"CallbackCommand": {command},
		"contenttype":     {"json"},
		"ClientIP":        {"203.0.113.7"},
		"OptPlatform":     {"iOS"},
		"RequestTime":     {"1750648027"},
		"Sign":            {callback.Sign(token, "1750648027")},
	}
}

func request(t testing.TB, query, body string) *http.Request {
	t.Helper()
	return httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/im/hook?"+query, strings.NewReader(body))
}

func serve(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// post sends a signed webhook.
func post(t testing.TB, h http.Handler, command, body string) *httptest.ResponseRecorder {
	t.Helper()
	return serve(h, request(t, signed(command).Encode(), body))
}

func assertFailed(t testing.TB, w *httptest.ResponseRecorder, status int) {
	t.Helper()
	assert.Equal(t, status, w.Code, w.Body.String())
	assert.Equal(t, "application/json", w.Header().Get("Content-Type"))
	var reply map[string]any
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &reply), w.Body.String())
	assert.Equal(t, "FAIL", reply["ActionStatus"])
	assert.InDelta(t, 1, reply["ErrorCode"], 0)
	assert.NotEmpty(t, reply["ErrorInfo"])
	assert.Len(t, reply, 3)
}

func assertOK(t testing.TB, w *httptest.ResponseRecorder) {
	t.Helper()
	assert.Equal(t, http.StatusOK, w.Code, w.Body.String())
	assert.Equal(t, "application/json", w.Header().Get("Content-Type"))
	assert.JSONEq(t, okay, w.Body.String())
}

// log is a logger's output that many goroutines may write.
type log struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func (l *log) option() callback.Option {
	return callback.WithLogger(slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug})))
}

func ignore(context.Context, *callback.ProfilePortraitSet) error { return nil }

// decoded returns the typed event of a body.
func decoded[P interface {
	*E
	callback.Event
}, E any](t *testing.T, body string) P {
	t.Helper()
	e, err := callback.Decode(P(new(E)).Command(), []byte(body))
	require.NoError(t, err)
	typed, ok := e.(P)
	require.True(t, ok, "%T", e)
	return typed
}
