package jetstream_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
	webhooks "github.com/go-tencentchat/tencentchat/callback/jetstream"
)

// receiver is one life of the process that answers the vendor.
type receiver struct {
	conn *nats.Conn
	h    *callback.Handler
	dead atomic.Bool
}

// storm is 20,000 webhooks, those who send, receive and handle them, and what they saw.
type storm struct {
	t     *testing.T
	nats  *process
	total int

	receiver atomic.Pointer[receiver]
	workers  []func() // each ends one

	underWay, refused, duplicates, tries, failed atomic.Int64

	mu      sync.Mutex
	handled []map[uint64]int // by number of the webhook: how often, by sequence in the stream
}

func TestNothingIsLost(t *testing.T) {
	t.Parallel()
	total := 20_000
	if testing.Short() {
		total = 2_000
	}
	s := &storm{t: t, nats: startProcess(t), total: total, handled: make([]map[uint64]int, total)}
	_, js := connect(t, s.nats.url())
	require.NoError(t, webhooks.EnsureStream(t.Context(), js, webhooks.StreamConfig{}))
	s.receiver.Store(s.newReceiver())
	s.workers = []func(){s.newWorker(), s.newWorker()}
	start := time.Now()
	sent := make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		defer close(sent)
		s.send()
	})
	kills := s.killUntil(sent)
	all.Wait()
	sentAfter := time.Since(start)

	require.Eventually(t, func() bool { return s.missing() == 0 }, 20*time.Second, 20*time.Millisecond,
		"webhooks that were answered 200 and not handled")
	for _, end := range s.workers {
		end()
	}
	s.receiver.Load().conn.Close()
	info, err := js.Stream(t.Context(), webhooks.DefaultStream)
	require.NoError(t, err)
	assert.Equal(t, total, int(info.CachedInfo().State.Msgs), "each webhook is in the stream once")
	var again int
	for i, sequences := range s.handled {
		require.Len(t, sequences, 1, "webhook %d: handled as stored more than once", i)
		for _, n := range sequences {
			again += n - 1
		}
	}
	t.Logf("%d webhooks answered 200 in %v (%v to the last one handled), %d answered otherwise and sent again, "+
		"%d known as duplicates; killed: %v; %d calls of handlers, of which %d failed, %d after one that returned nil",
		total, sentAfter.Round(time.Millisecond), time.Since(start).Round(time.Millisecond), s.refused.Load(),
		s.duplicates.Load(), kills, s.tries.Load(), s.failed.Load(), again)
	assert.Len(t, kills, 4, "not everything was killed")
	assert.NotZero(t, s.duplicates.Load())
	dead(t, js, 0)
}

// send gives every webhook to the receiver until it is answered 200, and some of them again after that.
func (s *storm) send() {
	numbers := make(chan int)
	var senders sync.WaitGroup
	for range 256 {
		senders.Go(func() {
			for i := range numbers {
				s.sendOne(i)
				if again := i - 500; i%10 == 0 && again >= 0 {
					s.sendOne(again)
				}
			}
		})
	}
	// In bursts, so that much is under way whenever something is killed, and no faster than that something is.
	pace := time.NewTicker(100 * time.Millisecond)
	defer pace.Stop()
	for i := range s.total {
		if i%250 == 0 {
			<-pace.C
		}
		numbers <- i
	}
	close(numbers)
	senders.Wait()
}

func (s *storm) sendOne(i int) {
	body := fmt.Sprintf(`{"CallbackCommand":%q,"From_Account":"%d","EventTime":1750648028456}`, portraitSet, i)
	event := callback.NewUnknown(portraitSet, []byte(body))
	for {
		r, w := s.receiver.Load(), httptest.NewRecorder()
		s.underWay.Add(1)
		r.h.ServeHTTP(w, callbacktest.NewRequest(event))
		s.underWay.Add(-1)
		// The answer of a process that is gone by now has reached nobody.
		if w.Code == http.StatusOK && !r.dead.Load() {
			return
		}
		s.refused.Add(1)
		time.Sleep(5 * time.Millisecond)
	}
}

