package friend

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An UpdateItem is one friend with the fields that [Client.Update] is to set.
type UpdateItem struct {
	ToAccount string        `json:"To_Account"`
	SnsItem   profile.Items `json:"SnsItem"` // made by [Field.To] of [Remark], [Groups] and fields of the app's own
}

func (i UpdateItem) user() string { return i.ToAccount }

func (i UpdateItem) check(cmd restapi.Command, prefix string) error {
	if len(i.SnsItem) == 0 {
		return check.Argument(cmd, prefix+"SnsItem", "is empty")
	}
	return checkFields(cmd, prefix+"SnsItem", i.SnsItem, fieldPrefix)
}

type updateRequest struct {
	FromAccount string       `json:"From_Account"`
	UpdateItem  []UpdateItem `json:"UpdateItem"`
}

// Update sets fields of 1 to 1000 friends of userID, each named once, and leaves their other fields as they are. Friend
// groups that are not there are made. The result has one Result for each friend, in the order given: look at the Err of
// each, a friend that failed does not fail the call. Many calls for one user at the same time fail with
// [restapi.CodeRelationWriteConflict]: put the changes into one.
//
// Of a Result: [restapi.CodeRelationInvalidParameter], the user is not a friend; [restapi.CodeRelationGroupLimit],
// userID has 32 friend groups; [restapi.CodeRelationSensitiveText], the content filter stopped a text. 200 calls a
// second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34904
func (c *Client) Update(ctx context.Context, userID string, friends []UpdateItem) ([]Result, error) {
	if err := checkItems(CommandFriendUpdate, userID, "UpdateItem", friends, MaxUsers); err != nil {
		return nil, err
	}
	return c.results(ctx, CommandFriendUpdate, updateRequest{userID, friends}, usersIn(friends))
}
