package restapitest

import (
	"errors"

	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/profile"
)

// AddAccount imports accounts, as account_import does. It panics on a user ID that is empty, over 32 bytes, not UTF-8
// or has a control character in it.
func (s *Server) AddAccount(userIDs ...string) {
	mustBeUsers("AddAccount", userIDs)
	s.app.Import(userIDs...)
}

func mustBeUsers(what string, userIDs []string) {
	for _, userID := range userIDs {
		if reason := userid.Check(userID, userid.MaxUser); reason != "" {
			must(what, errors.New("a user ID "+reason))
		}
	}
}

// Profile returns the fields of a user's profile that have a value, and false where the account is not imported.
func (s *Server) Profile(userID string) (profile.Items, bool) { return s.app.Profile(userID) }
