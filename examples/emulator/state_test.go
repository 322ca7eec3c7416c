package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func TestStateOutlivesTheProgram(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "state.jsonl")
	session := func(extra []string, during func(*account.Client)) {
		cfg, err := parse(append([]string{"-listen", "127.0.0.1:0", "-state", file}, extra...), io.Discard)
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		up, down := make(chan net.Addr, 1), make(chan error, 1)
		go func() { down <- run(ctx, cfg, slog.New(slog.DiscardHandler), func(a net.Addr) { up <- a }) }()
		client, err := restapi.NewClient(restapi.China, cfg.sdkAppID, cfg.key, restapi.WithBaseURL("http://"+(<-up).String()))
		require.NoError(t, err)
		defer client.CloseIdleConnections()
		during(account.NewClient(client))
		cancel()
		require.NoError(t, <-down)
	}
	session(nil, func(c *account.Client) {
		require.NoError(t, c.Import(t.Context(), account.Account{UserID: "ann", Nick: "Ann"}))
	})
	session([]string{"-save-every", "1ms"}, func(c *account.Client) {
		results, err := c.Check(t.Context(), []string{"ann"})
		require.NoError(t, err)
		assert.Equal(t, account.Imported, results[0].Status)
		require.NoError(t, c.Import(t.Context(), account.Account{UserID: "bob"}))
		require.Eventually(t, func() bool {
			data, err := os.ReadFile(file)
			return err == nil && strings.Contains(string(data), `"bob"`)
		}, 10*time.Second, time.Millisecond, "it is saved in between")
	})
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(data), `"Ann"`)
	left, err := filepath.Glob(file + ".*")
	require.NoError(t, err)
	assert.Empty(t, left)
}

func TestABadStateFileStopsTheStart(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "state.jsonl")
	const bad = `{"format":"tencentchat-local","version":1}` + "\n" + `{"kind":"user","UserID":"ann"}` + "\n" + `{"kind":`
	require.NoError(t, os.WriteFile(file, []byte(bad), 0o600))
	cfg, err := parse([]string{"-listen", "127.0.0.1:0", "-state", file, "-save-every", "1ms"}, io.Discard)
	require.NoError(t, err)
	err = run(t.Context(), cfg, slog.New(slog.DiscardHandler), func(net.Addr) { t.Error("it is up") })
	require.ErrorContains(t, err, "line 3: it is not a JSON object")
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, bad, string(data))

	cfg.state = filepath.Join(file, "not", "a", "folder")
	require.ErrorContains(t, run(t.Context(), cfg, slog.New(slog.DiscardHandler), nil), "-state: ")
}

// The program is killed while it saves, many times over: each time the file holds the whole of a save.
func TestKilledWhileItSaves(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program and kills it many times")
	}
	dir := t.TempDir()
	program, file := filepath.Join(dir, "emulator"), filepath.Join(dir, "state.jsonl")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput()
	require.NoError(t, err, "%s", out)
	const users = 5000
	var seed strings.Builder
	seed.WriteString(`{"format":"tencentchat-local","version":1}` + "\n")
	for i := range users {
		_, _ = fmt.Fprintf(&seed, `{"kind":"user","UserID":"u%d","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"n%d"}]}`+"\n", i, i)
	}
	require.NoError(t, os.WriteFile(file, []byte(seed.String()), 0o600))
	inTheMiddle := 0
	for range 25 {
		cmd := exec.CommandContext(t.Context(), program, "-listen", "127.0.0.1:0", "-state", file, "-save-every", "1ms")
		logs, err := cmd.StderrPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		first := make([]byte, 1)
		_, err = logs.Read(first) // "emulator is up"
		require.NoError(t, err)
		time.Sleep(rand.N(60 * time.Millisecond))
		require.NoError(t, cmd.Process.Kill())
		_, _ = io.Copy(io.Discard, logs)
		require.Error(t, cmd.Wait())
		if _, err := os.Stat(file + ".new"); err == nil {
			inTheMiddle++
		}
		srv := restapitest.NewServer(restapitest.WithoutListener())
		saved, err := os.Open(file)
		require.NoError(t, err)
		require.NoError(t, srv.Restore(saved))
		require.NoError(t, saved.Close())
		for _, i := range []int{0, users / 2, users - 1} {
			items, ok := srv.Profile(fmt.Sprintf("u%d", i))
			assert.True(t, ok)
			assert.Len(t, items, 1)
		}
		srv.Close()
	}
	assert.NotZero(t, inTheMiddle, "no save was interrupted")
}
