package restapitest

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/profile"
)

// state is what the app holds. Server.mu guards it.
type state struct {
	users     map[string]*user
	custom    map[string]FieldRight // by tag: what is denied; nil as long as every custom field is there
	forbidden []string
}

// user is one imported account.
type user struct {
	items  profile.Items
	status []account.PlatformStatus
	kicked time.Time // UserSigs made until then are void
}

func newState() *state { return &state{users: make(map[string]*user)} }

// imported returns the account, which it makes where there is none.
func (s *state) imported(userID string) *user {
	u := s.users[userID]
	if u == nil {
		u = new(user)
		s.users[userID] = u
	}
	return u
}

// set stores fields, each in the place where it stood before.
func (u *user) set(items profile.Items) {
	for _, item := range items {
		item.Value = slices.Clone(item.Value)
		i := slices.IndexFunc(u.items, func(old profile.Item) bool { return old.Tag == item.Tag })
		if i < 0 {
			u.items = append(u.items, item)
		} else {
			u.items[i] = item
		}
	}
}

// isForbidden says whether the content filter stops a text.
func (s *state) isForbidden(text string) bool {
	return slices.ContainsFunc(s.forbidden, func(word string) bool { return strings.Contains(text, word) })
}

// AddAccount imports accounts, as account_import does. It panics on a user ID that is empty, over 32 bytes, not UTF-8
// or has a control character in it.
func (s *Server) AddAccount(userIDs ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, userID := range userIDs {
		if reason := userid.Check(userID, userid.MaxUser); reason != "" {
			must("AddAccount", errors.New("a user ID "+reason))
		}
		s.state.imported(userID)
	}
}

// Profile returns the fields of a user's profile that have a value, and false where the account is not imported.
func (s *Server) Profile(userID string) (profile.Items, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.state.users[userID]
	if u == nil {
		return nil, false
	}
	items := slices.Clone(u.items)
	for i := range items {
		items[i].Value = slices.Clone(items[i].Value)
	}
	return items, true
}

// SetOnline sets on which platforms a user is online, or can be reached by pushes, in place of what was set before;
// with no platforms the user is offline. It returns an error where the account is not imported. No webhook is sent.
func (s *Server) SetOnline(userID string, platforms ...account.PlatformStatus) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.state.users[userID]
	if u == nil {
		return errors.New("restapitest: SetOnline: the account is not imported")
	}
	u.status = slices.Clone(platforms)
	return nil
}

// ForbidWords makes the content filter stop every text that contains one of the words: profile values are then refused
// with restapi.CodeProfileSensitiveText. Without words nothing is stopped.
func (s *Server) ForbidWords(words ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.forbidden = slices.Clone(words)
}

// A FieldRight is a right that administrators lack for a custom field.
type FieldRight uint8

// The rights that AddCustomField can take away.
const (
	DenyRead  FieldRight = 1 << iota // reading is refused with restapi.CodeProfileReadDenied
	DenyWrite                        // writing is refused with restapi.CodeProfileWriteDenied
)

// AddCustomField sets up a custom field by its keyword, as the console does: "Vip" is Tag_Profile_Custom_Vip. As long
// as none is set up the server takes every custom field with a proper keyword; from the first one on it refuses all
// others with restapi.CodeProfileTagNotFound. It panics on a keyword that is not 1 to 8 letters.
func (s *Server) AddCustomField(keyword string, denied ...FieldRight) {
	tag, err := customTag(keyword)
	must("AddCustomField", err)
	s.mu.Lock()
	defer s.mu.Unlock()
	var rights FieldRight
	for _, d := range denied {
		rights |= d
	}
	put(&s.state.custom, tag, rights)
}
