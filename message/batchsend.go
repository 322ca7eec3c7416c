package message

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Result is the outcome of [Client.BatchSend] for one receiver: its Err is why the message was not sent to this user,
// a [*restapi.Error], and nil if it was. A fake makes a failed one with [restapi.Failed].
type Result struct {
	UserID          string
	restapi.Outcome `json:"-"`
}

// BatchSent is what became of a message that was sent to several users. Its MsgKey is that of all of them; it has no
// MsgTime. Where the call failed there are no Results.
type BatchSent struct {
	Sent

	Results []Result
}

type batchRequest struct {
	request

	ToAccount []string `json:"To_Account"`
}

// Cost is what the call takes of the messages of a minute.
func (r batchRequest) Cost() int { return len(r.ToAccount) }

type batchAnswer struct {
	MsgKey    string
	MsgID     string `json:"MsgId"`
	ErrorList []batch.Refusal
}

// BatchSend sends one message to 1 to 500 users. The result has one Result for each user ID, in the order given: look
// at the Err of each, a user that failed does not fail the call. No webhook is fired. For more users than that see
// [Client.SendAll].
//
// Of a Result: [restapi.CodeAccountNotFound], the user is not imported. Of the call: where none of the users is
// imported [restapi.CodeMessageReceiverNotFound], for the sender [restapi.CodeMessageInvalidFromAccount].
//
// 200 calls a second and app, and at most 12,000 messages a minute, of which a call takes one for each user: it waits
// for both. A failure that leaves its outcome open is repeated within one second, in which the service drops the repeat
// of a message: it has the same MsgSeq and MsgRandom, which stand in BatchSent, with an error too. An error whose Open
// is set says that the message may have arrived, and to send it again can be a second message. So can a repeat that is
// slow on its way to the service: a second is short, and no client can see to that.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34920
func (c *Client) BatchSend(
	ctx context.Context, toUserIDs []string, m Message, opts ...SendOption,
) (BatchSent, error) {
	if err := accounts(CommandBatchSendMsg, "To_Account", toUserIDs, MaxReceivers); err != nil {
		return BatchSent{}, err
	}
	r, err := requestOf(CommandBatchSendMsg, m, opts)
	if err != nil {
		return BatchSent{}, err
	}
	sent := BatchSent{Sent: r.sent()}
	req := batchRequest{r, check.Unique(toUserIDs)}
	resp, err := restapi.Do[batchAnswer](ctx, c.caller, CommandBatchSendMsg, req)
	if err != nil {
		return sent, err
	}
	sent.MsgKey, sent.MsgID = resp.MsgKey, resp.MsgID
	for i, outcome := range batch.Refused(CommandBatchSendMsg, toUserIDs, resp.ErrorList) {
		sent.Results = append(sent.Results, Result{toUserIDs[i], outcome})
	}
	return sent, nil
}
