package profile_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestSetProfilesNeedsNoMoreMemoryForAMillion(t *testing.T) {
	if testing.Short() {
		t.Skip("a million updates")
	}
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	const n = 1_000_000
	items := profile.Items{profile.Nick.To("Leckie")}
	updates := func(yield func(string, profile.Items) bool) {
		for i := 0; i < n && yield(userID(i), items); i++ {
		}
	}
	var early, late uint64
	i := 0
	for _, err := range profile.NewClient(discard{}).SetProfiles(t.Context(), updates, profile.BulkOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		switch i++; i {
		case n / 100:
			early = heap()
		case n - 100:
			late = heap()
		}
	}
	t.Logf("heap after 1 %%: %d KiB, at the end: %d KiB", early>>10, late>>10)
	assert.Equal(t, n, i)
	assert.Less(t, late, early+256<<10)
}

// discard is a Caller that does nothing.
type discard struct{}

func (discard) Call(context.Context, restapi.Command, any, any) error { return nil }

// BenchmarkSetProfiles is what an update costs besides the call, and what a run holds on to at its end. The floor is
// one SetProfile after the other. Nothing waits: the Caller does nothing and has no limiter.
func BenchmarkSetProfiles(b *testing.B) {
	users := profile.NewClient(discard{})
	items := profile.Items{profile.Nick.To("Leckie"), profile.Gender.To(profile.Female), profile.Custom("Vip").To("1")}
	heap := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	b.Run("floor", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = users.SetProfile(b.Context(), "leckie", items...)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N), "ns/item")
	})
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("items=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			updates := func(yield func(string, profile.Items) bool) {
				for i := 0; i < n && yield(userID(i), items); i++ {
				}
			}
			for b.Loop() {
				b.StopTimer()
				before, i := heap(), 0
				b.StartTimer()
				for range users.SetProfiles(b.Context(), updates, profile.BulkOptions{}) {
					if i++; i == n-100 { // near the end, while updates are under way
						b.StopTimer()
						b.ReportMetric(max(0, heap()-before), "heap-B")
						b.StartTimer()
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/item")
		})
	}
}
