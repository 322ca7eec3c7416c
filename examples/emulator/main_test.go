package main

import (
	"context"
	"encoding/pem"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestEmulator(t *testing.T) {
	t.Parallel()
	cfg, err := parse([]string{
		"-listen", "127.0.0.1:0", "-sdkappid", "1400000009", "-key", "k", "-token", "t",
		"-callback", "http://127.0.0.1:1/im", "-accounts", "leckie,jane",
	}, io.Discard)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	up, down := make(chan net.Addr, 1), make(chan error, 1)
	go func() { down <- run(ctx, cfg, slog.New(slog.DiscardHandler), func(a net.Addr) { up <- a }) }()
	client, err := restapi.NewClient(restapi.China, 1400000009, "k", restapi.WithBaseURL("http://"+(<-up).String()))
	require.NoError(t, err)
	defer client.CloseIdleConnections()
	results, err := account.NewClient(client).Check(t.Context(), []string{"leckie", "jane", "nobody"})
	require.NoError(t, err)
	var imported []bool
	for _, r := range results {
		imported = append(imported, r.Status == account.Imported)
	}
	assert.Equal(t, []bool{true, true, false}, imported)
	cancel()
	require.NoError(t, <-down)
}

func TestCallbackOverTLS(t *testing.T) {
	t.Parallel()
	commands := make(chan string, 1)
	backend := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		commands <- r.URL.Query().Get("CallbackCommand")
		_, _ = io.WriteString(w, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`)
	}))
	defer backend.Close()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: backend.Certificate().Raw})
	require.NoError(t, os.WriteFile(ca, block, 0o600))
	cfg, err := parse([]string{
		"-listen", "127.0.0.1:0", "-callback", backend.URL, "-callback-ca", ca, "-accounts", "jane",
	}, io.Discard)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	up, down := make(chan net.Addr, 1), make(chan error, 1)
	go func() { down <- run(ctx, cfg, slog.New(slog.DiscardHandler), func(a net.Addr) { up <- a }) }()
	client, err := restapi.NewClient(restapi.China, cfg.sdkAppID, cfg.key, restapi.WithBaseURL("http://"+(<-up).String()))
	require.NoError(t, err)
	defer client.CloseIdleConnections()
	require.NoError(t, profile.NewClient(client).SetProfile(t.Context(), "jane", profile.Level.To(1)))
	select {
	case command := <-commands:
		assert.Equal(t, "Profile.CallbackPortraitSet", command)
	case <-time.After(10 * time.Second):
		t.Error("no webhook came")
	}
	cancel()
	require.NoError(t, <-down)
}

func TestBadSettings(t *testing.T) {
	t.Parallel()
	_, err := parse([]string{"-nonsense"}, io.Discard)
	require.Error(t, err)
	discard := slog.New(slog.DiscardHandler)
	require.Error(t, run(t.Context(), config{}, discard, nil))
	require.Error(t, run(t.Context(), config{sdkAppID: 1, key: "k", callback: "nonsense"}, discard, nil))
	empty := filepath.Join(t.TempDir(), "empty.pem")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	for _, ca := range []string{empty, empty + ".not"} {
		require.ErrorContains(t, run(t.Context(), config{sdkAppID: 1, key: "k", ca: ca}, discard, nil), "-callback-ca: ")
	}
	require.Error(t, run(t.Context(), config{sdkAppID: 1, key: "k", listen: "nowhere:-1"}, discard, nil))
}
