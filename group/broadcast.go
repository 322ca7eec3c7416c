package group

import (
	"context"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type broadcastRequest struct {
	FromAccount     string       `json:"From_Account,omitempty"`
	Random          uint32       `json:"Random"`
	MsgBody         message.Body `json:"MsgBody"`
	CloudCustomData string       `json:"CloudCustomData,omitempty"`
}

// Broadcast sends a message to every AVChatRoom of the app. Its elements have at most 12 KB together. It needs the top
// plan and a switch in the console: [restapi.CodeGroupPermissionDenied].
//
// [restapi.CodeGroupMessageRateLimited]: messages were sent too fast. One call a second and app. A failure that leaves
// its outcome open is repeated within five minutes, in which the service drops the repeat of a message: it has the same
// MsgRandom, which stands in Sent, with an error too.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/49440
func (l Live) Broadcast(ctx context.Context, m message.Message) (message.Sent, error) {
	if err := m.CheckFor(CommandSendBroadcastMsg); err != nil {
		return message.Sent{}, err
	}
	req := broadcastRequest{m.FromAccount, randomOf(m.MsgRandom), m.MsgBody, m.CloudCustomData}
	sent := message.Sent{MsgRandom: req.Random}
	resp, err := restapi.Do[struct{ MsgSeq uint32 }](ctx, l.caller, CommandSendBroadcastMsg, req)
	if err != nil {
		return sent, err
	}
	sent.MsgSeq = resp.MsgSeq
	return sent, nil
}
