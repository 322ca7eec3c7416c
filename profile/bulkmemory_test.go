package profile_test

import (
	"context"
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

// BenchmarkSetProfiles is what an update costs beside the call. The floor is one SetProfile after the other.
func BenchmarkSetProfiles(b *testing.B) {
	users := profile.NewClient(discard{})
	items := profile.Items{profile.Nick.To("Leckie"), profile.Gender.To(profile.Female), profile.Custom("Vip").To("1")}
	b.Run("floor", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = users.SetProfile(b.Context(), "leckie", items...)
		}
	})
	b.Run("bulk", func(b *testing.B) {
		b.ReportAllocs()
		names := make([]string, 1000)
		for i := range names {
			names[i] = userID(i)
		}
		updates := func(yield func(string, profile.Items) bool) {
			for i := 0; b.Loop() && yield(names[i%len(names)], items); i++ {
			}
		}
		for range users.SetProfiles(b.Context(), updates, profile.BulkOptions{}) {
		}
	})
}
