package message_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/faultserver"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// A post office is a local server that counts the requests that reach it, by the text of the message.
type postOffice struct {
	*restapitest.Server

	direct *message.Client // past every fault
	mu     sync.Mutex
	came   map[string]int
}

func newPostOffice(t *testing.T, receivers []string) *postOffice {
	t.Helper()
	server := restapitest.NewServer(restapitest.WithRate(-1))
	t.Cleanup(server.Close)
	server.AddAccount("ana")
	server.AddAccount(receivers...)
	client := server.Client(restapi.WithLimiter(nil))
	t.Cleanup(client.CloseIdleConnections)
	return &postOffice{Server: server, direct: message.NewClient(client), came: map[string]int{}}
}

func (p *postOffice) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // from memory
	var m message.Message
	if err := json.Unmarshal(body, &m); err == nil {
		p.mu.Lock()
		p.came[m.MsgBody.Text()]++
		p.mu.Unlock()
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	p.Handler().ServeHTTP(w, r)
}

// through starts a server with faults before p, and returns a client that calls through it.
func (p *postOffice) through(
	t *testing.T, plan faultserver.Plan, patience time.Duration,
) (*faultserver.Server, *message.Client) {
	t.Helper()
	faulty := faultserver.Around(p, plan)
	t.Cleanup(faulty.Close)
	client := p.Client(faulty.Options(patience)...)
	t.Cleanup(client.CloseIdleConnections)
	return faulty, message.NewClient(client)
}

// mail returns how often a user has each text that ana has sent.
func (p *postOffice) mail(t *testing.T, userID string) map[string]int {
	t.Helper()
	got, total := map[string]int{}, 0
	for m, err := range p.direct.Messages(t.Context(), userID, "ana", time.Time{}, time.Time{}) {
		require.NoError(t, err)
		got[m.MsgBody.Text()]++
		total++
	}
	unread, err := p.direct.AllUnread(t.Context(), userID)
	require.NoError(t, err)
	require.Equal(t, total, unread, "pages of a history hide what is there twice under one key")
	return got
}

func saying(text string) message.Message {
	return message.Message{FromAccount: "ana", MsgBody: message.Text(text)}
}

// A way sends one message.
type way = func(
	ctx context.Context, c *message.Client, to []string, m message.Message, opts ...message.SendOption,
) (message.Sent, error)

func sendOne(ctx context.Context, c *message.Client, to []string, m message.Message, opts ...message.SendOption) (message.Sent, error) {
	return c.Send(ctx, to[0], m, opts...)
}

func sendBatch(ctx context.Context, c *message.Client, to []string, m message.Message, opts ...message.SendOption) (message.Sent, error) {
	sent, err := c.BatchSend(ctx, to, m, opts...)
	return sent.Sent, restapi.Join(sent.Results, err)
}

// Whatever goes wrong with the first attempt: the receivers have the message once, and the sender knows, or is told that
// they may have it. The next message goes out as if nothing had been.
func TestSendsThroughEachFault(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		send      way
		receivers int
	}{"Send": {sendOne, 1}, "BatchSend": {sendBatch, 2}} {
		users := numbered(tc.receivers * len(faultserver.Faults()))
		office := newPostOffice(t, users)
		for fault := range slices.Values(faultserver.Faults()) {
			var to []string
			to, users = users[:tc.receivers], users[tc.receivers:]
			t.Run(name+"/"+fault.Name, func(t *testing.T) {
				t.Parallel()
				patience := 5 * time.Second
				if fault.Silent || fault.Answer == faultserver.Whole { // the next message finds that nobody listens any more
					patience = 250 * time.Millisecond
				}
				faulty, client := office.through(t, faultserver.Script(fault), patience)
				ctx, repeats := faultserver.Counting(t.Context())
				sent, err := tc.send(ctx, client, to, saying(fault.Name))
				switch fault.Answer {
				case faultserver.Whole:
					require.NoError(t, err)
				case faultserver.Lost, faultserver.Refused:
					require.NoError(t, err)
					assert.Positive(t, *repeats)
				case faultserver.Unreadable:
					require.ErrorIs(t, err, restapi.ErrBadResponse)
					assert.True(t, faultserver.IsOpen(err))
					assert.Zero(t, *repeats)
					require.NoError(t, again(ctx, client, tc.send, to, fault.Name, sent))
				}
				require.NoError(t, second(tc.send(ctx, client, to, saying("next"))))
				faulty.Close() // what is still to be carried out is
				for _, userID := range to {
					assert.Equal(t, map[string]int{fault.Name: 1, "next": 1}, office.mail(t, userID))
				}
			})
		}
	}
}

