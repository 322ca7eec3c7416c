//go:build race

package group_test

// Under the race detector everything takes its time.
const raceDetector = true
