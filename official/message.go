package official

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type sendRequest struct {
	named
	message.Message

	Random uint32 `json:"Random"`
}

type sendAnswer struct {
	MsgKey  string
	MsgTime int64
}

// Send publishes a message to all subscribers of an official account. FromAccount stays empty: the account is the
// sender. [message.Message.CheckFor] tells which other fields it cannot have; the one SendMsgControl is
// [message.NoLastMsg]. The before-webhook of official accounts can stop or change the message, unless m forbids that.
//
// Of one account one message a second is sent and two an hour; with which error more are refused is not documented. A
// message with the body of one that was sent in the last five minutes is dropped; whether that is only so where
// MsgRandom is the same too is not documented, nor whether the Sent of the first comes back.
//
// [restapi.CodeGroupRejectedByWebhook]: the app's own webhook stopped it; so do codes from 120001 to 130000, which the
// webhook chose. 200 calls a second and app. A failure that leaves its outcome open is repeated within five minutes,
// with the same MsgRandom, which stands in Sent, with an error too.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60810
func (c *Client) Send(ctx context.Context, officialAccount string, m message.Message) (message.Sent, error) {
	cmd := CommandSendOfficialAccountMsg
	if err := account(cmd, "Official_Account", officialAccount); err != nil {
		return message.Sent{}, err
	}
	if err := m.CheckFor(cmd); err != nil {
		return message.Sent{}, err
	}
	sent := message.Sent{MsgRandom: cmp.Or(m.MsgRandom, 1+rand.Uint32N(math.MaxUint32))}
	resp, err := restapi.Do[sendAnswer](ctx, c.caller, cmd, sendRequest{named{officialAccount}, m, sent.MsgRandom})
	if err != nil {
		return sent, err
	}
	sent.MsgKey, sent.MsgTime = resp.MsgKey, wire.Moment(resp.MsgTime)
	return sent, nil
}

const maxReason = 100 // bytes

// A RecallOption changes what [Client.Recall] says.
type RecallOption func(*recallRequest)

// WithReason says why the messages are taken back, in at most 100 bytes.
func WithReason(reason string) RecallOption { return func(r *recallRequest) { r.Reason = reason } }

type recallRequest struct {
	named

	MsgKeyList []string `json:"MsgKeyList"`
	Reason     string   `json:"Reason,omitempty"`
}

// A RecallResult is the outcome of [Client.Recall] for one message: its Err is why the message was not taken back, a
// [*restapi.Error], and nil if it was. A fake makes a failed one with [restapi.Failed].
type RecallResult struct {
	MsgKey          string
	restapi.Outcome `json:"-"`
}

type recallRow struct {
	batch.Status

	MsgKey string
}

// Recall takes back 1 to 10 messages of an official account. The result has one RecallResult for each key, in the order
// given: look at the Err of each, a message that was not taken back does not fail the call.
//
// [restapi.CodeGroupNotFound]: there is no such account. Of a RecallResult: [restapi.CodeGroupMessageNotFound], there
// is no such message; what a message has that was taken back before is not documented. 200 calls a second and app.
// Repeated after a failure that leaves its outcome open, so that the error of a message can also mean that the attempt
// before took it back.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60811
func (c *Client) Recall(
	ctx context.Context, officialAccount string, msgKeys []string, opts ...RecallOption,
) ([]RecallResult, error) {
	cmd := CommandOfficialAccountMsgRecall
	if err := account(cmd, "Official_Account", officialAccount); err != nil {
		return nil, err
	}
	if err := check.MsgKeys(cmd, "MsgKeyList", msgKeys, MaxMsgKeys); err != nil {
		return nil, err
	}
	req := recallRequest{named: named{officialAccount}, MsgKeyList: check.Unique(msgKeys)}
	for _, opt := range opts {
		opt(&req)
	}
	if err := check.Text(cmd, "Reason", req.Reason, maxReason); err != nil {
		return nil, err
	}
	resp, err := restapi.Do[struct{ RecallRetList []recallRow }](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	answered := batch.Rows(resp.RecallRetList, func(r *recallRow) (string, RecallResult) {
		return r.MsgKey, RecallResult{r.MsgKey, r.Outcome(cmd)}
	})
	return batch.Collate(msgKeys, answered, func(key string) RecallResult {
		return RecallResult{MsgKey: key, Outcome: restapi.Failed(check.Missing(cmd))}
	}), nil
}
