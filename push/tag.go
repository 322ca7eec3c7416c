package push

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// UserTags are tags of a user, to be added or removed.
type UserTags struct {
	ToAccount string   `json:"To_Account"`
	Tags      []string `json:"Tags"` // each 1 to 50 bytes
}

func (u UserTags) owner() string { return u.ToAccount }

// TagsResult are the tags of a user. Its Err is why they could not be read, a [*restapi.Error], and nil if they were.
type TagsResult struct {
	UserID          string `json:"To_Account"`
	Tags            []string
	restapi.Outcome `json:"-"`
}

type tagsAnswer struct {
	UserTags  []TagsResult
	ErrorList []batch.Refusal
}

func readTags(ctx context.Context, c restapi.Caller, t target, userIDs []string) ([]TagsResult, error) {
	req, err := usersOf(t, userIDs)
	if err != nil {
		return nil, err
	}
	resp, err := restapi.Do[tagsAnswer](ctx, c, t.cmd, req)
	if err != nil {
		return nil, err
	}
	return collate(t.cmd, userIDs, resp.UserTags, func(r *TagsResult) string { return r.UserID }, resp.ErrorList,
		func(userID string, o restapi.Outcome) TagsResult { return TagsResult{UserID: userID, Outcome: o} }), nil
}

type tagsRequest struct {
	UserTags []UserTags `json:"UserTags"`
}

// tagsOf is the request that adds or removes tags, from least to most of a user.
func tagsOf(t target, users []UserTags, least, most int) (tagsRequest, []string, error) {
	userIDs, err := owners(t, "UserTags", users, func(at string, u UserTags) error {
		if n := len(u.Tags); n < least || n > most {
			return check.Argument(t.cmd, at+".Tags", "has %d tags, not %d to %d", n, least, most)
		}
		return names(t.cmd, at+".Tags", u.Tags, maxTag)
	})
	req := tagsRequest{make([]UserTags, len(users))}
	for i, u := range users {
		req.UserTags[i] = UserTags{u.ToAccount, check.Unique(u.Tags)}
	}
	return req, userIDs, err
}

// GetTags reads the tags of 1 to 100 users. The result has one TagsResult for each user ID, in the order given: look at
// the Err of each, a user that failed does not fail the call.
//
// Of a TagsResult: [restapi.CodeAccountNotFound], the user is not imported. 100 calls a second and app. Repeated after
// a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60567
func (c *Client) GetTags(ctx context.Context, userIDs []string) ([]TagsResult, error) {
	return readTags(ctx, c.caller, device(CommandGetTag), userIDs)
}

// An AddTagsOption changes one [Client.AddTags].
type AddTagsOption func(*addTagsRequest)

// WithReplace makes the tags that are given all that the users have: 100 at most. What a user without any is left with
// is not documented; [Client.ClearAllTags] takes all away.
func WithReplace() AddTagsOption {
	return func(r *addTagsRequest) { r.Replace = true }
}

type addTagsRequest struct {
	tagsRequest

	Replace message.Flag `json:"Replace,omitempty"`
}

// AddTags adds tags to 1 to 100 users, each named once: 1 to 10 to each, of which the user may have some already. The
// result has one Result for each user, in the order given: look at the Err of each, a user that failed does not fail
// the call. A user can have 100 tags, and an app 1000 that differ.
//
// Of a Result: [restapi.CodeAccountNotFound], the user is not imported; [restapi.CodePushAttributeAccountType], users
// have the tag, and this is a RegistrationID, or the other way round. 100 calls a second and app. Repeated after a
// failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60568
func (c *Client) AddTags(ctx context.Context, users []UserTags, opts ...AddTagsOption) ([]Result, error) {
	t := device(CommandAddTag)
	var req addTagsRequest
	for _, opt := range opts {
		opt(&req)
	}
	least, most := 1, MaxTags
	if req.Replace {
		least, most = 0, MaxReplacedTags
	}
	var userIDs []string
	var err error
	if req.tagsRequest, userIDs, err = tagsOf(t, users, least, most); err != nil {
		return nil, err
	}
	return change(ctx, c.caller, t, userIDs, req)
}

// RemoveTags takes tags away from 1 to 100 users, each named once; those that a user does not have do no harm. The
// result has one Result for each user, in the order given: look at the Err of each, a user that failed does not fail
// the call.
//
// Of a Result: [restapi.CodeAccountNotFound], the user is not imported. 100 calls a second and app. Repeated after a
// failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60569
func (c *Client) RemoveTags(ctx context.Context, users []UserTags) ([]Result, error) {
	t := device(CommandRemoveTag)
	req, userIDs, err := tagsOf(t, users, 1, MaxTags)
	if err != nil {
		return nil, err
	}
	return change(ctx, c.caller, t, userIDs, req)
}

// ClearAllTags takes all tags away from 1 to 100 users. The result has one Result for each user ID, in the order given:
// look at the Err of each, a user that failed does not fail the call.
//
// Of a Result: [restapi.CodeAccountNotFound], the user is not imported. 100 calls a second and app. Repeated after a
// failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60570
func (c *Client) ClearAllTags(ctx context.Context, userIDs []string) ([]Result, error) {
	t := device(CommandClearAllTags)
	req, err := usersOf(t, userIDs)
	if err != nil {
		return nil, err
	}
	return change(ctx, c.caller, t, userIDs, req)
}
