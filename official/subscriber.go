package official

import (
	"context"
	"fmt"
	"net/http"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A SubscribeResult is what became of one user.
type SubscribeResult int

// The documented results.
const (
	SubscribeFailed    SubscribeResult = 0
	SubscribeDone      SubscribeResult = 1
	SubscribeUnchanged SubscribeResult = 2 // the user had subscribed already, or had not subscribed
)

// A SubscriberResult is the outcome of [Client.AddSubscribers] or [Client.DeleteSubscribers] for one user: its Err is
// why the call failed for this user, a [*restapi.Error], and nil if it did not, that is for SubscribeDone and
// SubscribeUnchanged. A fake makes a failed one with [restapi.Failed].
type SubscriberResult struct {
	UserID          string
	Result          SubscribeResult
	restapi.Outcome `json:"-"`
}

type subscriberRow struct {
	SubscriberAccount string `json:"Subscriber_Account"`
	Result            SubscribeResult
}

func (r *subscriberRow) outcome(cmd restapi.Command) restapi.Outcome {
	e := &restapi.Error{Command: cmd, HTTPStatus: http.StatusOK}
	switch r.Result {
	case SubscribeDone, SubscribeUnchanged:
		return restapi.Outcome{}
	case SubscribeFailed:
		e.Info = "Result is 0, without a reason"
	default:
		e.Err = fmt.Errorf("%w: Result is %d", restapi.ErrBadResponse, r.Result)
	}
	return restapi.Failed(e)
}

// subscribers calls cmd and returns the outcome of each user asked.
func (c *Client) subscribers(
	ctx context.Context, cmd restapi.Command, req any, userIDs []string,
) ([]SubscriberResult, error) {
	resp, err := restapi.Do[struct{ SubscriberList []subscriberRow }](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	answered := batch.Rows(resp.SubscriberList, func(r *subscriberRow) (string, SubscriberResult) {
		return r.SubscriberAccount, SubscriberResult{r.SubscriberAccount, r.Result, r.outcome(cmd)}
	})
	return batch.Collate(userIDs, answered, func(userID string) SubscriberResult {
		return SubscriberResult{UserID: userID, Outcome: restapi.Failed(check.Missing(cmd))}
	}), nil
}

type newSubscriber struct {
	SubscriberAccount string `json:"Subscriber_Account"`
}

type addRequest struct {
	named

	SubscriberList []newSubscriber `json:"SubscriberList"`
}

// AddSubscribers subscribes 1 to 100 users to an official account; one who has subscribed already is no error. The
// result has one SubscriberResult for each user ID, in the order given: look at the Err of each, a user that failed
// does not fail the call, and the service says no reason. The before-webhook of subscribers can keep users out.
//
// [restapi.CodeOfficialAccountNotFound]: there is no such account. [restapi.CodeOfficialAccountFull]: it has as many
// subscribers as it can have. No limit of its rate is documented: 200 calls a second and app. Repeated after a failure
// that leaves its outcome open, so that SubscribeUnchanged can also mean that the attempt before did it.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60760
func (c *Client) AddSubscribers(
	ctx context.Context, officialAccount string, userIDs []string,
) ([]SubscriberResult, error) {
	cmd := CommandAddSubscriber
	if err := account(cmd, "Official_Account", officialAccount); err != nil {
		return nil, err
	}
	if err := check.UserIDs(cmd, "SubscriberList", userIDs, MaxSubscribers); err != nil {
		return nil, err
	}
	req := addRequest{named: named{officialAccount}}
	for _, userID := range check.Unique(userIDs) {
		req.SubscriberList = append(req.SubscriberList, newSubscriber{userID})
	}
	return c.subscribers(ctx, cmd, req, userIDs)
}

type deleteRequest struct {
	named

	SubscriberToDelAccount []string `json:"SubscriberToDel_Account"`
}

// DeleteSubscribers ends the subscriptions of 1 to 100 users; one who has not subscribed is no error. That 100 are the
// most is documented for [Client.AddSubscribers] only. The result has one SubscriberResult for each user ID, in the
// order given: look at the Err of each, a user that failed does not fail the call, and the service says no reason.
//
// [restapi.CodeOfficialAccountNotFound]: there is no such account. 200 calls a second and app. Repeated after a failure
// that leaves its outcome open, so that SubscribeUnchanged can also mean that the attempt before did it.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60761
func (c *Client) DeleteSubscribers(
	ctx context.Context, officialAccount string, userIDs []string,
) ([]SubscriberResult, error) {
	cmd := CommandDeleteSubscriber
	if err := account(cmd, "Official_Account", officialAccount); err != nil {
		return nil, err
	}
	if err := check.UserIDs(cmd, "SubscriberToDel_Account", userIDs, MaxSubscribers); err != nil {
		return nil, err
	}
	req := deleteRequest{named{officialAccount}, check.Unique(userIDs)}
	return c.subscribers(ctx, cmd, req, userIDs)
}

type modifySubscriberRequest struct {
	named
	newSubscriber

	CustomString string `json:"CustomString"`
}

// ModifySubscriber sets the app's own data about a subscriber of an official account; how long it can be is not
// documented.
//
// [restapi.CodeOfficialAccountNotFound]: there is no such account. [restapi.CodeOfficialAccountNotSubscribed]: the user
// has not subscribed. 200 calls a second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60762
func (c *Client) ModifySubscriber(ctx context.Context, officialAccount, userID, customString string) error {
	cmd := CommandModifySubscriberInfo
	if err := account(cmd, "Official_Account", officialAccount); err != nil {
		return err
	}
	if err := check.UserID(cmd, "Subscriber_Account", userID); err != nil {
		return err
	}
	if err := check.Text(cmd, "CustomString", customString, len(customString)); err != nil {
		return err
	}
	req := modifySubscriberRequest{named{officialAccount}, newSubscriber{userID}, customString}
	return c.caller.Call(ctx, cmd, req, nil)
}
