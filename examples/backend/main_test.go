package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func TestBackend(t *testing.T) {
	t.Parallel()
	chat := restapitest.NewServer()
	defer chat.Close()
	env := map[string]string{
		"TENCENT_CHAT_SDKAPPID": strconv.FormatUint(chat.SDKAppID(), 10), "TENCENT_CHAT_REGION": "sgp",
		"TENCENT_CHAT_SECRET_KEY": chat.SecretKey(), "TENCENT_CHAT_TOKEN": "token", "TENCENT_CHAT_BASE_URL": chat.URL,
	}
	cfg, err := parse([]string{"-listen", "127.0.0.1:0"}, func(name string) string { return env[name] }, io.Discard)
	require.NoError(t, err)

	var log safeBuffer
	ctx, cancel := context.WithCancel(t.Context())
	up, down := make(chan net.Addr, 1), make(chan error, 1)
	go func() { down <- run(ctx, cfg, slog.New(slog.NewTextHandler(&log, nil)), func(a net.Addr) { up <- a }) }()
	base := "http://" + (<-up).String()
	require.NoError(t, chat.SetCallback(base+"/im", "token"))
	client := &http.Client{}
	defer client.CloseIdleConnections()
	put := func(user, body string) int {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, base+"/users/"+user+"/profile", strings.NewReader(body))
		require.NoError(t, err)
		res, err := client.Do(req)
		require.NoError(t, err)
		defer res.Body.Close()
		_, _ = io.Copy(io.Discard, res.Body)
		return res.StatusCode
	}

	assert.Equal(t, http.StatusNoContent, put("leckie", `{"nick":"Leckie","vip":"1"}`), "the user is imported on the way")
	items, ok := chat.Profile("leckie")
	require.True(t, ok)
	nick, _ := profile.Nick.Of(items)
	assert.Equal(t, "Leckie", nick)
	chat.Wait()
	assert.Contains(t, log.String(), "webhook=Profile.CallbackPortraitSet user=leckie by=administrator fields=2 nick_changed=true nick=Leckie")

	assert.Equal(t, http.StatusBadRequest, put("leckie", `{"nick":"`+strings.Repeat("x", 501)+`"}`))
	assert.Equal(t, http.StatusBadRequest, put("leckie", `{}`))
	assert.Equal(t, http.StatusBadRequest, put("leckie", `]`))
	chat.FailNext(profile.CommandPortraitSet, restapi.CodeProfileInternalError, 9)
	assert.Equal(t, http.StatusServiceUnavailable, put("leckie", `{"nick":"x"}`))
	chat.FailNext(profile.CommandPortraitSet, restapi.CodeCommandRateLimited, 9)
	assert.Equal(t, http.StatusTooManyRequests, put("leckie", `{"nick":"x"}`))
	chat.FailNext(profile.CommandPortraitSet, restapi.CodeProfileSensitiveText, 1)
	assert.Equal(t, http.StatusBadRequest, put("leckie", `{"nick":"x"}`))
	chat.FailNext(profile.CommandPortraitSet, restapi.CodeProfileAdminRequired, 1)
	assert.Equal(t, http.StatusBadGateway, put("leckie", `{"nick":"x"}`))
	for _, secret := range []string{chat.SecretKey(), "usersig=", "Sign="} {
		assert.NotContains(t, log.String(), secret)
	}

	cancel()
	require.NoError(t, <-down)
}

func TestConfiguration(t *testing.T) {
	t.Parallel()
	none := func(string) string { return "" }
	_, err := parse([]string{"-nonsense"}, none, io.Discard)
	require.Error(t, err)
	_, err = parse(nil, func(string) string { return "x" }, io.Discard)
	require.ErrorContains(t, err, "TENCENT_CHAT_SDKAPPID")
	cfg, err := parse([]string{"-sdkappid", "1", "-region", "kr"}, none, io.Discard)
	require.NoError(t, err)
	discard := slog.New(slog.DiscardHandler)
	require.ErrorIs(t, run(t.Context(), cfg, discard, nil), restapi.ErrInvalidArgument, "no key")
	cfg.key = "key"
	require.Error(t, run(t.Context(), cfg, discard, nil), "no webhook token")
	cfg.token, cfg.listen = "token", "nowhere:-1"
	require.Error(t, run(t.Context(), cfg, discard, nil))
}
