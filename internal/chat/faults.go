package chat

import (
	"sync"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// Faults are what is to go wrong, by the path of the command. Its zero value is ready.
type Faults struct {
	mu    sync.Mutex
	fail  map[string]failure
	delay map[string]time.Duration
}

type failure struct {
	code restapi.Code
	left int
}

// FailNext makes the next n calls of a command fail with a code.
func (f *Faults) FailNext(path string, code restapi.Code, n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	put(&f.fail, path, failure{code, n})
}

// Delay holds back every answer to a command.
func (f *Faults) Delay(path string, d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	put(&f.delay, path, d)
}

// Take returns the code that this call has to fail with, 0 for none.
func (f *Faults) Take(path string) restapi.Code {
	f.mu.Lock()
	defer f.mu.Unlock()
	next, ok := f.fail[path]
	if !ok || next.left <= 0 {
		return 0
	}
	next.left--
	f.fail[path] = next
	return next.code
}

// Held returns how long an answer is to be held back.
func (f *Faults) Held(path string) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.delay[path]
}

func (f *Faults) clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fail, f.delay = nil, nil
}

func put[K comparable, V any](m *map[K]V, key K, v V) {
	if *m == nil {
		*m = make(map[K]V)
	}
	(*m)[key] = v
}
