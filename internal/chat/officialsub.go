package chat

import (
	"errors"
	"slices"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/official"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// isFull says whether an account has as many subscribers as it and the app can have.
func (a *App) isFull(ch *channel) bool {
	most := ch.MaxSubscriberNum
	if most == 0 {
		most = mostSubscribers
	}
	if a.set.MaxSubscribers > 0 {
		most = min(most, a.set.MaxSubscribers)
	}
	return ch.subscribers.len() >= most
}

// maySubscribe refuses a user who cannot subscribe to an account.
func (a *App) maySubscribe(ch *channel, userID string) error {
	if _, err := a.refuseUnknown(userID, codeOfficialParameter); err != nil {
		return err
	}
	switch {
	case ch.subscribers.has(userID):
		return refuse(restapi.CodeOfficialAccountAlreadySubscribed, "the user has subscribed already")
	case a.isFull(ch):
		return refuse(restapi.CodeOfficialAccountFull, "the official account has as many subscribers as it can have")
	}
	return nil
}

// askSubscribe asks about those users who can subscribe.
func (a *App) askSubscribe(
	c *call, id string, userIDs []string,
) (*callback.OfficialAccountBeforeAddSubscriber, error) {
	ch, err := a.official(id)
	if err != nil {
		return nil, err
	}
	e := &callback.OfficialAccountBeforeAddSubscriber{
		OfficialAccount: id, OperatorAccount: c.by.UserID, EventTime: callback.EventTimeOf(c.now),
	}
	for _, userID := range userIDs {
		if a.maySubscribe(ch, userID) == nil {
			one := callback.OfficialAccountSubscriber{SubscriberAccount: userID}
			e.SubscribeAccountList = append(e.SubscribeAccountList, one)
		}
	}
	if len(e.SubscribeAccountList) == 0 {
		return nil, nil
	}
	return e, nil
}

// subscribe subscribes users, but for those whom the backend keeps out, and returns why each was refused.
func (a *App) subscribe(c *call, id string, userIDs, keptOut []string) ([]error, error) {
	ch, err := a.official(id)
	if err != nil {
		return nil, err
	}
	var added []callback.OfficialAccountSubscriber
	each := make([]error, len(userIDs))
	for i, userID := range userIDs {
		each[i] = a.maySubscribe(ch, userID)
		if each[i] == nil && slices.Contains(keptOut, userID) {
			each[i] = refuse(restapi.CodeOfficialAccountPermissionDenied, "refused by the webhook")
		}
		if each[i] == nil {
			a.officials.subscribe(ch, userID, subscriber{since: c.now.Unix()})
			added = append(added, callback.OfficialAccountSubscriber{SubscriberAccount: userID})
		}
	}
	if len(added) == 0 {
		return each, nil
	}
	c.after(id, &callback.OfficialAccountAfterAddSubscriber{
		OfficialAccount: id, OperatorAccount: c.by.UserID, SubscribeAccountList: added,
		EventTime: callback.EventTimeOf(c.now),
	})
	if a.isFull(ch) {
		c.after(id, &callback.OfficialAccountAfterOfficialAccountFull{
			OfficialAccount: id, EventTime: callback.EventTimeOf(c.now),
		})
	}
	return each, nil
}

func (o *officials) subscribe(ch *channel, userID string, s subscriber) {
	ch.subscribers.add(userID, s)
	own := o.subscriptions[userID]
	put(&own, ch.OfficialAccountUserID, ch)
	put(&o.subscriptions, userID, own)
}

// unsubscribe ends subscriptions, and returns whether each user had one.
func (a *App) unsubscribe(c *call, id string, userIDs []string) ([]bool, error) {
	ch, err := a.official(id)
	if err != nil {
		return nil, err
	}
	var gone []callback.OfficialAccountSubscriber
	each := make([]bool, len(userIDs))
	for i, userID := range userIDs {
		if each[i] = ch.subscribers.remove(userID); each[i] {
			delete(a.officials.subscriptions[userID], id)
			gone = append(gone, callback.OfficialAccountSubscriber{SubscriberAccount: userID})
		}
	}
	if len(gone) > 0 {
		c.after(id, &callback.OfficialAccountAfterDeleteSubscriber{
			OfficialAccount: id, OperatorAccount: c.by.UserID, SubscribeAccountList: gone,
			EventTime: callback.EventTimeOf(c.now),
		})
	}
	return each, nil
}

type addSubscriberRequest struct {
	namesOfficial

	SubscriberList []callback.OfficialAccountSubscriber
}

func (r *addSubscriberRequest) userIDs() ([]string, error) {
	userIDs := make([]string, len(r.SubscriberList))
	for i, one := range r.SubscriberList {
		userIDs[i] = one.SubscriberAccount
	}
	return userIDs, checkSubscribers(len(userIDs))
}

// checkSubscribers refuses a list that does not have 1 to 100 users. For delete_subscriber the most is a guess.
func checkSubscribers(n int) error {
	if n == 0 || n > official.MaxSubscribers {
		return badOfficial("there are not 1 to 100 users")
	}
	return nil
}

// subscribed is what became of a user.
type subscribed struct {
	SubscriberAccount string `json:"Subscriber_Account"`
	Result            official.SubscribeResult
}

func askAddSubscriber(
	a *App, c *call, req *addSubscriberRequest,
) (*callback.OfficialAccountBeforeAddSubscriber, error) {
	userIDs, err := req.userIDs()
	if err != nil {
		return nil, err
	}
	return a.askSubscribe(c, req.OfficialAccount, userIDs)
}

// addSubscriber is refused where no user fits into the account any more; that is a guess.
func addSubscriber(
	a *App, c *call, req *addSubscriberRequest, answer callback.OfficialAccountBeforeAddSubscriberAnswer,
) (any, error) {
	userIDs, err := req.userIDs()
	if err != nil {
		return nil, err
	}
	each, err := a.subscribe(c, req.OfficialAccount, userIDs, answer.RefusedSubscribersAccount)
	if err != nil {
		return nil, err
	}
	var result struct{ SubscriberList []subscribed }
	var full error
	for i, err := range each {
		one := subscribed{userIDs[i], official.SubscribeDone}
		if refused, ok := errors.AsType[*Refusal](err); ok {
			one.Result = official.SubscribeFailed
			switch refused.Code {
			case restapi.CodeOfficialAccountAlreadySubscribed:
				one.Result = official.SubscribeUnchanged
			case restapi.CodeOfficialAccountFull:
				full = err
			}
		}
		result.SubscriberList = append(result.SubscriberList, one)
	}
	if full != nil && !slices.Contains(each, nil) {
		return nil, full
	}
	return result, nil
}

func deleteSubscriber(a *App, c *call, req *struct {
	namesOfficial

	SubscriberToDelAccount []string `json:"SubscriberToDel_Account"`
},
) (any, error) {
	if err := checkSubscribers(len(req.SubscriberToDelAccount)); err != nil {
		return nil, err
	}
	each, err := a.unsubscribe(c, req.OfficialAccount, req.SubscriberToDelAccount)
	if err != nil {
		return nil, err
	}
	var result struct{ SubscriberList []subscribed }
	for i, userID := range req.SubscriberToDelAccount {
		one := subscribed{userID, official.SubscribeUnchanged}
		switch {
		case each[i]:
			one.Result = official.SubscribeDone
		case a.users.byID[userID] == nil:
			one.Result = official.SubscribeFailed
		}
		result.SubscriberList = append(result.SubscriberList, one)
	}
	return result, nil
}

func modifySubscriber(a *App, _ *call, req *struct {
	namesOfficial

	SubscriberAccount string `json:"Subscriber_Account"`
	CustomString      string
},
) (any, error) {
	ch, err := a.official(req.OfficialAccount)
	if err != nil {
		return nil, err
	}
	one := ch.subscribers.get(req.SubscriberAccount)
	if one == nil {
		return nil, refuse(restapi.CodeOfficialAccountNotSubscribed, "the user has not subscribed")
	}
	one.value.custom = req.CustomString
	return nil, nil
}
