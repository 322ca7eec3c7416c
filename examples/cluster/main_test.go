package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

// asProgram makes the test binary the program itself. It starts itself in its other roles in any case.
const asProgram = "CLUSTER_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" || len(os.Args) > 1 && os.Args[1] == "-role" {
		main()
		return
	}
	// With the race detector each process sleeps for a second at its end, in case others are still reporting.
	if err := os.Setenv("GORACE", "atexit_sleep_ms=10"); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

// numbers returns the numbers in the line of out that pattern matches.
func numbers(t *testing.T, out, pattern string) []int {
	t.Helper()
	found := regexp.MustCompile(`(?m)^` + pattern).FindStringSubmatch(out)
	require.NotNil(t, found, "no line like %s in:\n%s", pattern, out)
	all := make([]int, len(found)-1)
	for i, text := range found[1:] {
		n, err := strconv.Atoi(text)
		require.NoError(t, err)
		all[i] = n
	}
	return all
}

const webhooksLine = `webhooks +(\d+) sent, (\d+) received, (\d+) handled; (\d+) came again and were stored once, (\d+) handled twice$`

// requireNothingLost checks that every webhook that was sent was received and handled, and returns how many there were, came
// again, and were handled twice.
func requireNothingLost(t *testing.T, out string) (sent, repeated, twice int) {
	t.Helper()
	n := numbers(t, out, webhooksLine)
	require.Positive(t, n[0])
	require.Equal(t, n[0], n[1], "received:\n%s", out)
	require.Equal(t, n[0], n[2], "handled:\n%s", out)
	require.NotContains(t, out, "failed")
	require.NotContains(t, out, "found no receiver")
	return n[0], n[3], n[4]
}

func requireGone(t *testing.T, out string) {
	t.Helper()
	for _, found := range regexp.MustCompile(`process (\d+)`).FindAllStringSubmatch(out, -1) {
		pid, err := strconv.Atoi(found[1])
		require.NoError(t, err)
		require.ErrorIs(t, syscall.Kill(pid, 0), syscall.ESRCH, "process %d is still there", pid)
	}
}

func TestCluster(t *testing.T) {
	cfg, err := parse([]string{"-for", "3s"}, io.Discard)
	require.NoError(t, err)
	var b bytes.Buffer
	start := time.Now()
	require.NoError(t, run(t.Context(), cfg, &b))
	out := b.String()
	t.Logf("%v:\n%s", time.Since(start), out)
	assert.Less(t, time.Since(start), 20*time.Second)

	total := numbers(t, out, `calls +(\d+) in 3\.\d s`)[0]
	window := numbers(t, out, `window +(\d+) calls in the fullest second, documented limit 200; (\d+) refused`)
	assert.GreaterOrEqual(t, float64(total), 0.9*cfg.share*(20+3*180), "the budget is used")
	assert.LessOrEqual(t, window[0], 200, "and never exceeded")
	assert.Zero(t, window[1])

	var calls, handled, received []int
	for i := range cfg.workers {
		n := numbers(t, out, fmt.Sprintf(`worker-%d +(\d+) calls, (\d+) webhooks handled$`, i+1))
		calls, handled = append(calls, n[0]), append(handled, n[1])
	}
	for i := range cfg.receivers {
		received = append(received, numbers(t, out, fmt.Sprintf(`receiver-%d +(\d+) webhooks received$`, i+1))[0])
	}
	assert.Equal(t, total, sum(calls))
	assert.GreaterOrEqual(t, 2*slices.Min(calls), slices.Max(calls), "nobody starves: %v", calls)
	assert.Positive(t, slices.Min(handled))
	assert.LessOrEqual(t, slices.Max(received)-slices.Min(received), 10, "in turn: %v", received)

	sent, repeated, twice := requireNothingLost(t, out)
	assert.GreaterOrEqual(t, sent, total)
	assert.Equal(t, sent/cfg.again, repeated)
	assert.Zero(t, twice)
	assert.Equal(t, sent+repeated, sum(received))
	assert.Equal(t, sent, sum(handled))
	assert.NotContains(t, out, "is gone")
	requireGone(t, out)
}

func sum(all []int) (total int) {
	for _, n := range all {
		total += n
	}
	return total
}

