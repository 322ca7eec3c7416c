package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// asProgram makes the test binary the program itself, to be killed by a test.
const asProgram = "MIGRATE_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	goleak.VerifyTestMain(m)
}

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

// environment is that of a program which calls chat.
func environment(chat *restapitest.Server) map[string]string {
	return map[string]string{
		"TENCENT_CHAT_SDKAPPID": strconv.FormatUint(chat.SDKAppID(), 10), "TENCENT_CHAT_REGION": "sgp",
		"TENCENT_CHAT_SECRET_KEY": chat.SecretKey(), "TENCENT_CHAT_BASE_URL": chat.URL,
	}
}

// A result is what a run of the program left.
type result struct {
	status   int
	err      error
	out, log string
}

// call runs the program in this process.
func call(ctx context.Context, t *testing.T, chat *restapitest.Server, args ...string) result {
	t.Helper()
	env := environment(chat)
	var out, log safeBuffer
	cfg, err := parse(append([]string{"-unlimited"}, args...), func(name string) string { return env[name] }, &log)
	if err == nil {
		err = run(ctx, cfg, streams{out: &out, err: &log})
	}
	for _, secret := range []string{chat.SecretKey(), "usersig="} {
		assert.NotContains(t, out.String()+log.String()+fmt.Sprint(err), secret)
	}
	return result{status(err), err, out.String(), log.String()}
}

func newChat(t testing.TB, opts ...restapitest.Option) *restapitest.Server {
	t.Helper()
	chat := restapitest.NewServer(append([]restapitest.Option{restapitest.WithRate(-1)}, opts...)...)
	t.Cleanup(chat.Close)
	return chat
}

// writeFolder writes files into a folder of a test, and returns the folder.
func writeFolder(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "old-chat")
	require.NoError(t, os.Mkdir(folder, 0o700))
	for name, content := range files {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600))
	}
	return folder
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}

// beside lists the files that the program left beside its input.
func beside(t *testing.T, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	names := []string{}
	for _, e := range entries {
		if e.Name() != filepath.Base(path) {
			names = append(names, e.Name())
		}
	}
	return names
}

// state is what a server has, as sorted lines: without what depends on when it came and on how often it was changed.
func state(t *testing.T, chat *restapitest.Server) []string {
	t.Helper()
	var snapshot bytes.Buffer
	require.NoError(t, chat.Snapshot(&snapshot))
	var lines []string
	for text := range strings.Lines(snapshot.String()) {
		fields := make(map[string]json.RawMessage)
		require.NoError(t, json.Unmarshal([]byte(text), &fields))
		for _, field := range words("StoreTime ExpireTime AddBlackTimeStamp FollowTime StandardSequence CustomSequence " +
			"GroupSequence BlackSequence Timestamp") {
			delete(fields, field)
		}
		line, err := json.Marshal(fields)
		require.NoError(t, err)
		lines = append(lines, string(line))
	}
	slices.Sort(lines)
	return lines
}

// ofKind returns the lines of a kind.
func ofKind(lines []string, kind string) (of []string) {
	for _, line := range lines {
		if strings.Contains(line, `"kind":"`+kind+`"`) {
			of = append(of, line)
		}
	}
	return of
}
