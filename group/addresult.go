package group

import (
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

// An AddResult is what became of one user. Err is nil where Result is one of the values of [AddStatus].
type AddResult struct {
	UserID string
	Result AddStatus
	restapi.Outcome
}
