package follow

import (
	"cmp"
	"context"
	"iter"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A User is one user of a list of followers or followed.
type User struct {
	UserID          string
	FollowTime      time.Time     // when the following began
	ProfileItem     profile.Items // the fields of the user's profile that have a value, to be read with [profile.Field.Of]
	ProfileSequence uint64        // the version of the profile
}

// Followers goes through the users who follow userID, 1000 to a page. An error is yielded once, as the last thing. Each
// page is a call: 200 calls a second and app, repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/70347
func (c *Client) Followers(ctx context.Context, userID string) iter.Seq2[User, error] {
	return c.users(ctx, userID, Follower)
}

// Following goes through the users whom userID follows, 1000 to a page. An error is yielded once, as the last thing.
// Each page is a call: 200 calls a second and app, repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/70347
func (c *Client) Following(ctx context.Context, userID string) iter.Seq2[User, error] {
	return c.users(ctx, userID, Following)
}

// MutualFollowers goes through the users who follow userID and whom userID follows, 1000 to a page. An error is yielded
// once, as the last thing. Each page is a call: 200 calls a second and app, repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/70347
func (c *Client) MutualFollowers(ctx context.Context, userID string) iter.Seq2[User, error] {
	return c.users(ctx, userID, Mutual)
}

func (c *Client) users(ctx context.Context, userID string, list FollowType) iter.Seq2[User, error] {
	return batch.Pages(ctx, CommandFollowGet, func(ctx context.Context, at restapi.Cursor) (restapi.Page[User], error) {
		return c.UserPage(ctx, userID, list, at, 0)
	})
}

// pageRequest has all of its fields on the wire: the service asks for an empty cursor too.
type pageRequest struct {
	FromAccount string         `json:"From_Account"`
	FollowType  FollowType     `json:"FollowType"`
	StartCursor restapi.Cursor `json:"StartCursor"`
	WantNum     int            `json:"WantNum"`
}

type pageAnswer struct {
	FollowItem []struct {
		ToAccount       string `json:"To_Account"`
		FollowTime      int64
		ProfileItem     profile.Items
		ProfileSequence uint64 `json:"profile_sequence"`
	}
	NextCursor restapi.Cursor
}

// UserPage reads one page of the users who follow userID ([Follower]), whom userID follows ([Following]) or both
// ([Mutual]), of at most limit users: 1 to 1000, and 0 for 1000. Each comes with all fields of the profile that have a
// value.
//
// [restapi.CodeRelationAccountNotFound]: userID is not imported. 200 calls a second and app. Repeated after a failure
// on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/70347
func (c *Client) UserPage(
	ctx context.Context, userID string, list FollowType, cursor restapi.Cursor, limit int,
) (restapi.Page[User], error) {
	var page restapi.Page[User]
	if err := check.UserID(CommandFollowGet, "From_Account", userID); err != nil {
		return page, err
	}
	switch {
	case list < Follower || list > Mutual:
		return page, check.Argument(CommandFollowGet, "FollowType", "is %d, not Follower, Following or Mutual", list)
	case limit < 0 || limit > MaxPage:
		return page, check.Argument(CommandFollowGet, "WantNum", "is %d, not 0 to %d", limit, MaxPage)
	}
	req := pageRequest{userID, list, cursor, cmp.Or(limit, MaxPage)}
	resp, err := restapi.Do[pageAnswer](ctx, c.caller, CommandFollowGet, req)
	if err != nil {
		return page, err
	}
	page.Next = resp.NextCursor
	for _, f := range resp.FollowItem {
		page.Items = append(page.Items, User{f.ToAccount, wire.Moment(f.FollowTime), f.ProfileItem, f.ProfileSequence})
	}
	return page, nil
}
