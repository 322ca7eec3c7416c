package bot_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/go-tencentchat/tencentchat/bot"
	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

const assistant = "@RBT#assistant"

// A backend is told what users say to its bot, and lets the bot answer.
type backend struct {
	robots *bot.Client
}

// answer streams what the bot says, piece by piece. The webhook does not wait for it.
func (b *backend) answer(_ context.Context, e *callback.BotOnC2CMessage) error {
	go func() {
		// In place of a language model:
		pieces := strings.SplitAfter("You asked: "+e.MsgBody.Text(), " ")
		next := bot.StreamMsg{}
		for i, piece := range pieces {
			next.Chunk, next.Finish = piece, i == len(pieces)-1
			key, err := b.robots.SendStream(context.Background(), e.ToAccount, e.FromAccount, next)
			if err != nil {
				fmt.Println(err)
				return
			}
			next.MsgKey = key // the same message grows
		}
	}()
	return nil
}

// A bot that answers what users say to it, in a stream.
func Example() {
	b := new(backend)
	h, err := callback.NewHandler(1400000001, callback.WithToken("token"))
	if err != nil {
		fmt.Println(err)
		return
	}
	callback.On(h, b.answer)
	srv := restapitest.NewServer(restapitest.WithCallbackHandler(h, "token")) // stands in for Tencent Chat
	defer srv.Close()
	ctx := context.Background()

	b.robots = bot.NewClient(srv.Client())
	if err := b.robots.Create(ctx, bot.Robot{UserID: assistant, Nick: "Assistant"}); err != nil {
		fmt.Println(err)
	}
	ann := srv.User("ann")
	if _, err := ann.Send(assistant, message.Text("is it raining?")); err != nil {
		fmt.Println(err)
	}
	for { // what ann's phone shows
		notice, err := ann.Next(ctx)
		if err != nil {
			fmt.Println(err)
			return
		}
		answer := notice.Message.Body[0].(*message.StreamElem)
		last := answer.Chunks[len(answer.Chunks)-1]
		fmt.Printf("%s %q\n", notice.Kind, last.Markdown)
		if last.IsLast {
			break
		}
	}
	// Output:
	// Message "You "
	// Edited "asked: "
	// Edited "is "
	// Edited "it "
	// Edited "raining?"
}
