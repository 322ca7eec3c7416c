package message

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A SendOption changes how one message is sent. Not every method takes each.
type SendOption func(*sendOptions)

type sendOptions struct {
	lifeTime restapi.Optional[time.Duration]
	sync     restapi.Optional[bool]
	seq      uint32
}

// WithLifeTime keeps the message for a receiver who is off line for this long: whole seconds, up to [MaxLifeTime],
// which is also how long it is kept without the option. 0 is for those who are on line alone.
func WithLifeTime(d time.Duration) SendOption {
	return func(o *sendOptions) { o.lifeTime = restapi.Some(d) }
}

// WithSyncOtherMachine says whether the message is sent to the devices of its sender too, or not. A message that is not
// is found in the history of its receiver alone. Without the option the sender's history has it.
func WithSyncOtherMachine(sync bool) SendOption {
	return func(o *sendOptions) { o.sync = restapi.Some(sync) }
}

// WithSeq gives the message its MsgSeq, which sorts the messages of one second, and which the service knows a repeat
// by. 0: drawn at random, as it is without the option.
func WithSeq(seq uint32) SendOption {
	return func(o *sendOptions) { o.seq = seq }
}

func optionsOf(opts []SendOption) (all sendOptions) {
	for _, opt := range opts {
		opt(&all)
	}
	return all
}

// refuse refuses the options that cmd does not have.
func (o *sendOptions) refuse(cmd restapi.Command, lifeTime, sync bool) error {
	switch {
	case lifeTime && !o.lifeTime.IsZero():
		return check.Argument(cmd, "MsgLifeTime", "cannot be sent with this command")
	case sync && !o.sync.IsZero():
		return check.Argument(cmd, "SyncOtherMachine", "cannot be sent with this command")
	}
	return nil
}

// identity is what the service knows a repeat by. It is drawn before the first attempt, so that all attempts have the
// same.
type identity struct {
	MsgSeq    uint32 `json:"MsgSeq"`
	MsgRandom uint32 `json:"MsgRandom"`
}

// draw returns seq and random, drawn where they are 0.
func draw(seq, random uint32) identity {
	return identity{cmp.Or(seq, drawn()), cmp.Or(random, drawn())}
}

func drawn() uint32 { return 1 + rand.Uint32N(math.MaxUint32) }

func (i identity) sent() Sent { return Sent{MsgSeq: i.MsgSeq, MsgRandom: i.MsgRandom} }

// devices says whether the sender's own devices get the message: 1 or 2, 0 where that is left to the service.
func (o *sendOptions) devices() int {
	sync, given := o.sync.Get()
	switch {
	case !given:
		return 0
	case sync:
		return 1
	}
	return 2
}

// request is what openim/sendmsg and batchsendmsg send besides whom it is for.
type request struct {
	identity
	Message

	SyncOtherMachine  int                     `json:"SyncOtherMachine,omitempty"`
	MsgLifeTime       restapi.Optional[int64] `json:"MsgLifeTime,omitzero"` // seconds
	IsNeedReadReceipt Flag                    `json:"IsNeedReadReceipt,omitempty"`
}

func requestOf(cmd restapi.Command, m Message, opts []SendOption) (request, error) {
	if err := m.CheckFor(cmd); err != nil {
		return request{}, err
	}
	o := optionsOf(opts)
	r := request{
		identity: draw(o.seq, m.MsgRandom), Message: m,
		SyncOtherMachine: o.devices(), IsNeedReadReceipt: m.NeedReadReceipt,
	}
	if d, given := o.lifeTime.Get(); given {
		if d < 0 || d > MaxLifeTime || d%time.Second != 0 {
			return request{}, check.Argument(cmd, "MsgLifeTime", "is %s, not whole seconds from 0 to %s", d, MaxLifeTime)
		}
		r.MsgLifeTime = restapi.Some(int64(d / time.Second))
	}
	return r, nil
}

type sendRequest struct {
	request

	ToAccount string `json:"To_Account"`
}

// sendAnswer is the answer of all commands that send one message.
type sendAnswer struct {
	MsgKey  string
	MsgID   string `json:"MsgId"`
	MsgTime int64
}

// Send sends a message to one user. Friends, blocklists and mutes are not asked; a receiver who muted the sender gets
// no push with [WithMuteNotifications]. The before-webhook of one-to-one messages can stop or change it, unless m
// forbids that.
//
// [restapi.CodeMessageReceiverNotFound] and [restapi.CodeMessageAccountNotFound]: the receiver or the sender is not
// imported. [restapi.CodeMessageRejectedByWebhook]: the app's own webhook stopped it; so do codes from 120001 to
// 130000, which the webhook chose. [restapi.CodeMessageTooLong]: over 12 KB, 8 KB on older pages. Trial and development
// plans send 1000 messages a day.
//
// 200 calls a second and app. A failure that leaves its outcome open is repeated within two minutes, in which the
// service drops the repeat of a message: it has the same MsgSeq and MsgRandom. They stand in Sent, with an error too.
// An error whose Open is set says that the message may have arrived; a program that sends it again within the two
// minutes, with the MsgRandom and [WithSeq] of Sent, sends no second one.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34919
func (c *Client) Send(ctx context.Context, toUserID string, m Message, opts ...SendOption) (Sent, error) {
	if err := account(CommandSendMsg, "To_Account", toUserID); err != nil {
		return Sent{}, err
	}
	r, err := requestOf(CommandSendMsg, m, opts)
	if err != nil {
		return Sent{}, err
	}
	sent := r.sent()
	resp, err := restapi.Do[sendAnswer](ctx, c.caller, CommandSendMsg, sendRequest{r, toUserID})
	if err != nil {
		return sent, err
	}
	sent.MsgKey, sent.MsgID, sent.MsgTime = resp.MsgKey, resp.MsgID, wire.Moment(resp.MsgTime)
	return sent, nil
}
