package group_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// A moderator lets no advertising through, and mutes whoever tries.
type moderator struct{ members group.Members }

func (m *moderator) before(
	ctx context.Context, e *callback.GroupBeforeSendMsg,
) (callback.GroupBeforeSendMsgAnswer, error) {
	if !strings.Contains(e.MsgBody.Text(), "casino") {
		return e.Allow(), nil
	}
	chatID := cmp.Or(e.TopicID, e.GroupID)
	if err := m.members.Mute(ctx, chatID, []string{e.FromAccount}, 10*time.Minute); err != nil {
		return e.Reject(err.Error()), nil // the message is kept out all the same
	}
	return e.RejectCode(10100, "no advertising please"), nil
}

// A bot that moderates a group: it is asked before each message, refuses some, and mutes their senders.
func ExampleMembers_Mute() {
	var bot moderator
	h, err := callback.NewHandler(1400000001, callback.WithToken("token"))
	if err != nil {
		fmt.Println(err)
		return
	}
	callback.Answer(h, bot.before)
	srv := restapitest.NewServer(restapitest.WithCallbackHandler(h, "token")) // stands in for Tencent Chat
	defer srv.Close()
	ctx := context.Background()
	groups := group.NewClient(srv.Client())
	bot.members = groups.Members

	mira, ozan := srv.User("mira"), srv.User("ozan")
	id, err := groups.Create(ctx, group.Group{
		Type: group.Public, Name: "Harbor watch", OwnerAccount: "mira",
		MemberList: []group.NewMember{{MemberAccount: "ozan"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = mira.In(id).Send(message.Text("who is on watch tonight?"))
	fmt.Println("mira is heard:", err == nil)
	_, err = ozan.In(id).Send(message.Text("come to the casino"))
	fmt.Println("ozan is refused:", errors.Is(err, restapi.Code(10100)))
	_, err = ozan.In(id).Send(message.Text("sorry"))
	fmt.Println("and muted:", errors.Is(err, restapi.CodeGroupSenderMuted))
	muted, err := groups.Members.Muted(ctx, id)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range muted {
		fmt.Printf("%s, for %.0f minutes\n", m.UserID, time.Until(m.Until).Minutes())
	}
	// Output:
	// mira is heard: true
	// ozan is refused: true
	// and muted: true
	// ozan, for 10 minutes
}
