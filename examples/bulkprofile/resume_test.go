package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// crowd makes an input of n rows, in either format, and the nicknames that the users are to have.
func crowd(n int, f format) (rows string, want map[string]string) {
	want = make(map[string]string)
	var b strings.Builder
	if f == formatCSV {
		b.WriteString("user_id,nick\n")
	}
	for i := range n {
		userID, nick := fmt.Sprintf("user %d", i), fmt.Sprintf("Nick %d", rand.Int())
		want[userID] = nick
		if f == formatCSV {
			fmt.Fprintf(&b, "%s,%s\n", userID, nick)
		} else {
			fmt.Fprintf(&b, `{"user_id":%q,"nick":%q}`+"\n", userID, nick)
		}
	}
	return b.String(), want
}

func checkNicks(t *testing.T, chat *restapitest.Server, want map[string]string) {
	t.Helper()
	for userID, nick := range want {
		items, _ := chat.Profile(userID)
		got, _ := profile.Nick.Of(items)
		require.Equal(t, nick, got, userID)
	}
}

// Killed without a chance to say anything, again and again, the import still sets every user, and none much more than
// once.
func TestKillAndResume(t *testing.T) {
	t.Parallel()
	const n, step = 500, 120
	for _, f := range []format{formatCSV, formatJSONLines} {
		t.Run(f.extension(), func(t *testing.T) {
			t.Parallel()
			chat := newChat(t)
			chat.Delay(profile.CommandPortraitSet, 20*time.Millisecond)
			rows, want := crowd(n, f)
			for userID := range want {
				chat.AddAccount(userID)
			}
			path := writeFile(t, "users"+f.extension(), rows)
			kills := 0
			for {
				before := len(chat.Calls())
				var log safeBuffer
				program := program(t, chat, &log, "-resume", path)
				require.NoError(t, program.Start())
				ended := make(chan error, 1)
				go func() { ended <- program.Wait() }()
				var err error
				for running := true; running; {
					select {
					case err = <-ended:
						running = false
					case <-time.After(time.Millisecond):
						if kills < 3 && len(chat.Calls()) >= before+step {
							kills++
							require.NoError(t, program.Process.Kill())
							err, running = <-ended, false
						}
					}
				}
				if err == nil {
					break
				}
				require.Equal(t, -1, program.ProcessState.ExitCode(), "killed, and no other failure: %s", log.String())
			}
			require.Equal(t, 3, kills)
			checkNicks(t, chat, want)
			assert.LessOrEqual(t, len(chat.Calls()), n+kills*64, "only what was under way is set again")
			assert.Empty(t, beside(t, path))
		})
	}
}

// Another import with the same files leaves them alone for as long as the first one runs.
func TestFilesInUse(t *testing.T) {
	t.Parallel()
	chat := newChat(t)
	chat.Delay(profile.CommandPortraitSet, 20*time.Millisecond)
	rows, want := crowd(400, formatCSV)
	for userID := range want {
		chat.AddAccount(userID)
	}
	rows = strings.Replace(rows, "user_id,nick\n", "user_id,nick\nstranger,S\n", 1)
	path := writeFile(t, "users.csv", rows)
	failures := filepath.Join(filepath.Dir(path), "users.failures.csv")
	var log safeBuffer
	first := program(t, chat, &log, path)
	require.NoError(t, first.Start())
	require.Eventually(t, func() bool { return len(chat.Calls()) > 100 }, 20*time.Second, time.Millisecond)
	for _, args := range [][]string{{"-resume", path}, {path}} {
		r := call(t.Context(), t, chat, "", args...)
		assert.Equal(t, 2, r.status)
		require.EqualError(t, r.err, failures+".done is in use by another import")
	}
	assert.Contains(t, readFile(t, failures), "stranger,S,", "it is still there")
	require.NoError(t, first.Process.Kill())
	require.Error(t, first.Wait())
	require.Less(t, len(chat.Calls()), len(want), "the import was under way")

	chat.AddAccount("stranger")
	r := call(t.Context(), t, chat, "", "-resume", path)
	require.NoError(t, r.err, "the end of the process has freed them")
	checkNicks(t, chat, want)
	assert.LessOrEqual(t, len(chat.Calls()), len(want)+1+1+64, "no user that was in the done log is set again")
	assert.Empty(t, beside(t, path))
}

