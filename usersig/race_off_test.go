//go:build !race

package usersig_test

const raceDetector = false
