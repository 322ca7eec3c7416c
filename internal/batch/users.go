package batch

import (
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Users names whom a call is about: one user and others.
type Users struct {
	FromAccount string   `json:"From_Account"`
	ToAccount   []string `json:"To_Account"`
}

// UsersOf refuses what the documentation rules out: an ID that no user can have, no others and more than limit.
func UsersOf(cmd restapi.Command, userID string, others []string, limit int) (Users, error) {
	if err := check.UserID(cmd, "From_Account", userID); err != nil {
		return Users{}, err
	}
	if err := check.UserIDs(cmd, "To_Account", others, limit); err != nil {
		return Users{}, err
	}
	return Users{userID, check.Unique(others)}, nil
}
