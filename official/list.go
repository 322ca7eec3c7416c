package official

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"net/http"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Subscriber is a user who has subscribed to an official account.
type Subscriber struct {
	SubscriberAccount string // the user
	SubscribeTime     time.Time
	CustomString      string          // the app's own data about the subscriber
	MsgFlag           message.MsgFlag // what the user wants of the messages
	LastSendMsgTime   time.Time       // of the last message that the user has sent to the account; zero: none
}

// Subscribers goes through the subscribers of an official account, 200 to a page. An error is yielded once, as the last
// thing. Each page is a call: 200 calls a second and app, repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60759
func (c *Client) Subscribers(ctx context.Context, officialAccount string) iter.Seq2[Subscriber, error] {
	return batch.Pages(ctx, CommandGetSubscriberInfo,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[Subscriber], error) {
			return c.SubscriberPage(ctx, officialAccount, at, 0)
		})
}

type subscriberPageRequest struct {
	named

	Limit int            `json:"Limit"` // without it the page would have all
	Next  restapi.Cursor `json:"Next"`
}

type subscriberPageAnswer struct {
	Next           restapi.Cursor
	SubscriberNum  int
	SubscriberList []struct {
		SubscriberAccount string `json:"Subscriber_Account"`
		SubscribeTime     int64
		CustomString      string
		MsgFlag           message.MsgFlag
		LastSendMsgTime   int64
	}
}

// SubscriberPage reads one page of the subscribers of an official account, of at most limit users: 1 to 200, and 0 for
// 200. Its Total is the number of all.
//
// [restapi.CodeOfficialAccountNotFound]: there is no such account. 200 calls a second and app. Repeated after a failure
// on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60759
func (c *Client) SubscriberPage(
	ctx context.Context, officialAccount string, from restapi.Cursor, limit int,
) (restapi.Page[Subscriber], error) {
	var page restapi.Page[Subscriber]
	cmd := CommandGetSubscriberInfo
	if err := account(cmd, "Official_Account", officialAccount); err != nil {
		return page, err
	}
	if err := checkLimit(cmd, limit); err != nil {
		return page, err
	}
	req := subscriberPageRequest{named{officialAccount}, cmp.Or(limit, maxPage), from}
	resp, err := restapi.Do[subscriberPageAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return page, err
	}
	page.Next, page.Total = resp.Next, resp.SubscriberNum
	for _, s := range resp.SubscriberList {
		page.Items = append(page.Items, Subscriber{
			s.SubscriberAccount, wire.Moment(s.SubscribeTime), s.CustomString, s.MsgFlag, wire.Moment(s.LastSendMsgTime),
		})
	}
	return page, nil
}

func checkLimit(cmd restapi.Command, limit int) error {
	if limit < 0 || limit > maxPage {
		return check.Argument(cmd, "Limit", "is %d, not 0 to %d", limit, maxPage)
	}
	return nil
}

// A Subscription is an official account that a user has subscribed to.
type Subscription struct {
	Info // its OfficialAccount is "" where the service does not say the ID, which no page shows

	SelfInfo SelfInfo
}

// A SelfInfo is the subscriber's part of a Subscription.
type SelfInfo struct {
	SubscribeTime time.Time
	CustomString  string // the app's own data about the subscriber
}

// Subscriptions goes through the official accounts that a user has subscribed to, 200 to a page, with the fields that
// are named, all where none is. An error is yielded once, as the last thing. Each page is a call: 200 calls a second
// and app, repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60763
func (c *Client) Subscriptions(ctx context.Context, userID string, fields ...Field) iter.Seq2[Subscription, error] {
	return batch.Pages(ctx, CommandGetSubscribedOfficialAccountList,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[Subscription], error) {
			return c.SubscriptionPage(ctx, userID, at, 0, fields...)
		})
}

type subscriptionPageRequest struct {
	SubscriberAccount string              `json:"Subscriber_Account"`
	Limit             int                 `json:"Limit"`
	Offset            uint64              `json:"Offset"`
	ResponseFilter    *subscriptionFilter `json:"ResponseFilter,omitempty"`
}

type subscriptionPageAnswer struct {
	OfficialAccountInfoList []struct {
		infoRow

		SelfInfo struct {
			SubscribeTime int64
			CustomString  string
		}
	}
	TotalCount, CompleteFlag int
	Next                     uint64
}

var errNoWayOn = fmt.Errorf("%w: not complete and without the place of the next page", restapi.ErrBadResponse)

// SubscriptionPage reads one page of the official accounts that a user has subscribed to, of at most limit: 1 to 200,
// and 0 for 200. Its Total is the number of all. What comes where fields of one kind only are named, those of the
// accounts or those of the subscriber, is not documented of the other.
//
// 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60763
func (c *Client) SubscriptionPage(
	ctx context.Context, userID string, from restapi.Cursor, limit int, fields ...Field,
) (restapi.Page[Subscription], error) {
	var page restapi.Page[Subscription]
	cmd := CommandGetSubscribedOfficialAccountList
	if err := check.UserID(cmd, "Subscriber_Account", userID); err != nil {
		return page, err
	}
	if err := checkLimit(cmd, limit); err != nil {
		return page, err
	}
	req := subscriptionPageRequest{SubscriberAccount: userID, Limit: cmp.Or(limit, maxPage)}
	if err := batch.ReadCursor(cmd, "Offset", from, &req.Offset); err != nil {
		return page, err
	}
	var err error
	if req.ResponseFilter, err = filterOf(cmd, fields); err != nil {
		return page, err
	}
	resp, err := restapi.Do[subscriptionPageAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return page, err
	}
	page.Total = resp.TotalCount
	for i := range resp.OfficialAccountInfoList {
		row := &resp.OfficialAccountInfoList[i]
		self := SelfInfo{wire.Moment(row.SelfInfo.SubscribeTime), row.SelfInfo.CustomString}
		page.Items = append(page.Items, Subscription{row.info(), self})
	}
	switch seen := req.Offset + uint64(len(page.Items)); {
	case resp.CompleteFlag == 1:
	case resp.Next != 0:
		page.Next = batch.CursorOf(resp.Next)
	case seen < uint64(max(page.Total, 0)): // no page shows the flag: an answer may lack it
		err = &restapi.Error{Command: cmd, HTTPStatus: http.StatusOK, Err: errNoWayOn}
	}
	return page, err
}
