//go:build race

package usersig_test

// Under the race detector a sync.Pool forgets at random, so that allocations cannot be counted.
const raceDetector = true