// again sends a message as a program can that was told that it may have arrived.
func again(ctx context.Context, c *message.Client, send way, to []string, text string, as message.Sent) error {
	m := saying(text)
	m.MsgRandom = as.MsgRandom
	return second(send(ctx, c, to, m, message.WithSeq(as.MsgSeq)))
}

// A batch that found nothing but silence twice is late for a third attempt: the service would take that for another
// message.
func TestBatchSendIsNotRepeatedTooLate(t *testing.T) {
	t.Parallel()
	for fault := range slices.Values(faultserver.Faults()) {
		if !fault.Silent || !fault.CarriedOut {
			continue
		}
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			office := newPostOffice(t, []string{"ben", "cleo"})
			faulty, client := office.through(t, faultserver.Script(fault, fault), 550*time.Millisecond)
			ctx, repeats := faultserver.Counting(t.Context())
			_, err := client.BatchSend(ctx, []string{"ben", "cleo"}, saying("hi"))
			require.ErrorIs(t, err, context.DeadlineExceeded)
			assert.True(t, faultserver.IsOpen(err))
			assert.Equal(t, 1, *repeats)
			faulty.Close()
			for _, userID := range []string{"ben", "cleo"} {
				assert.Equal(t, map[string]int{"hi": 1}, office.mail(t, userID))
			}
		})
	}
}

// Under load, with one request in ten going wrong in some way: no receiver has a message twice, whoever was told that a
// message was sent is right, and whoever was told that it certainly was not is, too.
func TestNoSendIsASecondMessage(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		send      way
		n         int
		receivers int  // of each
		remembers bool // the service still knows the message when all have been sent
	}{
		"Send":      {sendOne, 10_000, 1, true},
		"BatchSend": {sendBatch, 1_000, 10, false}, // within the 12,000 of a minute
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if testing.Short() || raceDetector {
				tc.n /= 5
			}
			users := numbered(100)
			to := func(i int) []string {
				i = i * tc.receivers % len(users)
				return users[i : i+tc.receivers]
			}
			office := newPostOffice(t, users)
			faulty, client := office.through(t, faultserver.Random(1, 0.1, faultserver.Faults()), 300*time.Millisecond)
			start := time.Now()
			sends := faultserver.Many(t.Context(), tc.n, func(ctx context.Context, i int) (message.Sent, error) {
				return tc.send(ctx, client, to(i), saying(strconv.Itoa(i)))
			})
			took := time.Since(start)
			faulty.Close()
			office.check(t, sends, to)
			repeated, failed := faultserver.Tally(sends)
			dropped := office.dropped()
			t.Logf("%d sends in %v: %d repeated with success, %d repeats dropped by the service, %d failed",
				tc.n, took, repeated, dropped, failed)
			assert.Greater(t, repeated, tc.n/20)
			assert.Greater(t, dropped, tc.n/50)
			if !tc.remembers {
				return
			}
			for i := range sends {
				if s := &sends[i]; s.Err != nil {
					s.Err = again(t.Context(), office.direct, tc.send, to(i), strconv.Itoa(i), s.Result)
					require.NoError(t, s.Err)
				}
			}
			office.check(t, sends, to)
		})
	}
}

// check compares what became of the messages with what their receivers have. The text of each is its number.
func (p *postOffice) check(t *testing.T, sends []faultserver.Try[message.Sent], to func(i int) []string) {
	t.Helper()
	mail := map[string]map[string]int{}
	for i, s := range sends {
		for _, userID := range to(i) {
			if mail[userID] == nil {
				mail[userID] = p.mail(t, userID)
			}
			times := mail[userID][strconv.Itoa(i)]
			switch {
			case s.Err == nil:
				assert.Equal(t, 1, times, "message %d to %s was sent", i, userID)
			case faultserver.IsOpen(s.Err):
				assert.LessOrEqual(t, times, 1, "message %d to %s: %v", i, userID, s.Err)
			default:
				assert.Zero(t, times, "message %d to %s: %v", i, userID, s.Err)
			}
		}
	}
}

// dropped returns how many requests came for messages that the service had already.
func (p *postOffice) dropped() (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, times := range p.came {
		n += times - 1
	}
	return n
}
