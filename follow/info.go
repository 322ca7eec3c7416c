package follow

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An Info is what [Client.Info] read of one user: its Err is why this user could not be read, a [*restapi.Error], and
// nil if the user was.
type Info struct {
	UserID               string
	FollowerCount        int // how many follow the user
	FollowingCount       int // how many the user follows
	MutualFollowingCount int // how many do both
	restapi.Outcome      `json:"-"`
}

type infoRow struct {
	row

	FollowerCount        int
	FollowingCount       int
	MutualFollowingCount int
}

// Info tells of 1 to 20 users how many follow them and how many they follow; userID, for whom it is read, may be among
// them. The result has one Info for each user ID, in the order asked: look at the Err of each, a user that could not be
// read does not fail the call.
//
// Of an Info: [restapi.CodeRelationAccountNotFound], the user is not imported. 200 calls a second and app. Repeated
// after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/70350
func (c *Client) Info(ctx context.Context, userID string, otherIDs []string) ([]Info, error) {
	req, err := batch.UsersOf(CommandFollowGetInfo, userID, otherIDs, MaxUsers)
	if err != nil {
		return nil, err
	}
	resp, err := restapi.Do[struct{ FollowInfo []infoRow }](ctx, c.caller, CommandFollowGetInfo, req)
	if err != nil {
		return nil, err
	}
	answered := batch.Rows(resp.FollowInfo, func(r *infoRow) (string, Info) {
		outcome := r.Outcome(CommandFollowGetInfo)
		if outcome.Err() != nil {
			return r.ToAccount, Info{UserID: r.ToAccount, Outcome: outcome}
		}
		return r.ToAccount, Info{
			UserID: r.ToAccount, FollowerCount: r.FollowerCount, FollowingCount: r.FollowingCount,
			MutualFollowingCount: r.MutualFollowingCount,
		}
	})
	return batch.Collate(otherIDs, answered, func(otherID string) Info {
		return Info{UserID: otherID, Outcome: restapi.Failed(check.Missing(CommandFollowGetInfo))}
	}), nil
}
