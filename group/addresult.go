package group

import (
	"maps"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An AddStatus is what became of a user who was to be put into a group.
type AddStatus int

// The documented values, and 0 for one who could not be.
const (
	Added         AddStatus = 1
	AlreadyMember AddStatus = 2
	Pending       AddStatus = 3 // waits for the user's consent
)

// An AddResult is what became of one user. Err is nil where Result is one of the values of [AddStatus]. A fake makes a
// failed one with [restapi.Failed].
type AddResult struct {
	UserID          string
	Result          AddStatus
	restapi.Outcome `json:"-"`
}

type addAnswer struct {
	MemberList []struct {
		MemberAccount string `json:"Member_Account"`
		Result        AddStatus
	}
}

// results are what became of the users asked, in their order. Why one could not be added the service does not say.
func (a *addAnswer) results(cmd restapi.Command, asked []string) []AddResult {
	answered := make(map[string]AddResult, len(a.MemberList))
	for _, row := range a.MemberList {
		result := AddResult{UserID: row.MemberAccount, Result: row.Result}
		if row.Result < Added || row.Result > Pending {
			result = AddResult{UserID: row.MemberAccount, Outcome: restapi.Failed(check.Unexplained(cmd, "MemberList"))}
		}
		answered[row.MemberAccount] = result
	}
	return addResults(cmd, asked, answered)
}

// addResults are the results of the users asked, in their order.
func addResults(cmd restapi.Command, asked []string, answered map[string]AddResult) []AddResult {
	return batch.Collate(asked, maps.All(answered), func(userID string) AddResult {
		return AddResult{UserID: userID, Outcome: restapi.Failed(check.Missing(cmd))}
	})
}
