package chat

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/profilefields"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// users are the accounts.
type users struct {
	byID map[string]*user
}

func newUsers() users { return users{byID: make(map[string]*user)} }

// user is one imported account.
type user struct {
	items        profile.Items
	customStatus string
	kicked       time.Time // UserSigs made until then are void; whole seconds
	quiet        *quiet    // when not to be disturbed; nil: never
	devices      []*Device // those that have not signed out, in the order in which they signed in
}

// importOne returns the account, which it makes where there is none.
func (u *users) importOne(userID string) *user {
	one := u.byID[userID]
	if one == nil {
		one = new(user)
		u.byID[userID] = one
	}
	return one
}

// set stores fields, each in the place where it stood before.
func (u *user) set(items profile.Items) { u.items = setItems(u.items, items...) }

func setItems(items profile.Items, more ...profile.Item) profile.Items {
	for _, item := range more {
		item.Value = slices.Clone(item.Value)
		i := slices.IndexFunc(items, func(old profile.Item) bool { return old.Tag == item.Tag })
		if i < 0 {
			items = append(items, item)
		} else {
			items[i] = item
		}
	}
	return items
}

// copied is the profile for somebody outside of the lock.
func (u *user) copied() profile.Items {
	items := slices.Clone(u.items)
	for i := range items {
		items[i].Value = slices.Clone(items[i].Value)
	}
	return items
}

// Profile returns the fields of a user's profile that have a value, and false where the account is not imported.
func (a *App) Profile(userID string) (profile.Items, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	u := a.users.byID[userID]
	if u == nil {
		return nil, false
	}
	return u.copied(), true
}

// CheckIssued refuses a UserSig that was made before the account was kicked. It says to the second when it was made:
// one of the very second of the kick is taken as made before.
func (a *App) CheckIssued(userID string, issued time.Time) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.users.checkIssued(userID, issued)
}

func (u *users) checkIssued(userID string, issued time.Time) error {
	if one := u.byID[userID]; one != nil && !one.kicked.IsZero() && !issued.After(one.kicked) {
		return refuse(restapi.CodeUserSigInvalidated, "usersig was made void by kick")
	}
	return nil
}

// checkUser refuses, with code, an ID that no account can have.
func checkUser(id string, code restapi.Code) error {
	if reason := userid.Check(id, userid.MaxUser); reason != "" {
		return refuse(code, "the user "+reason)
	}
	return nil
}

func checkUsers(ids []string, code restapi.Code) error {
	for _, id := range ids {
		if err := checkUser(id, code); err != nil {
			return err
		}
	}
	return nil
}

// userLine is an account in a snapshot.
type userLine struct {
	UserID       string
	ProfileItem  profile.Items `json:"ProfileItem,omitempty"`
	CustomStatus string        `json:"CustomStatus,omitempty"`
	KickTime     int64         `json:"KickTime,omitempty"` // seconds since the epoch
	DoNotDisturb *quiet        `json:"DoNotDisturb,omitempty"`
}

func userLines(s *state) []userLine {
	lines := make([]userLine, 0, len(s.users.byID))
	for userID, u := range s.users.byID {
		line := userLine{
			UserID: userID, ProfileItem: slices.Clone(u.items), CustomStatus: u.customStatus, DoNotDisturb: u.quiet,
		}
		if !u.kicked.IsZero() {
			line.KickTime = u.kicked.Unix()
		}
		lines = append(lines, line)
	}
	return lines
}

func sortUserLines(lines []userLine) {
	slices.SortFunc(lines, func(a, b userLine) int { return cmp.Compare(a.UserID, b.UserID) })
}

func loadUser(s *state, line *userLine) error {
	if err := checkUser(line.UserID, 0); err != nil {
		return err
	}
	if s.users.byID[line.UserID] != nil {
		return errors.New("the user is there twice")
	}
	u := s.users.importOne(line.UserID)
	u.customStatus, u.quiet = line.CustomStatus, line.DoNotDisturb
	if line.KickTime != 0 {
		u.kicked = time.Unix(line.KickTime, 0)
	}
	for i, item := range line.ProfileItem {
		if fault, reason := profilefields.CheckTag(item.Tag); fault != profilefields.None {
			return errors.New(item.Tag + " " + reason)
		}
		if fault, reason := profilefields.CheckValue(item.Tag, item.Value); fault != profilefields.None {
			return errors.New(item.Tag + " " + reason)
		}
		if slices.ContainsFunc(line.ProfileItem[:i], func(p profile.Item) bool { return p.Tag == item.Tag }) {
			return errors.New(item.Tag + " is set twice")
		}
	}
	u.items = line.ProfileItem
	return nil
}