// program is the program in a process group of its own, as a terminal starts it.
type program struct {
	cmd   *exec.Cmd
	lines *bufio.Scanner
	out   strings.Builder
}

func startProgram(t *testing.T, args ...string) *program {
	t.Helper()
	p := &program{cmd: exec.CommandContext(t.Context(), os.Args[0], args...)}
	p.cmd.Env = append(os.Environ(), asProgram+"=1", "TMPDIR="+t.TempDir()) // one that is killed leaves its files
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	p.cmd.WaitDelay = 20 * time.Second
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	require.NoError(t, err)
	p.lines = bufio.NewScanner(out)
	require.NoError(t, p.cmd.Start())
	return p
}

// until reads lines to the one that begins with the word, or to the end.
func (p *program) until(word string) {
	for p.lines.Scan() {
		p.out.WriteString(p.lines.Text() + "\n")
		if word != "" && strings.HasPrefix(p.lines.Text(), word) {
			return
		}
	}
}

func (p *program) pid(t *testing.T, name string) int {
	t.Helper()
	return numbers(t, p.out.String(), name+` +process (\d+)$`)[0]
}

// A terminal sends an interrupt to all processes at once.
func TestInterrupt(t *testing.T) {
	for name, sig := range map[string]syscall.Signal{"interrupt of all": syscall.SIGINT, "termination of the first": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			p := startProgram(t, "-for", "50s", "-workers", "2", "-receivers", "2")
			p.until("running")
			time.Sleep(500 * time.Millisecond)
			to := p.cmd.Process.Pid
			if sig == syscall.SIGINT {
				to = -to
			}
			start := time.Now()
			require.NoError(t, syscall.Kill(to, sig))
			p.until("")
			require.NoError(t, p.cmd.Wait())
			assert.Less(t, time.Since(start), 10*time.Second)
			requireNothingLost(t, p.out.String())
			assert.NotContains(t, p.out.String(), "is gone")
			requireGone(t, p.out.String())
		})
	}
}

func TestInterruptAtTheStart(t *testing.T) {
	p := startProgram(t)
	p.until("nats")
	require.NoError(t, syscall.Kill(-p.cmd.Process.Pid, syscall.SIGINT))
	p.until("")
	require.NoError(t, p.cmd.Wait())
	assert.NotContains(t, p.out.String(), "calls")
	requireGone(t, p.out.String())
}

// Without the first process the others end too.
func TestFirstIsKilled(t *testing.T) {
	p := startProgram(t, "-for", "50s", "-workers", "2", "-receivers", "2")
	p.until("running")
	for _, name := range []string{"worker-1", "receiver-1"} {
		environ, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", p.pid(t, name)))
		require.NoError(t, err)
		args, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", p.pid(t, name)))
		require.NoError(t, err)
		assert.NotContains(t, string(environ)+string(args), webhookToken, "anybody could read it")
	}
	require.NoError(t, p.cmd.Process.Kill())
	p.until("")
	require.Error(t, p.cmd.Wait())
	pids := regexp.MustCompile(`process (\d+)`).FindAllStringSubmatch(p.out.String(), -1)
	require.Len(t, pids, 4)
	require.Eventually(t, func() bool {
		return !slices.ContainsFunc(pids, func(found []string) bool {
			pid, err := strconv.Atoi(found[1])
			return err != nil || !ended(pid)
		})
	}, 15*time.Second, 50*time.Millisecond)
}

// ended says whether a process is gone, or is one that nobody has waited for yet.
func ended(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(stat), ") Z ")
}

// Processes that are killed or stopped in the middle take nothing with them.
func TestKill(t *testing.T) {
	for sig, how := range map[syscall.Signal]string{syscall.SIGKILL: "signal: killed", syscall.SIGTERM: "exit status 0"} {
		t.Run(sig.String(), func(t *testing.T) {
			p := startProgram(t, "-for", "2s")
			p.until("running")
			time.Sleep(700 * time.Millisecond)
			for _, name := range []string{"worker-2", "receiver-1"} {
				require.NoError(t, syscall.Kill(p.pid(t, name), sig))
			}
			p.until("")
			require.NoError(t, p.cmd.Wait())
			out := p.out.String()
			for _, name := range []string{"worker-2", "receiver-1"} {
				assert.Regexp(t, `(?m)^`+name+` +is gone: `+how+`$`, out)
			}
			requireNothingLost(t, out)
			requireGone(t, out)
		})
	}
}

