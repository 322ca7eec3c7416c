package group

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// MaxMarkRead is how many messages one [Client.MarkRead] can name.
const MaxMarkRead = 50

type markReadRequest struct {
	GroupID     string     `json:"GroupId"`
	FromAccount string     `json:"From_Account"`
	MsgSeqList  []numbered `json:"MsgSeqList"`
}

// MarkRead says that a member has read 1 to 50 messages that asked for it, with NeedReadReceipt. Groups of at most 200
// members have receipts; a Community and an AVChatRoom have none. The app needs a paid plan and a switch in the
// console.
//
// [restapi.CodeGroupNotFound]: there is no such group. [restapi.CodeGroupTooLargeForReceipts]: it has over 200 members.
// [restapi.CodeGroupReceiptNotFound]: a message did not ask for receipts. 200 calls a second and app. Repeated after a
// failure that leaves its outcome open.
//
// Vendor page: https://cloud.tencent.com/document/product/269/107478
func (c *Client) MarkRead(ctx context.Context, groupID, userID string, msgSeqs []uint32) error {
	cmd := CommandGroupMsgReceipt
	if err := checkGroupID(cmd, groupID); err != nil {
		return err
	}
	if err := check.UserID(cmd, "From_Account", userID); err != nil {
		return err
	}
	list, err := msgSeqList(cmd, msgSeqs, MaxMarkRead)
	if err != nil {
		return err
	}
	return c.caller.Call(ctx, cmd, markReadRequest{groupID, userID, list}, nil)
}

// A Receipt is how many members have read one message: its Err is why that is not known, a [*restapi.Error], and nil if
// it is. A fake makes a failed one with [restapi.Failed].
type Receipt struct {
	MsgSeq          uint32
	ReadNum         int // members who have read it
	UnreadNum       int // members who have not; the sender is counted in neither
	restapi.Outcome `json:"-"`
}

type receiptsRequest struct {
	GroupID    string     `json:"GroupId"`
	MsgSeqList []numbered `json:"MsgSeqList"`
}

type receiptRow struct {
	Code      int
	MsgSeq    uint32
	ReadNum   int
	UnreadNum int
}

// Receipts counts who has read messages, at least one. How many one call can name is not documented. The result has one
// Receipt for each message, in the order given: look at the Err of each, one that failed does not fail the call.
//
// Of a Receipt: [restapi.CodeGroupReceiptNotFound], the message did not ask for receipts. Of the call:
// [restapi.CodeGroupNotFound], there is no such group. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/77694
func (c *Client) Receipts(ctx context.Context, groupID string, msgSeqs []uint32) ([]Receipt, error) {
	cmd := CommandGetGroupMsgReceipt
	if err := checkGroupID(cmd, groupID); err != nil {
		return nil, err
	}
	list, err := msgSeqList(cmd, msgSeqs, len(msgSeqs))
	if err != nil {
		return nil, err
	}
	req := receiptsRequest{groupID, list}
	resp, err := restapi.Do[struct{ GroupMsgReceiptList []receiptRow }](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	answered := batch.Rows(resp.GroupMsgReceiptList, func(r *receiptRow) (uint32, Receipt) {
		return r.MsgSeq, Receipt{r.MsgSeq, r.ReadNum, r.UnreadNum, restapi.Failed(check.Item(cmd, r.Code, ""))}
	})
	return batch.Collate(msgSeqs, answered, func(msgSeq uint32) Receipt {
		return Receipt{MsgSeq: msgSeq, Outcome: restapi.Failed(check.Missing(cmd))}
	}), nil
}

// The values of Filter.
const (
	haveRead    = 0
	haveNotRead = 1
)

// readersPage is how many members an answer can have.
const readersPage = 200

type readersRequest struct {
	msgName

	Filter int    `json:"Filter"`
	Cursor string `json:"Cursor"` // sent where it is empty too
	Count  int    `json:"Count"`
}

type readersAnswer struct {
	IsFinish, IsFinished int // the samples have the one, the table the other
	Cursor               string
	ReadList             []struct {
		ReadAccount string `json:"Read_Account"`
	}
	UnreadList []struct {
		UnreadAccount string `json:"Unread_Account"`
	}
}

func (a *readersAnswer) page() (page restapi.Page[string], err error) {
	for _, row := range a.ReadList {
		page.Items = append(page.Items, row.ReadAccount)
	}
	for _, row := range a.UnreadList {
		page.Items = append(page.Items, row.UnreadAccount)
	}
	finished := a.IsFinish == 1 || a.IsFinished == 1 // the cursor is no sign of the end: it can be "0" there
	page.Next, err = nextFound(CommandGetGroupMsgReceiptDetail, finished, restapi.Cursor(a.Cursor))
	return page, err
}

// Readers lists the members who have read a message that asked for it, with NeedReadReceipt, but for its sender. Groups
// of at most 200 members have receipts, so that one call is enough most often.
//
// [restapi.CodeGroupReceiptNotFound]: the message did not ask for receipts. [restapi.CodeGroupNotFound]: there is no
// such group. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/77693
func (c *Client) Readers(ctx context.Context, groupID string, msgSeq uint32) ([]string, error) {
	return c.readers(ctx, groupID, msgSeq, haveRead)
}

// NonReaders lists the members who have not read a message that asked for it, with NeedReadReceipt, but for its sender.
//
// The errors are those of [Client.Readers]. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/77693
func (c *Client) NonReaders(ctx context.Context, groupID string, msgSeq uint32) ([]string, error) {
	return c.readers(ctx, groupID, msgSeq, haveNotRead)
}

func (c *Client) readers(ctx context.Context, groupID string, msgSeq uint32, filter int) ([]string, error) {
	cmd := CommandGetGroupMsgReceiptDetail
	msg, err := msgOf(cmd, groupID, msgSeq)
	if err != nil {
		return nil, err
	}
	pages := batch.Pages(ctx, cmd, func(ctx context.Context, at restapi.Cursor) (restapi.Page[string], error) {
		req := readersRequest{msg, filter, string(at), readersPage}
		resp, err := restapi.Do[readersAnswer](ctx, c.caller, cmd, req)
		if err != nil {
			return restapi.Page[string]{}, err
		}
		return resp.page()
	})
	var all []string
	for userID, err := range pages {
		if err != nil {
			return nil, err
		}
		all = append(all, userID)
	}
	return all, nil
}
