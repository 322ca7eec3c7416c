package jetstream

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/go-tencentchat/tencentchat/callback"
)

const (
	// pullWait is how long one request for webhooks stands. It is also how long a stop may take when nothing comes, and,
	// with a second more, how long a request is waited for that a server took with it.
	pullWait = time.Second
	maxPull  = 256 // webhooks in one request
	// apiTimeout is for one call of the server's API.
	apiTimeout = 5 * time.Second

	minWait, maxWait = 100 * time.Millisecond, 5 * time.Second // between attempts to reach the server
)

// ErrFilter means that the consumer of that name takes other webhooks than Consume was asked to, with WithOnly or
// WithStream. The text of the error has both filters.
var ErrFilter = errors.New("a consumer keeps its filter; give this one another name with WithConsumer")

// Consume calls the handlers of h for the webhooks in the stream until ctx ends. Then it takes no more, lets the
// handlers that run finish, within WithGrace, and returns nil. Run it in as many processes as there is work for.
//
// A webhook whose handler returned nil is acknowledged and not seen again. One whose handler failed or panicked comes
// again after a delay, here or elsewhere, and is set aside after WithTries. One that cannot be handled at all,
// callback.ErrWrongApp, ErrMalformed, ErrBeforeEvent, ErrNoHandler and what WithPermanent names, is set aside at once.
// So a process that handles some commands names them with WithOnly, or its handler takes the others with
// callback.WithUnknown. See the package's documentation for what is guaranteed.
//
// While NATS is away Consume waits for it. It returns an error where it cannot work: the stream, or the one for what is
// set aside, does not exist when it starts, the server refuses the consumer, the consumer has another filter
// (ErrFilter), or the connection was closed.
func Consume(ctx context.Context, js jetstream.JetStream, h *callback.Handler, opts ...ConsumeOption) error {
	if js == nil || h == nil {
		return errors.New("jetstream: Consume: nil JetStream or nil Handler")
	}
	conf, err := newSettings(opts)
	if err != nil {
		return fmt.Errorf("jetstream: Consume: %w", err)
	}
	w := &worker{
		settings: conf,
		js:       js,
		handler:  h,
		slots:    make(chan struct{}, conf.concurrency),
		running:  make(map[uint64]jetstream.Msg),
	}
	if err := w.run(ctx); err != nil {
		return fmt.Errorf("jetstream: Consume: %w", err)
	}
	return nil
}

// worker is one call of Consume.
type worker struct {
	*settings

	js      jetstream.JetStream
	handler *callback.Handler
	source  jetstream.Consumer
	slots   chan struct{} // one for each handler that runs or may be started

	handlers sync.WaitGroup
	mu       sync.Mutex
	running  map[uint64]jetstream.Msg // by sequence in the stream
}

func (w *worker) run(ctx context.Context) error {
	if err := w.start(ctx); err != nil || ended(ctx) {
		return err
	}
	// Handlers outlive ctx: being stopped does not excuse leaving work half done.
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	beat := make(chan struct{})
	var beats sync.WaitGroup
	beats.Go(func() { w.beat(beat) })
	defer beats.Wait()
	defer close(beat)

	err := w.pull(ctx, work)

	grace := time.AfterFunc(w.grace, cancel)
	defer grace.Stop()
	w.handlers.Wait()
	return err
}

// start finds the streams and makes the consumer. Until the server is there it tries again.
func (w *worker) start(ctx context.Context) error {
	for wait := minWait; ; wait = min(2*wait, maxWait) {
		err := w.attach(ctx)
		if ended(ctx) {
			return nil // which is not a failure
		}
		if err == nil || !passes(err) {
			return err
		}
		w.log.WarnContext(ctx, "webhooks cannot be taken yet", "stream", w.stream, "error", err)
		if !pause(ctx, wait) {
			return nil
		}
	}
}

func (w *worker) attach(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, apiTimeout)
	defer cancel()
	dead := Subject(w.prefix+deadPrefixSuffix, 0, "x")
	if _, err := w.js.StreamNameBySubject(ctx, dead); errors.Is(err, jetstream.ErrStreamNotFound) {
		return fmt.Errorf("no stream takes %s%s.>, for webhooks that are set aside: %w", w.prefix, deadPrefixSuffix, err)
	} else if err != nil {
		return err
	}
	source, err := w.join(ctx)
	if err != nil {
		return fmt.Errorf("consumer %q of stream %q: %w", w.durable, w.stream, err)
	}
	w.source = source
	return nil
}

