//go:build race

package restapi_test

// Under the race detector everything takes its time.
const raceDetector = true
