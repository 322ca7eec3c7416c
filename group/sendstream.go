package group

import (
	"context"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type streamRequest struct {
	GroupID         string       `json:"GroupId"`
	FromAccount     string       `json:"From_Account,omitempty"`
	Random          uint32       `json:"Random"`
	MsgBody         message.Body `json:"MsgBody"`
	CloudCustomData string       `json:"CloudCustomData,omitempty"`
}

type streamAnswer struct {
	StreamMsgID string
	MsgKey      string
	MsgSeq      uint32
}

// SendStream sends the first piece of a text that grows, or one that follows, to a group: the body of m is one
// [message.StreamElem]. The first one has no StreamMsgID; Sent has it, and those that follow say it, as those of
// [message.Client.SendStream] do.
//
// Pieces are at most 15 seconds and best 200 ms apart: up to five a second of one stream. All of them are less than 128
// KB. One after the last is refused. Mutes are not asked. Trial and development plans send 1000 messages a day. Which
// errors the service answers, and for which types of groups it is, is not documented.
//
// No limit of its rate is documented: 200 calls a second and app. Not repeated after a failure that leaves its outcome
// open, as a piece that comes twice can be text twice.
//
// Vendor page: https://cloud.tencent.com/document/product/269/128597
func (c *Client) SendStream(ctx context.Context, groupID string, m message.Message) (message.Sent, error) {
	cmd := CommandSendGroupStreamMsg
	if err := checkGroupID(cmd, groupID); err != nil {
		return message.Sent{}, err
	}
	if err := m.CheckFor(cmd); err != nil {
		return message.Sent{}, err
	}
	req := streamRequest{groupID, m.FromAccount, randomOf(m.MsgRandom), m.MsgBody, m.CloudCustomData}
	sent := message.Sent{MsgRandom: req.Random}
	resp, err := restapi.Do[streamAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return sent, err
	}
	sent.StreamMsgID, sent.MsgKey, sent.MsgSeq = resp.StreamMsgID, resp.MsgKey, resp.MsgSeq
	return sent, nil
}
