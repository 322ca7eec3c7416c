package main

import (
	"bytes"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func TestFlags(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"-for 0s":           "-for must be above 0",
		"-for 51s":          "at most 50s",
		"-workers 0":        "must be 1 to 20",
		"-receivers 21":     "must be 1 to 20",
		"-again -1":         "-again",
		"-share 1.1":        "-share",
		"-share NaN":        "-share",
		"-kill -redis x:1":  "without -redis",
		"-kill -workers 1":  "-workers must be 2 or more",
		"-for 1s something": `"something"`,
		"-nonsense":         "nonsense",
	} {
		_, err := parse(strings.Fields(args), io.Discard)
		require.ErrorContains(t, err, want, args)
	}
	cfg, err := parse(nil, io.Discard)
	require.NoError(t, err)
	assert.Equal(t, config{period: 5 * time.Second, receivers: 3, workers: 4, again: 50, share: 0.95}, cfg)
}

func TestNobodyThere(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	closed := listener.Addr().String()
	require.NoError(t, listener.Close())
	for args, want := range map[string]string{"-redis " + closed: "redis: ", "-nats nats://" + closed: "nats: "} {
		cfg, err := parse(strings.Fields(args), io.Discard)
		require.NoError(t, err)
		require.ErrorContains(t, run(t.Context(), cfg, io.Discard), want)
	}
}

func TestRolesRefuse(t *testing.T) {
	t.Parallel()
	require.ErrorContains(t, play(t.Context(), "cook", nil, nil, nil), `"cook"`)
	require.ErrorContains(t, play(t.Context(), roleWorker, strings.NewReader(""), io.Discard, io.Discard), "no settings")
	require.Error(t, play(t.Context(), roleReceiver, strings.NewReader(`{"Name":"receiver-1","NATS":"nats://x y"}`), io.Discard, io.Discard))
}

func TestTraffic(t *testing.T) {
	t.Parallel()
	start := time.Now()
	call := func(ms int, admin string, refused bool) restapitest.Call {
		c := restapitest.Call{
			Command: profile.CommandPortraitSet, Query: map[string][]string{"identifier": {admin}},
			Time: start.Add(time.Duration(ms) * time.Millisecond),
		}
		if refused {
			c.Code = 60007
		}
		return c
	}
	other := call(500, "a", false)
	other.Command = account.CommandAccountImport
	got := trafficOf([]restapitest.Call{
		call(0, "a", false), call(999, "b", false), call(700, "b", true), call(1000, "a", false), other, call(1998, "a", false), call(3000, "a", false),
	}, start, start.Add(1500*time.Millisecond))
	assert.Equal(t, traffic{within: 4, each: map[string]int{"a": 2, "b": 2}, made: 5, refused: 1, window: 3}, got)
}

// What is lost is told, and so is what was not.
func TestReport(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	chat := restapitest.NewServer(restapitest.WithoutListener())
	defer chat.Close()
	c := &cluster{out: &out, chat: chat, ledger: newLedger()}
	for _, r := range []report{
		{Handled: "1"},
		{Stored: "1"},
		{Stored: "1", Repeated: true},
		{Stored: "2"},
		{Handled: "2"},
		{Handled: "2"},
		{Stored: "3"},
		{Failed: "too late"},
	} {
		c.ledger.enter("one", r)
	}
	sum := c.report([]string{"one"}, []string{"one"}, time.Now(), time.Now().Add(time.Second))
	assert.Equal(t, 1, sum.unhandled)
	assert.Equal(t, 2, sum.lost(), "a call that failed too")
	assert.Equal(t, "2 lost: 3 webhooks stored, 2 handled (1 twice); 0 calls made, 1 failed", sum.verdict())
	assert.Equal(t, "nothing lost: 0 webhooks stored, 0 handled (0 twice); 0 calls made, 0 failed", summary{}.verdict())
	assert.Contains(t, out.String(), "0 sent, 3 received, 2 handled; 1 came again and were stored once, 1 handled twice")
	assert.Contains(t, out.String(), "failed      1 times: too late")
	assert.Contains(t, out.String(), "one         0 calls, 3 webhooks handled")
	assert.Contains(t, out.String(), "one         4 webhooks received")
}
