package conform

import (
	"iter"
	"testing"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Documented returns what is documented of a command, with its samples.
func Documented(tb testing.TB, cmd restapi.Command) spec.Command {
	tb.Helper()
	doc, err := spec.LookupCommand(cmd.Path())
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

// Drain returns what an iterator of a client goes through before its end or its error, and the error.
func Drain[T any](list iter.Seq2[T, error]) (items []T, err error) {
	for item, err := range list {
		if err != nil {
			return items, err
		}
		items = append(items, item)
	}
	return items, nil
}
