package group_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A sampled command has calls that send its documented requests, in their order; nil for one that no call sends.
type sampled struct {
	cmd   restapi.Command
	calls []func(context.Context, *group.Client) error
}

func sendsTheSamples(t *testing.T, commands []sampled) {
	t.Helper()
	for _, tc := range commands {
		t.Run(tc.cmd.Name, func(t *testing.T) {
			t.Parallel()
			doc := conform.Documented(t, tc.cmd)
			require.Len(t, doc.RequestExamples, len(tc.calls))
			for i, call := range tc.calls {
				if call == nil {
					continue
				}
				r := &conform.Recorder{Answer: string(doc.ResponseExamples[0])}
				require.NoError(t, call(t.Context(), group.NewClient(r)))
				assert.Equal(t, tc.cmd, r.Command)
				assert.JSONEq(t, string(doc.RequestExamples[i]), r.Body)
			}
		})
	}
}
