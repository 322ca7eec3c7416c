package chat

import (
	"slices"
	"sync"
)

// Of calls and of deliveries that many are kept, and that many bytes: a server may run for days.
const (
	maxRecords     = 10_000
	maxRecordBytes = 64 << 20
)

// recent keeps the newest values, of a number and of a size in all. Its zero value is ready.
type recent[T any] struct {
	mu    sync.Mutex
	kept  []T // the oldest first, from first on
	sizes []int
	first int
	bytes int
}

// add keeps a value that holds size bytes. The newest value is kept whatever its size.
func (r *recent[T]) add(v T, size int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept, r.sizes = append(r.kept, v), append(r.sizes, size)
	r.bytes += size
	for n := len(r.kept) - r.first; n > maxRecords || n > 1 && r.bytes > maxRecordBytes; n-- {
		r.bytes -= r.sizes[r.first]
		clear(r.kept[r.first : r.first+1])
		r.first++
	}
	if r.first > len(r.kept)/2 {
		r.kept, r.sizes = slices.Delete(r.kept, 0, r.first), slices.Delete(r.sizes, 0, r.first)
		r.first = 0
	}
}

func (r *recent[T]) clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept, r.sizes, r.first, r.bytes = nil, nil, 0, 0
}

func (r *recent[T]) all() []T {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.kept[r.first:])
}
