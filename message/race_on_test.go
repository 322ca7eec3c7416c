//go:build race

package message_test

// Under the race detector everything takes its time.
const raceDetector = true
