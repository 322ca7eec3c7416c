package official_test

import (
	"context"
	"testing"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/official"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// full has every field of a message that an official account can send.
func full() message.Message {
	return message.Message{
		MsgBody: message.Text("hi"), CloudCustomData: "CloudCustomData",
		OfflinePushInfo:       conform.PushInfo(),
		ForbidCallbackControl: []message.ForbidCallback{message.ForbidBeforeSendMsgCallback},
		MsgRandom:             4012345678,
	}
}

func TestCommandsAreAsDocumented(t *testing.T) {
	t.Parallel()
	const news = "@TOA#_news"
	users, keys := []string{"ben", "cleo"}, []string{"71_1_1700000000", "72_1_1700000001"}
	fields := []official.Field{
		official.FieldName, official.FieldOwnerAccount, official.FieldSelfSubscribeTime, official.FieldSelfCustomString,
	}
	row := func(cmd restapi.Command, call func(context.Context, *official.Client) (any, error)) conform.Row {
		return conform.Row{Command: cmd, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return call(ctx, official.NewClient(c))
		}}
	}
	hinted := func(r conform.Row, hints map[string]any) conform.Row {
		r.Hints = hints
		return r
	}
	conform.Area(t, "official", []conform.Row{
		row(official.CommandCreateOfficialAccount, func(ctx context.Context, c *official.Client) (any, error) {
			return c.Create(ctx, official.Account{
				OwnerAccount: "ana", OfficialAccountUserID: news, Name: "Name", Introduction: "Introduction", FaceURL: "FaceUrl",
				Organization: "Organization", CustomString: "CustomString", MaxSubscriberNum: 1000,
			})
		}),
		row(official.CommandDestroyOfficialAccount, func(ctx context.Context, c *official.Client) (any, error) {
			return nil, c.Destroy(ctx, news)
		}),
		row(official.CommandModifyOfficialAccountBaseInfo, func(ctx context.Context, c *official.Client) (any, error) {
			text := restapi.Some[string]
			return nil, c.Modify(ctx, news, official.Change{
				Name: text("Name"), Introduction: text("Introduction"), FaceURL: text("FaceUrl"), Organization: text("Organization"),
				CustomString: text("CustomString"), MaxSubscriberNum: restapi.Some(1000),
			})
		}),
		row(official.CommandGetOfficialAccountInfo, func(ctx context.Context, c *official.Client) (any, error) {
			return c.GetInfo(ctx, []string{news, "@TOA#_shop"}, fields[:2]...)
		}),
		hinted(row(official.CommandGetOfficialAccountInfo, func(ctx context.Context, c *official.Client) (any, error) {
			return c.GetInfo(ctx, []string{news, "@TOA#_shop"})
		}), map[string]any{"OfficialAccountInfoList[].ErrorCode": 130004}),
		row(official.CommandAddSubscriber, func(ctx context.Context, c *official.Client) (any, error) {
			return c.AddSubscribers(ctx, news, users)
		}),
		hinted(row(official.CommandDeleteSubscriber, func(ctx context.Context, c *official.Client) (any, error) {
			return c.DeleteSubscribers(ctx, news, users)
		}), map[string]any{"SubscriberList[].Subscriber_Account": conform.Asked("SubscriberToDel_Account")}),
		row(official.CommandModifySubscriberInfo, func(ctx context.Context, c *official.Client) (any, error) {
			return nil, c.ModifySubscriber(ctx, news, "ben", "CustomString")
		}),
		hinted(row(official.CommandGetSubscriberInfo, func(ctx context.Context, c *official.Client) (any, error) {
			return conform.Drain(c.Subscribers(ctx, news))
		}), map[string]any{"Next": ""}),
		row(official.CommandGetSubscriberInfo, func(ctx context.Context, c *official.Client) (any, error) {
			return c.SubscriberPage(ctx, news, "TGSOTk=", 50)
		}),
		hinted(row(official.CommandGetSubscribedOfficialAccountList,
			func(ctx context.Context, c *official.Client) (any, error) {
				return conform.Drain(c.Subscriptions(ctx, "ben", fields...))
			}), map[string]any{"CompleteFlag": 1}),
		row(official.CommandGetSubscribedOfficialAccountList, func(ctx context.Context, c *official.Client) (any, error) {
			return c.SubscriptionPage(ctx, "ben", "200", 50, fields...)
		}),
		row(official.CommandSendOfficialAccountMsg, func(ctx context.Context, c *official.Client) (any, error) {
			m := full()
			m.SendMsgControl = []message.SendControl{message.NoLastMsg}
			return c.Send(ctx, news, m)
		}),
		row(official.CommandSendOfficialAccountMsg, func(ctx context.Context, c *official.Client) (any, error) {
			m := full()
			m.OnlineOnlyFlag = true
			return c.Send(ctx, news, m)
		}),
		hinted(row(official.CommandOfficialAccountMsgRecall, func(ctx context.Context, c *official.Client) (any, error) {
			return c.Recall(ctx, news, keys, official.WithReason("Reason"))
		}), map[string]any{"RecallRetList[].MsgKey": conform.Asked("MsgKeyList")}),
		hinted(row(official.CommandOfficialAccountMsgGetSimple, func(ctx context.Context, c *official.Client) (any, error) {
			return conform.Drain(c.Messages(ctx, news, official.WithRecalledMsg()))
		}), map[string]any{"IsFinished": 1}),
		row(official.CommandOfficialAccountMsgGetSimple, func(ctx context.Context, c *official.Client) (any, error) {
			return c.MessagePage(ctx, news, "71_1_1700000000", 20)
		}),
	}, exceptions()...)
}

func exceptions() []conform.Exception {
	const (
		embedded = "a Message has it, and CheckFor refuses it"
		open     = "under which name an answer has the ID is open: both are read"
		info     = "OfficialAccountInfoList[]."
	)
	send, get, list := official.CommandSendOfficialAccountMsg, official.CommandGetOfficialAccountInfo,
		official.CommandGetSubscribedOfficialAccountList
	return []conform.Exception{
		{Command: send, Request: "From_Account", Reason: embedded},
		{Command: send, Request: "SupportMessageExtension", Reason: embedded},
		{Command: get, Answer: info + "Official_Account", Reason: open},
		{Command: get, Answer: info + "OfficialAccountUserID", Reason: open},
		{Command: get, Answer: info + "ActionStatus", Reason: "ErrorCode says it"},
		{Command: list, Answer: info + "Official_Account", Reason: open},
		{Command: list, Answer: info + "OfficialAccountUserID", Reason: open},
		{Command: official.CommandOfficialAccountMsgGetSimple, Answer: "Official_Account", Reason: "the account that was asked for"},
	}
}
