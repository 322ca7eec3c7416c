package ctxerr_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/ctxerr"
)

func TestWith(t *testing.T) {
	t.Parallel()
	var (
		shutdown = errors.New("shutting down")
		refused  = errors.New("connection refused")
		running  = context.Background()
		canceled = endedBy(context.Canceled)
		caused   = endedBy(shutdown)
		wrapping = endedBy(fmt.Errorf("shutting down: %w", context.Canceled))
	)
	late, cancel := context.WithTimeoutCause(t.Context(), 0, shutdown)
	t.Cleanup(cancel)
	<-late.Done()
	for name, tc := range map[string]struct {
		ctx  context.Context
		err  error
		want string
		is   []error
	}{
		"goes on":                   {running, refused, "connection refused", []error{refused}},
		"canceled":                  {canceled, context.Cause(canceled), "context canceled", []error{context.Canceled}},
		"with a cause":              {caused, context.Cause(caused), "context canceled: shutting down", []error{context.Canceled, shutdown}},
		"with one that wraps":       {wrapping, context.Cause(wrapping), "shutting down: context canceled", []error{context.Canceled}},
		"late, with a cause":        {late, context.Cause(late), "context deadline exceeded: shutting down", []error{context.DeadlineExceeded, shutdown}},
		"failed before it was over": {canceled, refused, "context canceled: connection refused", []error{context.Canceled, refused}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := ctxerr.With(tc.ctx, tc.err)
			require.EqualError(t, err, tc.want)
			for _, target := range tc.is {
				require.ErrorIs(t, err, target)
			}
		})
	}
	assert.NoError(t, ctxerr.With(running, nil))
}

func endedBy(cause error) context.Context {
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(cause)
	return ctx
}
