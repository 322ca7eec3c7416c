package operation

import (
	"context"
	"math"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Forever is how long a user is muted who is not to speak again.
const Forever = math.MaxUint32 * time.Second

// A NoSpeaking is for how long a user is muted in the whole app: 0 for one who is not, or [Forever].
type NoSpeaking struct {
	C2CMsg   time.Duration // one-to-one messages
	GroupMsg time.Duration // messages in all groups
}

// A NoSpeakingOption is what [Client.SetNoSpeaking] sets.
type NoSpeakingOption func(*setRequest)

// WithC2CMsg mutes one-to-one messages for d, counted in whole seconds, up to [Forever]. 0 lifts the mute.
func WithC2CMsg(d time.Duration) NoSpeakingOption {
	return func(r *setRequest) { r.c2c = restapi.Some(d) }
}

// WithGroupMsg mutes messages in all groups for d, counted in whole seconds, up to [Forever]. 0 lifts the mute.
func WithGroupMsg(d time.Duration) NoSpeakingOption {
	return func(r *setRequest) { r.group = restapi.Some(d) }
}

type setRequest struct {
	SetAccount string                   `json:"Set_Account"`
	C2CMsg     restapi.Optional[uint32] `json:"C2CmsgNospeakingTime,omitzero"`
	GroupMsg   restapi.Optional[uint32] `json:"GroupmsgNospeakingTime,omitzero"`

	c2c, group restapi.Optional[time.Duration]
}

// seconds reads what an option says.
func seconds(field string, o restapi.Optional[time.Duration]) (s restapi.Optional[uint32], err error) {
	d, given := o.Get()
	switch {
	case !given:
		return s, nil
	case d < 0 || d > Forever:
		return s, check.Argument(CommandSetNoSpeaking, field, "is %v, not from 0 to Forever", d)
	case d%time.Second != 0:
		return s, check.Argument(CommandSetNoSpeaking, field, "is %v, which has a fraction of a second", d)
	}
	return restapi.Some(uint32(d / time.Second)), nil
}

// SetNoSpeaking mutes a user in the whole app, from now on, or lifts that: [WithC2CMsg] for one-to-one messages,
// [WithGroupMsg] for those in groups, at least one of the two. What the muted user sends is refused with
// [restapi.CodeMessageSenderMuted] and [restapi.CodeGroupSenderMuted], before any webhook.
//
// Code 130005, whose name is one of official accounts, says that the user is not valid, which one who is not imported
// presumably is not. 200 calls a second and app. Repeated after a failure that leaves its outcome open; the time is
// counted from the repeat then.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34923
func (c *Client) SetNoSpeaking(ctx context.Context, userID string, opts ...NoSpeakingOption) (err error) {
	if err := check.UserID(CommandSetNoSpeaking, "Set_Account", userID); err != nil {
		return err
	}
	req := setRequest{SetAccount: userID}
	for _, opt := range opts {
		opt(&req)
	}
	if req.c2c.IsZero() && req.group.IsZero() {
		return check.Argument(CommandSetNoSpeaking, "C2CmsgNospeakingTime", "is not given, nor is GroupmsgNospeakingTime")
	}
	if req.C2CMsg, err = seconds("C2CmsgNospeakingTime", req.c2c); err != nil {
		return err
	}
	if req.GroupMsg, err = seconds("GroupmsgNospeakingTime", req.group); err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandSetNoSpeaking, req, nil)
}

type getRequest struct {
	GetAccount string `json:"Get_Account"`
}

type getAnswer struct {
	C2CMsg   uint32 `json:"C2CmsgNospeakingTime"`
	GroupMsg uint32 `json:"GroupmsgNospeakingTime"`
}

// GetNoSpeaking returns for how long a user is still muted in the whole app.
//
// [restapi.CodeConfigInvalidGetAccount]: the user is not valid, which one who is not imported presumably is not. 200
// calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34924
func (c *Client) GetNoSpeaking(ctx context.Context, userID string) (NoSpeaking, error) {
	if err := check.UserID(CommandGetNoSpeaking, "Get_Account", userID); err != nil {
		return NoSpeaking{}, err
	}
	resp, err := restapi.Do[getAnswer](ctx, c.caller, CommandGetNoSpeaking, getRequest{userID})
	if err != nil {
		return NoSpeaking{}, err
	}
	return NoSpeaking{
		C2CMsg:   time.Duration(resp.C2CMsg) * time.Second,
		GroupMsg: time.Duration(resp.GroupMsg) * time.Second,
	}, nil
}
