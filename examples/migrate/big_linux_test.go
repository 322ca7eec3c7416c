package main

import (
	"os"
	"os/exec"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// TestBig is what the README shows: 20,000 accounts, 1,000 groups and 100,000 messages, killed at ten places.
func TestBig(t *testing.T) {
	if os.Getenv("MIGRATE_BIG") == "" {
		t.Skip("takes minutes: set MIGRATE_BIG, to \"rates\" for the documented rates")
	}
	folder := oldChat{users: 20_000, groups: 1000, messages: 100_000}.write(t)
	chat := newChat(t, restapitest.WithHistory(1_000_000, 1_000_000))
	running := program(t, chat, new(safeBuffer), folder)
	if os.Getenv("MIGRATE_BIG") == "rates" {
		running.Args = slices.Delete(running.Args, 1, 2) // as the service has them
	}
	running.Stdout, running.Stderr = os.Stdout, os.Stdout
	start := time.Now()
	require.NoError(t, running.Run())
	t.Logf("undisturbed: %s, with at most %d MB", time.Since(start).Round(time.Second), peak(t, running))
	want := state(t, chat)
	chat.Close()
	runtime.GC()
	killedAtTenPlaces(t, folder, 0, map[string]int{
		"v4/im_open_login_svc/multiaccount_import": 200, "v4/profile/portrait_set": 2000, "v4/sns/friend_import": 20_000,
		"v4/sns/black_list_add": 1000, "v4/follow/follow_add": 1000, "v4/group_open_http_svc/import_group": 1000,
		"v4/group_open_http_svc/import_group_msg": 7000, "v4/group_open_http_svc/import_group_member": 1000,
		"v4/openim/importmsg": 50_000, "v4/group_open_http_svc/import_topic": 125,
	}, want)
	t.Logf("killed at ten places: %s in all", time.Since(start).Round(time.Second))
}

// Memory does not grow with the number of messages.
func TestMemoryIsFlat(t *testing.T) {
	chat := newChat(t)
	var peaks []int
	for _, messages := range []int{20_000, 200_000} {
		var log safeBuffer
		running := program(t, chat, &log, "-dry-run", oldChat{users: 1000, groups: 100, messages: messages}.write(t))
		require.NoError(t, running.Run(), log.String())
		peaks = append(peaks, peak(t, running))
	}
	t.Log(peaks, "MB")
	require.Less(t, peaks[1], peaks[0]+10)
}

// peak is the most memory that a process had, in MB.
func peak(t *testing.T, ended *exec.Cmd) int {
	t.Helper()
	usage, ok := ended.ProcessState.SysUsage().(*syscall.Rusage)
	require.True(t, ok)
	return int(usage.Maxrss >> 10)
}
