package friend

import (
	"context"
	"errors"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// An AddResult is the outcome of [Client.Add] for one user: its Err is why the user was not added, a [*restapi.Error],
// and nil if the user was, or was asked.
type AddResult struct {
	UserID string
	// Pending says that the user was asked and is not a friend before they agree.
	Pending         bool
	restapi.Outcome `json:"-"`
}

// An AddOption changes what [Client.Add] does.
type AddOption func(*addRequest)

// WithForce makes friends at once of users who would have to agree first, or who let nobody add them.
func WithForce() AddOption {
	return func(r *addRequest) { r.ForceAddFlags = 1 }
}

type addRequest struct {
	FromAccount   string    `json:"From_Account"`
	AddFriendItem []Request `json:"AddFriendItem"`
	AddType       string    `json:"AddType"`
	ForceAddFlags int       `json:"ForceAddFlags,omitempty"`
}

func (r Request) user() string { return r.ToAccount }

func (r Request) check(cmd restapi.Command, prefix string) error {
	if r.GroupName != "" {
		if err := checkGroup(cmd, prefix+"GroupName", r.GroupName); err != nil {
			return err
		}
	}
	return checkTexts(cmd, prefix, r.Remark, r.AddSource, r.AddWording)
}

// Add adds users to the friends of userID, with [Both] userID to theirs too, and tells them. With Both a user whose
// profile says so has to agree first: the user is asked, and the result is Pending. That is not an error. The result
// has one AddResult for each user, in the order given: look at the Err of each, a user who was not added does not fail
// the call. A user has at most 3000 friends. How many users one call can name is not documented.
//
// Of an AddResult: [restapi.CodeRelationAccountNotFound], the user is not imported;
// [restapi.CodeRelationPeerDeniesAll], the user lets nobody add them; [restapi.CodeRelationPeerInOwnBlocklist] and
// [restapi.CodeRelationInPeerBlocklist], one has blocked the other; [restapi.CodeRelationFriendLimit] and
// [restapi.CodeRelationPeerFriendLimit], a list is full; [restapi.CodeRelationGroupLimit], userID has 32 friend groups;
// [restapi.CodeRelationAddDenied], userID may not send requests; [restapi.CodeRelationSensitiveText], the content
// filter stopped a text.
//
// 200 calls a second and app. Not repeated after a failure that leaves its outcome open, as users would be asked and
// told twice.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34902
func (c *Client) Add(
	ctx context.Context, userID string, friends []Request, sides Sides, opts ...AddOption,
) ([]AddResult, error) {
	if err := checkItems(CommandFriendAdd, userID, "AddFriendItem", friends, len(friends)); err != nil {
		return nil, err
	}
	addType, err := sides.word(CommandFriendAdd, "AddType", "Add_Type_")
	if err != nil {
		return nil, err
	}
	req := addRequest{FromAccount: userID, AddFriendItem: friends, AddType: addType}
	for _, opt := range opts {
		opt(&req)
	}
	resp, err := restapi.Do[resultsAnswer](ctx, c.caller, CommandFriendAdd, req)
	if err != nil {
		return nil, err
	}
	added := func(friendID string, _ row, o restapi.Outcome) AddResult {
		if errors.Is(o.Err(), restapi.CodeRelationPendingConfirm) {
			return AddResult{UserID: friendID, Pending: true}
		}
		return AddResult{UserID: friendID, Outcome: o}
	}
	return collate(CommandFriendAdd, usersIn(friends), resp.ResultItem, resp.failures, added), nil
}
