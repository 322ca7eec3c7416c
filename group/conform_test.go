package group_test

import (
	"context"
	"slices"
	"testing"

	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// row is one method of the client or of one of its parts.
func row(cmd restapi.Command, call func(context.Context, *group.Client) (any, error)) conform.Row {
	return conform.Row{Command: cmd, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
		return call(ctx, group.NewClient(c))
	}}
}

// hinted is a row with values that cannot be made up.
func hinted(r conform.Row, hints map[string]any) conform.Row {
	r.Hints = hints
	return r
}

func TestCommandsAreAsDocumented(t *testing.T) {
	t.Parallel()
	conform.Area(t, "group", slices.Concat(
		clientRows(),
		searchRows(),
		importRows(),
		memberRows(),
		messageRows(),
		receiptRows(),
		attributeRows(),
		counterRows(),
		topicRows(),
		permissionRows(),
		liveRows(),
	), slices.Concat(
		clientExceptions(),
		searchExceptions(),
		memberExceptions(),
		messageExceptions(),
		receiptExceptions(),
		topicExceptions(),
		permissionExceptions(),
		liveExceptions(),
	)...)
}
