package chat_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/chat"
)

// What a send costs while the state is locked.
func BenchmarkSendUnderTheLock(b *testing.B) {
	a := newApp(b, nil, "ana", "ben")
	send := chat.PreparedSend(a, "ana", "ben", text("hello, how are you?"))
	b.ReportAllocs()
	for b.Loop() {
		send()
	}
}

// The same with all around it: the checks of the body, and the decoding.
func BenchmarkSendMsg(b *testing.B) {
	a := newApp(b, nil, "ana", "ben")
	row, _ := a.Row("v4/openim/sendmsg")
	body := `{"From_Account":"ana","To_Account":"ben","MsgRandom":7,"MsgBody":` + text("hello, how are you?") + `}`
	b.ReportAllocs()
	for b.Loop() {
		reply, err := a.Do(b.Context(), row, request(a, body))
		require.NoError(b, err)
		reply.Release()
	}
}

func BenchmarkBatchSendMsg(b *testing.B) {
	a, body := batchApp(b)
	row, _ := a.Row("v4/openim/batchsendmsg")
	b.ReportAllocs()
	for b.Loop() {
		reply, err := a.Do(b.Context(), row, request(a, body))
		require.NoError(b, err)
		reply.Release()
	}
	b.ReportMetric(float64(b.N)*500/b.Elapsed().Seconds(), "messages/s")
}

func batchApp(tb testing.TB) (a *chat.App, body string) {
	tb.Helper()
	a = chat.New(chat.Config{Admins: []string{"administrator"}, PerMinute: -1})
	tb.Cleanup(a.Close)
	var users []string
	for i := range 500 {
		a.Import(fmt.Sprintf("u%d", i))
		users = append(users, fmt.Sprintf("%q", fmt.Sprintf("u%d", i)))
	}
	return a, `{"To_Account":[` + strings.Join(users, ",") + `],"MsgRandom":7,"MsgBody":` + text("hello, how are you?") + `}`
}

// Memory does not grow with the number of messages: history is bounded, and so is all else that a message leaves.
func TestBatchesInFlatMemory(t *testing.T) {
	const calls = 1000 // half a million messages
	a, body := batchApp(t)
	row, _ := a.Row("v4/openim/batchsendmsg")
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	send := func() {
		for range calls / 2 {
			reply, err := a.Do(t.Context(), row, request(a, body))
			require.NoError(t, err)
			reply.Release()
		}
	}
	start := time.Now()
	send()
	first := heap()
	send()
	assert.Less(t, heap(), first+first/10+4<<20)
	t.Logf("%.0f messages a second", 500*calls/time.Since(start).Seconds())
	assert.Equal(t, 200_000, chat.Kept(a))
}
