package friend

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Relation says which of two users, A and B, has the other for a friend: A is the user who is named first. Words
// newer than this SDK are read as they are.
type Relation string

// The values of Relation.
const (
	NoRelation Relation = "CheckResult_Type_NoRelation" // neither; with Single: A has not B
	AWithB     Relation = "CheckResult_Type_AWithB"     // A has B; with Both: and B has not A
	BWithA     Relation = "CheckResult_Type_BWithA"     // B has A and A has not B; with Both only
	BothWay    Relation = "CheckResult_Type_BothWay"    // each has the other; with Both only
)

// A CheckResult is what [Client.Check] found of one user: its Err is why this user could not be checked, a
// [*restapi.Error], and nil if the user was. That a user is not a friend is not an error.
type CheckResult struct {
	UserID string
	// Relation is empty where Err is not nil.
	Relation        Relation
	restapi.Outcome `json:"-"`
}

// checkRequest is that of [Client.CheckBlocked] too.
type checkRequest struct {
	batch.Users

	CheckType string `json:"CheckType"`
}

func checkRequestOf(
	cmd restapi.Command, userID string, otherIDs []string, sides Sides, prefix string,
) (checkRequest, error) {
	named, err := batch.UsersOf(cmd, userID, otherIDs, MaxUsers)
	if err != nil {
		return checkRequest{}, err
	}
	checkType, err := sides.word(cmd, "CheckType", prefix)
	return checkRequest{named, checkType}, err
}

type relationRow[R ~string] struct {
	row

	Relation R `json:"Relation"`
}

// Check tells of 1 to 1000 users whether they are friends of userID, with [Both] also whether userID is one of theirs.
// The result has one CheckResult for each user ID, in the order given: look at the Err of each, a user that could not
// be checked does not fail the call.
//
// [restapi.CodeRelationAccountNotFound], of a CheckResult or, for userID, of the call: the user is not imported. 200
// calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34907
func (c *Client) Check(ctx context.Context, userID string, otherIDs []string, sides Sides) ([]CheckResult, error) {
	req, err := checkRequestOf(CommandFriendCheck, userID, otherIDs, sides, "CheckResult_Type_")
	if err != nil {
		return nil, err
	}
	resp, err := restapi.Do[struct {
		failures

		InfoItem []relationRow[Relation]
	}](ctx, c.caller, CommandFriendCheck, req)
	if err != nil {
		return nil, err
	}
	return collate(CommandFriendCheck, otherIDs, resp.InfoItem, resp.failures,
		func(otherID string, r relationRow[Relation], o restapi.Outcome) CheckResult {
			return CheckResult{UserID: otherID, Relation: r.Relation, Outcome: o}
		}), nil
}
