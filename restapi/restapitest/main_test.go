package restapitest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
	"github.com/go-tencentchat/tencentchat/usersig"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func newServer(tb testing.TB, opts ...restapitest.Option) *restapitest.Server {
	tb.Helper()
	srv := restapitest.NewServer(opts...)
	tb.Cleanup(srv.Close)
	return srv
}

// An answer is the common part of what the server answers.
type answer struct {
	ActionStatus string
	ErrorCode    restapi.Code
	ErrorInfo    string
	ErrorDisplay *string
	body         []byte
}

func sign(tb testing.TB, srv *restapitest.Server, userID string) string {
	tb.Helper()
	signer, err := usersig.New(srv.SDKAppID(), srv.SecretKey())
	require.NoError(tb, err)
	sig, err := signer.Sign(userID, time.Hour)
	require.NoError(tb, err)
	return sig
}

// query is a query that the server accepts.
func query(tb testing.TB, srv *restapitest.Server) url.Values {
	tb.Helper()
	return url.Values{
		"sdkappid":    {strconv.FormatUint(srv.SDKAppID(), 10)},
		"identifier":  {srv.Admin()},
		"usersig":     {sign(tb, srv, srv.Admin())},
		"random":      {"4294967295"},
		"contenttype": {"json"},
	}
}

// send makes a raw request, past everything that a client of the SDK checks.
func send(tb testing.TB, srv *restapitest.Server, method, path, rawQuery, body string) answer {
	tb.Helper()
	req, err := http.NewRequestWithContext(tb.Context(), method, srv.URL+path+"?"+rawQuery, bytes.NewBufferString(body))
	require.NoError(tb, err)
	res, err := (&http.Client{Transport: srv.Transport()}).Do(req)
	require.NoError(tb, err)
	defer func() { _ = res.Body.Close() }()
	require.Equal(tb, http.StatusOK, res.StatusCode, "the service says everything with status 200")
	require.Equal(tb, "application/json", res.Header.Get("Content-Type"))
	data, err := io.ReadAll(res.Body)
	require.NoError(tb, err)
	a := answer{body: data}
	require.NoError(tb, json.Unmarshal(data, &a))
	require.Equal(tb, a.ErrorCode != 0, a.ActionStatus == "FAIL", "%s", data)
	return a
}

// post makes a signed call with a raw body.
func post(tb testing.TB, srv *restapitest.Server, cmd restapi.Command, body string) answer {
	tb.Helper()
	return send(tb, srv, http.MethodPost, "/"+cmd.Path(), query(tb, srv).Encode(), body)
}

// changeProfile sets a profile as the user's own client does. Webhooks are switched off but for that of profiles, so
// that nothing tells of the sign-in.
func changeProfile(srv *restapitest.Server, userID string, p callback.Platform, items ...profile.Item) error {
	set := srv.Settings()
	set.Webhooks = []string{"Profile.CallbackPortraitSet"}
	srv.SetSettings(set)
	return srv.User(userID, restapitest.OnPlatform(p)).SetProfile(items...)
}

// A clock is set by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
