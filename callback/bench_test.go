package callback_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/tools/webhookbench"
)

// A webhook in full: signature, time, app and body checked, decoded, given to its handler and answered; and one that
// nobody has registered for, which is not decoded.
func BenchmarkHandler(b *testing.B) {
	for _, c := range webhookbench.Cases() {
		b.Run("event="+c.Name, func(b *testing.B) {
			h, empty := webhookbench.NewHandler(b), webhookbench.NewHandler(b)
			c.Register(h)
			b.Run("by=plain", func(b *testing.B) { webhookbench.Run(b, c.Plain, h, c.Command, c.Body) })
			b.Run("by=handler", func(b *testing.B) { webhookbench.Run(b, h, h, c.Command, c.Body) })
			b.Run("by=unhandled", func(b *testing.B) { webhookbench.Run(b, empty, h, c.Command, c.Body) })
		})
	}
}

// A forged webhook.
func BenchmarkRefused(b *testing.B) {
	c := webhookbench.Cases()[0]
	h, err := callback.NewHandler(webhookbench.App, callback.WithToken("another"))
	if err != nil {
		b.Fatal(err)
	}
	caller := webhookbench.NewCaller(b, h, webhookbench.NewHandler(b), c.Command, c.Body)
	b.ReportAllocs()
	for b.Loop() {
		if caller.Call() {
			b.Fatal("let in")
		}
	}
}

// The time that one in a hundred webhooks exceeds, with more and more of them at once.
func BenchmarkConcurrent(b *testing.B) {
	c := webhookbench.Cases()[0]
	h := webhookbench.NewHandler(b)
	c.Register(h)
	for _, workers := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			callers := make([]*webhookbench.Caller, workers)
			for i := range callers {
				callers[i] = webhookbench.NewCaller(b, h, h, c.Command, c.Body)
			}
			took := make([][]time.Duration, workers)
			var wg sync.WaitGroup
			b.ResetTimer()
			for i, caller := range callers {
				wg.Go(func() {
					for range b.N / workers {
						start := time.Now()
						if !caller.Call() {
							b.Error("not answered 200")
							return
						}
						took[i] = append(took[i], time.Since(start))
					}
				})
			}
			wg.Wait()
			b.StopTimer()
			if all := slices.Sorted(slices.Values(slices.Concat(took...))); len(all) > 0 {
				b.ReportMetric(float64(all[len(all)/2].Nanoseconds()), "p50-ns")
				b.ReportMetric(float64(all[len(all)*99/100].Nanoseconds()), "p99-ns")
			}
		})
	}
}

// How the time grows with the body.
func BenchmarkBodySize(b *testing.B) {
	h := webhookbench.NewHandler(b, callback.WithMaxBody(2<<20))
	c := webhookbench.Cases()[1]
	c.Register(h)
	empty := len(webhookbench.C2CBody(c.Command, "", ""))
	for _, size := range []int{512, 4 << 10, 32 << 10, 256 << 10, 1 << 20} {
		for _, of := range []struct{ name, text string }{
			{"text", strings.Repeat("x", size-empty)},
			{"elements", strings.Repeat(`a"}},{"MsgType":"TIMTextElem","MsgContent":{"Text":"`, (size-empty)/52)},
		} {
			body := webhookbench.C2CBody(c.Command, "", of.text)
			b.Run(fmt.Sprintf("of=%s/bytes=%d", of.name, size), func(b *testing.B) {
				b.SetBytes(int64(len(body)))
				webhookbench.Run(b, h, h, c.Command, body)
			})
		}
	}
}

// How the time grows with the handlers that are registered.
func BenchmarkRegistered(b *testing.B) {
	c := webhookbench.Cases()[0]
	for _, n := range []int{1, 10, 100, 10_000} {
		b.Run(fmt.Sprintf("handlers=%d", n), func(b *testing.B) {
			h := webhookbench.NewHandler(b)
			c.Register(h)
			for i := range n - 1 {
				h.Handle(fmt.Sprintf("My.After%d", i), func(context.Context, *callback.Unknown) (any, error) { return nil, nil })
			}
			webhookbench.Run(b, h, h, c.Command, c.Body)
		})
	}
}
