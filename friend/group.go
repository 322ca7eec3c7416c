package friend

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Group is one friend group: a part of a user's friends under a name that only this user sees. It has nothing to do
// with the groups of package group, which have conversations.
type Group struct {
	GroupName    string
	FriendNumber int      // how many friends are in it
	ToAccount    []string `json:"To_Account"` // the friends in it; only with [WithFriends]
}

// A GroupList is the answer of [Client.Groups].
type GroupList struct {
	Groups   []Group
	Sequence uint64 // the version of the friend groups
}

type groupsRequest struct {
	FromAccount string   `json:"From_Account"`
	GroupName   []string `json:"GroupName"`
}

// groupsOf refuses what the documentation rules out: a user ID that no user can have, no names, too many, bad ones.
func groupsOf(cmd restapi.Command, userID string, groups []string) (groupsRequest, error) {
	if err := check.UserID(cmd, "From_Account", userID); err != nil {
		return groupsRequest{}, err
	}
	if err := checkGroups(cmd, "GroupName", groups); err != nil {
		return groupsRequest{}, err
	}
	return groupsRequest{userID, check.Unique(groups)}, nil
}

// AddGroups makes 1 to 32 friend groups for userID, each with a name of 1 to 30 bytes, and puts up to 1000 friends into
// every one of them. The result has one Result for each friend, in the order given, none where there are no friends:
// look at the Err of each, a friend that failed does not fail the call. A user has at most 32 friend groups.
//
// Of the call: [restapi.CodeRelationGroupLimit], there are too many groups; [restapi.CodeRelationSensitiveText], the
// content filter stopped a name. Of a Result: [restapi.CodeRelationGroupMemberNotFriend], the user is not a friend. 200
// calls a second and app. Repeated after a failure that leaves its outcome open; what the service answers for a group
// that is there is not documented.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34950
func (c *Client) AddGroups(ctx context.Context, userID string, groups, friendIDs []string) ([]Result, error) {
	req := struct {
		groupsRequest

		ToAccount []string `json:"To_Account,omitempty"`
	}{}
	var err error
	if req.groupsRequest, err = groupsOf(CommandGroupAdd, userID, groups); err != nil {
		return nil, err
	}
	if len(friendIDs) > 0 {
		if err := check.UserIDs(CommandGroupAdd, "To_Account", friendIDs, MaxUsers); err != nil {
			return nil, err
		}
		req.ToAccount = check.Unique(friendIDs)
	}
	return c.results(ctx, CommandGroupAdd, req, friendIDs)
}

// DeleteGroups takes 1 to 32 friend groups of userID away. The friends in them stay friends.
//
// [restapi.CodeRelationAccountNotFound]: userID is not imported. 200 calls a second and app. Repeated after a failure
// that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34926
func (c *Client) DeleteGroups(ctx context.Context, userID string, groups []string) error {
	req, err := groupsOf(CommandGroupDelete, userID, groups)
	if err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandGroupDelete, req, nil)
}

// A GroupOption changes what [Client.Groups] reads.
type GroupOption func(*groupGetRequest)

// WithFriends reads the friends in each group too.
func WithFriends() GroupOption {
	return func(r *groupGetRequest) { r.NeedFriend = "Need_Friend_Type_Yes" }
}

// WithGroups reads the groups of these names alone, at most 32. Without names it reads all.
func WithGroups(names ...string) GroupOption {
	return func(r *groupGetRequest) { r.GroupName = names }
}

type groupGetRequest struct {
	FromAccount string   `json:"From_Account"`
	NeedFriend  string   `json:"NeedFriend,omitempty"`
	GroupName   []string `json:"GroupName,omitempty"`
}

type groupGetAnswer struct {
	ResultItem      []Group
	CurrentSequence uint64
}

// Groups reads the friend groups of userID, in the order of the service. One that is asked for and is not there is left
// out.
//
// [restapi.CodeRelationAccountNotFound]: userID is not imported. 200 calls a second and app. Repeated after a failure
// on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/40123
func (c *Client) Groups(ctx context.Context, userID string, opts ...GroupOption) (GroupList, error) {
	if err := check.UserID(CommandGroupGet, "From_Account", userID); err != nil {
		return GroupList{}, err
	}
	req := groupGetRequest{FromAccount: userID}
	for _, opt := range opts {
		opt(&req)
	}
	if len(req.GroupName) > 0 {
		if err := checkGroups(CommandGroupGet, "GroupName", req.GroupName); err != nil {
			return GroupList{}, err
		}
		req.GroupName = check.Unique(req.GroupName)
	}
	resp, err := restapi.Do[groupGetAnswer](ctx, c.caller, CommandGroupGet, req)
	if err != nil {
		return GroupList{}, err
	}
	return GroupList{Groups: resp.ResultItem, Sequence: resp.CurrentSequence}, nil
}
