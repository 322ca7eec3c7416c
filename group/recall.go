package group

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// MaxRecall is how many messages one [Client.Recall] can take back.
const MaxRecall = 10

// maxRecallReason is how long the reason of a recall can be, in bytes.
const maxRecallReason = 100

// A RecallOption changes what [Client.Recall] does.
type RecallOption func(*recallOptions)

type recallOptions struct{ reason string }

// WithRecallReason says why, in at most 100 bytes. Only a client library of the vendor has it.
func WithRecallReason(text string) RecallOption { return func(o *recallOptions) { o.reason = text } }

// A RecallResult is what became of one message: its Err is why it was not taken back, a [*restapi.Error], and nil if it
// was. A fake makes a failed one with [restapi.Failed].
type RecallResult struct {
	MsgSeq          uint32
	MsgKey          string // seen in a client library only; else empty
	restapi.Outcome `json:"-"`
}

type recallRequest struct {
	chat

	MsgSeqList []numbered `json:"MsgSeqList"`
	Reason     string     `json:"Reason,omitempty"`
}

type recallRow struct {
	batch.Status

	MsgSeq uint32
	MsgKey string
}

// Recall takes back 1 to 10 messages of a group, or of a topic, as long as they are kept: from the devices of all
// members, and in the history they are marked [PlaceRecalled]. That cannot be undone. The result has one RecallResult
// for each message, in the order given: look at the Err of each, one that failed does not fail the call.
//
// Of a RecallResult: [restapi.CodeGroupMessageNotFound], there is no such message, or it was taken back before. Of the
// call: [restapi.CodeGroupNotFound], there is no such group; [restapi.CodeGroupTypeRecallUnsupported], an AVChatRoom
// takes nothing back; [restapi.CodeGroupRecallDisabled], the app has switched it off. 200 calls a second and app.
// Repeated after a failure that leaves its outcome open, so that CodeGroupMessageNotFound can also mean that the
// attempt before took the message back.
//
// Vendor page: https://cloud.tencent.com/document/product/269/12341
func (c *Client) Recall(
	ctx context.Context, chatID string, msgSeqs []uint32, opts ...RecallOption,
) ([]RecallResult, error) {
	cmd := CommandGroupMsgRecall
	in, err := chatOf(cmd, chatID)
	if err != nil {
		return nil, err
	}
	list, err := msgSeqList(cmd, msgSeqs, MaxRecall)
	if err != nil {
		return nil, err
	}
	var o recallOptions
	for _, opt := range opts {
		opt(&o)
	}
	if err := check.Text(cmd, "Reason", o.reason, maxRecallReason); err != nil {
		return nil, err
	}
	req := recallRequest{in, list, o.reason}
	resp, err := restapi.Do[struct{ RecallRetList []recallRow }](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	answered := batch.Rows(resp.RecallRetList, func(r *recallRow) (uint32, RecallResult) {
		return r.MsgSeq, RecallResult{r.MsgSeq, r.MsgKey, r.Outcome(cmd)}
	})
	return batch.Collate(msgSeqs, answered, func(msgSeq uint32) RecallResult {
		return RecallResult{MsgSeq: msgSeq, Outcome: restapi.Failed(check.Missing(cmd))}
	}), nil
}