func (s *storm) newReceiver() *receiver {
	conn, js := s.connect()
	out, err := webhooks.NewSink(js, webhooks.WithStored(func(_ context.Context, _ callback.Envelope, duplicate bool) {
		if duplicate {
			s.duplicates.Add(1)
		}
	}))
	if err != nil {
		panic(err)
	}
	h, err := callback.NewHandler(app, callback.WithToken(callbacktest.Token), callback.WithSink(out))
	if err != nil {
		panic(err)
	}
	return &receiver{conn: conn, h: h}
}

func (s *storm) connect() (*nats.Conn, jetstream.JetStream) {
	conn, err := nats.Connect(s.nats.url(), natsOptions()...)
	if err != nil {
		panic(err)
	}
	js, err := jetstream.New(conn)
	if err != nil {
		panic(err)
	}
	return conn, js
}

// newWorker starts a consumer. The function that it returns ends it as a kill does: its connection is gone, and the
// server hears nothing more of what it had taken.
func (s *storm) newWorker() func() {
	conn, js := s.connect()
	h, err := callback.NewHandler(app, callback.WithToken(callbacktest.Token))
	if err != nil {
		panic(err)
	}
	callback.On(h, s.handle)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		err := webhooks.Consume(ctx, js, h, webhooks.WithAckWait(2*time.Second),
			webhooks.WithTries(50, 10*time.Millisecond, 100*time.Millisecond))
		if err != nil && !errors.Is(err, nats.ErrConnectionClosed) {
			assert.NoError(s.t, err)
		}
	}()
	return func() {
		conn.Close()
		cancel()
		<-done
	}
}

func (s *storm) handle(ctx context.Context, e *callback.ProfilePortraitSet) error {
	s.tries.Add(1)
	switch rand.IntN(200) {
	case 0:
		s.failed.Add(1)
		return errors.New("the store is down")
	case 1:
		s.failed.Add(1)
		panic("bug")
	}
	i, err := strconv.Atoi(e.FromAccount)
	if err != nil {
		return err
	}
	d, ok := webhooks.DeliveryFrom(ctx)
	if !ok {
		return errors.New("no delivery")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.handled[i] == nil {
		s.handled[i] = make(map[uint64]int, 1)
	}
	s.handled[i][d.Sequence]++
	return nil
}

func (s *storm) missing() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, sequences := range s.handled {
		if sequences == nil {
			n++
		}
	}
	return n
}

// killUntil kills one after the other, in rounds of changing order and at times of chance, until done is closed. The
// first round is always completed.
func (s *storm) killUntil(done <-chan struct{}) map[string]int {
	kills := map[string]int{}
	for round := 0; ; round++ {
		for _, kind := range rand.Perm(4) {
			select {
			case <-done:
				if round > 0 {
					return kills
				}
			case <-time.After(time.Duration(100+rand.IntN(300)) * time.Millisecond):
			}
			switch kind {
			case 0:
				kills["consumer"]++
				one := rand.IntN(len(s.workers))
				s.workers[one]()
				s.workers[one] = s.newWorker()
			case 1:
				kills["receiver"]++
				old := s.receiver.Load()
				old.dead.Store(true)
				old.conn.Close()
				s.receiver.Store(s.newReceiver())
			case 2:
				s.restart(syscall.SIGKILL, kills)
			case 3:
				s.restart(syscall.SIGTERM, kills)
			}
		}
	}
}

func (s *storm) restart(sig syscall.Signal, kills map[string]int) {
	kills["server, "+sig.String()]++
	// At a moment that hurts: what it has received and not written is what a kill can lose.
	for range 2000 {
		if s.underWay.Load() >= 128 {
			break
		}
		time.Sleep(100 * time.Microsecond)
	}
	s.nats.end(sig)
	time.Sleep(time.Duration(rand.IntN(500)) * time.Millisecond)
	if err := s.nats.start(); err != nil {
		panic(fmt.Sprintf("server does not come back: %v", err))
	}
}
