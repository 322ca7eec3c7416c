package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"time"
)

// A watch samples memory and goroutines.
type watch struct {
	soak       *soak
	goroutines int // before the work
	heaps      []uint64
}

func newWatch(s *soak) *watch { return &watch{soak: s, goroutines: runtime.NumGoroutine()} }

// samples takes twenty samples over the whole length.
func (w *watch) samples(ctx context.Context, out io.Writer, length time.Duration) {
	ticker := time.NewTicker(max(length/20, 100*time.Millisecond))
	defer ticker.Stop()
	start := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		heap := liveHeap()
		w.heaps = append(w.heaps, heap)
		fmt.Fprintf(out, "%8s  %9d calls  %8d webhooks  heap %5.1f MiB  %4d goroutines\n", time.Since(start).Round(time.Second/10),
			w.soak.calls.Load(), w.soak.webhooks.Load(), float64(heap)/(1<<20), runtime.NumGoroutine())
	}
}

// liveHeap is what is reachable, after a collection.
func liveHeap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// verdict is the error of what has gone wrong.
func (w *watch) verdict(out io.Writer) error {
	s := w.soak
	sent := len(s.chat.Deliveries())
	fmt.Fprintf(out, "%d calls, %d of them failed that should not; %d webhooks handled\n", s.calls.Load(), s.failed.Load(), s.webhooks.Load())
	var problems []error
	for text, n := range s.failures {
		if problems = append(problems, fmt.Errorf("%d calls failed: %s", n, text)); len(problems) == 10 {
			break
		}
	}
	for _, d := range s.chat.Deliveries() {
		if d.Err != nil {
			problems = append(problems, fmt.Errorf("a webhook failed: %w", d.Err))
			break
		}
	}
	if sent == 0 {
		problems = append(problems, errors.New("no webhook was sent"))
	}
	// The local chat remembers its last 10,000 calls and webhooks: memory grows until it does.
	if half := len(w.heaps) / 2; half >= 5 {
		first, second := slices.Max(w.heaps[:half]), slices.Max(w.heaps[half:])
		if second > first+first/2+16<<20 {
			problems = append(problems, fmt.Errorf("the heap grows: %d MiB in the first half, %d MiB in the second", first>>20, second>>20))
		}
	}
	deadline := time.Now().Add(5 * time.Second)
	for runtime.NumGoroutine() > w.goroutines && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > w.goroutines {
		problems = append(problems, fmt.Errorf("%d goroutines are left, there were %d before", n, w.goroutines))
	}
	return errors.Join(problems...)
}
