package bot_test

import (
	"context"
	"testing"

	"github.com/go-tencentchat/tencentchat/bot"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestCommandsAreAsDocumented(t *testing.T) {
	t.Parallel()
	row := func(cmd restapi.Command, call func(context.Context, *bot.Client) (any, error)) conform.Row {
		return conform.Row{Command: cmd, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return call(ctx, bot.NewClient(c))
		}}
	}
	conform.Area(t, "bot", []conform.Row{
		row(bot.CommandCreateRobot, func(ctx context.Context, c *bot.Client) (any, error) {
			return nil, c.Create(ctx, bot.Robot{
				UserID: "@RBT#001", Nick: "Nick", FaceURL: "FaceUrl", SelfSignature: "SelfSignature",
			})
		}),
		row(bot.CommandDeleteRobot, func(ctx context.Context, c *bot.Client) (any, error) {
			return nil, c.Delete(ctx, "@RBT#001")
		}),
		row(bot.CommandGetAllRobots, func(ctx context.Context, c *bot.Client) (any, error) { return c.GetAll(ctx) }),
		row(bot.CommandSendStreamMsg, func(ctx context.Context, c *bot.Client) (any, error) {
			return c.SendStream(ctx, "@RBT#001", "ana", bot.StreamMsg{Chunk: "Chunk", MsgKey: "1_2_3", Finish: true})
		}),
	})
}
