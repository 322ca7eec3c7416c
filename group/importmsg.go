package group

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// MaxImportMessages is the number of messages that one call of [Import.Messages] can have.
const MaxImportMessages = 7

// An ImportMessage is a message of another system's group. Of the message itself the service takes FromAccount, which
// must be there, MsgBody and MsgRandom.
type ImportMessage struct {
	// SendTime is when it was sent, cut to seconds: after the group was made and after its newest message.
	SendTime time.Time
	message.Message
}

// An ImportResult is what became of one message. Its Err is why it was not imported, a [*restapi.Error], and nil if it
// was. A fake makes a failed one with [restapi.Failed].
type ImportResult struct {
	MsgSeq          uint32    // its place in the history
	MsgTime         time.Time // when it was sent
	MsgRandom       uint32    // what the service knows a repeat by
	restapi.Outcome `json:"-"`
}

// An ImportOption changes what [Import.Messages] does.
type ImportOption func(*importMessagesRequest)

// WithRecentContact brings the members' lists of conversations up to date with the messages.
func WithRecentContact() ImportOption {
	return func(r *importMessagesRequest) { r.RecentContactFlag = true }
}

type importMessagesRequest struct {
	chat

	RecentContactFlag message.Flag       `json:"RecentContactFlag,omitempty"`
	MsgList           []importMessageRow `json:"MsgList"`
}

type importMessageRow struct {
	FromAccount string       `json:"From_Account"`
	SendTime    int64        `json:"SendTime"`
	Random      uint32       `json:"Random"`
	MsgBody     message.Body `json:"MsgBody"`
}

type importedRow struct {
	MsgSeq  uint32
	MsgTime int64
	Result  int
}

// Messages imports 1 to 7 messages of a group or a topic, the oldest first and each sent after the one before. The
// result has one ImportResult for each message, in the order given: look at the Err of each, a message that could not
// be imported does not fail the call. The members' unread messages are counted from 0 afterwards.
//
// Of an ImportResult: [restapi.CodeGroupInvalidParameter], the SendTime is not after the newest message that is there,
// or not after the group was made; [restapi.CodeSensitiveText] and [restapi.CodeBodyTooLong], of the text. Of the call:
// [restapi.CodeGroupNotFound], there is no such group; [restapi.CodeGroupMessageTooLong].
//
// 200 calls a second and app. A failure that leaves its outcome open is repeated within five minutes, in which the
// service drops the repeat of a message: it has the same MsgRandom. After that the SendTime keeps it from coming twice,
// so that an import that stopped can go on from where it was.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34968
func (i Import) Messages(
	ctx context.Context, chatID string, messages []ImportMessage, opts ...ImportOption,
) ([]ImportResult, error) {
	cmd := CommandImportGroupMsg
	in, err := chatOf(cmd, chatID)
	if err != nil {
		return nil, err
	}
	if err := checkImportMessages(cmd, messages); err != nil {
		return nil, err
	}
	req := importMessagesRequest{chat: in}
	for _, opt := range opts {
		opt(&req)
	}
	results := make([]ImportResult, len(messages))
	for i, m := range messages {
		random := randomOf(m.MsgRandom)
		req.MsgList = append(req.MsgList, importMessageRow{m.FromAccount, m.SendTime.Unix(), random, m.MsgBody})
		results[i] = ImportResult{MsgRandom: random, Outcome: restapi.Failed(check.Missing(cmd))}
	}
	resp, err := restapi.Do[struct{ ImportMsgResult []importedRow }](ctx, i.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	for i, row := range resp.ImportMsgResult[:min(len(results), len(resp.ImportMsgResult))] {
		outcome := batch.Status{ResultCode: row.Result}.Outcome(cmd)
		results[i] = ImportResult{row.MsgSeq, wire.Moment(row.MsgTime), results[i].MsgRandom, outcome}
	}
	return results, nil
}

// checkImportMessages refuses messages that cannot be imported, or not in this order.
func checkImportMessages(cmd restapi.Command, messages []ImportMessage) error {
	if err := check.Count(cmd, "MsgList", len(messages), MaxImportMessages); err != nil {
		return err
	}
	for i, m := range messages {
		at := "MsgList[" + strconv.Itoa(i) + "]."
		if err := m.CheckFor(cmd); err != nil {
			if argument, ok := errors.AsType[*restapi.ArgumentError](err); ok {
				argument.Field = at + argument.Field
			}
			return err
		}
		switch at += "SendTime"; {
		case m.SendTime.IsZero():
			return check.Argument(cmd, at, "is the zero time")
		case i > 0 && m.SendTime.Unix() < messages[i-1].SendTime.Unix():
			return check.Argument(cmd, at, "is before that of the message before")
		}
		if err := checkPast(cmd, at, m.SendTime); err != nil {
			return err
		}
	}
	return nil
}
