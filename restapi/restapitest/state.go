package restapitest

import (
	"errors"
	"maps"
	"slices"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/internal/profilefields"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// AddAccount imports accounts, as account_import does. It panics on a user ID that is empty, over 32 bytes, not UTF-8
// or has a control character in it.
func (s *Server) AddAccount(userIDs ...string) {
	for _, userID := range userIDs {
		if reason := userid.Check(userID, userid.MaxUser); reason != "" {
			must("AddAccount", errors.New("a user ID "+reason))
		}
	}
	s.app.Import(userIDs...)
}

// Profile returns the fields of a user's profile that have a value, and false where the account is not imported.
func (s *Server) Profile(userID string) (profile.Items, bool) { return s.app.Profile(userID) }

// SetOnline sets on which platforms a user is online, or can be reached by pushes, in place of what was set before;
// with no platforms the user is offline. It returns an error where the account is not imported. No webhook is sent.
func (s *Server) SetOnline(userID string, platforms ...account.PlatformStatus) error {
	if !s.app.SetOnline(userID, platforms) {
		return errors.New("restapitest: SetOnline: the account is not imported")
	}
	return nil
}

// ForbidWords makes the content filter stop every text that contains one of the words: profile values are then refused
// with restapi.CodeProfileSensitiveText. Without words nothing is stopped.
func (s *Server) ForbidWords(words ...string) {
	set := s.app.Settings()
	set.ForbidWords = slices.Clone(words)
	must("ForbidWords", s.app.SetSettings(set))
}

// A FieldRight is a right that administrators lack for a custom field.
type FieldRight = chat.FieldRight

// The rights that AddCustomField can take away.
const (
	DenyRead  = chat.DenyRead  // reading is refused with restapi.CodeProfileReadDenied
	DenyWrite = chat.DenyWrite // writing is refused with restapi.CodeProfileWriteDenied
)

// AddCustomField sets up a custom field by its keyword, as the console does: "Vip" is Tag_Profile_Custom_Vip. As long
// as none is set up the server takes every custom field with a proper keyword; from the first one on it refuses all
// others with restapi.CodeProfileTagNotFound. It panics on a keyword that is not 1 to 8 letters.
func (s *Server) AddCustomField(keyword string, denied ...FieldRight) {
	if fault, reason := profilefields.CheckTag(profilefields.CustomPrefix + keyword); fault != profilefields.None {
		must("AddCustomField", errors.New(keyword+" "+reason))
	}
	var rights FieldRight
	for _, d := range denied {
		rights |= d
	}
	set := s.app.Settings()
	set.CustomFields = maps.Clone(set.CustomFields)
	put(&set.CustomFields, keyword, rights)
	must("AddCustomField", s.app.SetSettings(set))
}

// ChangeProfile changes a profile as the user's own client on that platform does, by the same rules as portrait_set,
// and sends the webhook: Operator_Account is the user, OptPlatform the platform. The error is a *restapi.Error.
func (s *Server) ChangeProfile(userID string, platform callback.Platform, items ...profile.Item) error {
	err := s.app.SetProfile(chat.Actor{UserID: userID, Platform: platform, ClientIP: "127.0.0.1"}, items)
	if refused, ok := errors.AsType[*chat.Refusal](err); ok {
		return &restapi.Error{Code: refused.Code, Info: refused.Info, Command: profile.CommandPortraitSet}
	}
	return nil
}
