package group

import (
	"cmp"
	"math"
	"math/rand/v2"
)

// randomOf returns what the service knows a repeat of a message by, drawn where the program gave none: before the first
// attempt, so that all attempts have the same.
func randomOf(given uint32) uint32 { return cmp.Or(given, 1+rand.Uint32N(math.MaxUint32)) }
