package group

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// What one message can name at most.
const (
	MaxReceivers = 50 // members that [WithReceivers] can name
	MaxMentions  = 30 // mentions that [WithAt] can give
)

// ErrDropped is wrapped by the error of a message that the service took and then did not deliver. It says so in an
// answer that is otherwise one of success, so that Sent has its MsgSeq and MsgTime.
var ErrDropped = errors.New("the message was dropped")

// tooFast is the one reason to drop a message that is documented: the group was sent too many in that second.
const tooFast = "MsgFreqCtrl"

// A SendOption changes how [Client.Send] sends one message.
type SendOption func(*sendOptions)

type sendOptions struct {
	priority  Priority
	mentions  []AtInfo
	receivers restapi.Optional[[]string]
}

// WithPriority says what the message is worth where the group is sent more than goes through. Without it a message is
// [Normal].
func WithPriority(p Priority) SendOption { return func(o *sendOptions) { o.priority = p } }

// WithAt mentions members, up to 30 times, in the order of the @ marks of the text: [At] one of them or [AtAll].
func WithAt(mentions ...AtInfo) SendOption { return func(o *sendOptions) { o.mentions = mentions } }

// WithReceivers sends the message to these members alone, 1 to 50, who never have it as unread. A Community has no such
// messages, nor has an AVChatRoom.
func WithReceivers(userIDs ...string) SendOption {
	return func(o *sendOptions) { o.receivers = restapi.Some(userIDs) }
}

func sendOptionsOf(opts []SendOption) (o sendOptions) {
	for _, opt := range opts {
		opt(&o)
	}
	return o
}

type sendRequest struct {
	chat
	message.Message

	Random          uint32       `json:"Random"`
	MsgPriority     Priority     `json:"MsgPriority,omitempty"`
	NeedReadReceipt message.Flag `json:"NeedReadReceipt,omitempty"`
	ToAccount       []string     `json:"To_Account,omitempty"`
	GroupAtInfo     []AtInfo     `json:"GroupAtInfo,omitempty"`
}

type sendAnswer struct {
	MsgTime       int64
	MsgSeq        uint32
	MsgDropReason string
}

// Send sends a message to a group, or to a topic by the topic's ID. It is from m.FromAccount, who must be imported, or
// from the administrator who calls. The before-webhook of group messages can stop or change it, unless m forbids
// that.
//
// A group takes 40 messages a second. What is above that is refused with [restapi.CodeGroupMessageRateLimited], or, in
// an AVChatRoom, dropped, the [Low] ones first: the error of one wraps [ErrDropped], and [restapi.ErrRateLimited] where
// that is the reason.
//
// [restapi.CodeGroupNotFound]: there is no such group. [restapi.CodeGroupSenderMuted]: the sender may not write now.
// [restapi.CodeGroupRejectedByWebhook]: the app's own webhook stopped it. [restapi.CodeSensitiveText]: the content
// filter did. [restapi.CodeBodyTooLong]: over 12 KB, 8000 bytes on older pages.
//
// 200 calls a second and app. A failure that leaves its outcome open is repeated within five minutes, in which the
// service drops the repeat of a message: it has the same sender, content and MsgRandom. That one stands in Sent, with
// an error too. An error whose Open is set says that the message may have arrived; a program that sends it again within
// the five minutes, with the MsgRandom of Sent, sends no second one.
//
// Vendor page: https://cloud.tencent.com/document/product/269/1629
func (c *Client) Send(
	ctx context.Context, chatID string, m message.Message, opts ...SendOption,
) (message.Sent, error) {
	req, err := sendRequestOf(chatID, m, opts)
	if err != nil {
		return message.Sent{}, err
	}
	sent := message.Sent{MsgRandom: req.Random}
	resp, err := restapi.Do[sendAnswer](ctx, c.caller, CommandSendGroupMsg, req)
	if err != nil {
		return sent, err
	}
	sent.MsgSeq, sent.MsgTime = resp.MsgSeq, wire.Moment(resp.MsgTime)
	return sent, resp.dropped()
}

func sendRequestOf(chatID string, m message.Message, opts []SendOption) (sendRequest, error) {
	cmd := CommandSendGroupMsg
	to, err := chatOf(cmd, chatID)
	if err != nil {
		return sendRequest{}, err
	}
	if err := m.CheckFor(cmd); err != nil {
		return sendRequest{}, err
	}
	o := sendOptionsOf(opts)
	if err := checkMentions(cmd, o.mentions); err != nil {
		return sendRequest{}, err
	}
	receivers, some := o.receivers.Get()
	if some {
		if strings.HasPrefix(chatID, communityPrefix) {
			return sendRequest{}, check.Argument(cmd, "To_Account", "cannot be sent to a Community")
		}
		if err := check.UserIDs(cmd, "To_Account", receivers, MaxReceivers); err != nil {
			return sendRequest{}, err
		}
	}
	return sendRequest{
		chat: to, Message: m, Random: randomOf(m.MsgRandom), MsgPriority: o.priority, NeedReadReceipt: m.NeedReadReceipt,
		ToAccount: check.Unique(receivers), GroupAtInfo: o.mentions,
	}, nil
}

// dropped is the error of a message that was taken and dropped.
func (r *sendAnswer) dropped() error {
	if r.MsgDropReason == "" {
		return nil
	}
	cause := fmt.Errorf("%w: %q", ErrDropped, r.MsgDropReason)
	if r.MsgDropReason == tooFast {
		cause = fmt.Errorf("%w: %w", cause, restapi.ErrRateLimited)
	}
	return &restapi.Error{Command: CommandSendGroupMsg, HTTPStatus: http.StatusOK, Err: cause}
}