// needRedisServer skips the test where there is no redis-server to be killed.
func needRedisServer(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Skip("redis-server is not installed (apt-get install redis-server)")
	}
}

func lastLine(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	return lines[len(lines)-1]
}

// A worker and Redis are killed, and the last line says that it did not matter.
func TestKillFlag(t *testing.T) {
	needRedisServer(t)
	p := startProgram(t, "-kill", "-for", "2s", "-workers", "3", "-receivers", "2")
	p.until("")
	require.NoError(t, p.cmd.Wait())
	out := p.out.String()
	assert.Regexp(t, `(?m)^worker-1 +is gone: signal: killed$`, out)
	assert.Contains(t, out, "redis-server")
	n := numbers(t, lastLine(out), `nothing lost: (\d+) webhooks stored, (\d+) handled \(\d+ twice\); (\d+) calls made, 0 failed; `+
		`one worker killed at \d\.\ds, redis killed at \d\.\ds, back at \d\.\ds$`)
	assert.Positive(t, n[0])
	assert.Equal(t, n[0], n[1])
	assert.Equal(t, n[0], n[2], "each call made a webhook")
	requireGone(t, out)
}

func TestKillFlagTellsOfALoss(t *testing.T) {
	needRedisServer(t)
	p := startProgram(t, "-kill", "-for", "2s", "-workers", "2", "-receivers", "1")
	p.until("running")
	time.Sleep(300 * time.Millisecond)
	require.NoError(t, syscall.Kill(p.pid(t, "receiver-1"), syscall.SIGKILL)) // nobody takes the webhooks any more
	p.until("")
	require.Error(t, p.cmd.Wait())
	assert.Equal(t, 1, p.cmd.ProcessState.ExitCode())
	n := numbers(t, lastLine(p.out.String()), `(\d+) lost: \d+ webhooks stored, \d+ handled \(\d+ twice\), (\d+) not received; `)
	assert.Positive(t, n[0])
	assert.Equal(t, n[0], n[1])
	requireGone(t, p.out.String())
}

func TestKillFlagAndAnInterrupt(t *testing.T) {
	needRedisServer(t)
	p := startProgram(t, "-kill", "-for", "50s", "-workers", "2", "-receivers", "1")
	p.until("running")
	require.NoError(t, syscall.Kill(-p.cmd.Process.Pid, syscall.SIGINT)) // of redis-server too
	p.until("")
	require.NoError(t, p.cmd.Wait())
	assert.Regexp(t, `^nothing lost: .*; nothing killed$`, lastLine(p.out.String()))
	requireGone(t, p.out.String())
}

// With Redis and NATS given, nothing is left in them.
func TestOutsideServers(t *testing.T) {
	mini := miniredis.RunT(t)
	ns, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: t.TempDir(), NoLog: true, NoSigs: true,
	})
	require.NoError(t, err)
	go ns.Start()
	defer func() {
		ns.Shutdown()
		ns.WaitForShutdown()
	}()
	require.True(t, ns.ReadyForConnections(10*time.Second))

	var out bytes.Buffer
	cfg := config{period: time.Second, receivers: 1, workers: 2, share: 0.95, redis: mini.Addr(), nats: ns.ClientURL()}
	require.NoError(t, run(t.Context(), cfg, &out))
	_, repeated, _ := requireNothingLost(t, out.String())
	assert.Zero(t, repeated)
	assert.NotContains(t, out.String(), "embedded")
	assert.Contains(t, out.String(), mini.Addr())

	conn, err := nats.Connect(ns.ClientURL())
	require.NoError(t, err)
	defer conn.Close()
	js, err := jetstream.New(conn)
	require.NoError(t, err)
	for name := range js.StreamNames(t.Context()).Name() {
		assert.Fail(t, "stream left", name)
	}
	for _, key := range mini.Keys() {
		assert.Positive(t, mini.TTL(key), "%s expires", key)
	}
}
