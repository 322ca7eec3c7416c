package friend

import (
	"context"
	"iter"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Friend is one friend of a user. Its Err, of [Client.Get], is why this friend could not be read, a [*restapi.Error],
// and nil if it was. Those of a list have none.
type Friend struct {
	UserID string
	// Items are the fields that have a value: read those of the friend with [Field.Of], those of the profile with
	// [profile.Field.Of].
	Items           profile.Items
	restapi.Outcome `json:"-"`
}

// A FriendPage is one page of [Client.FriendPage]. Its Total is the number of all friends.
//
//nolint:revive // named for the call that returns it
type FriendPage struct {
	restapi.Page[Friend]

	// StandardSequence and CustomSequence are the versions of the standard and of the custom fields of all friends, for
	// [WithSequences].
	StandardSequence, CustomSequence uint64
}

// A PageOption changes what [Client.FriendPage] reads.
type PageOption func(*friendsRequest)

// WithSequences leaves out what did not change since a page that was read before: the standard fields where standard is
// still their version, the custom ones where custom is. 0 reads all.
func WithSequences(standard, custom uint64) PageOption {
	return func(r *friendsRequest) { r.StandardSequence, r.CustomSequence = standard, custom }
}

type friendsRequest struct {
	FromAccount      string `json:"From_Account"`
	StartIndex       uint64 `json:"StartIndex"`
	StandardSequence uint64 `json:"StandardSequence,omitempty"`
	CustomSequence   uint64 `json:"CustomSequence,omitempty"`
}

type friendsAnswer struct {
	UserDataItem []struct {
		ToAccount string `json:"To_Account"`
		ValueItem profile.Items
	}
	StandardSequence uint64
	CustomSequence   uint64
	FriendNum        int
	CompleteFlag     int
	NextStartIndex   uint64
}

// Friends goes through all friends of userID with their friend fields, page by page as [Client.FriendPage] reads them.
// An error is yielded once, as the last thing. Each page is a call: 200 calls a second and app, repeated after a
// failure on the way. For their profiles see [Client.Get].
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34908
func (c *Client) Friends(ctx context.Context, userID string) iter.Seq2[Friend, error] {
	return batch.Pages(ctx, CommandFriendGet, func(ctx context.Context, at restapi.Cursor) (restapi.Page[Friend], error) {
		page, err := c.FriendPage(ctx, userID, at)
		return page.Page, err
	})
}

// FriendPage reads one page of the friends of userID with their friend fields; how long it is the service decides.
//
// [restapi.CodeRelationAccountNotFound]: userID is not imported. 200 calls a second and app. Repeated after a failure
// on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34908
func (c *Client) FriendPage(
	ctx context.Context, userID string, cursor restapi.Cursor, opts ...PageOption,
) (FriendPage, error) {
	if err := check.UserID(CommandFriendGet, "From_Account", userID); err != nil {
		return FriendPage{}, err
	}
	req := friendsRequest{FromAccount: userID}
	if err := batch.ReadCursor(CommandFriendGet, "StartIndex", cursor, &req.StartIndex); err != nil {
		return FriendPage{}, err
	}
	for _, opt := range opts {
		opt(&req)
	}
	resp, err := restapi.Do[friendsAnswer](ctx, c.caller, CommandFriendGet, req)
	if err != nil {
		return FriendPage{}, err
	}
	page := FriendPage{StandardSequence: resp.StandardSequence, CustomSequence: resp.CustomSequence}
	page.Total = resp.FriendNum
	for _, f := range resp.UserDataItem {
		page.Items = append(page.Items, Friend{UserID: f.ToAccount, Items: f.ValueItem})
	}
	if resp.CompleteFlag == 0 { // NextStartIndex is no sign of the end: it can be 0 within the list
		page.Next = batch.CursorOf(resp.NextStartIndex)
	}
	return page, nil
}
