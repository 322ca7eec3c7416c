package jetstream_test

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
	webhooks "github.com/go-tencentchat/tencentchat/callback/jetstream"
)

const (
	app         = callbacktest.SDKAppID
	portraitSet = "Profile.CallbackPortraitSet"
	stateChange = "State.StateChange"
)

// The test binary is also the NATS server of those tests that kill one: only a process of its own can be killed with
// what it has not written yet.
const serverEnv = "JETSTREAM_TEST_SERVER"

func TestMain(m *testing.M) {
	if where := os.Getenv(serverEnv); where != "" {
		serveNATS(where)
		return
	}
	// The tests wait more than they work.
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

func serverOptions(dir string, port int) *server.Options {
	return &server.Options{
		Host: "127.0.0.1", Port: port, JetStream: true, StoreDir: dir,
		NoLog: true, NoSigs: true, DisableJetStreamBanner: true,
	}
}

// startServer runs a server in this process until the test ends or it is shut down.
func startServer(t testing.TB, opts *server.Options) *server.Server {
	t.Helper()
	s, err := server.NewServer(opts)
	require.NoError(t, err)
	go s.Start()
	require.True(t, s.ReadyForConnections(20*time.Second), "no server")
	t.Cleanup(func() { stopServer(s) })
	return s
}

func stopServer(s *server.Server) {
	s.Shutdown()
	s.WaitForShutdown()
}

// natsOptions are what the documentation advises, in a hurry to reconnect, and silent.
func natsOptions() []nats.Option {
	return []nats.Option{
		nats.MaxReconnects(-1), nats.RetryOnFailedConnect(true),
		nats.ReconnectWait(50 * time.Millisecond), nats.ReconnectJitter(10*time.Millisecond, 0),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}),
	}
}

func connect(t testing.TB, url string) (*nats.Conn, jetstream.JetStream) {
	t.Helper()
	conn, err := nats.Connect(url, natsOptions()...)
	require.NoError(t, err)
	t.Cleanup(conn.Close)
	js, err := jetstream.New(conn)
	require.NoError(t, err)
	return conn, js
}

// stream returns a server with the two streams.
func stream(t testing.TB, cfg webhooks.StreamConfig) (*server.Server, jetstream.JetStream) {
	t.Helper()
	s := startServer(t, serverOptions(t.TempDir(), server.RANDOM_PORT))
	_, js := connect(t, s.ClientURL())
	require.NoError(t, webhooks.EnsureStream(t.Context(), js, cfg))
	return s, js
}

func sink(t testing.TB, js jetstream.JetStream, opts ...webhooks.Option) *webhooks.Sink {
	t.Helper()
	s, err := webhooks.NewSink(js, opts...)
	require.NoError(t, err)
	return s
}

func handler(t testing.TB, opts ...callback.Option) *callback.Handler {
	t.Helper()
	h, err := callback.NewHandler(app, append([]callback.Option{callback.WithToken(callbacktest.Token)}, opts...)...)
	require.NoError(t, err)
	return h
}

// taker returns a handler that takes everything.
func taker(t testing.TB) *callback.Handler {
	t.Helper()
	return handler(t, callback.WithUnknown(func(context.Context, *callback.Unknown) {}))
}

func envelope(id, command, body string) callback.Envelope {
	return callback.Envelope{ID: id, Command: command, SDKAppID: app, Body: []byte(body), ReceivedAt: time.Now()}
}

// consume runs Consume until stop is called, which returns what it returned, or until the test ends.
func consume(
	t testing.TB, js jetstream.JetStream, h *callback.Handler, opts ...webhooks.ConsumeOption,
) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- webhooks.Consume(ctx, js, h, opts...) }()
	stop = sync.OnceValue(func() error {
		cancel()
		return <-done
	})
	t.Cleanup(func() { _ = stop() })
	return stop
}

// settled is what WithOutcome was told.
type settled struct {
	webhooks.Delivery

	outcome webhooks.Outcome
	err     error
	at      time.Time
}

// outcomes returns an option that fills a channel.
func outcomes() (webhooks.ConsumeOption, chan settled) {
	all := make(chan settled, 1000)
	return webhooks.WithOutcome(func(_ context.Context, d webhooks.Delivery, o webhooks.Outcome, err error) {
		all <- settled{d, o, err, time.Now()}
	}), all
}

func next[T any](t testing.TB, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(20 * time.Second):
		require.FailNow(t, "nothing came in 20 seconds")
		panic("unreachable")
	}
}

// dead returns the n webhooks that were set aside.
func dead(t testing.TB, js jetstream.JetStream, n int) (all []*jetstream.RawStreamMsg) {
	t.Helper()
	s, err := js.Stream(t.Context(), webhooks.DefaultStream+"_DEAD")
	require.NoError(t, err)
	info, err := s.Info(t.Context())
	require.NoError(t, err)
	require.Equal(t, n, int(info.State.Msgs))
	for seq := range n {
		m, err := s.GetMsg(t.Context(), uint64(seq)+1)
		require.NoError(t, err)
		all = append(all, m)
	}
	return all
}

func pending(t testing.TB, js jetstream.JetStream) *jetstream.ConsumerInfo {
	t.Helper()
	c, err := js.Consumer(t.Context(), webhooks.DefaultStream, webhooks.DefaultConsumer)
	require.NoError(t, err)
	info, err := c.Info(t.Context())
	require.NoError(t, err)
	return info
}

// logged is a logger's output that many goroutines may write.
type logged struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func (l *logged) option() webhooks.ConsumeOption {
	return webhooks.WithLogger(slog.New(slog.NewTextHandler(l, nil)))
}

// process is a server in a process of its own, which keeps its port and its files when it is killed and started again.
type process struct {
	dir  string
	port int
	cmd  *exec.Cmd
	in   io.Closer
}

func startProcess(t testing.TB) *process {
	t.Helper()
	p := &process{dir: t.TempDir(), port: server.RANDOM_PORT}
	require.NoError(t, p.start())
	t.Cleanup(func() { p.end(syscall.SIGKILL) })
	return p
}

func (p *process) url() string { return "nats://127.0.0.1:" + strconv.Itoa(p.port) }

func (p *process) start() error {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d %s", serverEnv, p.port, p.dir))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	p.cmd, p.in = cmd, in
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return fmt.Errorf("server said nothing: %w", err)
	}
	p.port, err = strconv.Atoi(strings.TrimSpace(line))
	return err
}

// end sends the signal and waits until the process is gone.
func (p *process) end(sig os.Signal) {
	if err := p.cmd.Process.Signal(sig); err != nil { // not every system has every signal
		_ = p.cmd.Process.Kill()
	}
	_ = p.cmd.Wait()
	_ = p.in.Close()
}

// serveNATS is the process: it serves until it is told to end, or the test that started it is gone.
func serveNATS(where string) {
	text, dir, _ := strings.Cut(where, " ")
	number, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	s, err := server.NewServer(serverOptions(dir, number))
	if err != nil {
		panic(err)
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop <- os.Interrupt
	}()
	go s.Start()
	if !s.ReadyForConnections(20 * time.Second) {
		panic("server does not start")
	}
	fmt.Println(port(s))
	<-stop
	stopServer(s)
}

func contains(l *logged, text string) bool { return strings.Contains(l.String(), text) }
