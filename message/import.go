package message

import (
	"context"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
)

// SyncFromOldSystem says what becomes of a message that is imported.
type SyncFromOldSystem int

// The documented values; on pages until 2023 that of ImportRealTime was 1.
const (
	ImportHistory  SyncFromOldSystem = 2 // it goes into the history
	ImportRealTime SyncFromOldSystem = 5 // it is delivered to devices and counted as unread too
)

// content is what all commands that send carry.
type content struct {
	FromAccount     string `json:"From_Account,omitempty"`
	MsgBody         Body   `json:"MsgBody"`
	CloudCustomData string `json:"CloudCustomData,omitempty"`
}

func (m *Message) content() content { return content{m.FromAccount, m.MsgBody, m.CloudCustomData} }

type importRequest struct {
	identity
	content

	SyncFromOldSystem SyncFromOldSystem `json:"SyncFromOldSystem"`
	ToAccount         string            `json:"To_Account"`
	MsgTimeStamp      int64             `json:"MsgTimeStamp"`
}

// Import brings a message of another system into a conversation, as sent at sentAt, cut to seconds. No webhook is fired
// and nobody is told, unless sync is [ImportRealTime]. Messages of one conversation are best imported in the order of
// their time. Of the options it takes [WithSeq] alone.
//
// A message is known by its MsgSeq, MsgRandom and sentAt, whichever of the two sent it, and without an end: the first
// one stays, and importing it again does nothing and is no error. So an import that stopped can be run again from the
// beginning where the program gives each message a MsgRandom and a WithSeq of its own, such as the number it had.
//
// [restapi.CodeMessageReceiverNotFound] and [restapi.CodeMessageInvalidFromAccount]: the receiver or the sender is not
// imported. 200 calls a second and app. Repeated after a failure that leaves its outcome open. The answer has no
// MsgKey.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/35014
func (c *Client) Import(
	ctx context.Context, toUserID string, m Message, sentAt time.Time, sync SyncFromOldSystem, opts ...SendOption,
) (Sent, error) {
	if err := account(CommandImportMsg, "To_Account", toUserID); err != nil {
		return Sent{}, err
	}
	if err := m.CheckFor(CommandImportMsg); err != nil {
		return Sent{}, err
	}
	if err := checkImport(sentAt, sync); err != nil {
		return Sent{}, err
	}
	o := optionsOf(opts)
	if err := o.refuse(CommandImportMsg, true, true); err != nil {
		return Sent{}, err
	}
	identity := draw(o.seq, m.MsgRandom)
	sent := identity.sent()
	req := importRequest{identity, m.content(), sync, toUserID, sentAt.Unix()}
	if err := c.caller.Call(ctx, CommandImportMsg, req, nil); err != nil {
		return sent, err
	}
	sent.MsgTime = sentAt.Truncate(time.Second)
	return sent, nil
}

func checkImport(sentAt time.Time, sync SyncFromOldSystem) error {
	switch {
	case sync <= 0:
		return check.Argument(CommandImportMsg, "SyncFromOldSystem", "is %d, not ImportHistory or ImportRealTime", sync)
	case sentAt.IsZero():
		return check.Argument(CommandImportMsg, "MsgTimeStamp", "is the zero time")
	}
	return check.Moment(CommandImportMsg, "MsgTimeStamp", sentAt)
}
