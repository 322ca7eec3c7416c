package push

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Pushed is what became of a push. Where the call failed it has the MsgRandom that was tried and nothing else; where
// the push was refused before the network it is empty.
type Pushed struct {
	// TaskID names the push: for [Client.Revoke], [Client.Statistics] and others, and in Push.AllMemberPush, the webhook
	// that tells what became of it.
	TaskID    string
	MsgRandom uint32
}

type pushAnswer struct {
	TaskID string `json:"TaskId"`
}

// random returns the MsgRandom of a message, drawn where it has none.
func random(m message.Message) uint32 { return cmp.Or(m.MsgRandom, 1+rand.Uint32N(math.MaxUint32)) }

type pushRequest struct {
	FromAccount     string                   `json:"From_Account,omitempty"`
	MsgRandom       uint32                   `json:"MsgRandom"`
	Condition       *Condition               `json:"Condition,omitempty"`
	MsgBody         message.Body             `json:"MsgBody,omitempty"`
	OfflinePushInfo *message.OfflinePushInfo `json:"OfflinePushInfo,omitempty"`
	OnlineOnlyFlag  message.Flag             `json:"OnlineOnlyFlag,omitempty"`
}

// Push pushes to all users who meet a condition: to the devices that are on line, and to the others by the push
// services of their makers, unless the PushFlag of m is [message.NoPush]. m must have a FromAccount and an
// OfflinePushInfo. With a MsgBody it is a message too, which is kept in the conversations of the receivers with
// FromAccount unless OnlineOnlyFlag is set; without one it leaves no trace there. Push.AllMemberPush, a webhook, tells
// what became of it for each of them.
//
// [restapi.CodePushTooFrequent]: pushes are over a second apart, which a client keeps to by its limiter where it is the
// only one. [restapi.CodePushDailyLimit]: 100 pushes a day, 10 on the free plan. [restapi.CodePushNotEnabled]: the
// service is not switched on. Which other errors the service answers is not documented.
//
// One call a second and app. Not repeated after a failure that leaves its outcome open, as nothing is documented that
// the service would know a repeat by: an error whose Open is set says that the push may have gone out.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60561
func (c *Client) Push(ctx context.Context, to Condition, m message.Message) (Pushed, error) {
	if err := to.check(CommandPush, "Condition"); err != nil {
		return Pushed{}, err
	}
	if err := m.CheckFor(CommandPush); err != nil {
		return Pushed{}, err
	}
	pushed := Pushed{MsgRandom: random(m)}
	resp, err := restapi.Do[pushAnswer](ctx, c.caller, CommandPush, pushRequest{
		m.FromAccount, pushed.MsgRandom, to.sent(), m.MsgBody, m.OfflinePushInfo, m.OnlineOnlyFlag,
	})
	if err != nil {
		return pushed, err
	}
	pushed.TaskID = resp.TaskID
	return pushed, nil
}

// A PushToOption changes one [Client.PushTo].
type PushToOption func(*pushToRequest) //nolint:revive // named by the method, as all options are

// WithDataID gives the push an ID of the app's own, at most 64 bytes, which comes back in its webhooks.
func WithDataID(id string) PushToOption {
	return func(r *pushToRequest) { r.DataID = id }
}

type pushToRequest struct {
	FromAccount     string                   `json:"From_Account"`
	ToAccount       []string                 `json:"To_Account"`
	MsgRandom       uint32                   `json:"MsgRandom"`
	OfflinePushInfo *message.OfflinePushInfo `json:"OfflinePushInfo"`
	DataID          string                   `json:"DataId,omitempty"`
}

type pushToAnswer struct {
	pushAnswer
	resultAnswer
}

// PushTo pushes to 1 to 500 users. m has a FromAccount and an OfflinePushInfo, and nothing else but a MsgRandom. The
// result has one Result for each user ID, in the order given: look at the Err of each, a user that failed does not fail
// the call. Push.AllMemberPush, a webhook, tells what became of the push for each of them. Clients from SDK 8.2.6325
// on get it when they are on line, too.
//
// Of a Result: [restapi.CodeAccountNotFound], the user is not imported. Of the call: [restapi.CodePushNotEnabled], the
// service is not switched on.
//
// 30 calls a second and app; 10 on the free plan, 40 on the advanced one, see [restapi.LimiterConfig].PerSecond. A
// failure that leaves its outcome open is repeated within one second, in which the service drops a second push with the
// same MsgRandom, which stands in Pushed, with an error too. An error whose Open is set says that the push may have
// gone out, and to push again can be a second push. So can a repeat that is slow on its way to the service: a second is
// short, and no client can see to that.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/67553
func (c *Client) PushTo(
	ctx context.Context, userIDs []string, m message.Message, opts ...PushToOption,
) (Pushed, []Result, error) {
	if err := device(CommandBatch).accounts(userIDs, MaxReceivers); err != nil {
		return Pushed{}, nil, err
	}
	if err := m.CheckFor(CommandBatch); err != nil {
		return Pushed{}, nil, err
	}
	pushed := Pushed{MsgRandom: random(m)}
	req := pushToRequest{m.FromAccount, check.Unique(userIDs), pushed.MsgRandom, m.OfflinePushInfo, ""}
	for _, opt := range opts {
		opt(&req)
	}
	if err := check.Text(CommandBatch, "DataId", req.DataID, maxDataID); err != nil {
		return Pushed{}, nil, err
	}
	resp, err := restapi.Do[pushToAnswer](ctx, c.caller, CommandBatch, req)
	if err != nil {
		return pushed, nil, err
	}
	pushed.TaskID = resp.TaskID
	return pushed, resultsOf(CommandBatch, userIDs, resp.ErrorList), nil
}

// A RevokeOption changes one [Client.Revoke].
type RevokeOption func(*revokeRequest)

// WithOfflinePushInfo says what devices show in the place of the push that they have shown. Without it they go on
// showing that.
func WithOfflinePushInfo(info message.OfflinePushInfo) RevokeOption {
	return func(r *revokeRequest) { r.OfflinePushInfo = &info }
}

type revokeRequest struct {
	TaskID          string                   `json:"TaskId"`
	OfflinePushInfo *message.OfflinePushInfo `json:"OfflinePushInfo,omitempty"`
}

// Revoke takes a push back that is at most 24 hours old: what is not delivered yet is not, and its message is recalled
// from the conversations where it had one. A push without a message, as those of [Client.PushTo] are, needs
// [WithOfflinePushInfo].
//
// [restapi.CodePushTaskNotFound]: there is no such push. [restapi.CodePushAlreadyRevoked]: it was taken back before.
// [restapi.CodePushRevokeTooLate]: it is over 24 hours old. [restapi.CodePushRevokeInvalid]: it was kept in no
// conversation, and there is no WithOfflinePushInfo; the vendor's pages contradict each other here.
// [restapi.CodePushRevokeTooFrequent]: calls are over a second apart.
//
// One call a second and app. Repeated after a failure that leaves its outcome open, so that CodePushAlreadyRevoked can
// also mean that the attempt before has taken the push back.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60571
func (c *Client) Revoke(ctx context.Context, taskID string, opts ...RevokeOption) error {
	req := revokeRequest{TaskID: taskID}
	for _, opt := range opts {
		opt(&req)
	}
	if err := name(CommandRevoke, "TaskId", taskID, math.MaxInt); err != nil {
		return err
	}
	if err := req.OfflinePushInfo.CheckFor(CommandRevoke); err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandRevoke, req, nil)
}
