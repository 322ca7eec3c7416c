package message_test

import (
	"io"
	"log"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	log.SetOutput(io.Discard) // where net/http says what it thinks of servers with faults
	goleak.VerifyTestMain(m)
}
