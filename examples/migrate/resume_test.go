package main

import (
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/follow"
	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// program is the program in a process of its own.
func program(t *testing.T, chat *restapitest.Server, log *safeBuffer, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], append([]string{"-unlimited"}, args...)...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	for name, value := range environment(chat) {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	cmd.Stdout, cmd.Stderr = log, log
	return cmd
}

// Killed at ten places and resumed, an import leaves what one leaves that nothing has disturbed.
func TestKilledAtTenPlaces(t *testing.T) {
	t.Parallel()
	folder := oldChat{users: 120, groups: 8, messages: 600}.write(t)
	undisturbed := newChat(t)
	require.NoError(t, call(t.Context(), t, undisturbed, folder).err)
	for name, pause := range map[string]time.Duration{
		"at once": 0,
		"later":   6 * time.Minute, // when the service does not know messages to groups by their Random any more
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			own := filepath.Join(t.TempDir(), "old-chat")
			require.NoError(t, os.CopyFS(own, os.DirFS(folder)))
			killedAtTenPlaces(t, own, pause, made(undisturbed), state(t, undisturbed))
		})
	}
}

// killedAtTenPlaces imports a folder, kills the program at a random call of each of ten commands, once it is carried out
// and before it is answered, and compares the state with that of an import which was not disturbed.
func killedAtTenPlaces(t *testing.T, folder string, pause time.Duration, calls map[string]int, want []string) {
	t.Helper()
	places := make(map[string]int)
	for _, cmd := range []restapi.Command{
		account.CommandMultiAccountImport, profile.CommandPortraitSet, friend.CommandFriendImport,
		friend.CommandBlackListAdd, follow.CommandFollowAdd, group.CommandImportGroup, group.CommandImportGroupMsg,
		group.CommandImportTopic, group.CommandImportGroupMember, message.CommandImportMsg,
	} {
		require.Positive(t, calls[cmd.Path()], cmd)
		places["/"+cmd.Path()] = rand.IntN(calls[cmd.Path()])
	}
	var later atomic.Int64
	chat := newChat(t, restapitest.WithHistory(1_000_000, 1_000_000),
		restapitest.WithClock(func() time.Time { return time.Now().Add(time.Duration(later.Load())) }))
	kill := make(chan struct{}, len(places))
	var counting sync.Mutex
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		chat.Handler().ServeHTTP(answer, r)
		counting.Lock()
		place, some := places[r.URL.Path]
		if places[r.URL.Path]--; some && place == 0 {
			kill <- struct{}{}
			delete(places, r.URL.Path)
		}
		counting.Unlock()
		if some && place == 0 {
			<-r.Context().Done()
		}
		maps.Copy(w.Header(), answer.Header())
		_, _ = answer.Body.WriteTo(w)
	}))
	t.Cleanup(front.Close)
	for killed := 0; ; {
		var log safeBuffer
		running := program(t, chat, &log, "-resume", "-base-url", front.URL, folder)
		require.NoError(t, running.Start())
		ended := make(chan error, 1)
		go func() { ended <- running.Wait() }()
		var err error
		select {
		case err = <-ended:
		case <-kill:
			killed++
			require.NoError(t, running.Process.Kill())
			err = <-ended
		}
		if err == nil {
			assert.Equal(t, 10, killed)
			break
		}
		later.Add(int64(pause))
		require.Equal(t, -1, running.ProcessState.ExitCode(), "killed, and no other failure: %s", log.String())
	}
	assert.Equal(t, want, state(t, chat))
	assert.Empty(t, beside(t, folder))
}

// made counts the calls that were made by their commands.
func made(chat *restapitest.Server) map[string]int {
	calls := make(map[string]int)
	for _, c := range chat.Calls() {
		calls[c.Command.Path()]++
	}
	return calls
}
