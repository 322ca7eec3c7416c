package push

import (
	"context"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An AllMemberPushOption changes one [AllMemberClient.Push].
type AllMemberPushOption func(*allMemberRequest)

// WithLifeTime keeps the message for receivers who are off line for this long: whole seconds, up to
// [message.MaxLifeTime]. Without it the message is for those who are on line alone.
func WithLifeTime(d time.Duration) AllMemberPushOption {
	return func(r *allMemberRequest) { r.lifeTime = d }
}

type allMemberRequest struct {
	FromAccount     string                   `json:"From_Account,omitempty"`
	MsgRandom       uint32                   `json:"MsgRandom"`
	Condition       *Condition               `json:"Condition,omitempty"`
	MsgBody         message.Body             `json:"MsgBody"`
	OfflinePushInfo *message.OfflinePushInfo `json:"OfflinePushInfo,omitempty"`
	MsgLifeTime     int64                    `json:"MsgLifeTime,omitempty"` // seconds

	lifeTime time.Duration
}

// Push sends a message to all users who meet a condition, which has no TagsNot here. A MsgBody is all that m must have,
// and besides that it can have a FromAccount and an OfflinePushInfo.
//
// [restapi.CodePushTooFrequent]: pushes are over a second apart, which a client keeps to by its limiter where it is the
// only one. [restapi.CodePushDailyLimit]: 100 pushes a day. [restapi.CodePushNotEnabled]: the app has not bought this
// generation. [restapi.CodePushInvalidAttribute]: there is no such attribute.
//
// One call a second and app. Not repeated after a failure that leaves its outcome open: an error whose Open is set says
// that the message may have gone out. By the vendor's Chinese page the service drops a second push with the MsgRandom
// of Pushed, for 7 days; the English one says for one second.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/37166
func (c *AllMemberClient) Push(
	ctx context.Context, to Condition, m message.Message, opts ...AllMemberPushOption,
) (Pushed, error) {
	cmd := CommandIMPush
	if err := to.check(cmd, "Condition"); err != nil {
		return Pushed{}, err
	}
	if len(to.TagsNot) > 0 {
		return Pushed{}, check.Argument(cmd, "Condition.TagsNot", "cannot be sent with this command")
	}
	if err := m.CheckFor(cmd); err != nil {
		return Pushed{}, err
	}
	req := allMemberRequest{
		FromAccount: m.FromAccount, MsgRandom: random(m), Condition: to.sent(), MsgBody: m.MsgBody,
		OfflinePushInfo: m.OfflinePushInfo,
	}
	for _, opt := range opts {
		opt(&req)
	}
	if d := req.lifeTime; d < 0 || d > message.MaxLifeTime || d%time.Second != 0 {
		return Pushed{}, check.Argument(cmd, "MsgLifeTime", "is %s, not whole seconds from 0 to %s", d, message.MaxLifeTime)
	}
	req.MsgLifeTime = int64(req.lifeTime / time.Second)
	pushed := Pushed{MsgRandom: req.MsgRandom}
	resp, err := restapi.Do[pushAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return pushed, err
	}
	pushed.TaskID = resp.TaskID
	return pushed, nil
}

// SetAttrNames makes attributes that users can have, up to 10, and renames those that are there. They have no Type
// here. Those that are not named stay, as far as the vendor's page says. 100 calls a second and app. Repeated after a
// failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/37167
func (c *AllMemberClient) SetAttrNames(ctx context.Context, names AttrNames) error {
	for number, attr := range names {
		if attr.Type != AttrTypeUserID {
			return check.Argument(CommandIMSetAttrName, "AttrNames", "has a Type at number %d, which cannot be sent", number)
		}
	}
	return setAttrNames(ctx, c.caller, CommandIMSetAttrName, names)
}

// GetAttrNames reads the attributes that users can have. 100 calls a second and app. Repeated after a failure on the
// way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/37168
func (c *AllMemberClient) GetAttrNames(ctx context.Context) (AttrNames, error) {
	return getAttrNames(ctx, c.caller, CommandIMGetAttrName)
}

// SetAttrs sets attributes of 1 to 100 users, each named once, and leaves their others as they are. The names must be
// those of [AllMemberClient.SetAttrNames]. What becomes of users who are not imported the service does not say.
//
// [restapi.CodePushInvalidAttribute]: there is no such attribute. 100 calls a second and app. Repeated after a failure
// that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/37170
func (c *AllMemberClient) SetAttrs(ctx context.Context, users []UserAttrs) error {
	req, _, err := attrsRequestOf(member(CommandIMSetAttr), users)
	if err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandIMSetAttr, req, nil)
}

// GetAttrs reads the attributes of 1 to 100 users. The result has one AttrsResult for each user ID, in the order given.
// The service leaves users out who are not imported: their Err is [restapi.ErrBadResponse]. 100 calls a second and app.
// Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/37169
func (c *AllMemberClient) GetAttrs(ctx context.Context, userIDs []string) ([]AttrsResult, error) {
	return readAttrs(ctx, c.caller, member(CommandIMGetAttr), userIDs)
}

// RemoveAttrs takes attributes away from 1 to 100 users, each named once.
//
// [restapi.CodePushInvalidAttribute]: there is no such attribute. 100 calls a second and app. Repeated after a failure
// that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/37171
func (c *AllMemberClient) RemoveAttrs(ctx context.Context, users []UserAttrNames) error {
	req, _, err := attrNamesOf(member(CommandIMRemoveAttr), users)
	if err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandIMRemoveAttr, req, nil)
}

// AddTags adds tags to 1 to 100 users, each named once: 1 to 10 to each, of which the user may have some already. A
// user can have 100 tags. What becomes of users who are not imported the service does not say. 100 calls a second and
// app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/37173
func (c *AllMemberClient) AddTags(ctx context.Context, users []UserTags) error {
	return c.changeTags(ctx, member(CommandIMAddTag), users)
}

// GetTags reads the tags of 1 to 100 users. The result has one TagsResult for each user ID, in the order given. The
// service leaves users out who are not imported: their Err is [restapi.ErrBadResponse]. 100 calls a second and app.
// Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/37172
func (c *AllMemberClient) GetTags(ctx context.Context, userIDs []string) ([]TagsResult, error) {
	return readTags(ctx, c.caller, member(CommandIMGetTag), userIDs)
}

// RemoveTags takes tags away from 1 to 100 users, each named once; those that a user does not have do no harm. 100
// calls a second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/37174
func (c *AllMemberClient) RemoveTags(ctx context.Context, users []UserTags) error {
	return c.changeTags(ctx, member(CommandIMRemoveTag), users)
}

func (c *AllMemberClient) changeTags(ctx context.Context, t target, users []UserTags) error {
	req, _, err := tagsOf(t, users, 1, MaxTags)
	if err != nil {
		return err
	}
	return c.caller.Call(ctx, t.cmd, req, nil)
}

// ClearAllTags takes all tags away from 1 to 100 users. 100 calls a second and app. Repeated after a failure that
// leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/37175
func (c *AllMemberClient) ClearAllTags(ctx context.Context, userIDs []string) error {
	t := member(CommandIMRemoveAllTags)
	req, err := usersOf(t, userIDs)
	if err != nil {
		return err
	}
	return c.caller.Call(ctx, t.cmd, req, nil)
}
