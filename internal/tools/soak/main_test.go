package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("a soak takes its time")
	}
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), &out, 3*time.Second), "%s", &out)
}
