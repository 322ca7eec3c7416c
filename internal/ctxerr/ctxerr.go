// Package ctxerr holds the one rule for errors of what a context has ended.
//
// Modules of their own import it, and a program may build one of these with a newer root: With stays as it is.
package ctxerr

import (
	"context"
	"errors"
	"fmt"
)

// With returns err, the failure of something that was done within ctx, in a form that matches context.Canceled or
// context.DeadlineExceeded where ctx has ended: a context that was ended with a cause has that alone in context.Cause,
// and net/http returns it. For what gave up because ctx ended, err is context.Cause(ctx).
func With(ctx context.Context, err error) error {
	if ended := ctx.Err(); ended != nil && !errors.Is(err, ended) {
		return fmt.Errorf("%w: %w", ended, err)
	}
	return err
}
