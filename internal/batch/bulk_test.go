package batch_test

import (
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func bulk(cmd restapi.Command, jobs ...batch.Job) *batch.Bulk {
	return &batch.Bulk{
		Command: cmd, Concurrency: 2,
		Jobs: func(context.Context) iter.Seq[batch.Job] { return slices.Values(jobs) },
	}
}

// The error of one user comes before that of the call.
func TestBulkReportsEachUser(t *testing.T) {
	t.Parallel()
	own, whole := errors.New("own"), errors.New("whole")
	returning := func(each []error, err error) func(context.Context) ([]error, error) {
		return func(context.Context) ([]error, error) { return each, err }
	}
	got := maps.Collect(bulk(command,
		batch.Job{Users: []string{"a", "b"}, Call: returning([]error{nil, own}, nil)},
		batch.Job{Users: []string{"c", "d"}, Call: returning([]error{nil, own}, whole)},
		batch.Job{Users: []string{"e", "f"}, Call: returning(nil, whole)},
		batch.Job{Users: []string{"g"}, Call: returning(nil, nil)},
	).Run(t.Context()))
	want := map[string]error{"a": nil, "b": own, "c": whole, "d": own, "e": whole, "f": whole, "g": nil}
	assert.Equal(t, want, got)
}

// After an attempt that may have done it, a refusal for the rate is no reason to begin anew, unless that does no harm.
func TestBulkBeginsAnewWhatIsHarmless(t *testing.T) {
	t.Parallel()
	idempotent := command
	idempotent.Idempotent = true
	for cmd, want := range map[restapi.Command]int{command: 1, idempotent: 2} {
		synctest.Test(t, func(t *testing.T) {
			calls := 0
			job := batch.Job{Users: []string{"a"}, Call: func(context.Context) ([]error, error) {
				if calls++; calls == 1 {
					return nil, &restapi.Error{Code: restapi.CodeCommandRateLimited, Open: true}
				}
				return nil, nil
			}}
			for _, err := range bulk(cmd, job).Run(t.Context()) {
				require.Equal(t, want == 2, err == nil)
			}
			assert.Equal(t, want, calls)
		})
	}
}
