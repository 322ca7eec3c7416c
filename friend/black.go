package friend

import (
	"cmp"
	"context"
	"iter"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A BlockRelation says which of two users, A and B, has blocked the other: A is the user who is named first. Words
// newer than this SDK are read as they are.
type BlockRelation string

// The values of BlockRelation.
const (
	NoBlock      BlockRelation = "BlackCheckResult_Type_NO"      // neither; with Single: A has not blocked B
	ABlocksB     BlockRelation = "BlackCheckResult_Type_AWithB"  // A has blocked B; with Both: and B has not blocked A
	BBlocksA     BlockRelation = "BlackCheckResult_Type_BWithA"  // B has blocked A, A not B; with Both only
	BothBlocking BlockRelation = "BlackCheckResult_Type_BothWay" // each has blocked the other; with Both only
)

// A BlockResult is what [Client.CheckBlocked] found of one user: its Err is why this user could not be checked, a
// [*restapi.Error], and nil if the user was.
type BlockResult struct {
	UserID string
	// Relation is empty where Err is not nil.
	Relation        BlockRelation
	restapi.Outcome `json:"-"`
}

// A BlockedUser is one user on a blocklist.
type BlockedUser struct {
	UserID            string
	AddBlackTimeStamp time.Time // when the user was blocked
}

// A BlockedUserPage is one page of [Client.BlockedUserPage].
type BlockedUserPage struct {
	restapi.Page[BlockedUser]

	Sequence uint64 // the version of the blocklist
}

// Block puts 1 to 1000 users on the blocklist of userID, who gets no messages of them from then on. Where the two are
// friends that ends, on both sides, and neither can ask the other; a setting in the console keeps them friends. The
// result has one Result for each user ID, in the order given: look at the Err of each, a user that failed does not fail
// the call. A blocklist has at most 1000 users.
//
// Of a Result: [restapi.CodeRelationInvalidParameter], the user is on the list already;
// [restapi.CodeRelationAccountNotFound], the user is not imported; [restapi.CodeRelationBlocklistLimit], the list is
// full. 200 calls a second and app. Repeated after a failure that leaves its outcome open, so that
// CodeRelationInvalidParameter can also mean that the attempt before blocked the user.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34911
func (c *Client) Block(ctx context.Context, userID string, otherIDs []string) ([]Result, error) {
	named, err := batch.UsersOf(CommandBlackListAdd, userID, otherIDs, MaxUsers)
	if err != nil {
		return nil, err
	}
	return c.results(ctx, CommandBlackListAdd, named, otherIDs)
}

// Unblock takes 1 to 1000 users off the blocklist of userID; one who is not on it is no error. The result has one
// Result for each user ID, in the order given: look at the Err of each, a user that failed does not fail the call.
//
// Of a Result: [restapi.CodeRelationAccountNotFound], the user is not imported. 200 calls a second and app. Repeated
// after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34912
func (c *Client) Unblock(ctx context.Context, userID string, otherIDs []string) ([]Result, error) {
	named, err := batch.UsersOf(CommandBlackListDelete, userID, otherIDs, MaxUsers)
	if err != nil {
		return nil, err
	}
	return c.results(ctx, CommandBlackListDelete, named, otherIDs)
}

// CheckBlocked tells of 1 to 1000 users whether userID has blocked them, with [Both] also whether they have blocked
// userID. The result has one BlockResult for each user ID, in the order given: look at the Err of each, a user that
// could not be checked does not fail the call.
//
// [restapi.CodeRelationAccountNotFound], of a BlockResult or, for userID, of the call: the user is not imported. 200
// calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34913
func (c *Client) CheckBlocked(
	ctx context.Context, userID string, otherIDs []string, sides Sides,
) ([]BlockResult, error) {
	req, err := checkRequestOf(CommandBlackListCheck, userID, otherIDs, sides, "BlackCheckResult_Type_")
	if err != nil {
		return nil, err
	}
	resp, err := restapi.Do[struct {
		failures

		BlackListCheckItem []relationRow[BlockRelation]
	}](ctx, c.caller, CommandBlackListCheck, req)
	if err != nil {
		return nil, err
	}
	return collate(CommandBlackListCheck, otherIDs, resp.BlackListCheckItem, resp.failures,
		func(otherID string, r relationRow[BlockRelation], o restapi.Outcome) BlockResult {
			return BlockResult{UserID: otherID, Relation: r.Relation, Outcome: o}
		}), nil
}

// BlockedUsers goes through all users on the blocklist of userID, 1000 to a page. An error is yielded once, as the last
// thing. Each page is a call: 200 calls a second and app, repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34914
func (c *Client) BlockedUsers(ctx context.Context, userID string) iter.Seq2[BlockedUser, error] {
	return batch.Pages(ctx, CommandBlackListGet,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[BlockedUser], error) {
			page, err := c.BlockedUserPage(ctx, userID, at, 0)
			return page.Page, err
		})
}

// blockedRequest has all of its fields on the wire: the service asks for zeros too.
type blockedRequest struct {
	FromAccount  string `json:"From_Account"`
	StartIndex   uint64 `json:"StartIndex"`
	MaxLimited   int    `json:"MaxLimited"`
	LastSequence uint64 `json:"LastSequence"` // 0, as the page tells servers to send
}

type blockedAnswer struct {
	BlackListItem []struct {
		ToAccount         string `json:"To_Account"`
		AddBlackTimeStamp int64
	}
	StartIndex       uint64
	CurrentSequence  uint64
	CurruentSequence uint64 // the same as the samples spell it
}

// BlockedUserPage reads one page of the blocklist of userID, of at most limit users: 1 to 1000, and 0 for 1000.
//
// [restapi.CodeRelationAccountNotFound]: userID is not imported. 200 calls a second and app. Repeated after a failure
// on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34914
func (c *Client) BlockedUserPage(
	ctx context.Context, userID string, cursor restapi.Cursor, limit int,
) (BlockedUserPage, error) {
	if err := check.UserID(CommandBlackListGet, "From_Account", userID); err != nil {
		return BlockedUserPage{}, err
	}
	if limit < 0 || limit > MaxUsers {
		return BlockedUserPage{}, check.Argument(CommandBlackListGet, "MaxLimited", "is %d, not 0 to %d", limit, MaxUsers)
	}
	req := blockedRequest{FromAccount: userID, MaxLimited: cmp.Or(limit, MaxUsers)}
	if err := batch.ReadCursor(CommandBlackListGet, "StartIndex", cursor, &req.StartIndex); err != nil {
		return BlockedUserPage{}, err
	}
	resp, err := restapi.Do[blockedAnswer](ctx, c.caller, CommandBlackListGet, req)
	if err != nil {
		return BlockedUserPage{}, err
	}
	page := BlockedUserPage{Sequence: cmp.Or(resp.CurrentSequence, resp.CurruentSequence)}
	for _, user := range resp.BlackListItem {
		page.Items = append(page.Items, BlockedUser{user.ToAccount, wire.Moment(user.AddBlackTimeStamp)})
	}
	if resp.StartIndex != 0 {
		page.Next = batch.CursorOf(resp.StartIndex)
	}
	return page, nil
}
