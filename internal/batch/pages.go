package batch

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// Pages goes through all items of a list whose pages fetch gets, from the first one on. An error is yielded once, as
// the last thing. It ends with ctx, and with restapi.ErrBadResponse where a cursor comes back that was there before, as
// the list would never end: two that take turns are noticed too, after at most four times as many pages as the cycle
// and what came before it have.
func Pages[T any](
	ctx context.Context, cmd restapi.Command, fetch func(context.Context, restapi.Cursor) (restapi.Page[T], error),
) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		var guard cycle
		for cursor := restapi.Cursor(""); ; {
			page, err := fetch(ctx, cursor)
			if err != nil {
				yield(none, err)
				return
			}
			for _, item := range page.Items {
				if !yield(item, nil) {
					return
				}
			}
			switch cursor = page.Next; {
			case cursor == "":
				return
			case guard.closed(cursor):
				yield(none, &restapi.Error{Command: cmd, HTTPStatus: http.StatusOK, Err: errCycle})
				return
			}
		}
	}
}

var errCycle = fmt.Errorf("%w: the list comes back to a page that was there before", restapi.ErrBadResponse)

// A cycle notices that a sequence repeats, and keeps one element of it: the one at the last power of two (Brent's
// search).
type cycle struct {
	kept         restapi.Cursor
	steps, until int
}

// closed is told of each element in turn.
func (c *cycle) closed(cursor restapi.Cursor) bool {
	if c.until > 0 && cursor == c.kept {
		return true
	}
	if c.steps++; c.steps > c.until {
		c.kept, c.steps, c.until = cursor, 0, max(1, 2*c.until)
	}
	return false
}