// join makes the consumer, or changes the settings of the one that is there, but for its filter: what another process
// asked for under this name would be taken by one that has no handlers for it.
func (w *worker) join(ctx context.Context) (jetstream.Consumer, error) {
	want := w.consumer()
	for {
		there, err := w.js.Consumer(ctx, w.stream, cmp.Or(want.Name, want.Durable))
		switch {
		case errors.Is(err, jetstream.ErrConsumerNotFound):
			there, err = w.js.CreateConsumer(ctx, w.stream, want)
		case err != nil:
		default:
			has, asked := filterOf(there.CachedInfo().Config), filterOf(want)
			if !slices.Equal(has, asked) {
				return nil, fmt.Errorf("it takes %q, and %q was asked for: %w", has, asked, ErrFilter)
			}
			there, err = w.js.UpdateConsumer(ctx, w.stream, want)
		}
		// Another process made it, or removed it, since it was looked for.
		changed := errors.Is(err, jetstream.ErrConsumerExists) || errors.Is(err, jetstream.ErrConsumerDoesNotExist)
		if !changed || !pause(ctx, publishPause) {
			return there, err
		}
	}
}

// filterOf returns the subjects that a consumer takes, in order.
func filterOf(cfg jetstream.ConsumerConfig) []string {
	subjects := slices.Clone(cfg.FilterSubjects)
	if cfg.FilterSubject != "" {
		subjects = append(subjects, cfg.FilterSubject)
	}
	if len(subjects) == 0 {
		return []string{">"}
	}
	slices.Sort(subjects)
	return subjects
}

// pull takes webhooks as long as ctx lasts, and starts a handler for each.
func (w *worker) pull(ctx, work context.Context) error {
	wait := minWait
	for {
		// What stands in the connection's buffer while it is down would be asked for by nobody when it is up.
		if w.js.Conn().IsReconnecting() {
			if !pause(ctx, minWait) {
				return nil
			}
			continue
		}
		free := w.acquire(ctx)
		if free == 0 {
			return nil
		}
		taken, err := w.fetch(work, free)
		w.release(free - taken)
		if taken > 0 {
			wait = minWait
		}
		switch {
		case ended(ctx):
			return nil
		case err == nil:
			continue
		case errors.Is(err, nats.ErrConnectionClosed):
			return err
		}
		w.log.WarnContext(ctx, "no webhooks from the server", "stream", w.stream, "consumer", w.durable, "error", err)
		if !pause(ctx, wait) {
			return nil
		}
		wait = min(2*wait, maxWait)
		if err := w.attach(ctx); errors.Is(err, ErrFilter) {
			return err
		} else if err != nil && !ended(ctx) {
			w.log.ErrorContext(ctx, "webhooks cannot be taken", "stream", w.stream, "consumer", w.durable, "error", err)
		}
	}
}

// acquire waits for one slot and takes all that are free with it. It returns 0 when ctx has ended.
func (w *worker) acquire(ctx context.Context) int {
	if ended(ctx) {
		return 0
	}
	select {
	case <-ctx.Done():
		return 0
	case w.slots <- struct{}{}:
	}
	n := 1
	for n < maxPull {
		select {
		case w.slots <- struct{}{}:
			n++
			continue
		default:
		}
		break
	}
	return n
}

func (w *worker) release(n int) {
	for range n {
		<-w.slots
	}
}

// fetch asks for up to n webhooks, which have a slot each, and returns how many there were. It is not stopped in the
// middle: what is on its way by then would be missing from everyone for as long as WithAckWait.
func (w *worker) fetch(work context.Context, n int) (taken int, err error) {
	batch, err := w.source.Fetch(n, jetstream.FetchMaxWait(pullWait))
	if err != nil {
		return 0, err
	}
	for msg := range batch.Messages() {
		taken++
		w.handlers.Go(func() {
			defer w.release(1)
			w.handle(work, msg)
		})
	}
	return taken, batch.Error()
}

// begin says whether a webhook is to be handled: not if its handler runs here already, which happens when the server
// heard nothing of it for too long, such as while it was down.
func (w *worker) begin(seq uint64, msg jetstream.Msg) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, ok := w.running[seq]; ok {
		return false
	}
	w.running[seq] = msg
	return true
}

func (w *worker) end(seq uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.running, seq)
}

// beat tells the server of every webhook whose handler runs, until done is closed.
func (w *worker) beat(done <-chan struct{}) {
	ticker := time.NewTicker(w.ackWait / 3)
	defer ticker.Stop()
	for {
		select {
		case <-done:
			return
		case <-ticker.C:
		}
		w.mu.Lock()
		for _, msg := range w.running {
			_ = msg.InProgress() // fails for one that was just acknowledged, and for all while the connection is down
		}
		w.mu.Unlock()
	}
}