// program is the program in a process of its own.
func program(t *testing.T, chat *restapitest.Server, log *safeBuffer, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	for name, value := range environment(chat) {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	cmd.Stderr = log
	return cmd
}

func TestSignals(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot be sent an interrupt on Windows")
	}
	chat := newChat(t)
	rows, want := crowd(200, formatCSV)
	for userID := range want {
		chat.AddAccount(userID)
	}
	path := writeFile(t, "users.csv", rows)
	var log safeBuffer
	first := program(t, chat, &log, path)
	require.NoError(t, first.Start())
	require.Eventually(t, func() bool { return len(chat.Calls()) > 30 }, 20*time.Second, time.Millisecond)
	require.NoError(t, first.Process.Signal(os.Interrupt))
	require.Error(t, first.Wait())
	assert.Equal(t, 3, first.ProcessState.ExitCode(), "%s", log.String())
	assert.Contains(t, log.String(), "go on with -resume")
	require.NoError(t, program(t, chat, &log, "-resume", path).Run(), "%s", log.String())
	assert.Len(t, chat.Calls(), len(want), "no user is set twice")
	checkNicks(t, chat, want)

	// With no answer in sight the second signal ends it.
	chat.Delay(profile.CommandPortraitSet, time.Hour)
	before := len(chat.Calls())
	stuck := program(t, chat, &log, path)
	require.NoError(t, stuck.Start())
	require.Eventually(t, func() bool { return len(chat.Calls()) > before }, 20*time.Second, time.Millisecond)
	ended := make(chan error, 1)
	go func() { ended <- stuck.Wait() }()
	require.Eventually(t, func() bool {
		_ = stuck.Process.Signal(os.Interrupt)
		select {
		case err := <-ended:
			return err != nil
		default:
			return false
		}
	}, 4*time.Second, 50*time.Millisecond, "before the calls time out")
	chat.Delay(profile.CommandPortraitSet, 0)
}

func TestInterruptAndResume(t *testing.T) {
	t.Parallel()
	const n = 150
	chat := newChat(t)
	chat.Delay(profile.CommandPortraitSet, 50*time.Millisecond)
	rows, want := crowd(n, formatCSV)
	for userID := range want {
		chat.AddAccount(userID)
	}
	path := writeFile(t, "users.csv", rows)
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	go func() {
		for ctx.Err() == nil {
			if len(chat.Calls()) >= 30 {
				interrupt()
			}
			time.Sleep(time.Millisecond)
		}
	}()
	r := call(ctx, t, chat, "", path)
	assert.Equal(t, 3, r.status)
	made := len(chat.Calls())
	require.EqualError(t, r.err, fmt.Sprintf("stopped by the user, %d rows are done: go on with -resume", made))
	assert.Contains(t, r.log, ", 0 failed", "calls under way are carried through")
	require.Less(t, made, n)
	assert.Equal(t, made, strings.Count(readFile(t, filepath.Join(filepath.Dir(path), "users.failures.csv.done")), "\n"),
		"each call that was made is in the log")

	r = call(t.Context(), t, chat, "", "-resume", path)
	require.NoError(t, r.err)
	assert.Contains(t, r.log, fmt.Sprintf("%d done before", made))
	assert.Len(t, chat.Calls(), n, "no user is set twice")
	checkNicks(t, chat, want)
}

func TestDoneLog(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "log")
	row := func(userID, nick string) *record {
		return &record{userID: userID, items: profile.Items{profile.Nick.To(nick)}}
	}
	log, err := openDoneLog(name, false)
	require.NoError(t, err)
	assert.False(t, log.resumed)
	for _, userID := range []string{"ann", "two words", "cut short"} {
		require.NoError(t, log.add(row(userID, "Nick")))
	}
	require.NoError(t, log.finish(false))
	_, err = openDoneLog(name, false)
	require.ErrorContains(t, err, "-resume")

	whole := readFile(t, name)
	require.NoError(t, os.WriteFile(name, []byte(whole[:len(whole)-4]), 0o600))
	log, err = openDoneLog(name, true)
	require.NoError(t, err)
	assert.True(t, log.resumed)
	assert.True(t, log.has(row("ann", "Nick")))
	assert.True(t, log.has(row("two words", "Nick")))
	assert.False(t, log.has(row("ann", "Another nick")), "a row that was mended is another one")
	assert.False(t, log.has(row("cut short", "Nick")), "half a line is none")
	assert.False(t, log.has(row("cut s", "Nick")))
	assert.Equal(t, 2, log.users())
	short := row("b", "Nick") // shorter than what is left of the line that was cut
	require.NoError(t, log.add(short))
	assert.Equal(t, 3, log.users())
	mended := row("ann", "Another nick")
	require.NoError(t, log.add(mended))
	assert.Equal(t, 3, log.users(), "a row that was mended is the same user")
	require.NoError(t, log.finish(false))
	lines := strings.SplitAfter(whole, "\n")
	assert.Equal(t, lines[0]+lines[1]+digest(short)+" b\n"+digest(mended)+" ann\n", readFile(t, name))

	log, err = openDoneLog(name, true)
	require.NoError(t, err)
	require.NoError(t, log.finish(true))
	assert.NoFileExists(t, name)

	require.NoError(t, os.WriteFile(name, []byte("something else\n"), 0o600))
	_, err = openDoneLog(name, true)
	require.ErrorContains(t, err, "not a done log")
	assert.Equal(t, "something else\n", readFile(t, name))
}
