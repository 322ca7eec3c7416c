package friend

import (
	"context"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/profilefields"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type getRequest struct {
	batch.Users

	TagList []string `json:"TagList"`
}

type getRow struct {
	row

	SnsProfileItem profile.Items
}

// Get reads fields of friends of userID, friend fields and profile fields alike; without fields it reads the standard
// ones, five and twelve. The result has one Friend for each user ID, in the order asked: look at the Err of each, a
// user who could not be read does not fail the call. The vendor advises to name at most 100 users in one call.
//
// Of a Friend: [restapi.CodeRelationInvalidParameter], the user is not a friend. 200 calls a second and app. Repeated
// after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34910
func (c *Client) Get(
	ctx context.Context, userID string, friendIDs []string, fields ...profile.Tagger,
) ([]Friend, error) {
	named, err := batch.UsersOf(CommandFriendGetList, userID, friendIDs, len(friendIDs))
	if err != nil {
		return nil, err
	}
	tags, err := tagList(fields)
	if err != nil {
		return nil, err
	}
	resp, err := restapi.Do[struct {
		failures

		InfoItem []getRow
	}](ctx, c.caller, CommandFriendGetList, getRequest{named, tags})
	if err != nil {
		return nil, err
	}
	return collate(CommandFriendGetList, friendIDs, resp.InfoItem, resp.failures,
		func(friendID string, r getRow, o restapi.Outcome) Friend {
			return Friend{UserID: friendID, Items: r.SnsProfileItem, Outcome: o}
		}), nil
}

func tagList(fields []profile.Tagger) ([]string, error) {
	if len(fields) == 0 {
		tags := []string{Remark.Tag(), Groups.Tag(), AddSource.Tag(), AddWording.Tag(), AddTime.Tag()}
		for _, f := range profilefields.Standard() {
			tags = append(tags, f.Tag)
		}
		return tags, nil
	}
	tags := make([]string, len(fields))
	for i, f := range fields {
		name := "TagList[" + strconv.Itoa(i) + "]"
		if f == nil {
			return nil, check.Argument(CommandFriendGetList, name, "is nil")
		}
		if err := checkTag(CommandFriendGetList, name, f.Tag()); err != nil {
			return nil, err
		}
		tags[i] = f.Tag()
	}
	return check.Unique(tags), nil
}
