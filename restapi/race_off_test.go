//go:build !race

package restapi_test

const raceDetector = false
