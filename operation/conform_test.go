package operation_test

import (
	"context"
	"testing"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/operation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestCommandsAreAsDocumented(t *testing.T) {
	t.Parallel()
	row := func(cmd restapi.Command, call func(context.Context, *operation.Client) (any, error)) conform.Row {
		return conform.Row{Command: cmd, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return call(ctx, operation.NewClient(c))
		}}
	}
	hinted := func(r conform.Row, hints map[string]any) conform.Row {
		r.Hints = hints
		return r
	}
	numbers := map[string]any{} // which are texts on the wire
	for _, field := range conform.Documented(t, operation.CommandGetAppInfo).Response {
		switch field.Path {
		case "Result", "Result[].AppName", "Result[].Company", "Result[].Date":
		default:
			numbers[field.Path] = "7"
		}
	}
	conform.Area(t, "operation", []conform.Row{
		hinted(row(operation.CommandGetHistory, func(ctx context.Context, c *operation.Client) (any, error) {
			return c.GetHistory(ctx, operation.C2C, time.Unix(1700000000, 0))
		}), map[string]any{"File[].ExpireTime": "2024-01-03 16:45:23"}),
		hinted(row(operation.CommandGetAppInfo, func(ctx context.Context, c *operation.Client) (any, error) {
			return c.GetAppInfo(ctx, "one", "two")
		}), numbers),
		row(operation.CommandSetNoSpeaking, func(ctx context.Context, c *operation.Client) (any, error) {
			return nil, c.SetNoSpeaking(ctx, "ben", operation.WithC2CMsg(time.Minute), operation.WithGroupMsg(time.Hour))
		}),
		row(operation.CommandGetNoSpeaking, func(ctx context.Context, c *operation.Client) (any, error) {
			return c.GetNoSpeaking(ctx, "ben")
		}),
		row(operation.CommandGetIPList, func(ctx context.Context, c *operation.Client) (any, error) {
			return c.GetIPList(ctx, operation.WebhookOverseas)
		}),
		row(operation.CommandForbidIllegalObject, func(ctx context.Context, c *operation.Client) (any, error) {
			return nil, c.ForbidFile(ctx, "RawURL")
		}),
		row(operation.CommandAllowBannedObject, func(ctx context.Context, c *operation.Client) (any, error) {
			return nil, c.AllowFile(ctx, "RawURL")
		}),
		row(operation.CommandGetCOSSig, func(ctx context.Context, c *operation.Client) (any, error) {
			return c.GetFileSigs(ctx, []string{"one", "two"})
		}),
	})
}
